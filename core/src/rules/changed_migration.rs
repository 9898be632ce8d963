//! A migration that was there before is changed.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "changed-migration",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    aliases: &["atlas:history", "migrationpilot:modified"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A migration that was there before is changed",
    why: "A runner remembers which migrations it has applied, and most by a checksum. Where this one has run, the change never \
does: the runner stops over the checksum, or passes over it in silence, and that database differs from new ones from then on.

Only a diff shows it. It does not apply to a migration that has run nowhere yet. A diff shows only parts of a changed file, so \
nothing of it is reviewed.",
    manual: "Database Schemas",
    bad: &["diff --git a/db/001_a.sql b/db/001_a.sql\n--- a/db/001_a.sql\n+++ b/db/001_a.sql\n@@ -1 +1 @@\n-CREATE TABLE a (id int);\n+CREATE TABLE a (id bigint);\n"],
    good: &["diff --git a/db/002_b.sql b/db/002_b.sql\nnew file mode 100644\n--- /dev/null\n+++ b/db/002_b.sql\n@@ -0,0 +1 @@\n+CREATE TABLE b (id bigint PRIMARY KEY);\ndiff --git a/db/rollback/002_b.sql b/db/rollback/002_b.sql\nnew file mode 100644\n--- /dev/null\n+++ b/db/rollback/002_b.sql\n@@ -0,0 +1 @@\n+DROP TABLE b;\n"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for script in &scene.history.changed {
        findings.at_script(
            Severity::Warning,
            None,
            script,
            format!("{} was there before: where it has run already, the change never runs.", script.title),
            "Leave it as it was, and write the change as a new migration.",
        );
    }
}
