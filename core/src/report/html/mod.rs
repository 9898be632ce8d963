//! The review as one file of HTML: it opens offline, prints, and runs no script.

mod escape;
mod source;

use std::fmt::Write;

use super::json::{self, Level, Severity};
use super::markup;
use crate::Review;
use crate::layout::Script;
use crate::rollback::WayBack;
use crate::rules::{Axis, Finding};
use escape::{code, prose, text};
use source::{list, script, told_of_file};

/// The review as a page of its own.
pub fn render(review: &Review) -> String {
    let verdict = &review.verdict;
    // No part of it may be fetched, and nothing in it may run.
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Migration review: {0}</title>\n<style>\n{1}</style>\n</head>\n<body>\n\
         <header class=\"verdict {0}\">\n<h1>Migration review: {0}</h1>\n<p>{2}</p>\n<p>",
        verdict.level.name(),
        include_str!("report.css"),
        prose(&verdict.sentence)
    );
    let axes = Axis::ALL.into_iter().zip(verdict.axes);
    out += &axes
        .map(|(axis, level)| format!("{} {}", axis.name(), badge(level)))
        .collect::<Vec<_>>()
        .join(" · ");
    let coverage = &review.coverage;
    let _ = writeln!(
        out,
        "</p>\n<p><small>{}, PostgreSQL {}; {} of {} statements simulated.</small></p>\n</header>",
        text(review.history.layout.title),
        review.settings.postgres,
        coverage.modelled,
        coverage.statements
    );
    let history = &review.history;
    let numbers = || (0..history.migrations.len()).filter(|index| history.migrations[*index].under_review);
    if numbers().next().is_some() {
        out += &contents(review, numbers());
    }
    let of_set = review.findings.iter().filter(|finding| finding.migration.is_none());
    let all_down = history.down_of_all.as_ref();
    let (of_down, of_set): (Vec<&Finding>, Vec<&Finding>) =
        of_set.partition(|finding| all_down.is_some_and(|down| is_in(finding, down)));
    if !of_set.is_empty() {
        let told: String = of_set.iter().map(|finding| told_of_file(review, finding)).collect();
        let _ = writeln!(out, "<section>\n<h2>All migrations together</h2>\n{told}</section>");
    }
    for index in numbers() {
        out += &migration(review, index);
    }
    if let Some((down, way)) = all_down.zip(review.way_back_of_all.as_ref()) {
        let _ = writeln!(
            out,
            "<section>\n<h2>All of them back</h2>\n{}</section>",
            way_back(review, Some(down), way, &of_down)
        );
    }
    out + &files(review) + "</body>\n</html>\n"
}

fn badge(level: Level) -> String {
    format!("<b class=\"{0}\">{0}</b>", level.name())
}

/// The migrations under review in a table that leads to each.
fn contents(review: &Review, numbers: impl Iterator<Item = usize>) -> String {
    let mut out =
        "<table>\n<tr><th>Migration</th><th>Risk</th><th>Found</th><th>Way back</th></tr>\n".to_owned();
    for index in numbers {
        let of = |severity: Severity, one: &str, many: &str| {
            let own = review.findings.iter().filter(|finding| finding.migration == Some(index));
            let number = own.filter(|finding| finding.severity == severity).count();
            (number > 0).then(|| markup::count(number, one, many))
        };
        let found = [
            of(Severity::Danger, "danger", "dangers"),
            of(Severity::Warning, "warning", "warnings"),
            of(Severity::Advice, "piece of advice", "pieces of advice"),
        ];
        let found: Vec<String> = found.into_iter().flatten().collect();
        let (_, way) = json::way_back(review, index);
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#m{index}\">{}</a></td><td>{}</td><td>{}</td><td>{}</td></tr>",
            code(&review.history.migrations[index].up.title),
            badge(review.risk(index)),
            if found.is_empty() { "nothing".to_owned() } else { markup::and(&found) },
            way.verdict.name()
        );
    }
    out + "</table>\n"
}

/// One migration: its script with all that was found, what it changes, its way back.
fn migration(review: &Review, index: usize) -> String {
    let migration = &review.history.migrations[index];
    let up = &review.timeline.ups[index];
    let own = review.findings.iter().filter(|finding| finding.migration == Some(index));
    let (of_down, of_up): (Vec<&Finding>, Vec<&Finding>) = own.partition(|finding| {
        !is_in(finding, &migration.up) && migration.down.as_ref().is_some_and(|down| is_in(finding, down))
    });
    let mut out = format!(
        "<section id=\"m{index}\">\n<details open>\n<summary><h2>{} {}</h2></summary>\n{}",
        code(&migration.up.title),
        badge(review.risk(index)),
        script(review, &migration.up, Some(up), &of_up)
    );
    let differences = up.differences();
    let changes = differences.iter().filter(|difference| !difference.uncertain);
    let changes = list(changes.map(|difference| code(&difference.change_line())).collect());
    if !changes.is_empty() {
        let _ = write!(out, "<h3>What it changes in the schema</h3>\n{changes}");
    }
    if migration.down.is_some() || review.history.down_of_all.is_none() {
        out += &way_back(review, migration.down.as_ref(), &review.ways_back[index], &of_down);
    }
    out + "</details>\n</section>\n"
}

/// Is it about something in that script?
fn is_in(finding: &Finding, script: &Script) -> bool {
    finding.span.file == script.file && script.range.contains(&finding.span.start)
}

/// What became of a way back, and its script.
fn way_back(review: &Review, down: Option<&Script>, way: &WayBack, findings: &[&Finding]) -> String {
    let mut out = format!("<h3>Way back: {}</h3>\n{}", way.verdict.name(), remarks(&json::rollback_of(way)));
    if let Some(down) = down {
        let _ = writeln!(
            out,
            "<details>\n<summary>{}</summary>\n{}</details>",
            code(&down.title),
            script(review, down, way.run.as_ref(), findings)
        );
    }
    out
}

fn remarks(rollback: &json::Rollback) -> String {
    let parts = [&rollback.differences, &rollback.lost, &rollback.unknown];
    list(parts.into_iter().flatten().map(|line| prose(line)).collect())
}

/// The files that were reviewed, so that a reader can tell whether they are still the same.
fn files(review: &Review) -> String {
    let rows: String = review
        .files()
        .map(|file| format!("<tr><td>{}</td><td>{}</td></tr>\n", code(&file.path), code(&file.sha256())))
        .collect();
    format!(
        "<footer>\n<table>\n<tr><th>File</th><th>SHA-256</th></tr>\n{rows}</table>\n<p>Lockstep {}</p>\n</footer>\n",
        env!("CARGO_PKG_VERSION")
    )
}
