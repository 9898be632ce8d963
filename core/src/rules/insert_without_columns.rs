//! Values by position.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::Persistence;
use crate::sql::{Command, Dml};

pub(super) static RULE: Rule = Rule {
    id: "insert-without-columns",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["pgrubic:GN012", "eslint-plugin-postgresql:require-insert-columns"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "INSERT names no columns, so a column more or less changes what it means",
    why: "Without a list of columns the values go by position. When an earlier migration adds, drops or reorders a \
column, the same INSERT fails (42601), or puts values into other columns than meant; a restored or \
long-lived database may have another order than a new one.

It does not apply to INSERT … DEFAULT VALUES, nor to temporary tables. Name the columns.",
    manual: "INSERT",
    bad: &["INSERT INTO roles VALUES (1, 'admin');"],
    good: &["INSERT INTO roles (id, name) VALUES (1, 'admin');"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Dml(Dml::Insert { table, columns, source: Some(_), .. }) = command else { continue };
        let is_temporary = place.relation(table).is_some_and(|found| found.persistence == Persistence::Temporary);
        if columns.is_empty() && !is_temporary {
            findings.at(
                &place,
                format!("The values go into {table} by position: another order of its columns gives them another meaning."),
                format!("Name the columns: INSERT INTO {table} (…)."),
            );
        }
    }
}
