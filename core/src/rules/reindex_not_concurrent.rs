//! REINDEX without CONCURRENTLY.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::settings::Unknown;
use crate::simulate::WorkKind;
use crate::sql::Command;
use crate::sql::command::{Reindex, ReindexTarget};

pub(super) static RULE: Rule = Rule {
    id: "reindex-not-concurrent",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:require-concurrent-reindex",
        "pgfence:reindex-non-concurrent",
        "migrationpilot:MP021",
        "django-migration-linter:REINDEX",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An index in use is rebuilt, and writes to its table wait, and reads through it as well",
    why: "REINDEX takes SHARE on the table, so INSERT, UPDATE and DELETE wait, and ACCESS EXCLUSIVE on each index while \
it is rebuilt: queries wait too, since planning one opens every index of its tables.

It does not apply to tables that these files created and nothing has filled, nor to small ones.

`REINDEX … CONCURRENTLY`, outside of a transaction, builds the new index beside the old one. If it fails, drop the invalid \
index that ends in `_ccnew`.",
    manual: "REINDEX: Rebuilding Indexes Concurrently",
    bad: &["SET lock_timeout = '5s';\nREINDEX TABLE orders;", "REINDEX INDEX orders_total_idx;"],
    good: &["SET lock_timeout = '5s';\nREINDEX TABLE CONCURRENTLY orders;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Reindex(reindex) = command else { continue };
        if reindex.concurrently {
            continue;
        }
        let Some(tables) = felt_by(&place, reindex) else { continue };
        findings.at(
            &place,
            format!("REINDEX holds SHARE on {tables} and ACCESS EXCLUSIVE on each index: writes wait, and so do queries, whose planning opens every index."),
            "Use REINDEX … CONCURRENTLY, in a migration that the runner does not wrap in a transaction.",
        );
    }
}

/// The tables whose users feel it, in words.
fn felt_by(place: &Place, reindex: &Reindex) -> Option<String> {
    let tables: Vec<String> = place
        .heavy_work()
        .filter(|work| work.kind == WorkKind::BuildIndex)
        .map(|work| format!("{}{}", work.name, place.size_note(work.relation)))
        .collect();
    if !tables.is_empty() {
        return Some(tables.join(", "));
    }
    match &reindex.target {
        ReindexTarget::Index(index) if place.known_before(index).is_none() => {
            Some(format!("the table of {index}"))
        }
        ReindexTarget::Schema(schema) if place.scene.timeline.server.world.unknown != Unknown::Refuse => {
            Some(format!("one table of {schema} after the other"))
        }
        ReindexTarget::Database => Some("one table of the database after the other".to_owned()),
        ReindexTarget::System => Some("one system catalog after the other".to_owned()),
        _ => None,
    }
}
