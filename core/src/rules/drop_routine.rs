//! A function that is gone.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Origin, Schema};
use crate::sql::command::ObjectKind;
use crate::sql::{Command, Name};

pub(super) static RULE: Rule = Rule {
    id: "drop-routine",
    severity: Severity::Warning,
    axis: Axis::Compatibility,
    aliases: &["safe-migrate:broken-compute", "migrationpilot:MP052"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A function or type that was there before is dropped",
    why: "The running application that calls it fails with 42883, or 42704 where it names the type; functions whose \
body is a string fail at their next call, as PostgreSQL does not know what they use.

It does not apply to trigger functions, to what these files created, nor when the same migration creates one of that name again. \
Drop it in the release after the one that last used it.",
    manual: "DROP FUNCTION",
    bad: &["DROP FUNCTION total(bigint);"],
    good: &["CREATE FUNCTION total(n bigint) RETURNS bigint LANGUAGE sql AS 'SELECT n';\nDROP FUNCTION total(bigint);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Drop(drop) = command else { continue };
        let gone = drop.objects.iter().find(|object| is_gone_for_good(&place, drop.kind, &object.name.name, drop.if_exists));
        let Some(gone) = gone else { continue };
        let (severity, what, sqlstate) = match drop.kind {
            // No column has the type any more, so hardly any code names it.
            ObjectKind::Type | ObjectKind::Domain => (Severity::Advice, "uses type", "42704"),
            _ => (Severity::Warning, "calls", "42883"),
        };
        findings.at_with(
            severity,
            &place,
            format!("Code that still {what} {} fails ({sqlstate}), and functions with it in their text fail when they are called.", gone.name),
            "Drop it in the release after the one that last used it.",
        );
    }
}

/// Was it there before this set, and is there none of its name when the migration ends?
fn is_gone_for_good(place: &Place, kind: ObjectKind, name: &Name, if_exists: bool) -> bool {
    let (start, before, after) = (&place.scene.start().schema, &place.before().schema, &place.run().after.schema);
    let names = |schema: &Schema| match kind {
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            schema.functions().find(|own| own.name == *name).map(|own| own.origin)
        }
        ObjectKind::Type | ObjectKind::Domain => schema.types().find(|own| own.name == *name).map(|own| own.origin),
        _ => Some(Origin::BuiltIn),
    };
    // What only triggers can call goes with them.
    let is_called = !before.functions().any(|own| {
        own.name == *name && own.result.as_ref().is_some_and(|(result, _)| result.is("trigger"))
    });
    let was_there = names(start).is_some() || names(before) != Some(Origin::Created) && !if_exists;
    was_there && is_called && names(after).is_none()
}
