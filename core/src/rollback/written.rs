//! The way back as Lockstep writes it: named, marked and wrapped as the tool wants it, and verified like any other.

use std::sync::Arc;

use super::undescribed;
use super::write::{Body, Piece, write};
use super::{Verdict, WayBack, fails_again, judge};
use crate::layout::writing::{Outside, path_of, statement_text};
use crate::layout::{History, Place, Script, Wrapping, down_path};
use crate::settings::TransactionMode;
use crate::sql::{Command, parse};
use crate::text::Workspace;
use crate::timeline::{LivedIn, Run, Timeline, simulate_script};

/// A way back that Lockstep has written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The file that it belongs into: one of its own, or the migration's.
    pub path: String,
    /// Does it stand behind the up script, in its file?
    pub same_file: bool,
    /// The text, with the tool's markers.
    pub text: String,
    /// How the tool's runner wraps it.
    pub transaction: TransactionMode,
    /// What becomes of it: it is verified like a script that was there.
    pub way: WayBack,
    /// What it does not bring back, one line each: data, and what could not be written.
    pub cannot_restore: Vec<String>,
}

/// How a script is run.
struct Manner<'h> {
    history: &'h History,
    /// What the runner does.
    mode: TransactionMode,
    /// Indexes are built and dropped CONCURRENTLY.
    outside: bool,
    /// The script has to say BEGIN and COMMIT itself.
    own_transaction: bool,
    /// The line that it begins with, or nothing.
    begins: String,
    /// What each of its lines begins with.
    each_line: &'static str,
}

/// The way back of one migration, whether or not there is one already. None when there is no such migration.
pub fn written(
    workspace: &Workspace,
    history: &History,
    timeline: &Timeline,
    migration: usize,
) -> Option<Written> {
    let (own, up) = (history.migrations.get(migration)?, timeline.ups.get(migration)?);
    let mut lived = LivedIn::default();
    let (before, after) = (lived.of(&up.before), lived.of(&up.after));
    let body = write(&up.before.schema, &after, &timeline.server);
    let manner = Manner::of(history, own.up.transaction, &body, is_concurrent(up));
    let path = down_path(history, own, |script| path_of(workspace, history, script));
    let verify = |script: &Script| {
        let run = simulate_script(script, &after, &timeline.server);
        let again = fails_again(&own.up, up, &run, &timeline.server);
        with_unknown(judge(&up.before.schema, &before.schema, &[up], run, again), &[up])
    };
    Some(compose(&own.up.title, path, &manner, body, verify))
}

/// One way back for the whole set. None when there is no migration.
pub fn written_for_all(workspace: &Workspace, history: &History, timeline: &Timeline) -> Option<Written> {
    let (first, last) = (timeline.ups.first()?, timeline.ups.last()?);
    let mut lived = LivedIn::default();
    let (before, after) = (lived.of(&first.before), lived.of(&last.after));
    let body = write(&first.before.schema, &after, &timeline.server);
    let outside = !body.pieces.is_empty() && body.pieces.iter().all(|piece| piece.concurrently.is_some());
    let manner = Manner {
        history,
        mode: TransactionMode::None,
        outside,
        own_transaction: !outside && statement_count(&body) > 1,
        begins: String::new(),
        each_line: "",
    };
    let path = match &history.down_of_all {
        Some(script) => workspace.file(script.file).path.clone(),
        None => "rollback_all.sql".to_owned(),
    };
    let ups: Vec<&Run> = timeline.ups.iter().collect();
    let title = match history.migrations.as_slice() {
        [only] => only.up.title.clone(),
        [first, .., last] => format!("{} to {}", first.up.title, last.up.title),
        [] => String::new(),
    };
    let verify = |script: &Script| {
        let run = simulate_script(script, &after, &timeline.server);
        with_unknown(judge(&first.before.schema, &before.schema, &ups, run, None), &ups)
    };
    Some(compose(&title, path, &manner, body, verify))
}

/// What nobody can write again is not restored, whatever the catalogs say that do not know it.
fn with_unknown(mut way: WayBack, ups: &[&Run]) -> WayBack {
    for (_, error) in ups.iter().filter_map(|up| up.first_error()) {
        way.unknown
            .push(format!("the migration itself fails: {} (SQLSTATE {})", error.message, error.sqlstate));
    }
    // That what was dropped is missing has been said.
    let others = undescribed::touched(ups).into_iter().filter(|object| !object.is_dropped);
    way.unknown.extend(others.map(|object| object.unknown()));
    if !way.unknown.is_empty() && matches!(way.verdict, Verdict::Exact | Verdict::Lossy) {
        way.verdict = Verdict::Unknown;
    }
    way
}

impl Manner<'_> {
    fn of<'h>(history: &'h History, up: TransactionMode, body: &Body, up_is_concurrent: bool) -> Manner<'h> {
        let (runner, place) = (&history.layout.runner, history.layout.down);
        let writing = history.layout.writing.as_ref();
        let said = writing.map_or(Outside::Never, |writing| writing.outside);
        let pieces = &body.pieces;
        let statements = statement_count(body);
        let of_indexes = pieces.iter().filter(|piece| piece.concurrently.is_some()).count();
        let wanted = of_indexes > 0 && (of_indexes == pieces.len() || up_is_concurrent);
        // What a file's first line says is said of both directions in it, as is what a folder says.
        let on_its_own = match said {
            Outside::FirstLine(_) => place != Place::SameFile,
            Outside::InSection(_) => true,
            _ => false,
        };
        // A tool without ways back has the script run by hand, in one transaction.
        let possible = runner.goes_back
            && match runner.wrapping {
                Wrapping::EachStatement => true,
                Wrapping::SimpleQuery => statements == 1,
                Wrapping::Transaction => on_its_own || up == TransactionMode::None,
            };
        let outside = wanted && possible;
        let mode = match runner.wrapping {
            _ if !runner.goes_back => TransactionMode::Single,
            Wrapping::EachStatement => TransactionMode::None,
            Wrapping::SimpleQuery if statements == 1 => TransactionMode::None,
            Wrapping::SimpleQuery => TransactionMode::Single,
            Wrapping::Transaction if outside => TransactionMode::None,
            Wrapping::Transaction if !on_its_own => up,
            Wrapping::Transaction => TransactionMode::Single,
        };
        let section = writing.and_then(|writing| writing.sections).map(|(_, down)| down);
        let begins = match (section, said) {
            (Some(line), Outside::InSection(words)) if outside => format!("{line} {words}"),
            (Some(line), _) => line.to_owned(),
            (None, Outside::FirstLine(line)) if outside && runner.goes_back => line.to_owned(),
            (None, _) => String::new(),
        };
        Manner {
            history,
            mode,
            outside,
            own_transaction: mode == TransactionMode::None && !outside && statements > 1,
            begins,
            each_line: match place {
                Place::SameFileLines(begin) => begin,
                _ => "",
            },
        }
    }
}

fn statement_count(body: &Body) -> usize {
    body.pieces.iter().map(|piece| parse(&piece.sql, 0).len()).sum()
}

/// Does a script build or drop indexes CONCURRENTLY?
fn is_concurrent(run: &Run) -> bool {
    run.statements.iter().any(|statement| match &statement.command {
        Command::CreateIndex(create) => create.concurrently,
        Command::Drop(drop) => drop.concurrently,
        _ => false,
    })
}

/// The script's text. What it says about itself is what the verification of the very same statements gave.
fn compose(
    title: &str,
    path: String,
    manner: &Manner,
    body: Body,
    verify: impl Fn(&Script) -> WayBack,
) -> Written {
    let statements = statements(manner, &body.pieces);
    let first = verify(&script(title, &statements, manner.mode));
    let mut cannot_restore = first.lost.clone();
    cannot_restore.extend(body.unwritten.iter().map(|line| format!("not written: {line}")));
    let waits = !manner.outside
        && body.pieces.iter().any(|piece| piece.concurrently.is_some() && piece.drops.is_none());
    let mut text = preamble(title, &first, &body.unwritten, waits);
    if statements.is_empty() {
        text += "-- Nothing in the schema is to be undone.\n";
    } else {
        text += "\n";
        text += &statements;
    }
    let way = verify(&script(title, &text, manner.mode));
    if !manner.begins.is_empty() {
        text = format!("{}\n{text}", manner.begins);
    }
    if !manner.each_line.is_empty() {
        text = text.lines().map(|line| format!("{}{line}\n", manner.each_line)).collect();
    }
    let same_file = matches!(manner.history.layout.down, Place::SameFile | Place::SameFileLines(_));
    Written { path, same_file, text, transaction: manner.mode, way, cannot_restore }
}

fn script(title: &str, text: &str, transaction: TransactionMode) -> Script {
    Script {
        title: title.to_owned(),
        file: crate::text::FileId(0),
        range: 0..u32::try_from(text.len()).unwrap_or(u32::MAX),
        text: Arc::from(text),
        transaction,
        missing: false,
    }
}

/// What the script says about itself, as SQL comments.
fn preamble(title: &str, way: &WayBack, unwritten: &[String], waits: bool) -> String {
    let mut lines = vec![format!("Undoes {title}. Written by Lockstep from the simulated catalog.")];
    let list = |lines: &mut Vec<String>, heading: &str, items: &[String]| {
        if !items.is_empty() {
            lines.push(heading.to_owned());
            lines.extend(items.iter().map(|item| format!("  {item}")));
        }
    };
    match way.verdict {
        Verdict::Exact | Verdict::Lossy => {
            lines.push("Simulated: up and then this leaves the schema as it was before.".to_owned());
        }
        Verdict::Unknown => {
            lines.push(
                "Simulated: up and then this leaves the schema as it was, as far as the files tell."
                    .to_owned(),
            );
        }
        Verdict::Fails => {
            let error = way.run.as_ref().and_then(|run| run.first_error());
            let error = error.map(|(_, error)| format!("{} (SQLSTATE {})", error.message, error.sqlstate));
            list(&mut lines, "Simulated: it FAILS:", error.as_slice());
        }
        _ => list(
            &mut lines,
            "Simulated: after up and then this, the schema is as before, but for:",
            &way.differences,
        ),
    }
    list(&mut lines, "Not known:", &way.unknown);
    list(&mut lines, "What could not be written:", unwritten);
    list(&mut lines, "What it does not bring back:", &way.lost);
    if waits {
        lines.push(
            "It builds indexes in a transaction: writes to their tables wait until it has ended.".to_owned(),
        );
    }
    let comment =
        |line: &String| format!("-- {}", line.replace(['\n', '\r'], " ")).trim_end().to_owned() + "\n";
    lines.iter().map(comment).collect()
}

/// The statements: those of one kind that take a line each stand together, others have a blank line between them.
fn statements(manner: &Manner, pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut before: Option<(bool, String)> = None;
    for piece in pieces {
        let mut sql = match &piece.concurrently {
            Some(concurrently) if manner.outside => concurrently.clone(),
            _ => piece.sql.clone(),
        };
        if let Some(statement) = sql.trim_end().strip_suffix(';') {
            sql = statement_text(manner.history, statement).trim_end().to_owned();
        }
        let own = (sql.contains('\n'), sql.split(' ').take(2).collect::<Vec<_>>().join(" "));
        if let Some(before) = &before
            && (before.0 || own.0 || before.1 != own.1)
        {
            text += "\n";
        }
        text += &sql;
        text += "\n";
        before = Some(own);
    }
    if manner.own_transaction && !text.is_empty() {
        text = format!("BEGIN;\n\n{text}\nCOMMIT;\n");
    }
    text
}
