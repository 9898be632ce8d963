//! For a terminal: every danger and warning with the lines it is on, then the advice, a line each, then the verdict.

use super::json::{self, Finding, Level, Severity};
use crate::rules::{self, Axis};
use crate::text::SourceFile;
use crate::{Review, estimate};

/// No more lines of a statement than these are shown.
const FRAME_LINES: u32 = 4;
/// No more characters of a line than these are shown.
const FRAME_COLUMNS: usize = 120;

/// The review as text, with the terminal's colours if asked for.
pub fn render(review: &Review, coloured: bool) -> String {
    let paint = Paint { coloured };
    let mut text = String::new();
    let mut timed = Vec::new();
    // Who names the rules wants to know all of it.
    let asked = review.settings.rules.only.is_some();
    let (loud, advice): (Vec<_>, Vec<_>) =
        review.findings.iter().partition(|found| asked || found.severity > Severity::Advice);
    for found in loud {
        let finding = json::finding_of(review, found);
        let file = review.workspace.files().nth(found.span.file.0 as usize).map(|(_, file)| file);
        text += &format!("{}\n", heading(&finding, found.migration.is_none(), paint));
        if let Some(file) = file.filter(|_| finding.length > 0) {
            text += &frame(file, &finding, paint);
        }
        text += &format!("  {}\n", printable(&finding.message));
        if !finding.help.is_empty() {
            text += &format!("  {} {}\n", paint.faint("help:"), printable(&finding.help));
        }
        for line in times(review, found, &mut timed) {
            text += &format!("  {} {}\n", paint.faint("time:"), printable(&line));
        }
        text.push('\n');
    }
    for found in &advice {
        let finding = json::finding_of(review, found);
        let heading = heading(&finding, found.migration.is_none(), paint);
        text += &format!("{heading}: {}\n", printable(&finding.message));
    }
    if !advice.is_empty() {
        text +=
            &format!("{}\n\n", paint.faint("help: lockstep explain RULE, or --rules RULE for these in full"));
    }
    text += &summary(review, paint);
    if !timed.is_empty() {
        text += &paint.faint(&format!("time: {}\n", estimate::basis()));
    }
    text
}

/// How long the work of a statement takes, at the first finding about it that is about waiting. `timed`: the
/// statements that have been told of.
fn times(review: &Review, found: &rules::Finding, timed: &mut Vec<(usize, usize)>) -> Vec<String> {
    let Some(migration) = found.migration.filter(|_| found.rule.axis == Axis::Availability) else {
        return Vec::new();
    };
    let (Some(run), Some(script)) =
        (review.timeline.ups.get(migration), review.history.migrations.get(migration))
    else {
        return Vec::new();
    };
    let start = found.span.range().start as u32;
    let at = run.statements.iter().position(|statement| statement.range.contains(&start));
    let Some(at) = at.filter(|at| script.up.file == found.span.file && !timed.contains(&(migration, *at)))
    else {
        return Vec::new();
    };
    let step = &run.moments[at].step;
    let estimate = |work| {
        let estimate = json::estimate_of(step, work, &review.stats)?;
        let waiting = estimate.waiting.map(|waiting| format!("; {waiting}")).unwrap_or_default();
        Some(format!("{}, {}: {}{waiting}", work.kind.name(), work.name, estimate.sentence))
    };
    let lines: Vec<String> = step.work.iter().filter_map(estimate).collect();
    if !lines.is_empty() {
        timed.push((migration, at));
    }
    lines
}

/// `path:line:column: danger: index-not-concurrent`
fn heading(finding: &Finding, of_set: bool, paint: Paint) -> String {
    let severity = paint.severity(finding.severity, finding.severity.name());
    if of_set && finding.length == 0 {
        return format!("all migrations: {severity}: {}", finding.rule);
    }
    let place = format!("{}:{}:{}", printable(&finding.path), finding.line, finding.column);
    format!("{}: {severity}: {}", paint.strong(&place), finding.rule)
}

/// The source lines of a finding. What lies on one line is underlined.
fn frame(file: &SourceFile, finding: &Finding, paint: Paint) -> String {
    let last = finding.end_line.min(finding.line.saturating_add(FRAME_LINES - 1));
    let width = last.to_string().len();
    let margin = |label: &str| paint.faint(&format!("  {label:>width$} | "));
    let mut text = String::new();
    for number in finding.line..=last {
        let range = file.line(number);
        let line = file.text[range.start as usize..range.end as usize].trim_end_matches('\r');
        let line = line.trim_start_matches('\u{feff}');
        text += &format!("{}{}\n", margin(&number.to_string()), shortened(line).trim_end());
    }
    if finding.end_line > last {
        text += &format!("{}… to line {}\n", margin(""), finding.end_line);
    } else if finding.line == finding.end_line {
        let before = (finding.column as usize - 1).min(FRAME_COLUMNS);
        let marked = (finding.end_column.saturating_sub(finding.column) as usize).max(1);
        let marked = marked.min(FRAME_COLUMNS.saturating_sub(before)).max(1);
        let marks = paint.severity(finding.severity, &"^".repeat(marked));
        text += &format!("{}{}{marks}\n", margin(""), " ".repeat(before));
    }
    text
}

/// The line as far as it is shown; a tab takes one column, so that the marks stay below what they mark.
fn shortened(line: &str) -> String {
    let mut characters = line.chars();
    let shown: String = characters.by_ref().take(FRAME_COLUMNS).collect();
    let more = if characters.next().is_some() { "…" } else { "" };
    printable(&shown) + more
}

/// Without characters that would steer the terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\t' {
                ' '
            } else if c.is_control() && c != '\n' {
                '?'
            } else {
                c
            }
        })
        .collect()
}

fn summary(review: &Review, paint: Paint) -> String {
    let verdict = &review.verdict;
    let mut text = format!(
        "{} {}\n",
        paint.level(verdict.level, &format!("{}:", verdict.level.name())),
        verdict.sentence
    );
    for (axis, level) in Axis::ALL.into_iter().zip(verdict.axes) {
        let reasons: Vec<_> = verdict
            .reasons
            .iter()
            .filter(|reason| reason.0 == axis)
            .map(
                |(_, _, rule, count)| {
                    if *count == 1 { (*rule).to_owned() } else { format!("{rule} × {count}") }
                },
            )
            .collect();
        text += &format!("  {:13}  ", axis.name());
        if reasons.is_empty() {
            text += &paint.level(level, level.name());
        } else {
            let level = paint.level(level, &format!("{:8}", level.name()));
            text += &format!("{level}  {}", paint.faint(&reasons.join(", ")));
        }
        text.push('\n');
    }
    let reviewed = review.history.migrations.iter().filter(|migration| migration.under_review).count();
    let applied = review.history.migrations.len() - reviewed;
    let coverage = &review.coverage;
    text += &format!(
        "{}{} of {}, PostgreSQL {}; {} of {} statements simulated\n",
        count(reviewed, "migration", "migrations"),
        if applied > 0 { format!(" (after {applied} applied before)") } else { String::new() },
        review.history.layout.title,
        review.settings.postgres,
        coverage.modelled,
        coverage.statements
    );
    let of = |wanted: Severity| review.findings.iter().filter(|finding| finding.severity == wanted).count();
    text + &format!(
        "{}, {}, {}\n",
        count(of(Severity::Danger), "danger", "dangers"),
        count(of(Severity::Warning), "warning", "warnings"),
        count(of(Severity::Advice), "piece of advice", "pieces of advice")
    )
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Colours, or none.
#[derive(Clone, Copy)]
struct Paint {
    coloured: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.coloured && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Danger => "1;31",
            Severity::Warning => "1;33",
            Severity::Advice => "1;36",
        };
        self.with(code, text)
    }

    fn level(self, level: Level, text: &str) -> String {
        let code = match level {
            Level::None => "1;32",
            Level::Low => "1;36",
            Level::Medium => "1;33",
            Level::High | Level::Critical => "1;31",
        };
        self.with(code, text)
    }
}
