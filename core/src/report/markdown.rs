//! A pull request's comment: the verdict and the dangers first, the details folded away.

use super::json::{self, Level, Severity};
use super::markup::{self, code, count, prose};
use crate::Review;
use crate::rules::{Axis, Finding};
use crate::sorted;
use crate::text::Span;

/// Lines of a statement that are shown with a finding.
const LINES: usize = 12;

/// GitHub takes no comment of more than 65,536 characters. So many bytes of them are there for each part.
const ROOM_FOR_DANGERS: usize = 20_000;
const ROOM_FOR_HELP: usize = 12_000;
const ROOM_FOR_OTHERS: usize = 10_000;
/// More places than these are not named.
const PLACES: usize = 12;
/// More migrations than these are not listed; those with the gravest findings are.
const MIGRATIONS: usize = 60;

/// The review as GitHub-flavoured Markdown.
pub fn render(review: &Review) -> String {
    let verdict = &review.verdict;
    let axes: Vec<String> = Axis::ALL
        .into_iter()
        .zip(verdict.axes)
        .map(|(axis, level)| format!("{} {} **{}**", mark(level), axis.name(), level.name()))
        .collect();
    let mut out = format!(
        "## {} Lockstep: {}\n\n{}\n\n{}\n",
        mark(verdict.level),
        verdict.level.name(),
        prose(&verdict.sentence),
        axes.join(" · ")
    );
    let of = |severity: Severity| review.findings.iter().filter(move |finding| finding.severity == severity);
    let dangers: Vec<&Finding> = of(Severity::Danger).collect();
    if !dangers.is_empty() {
        let lines = dangers.iter().map(|finding| one_line(review, finding)).collect();
        out += "\n### Dangers\n\n";
        out += &markup::list("-", within(ROOM_FOR_DANGERS, lines, "danger", "dangers"));
        let helps = within(ROOM_FOR_HELP, helps(review, &dangers), "kind of danger", "kinds of danger");
        out += &folded("What to do about the dangers", &helps.join("\n"));
    }
    for (severity, one, many) in [
        (Severity::Warning, "warning", "warnings"),
        (Severity::Advice, "piece of advice", "pieces of advice"),
    ] {
        let all: Vec<String> = of(severity).map(|finding| in_full(review, finding)).collect();
        if !all.is_empty() {
            let summary = markup::capitalised(&count(all.len(), one, many));
            out += &folded(&summary, &within(ROOM_FOR_OTHERS, all, one, many).join("\n"));
        }
    }
    out += &folded("Migrations", &migrations(review));
    let coverage = &review.coverage;
    out += &format!(
        "\n<sub>{}, PostgreSQL {}; {} of {} statements simulated.</sub>\n",
        markup::text(review.history.layout.title),
        review.settings.postgres,
        coverage.modelled,
        coverage.statements
    );
    out
}

/// Levels differ by shape as well as by colour.
fn mark(level: Level) -> &'static str {
    match level {
        Level::None => "✅",
        Level::Low => "🔹",
        Level::Medium => "⚠️",
        Level::High => "🛑",
        Level::Critical => "⛔",
    }
}

fn place(review: &Review, finding: &Finding) -> String {
    let at = json::finding_of(review, finding);
    if finding.migration.is_none() && at.length == 0 {
        "all migrations".to_owned()
    } else {
        code(&format!("{}:{}", at.path, at.line))
    }
}

fn one_line(review: &Review, finding: &Finding) -> String {
    format!("{} {}: {}", place(review, finding), code(finding.rule.id), prose(&finding.message))
}

fn in_full(review: &Review, finding: &Finding) -> String {
    format!("{}\n\n{}", one_line(review, finding), advice(review, finding))
}

/// As many of the items as there is room for, and how many there are more.
fn within(room: usize, items: Vec<String>, one: &str, many: &str) -> Vec<String> {
    let mut taken = 0;
    let fitting = items.iter().take_while(|item| {
        taken += item.len();
        taken <= room
    });
    let fitting = fitting.count();
    let left = items.len() - fitting;
    let more = (left > 0).then(|| format!("… and {} more.", count(left, one, many)));
    items.into_iter().take(fitting).chain(more).collect()
}

/// What to do about what is told already, once for each rule.
fn helps(review: &Review, findings: &[&Finding]) -> Vec<String> {
    let mut rules: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        match rules.iter_mut().find(|group| group[0].rule.id == finding.rule.id) {
            Some(group) => group.push(finding),
            None => rules.push(vec![finding]),
        }
    }
    let told = |group: &Vec<&Finding>| {
        let others: Vec<String> = group[1..].iter().map(|finding| place(review, finding)).collect();
        let likewise = if others.is_empty() {
            String::new()
        } else {
            format!("\nLikewise {}.\n", markup::and_more(&others, PLACES))
        };
        format!(
            "{} {}\n\n{}{likewise}",
            place(review, group[0]),
            code(group[0].rule.id),
            advice(review, group[0])
        )
    };
    rules.iter().map(told).collect()
}

fn advice(review: &Review, finding: &Finding) -> String {
    let source = source(review, finding.span);
    let mut out = if finding.help.is_empty() { String::new() } else { format!("{}\n", prose(&finding.help)) };
    if !source.is_empty() {
        out += &format!("\n{}", markup::block("sql", &source));
    }
    out
}

/// The source under a finding, the first lines of it.
fn source(review: &Review, span: Span) -> String {
    let Some((_, file)) = review.workspace.files().nth(span.file.0 as usize) else { return String::new() };
    let text = file.text.get(span.range()).unwrap_or_default().trim();
    let mut lines: Vec<String> = text.lines().take(LINES).map(cut).collect();
    if text.lines().nth(LINES).is_some() {
        lines.push("-- …".to_owned());
    }
    lines.join("\n")
}

fn cut(line: &str) -> String {
    const COLUMNS: usize = 200;
    if line.chars().count() <= COLUMNS {
        line.to_owned()
    } else {
        line.chars().take(COLUMNS).chain(['…']).collect()
    }
}

fn migrations(review: &Review) -> String {
    let all = &review.history.migrations;
    let mut shown: Vec<usize> = (0..all.len()).filter(|index| all[*index].under_review).collect();
    let number = shown.len();
    sorted::sort_by_key(&mut shown, |index| std::cmp::Reverse(review.risk(*index)));
    shown.truncate(MIGRATIONS);
    sorted::sort_by_key(&mut shown, |index| *index);
    let rows: Vec<Vec<String>> = shown
        .iter()
        .map(|index| (*index, &all[*index]))
        .map(|(index, migration)| {
            let level = review.risk(index);
            let found = review.findings.iter().filter(|finding| finding.migration == Some(index)).count();
            let rollback = match &review.history.down_of_all {
                Some(all) if migration.down.is_none() => format!("with {}", code(&all.title)),
                _ => review.ways_back[index].verdict.name().to_owned(),
            };
            vec![
                code(&migration.up.title),
                format!("{} {}", mark(level), level.name()),
                found.to_string(),
                rollback,
            ]
        })
        .collect();
    let table = markup::table(&["Migration", "Risk", "Findings", "Rollback"], &rows);
    match number - rows.len() {
        0 => table,
        left => format!("{table}\n… and {} more.\n", count(left, "migration", "migrations")),
    }
}

fn folded(summary: &str, content: &str) -> String {
    format!("\n<details>\n<summary>{summary}</summary>\n\n{}\n</details>\n", content.trim_end())
}
