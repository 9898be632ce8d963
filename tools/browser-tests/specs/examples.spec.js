// The sample histories.
import { expect, test } from "../lockstep-page.js";

test("every sample is loaded and reviewed", async ({ lockstep }) => {
  const names = await lockstep.exampleNames();
  expect(names.length).toBeGreaterThanOrEqual(5);
  for (const name of names) {
    await test.step(name, async () => {
      const before = await lockstep.timeline.allTextContents();
      await lockstep.examples.selectOption({ label: name });
      await expect.poll(() => lockstep.timeline.allTextContents()).not.toEqual(before);
      await expect(lockstep.timeline.getByRole("listitem")).not.toHaveCount(0);
      await expect(lockstep.verdict).toHaveText(/\S/);
    });
  }
});
