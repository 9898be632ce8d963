// What the page costs its reader: bytes, times, memory. `cargo xtask bench-page` runs it on the page as it ships and
// prints a table. Nothing fails here: times depend on the machine.
import { readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { heldBack } from "../held-back.js";
import { history } from "../long-history.js";

/** How much slower than this machine's the processor is while the page starts. */
const SLOWED = 4;

/** How often each time is taken; the table shows the middle one and the worst. */
const STARTS = 5;
const KEYSTROKES = 30;

/** How many files of a folder are tried. */
const TRIED = 100;

/** A long history. */
const FILES = 1_000;

/** An hour's work: a change every six seconds. */
const EDITS = 600;

/** What is pasted into an empty page, and typed at. */
const PASTED = `CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, note text);
ALTER TABLE customers ADD COLUMN region text NOT NULL DEFAULT 'north';
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX customers_region ON customers (region);
UPDATE customers SET region = 'south' WHERE id % 2 = 0;
ALTER TABLE customers ALTER COLUMN region DROP DEFAULT;
`;

const rows = [];

/** A line of the table: a measure, its figure, and what it should be at most. */
function row(what, figure, goal = "") {
  rows.push([what, figure, goal]);
}

const milliseconds = (number) => `${Math.round(number)} ms`;

/** The middle and the worst of some times. */
function spread(times) {
  const sorted = [...times].sort((one, other) => one - other);
  return `${milliseconds(sorted[Math.floor(sorted.length / 2)])} (worst ${milliseconds(sorted.at(-1))})`;
}

const textbox = (page) => page.getByRole("textbox", { name: "Migrations", exact: true });
const verdict = (page) => page.getByRole("region", { name: "Verdict" });

test.afterAll(() => {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join("  "));
});

test("what is transferred until the first review", async ({ page, baseURL }) => {
  // What is not needed for it comes only then.
  const server = await heldBack(baseURL);
  const finished = [];
  page.on("requestfinished", (request) => /^https?:/.test(request.url()) && finished.push(request));
  await page.goto(server.address);
  await textbox(page).fill(PASTED);
  await verdict(page).waitFor();
  const needed = new Map(finished.map((request) => [new URL(request.url()).pathname.split("/").at(-1), request]));
  server.letGo();
  const size = async (request) => brotliCompressSync(await (await request.response()).body()).length;
  const sizes = await Promise.all([...needed].map(async ([name, request]) => [name, await size(request)]));
  const all = sizes.reduce((sum, [, size]) => sum + size, 0);
  const of = (ending) => sizes.filter(([name]) => name.endsWith(ending)).reduce((sum, [, size]) => sum + size, 0);
  row("Bytes for the first review, brotli", all.toLocaleString("en"), "700,000");
  row("  of them WebAssembly", of(".wasm").toLocaleString("en"));
  row("  of them index.html and styles, for the first paint", (of(".css") + (sizes.find(([name]) => name === "")?.[1] ?? 0)).toLocaleString("en"));
  const isBehind = (request) => !needed.has(new URL(request.url()).pathname.split("/").at(-1));
  await expect.poll(() => finished.filter(isBehind).length).toBeGreaterThan(0);
  await page.waitForLoadState("networkidle");
  const behind = await Promise.all(finished.filter(isBehind).map(size));
  row("Bytes that come behind it", behind.reduce((sum, size) => sum + size, 0).toLocaleString("en"));
  server.close();
});

test("what the first part of the module is good for", async ({ browser, baseURL }) => {
  const folder = process.env.LOCKSTEP_MIGRATIONS;
  test.skip(!folder, "no folder of migrations was given");
  const all = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".sql")).sort();
  const texts = all.map((path) => readFileSync(`${folder}/${path}`, "utf8")).filter((text) => text.trim());
  const step = Math.max(1, Math.floor(texts.length / TRIED));
  const tried = texts.filter((_, index) => index % step === 0).slice(0, TRIED);
  const server = await heldBack(baseURL);
  let alone = 0;
  for (const text of tried) {
    const page = await browser.newPage({ serviceWorkers: "block" });
    await page.goto(server.address);
    await expect.poll(() => page.workers().length).toBe(1);
    // Where it lacks a function, the worker is given up.
    const lacks = new Promise((resolve) => page.workers()[0].on("close", () => resolve(0)));
    await textbox(page).fill(text);
    alone += await Promise.race([verdict(page).waitFor().then(() => 1, () => 0), lacks]);
    await page.close();
  }
  row("Files reviewed by the first part of the module alone", `${alone} of ${tried.length}`);
  server.close();
});

test("a cold start", async ({ browser, baseURL }) => {
  const paints = [];
  const reviews = [];
  for (let start = 0; start < STARTS; start++) {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
    // Pastes at the first moment that one can, and notes when the review is there.
    await page.addInitScript((text) => {
      const watch = new MutationObserver(() => {
        const box = document.getElementById("migrations");
        if (box && !globalThis.pastedAt) {
          globalThis.pastedAt = performance.now();
          box.value = text;
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }
        if (!globalThis.reviewedAt && document.querySelector("[aria-label=Verdict]")) {
          globalThis.reviewedAt = performance.now();
        }
      });
      watch.observe(document, { childList: true, subtree: true });
    }, PASTED);
    await page.goto(baseURL);
    await page.waitForFunction(() => globalThis.reviewedAt);
    reviews.push(await page.evaluate(() => globalThis.reviewedAt));
    paints.push(
      await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN),
    );
    await context.close();
  }
  // The browser slows the page's thread, not its worker's.
  row(`First paint, cold cache, page's thread slowed ${SLOWED} times`, spread(paints));
  row(`First review of pasted text, the same`, spread(reviews));
});

/** Types letters into the open file; how long each time until a review of it is drawn. */
async function keystrokes(page, times) {
  const taken = [];
  for (let key = 0; key < times; key++) {
    taken.push(
      await page.evaluate(async (key) => {
        const box = document.getElementById("migrations");
        const base = box.value.replace(/\nDROP TABLE gone_\d+;\n$/, "");
        const begun = performance.now();
        box.value = `${base}\nDROP TABLE gone_${key};\n`;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        const isThere = () => document.getElementById("listed").textContent.includes(`gone_${key}`);
        while (!isThere()) {
          await new Promise((resolve) => {
            const watch = new MutationObserver(() => {
              watch.disconnect();
              resolve();
            });
            watch.observe(document.getElementById("listed"), { childList: true, subtree: true });
          });
        }
        return performance.now() - begun;
      }, key),
    );
    // As a person pauses between letters.
    await page.waitForTimeout(120);
  }
  return taken;
}

test("a keystroke in one file", async ({ page }) => {
  await page.goto("./");
  await textbox(page).fill(PASTED);
  await verdict(page).waitFor();
  await keystrokes(page, 3);
  row("Keystroke to findings, one file", spread(await keystrokes(page, KEYSTROKES)), "50 ms");
});

test("a keystroke in a long history", async ({ page }) => {
  await page.goto("./");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  const begun = Date.now();
  await (await chooser).setFiles(history(FILES));
  await expect(page.getByRole("list", { name: "Timeline" }).getByRole("listitem")).toHaveCount(FILES);
  row(`Opening ${FILES} files to review`, milliseconds(Date.now() - begun));
  // The last migration: work goes on there. And the first: everything follows from it.
  for (const [which, what] of [[FILES - 1, "last"], [0, "first"]]) {
    await page.getByRole("list", { name: "Files" }).locator("button.file").nth(which).click();
    await page.evaluate(() => document.getElementById("only-selected").checked || document.getElementById("only-selected").click());
    await page.getByRole("list", { name: "Timeline" }).getByRole("button").nth(which).click();
    await keystrokes(page, 2);
    row(`Keystroke to findings, ${what} of ${FILES} files`, spread(await keystrokes(page, KEYSTROKES)), "150 ms");
  }
});

/** Bytes in use: the page's JavaScript after a collection, and the WebAssembly memory of page and worker. */
async function memory(page, session) {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(async () => (await wasm_bindgen()).memory.buffer.byteLength);
  const worker = await page.workers()[0].evaluate(() => wasm_bindgen.initSync().memory.buffer.byteLength);
  return { usedSize, wasm, worker };
}

test("an hour of edits", async ({ page }) => {
  await page.goto("./");
  await textbox(page).fill(PASTED);
  await verdict(page).waitFor();
  const session = await page.context().newCDPSession(page);
  const measured = [];
  for (let edit = 0; edit <= EDITS; edit++) {
    if (edit % (EDITS / 4) === 0) measured.push([edit, await memory(page, session)]);
    await page.evaluate(async ({ text, edit }) => {
      const box = document.getElementById("migrations");
      box.value = `${text}\nALTER TABLE edited_${edit} ADD COLUMN c${edit % 7} int;\n`;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      while (!document.getElementById("review").textContent.includes(`edited_${edit}`)) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }, { text: PASTED, edit });
  }
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  for (const [edit, { usedSize, wasm, worker }] of measured) {
    row(
      `Memory after ${edit} edits: JavaScript, page, worker`,
      `${megabytes(usedSize)}, ${megabytes(wasm)}, ${megabytes(worker)} MB`,
      edit === 0 ? "" : "flat",
    );
  }
});
