// Signing a review off: decided by name and date, taken along as a file, compared when it comes back.
import { expect, test } from "../lockstep-page.js";

const HISTORY =
  "-- file: 001_orders.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, note text);\nINSERT INTO orders VALUES (1);\n" +
  "-- file: 002_customers.sql\nCREATE INDEX customers_name ON customers (name);\n";

/** Signs everything that there is to sign. */
async function sign(lockstep, page) {
  await lockstep.showTab("Sign-off");
  await page.getByRole("textbox", { name: "Your name" }).fill("Team lead");
  await page.getByRole("button", { name: "Mark all reviewed" }).click();
  const dangers = page.getByRole("list", { name: "Dangers" }).getByRole("listitem");
  await expect(page.getByRole("list", { name: "Migrations" }).getByText("Team lead")).not.toHaveCount(0);
  const number = await dangers.count();
  for (let danger = 0; danger < number; danger += 1) {
    await dangers.nth(danger).getByRole("textbox").fill("Nobody reads it");
    await dangers.nth(danger).getByRole("textbox").press("Enter");
    await expect(dangers.nth(danger).getByText("Nobody reads it")).toBeVisible();
  }
}

const holds = (page) => page.getByRole("status").filter({ hasText: "It holds" });

test("a review is signed, and the file says by whom, when and why", async ({ lockstep, page }) => {
  await lockstep.paste(HISTORY);
  await lockstep.showTab("Sign-off");
  await expect(page.getByText("Not signed yet")).toBeVisible();
  await page.getByRole("button", { name: "Mark reviewed 001 orders" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Whose name" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Your name" })).toBeFocused();
  await sign(lockstep, page);
  await expect(holds(page)).toBeVisible();
  const file = await lockstep.download(page.getByRole("button", { name: "Download SIGNOFF.md" }));
  expect(file.name).toBe("SIGNOFF.md");
  expect(file.text).toContain("Accepted by Team lead on 20");
  expect(file.text).toMatch(/"sha256": "[0-9a-f]{64}"/);
  await page.getByRole("button", { name: "Take back 001 orders" }).click();
  await expect(holds(page)).toHaveCount(0);
  await expect(page.getByText("Still open: 1 migration to look at.")).toBeVisible();
});

test("what changed since it was signed is told, and the rest can be kept", async ({ lockstep, page }) => {
  await lockstep.openFrom(lockstep.openFiles, [
    { name: "001_orders.sql", mimeType: "text/plain", buffer: Buffer.from("CREATE TABLE orders (id bigint PRIMARY KEY);\n") },
    { name: "002_note.sql", mimeType: "text/plain", buffer: Buffer.from("ALTER TABLE orders ADD COLUMN note text;\n") },
  ]);
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(2);
  await sign(lockstep, page);
  await expect(holds(page)).toBeVisible();
  const { text } = await lockstep.download(page.getByRole("button", { name: "Download SIGNOFF.md" }));
  await page.getByRole("button", { name: "Clear" }).click();
  await lockstep.openFrom(lockstep.openFiles, [
    { name: "001_orders.sql", mimeType: "text/plain", buffer: Buffer.from("CREATE TABLE orders (id bigint PRIMARY KEY);\n") },
    { name: "002_note.sql", mimeType: "text/plain", buffer: Buffer.from("ALTER TABLE orders ADD COLUMN remark text;\n") },
    { name: "SIGNOFF.md", mimeType: "text/markdown", buffer: Buffer.from(text) },
  ]);
  await expect(lockstep.tab("Sign-off")).toHaveAttribute("aria-selected", "true");
  const failing = page.getByRole("status").filter({ hasText: "no longer holds" });
  await expect(failing.getByText("002_note.sql")).toBeVisible();
  const migrations = page.getByRole("list", { name: "Migrations" }).getByRole("listitem");
  await expect(migrations.filter({ hasText: "orders" }).getByText("Team lead")).toBeVisible();
  await expect(migrations.filter({ hasText: "note" }).getByRole("button", { name: /Mark reviewed/ })).toBeVisible();
  await page.getByRole("button", { name: "Keep what still holds" }).click();
  await expect(failing).toHaveCount(0);
  await migrations.filter({ hasText: "note" }).getByRole("button", { name: /Mark reviewed/ }).click();
  await expect(holds(page)).toBeVisible();
});

test("a sign-off that is pasted is compared with what stands there", async ({ lockstep, page }) => {
  await lockstep.paste(HISTORY);
  await sign(lockstep, page);
  const { text } = await lockstep.download(page.getByRole("button", { name: "Download SIGNOFF.md" }));
  await page.getByRole("button", { name: "Clear" }).click();
  await lockstep.paste(`${HISTORY}-- file: SIGNOFF.md\n${text}`);
  await expect(lockstep.migrations).toHaveValue(HISTORY);
  await expect(holds(page)).toBeVisible();
});

test("what was decided is kept with the review", async ({ lockstep, page }) => {
  await lockstep.paste(HISTORY);
  await sign(lockstep, page);
  await page.waitForTimeout(700);
  await lockstep.open();
  await expect(lockstep.migrations).toHaveValue(HISTORY);
  await lockstep.showTab("Sign-off");
  await expect(holds(page)).toBeVisible();
});
