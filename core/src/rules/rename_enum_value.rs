//! ALTER TYPE … RENAME VALUE.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::EnumAction;

pub(super) static RULE: Rule = Rule {
    id: "rename-enum-value",
    severity: Severity::Danger,
    axis: Axis::Compatibility,
    aliases: &["strong_migrations:rename_enum_value", "migrationpilot:MP060"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An enum value gets another name, and the running application does not know it",
    why: "All rows that hold the value show its new name from COMMIT on. Code, and functions whose body is a string, \
that write or compare with the old one fail with 22P02; code that reads it meets a word that it does not know.

It does not apply to types that these files created.

Add the new value, deploy code that knows both, move the rows in batches, and stop using the old value.",
    manual: "ALTER TYPE",
    bad: &["ALTER TYPE order_state RENAME VALUE 'paid' TO 'settled';"],
    good: &["CREATE TYPE order_state AS ENUM ('open', 'paid');\nALTER TYPE order_state RENAME VALUE 'paid' TO 'settled';"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::AlterEnum(alter) = command else { continue };
        let EnumAction::Rename { from, to } = &alter.action else { continue };
        let before = place.before();
        let path = before.session.search_path();
        let known = match &alter.name.schema {
            Some(schema) => before.schema.type_named(schema, &alter.name.name),
            None => path.iter().find_map(|schema| before.schema.type_named(schema, &alter.name.name)),
        };
        let is_new = known.is_some_and(|known| {
            known.origin == crate::schema::Origin::Created
                && scene.start().schema.user_type(known.id).is_none()
        });
        if is_new {
            continue;
        }
        findings.at(
            &place,
            format!("Code that writes or compares '{from}' as {} fails (22P02) from COMMIT on.", alter.name),
            format!("Add '{to}' as a value of its own, deploy code that knows both, move the rows in batches, and stop using '{from}'."),
        );
    }
}
