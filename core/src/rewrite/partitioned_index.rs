//! CREATE INDEX on a partitioned table in use, which cannot be built CONCURRENTLY: one that is not valid yet on the
//! table itself, one for each partition CONCURRENTLY, and each attached.

use super::Kind;
use super::plan::{Phase, Plan};
use crate::rules::Place;
use crate::schema::{Id, RelationKind, index_definition};
use crate::sql::{Command, quote_identifier};

pub(super) static KIND: Kind = Kind {
    id: "index-by-partition",
    title: "Build the index partition by partition, CONCURRENTLY",
    answers: &["index-not-concurrent", "work-under-lock"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let Command::CreateIndex(create) = place.command() else { return None };
    let table = place.relation(&create.table)?;
    if create.only || !table.table()?.is_partitioned() {
        return None;
    }
    let (before, after) = (&place.before().schema, &place.after().schema);
    let is_new = |id: Id| before.relation(id).is_none();
    let index = place.index_made_on(table.id)?;
    // As it is before its partitions have theirs.
    let mut waiting = after.clone();
    waiting.change_relation(index.id, |relation| {
        if let RelationKind::Index(own) = &mut relation.kind {
            own.valid = false;
        }
    });
    let alone = index_definition(&waiting, waiting.relation(index.id)?, false);
    let name = index.sql_name();
    let mut phases = vec![
        Phase::briefly(format!("create {}", index.name), vec![alone], vec![format!("DROP INDEX {name}")])
            .saying("On the partitioned table alone, without its partitions: nothing is built yet."),
    ];
    let mut attach = Vec::new();
    let parts = after.relations().filter(|relation| {
        relation.index().is_some_and(|own| own.parent == Some(index.id)) && is_new(relation.id)
    });
    for part in parts {
        let own = part.index()?;
        if after.relation(own.table)?.table()?.is_partitioned() {
            return None;
        }
        let make_room = format!("DROP INDEX CONCURRENTLY IF EXISTS {}", part.sql_name());
        phases.push(
            Phase::outside(
                format!("create {}", part.name),
                vec![make_room.clone(), index_definition(after, part, true)],
                vec![make_room],
            )
            .saying("Writes go on while the index is built."),
        );
        attach.push(format!("ALTER INDEX {name} ATTACH PARTITION {}", part.sql_name()));
    }
    if attach.is_empty() {
        return None;
    }
    phases.push(
        Phase::briefly(format!("attach {}", index.name), attach, Vec::new())
            .saying(format!("With the last one {} is valid.", quote_identifier(&index.name))),
    );
    Some(Plan::of(phases))
}
