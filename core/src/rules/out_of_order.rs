//! A newcomer among older numbers.

use super::numbering::groups;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "out-of-order",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["dbmate:strict", "atlas:additive"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A new migration has a lower number than one that was there before",
    why: "Where the higher number has been applied, runners differ: some apply the newcomer late, after statements \
that were written without it, some skip it in silence, some stop. New databases run it in its place, so the \
two kinds of database can differ.

It does not apply to migrations that are all new. Give it the next number before it is applied anywhere.",
    manual: "Database Schemas",
    bad: &["diff --git a/db/002_b.sql b/db/002_b.sql\nnew file mode 100644\n--- /dev/null\n+++ b/db/002_b.sql\n@@ -0,0 +1 @@\n+CREATE TABLE b (id bigint PRIMARY KEY);\ndiff --git a/db/003_c.sql b/db/003_c.sql\n--- a/db/003_c.sql\n+++ b/db/003_c.sql\n@@ -1 +1 @@\n-CREATE TABLE c (id int);\n+CREATE TABLE c (id bigint);\n"],
    good: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 002_b.sql\nCREATE TABLE b (id bigint PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let changed = latest_changed(scene);
    for group in groups(scene) {
        let applied = group.iter().filter(|own| !own.under_review).max_by_key(|own| own.number);
        let applied = applied.map(|own| (own.number, &*scene.history.migrations[own.migration].up.title));
        for own in group.iter().filter(|own| own.under_review) {
            let Some((_, later)) = applied.into_iter().chain(changed).find(|(number, _)| *number > own.number)
            else {
                continue;
            };
            let script = &scene.history.migrations[own.migration].up;
            findings.at_script(
                Severity::Warning,
                Some(own.migration),
                script,
                format!(
                    "{} is new and comes before {later}, which was there already: where that has run, this runs late, or never.",
                    script.title
                ),
                "Give it the next free number.",
            );
        }
    }
}

/// Of the files that a diff changes, and which so were there before, the one with the highest number; none when they are
/// in several folders, as it is not known then which of them count together with what is new.
fn latest_changed<'a>(scene: &Scene<'a>) -> Option<(u128, &'a str)> {
    let folder = |title: &'a str| title.rsplit_once('/').map_or(("", title), |(folder, name)| (folder, name));
    let titles = || scene.history.changed.iter().map(|script| &*script.title);
    let (first, _) = folder(titles().next()?);
    if titles().any(|title| folder(title).0 != first) {
        return None;
    }
    let number = |title: &str| {
        let digits: String = title.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u128>().ok()
    };
    titles().filter_map(|title| Some((number(folder(title).1)?, title))).max()
}
