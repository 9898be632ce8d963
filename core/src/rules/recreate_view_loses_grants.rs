//! A view dropped and created again: what was attached to it is gone.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{CommentTarget, Id, Relation, Schema};
use crate::sql::command::ObjectKind;
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "recreate-view-loses-grants",
    severity: Severity::Warning,
    axis: Axis::Compatibility,
    aliases: &["migrationpilot:MP052"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A view is dropped and created again, without the privileges and options that it had",
    why: "A new view belongs to whoever creates it, and nobody else may read it: every GRANT on the old one is gone, and \
its readers fail with 42501. Gone are also its comment, its rules and triggers, and options such as `security_invoker`, \
without which it reads with its owner's rights, past row level security.

It does not apply when the migration grants the same again, nor to views that these files created without grants. Where the \
old view is not known here, it is advice.

Use `CREATE OR REPLACE VIEW`, which keeps all of it as long as the columns stay and new ones come last; or repeat GRANT and \
WITH (…) after CREATE VIEW.",
    manual: "CREATE VIEW: Notes",
    bad: &[
        "DROP VIEW open_orders;\nCREATE VIEW open_orders AS SELECT 1 AS id;",
        "-- file: 001.sql\nCREATE VIEW v WITH (security_invoker = true) AS SELECT 1 AS id;\nGRANT SELECT ON v TO reader;\n-- file: 002.sql\nDROP VIEW v;\nCREATE VIEW v AS SELECT 1 AS id, 2 AS n;",
    ],
    good: &[
        "-- file: 001.sql\nCREATE VIEW v AS SELECT 1 AS id;\nGRANT SELECT ON v TO reader;\n-- file: 002.sql\nCREATE OR REPLACE VIEW v AS SELECT 1 AS id, 2 AS n;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Drop(drop) = command else { continue };
        if !matches!(drop.kind, ObjectKind::View | ObjectKind::MaterializedView) {
            continue;
        }
        for object in &drop.objects {
            let Some(again) = created_again(&place, &object.name) else { continue };
            match place.known_before(&object.name) {
                Some(old) => report_known(&place, old, again, findings),
                None if is_granted(&place, &object.name) => {}
                None => findings.at_with(
                    Severity::Advice,
                    &place,
                    format!("Privileges, comments and options of the old {} are gone once it is created again; which it had is not known here.", object.name),
                    "Use CREATE OR REPLACE VIEW, or repeat GRANT, COMMENT and WITH (…) after CREATE VIEW.",
                ),
            }
        }
    }
}

/// The view of the same name when the migration ends.
fn created_again<'a>(place: &Place<'a>, written: &QualifiedName) -> Option<&'a Relation> {
    let run = place.run();
    let found = run.after.schema.resolve(written, &place.before().session.search_path())?;
    found.view().is_some().then_some(&**found)
}

fn is_granted(place: &Place, written: &QualifiedName) -> bool {
    created_again(place, written).is_some_and(|new| !grants(&place.run().after.schema, new.id).is_empty())
}

fn report_known(place: &Place, old: &Relation, new: &Relation, findings: &mut Findings) {
    let (before, after) = (&place.before().schema, &place.run().after.schema);
    let kept = grants(after, new.id);
    let mut lost: Vec<String> = grants(before, old.id)
        .into_iter()
        .filter(|grant| !kept.contains(grant))
        .map(|(role, privilege)| format!("{} for {role}", privilege.to_ascii_uppercase()))
        .collect();
    for option in &old.options {
        if !new.options.iter().any(|own| own.name == option.name) {
            lost.push(format!("the option {}", option.name));
        }
    }
    if lost.is_empty() {
        return;
    }
    findings.at(
        place,
        format!("{} is dropped and created again without {}.", old.display_name(), lost.join(", ")),
        "Use CREATE OR REPLACE VIEW, or repeat GRANT and WITH (…) after CREATE VIEW.",
    );
}

/// Role and privilege of each grant on a relation.
fn grants(schema: &Schema, id: Id) -> Vec<(String, String)> {
    schema
        .grants
        .iter()
        .filter(|((target, _), _)| *target == CommentTarget::Object(id))
        .flat_map(|((_, role), privileges)| {
            privileges.iter().map(move |privilege| (role.to_string(), privilege.to_string()))
        })
        .collect()
}
