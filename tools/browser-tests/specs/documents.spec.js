// Documents of the reader's own: LOCKSTEP_DOCUMENTS names a folder of files, each of which, pasted whole,
// has to be recognised as a document that describes migrations.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../lockstep-page.js";

const folder = process.env.LOCKSTEP_DOCUMENTS;
const names = folder ? readdirSync(folder) : [];

for (const name of names) {
  test(`${name}, pasted whole`, async ({ lockstep }) => {
    await lockstep.paste(readFileSync(join(folder, name), "utf8"));
    await expect(lockstep.finding).not.toHaveCount(0);
    await expect(lockstep.verdict).toContainText("Markdown");
    await expect(lockstep.timeline.getByRole("listitem")).not.toHaveCount(0);
  });
}
