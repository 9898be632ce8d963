// Which findings are listed, and which migrations are under review.
import { expect, test } from "../lockstep-page.js";

const TWO_FILES = [
  { name: "001_index.sql", mimeType: "text/plain", buffer: Buffer.from("CREATE INDEX i ON orders (id);\nCREATE INDEX j ON orders (note);\n") },
  { name: "002_drop.sql", mimeType: "text/plain", buffer: Buffer.from("ALTER TABLE orders DROP COLUMN note;\n") },
];

test("findings are filtered by rule and by file", async ({ lockstep, page }) => {
  await lockstep.openFrom(lockstep.openFiles, TWO_FILES);
  await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(2);
  const rule = page.getByRole("combobox", { name: "Rule" });
  await rule.selectOption("index-not-concurrent");
  await expect(lockstep.finding).toHaveCount(2);
  await rule.selectOption("");
  const file = page.getByRole("combobox", { name: "File" });
  await file.selectOption("002_drop.sql");
  await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(0);
  await expect(lockstep.finding.filter({ hasText: "drop-column" })).not.toHaveCount(0);
});

test("a migration is put under review, and those before it are applied", async ({ lockstep, page }) => {
  await lockstep.openFrom(lockstep.openFiles, TWO_FILES);
  const entries = lockstep.timeline.getByRole("listitem");
  await expect(entries).toHaveCount(2);
  await entries.nth(1).getByRole("button").first().click();
  await page.getByRole("button", { name: "Review from here" }).click();
  await expect(entries.nth(0).getByText("applied")).toBeVisible();
  await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(0);
  await entries.nth(0).getByRole("button").first().click();
  await page.getByRole("button", { name: "Review from here" }).click();
  await expect(lockstep.timeline.getByText("applied")).toHaveCount(0);
  await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(2);
});

test("paper is light and holds what can be read", async ({ lockstep, page }) => {
  await lockstep.paste("CREATE INDEX i ON orders (id);\n");
  await expect(lockstep.verdict).toBeVisible();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe("rgb(16, 22, 27)");
  await expect(lockstep.migrations).toBeHidden();
  await expect(lockstep.openFiles).toBeHidden();
});
