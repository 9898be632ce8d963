// What is locked, from when until when, who waits, and how that is known.
import { expect, test } from "../lockstep-page.js";

const MIGRATION = `BEGIN;
ALTER TABLE orders ADD COLUMN region text;
CREATE INDEX orders_region_idx ON orders (region);
UPDATE customers SET active = true;
COMMIT;
VACUUM orders;
`;

test.beforeEach(async ({ lockstep }) => {
  await lockstep.paste(MIGRATION);
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(1);
  await lockstep.showTab("Locks");
});

test("each lock is a bar from where it is taken to where it is released", async ({ lockstep }) => {
  const timeline = lockstep.panel.getByRole("group", { name: "Lock timeline" });
  const row = (relation) => timeline.getByRole("row", { name: relation });
  // From the ALTER TABLE on, over the index build and the UPDATE; then VACUUM's own.
  await expect(row("public.orders").getByRole("cell").nth(0)).toHaveAttribute("colspan", "3");
  await expect(row("public.orders").getByRole("button")).toHaveText([/^ACCESS EXCLUSIVE/, /^SHARE UPDATE EXCLUSIVE/]);
  await expect(row("public.customers").getByRole("button")).toHaveText([/^ROW EXCLUSIVE/]);
  await expect(timeline.getByRole("columnheader", { name: "BEGIN … COMMIT" })).toHaveAttribute("colspan", "3");
});

test("pointing at a bar tells who waits and for how long", async ({ lockstep, page }) => {
  const bar = lockstep.panel.getByRole("button", { name: /^ACCESS EXCLUSIVE/ });
  const said = bar.getByText(/Who waits:/);
  await expect(said).toHaveCSS("opacity", "0");
  await bar.hover();
  await expect(said).toHaveCSS("opacity", "1");
  await expect(said).toContainText("from line 2 to the COMMIT");
  await expect(said).toContainText("everyone, reads included");
  await expect(said).toContainText(/builds an index on public\.orders, .* for every million rows/);
  await page.mouse.move(0, 0);
  await bar.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(said).toHaveCSS("opacity", "1");
});

test("a bar leads to its statement, and the statement back to its locks", async ({ lockstep, page }) => {
  await lockstep.panel.getByRole("button", { name: /^ACCESS EXCLUSIVE/ }).click();
  await expect(lockstep.tab("Review")).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(":focus")).toContainText("ALTER TABLE orders ADD COLUMN");
  await lockstep.panel.getByRole("button", { name: /SHARE public\.orders/ }).click();
  await expect(lockstep.tab("Locks")).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(":focus")).toContainText("CREATE INDEX");
});

test("what servers confirm can be opened", async ({ lockstep }) => {
  const claim = lockstep.panel.getByRole("rowheader", { name: /CREATE INDEX/ }).getByRole("group");
  const opened = claim.getByText(/run on real servers, version 14, 15, 16, 17, 18/);
  await expect(opened).toBeHidden();
  await claim.getByText(/^as on PostgreSQL/).click();
  await expect(opened).toBeVisible();
});

test("the whole deployment shows the strongest lock of each migration", async ({ lockstep }) => {
  await lockstep.paste(
    "-- file: 001_a.sql\nCREATE INDEX i ON orders (x);\n-- file: 002_b.sql\nALTER TABLE orders ADD COLUMN y int;\n",
  );
  const deployment = lockstep.panel.getByRole("table").filter({ hasText: "002" }).first();
  await expect(deployment.getByRole("row", { name: "public.orders" }).getByRole("button")).toHaveText([
    "SHARE",
    "ACCESS EXCLUSIVE",
  ]);
});
