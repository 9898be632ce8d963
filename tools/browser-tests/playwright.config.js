// Run by `cargo xtask test`, `screenshots` and `bench-page`, which build the page, serve it, find
// a browser and say so in the environment.
import { defineConfig } from "@playwright/test";

/** A variable of the environment that xtask sets. */
function fromXtask(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with \`cargo xtask test --browser\``);
  return value;
}

export default defineConfig({
  outputDir: "test-results",
  forbidOnly: Boolean(process.env.CI),
  // The browser, the page's worker and the test each want a core.
  workers: 1,
  // For machines that are slow and busy: what works is never waited for that long.
  timeout: 120_000,
  expect: { timeout: 45_000 },
  reporter: [["list"]],
  use: {
    baseURL: fromXtask("LOCKSTEP_PAGE"),
    viewport: { width: 1440, height: 900 },
    actionTimeout: 60_000,
    locale: "en-GB",
    colorScheme: "light",
    // Each test opens the page for the first time; those about later visits allow it.
    serviceWorkers: "block",
    permissions: ["clipboard-read", "clipboard-write"],
    launchOptions: {
      // Not set where Playwright brings its own.
      executablePath: process.env.LOCKSTEP_CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "tests", testDir: "specs" },
    { name: "profile", testDir: "profile", timeout: 600_000 },
    { name: "screenshots", testDir: "screenshots" },
    { name: "bench", testDir: "bench", timeout: 1_800_000 },
  ],
});
