// From pasted SQL to a verdict.
import { INDEX_ON_EXISTING_TABLE, expect, test } from "../lockstep-page.js";

test("a pasted migration is reviewed", async ({ lockstep }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(1);
  await expect(lockstep.verdict).toHaveText(/\S/);
  await expect(lockstep.timeline.getByRole("listitem")).not.toHaveCount(0);
});

test("the review follows what is typed", async ({ lockstep }) => {
  const finding = lockstep.finding.filter({ hasText: "index-not-concurrent" });
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(finding).toHaveCount(1);
  await lockstep.paste(INDEX_ON_EXISTING_TABLE.replace("INDEX", "INDEX CONCURRENTLY"));
  await expect(finding).toHaveCount(0);
});

test("a broken statement is a finding, and the others are reviewed all the same", async ({ lockstep }) => {
  await lockstep.paste(`SELEC 1;\n${INDEX_ON_EXISTING_TABLE}`);
  await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(1);
  await expect(lockstep.finding.filter({ hasText: /syntax/i })).toHaveCount(1);
});

test("several files in one paste are several migrations", async ({ lockstep }) => {
  await lockstep.paste(
    "-- file: 001_orders.sql\nCREATE TABLE orders (id bigint PRIMARY KEY);\n" +
      "-- file: 002_note.sql\nALTER TABLE orders ADD COLUMN note text;\n",
  );
  await expect(lockstep.timeline.getByText(/001/)).not.toHaveCount(0);
  await expect(lockstep.timeline.getByText(/002/)).not.toHaveCount(0);
});
