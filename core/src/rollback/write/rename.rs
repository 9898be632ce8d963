//! Renames are taken back as renames: the data stay.

use super::draft::Draft;
use crate::schema::{CommentTarget, Constraint, ConstraintKind, Id, TypeKind, target_sql};
use crate::sql::{Name, quote_identifier, quote_literal};

/// Gives everything that is in both catalogs its name from before, as far as that name is free.
pub(super) fn rename(draft: &mut Draft) {
    namespaces(draft);
    let relations: Vec<Id> = draft.kept().iter().map(|(goal, _)| goal.id).collect();
    for id in &relations {
        if draft.goal.relation(*id).is_some_and(|goal| goal.index().is_none()) {
            relation(draft, *id);
        }
    }
    for id in &relations {
        columns(draft, *id);
        constraints(draft, *id);
        relation(draft, *id);
    }
    let types: Vec<Id> = draft.goal.types().map(|user_type| user_type.id).collect();
    for id in types {
        user_type(draft, id);
    }
    let functions: Vec<Id> = draft.goal.functions().map(|function| function.id).collect();
    for id in functions {
        function(draft, id);
    }
}

/// A schema has no identity but its name: one whose objects were all in another schema before is that one.
fn namespaces(draft: &mut Draft) {
    let now = draft.now();
    let new: Vec<Name> =
        now.namespaces.keys().filter(|name| !draft.goal.namespaces.contains_key(*name)).cloned().collect();
    for name in new {
        let mut before: Vec<Name> = Vec::new();
        for relation in draft.now().relations().filter(|relation| relation.schema == name) {
            before.extend(draft.goal.relation(relation.id).map(|goal| goal.schema.clone()));
        }
        before.dedup();
        if let [only] = before.as_slice()
            && !draft.now().namespaces.contains_key(only)
        {
            let (from, to) = (quote_identifier(&name), quote_identifier(only));
            draft.take(format!("ALTER SCHEMA {from} RENAME TO {to};"));
        }
    }
}

fn relation(draft: &mut Draft, id: Id) {
    let Some(goal) = draft.goal.relation(id).cloned() else { return };
    if goal.index().is_some_and(|index| index.constraint) {
        return;
    }
    let (schema, name) = (goal.schema.clone(), goal.name.clone());
    let now = |draft: &Draft| draft.now().relation(id).map(|now| (now.schema.clone(), now.name.clone()));
    object(draft, id, (schema, name), now);
}

/// SET SCHEMA and RENAME TO.
fn object(
    draft: &mut Draft,
    id: Id,
    (schema, name): (Name, Name),
    now: impl Fn(&Draft) -> Option<(Name, Name)>,
) {
    let alter = |draft: &Draft| target_sql(draft.now(), &CommentTarget::Object(id)).unwrap_or_default();
    let Some(found) = now(draft) else { return };
    if found.0 != schema {
        draft.take(format!("ALTER {} SET SCHEMA {};", alter(draft), quote_identifier(&schema)));
    }
    if found.1 != name {
        draft.take(format!("ALTER {} RENAME TO {};", alter(draft), quote_identifier(&name)));
    }
}

fn columns(draft: &mut Draft, id: Id) {
    let Some((goal, now)) = draft.kept_table(id) else {
        view_columns(draft, id);
        return;
    };
    let (Some(goal), Some(table)) = (goal.table(), now.table()) else { return };
    for column in goal.columns.iter().filter(|column| column.local || !column.inherited) {
        let Some(found) = table.numbered(column.number) else { continue };
        if found.name != column.name {
            let (from, to) = (quote_identifier(&found.name), quote_identifier(&column.name));
            draft.take(format!("ALTER TABLE {} RENAME COLUMN {from} TO {to};", now.sql_name()));
        }
    }
}

fn view_columns(draft: &mut Draft, id: Id) {
    let (Some(goal), Some(now)) = (draft.goal.relation(id).cloned(), draft.now().relation(id).cloned())
    else {
        return;
    };
    let (Some(before), Some(view)) = (goal.view(), now.view()) else { return };
    if before.written != view.written || before.columns.len() != view.columns.len() {
        return;
    }
    let kind = if view.materialized { "MATERIALIZED VIEW" } else { "VIEW" };
    for (to, from) in before.columns.iter().zip(&view.columns).filter(|(to, from)| to != from) {
        let (from, to) = (quote_identifier(from), quote_identifier(to));
        draft.take(format!("ALTER {kind} {} RENAME COLUMN {from} TO {to};", now.sql_name()));
    }
}

fn constraints(draft: &mut Draft, id: Id) {
    let Some((goal, now)) = draft.kept_table(id) else { return };
    let (Some(before), Some(table)) = (goal.table(), now.table()) else { return };
    for constraint in before.constraints.iter().filter(|constraint| !constraint.inherited) {
        if table.constraint(&constraint.name).is_some() {
            continue;
        }
        let is_it = |other: &&Constraint| {
            // Of a name that another one had, too: that other one gets it back afterwards.
            let had_it = before.constraint(&other.name);
            had_it.is_none_or(|had| !demands_the_same(&had.kind, &other.kind))
                && demands_the_same(&other.kind, &constraint.kind)
        };
        if let Some(found) = table.constraints.iter().find(is_it) {
            let (from, to) = (quote_identifier(&found.name), quote_identifier(&constraint.name));
            draft.take(format!("ALTER TABLE {} RENAME CONSTRAINT {from} TO {to};", now.sql_name()));
        }
    }
}

/// The same constraint, whatever it is called.
pub(super) fn demands_the_same(one: &ConstraintKind, other: &ConstraintKind) -> bool {
    match (one, other) {
        (ConstraintKind::Check(one, _), ConstraintKind::Check(other, _)) => one.sql == other.sql,
        (one, other) => one == other,
    }
}

fn user_type(draft: &mut Draft, id: Id) {
    let (Some(goal), Some(now)) = (draft.goal.user_type(id).cloned(), draft.now().user_type(id).cloned())
    else {
        return;
    };
    if std::sync::Arc::ptr_eq(&goal, &now) || matches!(goal.kind, TypeKind::Multirange(_)) {
        return;
    }
    object(draft, id, (goal.schema.clone(), goal.name.clone()), |draft| {
        draft.now().user_type(id).map(|now| (now.schema.clone(), now.name.clone()))
    });
    let (TypeKind::Enum(before), TypeKind::Enum(values)) = (&goal.kind, &now.kind) else { return };
    for (to, from) in before.iter().zip(values).filter(|(to, from)| to != from) {
        if before.len() == values.len() && !values.contains(to) && !before.contains(from) {
            let (name, from, to) = (goal.sql_name(), quote_literal(from), quote_literal(to));
            draft.take(format!("ALTER TYPE {name} RENAME VALUE {from} TO {to};"));
        }
    }
}

fn function(draft: &mut Draft, id: Id) {
    let Some(goal) = draft.goal.function(id).cloned() else { return };
    object(draft, id, (goal.schema.clone(), goal.name.clone()), |draft| {
        draft.now().function(id).map(|now| (now.schema.clone(), now.name.clone()))
    });
}
