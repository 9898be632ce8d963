//! A pull request's comment: the verdict and the dangers first, the details folded away.

use super::json::{self, Level, Severity};
use super::markup::{self, code, count, prose};
use crate::Review;
use crate::rules::{Axis, Finding};
use crate::text::Span;

/// Lines of a statement that are shown with a finding.
const LINES: usize = 12;

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
    if of(Severity::Danger).next().is_some() {
        out += "\n### Dangers\n\n";
        out += &markup::list("-", of(Severity::Danger).map(|finding| one_line(review, finding)));
        let helps: Vec<String> = of(Severity::Danger).map(|finding| help(review, finding)).collect();
        out += &folded("What to do about the dangers", &helps.join("\n"));
    }
    for (severity, one, many) in [
        (Severity::Warning, "warning", "warnings"),
        (Severity::Advice, "piece of advice", "pieces of advice"),
    ] {
        let all: Vec<String> = of(severity).map(|finding| in_full(review, finding)).collect();
        if !all.is_empty() {
            out += &folded(&markup::capitalised(&count(all.len(), one, many)), &all.join("\n"));
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

/// What to do about a finding that is told already.
fn help(review: &Review, finding: &Finding) -> String {
    format!("{} {}\n\n{}", place(review, finding), code(finding.rule.id), advice(review, finding))
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
    let rows: Vec<Vec<String>> = review
        .history
        .migrations
        .iter()
        .enumerate()
        .filter(|(_, migration)| migration.under_review)
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
    markup::table(&["Migration", "Risk", "Findings", "Rollback"], &rows)
}

fn folded(summary: &str, content: &str) -> String {
    format!("\n<details>\n<summary>{summary}</summary>\n\n{}\n</details>\n", content.trim_end())
}
