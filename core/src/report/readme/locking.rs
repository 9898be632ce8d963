//! Which locks a migration takes on tables in use, who waits for them and until when, and the work behind it.

use super::chapter::Chapter;
use crate::estimate;
use crate::locks::LockMode;
use crate::report::markup::{self, and, code, count, short};
use crate::rules::Stats;
use crate::schema::Rows;
use crate::simulate::WorkKind;
use crate::timeline::By;

/// One row of the table of locks.
struct Held {
    relation: String,
    /// The lines of the statements that take it.
    lines: Vec<u32>,
    mode: LockMode,
    until: String,
}

/// The section's Markdown.
pub(super) fn section(chapter: Chapter, stats: &Stats) -> String {
    let held = locks(chapter);
    if held.is_empty() {
        return if chapter.moments().any(|(_, _, moment)| !moment.step.locks.is_empty()) {
            "Nobody waits: the locks on tables in use are those of ordinary reads and writes.\n".to_owned()
        } else {
            "No table in use is locked.\n".to_owned()
        };
    }
    let rows: Vec<Vec<String>> = held
        .iter()
        .map(|lock| {
            vec![
                code(&lock.relation),
                and(&lock.lines.iter().map(u32::to_string).collect::<Vec<_>>()),
                lock.mode.name().to_owned(),
                waits(lock.mode).to_owned(),
                lock.until.clone(),
            ]
        })
        .collect();
    let mut out = markup::table(&["Table", "Line", "Lock", "Who waits", "How long"], &rows);
    let work = work(chapter, stats);
    if !work.is_empty() {
        out.push('\n');
        out += &markup::list("-", work);
    }
    out
}

/// Who waits while a mode is held.
pub(in crate::report) fn waits(mode: LockMode) -> &'static str {
    if mode.blocks_reads() {
        "all reads and writes"
    } else if mode.blocks_writes() {
        "INSERT, UPDATE and DELETE; reads go on"
    } else {
        "VACUUM and other schema changes; reads and writes go on"
    }
}

/// Does a table in use hold rows that others read or write?
pub(super) fn is_felt(rows: Rows) -> bool {
    matches!(rows, Rows::Some | Rows::Unknown)
}

/// The strongest lock of each transaction on each table in use. Those of ordinary reads and writes are left out.
fn locks(chapter: Chapter) -> Vec<Held> {
    let run = chapter.up();
    let mut found: Vec<(usize, usize, Held)> = Vec::new();
    for (index, _, moment) in chapter.moments() {
        for lock in &moment.step.locks {
            let is_new = run.is_new_in_transaction(index, lock.relation);
            if lock.mode < LockMode::ShareUpdateExclusive || is_new || !is_felt(lock.rows) {
                continue;
            }
            let first = *run.together_with(index).start();
            let relation = short(&lock.name).to_owned();
            match found.iter_mut().find(|(start, _, held)| *start == first && held.relation == relation) {
                Some((_, since, held)) if held.mode < lock.mode => (*since, held.mode) = (index, lock.mode),
                Some(_) => {}
                None => {
                    let held = Held { relation, lines: Vec::new(), mode: lock.mode, until: String::new() };
                    found.push((first, index, held));
                }
            }
        }
    }
    let mut held: Vec<Held> = Vec::new();
    for (_, since, lock) in found {
        let until = duration(chapter, since);
        let line = chapter.line(since);
        let is_same = |other: &&mut Held| {
            other.relation == lock.relation && other.mode == lock.mode && other.until == until
        };
        match held.iter_mut().find(is_same) {
            Some(told) => told.lines.push(line),
            None => held.push(Held { until, lines: vec![line], ..lock }),
        }
    }
    held
}

/// How long a lock is held that a statement takes: what is done from there to the end of its transaction.
fn duration(chapter: Chapter, since: usize) -> String {
    let run = chapter.up();
    let last = *run.together_with(since).end();
    let mut work: Vec<String> = Vec::new();
    let mut add = |text: String| {
        if !work.contains(&text) {
            work.push(text);
        }
    };
    for index in since..=last {
        for item in run.moments[index].step.work.iter().filter(|item| is_felt(item.rows)) {
            let name = code(short(&item.name));
            add(match item.kind {
                WorkKind::Rewrite => format!("{name} is rewritten"),
                WorkKind::BuildIndex => format!("indexes on {name} are built"),
                WorkKind::Scan => format!("{name} is read through"),
                WorkKind::ValidateForeignKey => format!("the rows of {name} are looked up"),
            });
        }
        for (_, dml, _) in chapter.data_changes().filter(|(at, _, _)| *at == index) {
            add(format!("rows of {} are changed", code(&chapter.shown(index, dml.table()))));
        }
    }
    let in_one = chapter.review.history.one_transaction
        && run.moments[since].transaction.is_some_and(|at| run.transactions[at].by == By::Runner);
    let end = match (in_one, last > since) {
        (true, _) => "until the one transaction of all pending migrations commits",
        (false, true) => "until COMMIT",
        (false, false) => "for this statement",
    };
    match (work.is_empty(), in_one) {
        (true, false) => "a moment".to_owned(),
        (true, true) => end.to_owned(),
        (false, _) => format!("{end}, while {}", and(&work)),
    }
}

/// Does it work on rows that are there?
pub(super) fn has_work(chapter: Chapter) -> bool {
    !work(chapter, &Stats::default()).is_empty()
}

/// What is done to the rows of each table, and how long that takes.
fn work(chapter: Chapter, stats: &Stats) -> Vec<String> {
    let run = chapter.up();
    let mut tables: Vec<(&str, Vec<(WorkKind, usize)>)> = Vec::new();
    for (index, _, moment) in chapter.moments() {
        for item in &moment.step.work {
            if !is_felt(item.rows) || run.is_new_in_transaction(index, item.relation) {
                continue;
            }
            let at = tables.iter().position(|(name, _)| *name == item.name).unwrap_or_else(|| {
                tables.push((&item.name, Vec::new()));
                tables.len() - 1
            });
            let counts = &mut tables[at].1;
            match counts.iter_mut().find(|(kind, _)| *kind == item.kind) {
                Some((_, number)) => *number += 1,
                None => counts.push((item.kind, 1)),
            }
        }
    }
    let told = |(name, counts): (&str, Vec<(WorkKind, usize)>)| {
        let size = stats.of(name);
        let parts: Vec<String> = counts
            .into_iter()
            .map(|(kind, number)| {
                let (one, many) = match kind {
                    WorkKind::Rewrite => ("rewrite", "rewrites"),
                    WorkKind::BuildIndex => ("index build", "index builds"),
                    WorkKind::Scan => ("scan", "scans"),
                    WorkKind::ValidateForeignKey => ("look-up of every row", "look-ups of every row"),
                };
                let each = if number == 1 { "" } else { "each " };
                let made = estimate::of(kind, size);
                format!("{}, {each}{}", count(number, one, many), estimate::range(made.from_ms, made.to_ms))
            })
            .collect();
        let rows = match size {
            Some(size) => size.rows_in_words(),
            None => "for every million rows".to_owned(),
        };
        format!("{} ({rows}): {}.", code(short(name)), parts.join("; "))
    };
    tables.into_iter().map(told).collect()
}
