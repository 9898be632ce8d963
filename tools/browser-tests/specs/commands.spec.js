// Keys, all commands, and what the rules say.
import { INDEX_ON_EXISTING_TABLE, expect, test } from "../lockstep-page.js";

test("j and k go through the findings, Enter into the code, b back", async ({ lockstep, page }) => {
  await lockstep.paste(`${INDEX_ON_EXISTING_TABLE}ALTER TABLE orders DROP COLUMN note;\n`);
  await expect(lockstep.finding).not.toHaveCount(0);
  await lockstep.tab("Review").focus();
  await page.keyboard.press("j");
  const current = lockstep.findings.locator("[aria-current=true]");
  await expect(current).toHaveCount(1);
  const first = await current.textContent();
  await page.keyboard.press("j");
  await expect(current).not.toHaveText(first);
  await page.keyboard.press("k");
  await expect(current).toHaveText(first);
  await page.keyboard.press("Enter");
  await expect(page.locator(":focus")).toContainText(/CREATE INDEX|DROP COLUMN/);
  await page.keyboard.press("b");
  await expect(current).toBeFocused();
});

test("letters stay letters while one types", async ({ lockstep, page }) => {
  await lockstep.migrations.focus();
  await page.keyboard.type("jk?/1");
  await expect(lockstep.migrations).toHaveValue("jk?/1");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("every command is found by its words and done by Enter", async ({ lockstep, page }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding).not.toHaveCount(0);
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Commands" });
  await expect(dialog.getByRole("combobox", { name: "Command" })).toBeFocused();
  await page.keyboard.type("locks");
  await expect(dialog.getByRole("option").first()).toHaveText("Go to Locks");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(lockstep.tab("Locks")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("postgresql 15");
  await dialog.getByRole("option", { name: "PostgreSQL 15" }).click();
  await expect(lockstep.postgresVersion).toHaveValue("15");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("no such thing");
  await expect(dialog.getByText("Nothing has these words.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("a rule is explained where it is found", async ({ lockstep, page }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  const finding = lockstep.finding.filter({ hasText: "index-not-concurrent" });
  await finding.getByRole("button", { name: "About this rule index-not-concurrent" }).click();
  const dialog = page.getByRole("dialog", { name: "index-not-concurrent" });
  await expect(dialog).toContainText("Use instead");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
});

test("the keys are told", async ({ lockstep, page }) => {
  await expect(lockstep.migrations).toBeVisible();
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("next finding");
});
