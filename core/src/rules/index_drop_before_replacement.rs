//! An index dropped before the one that replaces it is there.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Id, Index, Schema};
use crate::sql::Command;
use crate::sql::command::ObjectKind;

pub(super) static RULE: Rule = Rule {
    id: "index-drop-before-replacement",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["online_migrations:replace_index", "pg-schema-diff:INDEX_DROPPED"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An index is dropped before the index that replaces it is built",
    why: "From the DROP until the new index is built, queries that relied on the old one read the whole table, all of \
them at once; and if the new build fails, that stays so. For a unique index, duplicates can come in meanwhile, and then the \
new one fails with 23505.

It does not apply within one transaction, to tables that these files created and nothing has filled, nor to dropping what a \
failed build may have left (`DROP INDEX CONCURRENTLY IF EXISTS` of the same name that these files do not know).

Build the new index first under another name, then drop the old one, then rename if the name matters.",
    manual: "CREATE INDEX: Building Indexes Concurrently",
    bad: &[
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, at date);\nCREATE INDEX orders_customer ON orders (customer_id);\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nSET lock_timeout = '5s';\nDROP INDEX CONCURRENTLY orders_customer;\nCREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id, at);",
    ],
    good: &[
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, at date);\nCREATE INDEX orders_customer ON orders (customer_id);\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nSET lock_timeout = '5s';\nDROP INDEX CONCURRENTLY IF EXISTS orders_customer_at;\nCREATE INDEX CONCURRENTLY orders_customer_at ON orders (customer_id, at);\nDROP INDEX CONCURRENTLY orders_customer;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Drop(drop) = command else { continue };
        if drop.kind != ObjectKind::Index {
            continue;
        }
        for object in &drop.objects {
            let Some(relation) = place.known_before(&object.name) else { continue };
            let Some(index) = relation.index().filter(|index| place.is_in_use(index.table)) else { continue };
            if covering(&place.after().schema, index, None) {
                continue;
            }
            let Some(later) = replacement(&place, index) else { continue };
            findings.at(
                &place,
                format!(
                    "{} is dropped before the index that replaces it is built on {}: until then, queries on {} read the whole table.",
                    relation.name,
                    later.seen_from(&place),
                    place.relation_of(index.table).map(|table| table.display_name()).unwrap_or_default()
                ),
                "Build the new index first, under another name if need be; then drop the old one.",
            );
        }
    }
}

/// The later statement, in another transaction of this migration or in the next one, that builds an index which can do
/// the dropped one's work. What comes much later is no replacement: somebody had found that the index was missed.
fn replacement<'a>(place: &Place<'a>, index: &Index) -> Option<Place<'a>> {
    let next = (place.migration + 1..place.scene.timeline.ups.len()).take(1);
    let rest = place.scene.places_of(place.migration).skip(place.index + 1);
    let later = rest.chain(next.flat_map(|migration| place.scene.places_of(migration)));
    later.filter(|later| !place.is_together_with(later)).find(|later| {
        matches!(later.command(), Command::CreateIndex(_))
            && later.step().error.is_none()
            && covering(&later.after().schema, index, Some(&later.before().schema))
    })
}

/// Is there an index that begins with the same columns? With `except`, one that is not in that schema.
fn covering(schema: &Schema, index: &Index, except: Option<&Schema>) -> bool {
    let is_new = |id: Id| except.is_none_or(|before| before.relation(id).is_none());
    schema.indexes_of(index.table).any(|(relation, other)| {
        is_new(relation.id)
            && other.method == index.method
            && other.predicate == index.predicate
            && other.keys.len() >= index.keys.len()
            && other.keys.iter().zip(&index.keys).all(|(a, b)| a.part == b.part)
    })
}
