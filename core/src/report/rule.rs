//! The rules themselves, for people and programs who want to know them.

use serde::Serialize;

use super::json::Severity;
use crate::rules::{DOCUMENTED, Docs, Rule};

#[derive(Serialize)]
struct Entry {
    id: &'static str,
    summary: &'static str,
    severity: Severity,
    axis: &'static str,
    why: &'static str,
    aliases: &'static [&'static str],
    manual: &'static str,
    bad: &'static [&'static str],
    good: &'static [&'static str],
}

/// Every rule as a JSON array.
pub fn json() -> String {
    let entries: Vec<_> = DOCUMENTED
        .iter()
        .map(|(rule, docs)| Entry {
            id: rule.id,
            summary: docs.summary,
            severity: rule.severity,
            axis: rule.axis.name(),
            why: docs.why,
            aliases: rule.aliases,
            manual: docs.manual,
            bad: docs.bad,
            good: docs.good,
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&entries).unwrap_or_default();
    text.push('\n');
    text
}

/// Every rule in a line.
pub fn table() -> String {
    let width = DOCUMENTED.iter().map(|(rule, _)| rule.id.len()).max().unwrap_or_default();
    DOCUMENTED
        .iter()
        .map(|(rule, docs)| format!("{:width$}  {:7}  {}\n", rule.id, rule.severity.name(), docs.summary))
        .collect()
}

/// Every rule with its documentation, as one Markdown document: a heading of the second level for each.
pub fn markdown() -> String {
    let mut text =
        "# Rules\n\nWhat Lockstep reports, and why. Written by `lockstep rules --format markdown`.\n"
            .to_owned();
    for (rule, docs) in DOCUMENTED {
        text += &format!("\n#{}", documentation(rule, docs).replace("\n## ", "\n### "));
    }
    text
}

/// All that a rule's file says of it, as Markdown.
pub fn documentation(rule: &Rule, docs: &Docs) -> String {
    let mut text = format!(
        "# {}\n\n{}.\n\n{} at most, concerns {}.\n\n{}\n",
        rule.id,
        docs.summary,
        capitalised(rule.severity.name()),
        rule.axis.name(),
        docs.why
    );
    for (title, examples) in [("Example", docs.bad), ("Use instead", docs.good)] {
        if !examples.is_empty() {
            text += &format!("\n## {title}\n");
        }
        for example in examples {
            text += &format!("\n```sql\n{}\n```\n", example.trim_end());
        }
    }
    text += &format!("\n## Read on\n\nPostgreSQL's manual: {}.\n", docs.manual);
    if !rule.aliases.is_empty() {
        text += &format!("\nOther tools call it: {}.\n", rule.aliases.join(", "));
    }
    text
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rules.md");
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == markdown(), "docs/rules.md: lockstep rules --format markdown > docs/rules.md");
    }

    #[test]
    fn every_rule_is_listed_and_explained() {
        let (table, json) = (table(), json());
        let entries: Vec<serde_json::Value> = serde_json::from_str(&json).expect("an array");
        assert_eq!(entries.len(), DOCUMENTED.len());
        for (rule, docs) in DOCUMENTED {
            assert!(table.contains(&format!("{} ", rule.id)), "{}", rule.id);
            let documentation = documentation(rule, docs);
            assert!(
                documentation.starts_with(&format!("# {}\n", rule.id)) && documentation.contains(docs.why)
            );
        }
    }
}
