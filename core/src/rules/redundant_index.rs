//! An index that another one makes superfluous.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Id, Index, Schema};
use crate::sql::Command;
use crate::sql::command::IndexElement;

pub(super) static RULE: Rule = Rule {
    id: "redundant-index",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["splinter:duplicate_index", "migrationpilot:MP100", "pglinter:B002"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An index begins like another one on the same table, which can do its work, or names a column twice",
    why: "An index on (a, b) serves what one on (a) does. The shorter one costs disk, cache, and time at every write \
that changes its columns.

It does not apply to unique indexes, which enforce something, to partial and expression indexes, to other access methods than \
btree, nor when the other index is dropped again.

Drop the shorter one CONCURRENTLY, or do not create it.",
    manual: "Multicolumn Indexes",
    bad: &[
        "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, at date);\nCREATE INDEX by_customer ON orders (customer_id);\nCREATE INDEX by_customer_and_day ON orders (customer_id, at);",
    ],
    good: &[
        "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, at date);\nCREATE INDEX by_day ON orders (at);\nCREATE INDEX by_customer_and_day ON orders (customer_id, at);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let last = scene.last();
    for place in scene.places() {
        let Command::CreateIndex(create) = place.command() else { continue };
        let is_twice = |(at, element): (usize, &IndexElement)| create.elements[..at].iter().any(|other| other == element);
        if create.elements.iter().enumerate().any(is_twice) {
            findings.at(&place, "The key names one and the same column twice.", "Name it once.");
        }
        let (before, after) = (&place.before().schema, &place.after().schema);
        let new = after.relations_since(before).find(|new| new.index().is_some());
        let Some((name, index)) = new.and_then(|relation| {
            let kept = last.relation(relation.id)?;
            Some((kept.name.clone(), kept.index()?))
        }) else {
            continue;
        };
        for (other, own) in last.indexes_of(index.table) {
            if other.name == name || before.relation(other.id).is_none() {
                continue;
            }
            let message = if serves(own, index) {
                format!("{name} is superfluous: {} begins with the same columns.", other.name)
            } else if serves(index, own) && !is_served_already(before, own, other.id) {
                format!("{name} makes {} superfluous: it begins with the same columns.", other.name)
            } else {
                continue;
            };
            findings.at(&place, message, "Keep the longer one, and drop the other CONCURRENTLY.");
        }
    }
}

/// Was there an index before that makes it superfluous too? Then that one's statement has been told of.
fn is_served_already(before: &Schema, index: &Index, id: Id) -> bool {
    before.indexes_of(index.table).any(|(other, own)| other.id != id && serves(own, index))
}

/// Can the longer index do all that the shorter one is for?
fn serves(longer: &Index, shorter: &Index) -> bool {
    let plain = |index: &Index| {
        index.predicate.is_none() && &*index.method == "btree" && index.key_columns().is_some()
    };
    plain(longer)
        && plain(shorter)
        && longer.valid
        && !shorter.unique
        && shorter.include.iter().all(|column| longer.include.contains(column))
        && longer.keys.len() >= shorter.keys.len()
        && longer.keys.iter().zip(&shorter.keys).all(|(a, b)| a == b)
}
