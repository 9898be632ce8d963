//! The ways back of a rewrite: what the migration's own script no longer has to undo, and what the last steps undo, which
//! takes away what the first ones began with.

use std::ops::Range;

use super::files::{Splice, Written, applied};
use super::plan::{Phase, Refill, bounded};
use crate::layout::{self, Script};
use crate::review::Review;
use crate::rollback;
use crate::rules::Place;
use crate::schema::diff;
use crate::settings::Settings;
use crate::sorted;
use crate::sql::{Command, parse};
use crate::timeline::{self, Run, lived_in, simulate_script};

/// The phases with ways back for those that say only which column these have to fill.
pub(super) fn write(
    review: &Review,
    place: &Place,
    mut phases: Vec<Phase>,
    laid_out: &Written,
) -> Option<Vec<Phase>> {
    let workspace = applied(&review.workspace, &laid_out.edits);
    let settings =
        Settings { layout: Some(review.history.layout.name.to_owned()), ..review.settings.clone() };
    let history = layout::read(&workspace, &settings);
    let timeline = timeline::simulate_from(&history, &settings, &review.timeline, place.migration);
    for (phase, version) in phases.iter_mut().zip(&laid_out.versions) {
        let Some(refill) = &phase.refill else { continue };
        let is_it = |own: &layout::Migration| own.version == *version;
        let index = history.migrations.iter().position(is_it)?;
        let made = rollback::written(&workspace, &history, &timeline, index)?;
        let statements = parse(&made.text, 0);
        let own = statements.iter().filter(|own| !matches!(own.command, Command::Transaction(_)));
        let texts = own.map(|own| &made.text[own.range.start as usize..own.range.end as usize]);
        phase.down = bounded(filled(texts, refill));
    }
    Some(phases)
}

/// Statements that bring a column back, with the one that fills it before it has to have values.
fn filled<'a>(statements: impl Iterator<Item = &'a str>, refill: &Refill) -> Vec<String> {
    let column = &refill.column;
    let (adds, demands) = (format!(" ADD COLUMN {column} "), format!(" ALTER COLUMN {column} SET NOT NULL"));
    let mut fill = refill.statement.clone();
    let mut found: Vec<String> = Vec::new();
    for statement in statements {
        match statement.strip_suffix(" NOT NULL").filter(|rest| rest.contains(&adds)) {
            Some(nullable) if fill.is_some() => {
                let table = nullable.split(" ADD COLUMN ").next().unwrap_or_default();
                found.push(nullable.to_owned());
                found.extend(fill.take());
                found.push(format!("{table}{demands}"));
            }
            _ => {
                if statement.ends_with(&demands) {
                    found.extend(fill.take());
                }
                found.push(statement.to_owned());
            }
        }
    }
    // Last of all, but before a trigger does it again for each row.
    if let Some(fill) = fill {
        let at = found.iter().position(|own| own.starts_with("CREATE TRIGGER ")).unwrap_or(found.len());
        found.insert(at, fill);
    }
    found
}

/// The bytes of a statement with its semicolon and line end.
fn whole(text: &str, range: Range<usize>) -> Range<usize> {
    let behind = text.get(range.end..).unwrap_or_default();
    let mut end = range.end;
    if behind.trim_start().starts_with(';') {
        end += behind.len() - behind.trim_start().len() + 1;
    }
    if text.get(end..).is_some_and(|rest| rest.starts_with('\n')) {
        end += 1;
    }
    range.start..end
}

/// The way back of the migration without the statements that go along with what it no longer does.
pub(super) fn cut(review: &Review, place: &Place, changed: &[Splice]) -> Vec<Splice> {
    let migration = &review.history.migrations[place.migration];
    let Some(down) = migration.down.as_ref().filter(|down| !down.missing) else { return Vec::new() };
    let server = &review.timeline.server;
    let base = migration.up.range.start as usize;
    let mut text = migration.up.text.to_string();
    let mut ordered: Vec<&Splice> = changed.iter().collect();
    sorted::sort_by_key(&mut ordered, |splice| std::cmp::Reverse(splice.range.start));
    for splice in ordered {
        text.replace_range(splice.range.start - base..splice.range.end - base, &splice.text);
    }
    let up = Script { text: text.into(), ..migration.up.clone() };
    let after = lived_in(&simulate_script(&up, &place.run().before, server).after);
    let mut cut: Vec<Range<usize>> = Vec::new();
    let start = down.range.start as usize;
    loop {
        let mut text = down.text.to_string();
        for range in &cut {
            let blank = " ".repeat(range.len());
            text.replace_range(range.start - start..range.end - start, &blank);
        }
        let run = simulate_script(&Script { text: text.as_str().into(), ..down.clone() }, &after, server);
        let missing = |code: &str| matches!(code, "42704" | "42P01" | "42703" | "42883");
        let failing = run.first_error().filter(|(_, error)| missing(error.sqlstate));
        let Some((index, _)) = failing else { break };
        let range = &run.statements[index].range;
        let own = whole(&text, range.start as usize - start..range.end as usize - start);
        cut.push(own.start + start..own.end + start);
    }
    // What undid something and undoes nothing now goes as well: run again, it could change rows.
    let undoes = |run: &Run| -> Vec<bool> {
        let moments = run.moments.iter().enumerate();
        moments
            .map(|(index, moment)| {
                !diff(&run.state_before(index).schema, &moment.step.after.schema).is_empty()
            })
            .collect()
    };
    let lived = lived_in(&place.run().after);
    let was = simulate_script(down, &lived, server);
    let now = simulate_script(down, &after, server);
    let pairs = undoes(&was).into_iter().zip(undoes(&now));
    for (index, _) in pairs.enumerate().filter(|(_, (was, now))| *was && !*now) {
        let range = &was.statements[index].range;
        let own = whole(&down.text, range.start as usize - start..range.end as usize - start);
        let own = own.start + start..own.end + start;
        if !cut.contains(&own) {
            cut.push(own);
        }
    }
    cut.into_iter().map(|range| Splice { file: down.file, range, text: String::new() }).collect()
}
