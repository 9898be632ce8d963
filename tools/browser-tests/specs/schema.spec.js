// The schema at every moment of a history: when, what differs, its objects, its DDL.
import { expect, test } from "../lockstep-page.js";

const HISTORY = `-- file: 001_start.sql
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, total numeric DEFAULT 0);
-- file: 002_regions.sql
ALTER TABLE orders ADD COLUMN region text;
ALTER TABLE orders ADD COLUMN region text;
CREATE INDEX orders_region_idx ON orders (region);
ALTER TABLE orders DROP COLUMN total;
-- file: 003_types.sql
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE VIEW open_orders AS SELECT id FROM orders;
`;

test.beforeEach(async ({ lockstep }) => {
  await lockstep.paste(HISTORY);
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(3);
  await lockstep.timeline.getByRole("button", { name: /002/ }).click();
  await lockstep.showTab("Schema");
});

const moment = (lockstep) => lockstep.panel.getByRole("region", { name: "Moment" });
const object = (lockstep, name) => lockstep.panel.getByRole("region", { name, exact: true });

test("a slider leads through the statements, by keyboard", async ({ lockstep, page }) => {
  const heading = moment(lockstep).getByRole("status");
  await expect(heading).toHaveText("After 002 regions");
  const slider = lockstep.panel.getByRole("slider", { name: "Statement" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(heading).toHaveText("Before 002 regions");
  await expect(lockstep.panel).toContainText("Nothing differs here.");
  await page.keyboard.press("ArrowRight");
  await expect(heading).toHaveText("After line 5 of 002 regions: ALTER TABLE orders ADD COLUMN region text");
  await expect(slider).toHaveAttribute("aria-valuetext", /After line 5 of 002/);
  await expect(object(lockstep, "table orders").getByRole("row", { name: /region text .* added/ })).toBeVisible();
  await expect(slider).toBeFocused();
});

test("a statement that PostgreSQL refuses changes nothing, and says so", async ({ lockstep }) => {
  await lockstep.panel.getByRole("combobox", { name: "Compare with" }).selectOption("The statement before");
  await lockstep.panel.getByRole("slider", { name: "Statement" }).fill("2");
  await expect(moment(lockstep)).toContainText(/PostgreSQL refuses this: .*\(42701\), so it changes nothing/);
  await expect(lockstep.panel).toContainText("Nothing differs here.");
});

test("buttons lead over the migrations", async ({ lockstep }) => {
  const heading = moment(lockstep).getByRole("status");
  await lockstep.panel.getByRole("button", { name: "Next statement" }).click();
  await expect(heading).toHaveText("After line 10 of 003 types: CREATE TYPE mood AS ENUM ('good', 'bad')");
  const back = lockstep.panel.getByRole("button", { name: "Previous statement" });
  await back.click();
  await expect(heading).toHaveText("After 002 regions");
  await expect(back).toBeFocused();
  await lockstep.panel.getByRole("slider", { name: "Migration" }).fill("1");
  await expect(heading).toHaveText("After 001 start");
});

test("any migration can be compared with", async ({ lockstep }) => {
  const against = lockstep.panel.getByRole("combobox", { name: "Compare with" });
  const orders = object(lockstep, "table orders");
  await expect(orders.getByRole("button", { name: /changed/ })).toBeVisible();
  await expect(orders.getByRole("row", { name: /^total numeric .* removed/ })).toBeVisible();
  await expect(orders.getByRole("row", { name: /index orders_region_idx .* added/ })).toBeVisible();
  await against.selectOption("The start, before all migrations");
  await expect(orders.getByRole("button", { name: /added/ })).toBeVisible();
  await expect(object(lockstep, "table customers")).toBeVisible();
  await against.selectOption("After 003 types");
  await expect(object(lockstep, "enum mood").getByRole("button", { name: /removed/ })).toBeVisible();
});

test("objects are listed with their columns and parts, searched and filtered", async ({ lockstep }) => {
  await expect(object(lockstep, "table customers")).toHaveCount(0);
  await lockstep.panel.getByRole("checkbox", { name: "Only what changed" }).uncheck();
  await expect(object(lockstep, "table customers")).toBeVisible();
  const orders = object(lockstep, "table orders");
  await expect(orders.getByRole("row", { name: /^customer_id bigint not null foreign/ })).toBeVisible();
  await expect(orders.getByRole("row", { name: /FOREIGN KEY \(customer_id\) REFERENCES customers/ })).toBeVisible();
  await lockstep.panel.getByRole("searchbox", { name: "Search the schema" }).fill("EMAIL");
  await expect(orders).toHaveCount(0);
  await expect(object(lockstep, "table customers")).toBeVisible();
  await object(lockstep, "table customers").getByRole("button").click();
  await expect(object(lockstep, "table customers").getByRole("row")).toHaveCount(0);
});

test("the DDL of the moment can be taken along", async ({ lockstep }) => {
  await lockstep.panel.getByRole("slider", { name: "Statement" }).fill("1");
  await expect(moment(lockstep).getByRole("status")).toContainText("After line 5");
  await expect(lockstep.panel.getByRole("group", { name: "Schema" })).toContainText("region");
  const { name, text } = await lockstep.download(lockstep.panel.getByRole("button", { name: "Download DDL" }));
  expect(name).toBe("schema.sql");
  expect(text).toMatch(/total +numeric/);
  expect(text).toMatch(/region +text/);
  expect(text).not.toContain("orders_region_idx");
});
