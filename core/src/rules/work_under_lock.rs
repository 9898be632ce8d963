//! Slow work while an earlier statement's ACCESS EXCLUSIVE keeps everybody out.

use super::writes::{sources, writes};
use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::locks::LockMode;
use crate::report::json::Severity;
use crate::simulate::{Lock, WorkKind};
use crate::sql::{Command, Dml, Query, Select};

pub(super) static RULE: Rule = Rule {
    id: "work-under-lock",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["eugene:E4", "migrationpilot:MP008", "migrationpilot:MP080", "bytebase:227", "django-migration-linter:CREATE_INDEX_EXCLUSIVE", "pglt:runningStatementWhileHoldingAccessExclusive"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Slow work is done while the transaction already holds ACCESS EXCLUSIVE on a table in use",
    why: "A lock is held until the transaction's end, not the statement's. After a quick ALTER TABLE, everything that \
follows in the same transaction (a scan, an index build, a backfill of every row) happens while no one can even read the \
table: ACCESS EXCLUSIVE conflicts with ACCESS SHARE, which every SELECT takes.

It does not apply when the table was created in the same transaction, when nothing uses it yet, or when the work is on tables that are \
known to be small. Commit first: put the slow part into a migration of its own.",
    manual: "Explicit Locking: Table-Level Locks",
    bad: &[
        "BEGIN;\nALTER TABLE jobs ADD COLUMN priority text;\nUPDATE jobs SET priority = 'low' WHERE priority IS NULL;\nCOMMIT;",
        "BEGIN;\nALTER TABLE jobs ADD COLUMN priority text;\nCREATE INDEX jobs_priority ON jobs (priority);\nCOMMIT;",
        "BEGIN;\nALTER TABLE jobs ADD COLUMN priority text;\nSELECT count(*) FROM jobs;\nCOMMIT;",
    ],
    good: &[
        "BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE jobs ADD COLUMN priority text;\nCOMMIT;\nCREATE INDEX CONCURRENTLY jobs_priority ON jobs (priority);",
        "BEGIN;\nCREATE TABLE jobs (id bigint PRIMARY KEY, priority text);\nALTER TABLE jobs ADD COLUMN note text;\nCREATE INDEX jobs_priority ON jobs (priority);\nCOMMIT;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let mut told = None;
        for place in scene.places_of(migration) {
            let transaction = place.run().moments[place.index].transaction;
            if transaction.is_none() || transaction == told {
                continue;
            }
            let Some((held, since)) = felt_before(&place) else { continue };
            // A constraint that is added and validated in one transaction is worth a finding of its own kind.
            if place.alterations().any(|alteration| alteration.added_in_transaction().is_some()) {
                continue;
            }
            let Some(work) = slow_work(&place) else { continue };
            told = transaction;
            let first = place.run().statements[since].tag;
            let line = scene
                .workspace
                .file(place.span().file)
                .position(place.run().statements[since].range.start)
                .line;
            findings.at(
                &place,
                format!(
                    "{work} while {} on {} is held since the {first} on line {line}: nobody can read or write {} until COMMIT.",
                    held.mode, held.name, held.name
                ),
                format!("Commit after the {first}, and do this in a migration of its own."),
            );
        }
    }
}

/// ACCESS EXCLUSIVE that an earlier statement holds on a busy table, and that this one does not take itself.
fn felt_before<'a>(place: &Place<'a>) -> Option<(&'a Lock, usize)> {
    place
        .held()
        .iter()
        .filter(|held| held.lock.mode == LockMode::AccessExclusive)
        .filter(|held| place.lock_on(held.lock.relation) != Some(LockMode::AccessExclusive))
        .filter(|held| place.is_busy(held.lock.relation, held.lock.rows))
        // Nobody misses a table that is gone when the lock is.
        .find(|held| place.run().after.schema.relation(held.lock.relation).is_some())
        .map(|held| (&held.lock, held.since))
}

/// What takes time, in words.
fn slow_work(place: &Place) -> Option<String> {
    if let Some(work) = place.heavy_work().max_by_key(|work| work.kind) {
        let what = match work.kind {
            WorkKind::Scan => "Every row is read of",
            WorkKind::ValidateForeignKey => "Every row is checked of",
            WorkKind::BuildIndex => "An index is built on",
            WorkKind::Rewrite => "Every row is written anew of",
        };
        return Some(format!("{what} {}{},", work.name, place.size_note(work.relation)));
    }
    if let Command::Query(query) = place.command() {
        return reads_all(place, query);
    }
    writes(*place).into_iter().find_map(|write| {
        let table = write.table.display_name();
        match write.dml {
            Dml::Insert { source: Some(query), .. } => {
                let read = sources(query)
                    .into_iter()
                    .filter_map(|name| place.relation(name))
                    .find(|found| place.is_in_use(found.id))?;
                (!write.is_bounded())
                    .then(|| format!("Rows of {} are copied into {table}", read.display_name()))
            }
            Dml::Insert { .. } => None,
            Dml::Update { .. } | Dml::Delete { .. } | Dml::Merge { .. } => {
                let slow = write.is_on_busy_table()
                    && (write.in_loop || !write.is_bounded())
                    && !write.is_by_key(&place.before().schema);
                slow.then(|| format!("Rows of {table} are changed"))
            }
        }
    })
}

/// A SELECT without WHERE and LIMIT, whose result nothing in the script uses.
fn reads_all(place: &Place, query: &Query) -> Option<String> {
    let Select::Simple { condition: None, .. } = &query.select else { return None };
    let read = sources(query).into_iter().filter_map(|name| place.relation(name)).find(|found| place.is_in_use(found.id))?;
    query.limit.is_none().then(|| format!("All rows of {}{} are read", read.display_name(), place.size_note(read.id)))
}
