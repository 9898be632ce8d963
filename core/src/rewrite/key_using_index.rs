//! UNIQUE and PRIMARY KEY on tables in use: their index is built CONCURRENTLY, and then made the constraint's.

use super::plan::{Phase, Plan};
use super::{Kind, altering, set_not_null};
use crate::rules::Place;
use crate::schema::index_definition;
use crate::schema::{Constraint, ConstraintKind};
use crate::sql::command::{AlterAction, ConstraintKind as Written};
use crate::sql::{QualifiedName, quote_identifier};

pub(super) static UNIQUE: Kind = Kind {
    id: "unique-using-index",
    title: "Build the unique index CONCURRENTLY, then make it the constraint's",
    answers: &["unique-constraint-builds-index", "work-under-lock"],
    hides: &[],
    plan: |place| plan(place, |written| matches!(written, Written::Unique(key) if key.using_index.is_none())),
};

pub(super) static PRIMARY_KEY: Kind = Kind {
    id: "primary-key-using-index",
    title: "Prove NOT NULL and build the unique index CONCURRENTLY, then make it the primary key's",
    answers: &["primary-key-builds-index", "set-not-null-scans", "work-under-lock"],
    hides: &[],
    plan: |place| {
        plan(place, |written| matches!(written, Written::PrimaryKey(key) if key.using_index.is_none()))
    },
};

fn plan(place: &Place, wanted: fn(&Written) -> bool) -> Option<Plan> {
    let is_wanted =
        |action: &AlterAction| matches!(action, AlterAction::AddConstraint(own) if wanted(&own.kind));
    let altering = altering::find(place, is_wanted)?;
    let (before, after) = (&place.before().schema, &place.after().schema);
    let relation = after.relation(altering.relation.id)?;
    // Every partition's index would have to be built and attached.
    let table = relation.table().filter(|table| !table.is_partitioned())?;
    let is_new = |own: &&Constraint| match own.kind {
        ConstraintKind::Unique(index) | ConstraintKind::PrimaryKey(index) => before.relation(index).is_none(),
        _ => false,
    };
    let constraint = table.constraints.iter().find(is_new)?;
    let index = after.relation(constraint.kind.index()?)?;
    let is_primary = matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
    let (sql, name) = (&altering.table, quote_identifier(&constraint.name));
    let written = QualifiedName {
        schema: Some(index.schema.clone()).filter(|schema| &**schema != "public"),
        name: index.name.clone(),
    };
    let mut phases = Vec::new();
    if is_primary {
        let old = before.relation(altering.relation.id).and_then(|relation| relation.table());
        for number in index.index()?.key_columns()? {
            let column = table.column_name(number);
            if !old.and_then(|old| old.column(&column)).is_some_and(|column| column.not_null) {
                phases.extend(set_not_null::proven(sql, &relation.name, &column));
            }
        }
    }
    let make_room = format!("DROP INDEX CONCURRENTLY IF EXISTS {written}");
    let create = index_definition(after, index, true);
    phases.push(
        Phase::outside(format!("create {}", index.name), vec![make_room.clone(), create], vec![make_room])
            .saying("Writes go on while the index is built. If rows are there twice it fails and leaves an invalid index."),
    );
    let kind = if is_primary { "PRIMARY KEY" } else { "UNIQUE" };
    let mut add = format!(
        "ALTER TABLE {sql} ADD CONSTRAINT {name} {kind} USING INDEX {}",
        quote_identifier(&index.name)
    );
    if constraint.deferrable {
        add += " DEFERRABLE";
    }
    if constraint.initially_deferred {
        add += " INITIALLY DEFERRED";
    }
    let drop = format!("ALTER TABLE {sql} DROP CONSTRAINT {name}");
    let rebuild = index_definition(after, index, false);
    phases.push(
        Phase::briefly(format!("add {}", constraint.name), vec![add], vec![drop, rebuild])
            .saying("The index is there already, so this takes a moment."),
    );
    Some(Plan { instead: altering.others.into_iter().collect(), ..Plan::of(phases) })
}
