//! A length limit in the type.

use super::definitions::{is_built_in, kept_columns};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "varchar-limit",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["squawk:prefer-text-field", "schemalint:prefer-text-to-varchar", "pgrubic:TP006"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column is varchar(n), whose limit only a type change moves",
    why: "A value that is too long is refused (22001), as a CHECK would, but the limit is part of the type: to change it takes ACCESS EXCLUSIVE, is refused where a view shows the \
column (0A000), and a lower one writes the whole table anew. text takes the same room.

It does not apply to varchar without a limit, to temporary tables, nor to columns that a later migration drops or makes text.

Use `text`, and where a limit means something `CHECK (length(name) <= 100)`, which can be added NOT VALID and changed at any time.",
    manual: "Character Types",
    bad: &["CREATE TABLE users (id bigint PRIMARY KEY, email varchar(100) NOT NULL);"],
    good: &[
        "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL CHECK (length(email) <= 100), name varchar);",
        "-- file: 001_users.sql\nCREATE TABLE users (id bigint PRIMARY KEY, email varchar(100));\n-- file: 002_text.sql\nALTER TABLE users ALTER COLUMN email TYPE text;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let limited: Vec<&str> = kept_columns(&place, command)
            .into_iter()
            .filter(|(_, written)| is_built_in(written, "varchar") && !written.modifiers.is_empty())
            .map(|(column, _)| &**column)
            .collect();
        if !limited.is_empty() {
            findings.at(
                &place,
                format!("The limit of {} is part of the type: to move it later takes a type change under ACCESS EXCLUSIVE.", limited.join(", ")),
                "Use text, with a CHECK on the length where the limit means something.",
            );
        }
    }
}
