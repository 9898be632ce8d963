//! From files to a history: which tool's files these are, their order, their way back,
//! and how the tool's runner uses transactions. A file per tool. Knows nothing of schemas.

mod alembic;
mod atlas;
mod bookkeeping;
mod candidate;
mod dbmate;
mod diesel;
mod diff;
mod django;
mod drizzle;
mod file_name;
mod files;
mod flyway;
mod folders;
mod go_pg;
mod golang_migrate;
mod goose;
mod graphile_migrate;
mod hasura;
mod liquibase;
mod markdown;
mod mask;
mod named;
mod node_pg_migrate;
mod numbered;
mod outline;
mod paste;
mod plain;
mod pop;
mod postgres_migrations;
mod prisma;
mod psql;
mod refinery;
mod schema_dump;
mod sea_orm;
mod sections;
mod sqitch;
mod sql_migrate;
mod sqlx;
mod supabase;
mod tern;
mod timestamped;
mod way_back;
pub mod writing;
mod yoyo;

use std::cmp::{Ordering, Reverse};
use std::ops::Range;
use std::sync::Arc;

pub use bookkeeping::is_bookkeeping;
pub use candidate::{is_candidate, is_candidate_folder, is_candidate_path};
use diff::{Change, Patched};
pub use files::{File, Files};
pub use way_back::{Place, down_path};

pub use crate::settings::TransactionMode;
use writing::{Outside, Writing};

use crate::settings::{CONFIGURATION_FILE, Settings};
use crate::sorted;
use crate::text::{FileId, Workspace};

/// An ordered set of migrations, as the tool whose files they are would run them.
#[derive(Debug, Clone)]
pub struct History {
    /// Whose layout it is.
    pub layout: &'static Layout,
    /// Why that one: one sentence for the reader.
    pub reason: String,
    /// The migrations in the order in which the tool runs them.
    pub migrations: Vec<Migration>,
    /// One script that undoes all the migrations together, to be run after the last of them
    /// (an "emergency rollback"). It may be `missing`: named, without its SQL.
    pub down_of_all: Option<Script>,
    /// Down scripts that belong to no migration.
    pub orphans: Vec<Script>,
    /// Files, or parts of a document, that are no migration, each with the reason.
    pub set_aside: Vec<SetAside>,
    /// Files of a diff that were there before it, blank: of these the diff shows only parts.
    pub changed: Vec<Script>,
    /// Does the runner put all migrations of one run into one transaction?
    pub one_transaction: bool,
    /// Scripts that the tool refuses unless it is told otherwise, because only some of their statements can run in a
    /// transaction, each by where it begins.
    pub mixed: Vec<(FileId, u32)>,
}

/// One migration.
#[derive(Debug, Clone)]
pub struct Migration {
    /// The version as its file writes it: `002`, `20240115093000`; the file's stem when it has no number.
    pub version: String,
    /// The name in words: `add variant columns`.
    pub name: String,
    /// The way up.
    pub up: Script,
    /// The way back, where there is one.
    pub down: Option<Script>,
    /// Under review, or applied before (`--since`).
    pub under_review: bool,
}

/// The SQL of one direction of one migration.
#[derive(Debug, Clone)]
pub struct Script {
    /// The name to call it by: `002_add_variant_columns.sql`.
    pub title: String,
    /// The file it is in.
    pub file: FileId,
    /// Which of the file's bytes.
    pub range: Range<u32>,
    /// The text of exactly those bytes, in which everything that is not SQL of this script
    /// (prose, the other direction, a tool's markers) is blanked: offsets in it plus
    /// `range.start` are offsets in the file.
    pub text: Arc<str>,
    /// How the runner wraps it.
    pub transaction: TransactionMode,
    /// The script is only named and its SQL is not among the files (a document may do that).
    pub missing: bool,
}

/// Something among the input that is not part of the history.
#[derive(Debug, Clone)]
pub struct SetAside {
    /// The file.
    pub file: FileId,
    /// Which of its bytes.
    pub range: Range<u32>,
    /// Why, in one sentence.
    pub reason: String,
}

/// A migration tool, as far as its files and its runner matter to a review.
#[derive(Debug)]
pub struct Layout {
    /// What `--layout` calls it: `golang-migrate`.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Are these its files?
    pub recognise: fn(&Files<'_>) -> Option<Recognition>,
    /// Its files as migrations in order. What it leaves out is set aside by [`read`].
    pub read: fn(&Files<'_>) -> Draft,
    /// How it runs them.
    pub runner: Runner,
    /// Where down scripts stand.
    pub down: Place,
    /// What people type to use it.
    pub commands: Commands,
    /// How new migrations are written; none where that takes more than files of SQL.
    pub writing: Option<Writing>,
}

/// How a tool's runner uses transactions.
#[derive(Debug)]
pub struct Runner {
    /// What it does with a script that says nothing else.
    pub wrapping: Wrapping,
    /// Does it put all pending migrations into one transaction?
    pub one_transaction: bool,
    /// Is it psql that runs the scripts, so that its backslash commands work?
    pub psql: bool,
    /// Does it know down scripts? Where it does not, they are kept by hand.
    pub goes_back: bool,
    /// The same for a reader, in one sentence.
    pub sentence: &'static str,
}

/// What a runner does with a script that says nothing about transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    /// BEGIN and COMMIT around it.
    Transaction,
    /// It sends the whole text as one simple query: several statements are one implicit transaction,
    /// and a statement that stands alone is in no transaction block
    /// (PostgreSQL manual, "Multiple Statements in a Simple Query").
    SimpleQuery,
    /// It sends statement by statement, and each commits by itself.
    EachStatement,
}

/// Shell commands for the generated README. `{file}` stands for a script's path,
/// `{migration}` for a migration's name on disk and `{name}` for the name of a new one.
#[derive(Debug)]
pub struct Commands {
    /// Applies what is pending.
    pub run: &'static str,
    /// Says what has been applied.
    pub status: &'static str,
    /// Goes one migration back.
    pub roll_back: &'static str,
    /// Begins the next migration.
    pub create: &'static str,
}

/// What makes a layout think that the files are its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// How sure it is.
    pub strength: Strength,
    /// How many files it would read.
    pub files: usize,
    /// Why, in one sentence for the reader.
    pub reason: String,
}

/// How sure a layout is, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It reads anything.
    Anything,
    /// The names would do, and would do for others too.
    Possible,
    /// Hardly another tool names its files so.
    Names,
    /// A file is there that only this tool has.
    Marker,
}

/// What a layout makes of the files.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// In the order in which the tool runs them.
    pub migrations: Vec<Migration>,
    /// One script that undoes them all.
    pub down_of_all: Option<Script>,
    /// Down scripts without their migration.
    pub orphans: Vec<Script>,
    /// What the layout itself knows to be no migration.
    pub set_aside: Vec<SetAside>,
    /// See [`History::mixed`].
    pub mixed: Vec<(FileId, u32)>,
}

/// Every layout; of two that are equally sure, the earlier one is chosen.
pub static LAYOUTS: &[&Layout] = &[
    &prisma::LAYOUT,
    &drizzle::LAYOUT,
    &sqitch::LAYOUT,
    &goose::LAYOUT,
    &sql_migrate::LAYOUT,
    &dbmate::LAYOUT,
    &tern::LAYOUT,
    &node_pg_migrate::LAYOUT,
    &liquibase::LAYOUT,
    &graphile_migrate::LAYOUT,
    &sea_orm::LAYOUT,
    &hasura::LAYOUT,
    &diesel::LAYOUT,
    &refinery::LAYOUT,
    &flyway::LAYOUT,
    &supabase::LAYOUT,
    &atlas::LAYOUT,
    &sqlx::LAYOUT,
    &pop::LAYOUT,
    &go_pg::LAYOUT,
    &postgres_migrations::LAYOUT,
    &yoyo::LAYOUT,
    &alembic::LAYOUT,
    &django::LAYOUT,
    &schema_dump::LAYOUT,
    &golang_migrate::LAYOUT,
    &timestamped::LAYOUT,
    &numbered::LAYOUT,
    &markdown::LAYOUT,
    &plain::LAYOUT,
];

impl Runner {
    /// Of a tool that knows down scripts and runs each script in a transaction of its own; `sentence` says so.
    pub(crate) const fn in_transactions(sentence: &'static str) -> Runner {
        Runner {
            wrapping: Wrapping::Transaction,
            one_transaction: false,
            psql: false,
            goes_back: true,
            sentence,
        }
    }
}

impl Wrapping {
    /// What becomes of a script with this text.
    pub fn mode(self, text: &str) -> TransactionMode {
        match self {
            Wrapping::Transaction => TransactionMode::Single,
            Wrapping::SimpleQuery if outline::statements(text).nth(1).is_some() => TransactionMode::Single,
            Wrapping::SimpleQuery | Wrapping::EachStatement => TransactionMode::None,
        }
    }
}

/// What `read` makes of the file of that name: of several that nearest to the top. It may be part of a paste.
pub(crate) fn with_file<T>(workspace: &Workspace, name: &str, read: impl FnOnce(&File) -> T) -> Option<T> {
    // Cutting a paste takes its time.
    if !workspace.files().any(|(_, file)| file.name() == name || file.text.contains(name)) {
        return None;
    }
    let patched = diff::patched(workspace);
    let files = Files::of(workspace, &patched);
    let named = files.iter().filter(|file| file.name() == name);
    named.min_by_key(|file| file.path.matches('/').count()).map(read)
}

/// The history in the files. Whatever the files are, there is one, and every file is in it or set aside.
pub fn read(workspace: &Workspace, settings: &Settings) -> History {
    let patched = diff::patched(workspace);
    let mut files = Files::of(workspace, &patched);
    let baseline = settings.baseline.as_ref().map(|(path, _)| files.take_out(path)).unwrap_or_default();
    let (layout, mut reason) = choose(&files, settings.layout.as_deref());
    let Draft { migrations, down_of_all, orphans, set_aside, mixed } = (layout.read)(&files);
    let mut history = History {
        layout,
        reason: String::new(),
        migrations,
        down_of_all,
        orphans,
        set_aside,
        changed: Vec::new(),
        one_transaction: layout.runner.one_transaction && settings.transaction.is_none(),
        mixed,
    };
    set_leftovers_aside(&mut history, &files);
    history.set_aside.extend(baseline.into_iter().map(|file| SetAside {
        file: file.id,
        range: file.range,
        reason: "The baseline.".to_owned(),
    }));
    set_patches_aside(&mut history, &patched);
    sorted::sort_by_key(&mut history.set_aside, |aside| (aside.file, aside.range.start));
    for script in history.scripts_mut() {
        if let Some(mode) = settings.transaction {
            script.transaction = mode;
        }
        if files.says_no_transaction(script) {
            script.transaction = TransactionMode::None;
        }
    }
    if let Some(since) = &settings.since
        && !mark_reviewed_before(&mut history.migrations, since)
    {
        reason = format!("{reason} No migration is at or before version {since}, so all are under review.");
    }
    history.reason = reason;
    history
}

/// The layout that is named, or else the one that is surest, and why.
fn choose(files: &Files<'_>, named: Option<&str>) -> (&'static Layout, String) {
    let unknown = match named.filter(|name| *name != "auto") {
        None => String::new(),
        Some(name) => match LAYOUTS.iter().find(|layout| layout.name.eq_ignore_ascii_case(name)) {
            Some(layout) => return (layout, format!("The layout {name} was asked for.")),
            None => format!("There is no layout named {name}. "),
        },
    };
    let mut candidates: Vec<_> =
        LAYOUTS.iter().filter_map(|layout| Some((*layout, (layout.recognise)(files)?))).collect();
    // A stable sort: of equals the first in the table stays first.
    sorted::sort_by_key(&mut candidates, |(_, recognition)| {
        Reverse((recognition.strength, recognition.files))
    });
    let Some((layout, recognition)) = candidates.first() else {
        return (&plain::LAYOUT, format!("{unknown}There are no files."));
    };
    let rivals: Vec<_> = candidates[1..]
        .iter()
        .filter(|(_, rival)| rival.strength >= Strength::Names)
        .map(|(rival, _)| rival.title)
        .collect();
    let rivals = match rivals.as_slice() {
        [] => String::new(),
        titles => format!(" Files of {} are there too.", titles.join(" and ")),
    };
    (layout, format!("{unknown}{}{rivals}", recognition.reason))
}

/// What a diff does to files that were there before.
fn set_patches_aside(history: &mut History, patched: &[Patched]) {
    for Patched { diff: file, path, range, text, change } in patched {
        let reason = match change {
            Change::Added => continue,
            Change::Removed => "the diff removes it.",
            Change::Changed => "the diff changes it, and shows only parts of it.",
            Change::Moved => "the diff gives it another name, or changes nothing in it.",
        };
        history.set_aside.push(SetAside {
            file: *file,
            range: range.clone(),
            reason: format!("{path}: {reason}"),
        });
        if *change == Change::Changed && file_name::has_sql_ending(path) {
            history.changed.push(Script {
                title: path.clone(),
                file: *file,
                range: range.clone(),
                text: mask::blank(text).into(),
                transaction: TransactionMode::None,
                missing: false,
            });
        }
    }
}

/// Nothing is dropped in silence: a file that the layout did not touch is set aside.
fn set_leftovers_aside(history: &mut History, files: &Files<'_>) {
    let mut touched: Vec<(FileId, Range<u32>)> =
        history.scripts_mut().map(|script| (script.file, script.range.clone())).collect();
    touched.extend(history.set_aside.iter().map(|aside| (aside.file, aside.range.clone())));
    sorted::sort_by_key(&mut touched, |(id, range)| (*id, range.start));
    let is_touched = |file: &File<'_>| {
        let begin = (file.id, file.range.start);
        let first = touched.partition_point(|(id, range)| (*id, range.start) < begin);
        touched.get(first).is_some_and(|(id, range)| *id == file.id && range.end <= file.range.end)
    };
    for file in files.iter().filter(|file| !is_touched(file) && !file.text().trim().is_empty()) {
        let reason = if file.name() == CONFIGURATION_FILE {
            "Lockstep's own configuration.".to_owned()
        } else if file.is_document() {
            "A document, not a migration.".to_owned()
        } else if file.is_sql() {
            format!("{} would not run this file.", history.layout.title)
        } else {
            "Not an SQL file.".to_owned()
        };
        history.set_aside.push(SetAside { file: file.id, range: file.range.clone(), reason });
    }
}

/// Marks the migrations up to and including version `since`; false when there are none.
fn mark_reviewed_before(migrations: &mut [Migration], since: &str) -> bool {
    let exact = position_of(migrations, since);
    let is_number = |version: &str| version.starts_with(|first: char| first.is_ascii_digit());
    let below = || {
        migrations.iter().rposition(|migration| {
            is_number(since)
                && is_number(&migration.version)
                && file_name::compare_versions(&migration.version, since) == Ordering::Less
        })
    };
    let Some(last) = exact.or_else(below) else { return false };
    for migration in &mut migrations[..=last] {
        migration.under_review = false;
    }
    true
}

/// The last migration of that version; `2` means `002` too.
fn position_of(migrations: &[Migration], version: &str) -> Option<usize> {
    migrations.iter().rposition(|migration| {
        migration.version == version
            || file_name::compare_versions(&migration.version, version) == Ordering::Equal
    })
}

impl History {
    /// The last migration of that version; `2` means `002` too.
    pub fn position_of(&self, version: &str) -> Option<usize> {
        position_of(&self.migrations, version)
    }

    /// Every script, up and down, paired or not.
    fn scripts_mut(&mut self) -> impl Iterator<Item = &mut Script> {
        let pairs = self
            .migrations
            .iter_mut()
            .flat_map(|migration| std::iter::once(&mut migration.up).chain(migration.down.as_mut()));
        pairs.chain(self.down_of_all.as_mut()).chain(self.orphans.iter_mut())
    }
}

#[cfg(test)]
mod tests;
