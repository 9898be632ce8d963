//! Names longer than the server keeps.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::{TokenKind, tokens};

pub(super) static RULE: Rule = Rule {
    id: "identifier-truncated",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["squawk:identifier-too-long"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A name is longer than 63 bytes, and PostgreSQL cuts it",
    why: "The server keeps 63 bytes of a name, says so in a NOTICE (42622) and goes on. Code that looks the object up \
by its whole name does not find it, and two names that differ only behind the 63rd byte are one.

It does not apply to strings. Where the cut name exists already, the statement fails and is reported as \
such. Shorten the name yourself.",
    manual: "Lexical Structure: Identifiers and Key Words",
    bad: &["CREATE TABLE a_table_with_a_name_that_goes_on_and_on_until_no_server_would_keep_it (id bigint PRIMARY KEY);"],
    good: &["CREATE TABLE a (id bigint PRIMARY KEY, note text DEFAULT 'a_text_with_a_name_that_goes_on_and_on_until_no_server_would_keep_it');"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let text = place.text();
        if !has_long_word(text) {
            continue;
        }
        let long = tokens(text, 0).into_iter().find_map(|token| {
            let written = &text[token.range.start as usize..token.range.end as usize];
            let name = written.trim_matches('"');
            (token.kind == TokenKind::Identifier && name.len() > KEPT).then_some(name)
        });
        if let Some(name) = long {
            let kept = (0..=KEPT).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
            findings.at(&place, format!("{name} is cut to {}.", &name[..kept]), "Choose a name of at most 63 bytes.");
        }
    }
}

/// So many bytes of a name are kept.
const KEPT: usize = 63;

/// Could there be a long name? Asked first, as it is asked of every statement.
fn has_long_word(text: &str) -> bool {
    text.split(|c: char| c.is_ascii_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '.' | '\'')).any(|word| word.len() > KEPT)
}
