//! DELETE of every row of a table in use.

use super::writes::writes;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Dml;

pub(super) static RULE: Rule = Rule {
    id: "delete-without-where",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["pgfence:delete-without-where", "migrationpilot:MP067", "diesel-guard:MutationWithoutWhere", "bytebase:202", "pglt:deleteWithoutWhere"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "DELETE removes every row of a table in use",
    why: "Without WHERE, or with one that always holds, DELETE empties the table, and with it whatever refers to it ON DELETE \
CASCADE. No rollback script brings the rows back. It takes ROW EXCLUSIVE and locks each row until the transaction ends.

It does not apply to tables that hold only the rows that these files write out.",
    manual: "DELETE",
    bad: &["DELETE FROM sessions;", "DELETE FROM sessions WHERE true;"],
    good: &["DELETE FROM sessions WHERE id = 17;", "CREATE TABLE t (id bigint PRIMARY KEY);\nINSERT INTO t VALUES (1);\nDELETE FROM t;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for write in scene.places().flat_map(writes) {
        if !matches!(*write.dml, Dml::Delete { .. }) || !write.is_of_all_rows() || !write.is_on_busy_table() {
            continue;
        }
        let table = write.table.display_name();
        findings.at_span(
            Severity::Danger,
            Some(write.place.migration),
            write.span,
            format!("Every row of {table}{} is deleted, and nothing brings them back.", write.place.size_note(write.table.id)),
            "Say which rows with WHERE; if the table is to be emptied, keep a copy, and say so in the migration.",
        );
    }
}
