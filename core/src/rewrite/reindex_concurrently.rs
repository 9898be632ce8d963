//! REINDEX of a table in use: CONCURRENTLY, in a migration of its own.

use super::Kind;
use super::plan::{Phase, Plan};
use crate::rules::Place;
use crate::sql::command::ReindexTarget;
use crate::sql::{Command, quote_identifier};

pub(super) static KIND: Kind = Kind {
    id: "reindex-concurrently",
    title: "Rebuild CONCURRENTLY, in a migration of its own",
    answers: &["reindex-not-concurrent", "work-under-lock"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let Command::Reindex(reindex) = place.command() else { return None };
    let (what, name) = match &reindex.target {
        ReindexTarget::Index(index) => (format!("INDEX CONCURRENTLY {index}"), index.name.to_string()),
        ReindexTarget::Table(table) => (format!("TABLE CONCURRENTLY {table}"), table.name.to_string()),
        ReindexTarget::Schema(schema) => {
            (format!("SCHEMA CONCURRENTLY {}", quote_identifier(schema)), schema.to_string())
        }
        // System catalogs cannot be rebuilt so.
        ReindexTarget::Database | ReindexTarget::System => return None,
    };
    let phase = Phase::outside(format!("reindex {name}"), vec![format!("REINDEX {what}")], Vec::new())
        .saying("If this fails, drop the invalid index that is left behind (its name ends in _ccnew) before it is run again.");
    Some(Plan::of(vec![phase]))
}
