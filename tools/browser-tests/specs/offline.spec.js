// Later visits: without a network, and when there is a new version.
import { createServer } from "node:http";
import { expect, test } from "../lockstep-page.js";

test.use({ serviceWorkers: "allow" });

/** Waits until the page can be opened without a network. */
async function ready(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
}

test("the page opens without a network from the second visit on", async ({ lockstep, page }) => {
  await lockstep.expectAlive();
  await ready(page);
  await page.context().setOffline(true);
  for (const address of ["./", "./index.html", "./?some=query#hash"]) {
    await page.goto(address);
    await page.reload();
    await lockstep.expectAlive();
  }
});

test("with a service worker as well, nothing is asked for after the page has loaded", async ({ lockstep, page }) => {
  await ready(page);
  await page.reload();
  await lockstep.expectAlive();
  await page.waitForLoadState("networkidle");
  const requests = [];
  page.context().on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  for (const name of (await lockstep.exampleNames()).slice(0, 2)) {
    await lockstep.examples.selectOption({ label: name });
    await expect(lockstep.verdict).toHaveText(/\S/);
  }
  await page.waitForTimeout(500);
  expect(requests).toEqual([]);
});

test("a page can be installed: its manifest and icons are there", async ({ page, lockstep }) => {
  await lockstep.expectAlive();
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data);
  expect(manifest).toMatchObject({ short_name: "Lockstep", start_url: "./", display: "standalone" });
  for (const { src } of manifest.icons) {
    expect((await page.request.get(new URL(src, page.url()).href)).ok(), src).toBe(true);
  }
  await ready(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Tests run in a window that keeps nothing, in which nothing can be installed: the only obstacle.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});

/** Serves the page from another port, where its service worker can become another version's. */
async function release(baseURL) {
  let version = "first";
  const server = createServer(async (request, response) => {
    const answer = await fetch(new URL(request.url.slice(1), baseURL));
    let body = Buffer.from(await answer.arrayBuffer());
    if (request.url.endsWith("service-worker.js")) {
      body = body.toString().replace(/const VERSION = "\w+"/, `const VERSION = "${version}"`);
    }
    response.writeHead(answer.status, { "Content-Type": answer.headers.get("Content-Type"), "Cache-Control": "no-store" });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    next: () => (version = "next"),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("a new version is offered, and taken only when the reader says so", async ({ lockstep, page, baseURL }) => {
  const host = await release(baseURL);
  const offer = page.getByRole("status").filter({ hasText: "A new version of Lockstep is ready" });
  const versions = () => page.evaluate(async () => (await caches.keys()).map((name) => name.split(" ").at(-1)));

  await page.goto(host.address);
  await ready(page);
  await page.reload();
  await lockstep.expectAlive();
  await expect(offer).toBeHidden();

  host.next();
  await page.reload();
  await expect(offer).toBeVisible();
  await lockstep.expectAlive();
  expect(await versions()).toEqual(["first", "next"]);
  const reloaded = page.waitForEvent("load");
  await offer.getByRole("button", { name: "Reload" }).click();
  await reloaded;
  await expect.poll(versions).toEqual(["next"]);
  await expect(offer).toBeHidden();
  await lockstep.expectAlive();
  host.close();
});
