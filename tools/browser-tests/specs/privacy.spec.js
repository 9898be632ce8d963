// The tab keeps the secret: once loaded, nothing leaves the page.
import { INDEX_ON_EXISTING_TABLE, TABS, expect, test } from "../lockstep-page.js";

/** Waits until the page has asked for nothing for a while. */
async function loaded(lockstep, page) {
  await lockstep.expectAlive();
  await page.waitForLoadState("networkidle");
}

/** Walks through what the page can do. */
async function useEverything(lockstep) {
  for (const name of await lockstep.exampleNames()) {
    await lockstep.examples.selectOption({ label: name });
    await expect(lockstep.verdict).toHaveText(/\S/);
  }
  await lockstep.paste(INDEX_ON_EXISTING_TABLE);
  await expect(lockstep.finding).not.toHaveCount(0);
  for (const name of TABS) await lockstep.showTab(name);
  await lockstep.theme.click();
  await lockstep.showTab("README");
  await lockstep.download(lockstep.downloadReadme);
  await lockstep.copyReadme.click();
}

test("nothing comes from another host", async ({ page, baseURL }) => {
  const requests = [];
  page.context().on("request", (request) => requests.push(request.url()));
  await page.goto("./");
  await page.waitForLoadState("networkidle");
  expect(requests.length).toBeGreaterThan(0);
  expect(requests.filter((url) => !url.startsWith(baseURL) && !/^(blob|data):/.test(url))).toEqual([]);
});

test("no request is made after the page has loaded", async ({ lockstep, page }) => {
  await loaded(lockstep, page);
  const requests = [];
  page.context().on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  await useEverything(lockstep);
  expect(requests).toEqual([]);
});

test("a loaded page works without any network", async ({ lockstep, page }) => {
  await loaded(lockstep, page);
  await page.context().setOffline(true);
  await useEverything(lockstep);
});

test("the page's own policy forbids requests, to its own host as well", async ({ lockstep, page }) => {
  await loaded(lockstep, page);
  const outcome = await page.evaluate(async () => {
    const refused = [];
    document.addEventListener("securitypolicyviolation", (event) => refused.push(event.blockedURI));
    const settled = async (start) => {
      try {
        await start();
        return "sent";
      } catch {
        return "refused";
      }
    };
    const outcome = {
      ownHost: await settled(() => fetch(location.href)),
      otherHost: await settled(() => fetch("https://example.com/")),
      request: await settled(
        () =>
          new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.onload = resolve;
            request.onerror = reject;
            request.open("POST", location.href);
            request.send("SELECT 1");
          }),
      ),
      image: await settled(
        () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = "https://example.com/?secret";
          }),
      ),
    };
    navigator.sendBeacon(location.href, "SELECT 1");
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { ...outcome, violations: refused.length };
  });
  expect(outcome).toMatchObject({ ownHost: "refused", otherHost: "refused", request: "refused", image: "refused" });
  expect(outcome.violations).toBeGreaterThanOrEqual(5);
});

test("the worker that reviews is bound by the same policy", async ({ lockstep, page }) => {
  await loaded(lockstep, page);
  expect(page.workers().length).toBeGreaterThan(0);
  for (const worker of page.workers()) {
    const refused = await worker.evaluate(
      (address) => fetch(address).then(() => false, () => true),
      page.url(),
    );
    expect(refused).toBe(true);
  }
});
