//! DROP COLUMN of one that every INSERT has to fill: it may be left out first, so that the application can stop naming it.

use super::plan::{Phase, Plan};
use super::{Kind, altering};
use crate::rules::Place;
use crate::sql::command::AlterAction;
use crate::sql::quote_identifier;

pub(super) static KIND: Kind = Kind {
    id: "drop-column-in-steps",
    title: "Let the column be left out first, and drop it when the application no longer names it",
    answers: &["drop-column"],
    hides: &["cascade-drops"],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let altering = altering::find(place, |action| matches!(action, AlterAction::DropColumn { .. }))?;
    let AlterAction::DropColumn { column, .. } = altering.action else { return None };
    let known = altering.relation.table()?.column(column)?;
    let has_value = known.default.is_some() || known.identity.is_some() || known.generated.is_some();
    let is_in_key = place.before().schema.indexes_of(altering.relation.id).any(|(relation, index)| {
        altering.relation.table().and_then(|table| table.primary_key()) == Some(relation.id)
            && index.uses(known.number)
    });
    // One that may be left out already needs no more than the right order of deployments.
    if !known.not_null || has_value || is_in_key {
        return None;
    }
    let (table, name) = (&altering.table, quote_identifier(column));
    let loosen = Phase::briefly(
        format!("allow {} without {column}", altering.relation.name),
        vec![format!("ALTER TABLE {table} ALTER COLUMN {name} DROP NOT NULL")],
        vec![format!("ALTER TABLE {table} ALTER COLUMN {name} SET NOT NULL")],
    )
    .saying("The next release of the application need not name the column any more.");
    let drop = format!(
        "-- lockstep-ignore drop-column: no release of the application that runs names it, and its data is no longer wanted\nALTER TABLE {table} DROP COLUMN {name}"
    );
    let contract = Phase::briefly(format!("drop {} {column}", altering.relation.name), vec![drop], Vec::new())
        .after(format!("a release of the application runs everywhere that does not name {name}, and a copy of its data is kept if it is wanted."))
        .refilling(&name, None);
    Some(Plan { instead: altering.others.into_iter().collect(), ..Plan::of(vec![loosen, contract]) })
}
