//! What the migration brought goes: first what depends, then what it depends on.

use std::sync::Arc;

use super::draft::{Draft, Piece, new_columns};
use super::rename::demands_the_same;
use crate::schema::{
    BaseType, Column, Constraint, ConstraintKind, Function, Id, KeyPart, Policy, Relation, Table, Trigger,
    TypeKind, plain_sql,
};
use crate::sorted::Set;
use crate::sql::{Expression, Name, quote_identifier};

/// Everything that is not in the goal, and what would be in the way.
pub(super) fn clear(draft: &mut Draft) {
    let change = Change::of(draft);
    let mut pieces = publications(draft);
    pieces.extend(views(draft, &change));
    for (goal, now) in draft.kept() {
        pieces.extend(parts(draft, &change, &goal, &now));
    }
    pieces.extend(statistics(draft));
    pieces.extend(constraints(draft, &change));
    pieces.extend(indexes(draft, &change));
    for (goal, now) in draft.kept() {
        pieces.extend(columns(draft, &goal, &now));
    }
    pieces.extend(functions(draft));
    pieces.extend(relations(draft));
    pieces.extend(others(draft));
    draft.clear(pieces);
}

/// Columns of kept tables that go or get another type.
struct Change {
    gone: Set<(Id, i16)>,
    retyped: Set<(Id, i16)>,
}

impl Change {
    fn of(draft: &Draft) -> Change {
        let (mut gone, mut retyped) = (Set::default(), Set::default());
        for (goal, now) in draft.goal.relations().filter_map(|goal| draft.kept_table(goal.id)) {
            let (Some(before), Some(table)) = (goal.table(), now.table()) else { continue };
            for column in &table.columns {
                match before.numbered(column.number) {
                    None => {
                        gone.insert((now.id, column.number));
                    }
                    Some(wanted) if is_retyped(draft, wanted, column) => {
                        retyped.insert((now.id, column.number));
                    }
                    Some(_) => {}
                }
            }
        }
        Change { gone, retyped }
    }

    fn touches(&self, table: Id, columns: &[i16]) -> bool {
        columns
            .iter()
            .any(|number| self.gone.contains(&(table, *number)) || self.retyped.contains(&(table, *number)))
    }

    fn goes(&self, table: Id, columns: &[i16]) -> bool {
        columns.iter().any(|number| self.gone.contains(&(table, *number)))
    }

    /// Does an expression on a table name a column that gets another type?
    fn retypes(&self, table: &Relation, expression: &Expression) -> bool {
        let named = expression.node.columns();
        let columns = table.table().map_or(&[][..], |table| &table.columns);
        columns
            .iter()
            .any(|column| self.retyped.contains(&(table.id, column.number)) && named.contains(&column.name))
    }
}

/// Has a column another type than before, or one that is made anew?
pub(super) fn is_retyped(draft: &Draft, goal: &Column, now: &Column) -> bool {
    let is_replaced = matches!(&now.data_type.base, BaseType::User(id) if draft.replaced.contains(id));
    let is_known = goal.data_type.base != BaseType::Unknown && now.data_type.base != BaseType::Unknown;
    is_replaced || is_known && (goal.data_type != now.data_type || goal.collation != now.collation)
}

fn publications(draft: &Draft) -> Vec<Piece> {
    let gone = draft
        .now()
        .publications
        .iter()
        .filter(|(name, own)| draft.goal.publications.get(*name) != Some(*own));
    gone.map(|(name, _)| format!("DROP PUBLICATION {};", quote_identifier(name)).into()).collect()
}

/// Views that are new, that are another query, or that read what goes or changes; and the views on these.
fn views(draft: &Draft, change: &Change) -> Vec<Piece> {
    let now = draft.now();
    let mut gone: Set<Id> = Set::default();
    loop {
        let before = gone.len();
        for relation in now.relations() {
            let Some(view) = relation.view() else { continue };
            let reads = |(id, columns): &(Id, Vec<i16>)| {
                gone.contains(id) || change.touches(*id, columns) || is_new(draft, *id)
            };
            let goes = is_new(draft, relation.id)
                || is_other_query(draft, relation)
                || view.reads.iter().any(reads)
                || view.functions.iter().any(|id| draft.goal.function(*id).is_none())
                || view.types.iter().any(|id| draft.replaced.contains(id));
            if goes && !relation.presumed {
                gone.insert(relation.id);
            }
        }
        if gone.len() == before {
            break;
        }
    }
    let newest_first = now.relations().filter(|relation| gone.contains(&relation.id)).collect::<Vec<_>>();
    newest_first.into_iter().rev().map(|relation| Piece::dropping(relation.id)).collect()
}

fn is_new(draft: &Draft, id: Id) -> bool {
    draft.goal.relation(id).is_none() && draft.now().relation(id).is_some()
}

/// A query that OR REPLACE cannot change back, because the columns are others or the view is materialized.
fn is_other_query(draft: &Draft, relation: &Relation) -> bool {
    let Some((goal, view)) =
        draft.goal.relation(relation.id).and_then(|goal| goal.view()).zip(relation.view())
    else {
        return false;
    };
    goal.written != view.written
        && goal.query != view.query
        && (view.materialized || goal.columns != view.columns)
}

/// Triggers, policies and rules of a kept relation, and the parents that a table got.
fn parts(draft: &Draft, change: &Change, goal: &Relation, now: &Relation) -> Vec<Piece> {
    let name = now.sql_name();
    let mut pieces = Vec::new();
    for trigger in now.triggers().iter().filter(|trigger| !trigger.inherited) {
        let wanted = goal.triggers().iter().find(|own| own.name == trigger.name);
        let blocks = trigger.columns.iter().any(|number| change.retyped.contains(&(now.id, *number)))
            || trigger.condition.as_ref().is_some_and(|condition| change.retypes(now, condition));
        if blocks || !wanted.is_some_and(|wanted| fires_alike(wanted, trigger)) {
            pieces.push(format!("DROP TRIGGER {} ON {name};", quote_identifier(&trigger.name)).into());
        }
    }
    for rule in now.rules().iter().filter(|rule| !goal.rules().contains(rule)) {
        pieces.push(format!("DROP RULE {} ON {name};", quote_identifier(&rule.name)).into());
    }
    let (Some(before), Some(table)) = (goal.table(), now.table()) else { return pieces };
    for policy in &table.policies {
        let wanted = before.policies.iter().find(|own| own.name == policy.name);
        let mut conditions = policy.using.iter().chain(&policy.with_check);
        if conditions.any(|condition| change.retypes(now, condition))
            || !wanted.is_some_and(|wanted| allows_the_same(wanted, policy))
        {
            pieces.push(format!("DROP POLICY {} ON {name};", quote_identifier(&policy.name)).into());
        }
    }
    for parent in table.parents.iter().filter(|parent| !before.parents.contains(parent)) {
        let parent = draft.now().sql_name(*parent);
        pieces.push(match table.bound {
            Some(_) => format!("ALTER TABLE {parent} DETACH PARTITION {name};").into(),
            None => format!("ALTER TABLE {name} NO INHERIT {parent};").into(),
        });
    }
    pieces
}

fn fires_alike(goal: &Trigger, now: &Trigger) -> bool {
    let text = |condition: &Option<Expression>| condition.as_ref().map(|condition| condition.sql.clone());
    let plain = |trigger: &Trigger| Trigger {
        condition: None,
        firing: crate::sql::command::Firing::Origin,
        function: match trigger.function_id {
            Some(_) => crate::sql::QualifiedName::bare(""),
            None => trigger.function.clone(),
        },
        ..trigger.clone()
    };
    plain(goal) == plain(now) && text(&goal.condition) == text(&now.condition)
}

fn allows_the_same(goal: &Policy, now: &Policy) -> bool {
    let text = |condition: &Option<Expression>| condition.as_ref().map(|condition| condition.sql.clone());
    (goal.permissive, &goal.command, &goal.roles) == (now.permissive, &now.command, &now.roles)
        && text(&goal.using) == text(&now.using)
        && text(&goal.with_check) == text(&now.with_check)
}

fn statistics(draft: &Draft) -> Vec<Piece> {
    let gone =
        draft.now().statistics.iter().filter(|(key, own)| draft.goal.statistics.get(*key) != Some(*own));
    let sql = |key: &(Name, Name)| crate::schema::qualified_sql(&key.0, &key.1);
    gone.map(|(key, _)| format!("DROP STATISTICS {};", sql(key)).into()).collect()
}

/// Constraints of kept tables that are new or were changed: foreign keys first.
fn constraints(draft: &Draft, change: &Change) -> Vec<Piece> {
    let (mut foreign_keys, mut others) = (Vec::new(), Vec::new());
    for (goal, now) in draft.goal.relations().filter_map(|goal| draft.kept_table(goal.id)) {
        let (Some(before), Some(table)) = (goal.table(), now.table()) else { continue };
        for constraint in table.constraints.iter().filter(|own| own.local || !own.inherited) {
            if matches!(constraint.kind, ConstraintKind::NotNull(_))
                || stays(change, before, &now, constraint)
            {
                continue;
            }
            let columns = columns_of(draft, constraint);
            if change.goes(now.id, &columns) {
                continue;
            }
            let drop = format!(
                "ALTER TABLE {} DROP CONSTRAINT {};",
                now.sql_name(),
                quote_identifier(&constraint.name)
            );
            match constraint.kind {
                ConstraintKind::ForeignKey(_) => foreign_keys.push(drop.into()),
                _ => others.push(drop.into()),
            }
        }
    }
    foreign_keys.append(&mut others);
    foreign_keys
}

fn stays(change: &Change, before: &Table, now: &Relation, constraint: &Constraint) -> bool {
    let Some(wanted) = before.constraint(&constraint.name) else { return false };
    // The server would keep the casts that the other type needed.
    let retyped = match &constraint.kind {
        ConstraintKind::Check(condition, _) => change.retypes(now, condition),
        _ => false,
    };
    let flags = |own: &Constraint| {
        (own.validated, own.enforced, own.deferrable, own.initially_deferred, own.no_inherit)
    };
    !retyped && flags(wanted) == flags(constraint) && demands_the_same(&wanted.kind, &constraint.kind)
}

fn columns_of(draft: &Draft, constraint: &Constraint) -> Vec<i16> {
    let index = constraint.kind.index().and_then(|id| draft.now().relation(id)?.index().cloned());
    match index {
        Some(index) => {
            let keys = index.keys.iter().flat_map(|key| match &key.part {
                KeyPart::Column(number) => vec![*number],
                KeyPart::Expression(_, columns) => columns.clone(),
            });
            keys.chain(index.include.clone()).collect()
        }
        None => constraint.kind.own_columns().to_vec(),
    }
}

/// Indexes on kept tables that are new, or whose expressions name what gets another type.
fn indexes(draft: &Draft, change: &Change) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for relation in draft.now().relations() {
        let Some(index) = relation.index() else { continue };
        let Some(table) = draft.now().relation(index.table) else { continue };
        let goes_along = index.constraint
            || index.parent.is_some()
            || relation.presumed
            || is_new(draft, table.id)
            || table.table().is_some_and(|table| {
                table
                    .columns
                    .iter()
                    .any(|c| change.gone.contains(&(index.table, c.number)) && index.uses(c.number))
            });
        let expressions = index.keys.iter().filter_map(|key| match &key.part {
            KeyPart::Expression(expression, _) => Some(expression),
            KeyPart::Column(_) => None,
        });
        let mut expressions = expressions.chain(index.predicate.as_ref().map(|(condition, _)| condition));
        let blocks = expressions.any(|expression| change.retypes(table, expression));
        if !goes_along && (is_new(draft, relation.id) || blocks) {
            let name = relation.sql_name();
            let is_partitioned = table.table().is_some_and(Table::is_partitioned);
            pieces.push(Piece {
                sql: format!("DROP INDEX {name};"),
                drops: None,
                concurrently: (!is_partitioned).then(|| format!("DROP INDEX CONCURRENTLY {name};")),
            });
        }
    }
    pieces.reverse();
    pieces
}

/// Columns that a kept table got, and defaults that may name what goes.
fn columns(draft: &Draft, goal: &Relation, now: &Relation) -> Vec<Piece> {
    let (Some(before), Some(table)) = (goal.table(), now.table()) else { return Vec::new() };
    let alter = format!("ALTER TABLE {}", now.sql_name());
    let mut pieces = Vec::new();
    for column in &table.columns {
        let Some(wanted) = before.numbered(column.number) else { continue };
        let is_stale = wanted.default.is_none() || is_retyped(draft, wanted, column);
        if column.default.is_some() && column.generated.is_none() && is_stale {
            pieces.push(
                format!("{alter} ALTER COLUMN {} DROP DEFAULT;", quote_identifier(&column.name)).into(),
            );
        }
    }
    for column in new_columns(before, table).into_iter().rev() {
        pieces.push(format!("{alter} DROP COLUMN {};", quote_identifier(&column.name)).into());
    }
    pieces
}

fn functions(draft: &Draft) -> Vec<Piece> {
    let has_replaced = |function: &Arc<Function>| {
        let result = function.result.iter().map(|(data_type, _)| data_type);
        function
            .signature
            .iter()
            .chain(result)
            .any(|data_type| matches!(&data_type.base, BaseType::User(id) if draft.replaced.contains(id)))
    };
    let gone: Vec<Id> = draft
        .now()
        .functions()
        .filter(|function| draft.goal.function(function.id).is_none() || has_replaced(function))
        .map(|function| function.id)
        .collect();
    gone.into_iter().rev().map(Piece::dropping).collect()
}

/// Tables and sequences, the newest first. What belongs to another of them goes along.
fn relations(draft: &Draft) -> Vec<Piece> {
    let goes_along = |relation: &Relation| match relation.sequence() {
        Some(sequence) => sequence.owned_by.is_some_and(|(table, number)| {
            let kept = draft.goal.relation(table).and_then(|goal| goal.table());
            sequence.identity || kept.is_none_or(|kept| kept.numbered(number).is_none())
        }),
        None => relation.table().is_some_and(|table| {
            table.bound.is_some() && table.parents.iter().any(|parent| is_new(draft, *parent))
        }),
    };
    let is_own = |relation: &Relation| relation.table().is_some() || relation.sequence().is_some();
    let gone = draft.now().relations().filter(|relation| is_new(draft, relation.id) && is_own(relation));
    let gone: Vec<Id> = gone.filter(|relation| !goes_along(relation)).map(|relation| relation.id).collect();
    gone.into_iter().rev().map(Piece::dropping).collect()
}

/// Types, extensions, schemas and the rest.
fn others(draft: &Draft) -> Vec<Piece> {
    let now = draft.now();
    let mut pieces: Vec<Piece> = Vec::new();
    let types: Vec<Id> = now
        .types()
        .filter(|user_type| draft.goal.user_type(user_type.id).is_none())
        .filter(|user_type| !matches!(user_type.kind, TypeKind::Multirange(_)))
        .map(|user_type| user_type.id)
        .collect();
    pieces.extend(types.into_iter().rev().map(Piece::dropping));
    for plain in now.plain.iter().rev() {
        if draft.goal.plain.iter().all(|own| own.key != plain.key || own.created_as != plain.created_as) {
            pieces.push(format!("DROP {};", plain_sql(&plain.key)).into());
        }
    }
    for name in now.extensions.keys().filter(|name| !draft.goal.extensions.contains_key(*name)) {
        pieces.push(format!("DROP EXTENSION {};", quote_identifier(name)).into());
    }
    for name in now.namespaces.keys().filter(|name| !draft.goal.namespaces.contains_key(*name)) {
        pieces.push(format!("DROP SCHEMA {};", quote_identifier(name)).into());
    }
    for role in now.roles.iter().filter(|role| draft.goal.roles.iter().all(|own| own.name != role.name)) {
        pieces.push(format!("DROP ROLE {};", quote_identifier(&role.name)).into());
    }
    pieces
}
