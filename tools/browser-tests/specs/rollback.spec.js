// The way back that Lockstep writes.
import { expect, test } from "../lockstep-page.js";

test("a rollback is written, copied and downloaded", async ({ lockstep, page }) => {
  await lockstep.paste(
    "-- file: 001_orders.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, note text DEFAULT 'a');\n" +
      "-- file: 002_drop_note.sql\nALTER TABLE orders DROP COLUMN note;\n",
  );
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(2);
  await lockstep.showTab("Rollback");
  const section = lockstep.panel.getByRole("article").filter({ hasText: "002" });
  await section.getByRole("button", { name: "Write a rollback" }).click();
  const script = section.getByRole("group", { name: "The rollback that Lockstep writes" });
  await expect(script).toContainText("ALTER TABLE orders ADD COLUMN note text DEFAULT 'a'");
  const file = await lockstep.download(section.getByRole("button", { name: "Download rollback" }));
  expect(file.text).toContain("ADD COLUMN note");
  expect(file.name).toMatch(/\.sql$/);
  // What was written for one text is not shown for another.
  await lockstep.paste("CREATE TABLE other (id bigint PRIMARY KEY);\n");
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(1);
  await expect(script).toHaveCount(0);
});
