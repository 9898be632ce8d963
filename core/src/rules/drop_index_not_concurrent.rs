//! An index dropped without CONCURRENTLY.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::{Drop, ObjectKind};
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "drop-index-not-concurrent",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &[
        "squawk:require-concurrent-index-deletion",
        "atlas:PG102",
        "strong_migrations:remove_index",
        "django-migration-linter:DROP_INDEX",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An index of a table in use is dropped under ACCESS EXCLUSIVE on the table",
    why: "DROP INDEX takes ACCESS EXCLUSIVE on the index's table. The drop itself is quick, but it has to wait for every \
running query on the table, and every query that comes after it, SELECT too, waits behind it.

It does not apply to tables that these files created and nothing has filled, nor to small ones.

`DROP INDEX CONCURRENTLY`, outside of a transaction, takes SHARE UPDATE EXCLUSIVE, and waits without making others wait.",
    manual: "DROP INDEX",
    bad: &[
        "SET lock_timeout = '5s';\nDROP INDEX orders_customer_id_idx;",
        "DROP INDEX CONCURRENTLY IF EXISTS orders_total_idx;\nCREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);\nDROP INDEX IF EXISTS orders_total_idx;",
    ],
    good: &["DROP INDEX CONCURRENTLY orders_customer_id_idx;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Drop(drop) = command else { continue };
        if drop.kind != ObjectKind::Index || drop.concurrently {
            continue;
        }
        let mut tables: Vec<String> = Vec::new();
        for object in &drop.objects {
            if let Some(table) = felt_by(&place, drop, &object.name)
                && !tables.contains(&table)
            {
                tables.push(table);
            }
        }
        if tables.is_empty() {
            continue;
        }
        findings.at(
            &place,
            format!(
                "DROP INDEX takes ACCESS EXCLUSIVE on {}: it waits for every running query there, and all that come after it wait behind it.",
                tables.join(", ")
            ),
            "Use DROP INDEX CONCURRENTLY, one index a statement, in a migration that the runner does not wrap in a transaction.",
        );
    }
}

/// The table that is locked, in words, where somebody feels it.
fn felt_by(place: &Place, drop: &Drop, written: &QualifiedName) -> Option<String> {
    let Some(relation) = place.relation(written) else {
        let exists = !drop.if_exists || place.may_exist(written) && !knows_all_tables(place);
        return exists.then(|| format!("the table of {written}"));
    };
    let table = relation.index()?.table;
    let name = place.relation_of(table)?.display_name();
    place.is_in_use(table).then(|| format!("{name}{}", place.size_note(table)))
}

/// Did these files create every table that they name? Then they created its indexes too.
fn knows_all_tables(place: &Place) -> bool {
    place.before().schema.relations().next().is_some() && !place.scene.last().relations().any(|relation| relation.presumed)
}
