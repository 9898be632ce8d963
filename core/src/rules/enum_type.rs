//! An enum, whose values stay.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::Command;
use crate::sql::command::TypeDefinition;

pub(super) static RULE: Rule = Rule {
    id: "enum-type",
    severity: Severity::Advice,
    axis: Axis::Reversibility,
    aliases: &["eugene:W13", "pglt:creatingEnum", "sqlcheck:enum", "pgrubic:TP014"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A type is an enum, from which no value can be taken away again",
    why: "A value can be added and renamed; none can be removed or moved. To be rid of one takes a new type, and a change of every column to it, \
which writes these tables anew under ACCESS EXCLUSIVE. A value cannot be used in the transaction that adds it (55P04), and no rollback undoes ADD VALUE.

It does not apply to a type that a later migration drops. Where the values are as settled as the days of the week, an enum is right.

Otherwise a table of values with a foreign key, or text with a CHECK, which can be replaced by another one that is NOT VALID at first.",
    manual: "Enumerated Types",
    bad: &["CREATE TYPE document_type AS ENUM ('invoice', 'receipt', 'other');"],
    good: &["CREATE TABLE documents (id bigint PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('invoice', 'receipt', 'other')));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::CreateType(create) = command else { continue };
        let TypeDefinition::Enum(_) = create.definition else { continue };
        let stays = scene.last().types().any(|own| own.name == create.name.name && own.origin == Origin::Created);
        if stays {
            findings.at(
                &place,
                format!("No value of {} can be removed or moved later, short of a new type and a change of every column to it.", create.name),
                "Where the values may change, use text with a CHECK, or a table of values with a foreign key.",
            );
        }
    }
}
