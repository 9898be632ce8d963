//! A statement that the server refuses at its point of the history.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "statement-fails",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:ban-concurrent-index-creation-in-transaction",
        "atlas:PG103",
        "pgfence:concurrent-in-transaction",
        "bytebase:260", "squawk:ban-duplicate-column-assignments"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "PostgreSQL refuses a statement, so the migration fails",
    why: "At this point of the history the server answers with an error: an object is missing or there twice, something \
else depends on it, or the statement may not run inside a transaction (25001). What follows in the same transaction is \
rolled back; outside of one, the migration stops half way.

The message is the server's, with its SQLSTATE.",
    manual: "PostgreSQL Error Codes",
    bad: &[
        "CREATE TABLE t (a int);\nALTER TABLE t DROP COLUMN b;",
        "BEGIN;\nCREATE INDEX CONCURRENTLY i ON orders (customer_id);\nCOMMIT;",
    ],
    good: &["-- file: 001_t.sql\nCREATE TABLE t (id bigint PRIMARY KEY, a int);\n-- file: rollback/001_rollback.sql\nSET lock_timeout = '5s';\nDROP TABLE t;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let Some(error) = &place.step().error else { continue };
        // These two have rules of their own.
        if matches!(place.command(), Command::Invalid(_)) || error.sqlstate == "55P04" {
            continue;
        }
        let help = match (error.sqlstate, &error.hint) {
            ("25001", _) => "Put it alone into a migration that the runner does not wrap in a transaction (each tool has its own marker), and without BEGIN.".to_owned(),
            (_, Some(hint)) => hint.clone(),
            _ => "Correct the statement, or the order of the statements before it.".to_owned(),
        };
        findings.at(
            &place,
            format!("PostgreSQL refuses this: {} (SQLSTATE {}).", error.message, error.sqlstate),
            help,
        );
    }
}
