//! A constraint that nothing checks.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{AlterAction, TableElement};

pub(super) static RULE: Rule = Rule {
    id: "not-enforced",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP082"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A constraint is NOT ENFORCED: it keeps nothing out",
    why: "NOT ENFORCED constraints (PostgreSQL 18) stand in the catalog and are never checked, neither on old rows nor \
on new ones. Who reads the schema believes in a guarantee that is none.

It does not apply to NOT VALID constraints, which are checked on new rows. To stop enforcing one that was is \
like dropping it: a warning.",
    manual: "CREATE TABLE: NOT ENFORCED",
    bad: &["CREATE TABLE a (n int PRIMARY KEY, CONSTRAINT positive CHECK (n > 0) NOT ENFORCED);"],
    good: &["CREATE TABLE a (n int PRIMARY KEY, CONSTRAINT positive CHECK (n > 0));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let help = "Enforce it, or leave it out and say in a comment what is meant.";
    for (place, command) in scene.commands() {
        if let Command::CreateTable(create) = command {
            let mut constraints = create.elements.iter().flat_map(|element| match element {
                TableElement::Column(column) => &column.constraints[..],
                TableElement::Constraint(own) => std::slice::from_ref(own),
                TableElement::Like { .. } => &[],
            });
            if constraints.any(|own| !own.enforced) {
                findings.at_with(Severity::Advice, &place, format!("A constraint of {} is never checked.", create.name), help);
            }
        }
    }
    for alteration in scene.alterations() {
        if let AlterAction::AlterConstraint { name, enforced: Some(false), .. } = alteration.action {
            let message = format!("From here on {name} keeps nothing out of {}.", alteration.name());
            findings.at(&alteration.place, message, help);
        } else if alteration.added_constraints().iter().any(|(own, _)| !own.enforced) {
            findings.at(&alteration.place, format!("The new constraint of {} is never checked.", alteration.name()), help);
        }
    }
}
