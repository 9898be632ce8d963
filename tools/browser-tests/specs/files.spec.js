// Files that are opened or dropped.
import { expect, test } from "../lockstep-page.js";

const FILES = [
  ["001_orders.up.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);\n"],
  ["001_orders.down.sql", "DROP TABLE orders;\n"],
  ["002_note.up.sql", "ALTER TABLE orders ADD COLUMN note text;\n"],
].map(([name, text]) => ({ name, mimeType: "application/sql", buffer: Buffer.from(text) }));

async function expectBothMigrations(lockstep) {
  await expect(lockstep.timeline.getByText(/001/)).not.toHaveCount(0);
  await expect(lockstep.timeline.getByText(/002/)).not.toHaveCount(0);
  await expect(lockstep.verdict).toHaveText(/\S/);
}

test("several files are opened as one history", async ({ lockstep }) => {
  await lockstep.openFrom(lockstep.openFiles, FILES);
  await expectBothMigrations(lockstep);
});

test("a folder is opened with its sub-folders", async ({ lockstep }, testInfo) => {
  const { mkdir, writeFile } = await import("node:fs/promises");
  const folder = testInfo.outputPath("migrations");
  await mkdir(`${folder}/rollback`, { recursive: true });
  await writeFile(`${folder}/001_orders.sql`, "CREATE TABLE orders (id bigint PRIMARY KEY);\n");
  await writeFile(`${folder}/002_note.sql`, "ALTER TABLE orders ADD COLUMN note text;\n");
  await writeFile(`${folder}/rollback/001_rollback.sql`, "DROP TABLE orders;\n");
  await lockstep.openFrom(lockstep.openFolder, folder);
  await expectBothMigrations(lockstep);
});

test("files are dropped anywhere", async ({ lockstep, page }) => {
  const transfer = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const { name, text } of files) transfer.items.add(new File([text], name));
    return transfer;
  }, FILES.map(({ name, buffer }) => ({ name, text: buffer.toString() })));
  for (const event of ["dragenter", "dragover", "drop"]) {
    await page.locator("main").first().dispatchEvent(event, { dataTransfer: transfer });
  }
  await expectBothMigrations(lockstep);
});
