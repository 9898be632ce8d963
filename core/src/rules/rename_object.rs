//! A function, type, schema or sequence under another name.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::Command;
use crate::sql::command::ObjectKind;

pub(super) static RULE: Rule = Rule {
    id: "rename-object",
    severity: Severity::Warning,
    axis: Axis::Compatibility,
    aliases: &["migrationpilot:MP098", "strong_migrations:rename_schema"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A schema, function, type or sequence that was there before gets another name or schema",
    why: "From COMMIT on, what names the old one fails: queries and calls of the running application (3F000 for a \
schema, 42883 for a function, 42704 for a type, 42P01 for a sequence), and functions whose body is a string. \
Views, defaults and indexes follow, as they hold the object and not its name.

It does not apply to what these files created, nor when the migration ends with another one of the old name. Create the new one beside the old one, move the code, then \
drop the old one.",
    manual: "ALTER TYPE",
    bad: &["ALTER TYPE level RENAME TO grade;"],
    good: &["CREATE TYPE level AS ENUM ('low');\nALTER TYPE level RENAME TO grade;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let (kind, written, to) = match command {
            Command::Rename(rename) => (rename.kind, &rename.object.name, &rename.to),
            Command::SetSchema(set) => (set.kind, &set.object.name, &set.to),
            _ => continue,
        };
        let start = &scene.start().schema;
        let presumed = |known: bool, origin: Option<Origin>| known || origin.is_none_or(|origin| origin == Origin::Assumed);
        let name = &written.name;
        let (what, sqlstate, is_old) = match kind {
            ObjectKind::Schema => {
                let origin = place.before().schema.namespaces.get(name).map(|own| own.origin);
                ("schema", "3F000", presumed(start.namespaces.get(name).is_some(), origin))
            }
            ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => {
                let known = start.functions().any(|own| own.name == *name);
                ("function", "42883", presumed(known, place.before().schema.functions().find(|own| own.name == *name).map(|own| own.origin)))
            }
            ObjectKind::Type | ObjectKind::Domain => {
                let known = start.types().any(|own| own.name == *name);
                ("type", "42704", presumed(known, place.before().schema.types().find(|own| own.name == *name).map(|own| own.origin)))
            }
            ObjectKind::Sequence => ("sequence", "42P01", place.relation(written).is_none_or(|own| scene.is_old(own))),
            _ => continue,
        };
        // Where another one bears the old name when the migration ends, it was exchanged.
        let end = &place.run().after.schema;
        let is_exchanged = match kind {
            ObjectKind::Type | ObjectKind::Domain => end.types().any(|own| own.name == *name),
            ObjectKind::Schema => end.namespaces.get(name).is_some(),
            ObjectKind::Sequence => end.resolve(written, &place.before().session.search_path()).is_some(),
            _ => end.functions().any(|own| own.name == *name),
        };
        if is_old && !is_exchanged && !place.step().changes.is_empty() {
            findings.at(
                &place,
                format!("Code that names {what} {written} fails ({sqlstate}) from COMMIT on, until all of it says {to}."),
                "Create the new one beside the old one, move the code over, and drop the old one in a later release.",
            );
        }
    }
}
