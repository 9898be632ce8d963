// Input that was made to break things, or that just is what files are like. The page stays alive, keeps
// the text, and says something about it.
import { expect, test } from "../lockstep-page.js";

// The worker may take its time, or be restarted; the reader must hear of either.
test.setTimeout(180_000);

/** Waits for the page's word on what it was given: a verdict, a finding, a message. Word that it is still at work is none. */
async function expectSomethingSaid(lockstep, page) {
  const said = lockstep.verdict.or(lockstep.finding).or(page.getByRole("alert")).filter({ hasText: /\S/ });
  await expect(said.first()).toBeVisible({ timeout: 90_000 });
}

const PASTES = {
  "200,000 open parentheses": `SELECT ${"(".repeat(200_000)}`,
  "a chain of 20,000 operators": `SELECT ${"'a' || ".repeat(20_000)}'a';`,
  "20,000 nested operators": `SELECT ${"(1 + ".repeat(20_000)}1${")".repeat(20_000)};`,
  "an unterminated dollar quote": "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1;\n",
  "a NUL byte": "CREATE TABLE t (id int);\nSELECT '\u0000';\n",
  "Windows line ends and a byte order mark": "\uFEFFCREATE TABLE t (id int);\r\nCREATE INDEX i ON t (id);\r\n",
  "a psql dump": [
    "\\restrict abc",
    "SET statement_timeout = 0;",
    "\\connect shop",
    "CREATE TABLE public.orders (id bigint, note text);",
    "COPY public.orders (id, note) FROM stdin;",
    "1\tit's; a note",
    "2\t\\N",
    "\\.",
    "ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);",
    "\\unrestrict abc",
    "",
  ].join("\n"),
};

/** What a text box makes of line ends, which is the browser's doing, not the page's. */
const asInTextBox = (text) => text.replace(/\r\n?/g, "\n");

for (const [name, text] of Object.entries(PASTES)) {
  test(`${name}, pasted`, async ({ lockstep, page }) => {
    await lockstep.paste(text);
    await expectSomethingSaid(lockstep, page);
    expect(asInTextBox(await lockstep.migrations.inputValue())).toBe(asInTextBox(text));
    await lockstep.expectAlive();
  });
}

const FILES = {
  "a file that is not UTF-8": Buffer.from("CREATE TABLE caf\xe9 (id int);\n", "latin1"),
  "a file with a NUL byte": Buffer.from("CREATE TABLE t (id int);\0\n"),
  "a file of random bytes": Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)),
  "an empty file": Buffer.from(""),
  "a file with Windows line ends and a byte order mark": Buffer.from("\uFEFFCREATE TABLE t (id int);\r\n"),
};

for (const [name, buffer] of Object.entries(FILES)) {
  test(`${name}, opened`, async ({ lockstep, page }) => {
    await lockstep.openFrom(lockstep.openFiles, [{ name: "001_hostile.sql", mimeType: "application/sql", buffer }]);
    await expectSomethingSaid(lockstep, page);
    await lockstep.expectAlive();
  });
}

const ROW = "INSERT INTO orders (id, note) VALUES (1, 'a note');\n";

/** A file of so many megabytes, on disk: Playwright sends no large ones from memory. */
async function largeFile(testInfo, megabytes) {
  const { writeFile } = await import("node:fs/promises");
  const path = testInfo.outputPath("001_large.sql");
  await writeFile(path, ROW.repeat((megabytes * 1_000_000) / ROW.length));
  return path;
}

test("a file of 4 MB, opened", async ({ lockstep }, testInfo) => {
  await lockstep.openFrom(lockstep.openFiles, await largeFile(testInfo, 4));
  await expect(lockstep.verdict).toHaveText(/\S/, { timeout: 90_000 });
});

test("a file of 50 MB, opened, is refused with the limit", async ({ lockstep, page }, testInfo) => {
  await lockstep.openFrom(lockstep.openFiles, await largeFile(testInfo, 50));
  await expect(page.getByRole("alert").filter({ hasText: "001_large.sql was left out" })).toContainText("16 MiB");
  await lockstep.expectAlive();
});

test("files that are too much together are taken in up to the limit", async ({ lockstep, page }) => {
  const file = (name) => ({ name, mimeType: "application/sql", buffer: Buffer.from("-- words\n".repeat(1_000_000)) });
  await lockstep.openFrom(lockstep.openFiles, [file("001_a.sql"), file("002_b.sql")]);
  await expect(page.getByRole("alert").filter({ hasText: "1 file left out" })).toContainText("16 MiB");
  await expect(lockstep.verdict).toHaveText(/\S/);
});

test("an empty paste leaves the page as it was", async ({ lockstep }) => {
  await lockstep.expectAlive();
  await lockstep.paste("");
  await expect(lockstep.finding).toHaveCount(0);
  await lockstep.expectAlive();
});
