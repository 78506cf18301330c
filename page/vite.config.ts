// Builds the page's script and style into the crate that puts the page together, where they are committed.
//
// The first line of the script names the sources that it was built from, by hash: a test of the crate compares it.

import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { defineConfig, type Plugin } from "vite";

const root = import.meta.dirname;
const bundle = join(root, "../crates/doleance/src/page/bundle");

/** SHA-256 over every source: path, a zero, content, a zero; in the order of paths. */
function hashOfSources(): string {
  const files = ["package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"];
  for (const entry of readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) files.push(relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
  }
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(file).update("\0").update(readFileSync(join(root, file))).update("\0");
  return hash.digest("hex");
}

/** The licences of what the script holds. */
function licences(): string {
  const parts = ["preact", "d3-geo", "d3-array", "internmap", "topojson-client"].map((name) => {
    const text = readFileSync(join(root, "node_modules", name, "LICENSE"), "utf8").trim();
    return `${name}\n\n${text.replaceAll("*/", "* /")}`;
  });
  return parts.join("\n\n---\n\n");
}

const asParts: Plugin = {
  name: "parts-of-the-page",
  generateBundle(_, files) {
    const script = files["page.js"];
    if (script?.type !== "chunk") throw new Error("the build gave no script");
    if (/<\/script|<!--/i.test(script.code)) throw new Error("the script holds markup that would end it");
    script.code = `/*! sources ${hashOfSources()} */\n/*!\n${licences()}\n*/\n${script.code.trim()}\n`;
  },
  writeBundle() {
    copyFileSync(join(root, "src/frame.html"), join(bundle, "frame.html"));
    writeFileSync(join(bundle, "land.json"), readFileSync(join(root, "node_modules/world-atlas/land-50m.json")));
  },
};

export default defineConfig({
  root,
  logLevel: "warn",
  build: {
    target: "es2022",
    outDir: bundle,
    emptyOutDir: false,
    modulePreload: false,
    cssCodeSplit: false,
    rollupOptions: {
      input: join(root, "src/main.tsx"),
      output: { format: "iife", entryFileNames: "page.js", assetFileNames: "page.[ext]" },
    },
  },
  plugins: [asParts],
});
