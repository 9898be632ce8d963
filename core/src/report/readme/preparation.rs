//! The checklists: what to settle before, what to watch, what to do afterwards.

use super::chapter::Chapter;
use super::checks;
use super::locking::is_felt;
use super::{number_of, steps};
use crate::Review;
use crate::locks::LockMode;
use crate::report::json::Severity;
use crate::report::markup::{self, and_more, code, count, short};
use crate::rollback::Verdict;
use crate::simulate::WorkKind;
use crate::sorted::Set;
use crate::sql::{Command, Dml};

/// More names than these are not listed.
const NAMED: usize = 6;

/// What the scripts together do to tables in use.
#[derive(Default)]
struct Load {
    /// Tables on which reads or writes wait.
    blocked: Set<String>,
    /// The same as literals of SQL.
    locked: Set<String>,
    /// Tables that are written anew.
    rewritten: Set<String>,
    /// Tables that get indexes.
    indexed: Set<String>,
    /// Tables whose rows are read through or looked up.
    scanned: Set<String>,
    /// Tables whose rows are changed.
    changed: Set<String>,
    /// Indexes that are built concurrently.
    concurrent: Set<String>,
    /// Does a script set lock_timeout before its first lock?
    has_lock_timeout: bool,
}

impl Load {
    fn of(chapters: &[Chapter]) -> Load {
        let mut load = Load { has_lock_timeout: true, ..Load::default() };
        for chapter in chapters {
            for (index, statement, moment) in chapter.moments() {
                let step = &moment.step;
                for lock in step.locks.iter().filter(|lock| is_felt(lock.rows)) {
                    if lock.mode >= LockMode::Share
                        && !chapter.up().is_new_in_transaction(index, lock.relation)
                    {
                        load.blocked.insert(code(short(&lock.name)));
                        let before = chapter.up().state_before(index);
                        if let Some(relation) = before.schema.relation(lock.relation) {
                            load.locked.insert(checks::literal(relation));
                        }
                        let session = &before.session;
                        load.has_lock_timeout &= session
                            .get("lock_timeout")
                            .is_some_and(|value| !value.is_empty() && **value != *"0");
                    }
                }
                for work in step.work.iter().filter(|work| is_felt(work.rows)) {
                    let tables = match work.kind {
                        WorkKind::Rewrite => &mut load.rewritten,
                        WorkKind::BuildIndex => &mut load.indexed,
                        WorkKind::Scan | WorkKind::ValidateForeignKey => &mut load.scanned,
                    };
                    tables.insert(code(short(&work.name)));
                }
                if let Command::CreateIndex(create) = &statement.command
                    && create.concurrently
                    && let Some(name) = &create.name
                {
                    load.concurrent.insert(code(name));
                }
            }
            for (at, dml, _) in chapter.data_changes() {
                let is_old =
                    chapter.relation(at, dml.table()).is_none_or(|relation| chapter.was_there(relation));
                if is_old && !matches!(dml, Dml::Insert { .. }) {
                    load.changed.insert(code(&chapter.shown(at, dml.table())));
                }
            }
        }
        load
    }
}

fn named(names: &Set<String>) -> String {
    and_more(&names.iter().cloned().collect::<Vec<_>>(), NAMED)
}

/// The checklist before, and the queries that go with it.
pub(super) fn before(review: &Review, chapters: &[Chapter]) -> String {
    let load = Load::of(chapters);
    let mut items = Vec::new();
    let dangers = number_of(review, Severity::Danger);
    if dangers > 0 {
        items.push(format!(
            "The {} below {} settled; {} writes the safe form where there is one.",
            count(dangers, "danger", "dangers").replace("one ", ""),
            if dangers == 1 { "is" } else { "are" },
            code("lockstep fix")
        ));
    }
    let unseen: Vec<_> =
        chapters.iter().filter(|c| c.migration().up.missing).map(|c| code(&c.migration().up.title)).collect();
    if !unseen.is_empty() {
        items.push(format!("The SQL of {} is reviewed too.", and_more(&unseen, NAMED)));
    }
    items.push("A backup is made, and restoring it has been tried.".to_owned());
    items.push(format!(
        "All of it has run on a copy of production on PostgreSQL {}, rollback included.",
        review.settings.postgres
    ));
    let without: Vec<_> =
        chapters.iter().filter(|chapter| chapter.lacks_way_back()).map(Chapter::label).collect();
    if !without.is_empty() {
        items.push(format!(
            "A rollback for {} is written, or it is settled that the backup is the way back.",
            and_more(&without, NAMED)
        ));
    }
    if !load.rewritten.is_empty() {
        items.push(format!(
            "The disk has room for a second copy of {} with indexes, and for the WAL of it.",
            named(&load.rewritten)
        ));
    }
    let heavy: Set<String> = load.indexed.union(&load.scanned);
    if !heavy.is_empty() || !load.rewritten.is_empty() {
        let all: Set<String> = heavy.union(&load.rewritten);
        items.push(format!("On that copy it was measured how long the work on {} takes.", named(&all)));
    }
    if !load.blocked.is_empty() {
        if !load.has_lock_timeout {
            items.push(format!(
                "{} is set for the session that runs the scripts, so that a lock on {} is not waited for without end while all others wait behind it.",
                code("lock_timeout"),
                named(&load.blocked)
            ));
        }
        items.push(format!(
            "No long transaction is open on {}: the scripts would wait for it, and everyone behind them.",
            named(&load.blocked)
        ));
    }
    if super::phase_contracts(chapters) {
        items.push("The release that relies on what the contract phase removes or tightens is no longer running by then.".to_owned());
    }
    if checks::compares_row_counts(review) {
        items.push(
            "The row counts of the validation's last step are noted, of the tables that are there already."
                .to_owned(),
        );
    }
    let checks = checks::before(review);
    if !checks.is_empty() {
        items.push("The queries below give what they should.".to_owned());
    }
    let mut out = markup::list("- [ ]", items);
    out += "\nThe backup, and a copy to try all of it on:\n\n";
    out += &markup::block(
        "sh",
        "pg_dump --format=custom --file before_migration.dump \"$DATABASE_URL\"\npsql \"$DATABASE_URL\" --command 'CREATE DATABASE rehearsal'\npg_restore --no-owner --dbname \"$REHEARSAL_URL\" before_migration.dump",
    );
    if !unseen.is_empty() {
        out += "\nWhat the scripts do to the schema is seen on that copy:\n\n";
        out += &markup::block(
            "sh",
            "pg_dump --schema-only --no-owner \"$REHEARSAL_URL\" > before.sql\n# run the scripts on the copy\npg_dump --schema-only --no-owner \"$REHEARSAL_URL\" > after.sql\ndiff before.sql after.sql",
        );
    }
    if !load.blocked.is_empty() && !load.has_lock_timeout {
        let (how, command) = if review.history.layout.runner.psql {
            ("for the sessions that psql opens", "export PGOPTIONS='-c lock_timeout=5s'")
        } else {
            (
                "for the role that migrates, where the application has another",
                "psql \"$DATABASE_URL\" --command \"ALTER ROLE CURRENT_USER SET lock_timeout = '5s'\"",
            )
        };
        out += &format!("\nThe {}, {how}:\n\n{}", code("lock_timeout"), markup::block("sh", command));
    }
    if !checks.is_empty() {
        out += "\nThe queries:\n\n";
        out += &steps(checks);
    }
    out
}

/// What to look at while it runs.
pub(super) fn during(chapters: &[Chapter]) -> String {
    let load = Load::of(chapters);
    let mut parts: Vec<String> = Vec::new();
    if !load.blocked.is_empty() {
        parts.push(format!(
            "Who waits, and for whom. If sessions pile up behind a script, call {} with the pid that they wait for, and choose a quieter hour.\n\n{}",
            code("pg_cancel_backend"),
            markup::block(
                "sql",
                "SELECT pid, pg_blocking_pids(pid) AS waits_for, wait_event_type, now() - query_start AS since, left(query, 80) AS query\nFROM pg_stat_activity\nWHERE cardinality(pg_blocking_pids(pid)) > 0\nORDER BY since DESC;"
            )
        ));
    }
    if !load.locked.is_empty() {
        let names: Vec<String> = load.locked.iter().map(|name| format!("to_regclass({name})")).collect();
        parts.push(format!(
            "Which locks are held on these tables, and which are waited for.\n\n{}",
            markup::block(
                "sql",
                &format!(
                    "SELECT relation::regclass AS table_name, mode, granted, pid FROM pg_locks\nWHERE relation IN ({})\nORDER BY table_name, granted DESC, pid;",
                    names.join(", ")
                )
            )
        ));
    }
    if !load.indexed.is_empty() || !load.concurrent.is_empty() {
        let tables =
            if load.indexed.is_empty() { String::new() } else { format!(" on {}", named(&load.indexed)) };
        parts.push(format!(
            "How far the index builds{tables} have come.\n\n{}",
            markup::block(
                "sql",
                "SELECT relid::regclass AS table_name, phase, blocks_done, blocks_total, lockers_done, lockers_total\nFROM pg_stat_progress_create_index;"
            )
        ));
    }
    if !load.rewritten.is_empty() {
        parts.push(format!(
            "A rewrite shows no progress. The disk fills while {} {} written anew.\n\n{}",
            named(&load.rewritten),
            if load.rewritten.len() == 1 { "is" } else { "are" },
            markup::block("sql", "SELECT pg_size_pretty(pg_database_size(current_database()));")
        ));
    }
    if !load.changed.is_empty() || !load.rewritten.is_empty() {
        let all: Set<String> = load.changed.union(&load.rewritten);
        parts.push(format!(
            "Replicas fall behind while the rows of {} are written.\n\n{}",
            named(&all),
            markup::block("sql", "SELECT application_name, state, replay_lag FROM pg_stat_replication;")
        ));
    }
    if !load.concurrent.is_empty() {
        parts.push(format!(
            "A concurrent build that is cancelled or fails leaves an invalid index: drop {} before the script runs again.\n",
            named(&load.concurrent)
        ));
    }
    if parts.is_empty() {
        let anything = chapters.iter().any(|chapter| !chapter.up().statements.is_empty());
        return if anything {
            "No table in use is locked against reads or writes, and no existing rows are worked on: there is nothing to watch but the outcome.\n".to_owned()
        } else {
            String::new()
        };
    }
    parts.join("\n")
}

/// The checklist afterwards.
pub(super) fn afterwards(review: &Review, chapters: &[Chapter]) -> String {
    let load = Load::of(chapters);
    let mut items = vec![if review.history.layout.runner.psql {
        "It is written down where and when the scripts ran, as nothing records it.".to_owned()
    } else {
        "The status shows every migration of the table as applied.".to_owned()
    }];
    if !checks::after(review).is_empty() {
        items.push("Every validation step gives what it should.".to_owned());
    }
    let filled: Set<String> = chapters
        .iter()
        .flat_map(|chapter| chapter.data_changes().map(|(at, dml, _)| code(&chapter.shown(at, dml.table()))))
        .chain(load.rewritten.iter().cloned())
        .collect();
    if !filled.is_empty() {
        items.push(format!(
            "{} has been run on {}, so that queries are planned with what is in them now.",
            code("ANALYZE"),
            named(&filled)
        ));
    }
    for statement in checks::still_to_validate(review) {
        items.push(format!(
            "{} is planned, outside of busy hours: until then the rows from before are unchecked.",
            code(&statement)
        ));
    }
    let touched: Set<String> = load.blocked.union(&load.changed);
    if !touched.is_empty() {
        items.push(format!(
            "The application reads and writes {} without new errors in its log.",
            named(&touched)
        ));
    }
    let lossy: Vec<_> =
        chapters.iter().filter(|c| c.way_back().verdict == Verdict::Lossy).map(|c| c.label()).collect();
    if !lossy.is_empty() {
        items.push(format!("It is settled until when a rollback of {} is still an option: it destroys what is written from now on.", and_more(&lossy, NAMED)));
    }
    items.push("The backup is kept until that has held for a while.".to_owned());
    markup::list("- [ ]", items)
}
