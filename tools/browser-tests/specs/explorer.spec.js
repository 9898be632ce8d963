// The lock explorer: two statements, do they conflict, and who waits?
import { expect, test } from "../lockstep-page.js";

test("the explorer is reached by its name and answers without a review", async ({ lockstep, page }) => {
  await expect(lockstep.migrations).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("lock explorer");
  await page.keyboard.press("Enter");
  const first = page.getByRole("combobox", { name: "One transaction has run" });
  await expect(first).toBeFocused();
  const second = page.getByRole("combobox", { name: "and another runs" });
  const answer = page.getByRole("region", { name: "Lock explorer" }).getByRole("status");
  await first.selectOption("CREATE INDEX");
  await second.selectOption("INSERT, UPDATE, DELETE, MERGE");
  await expect(answer).toContainText("They conflict: the second wants ROW EXCLUSIVE");
  await second.selectOption("CREATE INDEX");
  await expect(answer).toContainText("They do not conflict");
  await first.selectOption("ACCESS EXCLUSIVE");
  await expect(answer).toContainText("They conflict");
});

test("statements of the review meet at the table that both lock", async ({ lockstep, page }) => {
  await lockstep.paste("CREATE INDEX i ON a (x);\nALTER TABLE b ADD COLUMN x int;\nALTER TABLE a ADD COLUMN y int;\n");
  await expect(lockstep.finding).not.toHaveCount(0);
  await lockstep.showTab("Locks");
  await page.getByText("Lock explorer", { exact: true }).click();
  const first = page.getByRole("combobox", { name: "One transaction has run" });
  const second = page.getByRole("combobox", { name: "and another runs" });
  const answer = page.getByRole("region", { name: "Lock explorer" }).getByRole("status");
  await first.selectOption("pasted, line 1: CREATE INDEX");
  await second.selectOption("pasted, line 2: ALTER TABLE");
  await expect(answer).toContainText("no table in common");
  await second.selectOption("pasted, line 3: ALTER TABLE");
  await expect(answer).toContainText("They conflict on public.a");
});
