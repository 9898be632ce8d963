//! A placeholder that somebody has to fill in.

use super::{marks, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "template-placeholder",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "The script holds a placeholder of a template language",
    why: "`${NAME}` and `{{ name }}` mean nothing to PostgreSQL: outside of a string the statement fails (42601), inside of one the \
placeholder itself is stored. Only a runner that fills them in makes SQL of it, and what it fills in has not been reviewed.

It does not apply in comments, nor to JSON and arrays in strings. psql's own variables are written `:name` or `:'name'`.",
    manual: "psql: Variables",
    bad: &["CREATE SCHEMA ${SCHEMA};", "INSERT INTO settings (id, value) VALUES (1, '{{ region }}');"],
    good: &["SELECT '{\"a\": {\"b\": 1}}'::jsonb, '{{1,2},{3,4}}'::int[];"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, script) in scene.scripts() {
        let found = marks::placeholders(&script.text);
        let Some(first) = found.first() else { continue };
        let text = &script.text[first.clone()];
        let more = match found.len() - 1 {
            0 => String::new(),
            more => format!(" ({more} more in this script)"),
        };
        let range = script.range.start + first.start as u32..script.range.start + first.end as u32;
        findings.at_span(
            Severity::Warning,
            migration,
            Span::new(script.file, range),
            format!("{text} is a placeholder{more}: PostgreSQL does not fill it in, and what a runner would put there is not reviewed."),
            "Review the script as the runner sends it, with the placeholders filled in.",
        );
    }
}
