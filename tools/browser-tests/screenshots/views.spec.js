// Pictures of every view, for people to look at: both themes, a laptop and a phone.
import { TABS, expect, test } from "../lockstep-page.js";

const folder = process.env.LOCKSTEP_SCREENSHOTS;

for (const colorScheme of ["light", "dark"]) {
  for (const [device, viewport] of [
    ["wide", { width: 1440, height: 900 }],
    ["narrow", { width: 390, height: 844 }],
  ]) {
    test.describe(`${colorScheme} ${device}`, () => {
      test.use({ colorScheme, viewport });

      const picture = (page, view) =>
        page.screenshot({ path: `${folder}/${view}-${colorScheme}-${device}.png`, fullPage: true });

      test("every view", async ({ lockstep, page }) => {
        await picture(page, "0-empty");
        const [example] = await lockstep.exampleNames();
        await lockstep.examples.selectOption({ label: example });
        await expect(lockstep.timeline.getByRole("listitem")).not.toHaveCount(0);
        for (const [index, name] of TABS.entries()) {
          await lockstep.showTab(name);
          await expect(lockstep.panel.getByText("Writing…")).toHaveCount(0);
          await picture(page, `${index + 1}-${name.toLowerCase()}`);
        }
      });
    });
  }
}
