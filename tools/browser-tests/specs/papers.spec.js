// The report and all else that is written, to be taken along.
import { INDEX_ON_EXISTING_TABLE, expect, test } from "../lockstep-page.js";

test("the report is one page that needs nothing else", async ({ lockstep }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding).not.toHaveCount(0);
  const { name, text } = await lockstep.download(lockstep.downloadReport);
  expect(name).toBe("lockstep-report.html");
  expect(text).toMatch(/^<!doctype html>/);
  expect(text).toContain("index-not-concurrent");
  expect(text).not.toMatch(/<script|<link|src=/);
});

test("the report is shown as it will be, in the colours of the page", async ({ lockstep, page }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await lockstep.showTab("Report");
  const report = page.getByRole("group", { name: "The review as one page" });
  await expect(report.getByRole("heading", { name: /^Migration review/ })).toBeVisible();
  await expect(report).toContainText("index-not-concurrent");
  const ground = () => report.locator(".body").evaluate((body) => getComputedStyle(body).backgroundColor);
  const before = await ground();
  await lockstep.theme.click();
  await expect.poll(ground).not.toBe(before);
});

test("everything comes as one archive, each file where the tool wants it", async ({ lockstep, page }) => {
  await lockstep.paste(
    "-- file: db/001_orders.up.sql\nCREATE TABLE orders (id bigint PRIMARY KEY);\n" +
      "-- file: db/001_orders.down.sql\nDROP TABLE orders;\n" +
      "-- file: db/002_note.up.sql\nALTER TABLE orders ADD COLUMN note text;\n",
  );
  await lockstep.showTab("Report");
  const papers = page.getByRole("list", { name: "Written files" });
  await expect(papers.getByText("db/002_note.down.sql").first()).toBeVisible();
  const down = await lockstep.download(papers.getByRole("button", { name: "Download db/002_note.down.sql" }));
  expect(down.name).toBe("002_note.down.sql");
  expect(down.text).toContain("DROP COLUMN note");
  await expect(page.getByRole("group", { name: "Comment for the pull request" })).toContainText("## ");
  const zip = await lockstep.download(page.getByRole("button", { name: "Download everything" }));
  expect(zip.name).toBe("lockstep.zip");
  for (const part of ["PK", "pasted.sql", "db/002_note.down.sql", "README.md", "lockstep-report.html", "lockstep-comment.md"]) {
    expect(zip.text).toContain(part);
  }
});

test("the archive opens again in the page", async ({ lockstep, page }) => {
  const files = [
    { name: "001_orders.up.sql", mimeType: "text/plain", buffer: Buffer.from("CREATE TABLE orders (id bigint PRIMARY KEY);\n") },
    { name: "002_note.up.sql", mimeType: "text/plain", buffer: Buffer.from("ALTER TABLE orders ADD COLUMN note text;\n") },
  ];
  await lockstep.openFrom(lockstep.openFiles, files);
  await lockstep.showTab("Report");
  await expect(page.getByRole("list", { name: "Written files" }).getByText("002_note.down.sql").first()).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download everything" }).click();
  const path = await (await saved).path();
  await page.getByRole("button", { name: "Clear" }).click();
  const { readFileSync } = await import("node:fs");
  await lockstep.openFrom(lockstep.openFiles, { name: "lockstep.zip", mimeType: "application/zip", buffer: readFileSync(path) });
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(2);
  await expect(lockstep.timeline.getByText("no rollback")).toHaveCount(0);
});
