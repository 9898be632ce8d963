//! A role that may do anything.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::RoleAction;

pub(super) static RULE: Rule = Rule {
    id: "role-with-power",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP073", "eslint-plugin-postgresql:no-create-role", "bytebase:217"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A role gets rights that go past every other one",
    why: "SUPERUSER checks no privilege at all, BYPASSRLS no policy; CREATEROLE hands out other roles; REPLICATION \
reads every row. `pg_execute_server_program` and `pg_write_server_files` lead to the server's system user, \
`pg_read_all_data` to every table. An application that connects as such a role turns one injection into the \
loss of the server. Managed services refuse most of them (42501).

It does not apply to NOSUPERUSER and its like. Name the privileges that the role needs.",
    manual: "Role Attributes",
    bad: &["ALTER ROLE app SUPERUSER;"],
    good: &["ALTER ROLE app NOSUPERUSER;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let said = match command {
            Command::Role(role) if role.action != RoleAction::Drop => {
                let mighty = role.options.iter().find(|option| {
                    matches!(&*option.name, "superuser" | "bypassrls" | "createrole" | "isreplication") && option.value.as_deref() == Some("true")
                });
                mighty.map(|option| (role.names.join(", "), option.name.trim_start_matches("is").to_ascii_uppercase()))
            }
            Command::GrantRole(grant) if grant.grant && !grant.option_only => {
                let mighty = grant.granted.iter().find(|granted| MIGHTY.contains(&&***granted));
                mighty.map(|granted| (grant.roles.join(", "), granted.to_string()))
            }
            _ => None,
        };
        if let Some((role, power)) = said {
            findings.at(&place, format!("{role} gets {power}, which goes past the privileges on single objects."), "Grant what the role needs, object by object.");
        }
    }
}

/// Roles of the server's own whose members may do more than any grant on an object allows.
const MIGHTY: &[&str] = &[
    "pg_execute_server_program", "pg_read_all_data", "pg_read_server_files", "pg_write_all_data", "pg_write_server_files",
];
