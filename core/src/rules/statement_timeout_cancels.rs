//! A timeout that is shorter than the build.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::ReindexTarget;

pub(super) static RULE: Rule = Rule {
    id: "statement-timeout-cancels",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP020", "pgfence:statement-timeout", "strong_migrations:statement_timeout"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "statement_timeout is set, and an index is built CONCURRENTLY under it",
    why: "A concurrent build waits for every older transaction, twice, and reads the table twice: it often takes \
longer than any other statement. When statement_timeout cancels it (57014), an INVALID index stays, which \
every write maintains and no query uses.

It does not apply where the table is small or nothing uses it yet, nor from ten minutes on. `SET \
statement_timeout = 0` before the build; lock_timeout may stay.",
    manual: "Client Connection Defaults: statement_timeout",
    bad: &["SET statement_timeout = '30s';\nCREATE INDEX CONCURRENTLY orders_note ON orders (note);"],
    good: &["SET statement_timeout = 0;\nCREATE INDEX CONCURRENTLY orders_note ON orders (note);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let (concurrently, table) = match place.command() {
            Command::CreateIndex(create) => (create.concurrently, place.relation(&create.table)),
            Command::Reindex(reindex) => (reindex.concurrently, match &reindex.target {
                ReindexTarget::Table(table) => place.relation(table),
                _ => None,
            }),
            _ => continue,
        };
        let limit = place.before().session.timeout("statement_timeout").filter(|limit| *limit < ENOUGH);
        if let (true, Some(table), Some(limit)) = (concurrently, table, limit)
            && place.is_in_use(table.id)
        {
            findings.at(
                &place,
                format!("After {} seconds the build on {} is cancelled (57014), and leaves an INVALID index behind.", limit / 1000, table.display_name()),
                "SET statement_timeout = 0 before it.",
            );
        }
    }
}

/// In milliseconds: what takes longer was given time on purpose.
const ENOUGH: u64 = 600_000;
