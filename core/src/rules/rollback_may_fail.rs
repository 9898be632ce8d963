//! A rollback that demands of the rows what nothing demanded while the migration was in force.

use super::ways_back::ways_back;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{BaseType, Column, ConstraintKind, Id, Index, Rows, Schema, TypeKind};
use crate::sql::{Command, Dml, Expression, Node};

pub(super) static RULE: Rule = Rule {
    id: "rollback-may-fail",
    severity: Severity::Danger,
    axis: Axis::Reversibility,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "The rollback adds a constraint that rows written since the migration may violate",
    why: "While the migration was in force, nothing kept the application from writing rows that the old constraint forbids; often that was the \
point of it. The rollback then fails: 23505 for a unique index, 23502 for NOT NULL, 23514 for CHECK, 23503 for a foreign key. It works in every \
test, where no such row was written.

It does not apply when an equal constraint was in force all the time, nor to NOT VALID. It is a danger where the rollback has dropped the column that told such rows apart. \
Find and repair the rows first, in the rollback itself or by a query in its README.",
    manual: "Constraints",
    bad: &["-- file: 001_a.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL);\nINSERT INTO orders VALUES (1, 'x');\n-- file: 002_b.sql\nALTER TABLE orders DROP COLUMN note;\n-- file: rollback/002_rollback.sql\nALTER TABLE orders ADD COLUMN note text NOT NULL;",
        "-- file: 001_a.sql\nCREATE TABLE groups (id bigint PRIMARY KEY, name text);\nCREATE UNIQUE INDEX groups_name ON groups (name);\n-- file: 002_b.sql\nALTER TABLE groups ADD COLUMN variant text NOT NULL DEFAULT 'default';\nDROP INDEX groups_name;\nCREATE UNIQUE INDEX groups_name_variant ON groups (name, variant);\n-- file: rollback/002_rollback.sql\nDROP INDEX groups_name_variant;\nALTER TABLE groups DROP COLUMN variant;\nCREATE UNIQUE INDEX groups_name ON groups (name);"],
    good: &["-- file: 001_a.sql\nCREATE TABLE groups (id bigint PRIMARY KEY, name text);\nCREATE UNIQUE INDEX groups_name ON groups (name);\n-- file: 002_b.sql\nALTER INDEX groups_name RENAME TO groups_by_name;\n-- file: rollback/001_rollback.sql\nDROP TABLE groups;\n-- file: rollback/002_rollback.sql\nALTER INDEX groups_by_name RENAME TO groups_name;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for back in ways_back(scene) {
        let live = &back.run.before.schema;
        for (index, moment) in back.run.moments.iter().enumerate() {
            let (before, after) = (&back.run.state_before(index).schema, &moment.step.after.schema);
            // What the script itself puts right first is looked after.
            let prepared = |table: &str| back.run.statements[..index].iter().any(|earlier| writes_to(&earlier.command, table));
            if let Some((severity, message)) = demand(live, before, after, prepared) {
                findings.at_span(
                    severity,
                    back.migration,
                    back.span_of(index),
                    message,
                    "Look for such rows before going back, and say in the rollback what becomes of them.",
                );
            }
        }
    }
}

/// What a statement demands of rows that were there, and that nothing demanded before the rollback.
fn demand(live: &Schema, before: &Schema, after: &Schema, prepared: impl Fn(&str) -> bool) -> Option<(Severity, String)> {
    for relation in after.relations_changed_since(before) {
        if let Some(index) = relation.index()
            && before.relation(relation.id).is_none()
            && let Some(found) = unique_demand(live, before, index)
            && !before.relation(index.table).is_some_and(|table| prepared(&table.name))
        {
            return Some(found);
        }
        if let Some(message) = constraint_demand(live, before, after, relation.id)
            && !prepared(&relation.name)
        {
            return Some((Severity::Warning, message));
        }
    }
    None
}

/// Does the command change or remove rows of the table?
fn writes_to(command: &Command, table: &str) -> bool {
    match command {
        Command::Dml(Dml::Insert { .. }) => false,
        Command::Dml(dml) => *dml.table().name == *table,
        _ => false,
    }
}

fn unique_demand(live: &Schema, before: &Schema, index: &Index) -> Option<(Severity, String)> {
    let table = live.relation(index.table)?;
    if !index.unique || table.table()?.rows == Rows::None {
        return None;
    }
    let key = index.key_columns()?;
    // A unique index on some of the columns keeps all of them unique.
    // Rows with NULL in the key cannot be duplicates, so it may leave them out.
    let is_whole = |own: &Index| match &own.predicate {
        None => true,
        Some((Expression { node: Node::IsNull { operand, negated: true }, .. }, columns)) => {
            matches!(**operand, Node::Column(..)) && columns.iter().all(|column| key.contains(column))
        }
        Some(_) => false,
    };
    let of_table = || live.indexes_of(index.table).filter(|(_, own)| own.unique && is_whole(own));
    let within = |inner: &[i16], outer: &[i16]| inner.iter().all(|column| outer.contains(column));
    if of_table().any(|(_, own)| own.key_columns().is_some_and(|own| within(&own, &key))) {
        return None;
    }
    let widened = of_table().find(|(_, own)| own.key_columns().is_some_and(|own| within(&key, &own)));
    let columns = |key: &[i16]| {
        let own = before.relation(index.table).and_then(|relation| relation.table());
        let names = key.iter().filter_map(|number| own?.numbered(*number)).map(|column| &*column.name);
        names.collect::<Vec<_>>().join(", ")
    };
    let name = table.display_name();
    Some(match widened {
        Some((wide, own)) => {
            let now = before.relation(index.table).and_then(|relation| relation.table());
            let tells_apart_no_more = own
                .key_columns()
                .unwrap_or_default()
                .iter()
                .any(|column| now.is_some_and(|now| now.numbered(*column).is_none()));
            let severity = if tells_apart_no_more { Severity::Danger } else { Severity::Warning };
            let message = format!(
                "Since the migration {name} may hold several rows with the same ({}), as {} allowed: then this fails with 23505.",
                columns(&key),
                wide.name
            );
            (severity, message)
        }
        None => (
            Severity::Warning,
            format!("Nothing kept ({}) unique in {name} since the migration: if a value was written twice, this fails with 23505.", columns(&key)),
        ),
    })
}

/// Did what was there keep out all that the other one would?
fn demands_as_much(known: &ConstraintKind, own: &ConstraintKind) -> bool {
    match (known, own) {
        // What becomes of rows that refer to a deleted one is no demand on those that are there.
        (ConstraintKind::ForeignKey(known), ConstraintKind::ForeignKey(own)) => {
            (&known.columns, known.references, &known.referenced_columns)
                == (&own.columns, own.references, &own.referenced_columns)
        }
        _ => known == own,
    }
}

fn constraint_demand(live: &Schema, before: &Schema, after: &Schema, id: Id) -> Option<String> {
    let then = live.relation(id)?.table()?;
    let (old, new) = (before.relation(id)?.table()?, after.relation(id)?.table()?);
    if then.rows == Rows::None {
        return None;
    }
    let name = live.display_name(id);
    let kind = |column: &Column| match column.data_type.base {
        BaseType::User(id) => after.user_type(id).map(|own| &own.kind),
        _ => None,
    };
    let comes_empty = |column: &&Column| {
        let is_new = old.numbered(column.number).is_none();
        let has_value = column.default.is_some()
            || column.generated.is_some()
            || column.identity.is_some()
            || column.sequence.is_some()
            || matches!(kind(column), Some(TypeKind::Domain(domain)) if domain.default.is_some());
        is_new && column.not_null && !has_value
    };
    if let Some(column) = new.columns.iter().find(comes_empty) {
        return Some(format!("{name}.{} comes back NOT NULL and without a default: with a single row in the table this fails with 23502.", column.name));
    }
    for column in &new.columns {
        let was = |table: &crate::schema::Table| table.numbered(column.number).map(|own| own.not_null);
        if column.not_null && was(old) == Some(false) && was(then) == Some(false) {
            return Some(format!("{name}.{} allowed NULL since the migration: if one was written, this fails with 23502.", column.name));
        }
    }
    let fresh = new.constraints.iter().find(|own| {
        own.validated && own.enforced && old.constraint(&own.name).is_none()
            && !then.constraints.iter().any(|known| demands_as_much(&known.kind, &own.kind))
            && own.kind.own_columns().iter().all(|column| then.numbered(*column).is_some())
    })?;
    match fresh.kind {
        ConstraintKind::Check(..) => Some(format!("Nothing held {name} to {} since the migration: if a row violates it, this fails with 23514.", fresh.name)),
        ConstraintKind::ForeignKey(_) => Some(format!("Nothing held {name} to {} since the migration: if a row refers to nothing, this fails with 23503.", fresh.name)),
        _ => None,
    }
}
