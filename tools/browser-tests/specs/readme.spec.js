// The documents that a reader takes away.
import { INDEX_ON_EXISTING_TABLE, expect, test } from "../lockstep-page.js";

test.beforeEach(async ({ lockstep }) => {
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding).not.toHaveCount(0);
  await lockstep.showTab("README");
});

test("the README that is copied is the one that is downloaded", async ({ lockstep, page }) => {
  const downloaded = await lockstep.download(lockstep.downloadReadme);
  expect(downloaded.name).toMatch(/\.md$/);
  expect(downloaded.text).toMatch(/^# /m);
  expect(downloaded.text).toContain("orders");
  await lockstep.copyReadme.click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(downloaded.text);
});

test("the report can be downloaded", async ({ lockstep }) => {
  const report = await lockstep.download(lockstep.downloadReport);
  expect(report.text).toContain("index-not-concurrent");
});
