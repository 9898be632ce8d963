//! RENAME COLUMN of one that the running application names: a column of the new name beside it, kept alike by a
//! trigger, until the application names only the new one.

use super::Kind;
use super::beside::Pair;
use super::plan::{Phase, Plan};
use crate::rules::Place;
use crate::schema::naming::object_name;
use crate::schema::{Difference, DifferenceKind, qualified_sql};
use crate::sql::command::ObjectKind;
use crate::sql::{Command, quote_identifier};

pub(super) static KIND: Kind = Kind {
    id: "rename-column-beside",
    title: "Add a column of the new name beside the old one, write both, and drop the old one when nothing names it",
    answers: &["rename-column"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let Command::Rename(rename) = place.command() else { return None };
    let column = rename.object.part.as_ref().filter(|_| rename.kind == ObjectKind::Column)?;
    let relation = place.known_before(&rename.object.name)?;
    let old = relation.table()?.column(column)?;
    if old.identity.is_some() || old.generated.is_some() || old.inherited {
        return None;
    }
    let schema = &place.before().schema;
    let mut type_text = schema.format_type(&old.data_type);
    if let Some(collation) = &old.collation {
        type_text += &format!(" COLLATE {collation}");
    }
    let (was, is) = (quote_identifier(column), quote_identifier(&rename.to));
    let pair = Pair {
        relation,
        table: rename.object.name.to_string(),
        old,
        new: rename.to.clone(),
        type_text,
        value: was.clone(),
    };
    let body = format!(
        "    IF TG_OP = 'INSERT' THEN
        NEW.{is} := coalesce(NEW.{is}, NEW.{was});
        NEW.{was} := NEW.{is};
    ELSIF NEW.{is} IS DISTINCT FROM OLD.{is} THEN
        NEW.{was} := NEW.{is};
    ELSE
        NEW.{is} := NEW.{was};
    END IF;
"
    );
    let table = &pair.table;
    let mut phases = vec![pair.expand(&body), pair.backfill(place)?];
    phases.extend(pair.build(place)?);
    let over = pair.take_over(place)?;
    let mut up = pair.drop_sync();
    up.extend(over.before);
    if let Some(default) = &old.default {
        up.push(format!("ALTER TABLE {table} ALTER COLUMN {is} SET DEFAULT {}", default.sql));
    }
    if let Some(sequence) = old.sequence.and_then(|id| schema.relation(id)) {
        let drawn = qualified_sql(&sequence.schema, &sequence.name);
        up.push(format!("ALTER SEQUENCE {drawn} OWNED BY {table}.{is}"));
    }
    up.push(format!(
        "-- lockstep-ignore drop-column: its values are in {is}, and the application names only that\nALTER TABLE {table} DROP COLUMN {was}"
    ));
    up.extend(over.after);
    if place.scene.version() >= 18 && old.not_null {
        // RENAME COLUMN leaves the constraint its name.
        let interim = object_name(&relation.name, Some(&rename.to), "not_null");
        let name = object_name(&relation.name, Some(column), "not_null");
        up.push(format!(
            "ALTER TABLE {table} RENAME CONSTRAINT {} TO {}",
            quote_identifier(&interim),
            quote_identifier(&name)
        ));
    }
    phases.push(Phase::briefly(format!("drop {} {column}", relation.name), up, Vec::new()).after(format!(
        "a release of the application runs everywhere that names only {is}, and none that names {was}."
    )).refilling(&was, Some(format!("UPDATE {table} SET {was} = {is}"))));
    Some(Plan {
        intends: |difference: &Difference| difference.kind == DifferenceKind::Moved,
        ..Plan::of(phases)
    })
}
