//! SARIF 2.1.0, which code scanning services read.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use serde_json::{Value, json};

use super::json::{Severity, finding_of};
use super::rule;
use crate::Review;
use crate::rules::{DOCUMENTED, Docs, Finding, Rule};
use crate::text::SourceFile;

/// The review as a SARIF log with one run.
pub fn render(review: &Review) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Lockstep",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": DOCUMENTED.iter().map(|(rule, docs)| descriptor(rule, docs)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "artifacts": review.files().map(artifact).collect::<Vec<_>>(),
            "results": review.findings.iter().map(|finding| result(review, finding)).collect::<Vec<_>>(),
            "properties": {
                "verdict": review.verdict.level.name(),
                "sentence": review.verdict.sentence,
            },
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

/// A file that was reviewed, with its hash.
fn artifact(file: &SourceFile) -> Value {
    json!({
        "location": {"uri": uri(&file.path)},
        "length": file.text.len(),
        "hashes": {"sha-256": file.sha256()},
    })
}

fn descriptor(rule: &Rule, docs: &Docs) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": docs.summary},
        "fullDescription": {"text": docs.why},
        "help": {"text": docs.why, "markdown": rule::documentation(rule, docs)},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [rule.axis.name()]},
    })
}

fn result(review: &Review, found: &Finding) -> Value {
    let finding = finding_of(review, found);
    let text = if finding.help.is_empty() {
        finding.message.clone()
    } else {
        format!("{} {}", finding.message, finding.help)
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": text},
    });
    if let Some(index) = DOCUMENTED.iter().position(|(rule, _)| rule.id == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !finding.path.is_empty() {
        result["locations"] = json!([{"physicalLocation": {
            "artifactLocation": {"uri": uri(&finding.path)},
            "region": {
                "startLine": finding.line,
                "startColumn": finding.column,
                "endLine": finding.end_line,
                "endColumn": finding.end_column,
                "byteOffset": finding.offset,
                "byteLength": finding.length,
            },
        }}]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Danger => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// A path as a URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let encoded = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
            (byte as char).to_string()
        }
        other => format!("%{other:02X}"),
    };
    let text: String = path.bytes().map(encoded).collect();
    if path.starts_with('/') { format!("file://{text}") } else { text }
}
