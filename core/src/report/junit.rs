//! JUnit's XML, which CI servers show: a suite a migration, a test case a finding. Advice does not fail.

use super::json::{self, Finding, Severity};
use crate::Review;

/// The review as an XML document.
pub fn render(review: &Review) -> String {
    let findings_of = |migration: Option<usize>| -> Vec<Finding> {
        let own = review.findings.iter().filter(|finding| finding.migration == migration);
        own.map(|finding| json::finding_of(review, finding)).collect()
    };
    let mut suites = Vec::new();
    for (index, migration) in review.history.migrations.iter().enumerate() {
        if migration.under_review {
            suites.push((migration.up.title.as_str(), findings_of(Some(index))));
        }
    }
    let of_set = findings_of(None);
    if !of_set.is_empty() {
        suites.push(("all migrations", of_set));
    }
    let all = || suites.iter().flat_map(|(_, findings)| findings);
    let cases: usize = suites.iter().map(|(_, findings)| findings.len().max(1)).sum();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"lockstep\" tests=\"{cases}\" failures=\"{}\">\n",
        all().filter(|finding| fails(finding)).count()
    );
    for (name, findings) in &suites {
        text += &format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
            escaped(name),
            findings.len().max(1),
            findings.iter().filter(|finding| fails(finding)).count()
        );
        if findings.is_empty() {
            text += &format!("    <testcase classname=\"{}\" name=\"nothing found\"/>\n", escaped(name));
        }
        for (index, finding) in findings.iter().enumerate() {
            let is_like = |other: &&Finding| {
                (&other.rule, &other.path, other.line) == (&finding.rule, &finding.path, finding.line)
            };
            text += &case(finding, findings[..index].iter().filter(is_like).count());
        }
        text += "  </testsuite>\n";
    }
    text + "</testsuites>\n"
}

fn fails(finding: &Finding) -> bool {
    finding.severity != Severity::Advice
}

/// `before`: how many there were of the same rule on the same line. CI servers tell cases by their names.
fn case(finding: &Finding, before: usize) -> String {
    let path = escaped(&finding.path);
    let again = if before == 0 { String::new() } else { format!(" ({})", before + 1) };
    let body = escaped(&format!(
        "{}:{}:{}: {}\n{}",
        finding.path, finding.line, finding.column, finding.message, finding.help
    ));
    let result = if fails(finding) {
        format!(
            "<failure type=\"{}\" message=\"{}\">{}</failure>",
            finding.severity.name(),
            escaped(&finding.message),
            body.trim_end()
        )
    } else {
        format!("<system-out>{}</system-out>", body.trim_end())
    };
    format!(
        "    <testcase classname=\"{path}\" name=\"{} at line {}{again}\" file=\"{path}\" line=\"{}\">\n      {result}\n    </testcase>\n",
        escaped(finding.rule.as_str()),
        finding.line,
        finding.line
    )
}

/// Text for an element or an attribute. XML 1.0 has no way to write most control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\n' => out += "&#10;",
            '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('?'),
            c => out.push(c),
        }
    }
    out
}
