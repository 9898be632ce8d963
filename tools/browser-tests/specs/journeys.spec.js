// Three people's ways through a review: one who has ten minutes, one who is about to push, one who signs.
import { history } from "../long-history.js";
import { INDEX_ON_EXISTING_TABLE, TABS, expect, test } from "../lockstep-page.js";

const DEVICES = {
  "at a desk": { viewport: { width: 1440, height: 900 } },
  "on a phone": { viewport: { width: 390, height: 844 }, hasTouch: true },
};

/** What a developer has just written. */
const WRITTEN = `-- file: 041_create_orders.sql
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL, note text);
INSERT INTO orders (customer_id) SELECT g FROM generate_series(1, 1000) g;
-- file: 042_find_orders_of_a_customer.sql
CREATE INDEX orders_customer_idx ON orders (customer_id);
`;

const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

/** What the page asks for from now on. */
function requests(page) {
  const asked = [];
  page.context().on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) asked.push(request.url());
  });
  return asked;
}

async function chooseExample(lockstep, name) {
  await lockstep.examples.selectOption({ label: name });
  await expect(lockstep.timeline.getByRole("listitem")).not.toHaveCount(0);
  await expect(lockstep.verdict).toHaveText(/\S/);
}

/** Marks everything reviewed and answers for every danger. */
async function signAll(lockstep, page) {
  await lockstep.showTab("Sign-off");
  await page.getByRole("textbox", { name: "Your name" }).fill("Team lead");
  await page.getByRole("button", { name: "Mark all reviewed" }).click();
  const reasons = page.getByRole("list", { name: "Dangers" }).getByRole("textbox");
  for (let left = await reasons.count(); left > 0; left -= 1) {
    await reasons.first().fill("Runs in the maintenance window");
    await reasons.first().press("Enter");
    await expect(reasons).toHaveCount(left - 1);
  }
  await expect(page.getByRole("status").filter({ hasText: "It holds" })).toBeVisible();
}

for (const [place, device] of Object.entries(DEVICES)) {
  test.describe(place, () => {
    test.use(device);

    test("a senior engineer goes through a pull request", async ({ lockstep, page }) => {
      await lockstep.expectAlive();
      const asked = requests(page);
      for (const [index, name] of (await lockstep.exampleNames()).entries()) {
        await chooseExample(lockstep, name);
        // The verdict, and what it rests on.
        const arithmetic = lockstep.verdict.getByText("What this rests on");
        await arithmetic.click();
        await expect(lockstep.verdict.locator("details[open]").first()).toHaveText(/\S/);
        // A finding leads to its line, and its rule can be read up.
        if ((await lockstep.finding.count()) > 0) {
          await lockstep.finding.first().getByRole("button").first().click();
          await expect(lockstep.panel.locator(":focus")).toBeInViewport();
          await lockstep.finding.first().getByRole("button", { name: /^About this rule/ }).click();
          await expect(page.getByRole("dialog")).toContainText("Read on");
          await page.keyboard.press("Escape");
          await expect(page.getByRole("dialog")).toHaveCount(0);
        }
        for (const tab of TABS) {
          await lockstep.showTab(tab);
          await expect(lockstep.panel).toHaveText(/\S/);
          await expect(lockstep.panel.getByText("Writing…")).toHaveCount(0);
          if (index === 0) await lockstep.expectNoBarriers();
        }
        const report = await lockstep.download(lockstep.downloadReport);
        expect(report.text).toMatch(/^<!doctype html>/i);
      }
      expect(asked).toEqual([]);
    });

    test("a developer mends a migration before pushing it", async ({ lockstep, page }) => {
      await lockstep.paste(WRITTEN);
      const danger = lockstep.finding.filter({ hasText: "index-not-concurrent" });
      await expect(danger).toHaveCount(1);
      await danger.getByRole("button", { name: /^Rewrite it safely/ }).click();
      const dialog = page.getByRole("dialog", { name: "Safe rewrite" });
      await expect(dialog.getByRole("button", { name: "Apply" })).toBeVisible();
      await lockstep.expectNoBarriers();
      await dialog.getByRole("button", { name: "Apply" }).click();
      await expect(danger).toHaveCount(0);
      await expect(lockstep.verdict).not.toContainText("Do not run");
      await lockstep.showTab("Rollback");
      await lockstep.panel.getByRole("button", { name: /^Write a rollback/ }).last().click();
      await expect(lockstep.panel.getByText(/DROP INDEX/).first()).toBeVisible();
      await lockstep.expectNoBarriers();
      await lockstep.showTab("README");
      const readme = await lockstep.download(lockstep.downloadReadme);
      expect(readme.text).toContain("orders_customer_idx");
    });

    test("a lead signs each sample, and sees what changed since", async ({ lockstep, page }) => {
      for (const name of await lockstep.exampleNames()) {
        await chooseExample(lockstep, name);
        await signAll(lockstep, page);
      }
      await lockstep.expectNoBarriers();
      const files = [file("001_orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);\n"), file("002_index.sql", INDEX_ON_EXISTING_TABLE)];
      await page.getByRole("button", { name: "Clear" }).click();
      await lockstep.openFrom(lockstep.openFiles, files);
      await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(2);
      await signAll(lockstep, page);
      const signed = await lockstep.download(page.getByRole("button", { name: "Download SIGNOFF.md" }));
      await page.getByRole("button", { name: "Clear" }).click();
      const changed = file("002_index.sql", "DROP TABLE orders;\n");
      await lockstep.openFrom(lockstep.openFiles, [files[0], changed, file(signed.name, signed.text)]);
      await expect(page.getByRole("status").filter({ hasText: "no longer holds" })).toContainText("002_index.sql");
      await lockstep.expectNoBarriers();
    });
  });
}

test("a history of a thousand files is opened, read and changed", async ({ lockstep, page }) => {
  await lockstep.expectAlive();
  const asked = requests(page);
  await page.getByRole("button", { name: "Clear" }).click();
  await lockstep.openFrom(lockstep.openFiles, history(1_000));
  await expect(lockstep.timeline.getByRole("listitem")).toHaveCount(1_000);
  await expect(lockstep.verdict).toContainText("1000 migrations");
  const dropped = lockstep.finding.filter({ hasText: "drop-table" });
  await expect(dropped).toHaveCount(0);
  await lockstep.paste("DROP TABLE t0;\n");
  await expect(dropped).toHaveCount(1);
  for (const tab of TABS) {
    await lockstep.showTab(tab);
    await expect(lockstep.panel).toHaveText(/\S/);
  }
  expect(asked).toEqual([]);
});

test("a review needs no pointer", async ({ lockstep, page }) => {
  const command = async (words) => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Command" })).toBeFocused();
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Commands" })).toHaveCount(0);
  };
  const reach = async (control) => {
    for (let presses = 0; presses < 200; presses += 1) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    await expect(control).toBeFocused();
  };

  // From the first key on: to the box, and a migration typed into it.
  await reach(lockstep.migrations);
  await page.keyboard.insertText(WRITTEN);
  const danger = lockstep.finding.filter({ hasText: "index-not-concurrent" });
  await expect(danger).toHaveCount(1);
  // Into the findings, to the code and back, and the rewrite taken.
  await page.keyboard.press("Tab");
  await page.keyboard.press("j");
  await expect(lockstep.findings.locator("[aria-current=true]:focus")).toContainText("index-not-concurrent");
  await page.keyboard.press("Enter");
  await expect(page.locator(":focus")).toContainText("CREATE INDEX");
  await page.keyboard.press("b");
  await reach(danger.getByRole("button", { name: /^Rewrite it safely/ }));
  await page.keyboard.press("Enter");
  await reach(page.getByRole("dialog", { name: "Safe rewrite" }).getByRole("button", { name: "Apply" }));
  await page.keyboard.press("Enter");
  await expect(danger).toHaveCount(0);
  // Another part of the review, and the name under it.
  await command("rollback");
  await expect(lockstep.tab("Rollback")).toHaveAttribute("aria-selected", "true");
  await command("sign-off");
  await reach(page.getByRole("textbox", { name: "Your name" }));
  await page.keyboard.type("Team lead");
  await reach(page.getByRole("button", { name: "Mark all reviewed" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "It holds" })).toBeVisible();
});
