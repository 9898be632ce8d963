//! Every rule's examples are its tests, and no rule may lack its words.

use super::{RULES, Severity};
use crate::{Settings, Workspace, review};

fn reviewed(text: &str) -> crate::Review {
    let mut workspace = Workspace::new();
    let name = if text.starts_with('#') { "plan.md" } else { "pasted.sql" };
    workspace.add(name, text);
    review(&workspace, &Settings::default())
}

#[test]
fn bad_examples_are_found() {
    let mut missed = Vec::new();
    for rule in RULES {
        assert!(!rule.bad.is_empty(), "{} has no bad example", rule.id);
        for example in rule.bad {
            let review = reviewed(example);
            let found: Vec<_> = review.findings.iter().map(|finding| finding.rule.id).collect();
            if !found.contains(&rule.id) {
                missed.push(format!("{} is not found, only {found:?}, in:\n{example}", rule.id));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}

#[test]
fn good_examples_are_silent_under_all_rules() {
    let mut failures = Vec::new();
    for rule in RULES {
        for example in rule.good {
            let review = reviewed(example);
            let loud: Vec<_> = review
                .findings
                .iter()
                .filter(|finding| {
                    finding.severity > Severity::Advice && finding.rule.id != "missing-rollback"
                })
                .map(|finding| format!("{}: {}", finding.rule.id, finding.message))
                .collect();
            if !loud.is_empty() {
                failures.push(format!("{}: {loud:#?} in:\n{example}", rule.id));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_rule_has_its_words() {
    for pair in RULES.windows(2) {
        assert!(pair[0].id < pair[1].id, "{} stands before {}", pair[0].id, pair[1].id);
    }
    for rule in RULES {
        assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
        assert!(rule.summary.len() > 20 && !rule.summary.ends_with('.'), "{}: summary", rule.id);
        assert!(rule.why.len() > 120, "{}: why", rule.id);
        assert!(
            rule.why.contains("does not apply") || rule.good.is_empty() || rule.id == "statement-fails",
            "{}: when not",
            rule.id
        );
        assert!(!rule.manual.is_empty(), "{}: manual", rule.id);
        assert!(rule.aliases.iter().all(|alias| alias.contains(':')), "{}: aliases name their tool", rule.id);
    }
}
