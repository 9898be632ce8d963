//! A unique index or constraint on a table that may hold duplicates.

use super::writes::{Write, writes};
use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Id, Index, Origin, Rows};
use crate::sql::{Command, Dml};

pub(super) static RULE: Rule = Rule {
    id: "unique-over-existing-rows",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["atlas:MF101", "atlas:MF102", "django-migration-linter:ADD_UNIQUE"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A unique index or constraint is put on rows that may hold duplicates, which fails the migration",
    why: "Two rows with the same key fail the build with 23505, at the end of all its work and on the one database where \
the duplicates are. A concurrent build leaves an invalid index behind, which has to be dropped before the next attempt; \
there the finding is advice only.

It does not apply when the rows are NULL in the key (a new column without a default), when another unique index already \
covers part of the key, nor to tables that these files created and that hold no rows but those written out here. After a DELETE on the table here, which \
may be the clean-up, it is advice.

Look for duplicates before (`GROUP BY … HAVING count(*) > 1`), remove them in a migration of their own, and keep the application \
from making new ones.",
    manual: "Unique Indexes",
    bad: &[
        "SET lock_timeout = '5s';\nCREATE UNIQUE INDEX orders_number_key ON orders (number);",
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number);",
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN number text DEFAULT 'none' UNIQUE;",
    ],
    good: &[
        "SET lock_timeout = '5s';\nDROP INDEX CONCURRENTLY IF EXISTS orders_number_key;\nCREATE UNIQUE INDEX CONCURRENTLY orders_number_key ON orders (number);",
        "CREATE TABLE tags (id bigint PRIMARY KEY, name text);\nCREATE UNIQUE INDEX tags_name_key ON tags (name);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    // Tables of which rows are deleted, and where.
    let cleanings: Vec<(Id, (usize, usize))> = scene
        .places()
        .filter_map(|place| match place.command() {
            Command::Dml(statement @ Dml::Delete { .. }) => {
                Some((place.relation(statement.table())?.id, (place.migration, place.index)))
            }
            _ => None,
        })
        .collect();
    for place in scene.places() {
        if place.step().error.is_some() {
            continue;
        }
        let concurrently = matches!(place.command(), Command::CreateIndex(create) if create.concurrently);
        for (id, index) in new_unique_indexes(&place) {
            let Some(name) = place.after().schema.relation(id).map(|relation| relation.name.clone()) else {
                continue;
            };
            if !may_hold_duplicates(&place, id, &index) {
                continue;
            }
            let table = place.relation_of(index.table).map(|table| table.display_name()).unwrap_or_default();
            let here = (place.migration, place.index);
            let cleaned = cleanings.iter().any(|(table, at)| *table == index.table && *at < here);
            let severity = if concurrently || cleaned { Severity::Advice } else { Severity::Warning };
            let leaves = if concurrently { ", and an invalid index stays" } else { "" };
            findings.at_with(
                severity,
                &place,
                format!("If {table} holds duplicates, building {name} fails (23505){leaves}."),
                "Look for duplicates first (GROUP BY … HAVING count(*) > 1), and remove them in a migration of their own.",
            );
        }
    }
}

/// Unique indexes that the statement makes on tables that were there before it. A primary key has a rule of its own.
fn new_unique_indexes(place: &Place) -> Vec<(Id, Index)> {
    if !matches!(place.command(), Command::CreateIndex(_) | Command::AlterTable(_) | Command::Do(_)) {
        return Vec::new();
    }
    let (before, after) = (&place.before().schema, &place.after().schema);
    let is_primary = |index: &Index, id: Id| {
        let table = after.relation(index.table).and_then(|relation| relation.table());
        table.is_some_and(|table| table.primary_key() == Some(id))
    };
    after
        .relations_since(before)
        .filter_map(|relation| Some((relation.id, relation.index()?.clone())))
        .filter(|(id, index)| index.unique && index.parent.is_none() && !is_primary(index, *id))
        .filter(|(_, index)| holds_unseen_rows(place, index.table) && place.is_shared(index.table))
        .collect()
}

/// Rows that these files write out are there to be seen, and the first trial run shows duplicates.
fn holds_unseen_rows(place: &Place, table: Id) -> bool {
    place.relation_of(table).is_none_or(|found| matches!(found.rows(), Rows::Some | Rows::Unknown))
}

/// Nothing that is known here rules duplicates out.
fn may_hold_duplicates(place: &Place, id: Id, index: &Index) -> bool {
    // One that the migration found here, and may have dropped since, kept them out until now.
    let kept_out = place.run().before.schema.indexes_of(index.table).any(|(_, other)| {
        other.unique
            && other.valid
            && (other.predicate.is_none() || other.predicate == index.predicate)
            && other.keys.iter().all(|own| index.keys.iter().any(|key| key.part == own.part))
    });
    if kept_out {
        return false;
    }
    let Some(columns) = index.key_columns() else { return true };
    // A column that the migration adds is NULL in every row until something fills it.
    let null_everywhere = columns.iter().any(|number| is_added_empty(place, index.table, *number));
    let covered = place.after().schema.indexes_of(index.table).any(|(relation, other)| {
        relation.id != id
            && other.unique
            && other.valid
            && other.predicate.is_none()
            && other.key_columns().is_some_and(|own| own.iter().all(|number| columns.contains(number)))
    });
    !covered && (!null_everywhere || index.nulls_not_distinct)
}

/// Did this migration add the column without a default, and has nothing written to it since?
fn is_added_empty(place: &Place, table: Id, number: i16) -> bool {
    let Some(found) = place.after().schema.relation(table).and_then(|relation| relation.table()) else {
        return false;
    };
    let Some(column) = found.numbered(number) else { return false };
    let began = place.run().before.schema.relation(table).and_then(|relation| relation.table());
    let is_new = match began {
        Some(before) => before.numbered(number).is_none(),
        None => column.origin == Origin::Created && place.relation_of(table).is_some_and(|own| own.presumed),
    };
    let is_filled = |earlier: Place| {
        let fills = |own: &Write| own.table.id == table && own.assigned().contains(&&column.name);
        writes(earlier).iter().any(fills)
    };
    is_new
        && column.default.is_none()
        && column.generated.is_none()
        && column.sequence.is_none()
        && !place.earlier_in_migration().any(is_filled)
}
