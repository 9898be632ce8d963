//! A name that PostgreSQL makes up.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{AlterAction, ConstraintKind, CreateIndex};

pub(super) static RULE: Rule = Rule {
    id: "unnamed-constraint",
    severity: Severity::Advice,
    axis: Axis::Reversibility,
    aliases: &["diesel-guard:UnnamedConstraint", "migrationpilot:MP042", "pgrubic:NM"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A constraint or index is added without a name",
    why: "PostgreSQL makes a name up from the table's and the columns', with a number behind it when that is taken: \
then the name depends on what happened to be there, and a down script or a later migration that spells it \
out works on one database and fails on the other (42704).

It does not apply to what CREATE TABLE defines, whose names are the same everywhere, nor to NOT NULL. Name \
it.",
    manual: "Constraints",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD CHECK (total >= 0) NOT VALID;"],
    good: &["CREATE TABLE orders (id bigint PRIMARY KEY, total int);\nALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let help = "Name it, so that the way back and later migrations can.";
    for (place, command) in scene.commands() {
        if let Command::CreateIndex(CreateIndex { name: None, table, .. }) = command {
            findings.at(&place, format!("The index on {table} gets a name that PostgreSQL makes up."), help);
        }
    }
    for alteration in scene.alterations() {
        if let AlterAction::AddConstraint(own) = alteration.action
            && own.name.is_none()
            && !matches!(own.kind, ConstraintKind::NotNull { .. } | ConstraintKind::PrimaryKey(_))
        {
            findings.at(&alteration.place, format!("The constraint of {} gets a name that PostgreSQL makes up.", alteration.name()), help);
        }
    }
}
