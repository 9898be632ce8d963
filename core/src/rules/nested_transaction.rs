//! BEGIN, COMMIT or ROLLBACK where a transaction is open already, or none is.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::layout::Wrapping;
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::Transaction;
use crate::timeline::By;

pub(super) static RULE: Rule = Rule {
    id: "nested-transaction",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["squawk:transaction-nesting", "migrationpilot:MP053", "bytebase:206", "pglt:transactionNesting"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A script begins or ends a transaction that is not its own to begin or end",
    why: "BEGIN inside a transaction begins nothing: the server only warns (25001), and the next COMMIT ends the outer \
transaction. Where the runner had wrapped the script, its protection ends there: what follows commits statement by statement, a failure no longer \
undoes what came before, and the runner's own record of the migration is written outside of the transaction.

It does not apply where the runner does not wrap scripts, nor where it sends a script as one simple query, in which BEGIN and COMMIT work as written. \
Leave BEGIN and COMMIT to the runner.",
    manual: "BEGIN",
    bad: &["BEGIN;\nBEGIN;\nCREATE TABLE t (id bigint PRIMARY KEY);\nCOMMIT;", "CREATE TABLE t (id bigint PRIMARY KEY);\nCOMMIT;"],
    good: &["BEGIN;\nCREATE TABLE t (id bigint PRIMARY KEY);\nCOMMIT;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let found = scene.places_of(migration).find_map(|place| problem(&place).map(|(s, m, h)| (place, s, m, h)));
        if let Some((place, severity, message, help)) = found {
            findings.at_with(severity, &place, message, help);
        }
    }
}

fn problem(place: &Place) -> Option<(Severity, String, &'static str)> {
    let Command::Transaction(control) = place.command() else { return None };
    let run = place.run();
    let open = run.moments[place.index].transaction.map(|index| &run.transactions[index]);
    let wraps = place.scene.history.layout.runner.wrapping != Wrapping::SimpleQuery;
    let leave = "Leave BEGIN and COMMIT out, or tell the runner not to wrap this script.";
    match (control, open) {
        (Transaction::Begin, Some(open)) if open.by == By::Runner && wraps => Some((
            Severity::Warning,
            "The runner has begun a transaction already, so this BEGIN does nothing, and the script's COMMIT ends the runner's transaction.".to_owned(),
            leave,
        )),
        (Transaction::Begin, Some(open)) if open.by == By::Script && open.first != place.index => Some((
            Severity::Warning,
            "A transaction is open already: this BEGIN does nothing but warn (25001), and the next COMMIT ends the first one.".to_owned(),
            "Commit the first transaction before this one begins, or use SAVEPOINT.",
        )),
        (Transaction::Commit(_), Some(open)) if open.by == By::Runner && wraps && open.first == place.index => Some((
            Severity::Advice,
            "The script leaves the runner's transaction on purpose: a failure undoes nothing of it, and the runner records it separately.".to_owned(),
            "Make every statement of the script repeatable.",
        )),
        (Transaction::Commit(_) | Transaction::Rollback(_), Some(open)) if open.by == By::Runner && wraps => Some((
            Severity::Warning,
            "This ends the transaction that the runner has begun: what follows is not protected by it, nor is the runner's record of the migration.".to_owned(),
            leave,
        )),
        (Transaction::Commit(_) | Transaction::Rollback(_), None) => Some((
            Severity::Advice,
            "No transaction is open here, so this ends nothing: the server only warns (25P01).".to_owned(),
            "Put BEGIN before the first statement that belongs together, or remove this.",
        )),
        _ => None,
    }
}
