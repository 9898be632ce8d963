//! The documentation of all rules: `docs/rules.md`, a heading of the second level for each.

use lockstep_core::rules::RULES;

/// A rule's part of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chapter<'a> {
    /// The rule's id.
    pub rule: &'a str,
    /// Markdown, without the heading.
    pub text: &'a str,
}

/// The chapters in order.
pub fn chapters(book: &str) -> impl Iterator<Item = Chapter<'_>> {
    book.split("\n## ").skip(1).filter_map(|chapter| {
        let (rule, text) = chapter.split_once('\n')?;
        Some(Chapter { rule, text })
    })
}

/// Where in the book a rule is: it is in the order of the rules.
pub fn place(rule: &str) -> Option<usize> {
    RULES.iter().position(|known| known.id == rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = include_str!("../../../../docs/rules.md");

    #[test]
    fn every_rule_has_its_chapter() {
        let rules: Vec<&str> = chapters(BOOK).map(|chapter| chapter.rule).collect();
        for (index, rule) in rules.iter().enumerate() {
            assert_eq!(place(rule), Some(index), "{rule}");
        }
        assert_eq!(rules.len(), RULES.len());
        assert_eq!(place("no-such-rule"), None);
        assert!(chapters(BOOK).all(|chapter| chapter.text.contains("### Read on")));
    }
}
