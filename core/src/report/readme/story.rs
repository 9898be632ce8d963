//! What a migration does, in words: from its comments and from what the simulation saw.

use super::chapter::Chapter;
use super::document;
use crate::report::markup::{self, and_more, prose_in_public, short};
use crate::sql::{Command, Dml};

/// More objects than these are not named in a summary.
const NAMED: usize = 4;
/// A comment longer than this is cut at a sentence or word.
const COMMENT: usize = 240;

/// Words that can stand before the object in what the simulation says of a change.
const BEFORE_OBJECT: &[&str] = &[
    "a",
    "access",
    "adds",
    "all",
    "alters",
    "attaches",
    "attribute",
    "changes",
    "clusters",
    "column",
    "comment",
    "comments",
    "concurrently",
    "constraint",
    "copies",
    "creates",
    "default",
    "deletes",
    "detaches",
    "disables",
    "domain",
    "drops",
    "empties",
    "enables",
    "enum",
    "extension",
    "foreign",
    "forces",
    "from",
    "function",
    "identity",
    "index",
    "inserts",
    "installs",
    "into",
    "level",
    "materialized",
    "merges",
    "method",
    "moves",
    "of",
    "on",
    "owner",
    "options",
    "partitioned",
    "policy",
    "primary",
    "procedure",
    "publication",
    "refreshes",
    "removes",
    "renames",
    "replaces",
    "replica",
    "role",
    "row",
    "rows",
    "rule",
    "schema",
    "security",
    "sequence",
    "sets",
    "settings",
    "statistics",
    "table",
    "temporary",
    "the",
    "to",
    "trigger",
    "type",
    "unique",
    "updates",
    "validates",
    "value",
    "view",
];

/// One sentence for the table of scripts.
pub(super) fn summary(chapter: Chapter) -> String {
    if chapter.migration().up.missing {
        return document::described(chapter).unwrap_or_else(|| {
            let name = markup::text(&chapter.migration().name);
            if name.is_empty() { "Only named here.".to_owned() } else { format!("By its name: {name}.") }
        });
    }
    let mut sentences = Vec::new();
    let deeds = deeds(chapter);
    if !deeds.is_empty() {
        sentences.push(grouped(&deeds.into_iter().map(|deed| deed.text).collect::<Vec<_>>()));
    }
    if let Some((statement, error)) = chapter.up().first_error() {
        sentences.push(format!("fails in line {} ({})", chapter.line(statement), error.sqlstate));
    }
    if sentences.is_empty() {
        return "Changes nothing.".to_owned();
    }
    markup::capitalised(&sentences.join("; ")) + "."
}

/// Something that a migration does.
pub(super) struct Deed {
    /// What, in words that begin with a verb.
    pub text: String,
    /// The statement.
    pub statement: usize,
}

/// What the statements do, in order, each once.
pub(super) fn deeds(chapter: Chapter) -> Vec<Deed> {
    let mut deeds: Vec<Deed> = Vec::new();
    for (index, statement, moment) in chapter.moments() {
        if moment.step.error.is_some() {
            continue;
        }
        let mut add = |text: String| {
            if !deeds.iter().any(|deed| deed.text == text) {
                deeds.push(Deed { text, statement: index });
            }
        };
        moment
            .step
            .changes
            .iter()
            .filter(|change| !change.starts_with("nothing:"))
            .for_each(|change| add(change.clone()));
        if let Command::Do(_) = statement.command {
            for (_, dml, _) in chapter.data_changes().filter(|(at, _, inner)| *at == index && *inner) {
                add(data_change(chapter, index, dml));
            }
            if moment.step.inner.iter().all(|inner| matches!(*inner.command, Command::Query(_)))
                && moment.step.changes.is_empty()
                && moment.step.modelled
            {
                add("checks the data in a DO block".to_owned());
            }
        }
        if !moment.step.modelled {
            add(format!(
                "runs {} in line {}, whose effect is not simulated",
                statement.tag,
                chapter.line(index)
            ));
        }
    }
    deeds
}

fn data_change(chapter: Chapter, statement: usize, dml: &Dml) -> String {
    let verb = match dml {
        Dml::Insert { .. } => "inserts rows into",
        Dml::Update { .. } => "updates rows of",
        Dml::Delete { .. } => "deletes rows of",
        Dml::Merge { .. } => "merges rows into",
    };
    let table = dml.table();
    let name =
        chapter.relation(statement, table).map_or_else(|| table.to_string(), |found| found.display_name());
    format!("{verb} {name}")
}

/// `creates table a`, `creates table b`, `adds column a.x` as `creates tables a and b; adds column a.x`.
fn grouped(deeds: &[String]) -> String {
    let mut groups: Vec<(String, String, Vec<String>)> = Vec::new();
    for deed in deeds {
        let (verb, object, rest) = split(deed);
        match groups.iter_mut().find(|group| group.0 == verb && group.1 == rest) {
            Some(group) if !group.2.contains(&object) => group.2.push(object),
            Some(_) => {}
            None => groups.push((verb, rest, vec![object])),
        }
    }
    let sentences: Vec<_> = groups
        .into_iter()
        .map(|(verb, rest, objects)| {
            let verb = prose_in_public(&if objects.len() > 1 { plural(&verb) } else { verb });
            let objects: Vec<_> = objects
                .iter()
                .filter(|object| !object.is_empty())
                .map(|object| markup::code(object))
                .collect();
            let words = [verb, and_more(&objects, NAMED), told(&rest)];
            words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    sentences.join("; ")
}

/// A deed as Markdown. What something is renamed to is a name, whatever it looks like.
pub(super) fn told(deed: &str) -> String {
    match deed.rsplit_once("to ") {
        Some((before, name))
            if !name.contains(' ') && (before.is_empty() || before.starts_with("renames ")) =>
        {
            format!("{}to {}", prose_in_public(before), markup::code(name))
        }
        _ => prose_in_public(deed),
    }
}

/// Verb, object and what follows. Where the object is part of a table that follows, that is left out.
fn split(deed: &str) -> (String, String, String) {
    let words: Vec<&str> = deed.split(' ').collect();
    if !BEFORE_OBJECT.contains(&words[0]) {
        return (deed.to_owned(), String::new(), String::new());
    }
    let at = words.iter().position(|word| !BEFORE_OBJECT.contains(word)).unwrap_or(words.len());
    let verb = words[..at].join(" ");
    // A function's signature has spaces of its own.
    let is_call = words.get(at).is_some_and(|word| word.contains('(') && !word.contains(')'));
    let end = if is_call {
        words[at..].iter().position(|word| word.contains(')')).map_or(words.len(), |close| at + close + 1)
    } else {
        (at + 1).min(words.len())
    };
    let object = words.get(at..end).map(|object| object.join(" ")).unwrap_or_default();
    if object.ends_with(',') {
        return (deed.to_owned(), String::new(), String::new());
    }
    let rest = words.get(end..).unwrap_or_default();
    let rest = if rest.first() == Some(&"on") && rest.len() == 2 { String::new() } else { rest.join(" ") };
    (verb, short(&object).to_owned(), rest)
}

fn plural(verb: &str) -> String {
    for (one, many) in [("index", "indexes"), ("policy", "policies"), ("identity", "identities")] {
        if let Some(start) = verb.strip_suffix(one) {
            return format!("{start}{many}");
        }
    }
    let last = verb.rsplit(' ').next().unwrap_or_default();
    let is_noun = [
        "column",
        "constraint",
        "domain",
        "enum",
        "extension",
        "function",
        "procedure",
        "publication",
        "role",
        "rule",
        "schema",
        "sequence",
        "table",
        "trigger",
        "type",
        "view",
    ];
    if is_noun.contains(&last) { format!("{verb}s") } else { verb.to_owned() }
}

/// What the script's head says of itself.
pub(super) fn purpose(chapter: Chapter) -> Option<String> {
    comment(chapter, 0)
}

/// What the comment before a statement says.
pub(super) fn comment(chapter: Chapter, statement: usize) -> Option<String> {
    let statement = chapter.up().statements.get(statement)?;
    let file = chapter.review.workspace.file(chapter.migration().up.file);
    let mut lines: Vec<String> = Vec::new();
    let mut end: Option<u32> = None;
    for range in statement.comments.iter().filter(|range| range.end <= statement.range.start) {
        let between = end.map_or("", |end| &file.text[end as usize..range.start as usize]);
        // A blank line ends what the first comment says; what stands right before the statement is about that alone.
        if between.matches('\n').count() > 1 && !lines.is_empty() {
            break;
        }
        end = Some(range.end);
        let comment = &file.text[range.start as usize..range.end as usize];
        lines.extend(comment.lines().filter_map(said));
    }
    let text = lines.join(" ");
    let text = cut(&text);
    (!text.is_empty()).then(|| if text.ends_with(['.', '!', '?', '…']) { text } else { text + "." })
}

/// What a line of a comment says to a reader; none for a tool's marks, labels and decoration.
fn said(line: &str) -> Option<String> {
    let is_mark = |c: char| matches!(c, '-' | '/' | '*' | '=' | '#' | '+' | '!') || c.is_whitespace();
    let line = line.trim_matches(is_mark);
    let lower = line.to_ascii_lowercase();
    let is_label =
        ["file:", "filename:", "path:", "author:", "date:", "created", "version:", "lockstep", "migrate:"]
            .iter()
            .chain(&["custom sql migration file", "this is an empty migration", "you are about to"])
            .chain(&["squawk", "eugene", "atlas", "safety", "noqa", "prettier", "warning:", "step "])
            .any(|label| lower.starts_with(label));
    let has_words = line.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count() > 1;
    let is_code = line.ends_with(';');
    let line = match lower.strip_prefix("migration:").or_else(|| lower.strip_prefix("description:")) {
        Some(rest) => line[line.len() - rest.len()..].trim(),
        None => line,
    };
    (has_words && !is_label && !is_code).then(|| line.to_owned())
}

/// A text that is too long ends at a sentence, or else at a word.
fn cut(text: &str) -> String {
    if text.chars().count() <= COMMENT {
        return text.to_owned();
    }
    let start: String = text.chars().take(COMMENT).collect();
    match start.rfind(". ") {
        Some(at) => start[..=at].to_owned(),
        None => format!("{}…", start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_deeds_are_told_together() {
        let told = |deeds: &[&str]| grouped(&deeds.iter().map(|deed| (*deed).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            told(&["creates table public.a", "creates table public.b", "adds column public.c.x"]),
            "creates tables `a` and `b`; adds column `c.x`"
        );
        assert_eq!(
            told(&[
                "adds constraint k on public.a",
                "adds constraint l on public.b",
                "sets public.a.x NOT NULL"
            ]),
            "adds constraints `k` and `l`; sets `a.x` NOT NULL"
        );
        assert_eq!(told(&["drops function public.f(integer, text)"]), "drops function `f(integer, text)`");
    }

    #[test]
    fn comments_speak_or_do_not() {
        for (line, expected) in [
            ("-- Central variant configuration", Some("Central variant configuration")),
            ("-- CreateTable", None),
            ("-- ============", None),
            ("-- File: 001_a.sql", None),
            ("-- DROP TABLE old_orders;", None),
            ("-- Migration: Add quality control", Some("Add quality control")),
        ] {
            assert_eq!(said(line).as_deref(), expected, "{line}");
        }
    }
}
