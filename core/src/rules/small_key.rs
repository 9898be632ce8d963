//! A key that will be full.

use super::definitions::is_built_in;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Column, ConstraintKind};
use crate::sql::Command;
use crate::sql::command::Persistence;

pub(super) static RULE: Rule = Rule {
    id: "small-key",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["squawk:prefer-bigint-over-int", "squawk:prefer-bigint-over-smallint", "strong_migrations:primary_key_integer", "migrationpilot:MP068", "pglinter:B012"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A key is an integer, which ends at 2,147,483,647",
    why: "Each INSERT takes a number of a generated key, also one that fails or is rolled back. When the last one is gone, every INSERT \
fails (2200H from the sequence, 22003 for the column), and the way to bigint is a rewrite of the table, and \
of every table that refers to it, under ACCESS EXCLUSIVE.

It does not apply to a key that refers to another table's, which is as large as that one, nor where the table is dropped again. Use bigint: \
with alignment it seldom takes more room.",
    manual: "Numeric Types: Serial Types",
    bad: &["CREATE TABLE events (id serial PRIMARY KEY);"],
    good: &["CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        if let Command::CreateSequence(create) = command
            && let Some(own) = create.options.data_type.as_ref().filter(|own| !is_built_in(own, "int8"))
        {
            findings.at(&place, format!("{} ends with the last number of {}.", create.name, own.text), "Leave AS out: a sequence is bigint by itself.");
        }
        let Command::CreateTable(create) = command else { continue };
        let Some(made) = place.made(&create.name).filter(|made| made.persistence != Persistence::Temporary) else { continue };
        let Some(table) = scene.last_table(made.id) else { continue };
        let Some(index) = table.primary_key().and_then(|index| scene.last().relation(index)?.index()) else { continue };
        let column = match index.key_columns().as_deref() {
            Some([only]) => table.numbered(*only),
            _ => None,
        };
        let refers = |column: &Column| {
            table.constraints.iter().any(|own| matches!(&own.kind, ConstraintKind::ForeignKey(key) if key.columns.contains(&column.number)))
        };
        let small = column.filter(|column| (column.data_type.is("int4") || column.data_type.is("int2")) && !refers(column));
        if let Some(column) = small {
            let end = if column.data_type.is("int2") { "32,767" } else { "2,147,483,647" };
            findings.at(&place, format!("{}.{} ends at {end}; then every INSERT fails.", made.display_name(), column.name), "Make it bigint now, while that costs nothing.");
        }
    }
}
