//! More rights than anyone uses.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::ObjectKind;

pub(super) static RULE: Rule = Rule {
    id: "grant-all",
    severity: Severity::Advice,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP085", "safe-migrate:overbroad-grant"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "ALL PRIVILEGES, or the right to pass a privilege on, is granted",
    why: "ALL on a table is SELECT, INSERT, UPDATE, DELETE, and also TRUNCATE (which no row level security holds back), REFERENCES, TRIGGER and, \
from PostgreSQL 17 on, MAINTAIN. An application needs the first four at most. WITH GRANT OPTION lets the role hand the privilege to others.

It does not apply to schemas, sequences and functions. Name the privileges.",
    manual: "GRANT",
    bad: &["GRANT ALL ON orders TO app;"],
    good: &["GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO app;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let Command::Grant(grant) = place.command() else { continue };
        let to_public = grant.roles.iter().any(|role| &**role == "public");
        if !grant.grant || grant.kind != ObjectKind::Table || to_public {
            continue;
        }
        let roles = grant.roles.join(", ");
        if grant.grant_option {
            findings.at(&place, format!("{roles} may pass these privileges on to any other role."), "Leave WITH GRANT OPTION out.");
        } else if grant.privileges.is_empty() {
            findings.at(
                &place,
                format!("ALL gives {roles} TRUNCATE, REFERENCES and TRIGGER too, which applications do not need."),
                "Name the privileges: GRANT SELECT, INSERT, UPDATE, DELETE.",
            );
        }
    }
}
