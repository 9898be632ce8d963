//! UPDATE of every row of a table in use.

use super::writes::writes;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Dml;

pub(super) static RULE: Rule = Rule {
    id: "update-without-where",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP011", "diesel-guard:MutationWithoutWhere", "bytebase:202", "pglt:updateWithoutWhere", "strong_migrations:backfilling_data"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "UPDATE changes every row of a table in use, in one statement",
    why: "Without WHERE, or with one that always holds, UPDATE overwrites the column in every row; the values that were there are \
gone for good. It also writes every row anew and keeps a lock on each until the transaction ends, so that every other UPDATE and DELETE \
of them waits.

It does not apply to tables that these files created and filled with the rows they write out. Where the column is one that these files \
add, nothing is overwritten, and it is a warning.",
    manual: "UPDATE",
    bad: &["UPDATE users SET plan = 'free';", "UPDATE users SET plan = 'free' WHERE 1 = 1;"],
    good: &["UPDATE users SET plan = 'free' WHERE id = 17;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for write in scene.places().flat_map(writes) {
        if !matches!(*write.dml, Dml::Update { .. }) || !write.is_of_all_rows() || !write.is_on_busy_table() {
            continue;
        }
        let table = write.table.display_name();
        let columns: Vec<&str> = write.assigned().into_iter().map(|column| &**column).collect();
        let columns = columns.join(", ");
        let size = write.place.size_note(write.table.id);
        let (severity, message) = if write.fills_new_columns() {
            let message = format!("Every row of {table}{size} is written anew to fill {columns}, and stays locked until the transaction ends.");
            (Severity::Warning, message)
        } else {
            (Severity::Danger, format!("{columns} is overwritten in every row of {table}{size}; the old values are gone."))
        };
        findings.at_span(
            severity,
            Some(write.place.migration),
            write.span,
            message,
            "Say which rows with WHERE, and change a few thousand at a time, each batch in a transaction of its own.",
        );
    }
}
