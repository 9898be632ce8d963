//! A constraint on a domain that tables in use have columns of.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::Command;
use crate::sql::command::DomainAction;

pub(super) static RULE: Rule = Rule {
    id: "domain-constraint-scans",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["squawk:ban-alter-domain-with-add-constraint", "migrationpilot:MP043"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A domain's new constraint is checked on every row of every table that uses the domain",
    why: "ALTER DOMAIN … ADD CONSTRAINT, SET NOT NULL and VALIDATE CONSTRAINT take SHARE on every table with a column of \
the domain and read all of them, one after the other, with all the locks held until the end: INSERT, UPDATE and DELETE wait. \
There is no gentler form: VALIDATE takes the same locks.

It does not apply to NOT VALID, nor when no table in use has such a column.

Put a CHECK on each table instead, NOT VALID, and validate one after the other; or change the domain in a maintenance window.",
    manual: "ALTER DOMAIN",
    bad: &[
        "-- file: 001.sql\nCREATE DOMAIN percent AS int;\nCREATE TABLE rates (id bigint PRIMARY KEY, rate percent);\nINSERT INTO rates SELECT id, rate FROM imported_rates;\n-- file: 002.sql\nALTER DOMAIN percent ADD CONSTRAINT small CHECK (VALUE <= 100);",
    ],
    good: &["CREATE DOMAIN percent AS int;\nALTER DOMAIN percent ADD CONSTRAINT small CHECK (VALUE <= 100);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::AlterDomain(alter) = command else { continue };
        let what = match &alter.action {
            DomainAction::AddConstraint(_) => "The new constraint",
            DomainAction::NotNull(true) => "NOT NULL",
            DomainAction::ValidateConstraint(_) => "VALIDATE CONSTRAINT",
            _ => continue,
        };
        let tables: Vec<String> = place
            .heavy_work()
            .filter(|work| work.kind == WorkKind::Scan)
            .map(|work| format!("{}{}", work.name, place.size_note(work.relation)))
            .collect();
        if tables.is_empty() {
            continue;
        }
        findings.at(
            &place,
            format!(
                "{what} of domain {} holds SHARE on {} while every row is read: writes to them wait.",
                alter.name,
                tables.join(", ")
            ),
            "Put a CHECK … NOT VALID on each table instead, and validate one after the other.",
        );
    }
}
