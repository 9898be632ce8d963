//! A password that everybody with the repository knows.

use super::{marks, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "password-in-sql",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["eslint-plugin-postgresql:no-create-role", "sqlcheck:passwords"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A role's password is written in the migration",
    why: "The password is in the repository, in every copy and backup of it, and in the server's log if the statement is logged or \
fails. It is the same in every environment that runs the migration.

It does not apply to PASSWORD NULL, nor to a placeholder that the runner fills in; a SCRAM or MD5 hash is a warning, as it can be tried against \
word lists. Create the role without a password, and set it with psql's \\password or from a secret store.",
    manual: "CREATE ROLE",
    bad: &["CREATE ROLE app LOGIN PASSWORD 'hunter2';"],
    good: &["CREATE ROLE app LOGIN;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let Command::Role(role) = place.command() else { continue };
        let password = role.options.iter().filter(|option| &*option.name == "password").find_map(|option| option.value.as_deref());
        let Some(password) = password.filter(|text| marks::placeholders(text).is_empty()) else { continue };
        let hashed = password.starts_with("SCRAM-SHA-256$") || password.len() == 35 && password.starts_with("md5");
        let roles = role.names.join(", ");
        let (severity, message) = if hashed {
            (Severity::Warning, format!("The hash of the password of {roles} is known to everybody who has this file."))
        } else {
            (Severity::Danger, format!("The password of {roles} is known to everybody who has this file, or the server's log."))
        };
        findings.at_with(severity, &place, message, "Leave PASSWORD out, set it from a secret store, and change the one that stands here.");
    }
}
