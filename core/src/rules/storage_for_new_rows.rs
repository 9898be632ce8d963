//! A storage setting that leaves old rows as they are.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "storage-for-new-rows",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP077", "safe-migrate:table-rewrite-storage"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A change of storage, compression or fillfactor holds for new rows only",
    why: "SET STORAGE and SET COMPRESSION wait for ACCESS EXCLUSIVE and change only how values are stored from now on; \
fillfactor how full new pages get. Rows that are there stay as they are until they are written anew, so the \
effect that was expected does not come.

It does not apply to tables that nothing has filled yet. For the rows that are there, VACUUM FULL applies \
fillfactor; values must be updated to be stored otherwise.",
    manual: "ALTER TABLE: SET STORAGE",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN note SET COMPRESSION lz4;"],
    good: &["CREATE TABLE orders (id bigint PRIMARY KEY, note text);\nALTER TABLE orders ALTER COLUMN note SET COMPRESSION lz4;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let what = match alteration.action {
            AlterAction::SetStorage { .. } => "storage",
            AlterAction::SetCompression { .. } => "compression",
            AlterAction::Options { options, reset: false } if options.iter().any(|own| &*own.name == "fillfactor") => "fillfactor",
            _ => continue,
        };
        if alteration.place.is_in_use(alteration.relation.id) {
            findings.at(
                &alteration.place,
                format!("The new {what} holds for rows of {} that are written from now on; those that are there stay as they are.", alteration.name()),
                "Write the rows anew in batches, if the old ones matter.",
            );
        }
    }
}
