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

test.describe("the diagram", () => {
  const diagram = (lockstep) => lockstep.panel.getByRole("group", { name: "Entity diagram" });
  const picture = (lockstep) => diagram(lockstep).getByRole("img");
  const box = (lockstep, name) => diagram(lockstep).locator(`g[data-do]:has(> title:text-matches("^${name}(:|$)"))`);
  const place = (locator) => locator.getAttribute("transform");

  test("draws what changed and its neighbours, or the whole schema", async ({ lockstep }) => {
    await lockstep.timeline.getByRole("button", { name: /003/ }).click();
    await expect(box(lockstep, "view open_orders")).toContainText("open_orders");
    await expect(box(lockstep, "view open_orders").locator("title").first()).toHaveText("view open_orders: added");
    await expect(box(lockstep, "table orders")).toHaveCount(1);
    await expect(box(lockstep, "table customers")).toHaveCount(0);
    await expect(picture(lockstep)).toHaveAttribute("aria-label", /^2 tables and 1 link between them/);
    await lockstep.panel.getByRole("radio", { name: "Whole schema" }).check();
    await expect(box(lockstep, "table customers")).toHaveCount(1);
    await expect(picture(lockstep)).toHaveAttribute("aria-label", /^3 tables and 2 links between them/);
  });

  test("marks changed columns and keeps tables in their place", async ({ lockstep }) => {
    const orders = box(lockstep, "table orders");
    await expect(orders).toContainText("region: added");
    await expect(orders).toContainText("total: removed");
    const before = await place(orders);
    await lockstep.panel.getByRole("slider", { name: "Statement" }).fill("0");
    await expect(orders).not.toContainText("region");
    expect(await place(orders)).toBe(before);
  });

  test("is zoomed and moved by wheel, buttons, keys and pointer", async ({ lockstep, page }) => {
    const frame = diagram(lockstep);
    const view = async () => (await picture(lockstep).getAttribute("viewBox")).split(" ").map(Number);
    await expect(picture(lockstep)).toHaveAttribute("viewBox", /\d/);
    const all = await view();
    await lockstep.panel.getByRole("button", { name: "Zoom in" }).click();
    expect((await view())[2]).toBeLessThan(all[2]);
    await lockstep.panel.getByRole("button", { name: "Show all" }).click();
    expect(await view()).toEqual(all);
    await frame.focus();
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    const near = await view();
    expect(near[2]).toBeLessThan(all[2]);
    await frame.hover();
    await page.mouse.wheel(0, 100);
    await expect.poll(async () => (await view())[2]).toBeGreaterThan(near[2]);
    const { x, y } = await frame.boundingBox();
    const still = await view();
    await page.mouse.move(x + 20, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + 120, y + 70, { steps: 4 });
    await page.mouse.up();
    const moved = await view();
    expect(moved[0]).toBeLessThan(still[0]);
    expect(moved[1]).toBeLessThan(still[1]);
    await page.keyboard.press("0");
    expect(await view()).toEqual(all);
  });

  test("finds tables, and leads to them in the list", async ({ lockstep, page }) => {
    await lockstep.timeline.getByRole("button", { name: /003/ }).click();
    await expect(box(lockstep, "table customers")).toHaveCount(0);
    await lockstep.panel.getByRole("searchbox", { name: "Search the schema" }).fill("custom");
    await expect(box(lockstep, "table customers")).toHaveClass(/found/);
    const view = await picture(lockstep).getAttribute("viewBox");
    await page.keyboard.press("Enter");
    await expect(picture(lockstep)).not.toHaveAttribute("viewBox", view);
    await box(lockstep, "table orders").click();
    await expect(page.locator(":focus")).toHaveText(/table orders/);
    await expect(object(lockstep, "table orders").getByRole("row", { name: /^region/ })).toBeVisible();
  });

  test("is exported as a file that needs nothing else", async ({ lockstep, page }) => {
    const { name, text } = await lockstep.download(lockstep.panel.getByRole("button", { name: "Download SVG" }));
    expect(name).toBe("schema.svg");
    expect(text).not.toMatch(/url\(|href|@import|data-do|<script/);
    const problems = await page.evaluate((svg) => {
      const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
      return [...parsed.querySelectorAll("parsererror")].map((error) => error.textContent);
    }, text);
    expect(problems).toEqual([]);
    expect(text).toContain("--sheet:#");
    expect(text).toContain("table orders: changed");
  });
});

test("a schema of 300 tables stays usable", async ({ lockstep }) => {
  const tables = Array.from({ length: 300 }, (_, at) => {
    const key = at > 0 ? `, parent bigint REFERENCES t${Math.floor(at / 3)}` : "";
    return `CREATE TABLE t${at} (id bigint PRIMARY KEY, a text, b text, c text${key});`;
  });
  await lockstep.paste(tables.join("\n"));
  await expect(lockstep.panel.getByRole("status").filter({ hasText: "300 objects" })).toBeVisible({ timeout: 60_000 });
  await expect(lockstep.panel).toContainText("50 more are not drawn: search for a table to see it.");
  await expect(lockstep.panel).toContainText("the first 60 of 300");
  await lockstep.panel.getByRole("searchbox", { name: "Search the schema" }).fill("t299");
  await expect(lockstep.panel.getByRole("status").filter({ hasText: "1 object" })).toBeVisible();
  await expect(lockstep.panel.getByRole("img")).toContainText("table t299: added");
});
