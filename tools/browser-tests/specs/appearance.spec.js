// Light and dark, wide and narrow.
import { TABS, expect, test } from "../lockstep-page.js";

const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("the system's colour scheme is followed until the reader chooses", async ({ lockstep, page }) => {
  const light = await background(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => background(page)).not.toBe(light);
});

test("the theme that was chosen is kept", async ({ lockstep, page }) => {
  const before = await background(page);
  await lockstep.theme.click();
  await expect.poll(() => background(page)).not.toBe(before);
  const chosen = await background(page);
  await page.reload();
  await expect(lockstep.migrations).toBeVisible();
  await expect.poll(() => background(page)).toBe(chosen);
});

for (const width of [320, 390, 768]) {
  test(`nothing stands outside of a page that is ${width} pixels wide`, async ({ lockstep, page }) => {
    await page.setViewportSize({ width, height: 700 });
    const [example] = await lockstep.exampleNames();
    await lockstep.examples.selectOption({ label: example });
    await expect(lockstep.timeline.getByRole("listitem")).not.toHaveCount(0);
    for (const name of TABS) {
      await lockstep.showTab(name);
      const overflow = await page.evaluate(
        () => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth,
      );
      expect(overflow, name).toBe(0);
      const below = await page.evaluate(
        () => document.scrollingElement.scrollHeight - Math.ceil(document.body.getBoundingClientRect().height),
      );
      expect(below, `${name}: room below the end`).toBeLessThanOrEqual(0);
    }
  });
}
