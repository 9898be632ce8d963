//! Text that is no PostgreSQL.

use super::{marks, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "syntax-error",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["squawk:syntax-error"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "PostgreSQL's parser refuses a statement",
    why: "The statement is not valid SQL for PostgreSQL 18 (42601), or it nests deeper than a server's stack allows (54001). \
The migration fails there. The statements before and after it are reviewed all the same.

It does not apply to lines that psql reads itself, such as `\\set`.",
    manual: "Lexical Structure",
    bad: &["ALTER TABEL orders ADD COLUMN note text;", "SELECT 'unterminated;"],
    good: &["SELECT 1;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let Command::Invalid(error) = place.command() else { continue };
        if marks::explains_syntax_error(place.text()) {
            continue;
        }
        let span = place.span();
        let start = error.offset.clamp(span.start, span.end);
        let rest = &scene.workspace.slice(Span { start, ..span });
        let word = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'))
            .unwrap_or(rest.len())
            .clamp(1, 40);
        let end = (start + word as u32).min(span.end).max(start);
        findings.at_span(
            Severity::Danger,
            Some(place.migration),
            Span { start, end, ..span },
            format!("{} (SQLSTATE {}).", capitalised(&error.message), error.sqlstate),
            "Correct the statement; nothing of it is reviewed until PostgreSQL's parser accepts it.",
        );
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
