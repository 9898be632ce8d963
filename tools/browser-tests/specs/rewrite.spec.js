// The safe form of a dangerous statement: shown as a diff, taken, taken back.
import { INDEX_ON_EXISTING_TABLE, expect, test } from "../lockstep-page.js";

async function offered(lockstep, page, rule) {
  await lockstep.finding.filter({ hasText: rule }).getByRole("button", { name: `Rewrite it safely ${rule}` }).click();
  const dialog = page.getByRole("dialog", { name: "Safe rewrite" });
  await expect(dialog).toBeVisible();
  return dialog;
}

test("a rewrite is shown, taken and taken back", async ({ lockstep, page }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  const dialog = await offered(lockstep, page, "index-not-concurrent");
  await expect(dialog.getByText("CREATE INDEX CONCURRENTLY").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(dialog).toBeHidden();
  await expect(lockstep.migrations).toHaveValue(/CREATE INDEX CONCURRENTLY/);
  await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(0);
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await undo.click();
  await expect(lockstep.migrations).toHaveValue(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(1);
  await expect(undo).toHaveCount(0);
});

test("a rewrite over several deployments adds its files to the history", async ({ lockstep, page }) => {
  await lockstep.openFrom(lockstep.openFiles, [
    { name: "001_orders.sql", mimeType: "text/plain", buffer: Buffer.from("CREATE TABLE orders (id bigint PRIMARY KEY, note text);\nINSERT INTO orders SELECT g FROM generate_series(1, 9) g;\n") },
    { name: "002_total.sql", mimeType: "text/plain", buffer: Buffer.from("ALTER TABLE orders ALTER COLUMN note SET NOT NULL;\n") },
  ]);
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(2);
  const dialog = await offered(lockstep, page, "set-not-null-scans");
  await expect(dialog.getByText("new file").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Apply" }).first().click();
  await expect(lockstep.timeline.getByRole("listitem")).not.toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(2);
});

test("a finding that is looked at says what its rewrite does", async ({ lockstep }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  const finding = lockstep.finding.filter({ hasText: "index-not-concurrent" });
  await finding.getByRole("button").first().click();
  await expect(finding.getByText(/CONCURRENTLY|while reads and writes go on/i).last()).toBeVisible();
  await expect(finding.getByText("No rewrite of this statement passes its proof.")).toHaveCount(0);
});

test("where no rewrite passes its proof, it says so", async ({ lockstep, page }) => {
  // What stands in a block is not the statement.
  await lockstep.paste("DO $$ BEGIN CREATE INDEX i ON orders(id); END $$;\n");
  const dialog = await offered(lockstep, page, "index-not-concurrent");
  await expect(dialog.getByRole("status")).toContainText("There is none");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  const finding = lockstep.finding.filter({ hasText: "index-not-concurrent" });
  await finding.getByRole("button").first().click();
  await expect(finding.getByText("No rewrite of this statement passes its proof.")).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the dialog has no barriers, ${colorScheme}`, async ({ lockstep, page }) => {
    await page.emulateMedia({ colorScheme });
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    const dialog = await offered(lockstep, page, "index-not-concurrent");
    await expect(dialog.getByRole("button", { name: "Apply" })).toBeVisible();
    await lockstep.expectNoBarriers();
  });
}
