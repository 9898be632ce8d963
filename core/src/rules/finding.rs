//! What rules report.

use super::scene::Place;
use super::{RULES, Rule};
use crate::layout::Script;
use crate::report::json::Severity;
use crate::text::{FileId, Span};

/// One thing found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How grave it is here.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// In which migration; none when it is about the set.
    pub migration: Option<usize>,
    /// What happens, with the actual tables, locks and reasons.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Collects findings, rule by rule.
pub struct Findings {
    rule: &'static Rule,
    list: Vec<Finding>,
}

impl Findings {
    pub(super) fn new() -> Self {
        Findings { rule: RULES[0], list: Vec::new() }
    }

    /// What follows is found by this rule.
    pub(super) fn of(&mut self, rule: &'static Rule) {
        self.rule = rule;
    }

    pub(super) fn into_list(self) -> Vec<Finding> {
        self.list
    }

    /// At a statement.
    pub fn at(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.at_with(self.rule.severity, place, message, help);
    }

    /// At a statement, graver or milder than the rule says.
    pub fn at_with(
        &mut self,
        severity: Severity,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.put(severity, place.span(), Some(place.migration), message.into(), help.into());
    }

    /// At a script as a whole: its first line that says something.
    pub fn at_script(
        &mut self,
        severity: Severity,
        migration: Option<usize>,
        script: &Script,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = first_line(script);
        self.put(severity, span, migration, message.into(), help.into());
    }

    /// At some bytes of a file.
    pub fn at_span(
        &mut self,
        severity: Severity,
        migration: Option<usize>,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.put(severity, span, migration, message.into(), help.into());
    }

    /// About the set: at the beginning of the first file.
    pub fn of_set(&mut self, severity: Severity, message: impl Into<String>, help: impl Into<String>) {
        self.put(severity, Span::new(FileId(0), 0..0), None, message.into(), help.into());
    }

    fn put(
        &mut self,
        severity: Severity,
        span: Span,
        migration: Option<usize>,
        message: String,
        help: String,
    ) {
        self.list.push(Finding { rule: self.rule, severity, span, migration, message, help });
    }
}

/// The first line of a script that is not blank.
fn first_line(script: &Script) -> Span {
    let text = &*script.text;
    let start = text.len() - text.trim_start().len();
    let start = if start == text.len() { 0 } else { start };
    let length = text[start..].find(['\n', '\r']).unwrap_or(text.len() - start);
    let first = script.range.start + start as u32;
    Span::new(script.file, first..first + length as u32)
}
