//! CREATE INDEX on a table in use: CONCURRENTLY, in a migration of its own.

use super::Kind;
use super::plan::{Phase, Plan};
use super::text::with_word_behind;
use crate::rules::Place;
use crate::schema::index_definition;
use crate::sql::{Command, QualifiedName};

pub(super) static KIND: Kind = Kind {
    id: "index-concurrently",
    title: "Build the index CONCURRENTLY, in a migration of its own",
    answers: &["index-not-concurrent", "work-under-lock"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let Command::CreateIndex(create) = place.command() else { return None };
    let table = place.relation(&create.table)?;
    if create.concurrently || table.table().is_some_and(|table| table.is_partitioned()) {
        return None;
    }
    let index = place.index_made_on(table.id)?;
    let name = QualifiedName { schema: create.table.schema.clone(), name: index.name.clone() };
    // The words as they are written, but for a name that PostgreSQL made up.
    let create = match &create.name {
        Some(_) => with_word_behind(place.text(), "INDEX", "CONCURRENTLY")?,
        None => index_definition(&place.after().schema, index, true),
    };
    let make_room = format!("DROP INDEX CONCURRENTLY IF EXISTS {name}");
    let down = vec![make_room.clone()];
    let phase = Phase::outside(format!("create {}", index.name), vec![make_room, create], down)
        .saying("Writes go on while the index is built. A build that fails leaves an invalid index, which the next try drops.");
    Some(Plan::of(vec![phase]))
}
