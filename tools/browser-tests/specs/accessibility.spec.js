// What a machine can find that would keep readers out: axe's rules, on every view.
import { INDEX_ON_EXISTING_TABLE, TABS, expect, test } from "../lockstep-page.js";

for (const colorScheme of ["light", "dark"]) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("the empty page", async ({ lockstep }) => {
      await expect(lockstep.migrations).toBeVisible();
      await lockstep.expectNoBarriers();
    });

    for (const name of ["Reviews", "Share"]) {
      test(`dialog ${name}`, async ({ lockstep, page }) => {
        await lockstep.paste(INDEX_ON_EXISTING_TABLE);
        await expect(lockstep.finding).not.toHaveCount(0);
        await page.getByRole("button", { name, exact: true }).click();
        await expect(page.getByRole("dialog").getByText("kB")).toBeVisible();
        await lockstep.expectNoBarriers();
      });
    }

    for (const name of TABS) {
      test(`tab ${name}`, async ({ lockstep }) => {
        await lockstep.paste(INDEX_ON_EXISTING_TABLE);
        await expect(lockstep.finding).not.toHaveCount(0);
        await lockstep.showTab(name);
        await lockstep.expectNoBarriers();
      });
    }
  });
}
