//! CONCURRENTLY in a script that does other things too.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{ObjectKind, Reindex};

pub(super) static RULE: Rule = Rule {
    id: "concurrently-with-others",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["gitlab:prevent_single_statement_with_disable_ddl_transaction", "migrationpilot:MP008"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A script outside of a transaction does more than its one CONCURRENTLY statement",
    why: "CONCURRENTLY cannot run in a transaction (25001), so nothing undoes the rest of the script when it fails: a deadlock, \
a duplicate key or lock_timeout leaves an invalid index, and the statements before it committed. Run again, those fail because their objects exist.

Flyway refuses such a script altogether, SET included, unless its setting `mixed` or a `.conf` beside the script allows it: a warning.

It does not apply to SET, to a `DROP INDEX CONCURRENTLY IF EXISTS` that clears the way, nor to statements with IF [NOT] EXISTS. \
Give each CONCURRENTLY a migration of its own.",
    manual: "CREATE INDEX: Building Indexes Concurrently",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;\nCREATE INDEX CONCURRENTLY orders_note ON orders (note);"],
    good: &["DROP INDEX CONCURRENTLY IF EXISTS orders_note;\nCREATE INDEX CONCURRENTLY orders_note ON orders (note);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, own) in scene.reviewed() {
        let concurrent = scene
            .places_of(migration)
            .filter(|place| is_concurrent(place.command()) && place.step().error.is_none())
            .collect::<Vec<_>>();
        let Some(first) = concurrent.first() else { continue };
        if scene.history.mixed.contains(&(own.up.file, own.up.range.start)) {
            let layout = scene.history.layout.title;
            findings.at_with(
                Severity::Warning,
                first,
                format!("{layout} refuses a script of which only some statements can run in a transaction, unless it is told to allow that."),
                "Put this into a migration of its own, or set executeInTransaction=false in a .conf beside the script.",
            );
            continue;
        }
        // The one CONCURRENTLY statement may stand; what else cannot be repeated is one too many.
        let others = scene.places_of(migration).filter(is_unrepeatable).count().saturating_sub(1);
        if others > 0 {
            let what = if others == 1 { "one other statement".to_owned() } else { format!("{others} other statements") };
            findings.at_with(
                Severity::Advice,
                first,
                format!("When this fails, nothing undoes the {what} of the script, and running it again does not work."),
                "Put each CONCURRENTLY into a migration of its own, or make every statement of the script repeatable with IF [NOT] EXISTS.",
            );
        }
    }
}

pub(super) fn is_concurrent(command: &Command) -> bool {
    match command {
        Command::CreateIndex(create) => create.concurrently,
        Command::Drop(drop) => drop.concurrently && drop.kind == ObjectKind::Index,
        Command::Reindex(Reindex { concurrently, .. }) => *concurrently,
        _ => false,
    }
}

/// Does it change something, and would it fail or do it once more when it is run again?
fn is_unrepeatable(place: &Place) -> bool {
    let guarded = match place.command() {
        Command::CreateIndex(create) => create.if_not_exists,
        Command::CreateTable(create) => create.if_not_exists,
        Command::Drop(drop) => drop.if_exists,
        Command::CreateFunction(create) => create.or_replace,
        Command::CreateView(create) => create.or_replace,
        Command::Comment(_) | Command::Grant(_) | Command::Reindex(_) => true,
        _ => false,
    };
    !guarded && !place.step().changes.is_empty()
}
