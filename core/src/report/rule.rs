//! The rules themselves, for people and programs who want to know them.

use serde::Serialize;

use super::json::Severity;
use crate::rules::{RULES, Rule};

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
    let entries: Vec<_> = RULES
        .iter()
        .map(|rule| Entry {
            id: rule.id,
            summary: rule.summary,
            severity: rule.severity,
            axis: rule.axis.name(),
            why: rule.why,
            aliases: rule.aliases,
            manual: rule.manual,
            bad: rule.bad,
            good: rule.good,
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&entries).unwrap_or_default();
    text.push('\n');
    text
}

/// Every rule in a line.
pub fn table() -> String {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    RULES
        .iter()
        .map(|rule| format!("{:width$}  {:7}  {}\n", rule.id, rule.severity.name(), rule.summary))
        .collect()
}

/// All that a rule's file says of it, as Markdown.
pub fn documentation(rule: &Rule) -> String {
    let mut text = format!(
        "# {}\n\n{}.\n\n{} at most, concerns {}.\n\n{}\n",
        rule.id,
        rule.summary,
        capitalised(rule.severity.name()),
        rule.axis.name(),
        rule.why
    );
    for (title, examples) in [("Example", rule.bad), ("Use instead", rule.good)] {
        if !examples.is_empty() {
            text += &format!("\n## {title}\n");
        }
        for example in examples {
            text += &format!("\n```sql\n{}\n```\n", example.trim_end());
        }
    }
    text += &format!("\n## Read on\n\nPostgreSQL's manual: {}.\n", rule.manual);
    if !rule.aliases.is_empty() {
        text += &format!("\nOther tools call it: {}.\n", rule.aliases.join(", "));
    }
    text
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_listed_and_explained() {
        let (table, json) = (table(), json());
        let entries: Vec<serde_json::Value> = serde_json::from_str(&json).expect("an array");
        assert_eq!(entries.len(), RULES.len());
        for rule in RULES {
            assert!(table.contains(&format!("{} ", rule.id)), "{}", rule.id);
            let documentation = documentation(rule);
            assert!(
                documentation.starts_with(&format!("# {}\n", rule.id)) && documentation.contains(rule.why)
            );
        }
    }
}
