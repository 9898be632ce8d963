//! One table of the whole history: has every migration its rollback, do the numbers and the counts match, is nothing
//! orphaned, and what does a second run of each script.

use super::chapter::Chapter;
use super::naming;
use crate::Review;
use crate::layout::{Migration, Script};
use crate::report::markup::{self, code, count, prose_in_public};
use crate::sorted::Set;
use crate::timeline::{Rerun, Run, rerun};

/// The section's Markdown.
pub(super) fn section(review: &Review) -> String {
    let history = &review.history;
    let server = &review.timeline.server;
    let mut shared: Set<String> = Set::default();
    let (mut harmless, mut scripts, mut with_own, mut only_named) = (0, 0, 0, 0);
    let mut second = |script: &Script, rerun: &Rerun, run: Option<&Run>| {
        scripts += usize::from(!script.missing);
        harmless += usize::from(*rerun == Rerun::Harmless);
        told(review, script, rerun, run)
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (index, migration) in history.migrations.iter().enumerate() {
        let way = &review.ways_back[index];
        let (rollback, back_again) = match &migration.down {
            Some(down) => {
                with_own += 1;
                only_named += usize::from(down.missing);
                let own = way.run.as_ref().filter(|_| !down.missing);
                let again = own.map(|run| second(down, &rerun(down, run, server), Some(run)));
                (format!("{} ({})", code(last_part(&down.title)), way.verdict.name()), again)
            }
            None if history.down_of_all.is_some() => ("with the set".to_owned(), None),
            None if Chapter { review, index }.lacks_way_back() => ("missing".to_owned(), None),
            None => ("nothing to undo".to_owned(), None),
        };
        let run = review.timeline.ups.get(index);
        let again = second(&migration.up, &review.reruns[index], run);
        let state = if migration.under_review { "" } else { " (applied before)" };
        rows.push(vec![
            code(&migration.version),
            code(&naming::on_disk(migration)) + state,
            rollback,
            number(review, migration, &mut shared),
            again,
            back_again.unwrap_or_else(|| "–".to_owned()),
        ]);
    }
    for orphan in &history.orphans {
        let name = last_part(&orphan.title);
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        let (version, missing) = match digits.is_empty() {
            true => ("–".to_owned(), "no migration of this name".to_owned()),
            false => (code(&digits), format!("no migration {}", code(&digits))),
        };
        let none = || "–".to_owned();
        rows.push(vec![version, none(), format!("{} (orphaned)", code(name)), missing, none(), none()]);
    }
    let all = history.migrations.len();
    let rollbacks = with_own + history.orphans.len();
    let mut sentences = vec![match (with_own == all, &history.down_of_all) {
        (true, _) if all == 1 => "The migration has its rollback.".to_owned(),
        (true, _) => format!("Each of the {all} migrations has its rollback."),
        (false, Some(down)) if with_own == 0 => {
            format!("{} undoes all {} together.", code(&down.title), count(all, "migration", "migrations"))
        }
        _ => format!("{with_own} of {} have a rollback of their own.", count(all, "migration", "migrations")),
    }];
    if only_named > 0 {
        sentences.push(match only_named == with_own {
            true => "The rollbacks are only named here: their SQL is not.".to_owned(),
            false => format!("Of {only_named} of the rollbacks only the name is here."),
        });
    }
    if rollbacks != all && rollbacks > 0 {
        sentences.push(format!("The counts differ: {all} up, {rollbacks} down."));
    }
    if scripts > 0 {
        sentences.push(match harmless {
            0 => "No script can be run a second time without effect.".to_owned(),
            _ if harmless == scripts => "Every script can be run a second time without effect.".to_owned(),
            _ => format!("{harmless} of {scripts} scripts can be run a second time without effect."),
        });
    }
    let header =
        ["Number", "Migration", "Rollback", "Number matches", "A second run", "Rollback, a second run"];
    // Where nothing is known but names, columns about the SQL would be empty.
    let is_told = |column: usize| column < 4 || rows.iter().any(|row| row[column] != "–") && scripts > 0;
    let kept = |row: &[String]| -> Vec<String> {
        row.iter().enumerate().filter(|(column, _)| is_told(*column)).map(|(_, cell)| cell.clone()).collect()
    };
    let header: Vec<&str> =
        (0..header.len()).filter(|column| is_told(*column)).map(|at| header[at]).collect();
    let table = markup::table(&header, &rows.iter().map(|row| kept(row)).collect::<Vec<_>>());
    format!("{}\n\n{}", sentences.join(" "), super::folded_if_long(rows.len(), "All of them", &table))
}

fn last_part(title: &str) -> &str {
    title.rsplit('/').next().unwrap_or(title)
}

/// Is the number its own, and that of its rollback?
fn number(review: &Review, migration: &Migration, seen: &mut Set<String>) -> String {
    let is_number = migration.version.starts_with(|first: char| first.is_ascii_digit());
    let again = !seen.insert(migration.version.clone());
    if is_number && again {
        return "given twice".to_owned();
    }
    let has_down = migration.down.is_some() || review.history.down_of_all.is_some();
    if has_down { "yes" } else { "–" }.to_owned()
}

/// What a second run of a script comes to.
fn told(review: &Review, script: &Script, rerun: &Rerun, run: Option<&Run>) -> String {
    match rerun {
        Rerun::Harmless => "without effect".to_owned(),
        Rerun::Refused { at, error } => {
            let file = review.workspace.file(script.file);
            let statement = run.and_then(|run| run.statements.get(*at));
            let line = statement
                .map_or_else(String::new, |own| format!(", line {}", file.position(own.range.start).line));
            format!("fails{line}: {}", prose_in_public(error))
        }
        Rerun::Repeats(lines) => prose_in_public(&lines[0]),
        Rerun::Unknown(reason) => format!("not known: {}", prose_in_public(reason)),
    }
}
