//! When it goes wrong: a script that stops half-way, the way back, and the backup.

use super::chapter::Chapter;
use super::one_by_one::judged;
use super::{checks, running, steps};
use crate::Review;
use crate::report::markup::{self, and_more, code};
use crate::rollback::Verdict;
use crate::sql::Command;
use crate::timeline::Rerun;

/// More names than these are not listed.
const NAMED: usize = 12;

/// What stays of a script that stops half-way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Nothing.
    Whole,
    /// What ran before; it can be run again as it is.
    Repeatable,
    /// What ran before; a second run is refused or does more.
    Stuck,
}

/// What to do when a script fails or is cancelled.
pub(super) fn halfway(review: &Review, chapters: &[Chapter]) -> String {
    let of = |wanted: Stop| -> Vec<String> {
        chapters.iter().filter(|own| stop(**own) == Some(wanted)).map(Chapter::label).collect()
    };
    let mut items = Vec::new();
    let mut item = |labels: Vec<String>, text: &str| {
        if !labels.is_empty() {
            items.push(format!("{}: {text}", and_more(&labels, NAMED)));
        }
    };
    let whole = of(Stop::Whole);
    let all = chapters.iter().filter(|own| stop(**own).is_some()).count();
    let in_one = review.history.one_transaction && all > 1;
    let text = match (in_one, whole.len() == all) {
        (true, true) => {
            "all of them are one transaction, and the server undoes it. Nothing stays; mend the cause and run them again."
        }
        (true, false) => {
            "they share one transaction, which a COMMIT in another script ends: what ran since the last COMMIT is undone. Mend the cause and run them again."
        }
        (false, _) => {
            "one transaction, which the server undoes. Nothing stays; mend the cause and run it again."
        }
    };
    if whole.len() == all && all > 1 && !in_one {
        item(vec!["Every script".to_owned()], text);
    } else {
        item(whole, text);
    }
    item(of(Stop::Repeatable), "what ran before the failure stays, and running it again is safe.");
    item(
        of(Stop::Stuck),
        "what ran before the failure stays, and a second run does not go through as it is: run the statements that are left, from the one that failed.",
    );
    let concurrent: Vec<String> = chapters
        .iter()
        .flat_map(|chapter| chapter.moments())
        .filter_map(|(_, statement, moment)| match &statement.command {
            Command::CreateIndex(create) if create.concurrently && moment.step.error.is_none() => {
                create.name.as_deref().map(code)
            }
            _ => None,
        })
        .collect();
    if !concurrent.is_empty() {
        items.push(format!(
            "A concurrent build that fails or is cancelled leaves an invalid index: drop {} first.",
            and_more(&concurrent, NAMED)
        ));
    }
    if items.is_empty() {
        return String::new();
    }
    items.push(format!(
        "{} (55P03) or {} (57014): the statement gave up and changed nothing. Find who holds the lock, and try again.",
        code("lock_timeout"),
        code("statement_timeout")
    ));
    let mut out = markup::list("-", items);
    if let Some((why, command)) = running::after_failure(review) {
        out += &format!("\n{why}\n\n{}", markup::block("sh", command));
    }
    out
}

fn stop(chapter: Chapter) -> Option<Stop> {
    let run = chapter.up();
    let mut own = chapter
        .moments()
        .filter(|(_, statement, _)| !matches!(statement.command, Command::Transaction(_) | Command::Set(_)));
    let (first, _, moment) = own.next()?;
    let last = own.last().map_or(first, |(index, _, _)| index);
    let is_whole = first == last || moment.transaction.is_some() && run.together_with(first).contains(&last);
    Some(match &chapter.review.reruns[chapter.index] {
        _ if is_whole => Stop::Whole,
        Rerun::Harmless => Stop::Repeatable,
        _ => Stop::Stuck,
    })
}

/// The way back: what to type, what comes of it, how to check it.
pub(super) fn section(review: &Review, chapters: &[Chapter]) -> String {
    let mut out = running::roll_back(review);
    if let (Some(down), Some(way)) = (&review.history.down_of_all, &review.way_back_of_all) {
        out += &format!("\n{} undoes all migrations together: {}", code(&down.title), judged(down, way));
    }
    let of = |wanted: &[Verdict]| -> Vec<String> {
        let found = chapters.iter().rev().filter(|chapter| {
            wanted.contains(&chapter.way_back().verdict)
                && (chapter.migration().down.is_some() || review.history.down_of_all.is_none())
        });
        found.map(|chapter| chapter.label()).collect()
    };
    let mut items = Vec::new();
    let mut item = |versions: &[String], text: &str| {
        if !versions.is_empty() {
            items.push(format!("{}: {text}", and_more(versions, NAMED)));
        }
    };
    let lacking = chapters.iter().rev().filter(|chapter| chapter.lacks_way_back());
    let missing: Vec<String> = lacking.map(Chapter::label).collect();
    item(&of(&[Verdict::Exact]), "the script leads back exactly.");
    item(&of(&[Verdict::Lossy]), "the script leads back and destroys data; save it first.");
    item(&of(&[Verdict::Incomplete]), "the script leaves differences; finish it before relying on it.");
    item(&of(&[Verdict::Fails]), "the script fails; correct it before relying on it.");
    item(&of(&[Verdict::Unknown]), "whether the script leads back cannot be told; try it on a copy.");
    item(
        &missing,
        &format!(
            "there is no script; {} writes one, or settle that the backup is the way back.",
            code("lockstep rollback")
        ),
    );
    if !items.is_empty() {
        out += "\nWhat to expect of each:\n\n";
        out += &markup::list("-", items);
    }
    let has_script = review.history.down_of_all.is_some() || missing.len() < chapters.len();
    let saved = checks::copies(review);
    if has_script && !saved.is_empty() && saved.len() <= NAMED {
        out += "\nSave first what the way back destroys, in psql:\n\n";
        out += &markup::block("sql", &saved.join("\n"));
    }
    let all = review.way_back_of_all.as_ref();
    let fails = |verdict: Verdict| verdict == Verdict::Fails;
    let leads_back = match all {
        Some(way) => !fails(way.verdict),
        None => missing.is_empty() && !chapters.iter().any(|chapter| fails(chapter.way_back().verdict)),
    };
    if leads_back {
        let checks = checks::after_rollback(review);
        if !checks.is_empty() {
            out += "\nWhen all of it is rolled back, these give what they should:\n\n";
            out += &steps(checks);
        }
    }
    out += "\nThe last resort is the backup. What was written since it was made is lost:\n\n";
    out += &markup::block(
        "sh",
        "pg_restore --clean --if-exists --no-owner --dbname \"$DATABASE_URL\" before_migration.dump",
    );
    out.trim_start().to_owned()
}
