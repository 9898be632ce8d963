// The module comes in two parts: what a first review runs, and the rest behind it.
import { heldBack } from "../held-back.js";
import { INDEX_ON_EXISTING_TABLE, TABS, expect, test } from "../lockstep-page.js";

/** Statements that few migrations have. */
const RARE = `CREATE PUBLICATION changes FOR TABLE orders WHERE (total > 0);
CREATE TEXT SEARCH CONFIGURATION simple_words (COPY = simple);
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
`;

test.describe("while the rest is held back", () => {
  let server;
  test.beforeEach(async ({ baseURL }) => {
    server = await heldBack(baseURL);
  });
  test.afterEach(() => server.close());

  test("what is ordinary is reviewed, and edited", async ({ lockstep, page }) => {
    await page.goto(server.address);
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(1);
    await lockstep.paste("CREATE TABLE a (id bigint PRIMARY KEY);\nALTER TABLE a ADD COLUMN name text;\n");
    await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(0);
    await expect(lockstep.verdict).toHaveText(/\S/);
  });

  test("what needs it waits for it, and nothing is lost", async ({ lockstep, page }) => {
    await page.goto(server.address);
    await lockstep.paste(RARE + INDEX_ON_EXISTING_TABLE);
    await page.waitForTimeout(500);
    await expect(lockstep.verdict).toHaveCount(0);
    server.letGo();
    await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(1);
    await expect(lockstep.migrations).toHaveValue(RARE + INDEX_ON_EXISTING_TABLE);
  });

  test("what is typed is typed when it has come", async ({ lockstep, page }) => {
    await page.goto(server.address);
    await expect(lockstep.migrations).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("lock exx");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("plorer");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Commands" })).toBeHidden();
    server.letGo();
    await expect(page.getByRole("combobox", { name: "One transaction has run" })).toBeFocused();
    // From now on keys are the browser's and the page's own.
    await page.keyboard.press("Control+k");
    await page.keyboard.type("keys");
    await expect(page.getByRole("combobox", { name: "Command" })).toHaveValue("keys");
  });

  test("what is clicked is done when it has come", async ({ lockstep, page }) => {
    await page.goto(server.address);
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    await expect(lockstep.verdict).toHaveText(/\S/);
    await lockstep.tab("Locks").click();
    await page.keyboard.press("Control+k");
    await expect(lockstep.tab("Locks")).toHaveAttribute("aria-selected", "false");
    server.letGo();
    await expect(lockstep.tab("Locks")).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
    await page.keyboard.press("Escape");
    for (const name of TABS) await lockstep.showTab(name);
    // The worker has it as well, which has not been started again.
    await lockstep.showTab("Report");
    await expect(page.getByRole("list", { name: "Written files" }).getByRole("listitem")).not.toHaveCount(0);
  });
});
