// What the browser keeps by itself, and what is passed on by link and by file.
import { INDEX_ON_EXISTING_TABLE, expect, test } from "../lockstep-page.js";

/** Links as they were made once. They open for ever: nothing here may be changed, only added. */
const LINKS = [
  {
    made: "of pasted text, with a server version",
    hash: "v1.q1bKyU_OLi5JLVCyMtRRKk4tKcnMSy9WsqpWKsgvLkkvSi1WsjI0q9VRSsvMAbGjo5UKEotLUlP0igtzlHSUnINcHUNcY0oNDIwMPP1cXCMUMhX8_RTyi1JSi4o1MlM0rWPylGJja7kA",
    text: "CREATE INDEX i ON orders(id);\n",
    postgres: "16",
    finding: "index-not-concurrent",
  },
  {
    made: "of several files, with all settings of the time",
    hash: "v1.VczBSsNAFIXhvU8xnJXCUCaCm7iKOouiVglZWNoQ0swYBpM7NfeKSumzufDFdFCKbs_h_3YYYvfE4rfIMw1qR48c1WtUaWNosBcJ1DPyHbaRpZ88I8_ONGRqidtOQiTkYGnFj54kNYG65BiTYa_xGIbUrFZpaOLk_MQzfh6gcVnaorKqKi5urPp51HFwahP6QKLuy_ltUS7VtV2enK8JtU7GaRPI-bf_xHxxZR9-iSY4dbf44x1iiuJ5Nrrv7vNj_WKMMdDYvItn1PX-6As",
    text: "CREATE INDEX orders_id ON orders (id);\n",
    postgres: "15",
    finding: "redundant-index",
  },
];

const OTHER = "DROP TABLE customers;\n";

test.describe("kept reviews", () => {
  test("work is there again on the next visit, with its settings", async ({ lockstep, page }) => {
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    // What is chosen counts once the whole module is here, as clicks do.
    await lockstep.showTab("Schema");
    await lockstep.postgresVersion.selectOption("15");
    await expectKept(page, 1);
    await page.reload();
    await expect(lockstep.migrations).toHaveValue(INDEX_ON_EXISTING_TABLE);
    await expect(lockstep.postgresVersion).toHaveValue("15");
    await expect(lockstep.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(1);
  });

  test("reviews are listed, named, opened and deleted", async ({ lockstep, page }) => {
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    await expectKept(page, 1);
    const dialog = await openReviews(page);
    await dialog.getByRole("button", { name: "New review" }).click();
    await expect(dialog).toBeHidden();
    await expect(lockstep.migrations).toHaveValue("");
    await lockstep.paste(OTHER);
    await expectKept(page, 2);

    await openReviews(page);
    const list = dialog.getByRole("list", { name: "Reviews kept in this browser" });
    await expect(list.getByRole("listitem")).toHaveCount(2);
    await expect(list.getByRole("listitem").first()).toContainText("open now");
    const name = dialog.getByRole("textbox", { name: "Name of CREATE INDEX i ON orders(id);" });
    await name.fill("Orders <b>index</b>");
    await name.press("Enter");
    await dialog.getByRole("button", { name: "Open Orders <b>index</b>" }).click();
    await expect(lockstep.migrations).toHaveValue(INDEX_ON_EXISTING_TABLE);

    await openReviews(page);
    await dialog.getByRole("button", { name: "Delete Orders <b>index</b>" }).click();
    await expect(dialog.getByRole("alert")).toContainText("cannot be undone");
    await dialog.getByRole("button", { name: "No, keep" }).click();
    await dialog.getByRole("button", { name: "Delete Orders <b>index</b>" }).click();
    await dialog.getByRole("button", { name: "Yes, delete" }).click();
    await expect(list.getByRole("listitem")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(lockstep.migrations).toHaveValue("");
  });

  test("all reviews are deleted in one place, and stay deleted", async ({ lockstep, page }) => {
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    await expectKept(page, 1);
    const dialog = await openReviews(page);
    await dialog.getByRole("button", { name: "Delete all" }).click();
    await dialog.getByRole("button", { name: "Yes, delete" }).click();
    await expect(dialog).toContainText("No review is kept yet.");
    await page.reload();
    await expect(lockstep.migrations).toHaveValue("");
    await expectKept(page, 0);
  });

  test("what an older version kept is taken over", async ({ lockstep, page }) => {
    await page.evaluate((text) => {
      sessionStorage.clear();
      localStorage.clear();
      localStorage.setItem("lockstep.input", JSON.stringify([["pasted.sql", text]]));
      localStorage.setItem("lockstep.postgres", "14");
    }, INDEX_ON_EXISTING_TABLE);
    await page.reload();
    await expect(lockstep.migrations).toHaveValue(INDEX_ON_EXISTING_TABLE);
    await expect(lockstep.postgresVersion).toHaveValue("14");
    await expectKept(page, 1);
    expect(await page.evaluate(() => localStorage.getItem("lockstep.input"))).toBeNull();
  });

  test("an example is not kept until it is edited", async ({ lockstep, page }) => {
    await lockstep.examples.selectOption({ index: 1 });
    await expect(lockstep.verdict).toHaveText(/\S/);
    await expectKept(page, 0);
    await lockstep.paste(OTHER);
    await expectKept(page, 1);
  });

  test("two tabs do not overwrite each other's work", async ({ lockstep, page }) => {
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    await expectKept(page, 1);
    const other = await page.context().newPage();
    await other.goto("./");
    const box = other.getByRole("textbox", { name: "Migrations", exact: true });
    await expect(box).toHaveValue(INDEX_ON_EXISTING_TABLE);
    await box.fill(OTHER);
    await expect(other.getByRole("list", { name: "Findings" }).getByRole("listitem")).not.toHaveCount(0);
    await expectKept(page, 1);
    await lockstep.paste("DROP TABLE a;\n");
    await expect(page.getByText("Another tab has changed this review too.")).toBeVisible();
    await expectKept(page, 2);
  });

  test("where nothing can be kept, the page says so and works", async ({ lockstep, page }) => {
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException("refused", "SecurityError");
      };
      for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, { get: refuse });
      }
    });
    await page.reload();
    await lockstep.expectAlive();
    await expect(page.getByRole("status").filter({ hasText: "keeps nothing for this page" })).toBeVisible();
  });
});

test.describe("links", () => {
  for (const { made, hash, text, postgres, finding } of LINKS) {
    test(`an old link opens: ${made}`, async ({ lockstep, page }) => {
      await page.goto(`./#${hash}`);
      await page.reload();
      await expect(lockstep.migrations).toHaveValue(text);
      await expect(lockstep.postgresVersion).toHaveValue(postgres);
      await expect(lockstep.finding.filter({ hasText: finding })).not.toHaveCount(0);
    });
  }

  test("a link holds the whole review, and opens beside the reader's own", async ({ lockstep, page }) => {
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    await lockstep.postgresVersion.selectOption("16");
    await expect(lockstep.finding).not.toHaveCount(0);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Pass this review on" });
    await expect(dialog.getByText(/The link takes .* kB of 32 kB/)).toBeVisible();
    await dialog.getByRole("button", { name: "Copy link" }).click();
    await expect(dialog.getByText("Copied")).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/#v1\.[\w-]+$/);
    await page.keyboard.press("Escape");

    await lockstep.paste(OTHER);
    await lockstep.postgresVersion.selectOption("18");
    await expectKept(page, 1);
    // In the same tab, which does not load the page anew.
    await page.goto(link);
    await expect(lockstep.migrations).toHaveValue(INDEX_ON_EXISTING_TABLE);
    await expect(lockstep.postgresVersion).toHaveValue("16");
    await expect(page.getByText("This review came with the link.")).toBeVisible();
    await expectKept(page, 1);
    await lockstep.paste("DROP TABLE a;\n");
    await expectKept(page, 2);
    expect(new URL(page.url()).hash).toBe("");
  });

  test("a damaged or newer link says so, and nothing is lost", async ({ lockstep, page }) => {
    await lockstep.paste(INDEX_ON_EXISTING_TABLE);
    await expectKept(page, 1);
    for (const [hash, words] of [
      [LINKS[0].hash.slice(0, -9), "This link is damaged"],
      ["v1.", "This link is damaged"],
      ["v1.%00", "This link is damaged"],
      ["v2.abc", "made by a newer version"],
    ]) {
      await page.goto(`./#${hash}`);
      await page.reload();
      await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
      await expect(lockstep.migrations).toHaveValue(INDEX_ON_EXISTING_TABLE);
    }
  });

  test("a review that is too long for a link is passed on as a file", async ({ lockstep, page }) => {
    // Nothing that could be compressed.
    let seed = 1;
    const noise = Array.from({ length: 40_000 }, () => ((seed = (seed * 48271) % 2147483647) % 36).toString(36));
    const text = `SELECT '${noise.join("")}';\n`;
    await lockstep.paste(text);
    await expect(lockstep.verdict).toHaveText(/\S/);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Pass this review on" });
    await expect(dialog.getByText("Save the review as a file instead.")).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Copy link" })).toHaveCount(0);
    const file = await lockstep.download(dialog.getByRole("button", { name: "Save as file" }));
    expect(file.name).toMatch(/\.lockstep\.json$/);
    await page.keyboard.press("Escape");

    await lockstep.paste(OTHER);
    await expectKept(page, 1);
    await lockstep.openFrom(lockstep.openFiles, {
      name: file.name,
      mimeType: "application/json",
      buffer: Buffer.from(file.text),
    });
    await expect(lockstep.migrations).toHaveValue(text);
    await expectKept(page, 2);
  });
});

/** Opens the dialog of kept reviews. */
async function openReviews(page) {
  await page.getByRole("button", { name: "Reviews" }).click();
  const dialog = page.getByRole("dialog", { name: "Reviews kept in this browser" });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Waits until the browser keeps so many reviews. */
async function expectKept(page, count) {
  // Typing has to rest before anything is kept.
  await page.waitForTimeout(600);
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const request = indexedDB.open("lockstep", 1);
            // The page has kept nothing yet, not even the place for it.
            request.onupgradeneeded = () => request.transaction.abort();
            request.onerror = () => resolve(0);
            request.onsuccess = () => {
              const all = request.result.transaction("about").objectStore("about").count();
              all.onsuccess = () => resolve(all.result);
            };
          }),
      ),
    )
    .toBe(count);
}
