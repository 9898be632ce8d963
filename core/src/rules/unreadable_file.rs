//! Bytes that no server takes for SQL, or that were too many to read.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::text::{FileId, Span, TextProblem};

pub(super) static RULE: Rule = Rule {
    id: "unreadable-file",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["eslint-plugin-postgresql:encoding"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A file is not UTF-8 text, holds NUL bytes, or is too large to review",
    why: "A server with the encoding UTF8 refuses bytes that are not UTF-8 (22021), and no PostgreSQL text can hold a NUL byte. A file in \
UTF-16, as some Windows tools save it, is refused from its first byte on (42601). What cannot be read cannot be reviewed.

It does not apply to files that are no migrations, of which it is only mentioned. A byte order mark and Windows line ends are fine.",
    manual: "Character Set Support",
    bad: &["INSERT INTO notes (id, body) VALUES (1, 'a\0b');"],
    good: &["\u{feff}CREATE TABLE notes (id bigint PRIMARY KEY);\r\n"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (id, file) in scene.workspace.files().filter(|(_, file)| !file.problems.is_empty()) {
        let migration = migration_in(scene, id);
        let is_sql = migration.is_some() || file.path.to_ascii_lowercase().ends_with(".sql");
        for problem in &file.problems {
            let (severity, offset, message, help) = match problem {
                TextProblem::NotUtf8 { offset, count } => (
                    Severity::Danger,
                    *offset,
                    format!("{count} bytes from here on are not UTF-8; the server refuses the file (22021)."),
                    "Save the file as UTF-8.",
                ),
                TextProblem::Nul { offset, count } => (
                    Severity::Danger,
                    *offset,
                    format!("The file holds {count} NUL bytes, the first of them here; psql and the server end the text there or refuse it (22021)."),
                    "Remove them; the file was probably saved as UTF-16 or damaged.",
                ),
                TextProblem::Utf16 => (
                    Severity::Danger,
                    0,
                    format!("{} is UTF-16, which neither psql nor the server reads (42601).", file.name()),
                    "Save the file as UTF-8.",
                ),
                TextProblem::TooLarge { bytes } => (
                    Severity::Warning,
                    0,
                    format!("{} has {bytes} bytes, more than are read here; nothing of it is reviewed.", file.name()),
                    "Split it; load data with COPY from a file of its own.",
                ),
            };
            let severity = if is_sql { severity } else { Severity::Advice };
            let line = file.line(file.position(offset).line);
            let span = Span::new(id, offset..offset.max(line.end));
            findings.at_span(severity, migration, span, message, help);
        }
    }
}

fn migration_in(scene: &Scene, file: FileId) -> Option<usize> {
    scene.history.migrations.iter().position(|migration| {
        migration.up.file == file || migration.down.as_ref().is_some_and(|down| down.file == file)
    })
}
