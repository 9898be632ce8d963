//! The verdict: four axes, the gravest of them, and one sentence.

use crate::layout::History;
use crate::report::json::{Level, Severity};
use crate::rules::{Axis, Finding, level_of};
use crate::sorted;

/// What a review comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The gravest of the axes.
    pub level: Level,
    /// The level of each axis, in the order of [`Axis::ALL`].
    pub axes: [Level; 4],
    /// One sentence.
    pub sentence: String,
    /// What each axis rests on: axis, level, rule id, number of findings; gravest first.
    pub reasons: Vec<(Axis, Level, &'static str, usize)>,
}

/// The level that one finding gives its axis. A migration that fails, or data that is lost in more places than one, is critical.
pub fn axis_level(findings: &[Finding], axis: Axis) -> Level {
    let of_axis: Vec<&Finding> = findings.iter().filter(|finding| finding.rule.axis == axis).collect();
    let gravest = of_axis.iter().map(|finding| level_of(finding.severity)).max().unwrap_or(Level::None);
    let dangers = of_axis.iter().filter(|finding| finding.severity == Severity::Danger).count();
    if dangers >= 3 { Level::Critical } else { gravest }
}

pub(super) fn reach(history: &History, findings: &[Finding]) -> Verdict {
    let axes = Axis::ALL.map(|axis| axis_level(findings, axis));
    let level = axes.into_iter().max().unwrap_or(Level::None);
    let mut reasons: Vec<(Axis, Level, &'static str, usize)> = Vec::new();
    for finding in findings {
        let level = level_of(finding.severity);
        match reasons
            .iter_mut()
            .find(|reason| reason.0 == finding.rule.axis && reason.1 == level && reason.2 == finding.rule.id)
        {
            Some(reason) => reason.3 += 1,
            None => reasons.push((finding.rule.axis, level, finding.rule.id, 1)),
        }
    }
    sorted::sort_by_key(&mut reasons, |reason| {
        (std::cmp::Reverse(reason.1), reason.0, std::cmp::Reverse(reason.3), reason.2)
    });
    Verdict { level, axes, sentence: sentence(history, findings), reasons }
}

fn sentence(history: &History, findings: &[Finding]) -> String {
    let reviewed = history.migrations.iter().filter(|migration| migration.under_review).count();
    if reviewed == 0 {
        return "There is no migration here to review.".to_owned();
    }
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (dangers, warnings) = (count(Severity::Danger), count(Severity::Warning));
    let of = if reviewed == 1 { "this migration".to_owned() } else { format!("these {reviewed} migrations") };
    let worst = |severity: Severity| {
        let mut rules: Vec<(&str, usize)> = Vec::new();
        for finding in findings.iter().filter(|finding| finding.severity == severity) {
            match rules.iter_mut().find(|(id, _)| *id == finding.rule.id) {
                Some((_, count)) => *count += 1,
                None => rules.push((finding.rule.id, 1)),
            }
        }
        sorted::sort_by_key(&mut rules, |(_, count)| std::cmp::Reverse(*count));
        rules.iter().take(3).map(|(id, _)| *id).collect::<Vec<_>>().join(", ")
    };
    let number = |count: usize, one: &str, many: &str| {
        if count == 1 { format!("one {one}") } else { format!("{count} {many}") }
    };
    match (dangers, warnings) {
        (0, 0) => format!("Nothing dangerous was found in {of}."),
        (0, warnings) => format!(
            "Run {of} with care: {} ({}).",
            number(warnings, "warning", "warnings"),
            worst(Severity::Warning)
        ),
        (dangers, 0) => format!(
            "Do not run {of} as written: {} ({}).",
            number(dangers, "danger", "dangers"),
            worst(Severity::Danger)
        ),
        (dangers, warnings) => format!(
            "Do not run {of} as written: {} ({}), and {}.",
            number(dangers, "danger", "dangers"),
            worst(Severity::Danger),
            number(warnings, "warning", "warnings")
        ),
    }
}
