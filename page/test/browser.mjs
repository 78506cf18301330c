// Uses the page in headless Chromium as its readers do, and fails where it does not hold what docs/page.md promises.
//
//   node test/browser.mjs DESK.html PUBLIC.html UNMERGED.html
//
// The pages are those that crates/doleance/tests/page_in_browser.rs writes; CHROMIUM names the browser.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { readFileSync, writeFileSync } from "node:fs";

import axe from "axe-core";
import puppeteer from "puppeteer-core";

const [desk, open, unmerged] = process.argv.slice(2);
assert(desk && open && unmerged, "name three pages");
const chronicle = JSON.parse(
  inflateRawSync(Buffer.from(/id="dataset">([^<]*)</.exec(readFileSync(desk, "utf8"))[1], "base64")).toString(),
);

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Root, as in a container, has no sandbox; what is opened are our own files.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** Opens a page and gives it to `use`; whatever the browser complains of or asks the network for is a failure. */
async function visit(file, { viewport = DESKTOP, scheme = "light", language = "en" }, use) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints = [];
  const asked = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => asked.push(request.url()));
  // The browser's own pictures for fields of dates are no requests of the page.
  const isOwn = (url) => !url.startsWith("data:image/svg+xml;base64,");
  await page.evaluateOnNewDocument((tongue) => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    Object.defineProperty(navigator, "languages", { get: () => [tongue] });
  }, language);
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  const address = pathToFileURL(file).href;
  await page.goto(address);
  await page.waitForSelector("#shown", { timeout: 20_000 });
  await settle(page);
  await use(page);
  assert.deepEqual(await page.evaluate(() => globalThis.violations), [], "violations of the policy");
  assert.deepEqual(complaints, [], "complaints of the browser");
  assert.deepEqual([...new Set(asked.filter(isOwn))].map((url) => url.split("#")[0]), [address], "requests beyond the file itself");
  await context.close();
}

/** Waits until what was done is drawn. */
async function settle(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))));
}

const text = (page, selector) => page.$eval(selector, (element) => element.textContent.trim());
const texts = (page, selector) => page.$$eval(selector, (all) => all.map((element) => element.textContent.trim()));
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.className || "");

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
  await settle(page);
}

async function axeFinds(page, where) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = found.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
  assert.deepEqual(told, [], `axe-core, ${where}`);
}

const checks = {
  async "no violation of the accessibility rules: light, dark, phone, three languages"() {
    for (const scheme of ["light", "dark"]) {
      for (const [name, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
        await visit(desk, { scheme, viewport }, async (page) => {
          await axeFinds(page, `${scheme} ${name}`);
          await page.focus("#rows");
          await press(page, "ArrowDown", "ArrowDown", "Enter");
          await page.$$eval("details", (all) => all.forEach((details) => (details.open = true)));
          await settle(page);
          await axeFinds(page, `${scheme} ${name} with an event`);
        });
      }
    }
    for (const language of ["fr", "ru"]) await visit(desk, { language }, (page) => axeFinds(page, language));
    await visit(open, {}, async (page) => {
      await page.focus("#rows");
      await press(page, "End");
      await axeFinds(page, "the public page");
    });
  },

  async "an event chosen in the table is chosen on the map, and its words are marked in the reports"() {
    const at = chronicle.events.findIndex((event) => event.place?.value.lat !== undefined && event.time);
    await visit(desk, {}, async (page) => {
      await page.evaluate((id) => { location.hash = id; }, chronicle.events[at].id);
      await settle(page);
      assert.equal(await page.$eval(`#rows-${at}`, (row) => row.getAttribute("aria-selected")), "true");
      assert.equal(await page.$eval("#rows", (grid) => grid.getAttribute("aria-activedescendant")), `rows-${at}`);
      assert.equal((await page.$$(".circle.chosen")).length, 1, "one circle is chosen");
      assert.equal((await page.$$(".timeline .pointer")).length, 1, "the timeline points at it");
      const event = chronicle.events[at];
      const triggers = event.records.map((record) => chronicle.records[record].coded.trigger.text);
      const marked = await texts(page, ".reader mark.trigger");
      assert(marked.length > 0, "something is marked");
      for (const trigger of triggers) assert(marked.join(" ").includes(trigger.split(/\s/)[0]), `${trigger} among ${marked}`);
    });
  },

  async "every mark is the words of its record, beyond the basic plane too"() {
    const at = chronicle.records.findIndex((record) => /\p{Emoji_Presentation}/u.test(chronicle.reports[record.report].text));
    assert(at >= 0, "one report has a pictograph before its words");
    const record = chronicle.records[at];
    await visit(desk, {}, async (page) => {
      await page.evaluate((id) => { location.hash = id; }, chronicle.events[record.event].id);
      await settle(page);
      assert.equal((await texts(page, ".reader mark.trigger")).join(""), record.coded.trigger.text);
    });
  },

  async "the table goes by keyboard, and Escape leads back"() {
    await visit(desk, {}, async (page) => {
      await press(page, "Tab");
      assert.equal(await focused(page), "skip");
      await press(page, "Enter");
      assert.equal(await focused(page), "rows");
      await press(page, "ArrowDown");
      const first = await text(page, "#event-title");
      await press(page, "ArrowDown", "ArrowDown");
      const rows = await page.$$eval("#rows tr[aria-selected=true]", (all) => all.map((row) => row.getAttribute("aria-rowindex")));
      assert.deepEqual(rows, ["4"], "the third row under the head");
      assert(first.length > 0);
      await press(page, "Enter");
      assert.equal(await focused(page), "reader");
      await press(page, "Escape");
      assert.equal(await focused(page), "rows");
      assert.equal((await page.$$("#rows tr[aria-selected=true]")).length, 0);
      await press(page, "End");
      const last = await page.$eval("#rows tr[aria-selected=true]", (row) => Number(row.getAttribute("aria-rowindex")));
      assert.equal(last, chronicle.events.length + 1);
    });
  },

  async "focus is always to be seen"() {
    await visit(desk, {}, async (page) => {
      for (let step = 0; step < 24; step++) {
        await press(page, "Tab");
        const seen = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return true;
          const inner = element.querySelector(".target, rect");
          return getComputedStyle(element).outlineStyle !== "none" || (inner !== null && getComputedStyle(inner).stroke !== "none");
        });
        assert(seen, `nothing shows the focus on ${await focused(page)}`);
      }
    });
  },

  async "filters leave what matches and nothing else"() {
    const count = (keep) => chronicle.events.filter(keep).length;
    const shown = async (page) => Number(/\d+/.exec(await text(page, "#shown"))[0]);
    await visit(desk, {}, async (page) => {
      const kind = chronicle.events[0].kind.value;
      await page.select("#filter-kind", kind);
      await settle(page);
      const expected = count((event) => event.kind.value === kind);
      assert(expected < chronicle.events.length && expected === (await shown(page)), "by kind");
      const circles = await page.$$eval(".circle", (all) => all.map((circle) => Number(/: (\d+)/.exec(circle.getAttribute("aria-label"))[1])));
      const pointed = count((event) => event.kind.value === kind && event.place?.value.lat !== undefined);
      assert.equal(circles.reduce((sum, number) => sum + number, 0), pointed, "the map shows the same events");
      await page.click("#clear-filters");
      await settle(page);
      assert.equal(await shown(page), chronicle.events.length, "all again");

      const status = chronicle.events.find((event) => event.status.value !== "happened").status.value;
      await page.select("#filter-status", status);
      await settle(page);
      assert.equal(await shown(page), count((event) => event.status.value === status), "by status");
      assert.equal((await page.$$("#rows .filled")).length, 0, "nothing that did not happen has a filled mark");
      assert((await page.$$("#rows .hollow")).length > 0);
      assert.equal((await page.$$(".circle .happened")).length, 0, "nor a filled circle");
      await page.click("#clear-filters");

      await page.type("#filter-place", "PARIS");
      await settle(page);
      assert((await shown(page)) > 0, "by place, in any letters");
      for (const where of await texts(page, "#rows td.column-where")) assert(/paris/i.test(where), where);
      await page.click("#clear-filters");

      await page.type("#filter-text", "zzzz");
      await settle(page);
      assert.equal(await shown(page), 0);
      assert((await page.$$(".empty")).length === 1, "and the table says so");
      await page.click("#clear-filters");

      await page.$eval("#filter-from", (input) => {
        input.value = "1968-01-01";
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await page.$eval("#filter-to", (input) => {
        input.value = "1968-12-31";
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await settle(page);
      const within = count(({ time }) => time && (time.value.end ?? time.value.start) >= "1968-01-01" && (time.value.start ?? time.value.end) <= "1968-12-31");
      assert(within > 0 && within === (await shown(page)), "by days");
    });
  },

  async "the timeline filters by pointer and by keyboard"() {
    await visit(desk, {}, async (page) => {
      const box = await (await page.$(".track")).boundingBox();
      await page.evaluate(() => document.querySelector(".timeline").scrollIntoView());
      const there = (await (await page.$(".track")).boundingBox()) ?? box;
      await page.mouse.move(there.x + there.width * 0.5, there.y + 10);
      await page.mouse.down();
      await page.mouse.move(there.x + there.width * 0.75, there.y + 10, { steps: 4 });
      await page.mouse.up();
      await settle(page);
      const [from, to] = await page.$$eval("#filter-from, #filter-to", (all) => all.map((input) => input.value));
      assert(from && to && from < to, `${from} to ${to}`);
      assert(Number(/\d+/.exec(await text(page, "#shown"))[0]) < chronicle.events.length);
      await page.$eval(".handle", (handle) => handle.focus());
      await press(page, "ArrowRight");
      const later = await page.$eval("#filter-from", (input) => input.value);
      assert(later > from, `${later} after ${from}`);
    });
  },

  async "the map goes by keyboard and by pointer"() {
    await visit(desk, {}, async (page) => {
      await page.$eval(".circle[tabindex='0']", (circle) => circle.focus());
      const visited = new Set();
      for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) {
        await press(page, key);
        visited.add(await page.evaluate(() => document.activeElement.dataset.key));
      }
      assert(visited.size > 1 && !visited.has(undefined), `arrows go from circle to circle: ${[...visited]}`);
      const place = () => page.$eval(".land", (land) => land.getAttribute("transform"));
      const whole = await place();
      await press(page, "+");
      assert.notEqual(await place(), whole);
      await press(page, "0");
      assert.equal(await place(), whole);
      await page.$eval(".circle", (circle) => circle.dispatchEvent(new MouseEvent("click", { bubbles: true })));
      await settle(page);
      const isFiltered = (await page.$$(".chip")).length === 1;
      const isZoomed = (await place()) !== whole;
      const isChosen = (await page.$$("#event-title")).length === 1;
      assert(isFiltered || isZoomed || isChosen, "a circle opens");
    });
  },

  async "links lead from event to event, and are drawn where both have places"() {
    const point = (event) => { const { lat, lon } = chronicle.events[event].place?.value ?? {}; return lat === undefined ? undefined : `${lat} ${lon}`; };
    const link = chronicle.event_links.find(({ relation, from, to }) => relation !== "part_of" && point(from) && point(to) && point(from) !== point(to));
    assert(link, "one link leads from a town to another");
    await visit(desk, {}, async (page) => {
      await page.evaluate((id) => { location.hash = id; }, chronicle.events[link.from].id);
      await settle(page);
      assert((await page.$$(".arrows path")).length > 0, "an arrow is drawn");
      await page.click(".links .event-button");
      await settle(page);
      assert.equal(await page.evaluate(() => location.hash.slice(1)), chronicle.events[link.to].id);
    });
  },

  async "three languages, and the appearance is the reader's choice"() {
    await visit(desk, { language: "fr-CA" }, async (page) => {
      assert.equal(await page.evaluate(() => document.documentElement.lang), "fr");
      assert.equal(await text(page, "h1"), "Chronique");
      await page.select("#language", "ru");
      await settle(page);
      assert.equal(await text(page, "h1"), "Хроника");
      const kinds = await texts(page, "#rows td.column-kind");
      assert(kinds.every((kind) => /\p{Script=Cyrillic}/u.test(kind)), kinds.join());
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await paper();
      await page.select("#appearance", "dark");
      await settle(page);
      assert.notEqual(await paper(), light);
    });
  },

  async "a movement is followed from town to town"() {
    // The same page with three events of its own in a row: the policy holds for script and style, not for the dataset.
    const seen = new Set();
    const chain = chronicle.events.flatMap((event, at) => {
      const { name, lat } = event.place?.value ?? {};
      if (lat === undefined || !event.time?.value.start || seen.has(name)) return [];
      seen.add(name);
      return [at];
    }).slice(0, 3);
    const [first, second, third] = chain;
    const spread = (from, to) => ({ relation: "spread_from", from, to, inferred: "by the test" });
    const moved = { ...chronicle, event_links: [spread(second, first), spread(third, second)] };
    const packed = deflateRawSync(JSON.stringify(moved)).toString("base64");
    const file = desk.replace(/\.html$/, "-spread.html");
    writeFileSync(file, readFileSync(desk, "utf8").replace(/id="dataset">[^<]*</, () => `id="dataset">${packed}<`));
    await visit(file, {}, async (page) => {
      await page.evaluate((id) => { location.hash = id; }, chronicle.events[second].id);
      await settle(page);
      assert.equal((await page.$$(".arrows path")).length, 2, "an arrow from the first, an arrow to the third");
      assert.deepEqual(await texts(page, ".links h4"), ["Spread from", "Spread to", "How it spread"]);
      const course = await page.$$eval(".course li", (steps) => steps.map((step) => step.classList.contains("here")));
      assert.deepEqual(course, [false, true, false], "in order of time, this event in the midst");
      await page.click(".course li:last-child .event-button");
      await settle(page);
      assert.equal(await page.evaluate(() => location.hash.slice(1)), chronicle.events[third].id);
      assert.equal((await page.$$(".arrows path")).length, 2, "the whole course is still drawn");
    });
  },

  async "every report can be read whole, those too in which nothing was found"() {
    await visit(desk, {}, async (page) => {
      await page.click("#list-reports");
      await settle(page);
      assert.equal(await page.$eval("#report-rows", (grid) => Number(grid.getAttribute("aria-rowcount"))), chronicle.reports.length + 1);
      const calm = chronicle.reports.findIndex((report) => !report.records);
      assert(calm >= 0, "one report has no records");
      await page.click(`#report-rows-${calm}`);
      await settle(page);
      assert.equal(await text(page, ".reader .text"), chronicle.reports[calm].text.trim());
      await page.focus("#report-rows");
      await press(page, "Home");
      await axeFinds(page, "a report by itself");
      const first = chronicle.reports[0];
      const triggers = first.records.map((record) => chronicle.records[record].coded.trigger);
      const marked = await texts(page, ".reader mark.trigger");
      assert(marked.length > 0 && marked.join("").length <= triggers.reduce((sum, { text }) => sum + text.length, 0));
      assert.equal((await page.$$(".reader .record")).length, first.records.length);
      const events = new Set(first.records.map((record) => chronicle.records[record].event)).size;
      await page.click(".reader-head .plain");
      await settle(page);
      assert.equal(Number(/\d+/.exec(await text(page, "#shown"))[0]), events, "only the events of that report");
      assert.equal((await page.$$("#report-rows tbody tr[role=row]")).length > 0, true);
    });
  },

  async "from an event to all that its report tells, and back"() {
    await visit(desk, {}, async (page) => {
      await page.focus("#rows");
      await press(page, "ArrowDown");
      const event = await text(page, "#event-title");
      await page.click(".open-report");
      await settle(page);
      assert.equal((await page.$$("#event-title")).length, 0);
      await page.click(".close");
      await settle(page);
      assert.equal(await text(page, "#event-title"), event);
    });
  },

  async "a page with records that no merge has seen says so"() {
    await visit(unmerged, {}, async (page) => {
      assert.match(await text(page, ".notice"), /doleance merge/);
      await axeFinds(page, "a page that is not whole");
    });
  },

  async "hostile text is only text"() {
    const at = chronicle.reports.findIndex((report) => report.text.includes("<img src=x"));
    const record = chronicle.reports[at].records[0];
    await visit(desk, {}, async (page) => {
      await page.evaluate((id) => { location.hash = id; }, chronicle.events[chronicle.records[record].event].id);
      await settle(page);
      assert((await text(page, ".reader .text")).includes("<img src=x"), "it is shown as it stands");
      assert.equal(await page.evaluate(() => globalThis.hostile), undefined, "and nothing of it ran");
      assert.equal((await page.$$("img, iframe, object, embed")).length, 0);
    });
  },

  async "map, timeline and table leave the reports beside them free, in windows of every width"() {
    for (const width of [1000, 1280, 1440]) {
      await visit(desk, { viewport: { width, height: 900 } }, async (page) => {
        const reader = await (await page.$("#reader")).boundingBox();
        const ends = await page.$$eval(".map-box, .map-buttons, .timeline, #rows", (all) => all.map((element) => element.getBoundingClientRect().right));
        assert(ends.length >= 4 && ends.every((end) => end < reader.x), `${width}: ${ends} before ${reader.x}`);
        const cut = await page.$$eval("#rows td .status", (all) => all.filter((status) => status.getBoundingClientRect().right > status.closest("td").getBoundingClientRect().right - 4).map((status) => status.textContent));
        assert.deepEqual(cut, [], `${width}: every status is whole`);
      });
    }
  },

  async "a phone shows everything within its width, the reports in front"() {
    await visit(desk, { viewport: PHONE }, async (page) => {
      assert((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, "nothing sticks out");
      const heights = await page.$$eval("#rows tbody tr[role=row]", (rows) => [...new Set(rows.map((row) => Math.round(row.getBoundingClientRect().height)))]);
      assert.deepEqual(heights, [46], "all rows are of one height, as scrolling counts on");
      await page.tap("#rows tbody tr[aria-rowindex='3']");
      await settle(page);
      const box = await (await page.$("#reader")).boundingBox();
      assert(box.x === 0 && box.width === 390 && box.height >= 800, JSON.stringify(box));
      assert((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, "nor beside an event");
      await page.tap(".close");
      await settle(page);
      assert.equal(await focused(page), "rows");
      assert.equal((await page.$$("#reader.in-front")).length, 0, "closed, and the event stays chosen on the map");
      assert.equal(await page.$eval("#rows tr[aria-selected=true]", (row) => row.getAttribute("aria-rowindex")), "3");
    });
  },

  async "the public page shows the evidence, says what is left out, and keeps its marks"() {
    await visit(open, {}, async (page) => {
      assert((await text(page, ".head .aside")).includes("names of persons") || (await text(page, ".head .aside")).includes("texts beyond the evidence"));
      await page.focus("#rows");
      await press(page, "ArrowDown");
      assert((await page.$$(".reader mark.trigger")).length > 0);
      assert((await text(page, ".reader .text")).includes("[…]"));
    });
  },
};

let failed = 0;
for (const [claim, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok   ${claim}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${claim}\n     ${String(error.message ?? error).replaceAll("\n", "\n     ")}`);
  }
}
await browser.close();
console.log(`${Object.keys(checks).length - failed} of ${Object.keys(checks).length} hold`);
process.exit(failed === 0 ? 0 : 1);
