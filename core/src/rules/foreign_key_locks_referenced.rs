//! A foreign key of a new table, which locks the table that it references.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::locks::LockMode;
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{ConstraintDefinition, ConstraintKind, TableElement};

pub(super) static RULE: Rule = Rule {
    id: "foreign-key-locks-referenced",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["strong_migrations:add_foreign_key", "gitlab:create_table_with_foreign_keys"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A new table's foreign key locks the table in use that it references",
    why: "A foreign key puts triggers on the referenced table too, and for that takes SHARE ROW EXCLUSIVE on it, even \
when the referencing table is new and empty. Nothing is read, so the lock is short; but it has to wait for every running \
write, and the writes that come after wait behind it. In a transaction it is held until COMMIT.

It does not apply when the referenced table is new or unused as well.

Keep the transaction short, and give it a `lock_timeout`.",
    manual: "Explicit Locking: Table-Level Locks",
    bad: &["CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id));"],
    good: &[
        "CREATE TABLE notes (id bigint PRIMARY KEY);\nCREATE TABLE tags (id bigint PRIMARY KEY, note_id bigint REFERENCES notes (id));",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::CreateTable(create) = command else { continue };
        let keys = create.elements.iter().flat_map(|element| match element {
            TableElement::Column(column) => column.constraints.as_slice(),
            TableElement::Constraint(constraint) => std::slice::from_ref(constraint),
            TableElement::Like { .. } => &[],
        });
        report(&place, &create.name.to_string(), keys, findings);
    }
    for alteration in scene.alterations() {
        if !alteration.place.is_in_use(alteration.relation.id) {
            let added = alteration.added_constraints();
            let keys = added.iter().map(|(definition, _)| *definition);
            report(&alteration.place, &alteration.name(), keys, findings);
        }
    }
}

fn report<'a>(
    place: &Place,
    table: &str,
    keys: impl Iterator<Item = &'a ConstraintDefinition>,
    findings: &mut Findings,
) {
    let mut referenced: Vec<String> = Vec::new();
    for definition in keys {
        let ConstraintKind::ForeignKey(key) = &definition.kind else { continue };
        let Some(other) = place.relation(&key.references) else { continue };
        let name = other.display_name();
        if place.is_in_use(other.id)
            && place.lock_on(other.id) >= Some(LockMode::ShareRowExclusive)
            && !referenced.contains(&name)
        {
            referenced.push(name);
        }
    }
    if referenced.is_empty() {
        return;
    }
    let until = if place.in_transaction() { "until the transaction ends" } else { "for a moment" };
    findings.at(
        place,
        format!(
            "The foreign keys of {table} take SHARE ROW EXCLUSIVE on {}: writes there wait {until}.",
            referenced.join(", ")
        ),
        "Set a lock_timeout, and keep slow statements out of this transaction.",
    );
}
