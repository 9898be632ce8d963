//! A new value at the end.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::EnumAction;

pub(super) static RULE: Rule = Rule {
    id: "enum-value-order",
    severity: Severity::Advice,
    axis: Axis::Data,
    aliases: &["squawk:require-enum-value-ordering", "pgfence:alter-enum-no-ordering"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A value is added to an enum without saying where, so it sorts last",
    why: "ORDER BY, `<` and ranges follow the order of an enum's values. A new one goes behind all others, and no \
statement can move it later: only a new type and a rewrite of every column can.

It does not apply with BEFORE or AFTER, nor in the transaction that creates the type. Where the order means nothing, \
there is nothing to do.",
    manual: "ALTER TYPE",
    bad: &["ALTER TYPE level ADD VALUE 'medium';"],
    good: &["ALTER TYPE level ADD VALUE 'medium' BEFORE 'high';"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::AlterEnum(alter) = command else { continue };
        let EnumAction::Add { value, position: None, .. } = &alter.action else { continue };
        let creates = |command: &Command| matches!(command, Command::CreateType(create) if create.name == alter.name);
        let is_new = place.earlier_in_transaction().any(|earlier| earlier.commands().any(creates));
        if !is_new {
            findings.at(
                &place,
                format!("{value} sorts behind all other values of {}, and stays there.", alter.name),
                "Say BEFORE or AFTER which value it belongs, if the order means anything.",
            );
        }
    }
}
