//! SARIF 2.1.0, which code scanning services read.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use serde_json::{Value, json};

use super::json::{Severity, finding_of};
use super::rule;
use crate::Review;
use crate::rewrite::{self, Edit, Rewrite};
use crate::rules::{DOCUMENTED, Docs, Finding, Rule};
use crate::text::SourceFile;

/// How many statements may be simulated to prove fixes: of a history of hundreds of migrations each proof simulates all that
/// follow, and whoever reads its findings reads those of the first ones.
const STATEMENTS: usize = 20_000;

/// The review as a SARIF log with one run.
pub fn render(review: &Review) -> String {
    let mut left = STATEMENTS;
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
            "results": review.findings.iter().map(|finding| result(review, finding, &mut left)).collect::<Vec<_>>(),
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

fn result(review: &Review, found: &Finding, left: &mut usize) -> Value {
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
    let fixes = fixes(review, found, left);
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    result
}

/// The proven rewrites that answer a danger or a warning, as long as there are statements left to simulate.
fn fixes(review: &Review, found: &Finding, left: &mut usize) -> Vec<Value> {
    let Some(migration) = found.migration.filter(|_| found.severity >= Severity::Warning) else {
        return Vec::new();
    };
    let cost: usize = review.timeline.ups[migration..].iter().map(|up| up.statements.len()).sum();
    if cost > *left {
        return Vec::new();
    }
    *left -= cost;
    rewrite::offers(review, found).iter().map(|rewrite| fix(review, rewrite)).collect()
}

fn fix(review: &Review, rewrite: &Rewrite) -> Value {
    let firsts = rewrite.steps.iter().filter_map(|step| Some((&step.path, step.first.as_ref()?)));
    let firsts: String = firsts.map(|(path, first)| format!(" Before {path} runs: {first}")).collect();
    let change = |edit: &Edit| {
        let old = review.workspace.files().find(|(_, file)| file.path == edit.path && !edit.is_new);
        json!({
            "artifactLocation": {"uri": uri(&edit.path)},
            "replacements": [replacement(old.map_or("", |(_, file)| &file.text), &edit.text)],
        })
    };
    json!({
        "description": {"text": format!("{}.{firsts}", rewrite.kind.title)},
        "artifactChanges": rewrite.edits.iter().map(change).collect::<Vec<_>>(),
    })
}

/// The lines in which two texts differ, from the first to the last.
fn replacement(old: &str, new: &str) -> Value {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let equal = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let rest = before.len().min(after.len()) - equal;
    let behind = before.iter().rev().zip(after.iter().rev()).take(rest);
    let behind = behind.take_while(|(one, other)| one == other).count();
    let end = before.len() - behind;
    // A last line without an end of its own ends behind its last character.
    let open = before[..end].last().filter(|line| !line.ends_with('\n'));
    let (end_line, end_column) = match open {
        Some(line) => (end, line.chars().count() + 1),
        None => (end + 1, 1),
    };
    json!({
        "deletedRegion": {
            "startLine": equal + 1,
            "startColumn": 1,
            "endLine": end_line,
            "endColumn": end_column,
        },
        "insertedContent": {"text": after[equal..after.len() - behind].concat()},
    })
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
