//! GitHub Actions' workflow commands: a finding becomes an annotation at its line.
//!
//! Source: GitHub's documentation, "Workflow commands for GitHub Actions".

use super::json::{self, Severity};
use crate::Review;

/// One workflow command a finding, and one for the verdict.
pub fn render(review: &Review) -> String {
    let mut text = String::new();
    for found in &review.findings {
        let finding = json::finding_of(review, found);
        let command = match finding.severity {
            Severity::Danger => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        let title = format!("{}: {}", finding.severity.name(), finding.rule);
        let message = if finding.help.is_empty() {
            finding.message
        } else {
            format!("{}\n{}", finding.message, finding.help)
        };
        // Columns may only be given for what begins and ends on one line.
        let columns = if finding.line == finding.end_line && finding.end_column > finding.column {
            format!(",col={},endColumn={}", finding.column, finding.end_column)
        } else {
            String::new()
        };
        // What is about no file stands at the run.
        let place = if finding.path.is_empty() {
            String::new()
        } else {
            let (line, end) = (finding.line, finding.end_line);
            format!("file={},line={line},endLine={end}{columns},", property(&finding.path))
        };
        text += &format!("::{command} {place}title={}::{}\n", property(&title), data(&message));
    }
    let verdict = &review.verdict;
    text + &format!("::notice title=Lockstep%3A {}::{}\n", verdict.level.name(), data(&verdict.sentence))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
