// What stands on the page before its module is there, and how the page takes it over.
import { INDEX_ON_EXISTING_TABLE, expect, test } from "../lockstep-page.js";

test.describe("before the module has come", () => {
  /** Holds the module back until it is let go. */
  async function held(page) {
    let letGo;
    const gate = new Promise((resolve) => (letGo = resolve));
    await page.route("**/*.wasm", async (route) => {
      await gate;
      await route.continue();
    });
    return letGo;
  }

  test("there is a finished review to look at, and a place to paste", async ({ lockstep, page }) => {
    const letGo = await held(page);
    await page.goto("./");
    await page.reload({ waitUntil: "domcontentloaded" });
    const sample = page.getByRole("region", { name: "Sample" });
    await expect(sample).toContainText("High risk");
    await expect(sample).toContainText("ACCESS EXCLUSIVE");
    await expect(lockstep.verdict).toHaveCount(0);
    await expect(page.getByText("Nothing is sent anywhere.")).toBeVisible();

    const top = (await sample.boundingBox()).y;
    await lockstep.migrations.fill(INDEX_ON_EXISTING_TABLE);
    await expect(sample).toBeHidden();
    letGo();
    await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(1);
    await expect(lockstep.migrations).toHaveValue(INDEX_ON_EXISTING_TABLE);
    await expect(sample).toBeHidden();
    // Empty again, the page is as it was.
    await page.getByRole("button", { name: "Clear" }).click();
    await expect(sample).toBeVisible();
    expect(Math.abs((await sample.boundingBox()).y - top)).toBeLessThan(1);
  });

  test("nothing moves when the module takes over", async ({ lockstep, page }) => {
    const letGo = await held(page);
    await page.reload({ waitUntil: "domcontentloaded" });
    const places = () =>
      page.evaluate(() =>
        ["#migrations", "#tabs", "#sample", "#examples", "#theme", ".empty h2"].map((selector) => {
          const { x, y, width } = document.querySelector(selector).getBoundingClientRect();
          return `${selector} ${Math.round(x)} ${Math.round(y)} ${Math.round(width)}`;
        }),
      );
    const before = await places();
    letGo();
    await expect(page.getByText("Loading the reviewer…")).toHaveCount(0);
    expect(await places()).toEqual(before);
    await lockstep.expectAlive();
  });

  test("what is pressed and chosen too early is done then", async ({ lockstep, page }) => {
    const letGo = await held(page);
    await page.reload({ waitUntil: "domcontentloaded" });
    await lockstep.postgresVersion.selectOption("15");
    await page.getByRole("button", { name: "crm-prisma" }).first().click();
    await page.keyboard.press("?");
    letGo();
    await expect(lockstep.verdict).toHaveText(/\S/);
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(lockstep.examples).toHaveValue("crm-prisma");
    await expect(lockstep.postgresVersion).toHaveValue("15");
  });

  test("a kept review is awaited, not covered by a sample", async ({ lockstep, page }) => {
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    await expect(lockstep.finding).not.toHaveCount(0);
    await page.waitForTimeout(600);
    const letGo = await held(page);
    await page.reload({ waitUntil: "domcontentloaded" });
    await expect(page.getByRole("region", { name: "Sample" })).toBeHidden();
    letGo();
    await expect(lockstep.migrations).toHaveValue(INDEX_ON_EXISTING_TABLE);
  });
});
