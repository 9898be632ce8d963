// Some first reviews, for `cargo xtask build` to learn what of the module they run. The page that is driven here notes it
// (tools/module-split): in exported globals, a bit for each stretch of code.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { expect, test } from "../lockstep-page.js";

/** Migrations as people paste them: each behind a line of dashes. */
const ORDINARY = readFileSync(new URL("./ordinary.sql", import.meta.url), "utf8").split(/^----.*\n/m).slice(1);

/** Each sample history as one text. */
function samples() {
  const root = new URL("../../../migrations/", import.meta.url);
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => {
    const folder = new URL(`${name}/`, root);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((file) => `${file.parentPath ?? file.path}/${file.name}`).sort();
    return paths
      .map((path) => `-- file: ${path.slice(path.indexOf(name) + name.length + 1)}\n${readFileSync(path, "utf8")}\n`)
      .join("");
  });
}

/** The examples of all rules, and the migrations that core's tests have labelled: some at a time, each as a file. */
function examples() {
  const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
  const ofRules = [...read("docs/rules.md").matchAll(/^```sql\n(.*?)^```/gms)].map(([, text]) => text);
  const labelled = "core/tests/hazards";
  const ofTests = readdirSync(new URL(`../../../${labelled}`, import.meta.url)).flatMap((name) =>
    read(`${labelled}/${name}`).split(/^----.*\n/m).slice(1),
  );
  // Those that are several files, or changes of one, are read in another way.
  const single = [...ofRules, ...ofTests].filter((text) => !/^(-- file:|diff )/m.test(text));
  const files = single.map((text, index) => `-- file: ${1000 + index}_example.sql\n${text}\n`);
  const all = [];
  while (files.length) all.push(files.splice(0, 12).join(""));
  return all;
}

/** What the globals are called that hold the notes, before their number. tools/module-split/src/instrument.rs has the same. */
const NOTES = "ran ";

/** The numbers of the stretches that these exports note. Runs in page and worker. */
const noted = `(exports) => {
  const ran = [];
  for (const [name, notes] of Object.entries(exports)) {
    if (!name.startsWith("${NOTES}")) continue;
    for (let bit = 0; bit < 32; bit++) {
      if ((notes.value >>> bit) & 1) ran.push(Number(name.slice(${NOTES.length})) * 32 + bit);
    }
  }
  return ran;
}`;

test("what first reviews run", async ({ lockstep, page }) => {
  const ran = new Set();
  const note = async () => {
    const inPage = await page.evaluate(`wasm_bindgen().then(${noted})`);
    const inWorker = await page.workers()[0].evaluate(`(${noted})(wasm_bindgen.initSync())`);
    for (const stretch of [...inPage, ...inWorker]) ran.add(stretch);
  };
  const reviewed = async () => {
    await expect(lockstep.verdict).toHaveText(/\S/);
    await expect(page.locator(".stale")).toHaveCount(0);
    await note();
  };
  for (const text of ORDINARY) {
    await page.goto("./");
    await lockstep.paste(text);
    await reviewed();
    // And edited.
    await lockstep.paste(`${text}\nDROP TABLE orders;\n`);
    await reviewed();
  }
  for (const text of examples()) {
    await lockstep.paste(text);
    const last = text.match(/\d+_example(?!.*_example)/s)[0];
    await expect(lockstep.timeline).toContainText(last.replace("_", " "));
    await reviewed();
  }
  // Nothing is clicked: what waits for a click may wait for the rest.
  for (const text of samples()) {
    await lockstep.paste(text);
    await reviewed();
  }
  writeFileSync(process.env.LOCKSTEP_RAN, [...ran].join("\n"));
});
