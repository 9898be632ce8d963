//! Migration by migration: what it changes, what it locks, whom it concerns, and the way back.

use super::chapter::Chapter;
use super::impact::Impact;
use super::{locking, running, story};
use crate::layout::Script;
use crate::report::json::{self, Severity};
use crate::report::markup::{self, and, code, prose_in_public};
use crate::rollback::{Verdict, WayBack};
use crate::rules::{Finding, Stats};
use crate::schema::DifferenceKind;
use crate::sorted;
use crate::{Review, estimate};

/// Of a set that is longer only the last ones are told in full.
const IN_FULL: usize = 30;
/// So many of them.
const LAST: usize = 10;

/// The section's Markdown.
pub(super) fn section(chapters: &[Chapter], stats: &Stats) -> String {
    let (missing, present): (Vec<&Chapter>, Vec<&Chapter>) =
        chapters.iter().partition(|chapter| chapter.migration().up.missing);
    let is_long = present.len() > IN_FULL;
    let full_from = if is_long { present.len() - LAST } else { 0 };
    let (short, full) = present.split_at(full_from);
    let mut parts: Vec<String> = Vec::new();
    if is_long {
        parts.push(format!(
            "The last {LAST} are told in full, of the {} before them only the dangers. {} tells of those behind a version in full.\n",
            short.len(),
            code("lockstep readme --since VERSION")
        ));
        parts.extend(short.iter().filter_map(|chapter| {
            let findings = of_migration(**chapter);
            let dangers = findings.iter().filter(|group| group.first.severity == Severity::Danger);
            let told: String = dangers.map(FindingGroup::told).collect();
            (!told.is_empty()).then(|| format!("### {}\n\n{told}", code(&chapter.migration().up.title)))
        }));
    }
    parts.extend(full.iter().map(|chapter| details(**chapter, stats)));
    if !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|chapter| code(&chapter.migration().up.title)).collect();
        let (are, them) = if names.len() == 1 {
            ("is", "it does, locks and undoes")
        } else {
            ("are", "they do, lock and undo")
        };
        parts
            .push(format!("{} {are} only named: what {them} cannot be said without the SQL.\n", and(&names)));
    }
    let mut out = parts.join("\n");
    if full.iter().any(|chapter| locking::has_work(**chapter)) {
        out += &format!("\nHow long work takes: {}.\n", markup::text(&estimate::basis()));
    }
    out
}

/// One migration.
fn details(chapter: Chapter, stats: &Stats) -> String {
    let review = chapter.review;
    let migration = chapter.migration();
    let mut out = format!("### {}\n", code(&migration.up.title));
    let impact = Impact::of(chapter);
    let findings = of_migration(chapter);
    let mut part = |heading: &str, text: String| {
        if !text.is_empty() {
            out += &format!("\n**{heading}**\n\n{text}");
        }
    };
    part("To settle before it runs", settle(&findings, true));
    part("Changes", changes(chapter));
    part("Data impact", or_else(markup::list("-", impact.on_data()), "No data that is there is changed.\n"));
    part("Locks and how long", locking::section(chapter, stats));
    let noticed = impact.on_application();
    let mut fit = format!("{}\n", impact.fit().sentence());
    if !noticed.is_empty() {
        fit += &format!("\n{}", markup::list("-", noticed));
    }
    part("Compatibility with the application before and after", fit);
    let has_way_back = migration.down.is_some() || review.history.down_of_all.is_some();
    part(
        "Rollback",
        match has_way_back || chapter.lacks_way_back() {
            true => rollback(review, migration.down.as_ref(), chapter.way_back()),
            false => "There is nothing to undo.\n".to_owned(),
        },
    );
    part("Worth a thought", settle(&findings, false));
    out
}

/// The grave findings, or the others.
fn settle(findings: &[FindingGroup], grave: bool) -> String {
    findings.iter().filter(|group| group.is_grave() == grave).map(FindingGroup::told).collect()
}

/// What one rule found in one migration.
struct FindingGroup<'a> {
    first: &'a Finding,
    /// Is the advice the same for all, down to the names in it?
    has_one_help: bool,
    /// Place and message.
    messages: Vec<(String, &'a str)>,
}

/// Rules whose findings the README tells in places of their own: under Rollback, and before the scripts are run.
const TOLD_ELSEWHERE: &[&str] = &[
    "assumed-object",
    "missing-rollback",
    "no-lock-timeout",
    "rollback-breaks-redo",
    "rollback-fails",
    "rollback-incomplete",
    "rollback-loses-data",
];

pub(super) fn is_told_elsewhere(finding: &Finding) -> bool {
    TOLD_ELSEWHERE.contains(&finding.rule.id)
}

/// The line, and the file where it is not the migration's.
fn place(chapter: Chapter, finding: &Finding) -> String {
    let line = json::finding_of(chapter.review, finding).line;
    if finding.span.file == chapter.migration().up.file {
        return format!("line {line}");
    }
    let path = &chapter.review.workspace.file(finding.span.file).path;
    format!("line {line} of {}", code(path.rsplit('/').next().unwrap_or(path)))
}

fn of_migration<'a>(chapter: Chapter<'a>) -> Vec<FindingGroup<'a>> {
    let mut groups: Vec<FindingGroup> = Vec::new();
    for finding in chapter.review.findings.iter().filter(|finding| finding.migration == Some(chapter.index)) {
        if is_told_elsewhere(finding) {
            continue;
        }
        let message = (place(chapter, finding), finding.message.as_str());
        let is_like =
            |first: &Finding| first.rule.id == finding.rule.id && first.severity == finding.severity;
        match groups.iter_mut().find(|group| is_like(group.first)) {
            Some(group) => {
                group.messages.push(message);
                group.has_one_help &= group.first.help == finding.help;
            }
            None => groups.push(FindingGroup { first: finding, messages: vec![message], has_one_help: true }),
        }
    }
    sorted::sort_by_key(&mut groups, |group| std::cmp::Reverse(group.first.severity));
    groups
}

impl FindingGroup<'_> {
    fn is_grave(&self) -> bool {
        self.first.severity > Severity::Advice
    }

    fn told(&self) -> String {
        let severity = match self.first.severity {
            Severity::Advice => String::new(),
            severity => format!("{}: ", markup::capitalised(severity.name())),
        };
        let rule = code(self.first.rule.id);
        let help = prose_in_public(&self.first.help);
        // Not a name that stands first.
        let begins = ["column ", "table ", "index ", "constraint ", "type ", "function "];
        let said = |message: &str| match begins.iter().any(|kind| message.starts_with(kind)) {
            true => markup::capitalised(&prose_in_public(message)),
            false => prose_in_public(message),
        };
        match self.messages.as_slice() {
            [(place, message)] => format!("- {severity}{rule}, {place}. {} {help}\n", said(message)),
            all => {
                let lines = all
                    .iter()
                    .map(|(place, message)| format!("{}: {}", markup::capitalised(place), said(message)));
                let likewise = match all {
                    [(place, _), ..] if !self.has_one_help => {
                        format!(" That is for {place}; likewise for the others.")
                    }
                    _ => String::new(),
                };
                format!("- {severity}{rule}. {help}{likewise}\n{}", markup::list("  -", lines))
            }
        }
    }
}

fn or_else(text: String, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text }
}

fn changes(chapter: Chapter) -> String {
    let failing = chapter.moments().find_map(|(index, _, moment)| {
        let error = moment.step.error.as_ref()?;
        Some(format!(
            "Line {}: PostgreSQL refuses it: {} (SQLSTATE {}).",
            chapter.line(index),
            markup::text(&error.message),
            error.sqlstate
        ))
    });
    let mut last = None;
    let mut items: Vec<String> = Vec::new();
    for deed in story::deeds(chapter) {
        let said = story::told(&deed.text);
        if last == Some(deed.statement)
            && let Some(item) = items.last_mut()
        {
            *item += &format!("; {said}");
            continue;
        }
        let comment = (deed.statement > 0).then(|| story::comment(chapter, deed.statement)).flatten();
        let comment = comment.map_or_else(String::new, |comment| {
            format!(" ({})", markup::with_code(comment.trim_end_matches('.')))
        });
        items.push(format!("Line {}{comment}: {said}", chapter.line(deed.statement)));
        last = Some(deed.statement);
    }
    let items = items.into_iter().map(|item| item + ".").chain(failing);
    let mut out = or_else(markup::list("-", items), "None.\n");
    let differences = schema_changes(chapter);
    if !differences.is_empty() {
        out += &format!("\n{}", markup::block("diff", &differences));
    }
    out
}

/// What is other in the catalog, in lines of a diff.
fn schema_changes(chapter: Chapter) -> String {
    let up = chapter.up();
    let mut out = String::new();
    for difference in up.differences() {
        if difference.uncertain {
            // What only was assumed and is gone now, is gone for certain.
            if difference.kind == DifferenceKind::Removed {
                out += &format!("- {}\n", difference.object);
            }
            continue;
        }
        if matches!(difference.kind, DifferenceKind::Renamed | DifferenceKind::Moved) {
            out += &format!("! {}\n", difference.text);
            continue;
        }
        let property = difference.property.map_or_else(String::new, |property| format!(": {property}"));
        let is_short = |text: &&String| text.len() <= DEFINITION && !text.contains('\n');
        for (sign, text) in [('-', &difference.before), ('+', &difference.after)] {
            let Some(text) = text else { continue };
            let text = Some(text).filter(is_short).map_or_else(|| " …".to_owned(), |text| format!(" {text}"));
            out += &format!("{sign} {}{property}{}\n", difference.object, text.trim_end());
        }
    }
    out
}

/// A definition longer than this is left to the script.
const DEFINITION: usize = 240;

/// The script and what became of it.
fn rollback(review: &Review, down: Option<&Script>, way: &WayBack) -> String {
    let Some(down) = down else {
        return match &review.history.down_of_all {
            Some(all) => {
                format!("It has no script of its own; {} undoes all migrations together.\n", code(&all.title))
            }
            None if way.verdict == Verdict::Missing => {
                "There is no script. Without one the way back is the backup.\n".to_owned()
            }
            None => String::new(),
        };
    };
    format!("{}: {}", code(&running::path(review, down)), judged(down, way))
}

/// What comes of a down script, point by point, and the script.
pub(super) fn judged(down: &Script, way: &WayBack) -> String {
    let mut out = format!("{}\n", verdict(way.verdict));
    let lines = rollback_lines(way);
    if !lines.is_empty() {
        out.push('\n');
        out += &markup::list("-", lines);
    }
    if !down.missing {
        out.push('\n');
        out += &markup::block("sql", script_text(down));
    }
    out
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Exact => "it restores the schema exactly, and no data is lost.",
        Verdict::Lossy => "it restores the schema, and data is lost on the way; copy first what matters.",
        Verdict::Incomplete => "it runs, and the schema afterwards is not what it was.",
        Verdict::Fails => "it fails, and must not be relied on.",
        Verdict::Missing => "there is none.",
        Verdict::Unknown => "whether it leads back cannot be told from these files.",
    }
}

fn rollback_lines(way: &WayBack) -> Vec<String> {
    let error = way.fails_at.zip(way.run.as_ref()).and_then(|(at, run)| run.moments[at].step.error.as_ref());
    let failure = error.map(|error| {
        format!("PostgreSQL refuses it: {} (SQLSTATE {}).", markup::text(&error.message), error.sqlstate)
    });
    let sentence = |line: &String| markup::capitalised(&prose_in_public(line)) + ".";
    let again = way
        .again
        .as_ref()
        .map(|error| format!("After it the migration cannot run again: {}.", prose_in_public(error)));
    failure
        .into_iter()
        .chain(way.differences.iter().map(sentence))
        .chain(way.lost.iter().map(sentence))
        .chain(way.unknown.iter().map(sentence))
        .chain(again)
        .collect()
}

/// A script without the blank lines around it.
fn script_text(script: &Script) -> &str {
    script.text.trim_end().trim_start_matches(['\u{feff}', '\n', '\r'])
}
