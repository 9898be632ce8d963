// Everything works without a mouse.
import { INDEX_ON_EXISTING_TABLE, TABS, expect, test } from "../lockstep-page.js";

test("arrow keys, Home and End move between the tabs", async ({ lockstep, page }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding).not.toHaveCount(0);
  await lockstep.tab(TABS[0]).focus();
  for (const name of [...TABS.slice(1), TABS[0]]) {
    await page.keyboard.press("ArrowRight");
    await expect(lockstep.tab(name)).toBeFocused();
    await expect(lockstep.tab(name)).toHaveAttribute("aria-selected", "true");
    await expect(lockstep.panel).toBeVisible();
  }
  await page.keyboard.press("End");
  await expect(lockstep.tab(TABS.at(-1))).toBeFocused();
  await page.keyboard.press("Home");
  await expect(lockstep.tab(TABS[0])).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(lockstep.tab(TABS.at(-1))).toBeFocused();
});

test("only the selected tab is a stop of the Tab key", async ({ lockstep }) => {
  await lockstep.showTab("Schema");
  for (const name of TABS) {
    await expect(lockstep.tab(name)).toHaveAttribute("tabindex", name === "Schema" ? "0" : "-1");
  }
});

test("every control can be reached with the Tab key", async ({ lockstep, page }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding).not.toHaveCount(0);
  const controls = {
    migrations: lockstep.migrations,
    openFiles: lockstep.openFiles,
    openFolder: lockstep.openFolder,
    examples: lockstep.examples,
    postgresVersion: lockstep.postgresVersion,
    theme: lockstep.theme,
    downloadReport: lockstep.downloadReport,
    tabs: lockstep.tab(TABS[0]),
  };
  const missing = new Set(Object.keys(controls));
  await page.locator("body").focus();
  for (let press = 0; press < 200 && missing.size > 0; press++) {
    await page.keyboard.press("Tab");
    for (const name of missing) {
      const focused = await controls[name].evaluate((element) => element === document.activeElement);
      if (focused) missing.delete(name);
    }
  }
  expect([...missing]).toEqual([]);
});

test("the Tab key leaves the text box", async ({ lockstep, page }) => {
  await lockstep.migrations.focus();
  await page.keyboard.press("Tab");
  await expect(lockstep.migrations).not.toBeFocused();
});
