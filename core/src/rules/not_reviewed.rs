//! SQL among the input that is no migration.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "not-reviewed",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["atlas:NM"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "SQL that changes something was set aside and not reviewed",
    why: "A file that the tool would not run, or a fence of a document that belongs to no migration, is left out of the history. When \
somebody runs it all the same, what it locks, rewrites or breaks has not been looked at.

It does not apply to queries that only read. Give it a name that the tool runs, or a line `-- File: 005_name.sql` at its top.",
    manual: "Explicit Locking",
    bad: &["# Plan\n\n## Migration 1: jobs\n\n```sql\n-- File: 001_jobs.sql\nCREATE TABLE jobs (id bigint PRIMARY KEY);\n```\n\n## Later\n\n```sql\nCREATE INDEX jobs_id ON jobs (id);\n```\n"],
    good: &["# Plan\n\n```sql\n-- File: 001_jobs.sql\nCREATE TABLE jobs (id bigint PRIMARY KEY);\n```\n\n```sql\nSELECT count(*) FROM jobs;\n```\n"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for aside in &scene.history.set_aside {
        let path = scene.workspace.file(aside.file).path.to_ascii_lowercase();
        if !["sql", "md", "markdown", "mdx", "txt"].iter().any(|ending| path.ends_with(ending)) {
            continue;
        }
        let span = Span::new(aside.file, aside.range.clone());
        let text = scene.workspace.slice(span);
        if changes_something(text) {
            let first = text.lines().next().unwrap_or_default().len() as u32;
            findings.at_span(
                Severity::Advice,
                None,
                Span { end: span.start + first, ..span },
                format!("This SQL was set aside and is not reviewed. {}", aside.reason),
                "If it is to be run, make it a migration of its own.",
            );
        }
    }
}

fn changes_something(text: &str) -> bool {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("```")).flat_map(|line| [line, "\n"]).collect();
    crate::sql::parse(&code, 0).iter().any(|statement| {
        !matches!(
            statement.command,
            Command::Invalid(_)
                | Command::Query(_)
                | Command::Explain { .. }
                | Command::Set(_)
                | Command::Transaction(_)
                | Command::Psql(_)
                | Command::CopyData { .. }
                | Command::Other
        )
    })
}
