//! UPDATE and DELETE of many rows of a table in use: in batches by key, outside of a transaction.

use super::Kind;
use super::batches::{self, Change};
use super::plan::{Phase, Plan};
use super::text::condition;
use crate::rules::Place;
use crate::rules::writes::writes;
use crate::sql::{Command, Dml, Name, quote_identifier};

pub(super) static KIND: Kind = Kind {
    id: "backfill-in-batches",
    title: "Change the rows in batches that commit, in a migration of its own",
    answers: &["unbatched-backfill", "update-without-where", "work-under-lock"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let Command::Dml(dml) = place.command() else { return None };
    let [write] = writes(*place).try_into().ok()?;
    let alias = match dml {
        // Values that are overwritten are gone, in batches or not.
        Dml::Update { .. } if write.is_of_all_rows() && !write.fills_new_columns() => return None,
        Dml::Delete { .. } if write.is_of_all_rows() => return None,
        Dml::Update { alias, with, only: false, .. } | Dml::Delete { alias, with, only: false, .. }
            if with.is_empty() =>
        {
            alias
        }
        _ => return None,
    };
    let table = place.relation(dml.table())?;
    let known = batches::key_of(&place.before().schema, table.id);
    let is_assumed = known.is_none();
    let key: Vec<Name> = match known {
        Some(key) => key,
        // What nothing here creates has the key that most tables have; the reader is told.
        None if table.presumed => vec![Name::from("id")],
        None => return None,
    };
    let (statement, condition) = condition(place.text())?;
    let name = dml.table().to_string();
    let rows = quote_identifier(alias.as_ref().unwrap_or(&dml.table().name));
    let change = Change { table: &name, rows: &rows, key: &key, statement, condition };
    let columns: Vec<&str> = write.assigned().into_iter().map(|column| &**column).collect();
    let title = match dml {
        Dml::Delete { .. } => format!("delete from {}", table.name),
        _ => format!("backfill {} {}", table.name, columns.join(" ")),
    };
    let mut phase = Phase::outside(title, vec![batches::block(&change)], Vec::new())
        .saying("Each batch commits by itself, so this can be stopped and run again.");
    if is_assumed {
        phase = phase
            .saying(format!("Assumes that id is the primary key of {name}, which no file here creates."));
    }
    Some(Plan::of(vec![phase]))
}
