// What a machine can find that would keep readers out: axe's rules, on every view.
import axe from "axe-core";
import { INDEX_ON_EXISTING_TABLE, TABS, expect, test } from "../lockstep-page.js";

/** What axe finds, one line each. */
async function problems(page) {
  // Evaluated rather than added as a script, which the page's content security policy forbids.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}

for (const colorScheme of ["light", "dark"]) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("the empty page", async ({ lockstep, page }) => {
      await expect(lockstep.migrations).toBeVisible();
      expect(await problems(page)).toEqual([]);
    });

    for (const name of ["Reviews", "Share"]) {
      test(`dialog ${name}`, async ({ lockstep, page }) => {
        await lockstep.paste(INDEX_ON_EXISTING_TABLE);
        await expect(lockstep.finding).not.toHaveCount(0);
        await page.getByRole("button", { name, exact: true }).click();
        await expect(page.getByRole("dialog").getByText("kB")).toBeVisible();
        expect(await problems(page)).toEqual([]);
      });
    }

    for (const name of TABS) {
      test(`tab ${name}`, async ({ lockstep, page }) => {
        await lockstep.paste(INDEX_ON_EXISTING_TABLE);
        await expect(lockstep.finding).not.toHaveCount(0);
        await lockstep.showTab(name);
        expect(await problems(page)).toEqual([]);
      });
    }
  });
}
