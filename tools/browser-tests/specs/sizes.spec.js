// Table sizes: measured by a query, or assumed with a slider, and said so wherever a time is given.
import { INDEX_ON_EXISTING_TABLE, expect, test } from "../lockstep-page.js";

const time = (lockstep) => lockstep.panel.locator(".work summary").filter({ visible: true }).first();

test("sizes that a server answered are measured", async ({ lockstep, page }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(time(lockstep)).toContainText("for every million rows");
  await lockstep.showTab("Sizes");
  await page.getByText("SQL", { exact: true }).click();
  await expect(page.getByRole("group", { name: "The query" })).toContainText("pg_stat_all_tables");
  await page.getByRole("textbox", { name: "Its result" }).fill("relation,rows,bytes\npublic.orders,12000000,3100000000\n");
  await expect(page.getByText("about 12,000,000 rows")).toBeVisible();
  await lockstep.showTab("Review");
  await expect(time(lockstep)).toContainText("size measured");
  await lockstep.showTab("Sizes");
  await page.getByRole("textbox", { name: "Its result" }).fill("rows\n1\n");
  await expect(page.getByRole("alert").filter({ hasText: "Line 1" })).toBeVisible();
});

test("a size is assumed with the keyboard, and kept", async ({ lockstep, page }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding).not.toHaveCount(0);
  await lockstep.showTab("Sizes");
  const slider = page.getByRole("slider", { name: "Rows of public.orders" });
  await expect(slider).toHaveAttribute("aria-valuetext", "not known");
  await slider.focus();
  for (let step = 1; step <= 13; step += 1) {
    await page.keyboard.press("ArrowRight");
    await expect(slider).toHaveValue(String(step));
  }
  await expect(slider).toBeFocused();
  await expect(slider).toHaveAttribute("aria-valuetext", "assumed 10,000,000 rows");
  await page.getByRole("spinbutton", { name: "public.orders: writes a second" }).fill("50");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Its result" })).toHaveValue(/public\.orders,10000000,,,50,assumed/);
  await lockstep.showTab("Review");
  await expect(time(lockstep)).toContainText("size assumed");
  await expect(lockstep.finding.filter({ hasText: "assumed 10,000,000 rows" })).not.toHaveCount(0);
  await page.waitForTimeout(700);
  await lockstep.open();
  await expect(time(lockstep)).toContainText("size assumed");
});
