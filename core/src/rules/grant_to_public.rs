//! Rights for everybody.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{Grant, ObjectKind};

pub(super) static RULE: Rule = Rule {
    id: "grant-to-public",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP085", "safe-migrate:overbroad-grant", "pglinter:S003"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A privilege is granted to PUBLIC: every role there is, and every one to come",
    why: "PUBLIC is every role of the server, those of other applications and of reporting tools included. To let it write is to let anyone \
who can connect change the data; CREATE on a schema lets anyone put objects where others' names are looked up.

It does not apply to what PUBLIC has anyway (EXECUTE on functions, USAGE on types and languages). Reading is a warning, writing a danger. \
Grant to the role that needs it.",
    manual: "GRANT",
    bad: &["GRANT INSERT ON orders TO PUBLIC;", "GRANT SELECT ON orders TO PUBLIC;"],
    good: &["GRANT SELECT ON orders TO reporting;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let (Command::Grant(grant) | Command::DefaultPrivileges(grant)) = place.command() else { continue };
        if !grant.grant || !grant.roles.iter().any(|role| &**role == "public") {
            continue;
        }
        let Some(severity) = gravity(grant) else { continue };
        let privileges = match grant.privileges.as_slice() {
            [] => "all privileges".to_owned(),
            some => some.iter().map(|(name, _)| name.to_ascii_uppercase()).collect::<Vec<_>>().join(", "),
        };
        let on = grant.objects.iter().map(|object| object.name.to_string()).collect::<Vec<_>>().join(", ");
        let on = match (place.command(), on.is_empty()) {
            (Command::DefaultPrivileges(_), _) => "everything that is created from now on".to_owned(),
            (_, false) if grant.all_in_schema => format!("everything in {on}"),
            _ => on,
        };
        findings.at_with(
            severity,
            &place,
            format!("Every role of the server gets {privileges} on {on}."),
            "Grant it to the role that needs it, and revoke it from PUBLIC.",
        );
    }
}

/// None for what PUBLIC has by default.
fn gravity(grant: &Grant) -> Option<Severity> {
    let has = |privilege: &str| grant.privileges.is_empty() || grant.privileges.iter().any(|(name, _)| &**name == privilege || &**name == "all");
    match grant.kind {
        ObjectKind::Table | ObjectKind::Sequence => {
            let writes = ["insert", "update", "delete", "truncate", "trigger", "references", "maintain"].into_iter().any(has);
            Some(if writes && grant.kind == ObjectKind::Table { Severity::Danger } else { Severity::Warning })
        }
        ObjectKind::Schema | ObjectKind::Database => has("create").then_some(Severity::Warning),
        _ => None,
    }
}
