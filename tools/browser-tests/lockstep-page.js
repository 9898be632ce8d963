// Lockstep's page as a reader meets it: by role and name, never by how it is made.
// The names are the contract between the page and everyone who drives it.
import { expect, test as base } from "@playwright/test";
import axe from "axe-core";

/** The parts of a review, in the order of the page. */
export const TABS = ["Review", "Locks", "Schema", "Rollback", "README", "Report", "Sign-off", "Sizes"];

/** A migration with one danger in it. */
export const INDEX_ON_EXISTING_TABLE = "CREATE INDEX i ON orders(id);\n";

class LockstepPage {
  constructor(page) {
    this.page = page;
    this.migrations = page.getByRole("textbox", { name: "Migrations", exact: true });
    this.openFiles = page.getByRole("button", { name: "Open files" });
    this.openFolder = page.getByRole("button", { name: "Open folder" });
    this.examples = page.getByRole("combobox", { name: "Examples" });
    this.postgresVersion = page.getByRole("combobox", { name: "PostgreSQL version" });
    this.timeline = page.getByRole("list", { name: "Timeline" });
    this.findings = page.getByRole("list", { name: "Findings" });
    this.finding = this.findings.getByRole("listitem");
    this.verdict = page.getByRole("region", { name: "Verdict" });
    this.theme = page.getByRole("button", { name: "Theme" }).or(page.getByRole("switch", { name: "Theme" }));
    this.downloadReadme = page.getByRole("button", { name: "Download README" });
    this.copyReadme = page.getByRole("button", { name: "Copy README" });
    this.downloadReport = page.getByRole("button", { name: "Download report" });
  }

  /** Opens the page and waits until it can be used. */
  async open() {
    await this.page.goto("./");
    await expect(this.migrations).toBeVisible();
  }

  /** Pastes a text in place of what is there, as one input event, whatever its length. */
  async paste(text) {
    await this.migrations.fill(text);
  }

  tab(name) {
    return this.page.getByRole("tab", { name, exact: true });
  }

  /** The panel of the tab that is shown. */
  get panel() {
    return this.page.getByRole("tabpanel");
  }

  async showTab(name) {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute("aria-selected", "true");
  }

  /** Picks files in the chooser that the button opens. */
  async openFrom(button, files) {
    const chooser = this.page.waitForEvent("filechooser");
    await button.click();
    await (await chooser).setFiles(files);
  }

  /** Names of the histories that the page brings along; a placeholder such as "Choose…" is none. */
  async exampleNames() {
    const options = this.examples.locator("option:not([value=''])");
    return (await options.allTextContents()).map((name) => name.trim());
  }

  /** Whether the page still does its work: a good migration gives the finding it should. */
  async expectAlive() {
    await this.paste(INDEX_ON_EXISTING_TABLE);
    await expect(this.finding.filter({ hasText: "index-not-concurrent" })).toHaveCount(1, { timeout: 60_000 });
  }

  /** Fails for whatever a machine can find that would keep readers out: axe's rules, on what is shown. */
  async expectNoBarriers() {
    // Evaluated rather than added as a script, which the page's content security policy forbids.
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document));
    const problems = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
    expect(problems).toEqual([]);
  }

  /** The text of what the page downloads when the button is pressed. */
  async download(button) {
    const download = this.page.waitForEvent("download");
    await button.click();
    const finished = await download;
    const chunks = [];
    for await (const chunk of await finished.createReadStream()) chunks.push(chunk);
    return { name: finished.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
  }
}

/** A test that gets the opened page as `lockstep`, and that fails where the page throws. */
export const test = base.extend({
  lockstep: async ({ page }, use) => {
    const thrown = [];
    page.on("pageerror", (error) => thrown.push(error));
    const lockstep = new LockstepPage(page);
    await lockstep.open();
    await use(lockstep);
    expect(thrown, "errors that the page threw").toEqual([]);
  },
});

export { expect };
