// Prints how long a page takes to open and to follow its reader, in headless Chromium: milliseconds to the next frame drawn.
//
//   node test/fluid.mjs PAGE.html        (python3 .ci/chronicle.py … --keep FOLDER writes a page of some 5,000 events)

import { pathToFileURL } from "node:url";

import puppeteer from "puppeteer-core";

const [file] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const page = await browser.newPage();
await page.setViewport({ width: 1440, height: 900 });
const begun = performance.now();
await page.goto(pathToFileURL(file).href);
await page.waitForSelector("#shown", { timeout: 60_000 });
console.log(`open: ${Math.round(performance.now() - begun)} ms, ${await page.$eval("#shown", (shown) => shown.textContent)}`);
await new Promise((done) => setTimeout(done, 500));

/** Does something in the page `times` times and prints the median and the slowest time until it is drawn. */
async function measure(what, times, act) {
  const taken = await page.evaluate(
    async (source, times) => {
      const act = new Function("at", `return (${source})(at)`);
      const taken = [];
      for (let at = 0; at < times; at++) {
        const begun = performance.now();
        act(at);
        // After the frame has been handed over: a message follows painting.
        await new Promise((done) => requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = done;
          port2.postMessage(0);
        }));
        taken.push(performance.now() - begun);
      }
      return taken.sort((a, b) => a - b);
    },
    act.toString(),
    times,
  );
  console.log(`${what}: median ${Math.round(taken[times >> 1])} ms, slowest ${Math.round(taken.at(-1))} ms`);
}

await measure("arrow key in the table", 40, () => {
  document.getElementById("rows").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
});
await measure("scroll the table by a page", 40, (at) => {
  document.getElementById("rows").scrollTop = at * 1500;
});
console.log(`rows in the document: ${(await page.$$("#rows tbody tr[role=row]")).length}`);
await measure("zoom the map", 30, (at) => {
  document.querySelector(".map-box svg").dispatchEvent(new WheelEvent("wheel", { deltaY: at < 15 ? -40 : 40, ctrlKey: true, clientX: 300, clientY: 300, bubbles: true, cancelable: true }));
});
await measure("type a search", 12, (at) => {
  const input = document.getElementById("filter-text");
  input.value = "strike liver".slice(0, at + 1);
  input.dispatchEvent(new Event("input", { bubbles: true }));
});
await measure("sort by another column", 7, (at) => {
  document.querySelectorAll("#rows th button")[at].click();
});
await browser.close();
