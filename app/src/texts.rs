//! Every word that the page itself says, in one place and the rooms beside it. Findings, verdicts and
//! reasons are the reviewer's words and come with the review.

#![allow(missing_docs)]

mod explorer;
mod papers;
mod rewriting;
mod signing;
mod sizes;

pub use explorer::*;
pub use papers::*;
pub use rewriting::*;
pub use signing::*;
pub use sizes::*;

pub const NAME: &str = "Lockstep";
pub const TAGLINE: &str = "PostgreSQL migration review. Nothing leaves this tab.";

/// The file that pasted text becomes.
pub const PASTED_FILE: &str = "pasted.sql";

// Header.
pub const POSTGRES_VERSION: &str = "PostgreSQL version";
pub const EXAMPLES: &str = "Examples";
pub const CHOOSE_EXAMPLE: &str = "Choose an example…";
pub const OPEN_FILES: &str = "Open files";
pub const OPEN_FOLDER: &str = "Open folder";
pub const THEME: &str = "Theme";
pub const THEME_TO_LIGHT: &str = "Switch to light colours";
pub const THEME_TO_DARK: &str = "Switch to dark colours";
pub const SKIP_TO_REVIEW: &str = "Skip to the review";

// Input.
pub const MIGRATIONS: &str = "Migrations";
pub const PASTE_HERE: &str = "Paste SQL, or a document with SQL in it.\n\nSeveral files in one paste:\n-- file: 001_create_orders.sql\nCREATE TABLE orders (id bigint PRIMARY KEY);\n-- file: 002_add_status.sql\nALTER TABLE orders ADD COLUMN status text;";
pub const STAYS_HERE: &str = "Stays in this tab. Nothing is sent anywhere.";
pub const FILES: &str = "Files";
pub const CLEAR: &str = "Clear";
pub const TOO_LONG_TO_EDIT: &str =
    "This file is reviewed in full, but is too long to be shown here. What you type replaces it.";
pub const NOT_UTF8: &str = "This file is not UTF-8 text; a question mark stands for each byte that is not. Editing it saves it as UTF-8.";
pub const OPTIONS: &str = "Options";
pub const LAYOUT: &str = "Migration tool";
pub const LAYOUT_AUTO: &str = "Recognise it";
pub const TRANSACTION: &str = "Transactions";
pub const TRANSACTION_AUTO: &str = "As the tool does";
pub const TRANSACTION_PER_MIGRATION: &str = "One per migration";
pub const TRANSACTION_PER_STATEMENT: &str = "One per statement";
pub const SINCE: &str = "Applied already, up to";
pub const SINCE_NOTHING: &str = "Nothing: review all";
pub const DROP_HERE: &str = "Drop migrations to review them here";
pub const DISMISS: &str = "Dismiss";
pub const NOTHING_PICKED: &str = "There are no migrations among those files.";

pub fn remove_file(path: &str) -> String {
    format!("Remove {path}")
}

pub fn too_large(path: &str, bytes: usize, limit: usize) -> String {
    let mib = |bytes: usize| bytes.div_ceil(1024 * 1024);
    format!("{path} was left out: it has {} MiB, and the limit is {} MiB a file.", mib(bytes), mib(limit))
}

pub fn unreadable_archive(path: &str, reason: &str) -> String {
    format!("{path} was left out: {reason}.")
}

pub fn unreadable(path: &str) -> String {
    format!("{path} was left out: the browser could not read it.")
}

pub fn too_many(left_out: usize, limit: usize) -> String {
    format!("{} left out: the limit is {limit} files.", count(left_out, "file"))
}

pub fn too_much(left_out: usize, limit: usize) -> String {
    format!(
        "{} left out: the limit is {} MiB in all. The command line takes more.",
        count(left_out, "file"),
        limit / (1024 * 1024)
    )
}

// Empty.
pub const EMPTY_TITLE: &str = "Know what a migration does before it runs";
pub const EMPTY_STEPS: [&str; 3] = [
    "Paste SQL, open files, or drop a migrations folder anywhere.",
    "Lockstep runs it against a simulated PostgreSQL: what each statement locks, rewrites and breaks.",
    "Read the verdict, follow the findings into the code, take the README and the rollback with you.",
];
pub const EMPTY_EXAMPLES: &str = "Or start from an example";
pub const CORRECTED_TWIN: &str = "The same, corrected";

// A new version of the page.
pub const NEW_VERSION: &str =
    "A new version of Lockstep is ready. It is taken when you reload; your work stays.";

// The sample review.
pub const SAMPLE: &str = "Sample";
pub const SAMPLE_TITLE: &str = "What comes out: a required column, added the obvious way";
pub const SAMPLE_INTRO: &str = "One migration of the example crm-prisma, reviewed on top of those before it.";

// Status.
pub const STARTING: &str = "Loading the reviewer…";
pub const REVIEWING: &str = "Reviewing…";
pub const UP_TO_DATE: &str = "Review is up to date";
pub const LAST_GOOD: &str = "Below is the last review that worked.";
pub const REVIEW_AGAIN: &str = "Review again";
pub const RELOAD: &str = "Reload";
pub const CRASHED: &str = "The reviewer stopped on this text. That is a fault of Lockstep, not yours. It has been restarted, and your text is untouched.";
pub const CRASHED_LARGE: &str = "The reviewer stopped, most likely because this much text takes more memory than a browser gives. It has been restarted, and your text is untouched. Review fewer files at a time, or use the command line.";
pub const NOT_LOADED: &str =
    "The reviewer could not be loaded. Lockstep needs a browser from 2022 or later; reloading may help.";

pub fn too_long(seconds: u64) -> String {
    format!("The review took longer than {seconds} seconds and was stopped. Your text is untouched.")
}

// Parts of a review.
pub const REVIEW_PARTS: &str = "Parts of the review";
pub const REVIEW: &str = "Review";
pub const LOCKS: &str = "Locks";
pub const SCHEMA: &str = "Schema";
pub const ROLLBACK: &str = "Rollback";
pub const README: &str = "README";

// Timeline.
pub const TIMELINE: &str = "Timeline";
pub const BASELINE: &str = "applied";
pub const NO_ROLLBACK: &str = "no rollback";
pub const REVIEW_FROM: &str = "Review from here";

// Verdict.
pub const VERDICT: &str = "Verdict";
pub const AVAILABILITY: &str = "Availability";
pub const AVAILABILITY_ASKS: &str = "Do reads and writes wait or fail?";
pub const DATA: &str = "Data";
pub const DATA_ASKS: &str = "Is data lost or changed?";
pub const COMPATIBILITY: &str = "Compatibility";
pub const COMPATIBILITY_ASKS: &str = "Does the running application still work?";
pub const REVERSIBILITY: &str = "Reversibility";
pub const REVERSIBILITY_ASKS: &str = "Does the way back lead back?";
pub const RESTS_ON: &str = "What this rests on";
pub const SHORT_NONE: &str = "None";
pub const SHORT_LOW: &str = "Low";
pub const SHORT_MEDIUM: &str = "Medium";
pub const SHORT_HIGH: &str = "High";
pub const SHORT_CRITICAL: &str = "Critical";
pub const LEVEL_NONE: &str = "No risk";
pub const LEVEL_LOW: &str = "Low risk";
pub const LEVEL_MEDIUM: &str = "Medium risk";
pub const LEVEL_HIGH: &str = "High risk";
pub const LEVEL_CRITICAL: &str = "Critical risk";

/// "12 of 14 statements simulated".
pub fn coverage(modelled: usize, statements: usize) -> String {
    if statements == 0 {
        "No statements".to_owned()
    } else if modelled == statements {
        format!("All {} simulated", count(statements, "statement"))
    } else {
        format!("{modelled} of {} simulated", count(statements, "statement"))
    }
}

pub fn not_parsed(number: usize) -> String {
    format!("{} PostgreSQL cannot parse", count(number, "statement"))
}

pub fn set_aside(number: usize) -> String {
    format!("{} set aside as no migration", count(number, "part"))
}

pub fn server(version: u32) -> String {
    format!("PostgreSQL {version}")
}

/// "1 statement", "2 statements".
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

// Findings.
pub const FINDINGS: &str = "Findings";
pub const NO_FINDINGS: &str = "Nothing found.";
pub const NO_FINDINGS_FILTERED: &str = "Nothing left with these filters.";
pub const DANGER: &str = "Danger";
pub const WARNING: &str = "Warning";
pub const ADVICE: &str = "Advice";
pub const ONLY_THIS_MIGRATION: &str = "This migration only";
pub const RULE: &str = "Rule";
pub const FILE: &str = "File";
pub const EVERY_RULE: &str = "Every rule";
pub const EVERY_FILE: &str = "Every file";
pub const WHOLE_SET: &str = "whole set";
pub const SHOW_MORE: &str = "Show more";

/// "drop-column (3)".
pub fn with_count(name: &str, count: usize) -> String {
    format!("{name} ({count})")
}

/// "002, line 7".
pub fn in_migration(version: &str, line: u32) -> String {
    format!("{version}, line {line}")
}

/// "1 danger", "2 warnings"; advice cannot be counted in English.
pub fn how_many(number: usize, severity: &str) -> String {
    let word = severity.to_ascii_lowercase();
    if severity == ADVICE { format!("{number} {word}") } else { count(number, &word) }
}

pub fn to_finding(severity: &str, rule: &str) -> String {
    format!("{severity}: {rule}. Go to the finding")
}

// Code.
pub const WAY_UP: &str = "Up";
pub const WAY_BACK: &str = "Down";
pub const WAY_BACK_OF_ALL: &str = "Down, for all migrations at once";
pub const WHOLE_SET_TITLE: &str = "All migrations at once";
pub const CANNOT_TELL: &str = "Cannot be told";
pub const NO_SQL: &str = "The document names this file, but its SQL is not there.";
pub const EARLIER_LINES: &str = "Show earlier lines";
pub const LATER_LINES: &str = "Show later lines";
pub const NOT_SIMULATED: &str = "Not simulated: its effect is unknown here";
pub const REFUSES: &str = "PostgreSQL refuses this:";
pub const ASSUMED: &str = "Assumed:";
pub const CHANGES: &str = "Changes:";
pub const PREVIOUS_MIGRATION: &str = "Previous migration";
pub const NEXT_MIGRATION: &str = "Next migration";
pub const RUNNER_TRANSACTION: &str = "the runner's transaction";
pub const SCRIPT_TRANSACTION: &str = "the script's own transaction";
pub const NO_TRANSACTION: &str = "each statement commits by itself";

pub fn code_of(title: &str) -> String {
    format!("SQL of {title}")
}

// Keys, commands, rules.
pub const KEYS: &str = "Keys";
pub const KEYS_TITLE: &str = "Keys (?)";
pub const COMMANDS: &str = "Commands";
pub const COMMANDS_TITLE: &str = "Commands (Ctrl K)";
pub const COMMAND: &str = "Command";
pub const COMMAND_HINT: &str = "What do you want to do?";
pub const NO_COMMAND: &str = "Nothing has these words.";
pub const NEXT_FINDING: &str = "Next finding";
pub const PREVIOUS_FINDING: &str = "Previous finding";
pub const CLEAR_INPUT: &str = "Clear the input";
pub const SWITCH_THEME: &str = "Switch between light and dark";
pub const SHOW_KEYS: &str = "Show the keys";
pub const ABOUT_RULE: &str = "About this rule";
pub const KEYS_AND_WORDS: [(&str, &str); 11] = [
    ("j", "next finding"),
    ("k", "previous finding"),
    ("Enter", "on a finding: go to its place in the SQL"),
    ("b", "back from the SQL to the finding in the list"),
    ("1 … 8", "the parts of the review"),
    ("← →", "on a tab: the one before, the next"),
    ("Ctrl K", "all commands; / does the same outside of a text"),
    ("Ctrl Z", "takes back a rewrite that was applied, as long as nothing else was typed"),
    ("?", "these keys"),
    ("Tab", "from one control to the next; it leaves the textbox too"),
    ("Esc", "closes what lies over the page"),
];
pub fn go_to(part: &str) -> String {
    format!("Go to {part}")
}
pub fn example(folder: &str) -> String {
    format!("Example {folder}")
}
pub fn migration(title: &str) -> String {
    format!("Migration {title}")
}
pub fn rule(rule: &str) -> String {
    format!("Rule {rule}")
}

// Locks.
pub const LOCKS_INTRO: &str = "What each statement locks on relations that exist before it, who waits meanwhile, and what work is done under the lock.";
pub fn line(number: u32) -> String {
    format!("line {number}")
}
pub const STATEMENT: &str = "Statement";
pub const RELATION: &str = "Relation";
pub const LOCK_MODE: &str = "Lock mode";
pub const WHO_WAITS: &str = "Who waits";
pub const WORK: &str = "Work on the data";
pub const NO_LOCKS: &str = "Locks nothing that existed before, and does no work on data.";
pub const NOBODY: &str = "nobody";
pub const EVERYONE: &str = "everyone, reads included";
pub const HELD: &str = "Held";
pub const HELD_TO_COMMIT: &str = "until COMMIT";
pub const HELD_TO_ROLLBACK: &str = "until ROLLBACK";
pub const HELD_WHILE_RUNNING: &str = "while it runs";

pub const DEPLOYMENT: &str = "The whole deployment";
pub const DEPLOYMENT_INTRO: &str =
    "The strongest lock that each migration takes on each table, the tables with the strongest locks first.";
pub fn more_tables(count: usize) -> String {
    format!("{} more with weaker locks: see the migrations.", self::count(count, "table"))
}
pub fn more_migrations(count: usize) -> String {
    format!("{} more are below, each with its own timeline.", self::count(count, "migration"))
}

pub const LOCK_TIMELINE: &str = "Lock timeline";
pub const LOCK_TIMELINE_INTRO: &str = "Each bar is a lock, from the statement that takes it until it is released. Point at one, or go through them with the Tab key, to see who waits; press it to go to the statement.";
pub const TRANSACTION_OF_RUNNER: &str = "the runner's transaction";
pub const TRANSACTION_OF_RUNNER_UNDONE: &str = "the runner's transaction, rolled back";
pub const TRANSACTION_OF_SCRIPT: &str = "BEGIN … COMMIT";
pub const TRANSACTION_OF_SCRIPT_UNDONE: &str = "BEGIN … ROLLBACK";
pub const BY_ITSELF: &str = "by itself";
pub const MEANWHILE: &str = "Meanwhile the migration";
pub const STRONGER_NOW: &str = "stronger than before";
pub fn held_to_end(line: u32, end: &str) -> String {
    format!("from line {line} to the {}", if end == "rollback" { "ROLLBACK" } else { "COMMIT" })
}
pub fn held_until_stronger(line: u32, stronger: u32) -> String {
    format!("from line {line} until line {stronger} takes a stronger lock")
}
pub fn held_for_statement(line: u32) -> String {
    format!("while line {line} runs")
}
pub fn per_million_rows(range: &str) -> String {
    format!("{range} for every million rows")
}

pub fn confirmed_on(versions: &[String]) -> String {
    format!("as on PostgreSQL {}", versions.join(", "))
}
pub fn confirmed_by(statements: u32, versions: &[String]) -> String {
    format!(
        "{} of this form {} run on real servers, version {}, and each took just these locks and did just this work.",
        count(statements as usize, "statement"),
        if statements == 1 { "was" } else { "were" },
        versions.join(", ")
    )
}
pub fn not_confirmed_on(version: u32) -> String {
    format!("On version {version} it was not compared, or did something else.")
}

// Schema.
pub const MOMENT: &str = "Moment";
pub const MIGRATION: &str = "Migration";
pub const PREVIOUS_STATEMENT: &str = "Previous statement";
pub const NEXT_STATEMENT: &str = "Next statement";
pub const COMPARE_WITH: &str = "Compare with";
pub const AGAINST_MIGRATION: &str = "Before this migration";
pub const AGAINST_STATEMENT: &str = "The statement before";
pub const AGAINST_START: &str = "The start, before all migrations";
pub const CHANGES_NOTHING: &str = "so it changes nothing.";
pub const DIAGRAM: &str = "Diagram";
pub const ENTITY_DIAGRAM: &str = "Entity diagram";
pub const DIAGRAM_OF: &str = "What is drawn";
pub const WHOLE_SCHEMA: &str = "Whole schema";
pub const ZOOM_IN: &str = "Zoom in";
pub const ZOOM_OUT: &str = "Zoom out";
pub const SHOW_ALL: &str = "Show all";
pub const DOWNLOAD_SVG: &str = "Download SVG";
pub const SVG_FILE: &str = "schema.svg";
pub const DIAGRAM_KEYS: &str = "Drag to move. In the diagram, or with Ctrl, the wheel zooms; the arrow keys move, + and − zoom, 0 shows all. Press a table to read it in the list below, which tells the same.";
pub const ALL_INSTEAD: &str = "All tables are drawn.";
pub fn diagram_words(tables: usize, links: usize) -> String {
    format!(
        "{} and {} between them. The list of objects tells the same.",
        count(tables, "table"),
        count(links, "link")
    )
}
pub fn not_drawn(number: usize) -> String {
    format!("{number} more are not drawn: search for a table to see it.")
}
pub fn more_columns(number: usize) -> String {
    format!("{number} more")
}
pub const OBJECTS: &str = "Objects";
pub const SEARCH_SCHEMA: &str = "Search the schema";
pub const ONLY_CHANGED: &str = "Only what changed";
pub const NO_OBJECTS: &str = "There are no such objects.";
pub const NOTHING_CHANGED: &str = "Nothing differs here.";
pub const DDL: &str = "DDL";
pub const COLUMN: &str = "Column";
pub const DATA_TYPE: &str = "Type";
pub const NULLABILITY: &str = "Null";
pub const NULLABLE: &str = "may be null";
pub const NOT_NULL: &str = "not null";
pub const DEFAULT: &str = "Default";
pub const KEY: &str = "Key";
pub const PRIMARY: &str = "primary";
pub const FOREIGN: &str = "foreign";
pub const CHANGE: &str = "Change";
pub const PART: &str = "Part";
pub const NAME_OF: &str = "Name";
pub const DEFINITION: &str = "Definition";
pub const ASSUMED_OBJECT: &str = "assumed";
pub const CHANGED: &str = "changed";

pub fn before_migration(migration: &str) -> String {
    format!("Before {migration}")
}
pub fn after_migration(migration: &str) -> String {
    format!("After {migration}")
}
pub fn after_statement(line: u32, migration: &str, sql: &str) -> String {
    format!("After line {line} of {migration}: {sql}")
}
/// "statement 2 of 7".
pub fn statement_of(number: usize, of: usize) -> String {
    format!("statement {number} of {of}")
}
/// "12 objects, 2 of them changed".
pub fn how_many_objects(number: usize, changed: usize) -> String {
    format!("{}, {changed} of them changed", count(number, "object"))
}
/// "the first 60 of 300".
pub fn of(shown: usize, all: usize) -> String {
    format!("the first {shown} of {all}")
}
pub fn more_changes(number: usize) -> String {
    format!("{} not listed: see the objects.", count(number, "more change"))
}
pub fn columns_of(object: &str) -> String {
    format!("Columns of {object}")
}
pub fn parts_of(object: &str) -> String {
    format!("Keys, indexes and other parts of {object}")
}
pub fn unchanged_lines(number: usize) -> String {
    format!("{} not shown", count(number, "unchanged line"))
}
pub fn was(before: &str) -> String {
    format!("was {before}")
}

pub const MARK_CHANGES: &str = "Mark changes";
pub const NO_SCHEMA: &str = "The schema is empty at this point.";
pub const COPY_DDL: &str = "Copy DDL";
pub const DOWNLOAD_DDL: &str = "Download DDL";
pub const WHAT_CHANGED: &str = "What changed";
pub const ADDED: &str = "added";
pub const REMOVED: &str = "removed";

// Rollback.
pub const ROLLBACK_INTRO: &str = "Each migration is simulated up, then down, and the schemas are compared.";
pub const ROLLBACK_EXACT: &str = "Exact: after up and down the schema is what it was, and no data is lost.";
pub const ROLLBACK_LOSSY: &str = "Lossy: the schema comes back, data does not.";
pub const ROLLBACK_INCOMPLETE: &str = "Incomplete: something is not restored.";
pub const ROLLBACK_FAILS: &str = "Fails: PostgreSQL refuses the down script.";
pub const ROLLBACK_MISSING: &str = "Missing: there is no way back.";
pub const ROLLBACK_UNKNOWN: &str = "Unknown: too little is known to tell.";
pub const NOT_RESTORED: &str = "Not restored";
pub const LOST_DATA: &str = "Data that is lost";
pub const ROLLBACK_SCRIPT: &str = "The script";
pub const WRITE_WAY_BACK: &str = "Write a rollback";
pub const WRITTEN_WAY_BACK: &str = "The rollback that Lockstep writes";
pub const BELONGS_INTO: &str = "Verified by the simulation, as its comments say. Its place is";
pub const BELONGS_BEHIND: &str =
    "Verified by the simulation, as its comments say. Its place is behind the way up, in";
pub const COPY_WAY_BACK: &str = "Copy rollback";
pub const DOWNLOAD_WAY_BACK: &str = "Download rollback";
pub const COPY_SCRIPT: &str = "Copy script";

// README.
pub const PREVIEW: &str = "Preview";
pub const SOURCE: &str = "Markdown";
pub const COPY_README: &str = "Copy README";
pub const DOWNLOAD_README: &str = "Download README";
pub const DOWNLOAD_REPORT: &str = "Download report";
pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "The browser did not allow copying";
pub const README_FILE: &str = "README.md";
pub const REPORT_FILE: &str = "lockstep-report.html";
pub const DDL_FILE: &str = "schema.sql";
pub const WRITING: &str = "Writing…";

// Keeping reviews and passing them on.
pub const REVIEWS: &str = "Reviews";
pub const REVIEWS_TITLE: &str = "Reviews kept in this browser";
pub const REVIEWS_INTRO: &str = "What you review is kept here by itself, on this device only, until you delete it. Examples are not kept.";
pub const NO_REVIEWS: &str = "No review is kept yet.";
pub const NEW_REVIEW: &str = "New review";
pub const OPEN: &str = "Open";
pub const OPEN_NOW: &str = "open now";
pub const DELETE: &str = "Delete";
pub const DELETE_ALL: &str = "Delete all";
pub const DELETE_YES: &str = "Yes, delete";
pub const DELETE_NO: &str = "No, keep";
pub const CLOSE: &str = "Close";
pub const NOT_KEPT: &str = "This browser keeps nothing for this page: a private window, or storage that is blocked or full. Save the review as a file before you close the tab.";
pub const FROM_LINK: &str = "This review came with the link. It is kept in this browser once you change it; your own reviews are untouched.";
pub const GONE: &str = "That review is no longer kept: it was deleted in another tab.";
pub const FORKED: &str = "Another tab has changed this review too. What stands here is now kept as a review of its own, beside the other.";
pub const SHARE: &str = "Share";
pub const SHARE_TITLE: &str = "Pass this review on";
pub const SHARE_INTRO: &str = "The link itself holds all files and settings, compressed. It is read in the browser that opens it and never sent to a server.";
pub const COPY_LINK: &str = "Copy link";
pub const LINK_TOO_LONG: &str =
    "That is too long for chats and code hosts to pass on whole. Save the review as a file instead.";
pub const SAVE_AS_FILE: &str = "Save as file";
pub const FILE_INTRO: &str = "“Open files” opens it again, and so does dropping it on the page.";

pub fn no_link(is_newer: bool) -> &'static str {
    if is_newer {
        "This link was made by a newer version of Lockstep. Reload the page to get that version; your own reviews are untouched."
    } else {
        "This link is damaged: something of it was lost on the way. Ask for it once more, or for the review as a file. Your own reviews are untouched."
    }
}

pub fn no_file(is_newer: bool) -> &'static str {
    if is_newer {
        "This file was saved by a newer version of Lockstep. Reload the page to get that version."
    } else {
        "This file is damaged: it holds no review that can be read."
    }
}

/// "3 files, 12 kB · 21 Nov 2026, 12:40".
pub fn about_review(files: u32, bytes: u32, when: &str) -> String {
    format!("{}, {} · {}", count(files as usize, "file"), kilobytes(bytes as usize), when)
}

pub fn name_of(name: &str) -> String {
    format!("Name of {name}")
}

pub fn open_review(name: &str) -> String {
    format!("Open {name}")
}

pub fn delete_review(name: &str) -> String {
    format!("Delete {name}")
}

pub fn delete_one(name: &str) -> String {
    format!("Delete “{name}”? This cannot be undone.")
}

pub fn delete_all(number: usize) -> String {
    format!(
        "Delete {} from this browser? This cannot be undone.",
        if number == 1 { "the review".to_owned() } else { format!("all {number} reviews") }
    )
}

pub fn link_size(bytes: usize, limit: usize) -> String {
    format!("The link takes {} of {}", kilobytes(bytes), kilobytes(limit))
}

/// Thousands of bytes, with one digit behind the point below ten.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    if tenths < 100 && !tenths.is_multiple_of(10) {
        format!("{}.{} kB", tenths / 10, tenths % 10)
    } else {
        format!("{} kB", bytes.div_ceil(1000))
    }
}
