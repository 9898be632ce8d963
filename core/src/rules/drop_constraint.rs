//! DROP CONSTRAINT: a guarantee that readers of the data relied on ends.

use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Constraint, ConstraintKind, Origin};
use crate::sql::Name;
use crate::sql::command::{AlterAction, ConstraintKind as Written};

pub(super) static RULE: Rule = Rule {
    id: "drop-constraint",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["atlas:CD101", "pgfence:drop-constraint", "migrationpilot:MP055"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A constraint that was there before is dropped: what it kept out may come in",
    why: "From now on nothing keeps duplicates, orphans or wrong values out, and once they are in, the constraint cannot \
come back (23505, 23503, 23514): the way back is closed. Dropping a key drops its index, and `ON CONFLICT` on its columns \
fails with 42P10. Dropping a foreign key takes ACCESS EXCLUSIVE on both tables.

It does not apply to constraints that these files added, to a CHECK that only proved a NOT NULL that is now set, nor when the \
same migration adds another constraint of the same kind to the table.

Say in the migration what takes over the guarantee. To replace a constraint, add the new one first.",
    manual: "ALTER TABLE: DROP CONSTRAINT",
    bad: &[
        "-- file: 001.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE orders DROP CONSTRAINT orders_total_check;",
    ],
    good: &[
        "CREATE TABLE drafts (id bigint PRIMARY KEY, n int CONSTRAINT positive CHECK (n > 0));\nALTER TABLE drafts DROP CONSTRAINT positive;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::DropConstraint { name, .. } = alteration.action else { continue };
        let known = constraint_before(&alteration, name);
        let is_old = match known {
            Some(known) => is_old(scene, &alteration, known),
            None => scene.is_old(alteration.relation) && alteration.relation.origin == Origin::Assumed,
        };
        if !is_old || is_replaced(scene, &alteration, known) || goes_with_its_columns(&alteration, known) {
            continue;
        }
        let Some((severity, loss)) = loss(&alteration, known, name) else { continue };
        findings.at_with(
            severity,
            &alteration.place,
            format!("Without {name}, {loss}."),
            "Say in the migration what takes over its guarantee; to replace it, add the new constraint first.",
        );
    }
}

fn constraint_before<'a>(alteration: &Alteration<'a>, name: &Name) -> Option<&'a Constraint> {
    let before = alteration.place.before().schema.relation(alteration.relation.id)?;
    before.table()?.constraint(name)
}

fn is_old(scene: &Scene, alteration: &Alteration, known: &Constraint) -> bool {
    let start = scene.start().schema.relation(alteration.relation.id);
    start.and_then(|relation| relation.table()).is_some_and(|table| {
        table.constraints.iter().any(|own| own.name == known.name && own.kind == known.kind)
    })
}

/// Does the same migration add a constraint of the same kind to the table?
fn is_replaced(scene: &Scene, alteration: &Alteration, known: Option<&Constraint>) -> bool {
    let same_kind = |written: &Written| match known.map(|known| &known.kind) {
        None => true,
        Some(ConstraintKind::NotNull(_)) => matches!(written, Written::NotNull { .. }),
        Some(ConstraintKind::Check(..)) => matches!(written, Written::Check { .. }),
        Some(ConstraintKind::Unique(_) | ConstraintKind::PrimaryKey(_)) => {
            matches!(written, Written::Unique(_) | Written::PrimaryKey(_))
        }
        Some(ConstraintKind::Exclude(..)) => matches!(written, Written::Exclude { .. }),
        Some(ConstraintKind::ForeignKey(_)) => matches!(written, Written::ForeignKey(_)),
    };
    scene.places_of(alteration.place.migration).flat_map(|place| place.alterations()).any(|other| {
        other.relation.id == alteration.relation.id
            && other.added_constraints().iter().any(|(definition, _)| same_kind(&definition.kind))
    })
}

/// Does the same migration drop the table, or a column that the constraint is on?
fn goes_with_its_columns(alteration: &Alteration, known: Option<&Constraint>) -> bool {
    let after = alteration.place.run().after.schema.relation(alteration.relation.id);
    let Some(table) = after.and_then(|relation| relation.table()) else { return true };
    let columns = known.map_or(&[][..], |known| known.kind.own_columns());
    columns.iter().any(|number| table.numbered(*number).is_none())
}

/// What may come in; none where nothing is lost.
fn loss(alteration: &Alteration, known: Option<&Constraint>, name: &str) -> Option<(Severity, String)> {
    let table = alteration.name();
    let schema = &alteration.place.before().schema;
    let Some(known) = known else {
        let (severity, loss) = match kind_by_name(name) {
            Some(kind) => (Severity::Warning, format!("which is {kind} by its name, {table} may hold what it kept out")),
            None => (Severity::Advice, format!("{table} may hold what it kept out (what that was is not known here)")),
        };
        return Some((severity, loss));
    };
    let columns = alteration.relation.table()?;
    Some(match &known.kind {
        ConstraintKind::ForeignKey(key) => (
            Severity::Warning,
            format!(
                "rows of {table} may point to nothing; the statement takes ACCESS EXCLUSIVE on {} as well",
                schema.display_name(key.references)
            ),
        ),
        ConstraintKind::Unique(_) | ConstraintKind::PrimaryKey(_) => (
            Severity::Warning,
            format!(
                "{table} may hold duplicates, its index is gone, and ON CONFLICT on its columns fails (42P10)"
            ),
        ),
        ConstraintKind::Exclude(..) => {
            (Severity::Warning, format!("rows of {table} may conflict, and its index is gone"))
        }
        ConstraintKind::NotNull(column) => {
            (Severity::Advice, format!("{table}.{} may be NULL", columns.column_name(*column)))
        }
        ConstraintKind::Check(expression, numbers) => {
            let proved = matches!(&expression.node, crate::sql::Node::IsNull { negated: true, .. })
                && numbers
                    .iter()
                    .all(|number| columns.numbered(*number).is_some_and(|column| column.not_null));
            if proved {
                return None;
            }
            (Severity::Advice, format!("{table} may hold rows for which {} does not hold", expression.sql))
        }
    })
}

/// What PostgreSQL, and the tools that name constraints themselves, mean by such a name.
fn kind_by_name(name: &str) -> Option<&'static str> {
    let words: Vec<String> = name.split('_').map(str::to_ascii_lowercase).collect();
    let has = |usual: &[&str]| words.iter().any(|word| usual.contains(&word.as_str()));
    if has(&["pkey", "pk"]) {
        Some("a primary key")
    } else if has(&["fkey", "fk", "foreign"]) {
        Some("a foreign key")
    } else if has(&["uniq", "unique", "uq", "ukey"]) || words.last().is_some_and(|last| last == "key") {
        Some("a unique key")
    } else {
        None
    }
}
