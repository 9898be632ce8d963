//! More index than pays.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Id;
use crate::sorted::Map;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "heavy-indexing",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["strong_migrations:add_index_columns", "diesel-guard:WideIndex", "bytebase:index-total-number", "pgrubic:GN"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An index of many columns, or one index more on a table that has many",
    why: "Every index is written with every row, and with every UPDATE that is not HOT: each one more costs time, WAL \
and cache, and a column more in a key makes it larger and less selective use more likely. From about ten \
indexes on a table, planning itself takes longer and needs locks beyond the fast path (16).

It does not apply to unique indexes, whose columns follow from what they enforce, nor to INCLUDE columns. \
Keep the columns that queries compare by equality, and drop what `pg_stat_user_indexes` says is not used.",
    manual: "Multicolumn Indexes",
    bad: &["CREATE TABLE a (id bigint PRIMARY KEY, b int, c int, d int, e int, f int);\nCREATE INDEX a_all ON a (b, c, d, e, f);"],
    good: &["CREATE TABLE a (id bigint PRIMARY KEY, b int, c int, d int);\nCREATE INDEX a_b_c ON a (b, c);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let mut counts: Map<Id, (usize, Option<Place>)> = Map::default();
    for relation in scene.last().relations() {
        if let Some(index) = relation.index() {
            counts.entry(index.table, || (0, None)).0 += 1;
        }
    }
    for (place, command) in scene.commands() {
        let Command::CreateIndex(create) = command else { continue };
        let Some(table) = place.relation(&create.table) else { continue };
        if create.elements.len() > COLUMNS && !create.unique && &*create.method == "btree" {
            findings.at(
                &place,
                format!("The key has {} columns: every one makes it larger, and few queries use the last ones.", create.elements.len()),
                "Keep the columns that queries compare by equality, and one that they sort by.",
            );
        }
        if let Some(own) = counts.get_mut(&table.id) {
            own.1 = Some(place);
        }
    }
    for (table, (count, place)) in counts.iter() {
        if let Some(place) = place
            && *count > INDEXES
        {
            let name = scene.last().display_name(*table);
            findings.at(place, format!("{name} has {count} indexes in the end, each written with every new row."), "Drop those that pg_stat_user_indexes says are not used.");
        }
    }
}

/// More key columns than this seldom pay.
const COLUMNS: usize = 3;
/// More indexes than this are worth a look.
const INDEXES: usize = 12;
