//! DROP, RENAME, SET SCHEMA and OWNER of any kind of object, and what depends on what.

use super::error::{
    column_exists, no_column, no_constraint, no_object, no_relation, no_schema, still_needed, wrong_kind,
};
use super::run::{Run, is_catalog, unquoted};
use super::{PgError, function, index, policy, table, user_type};
use crate::locks::LockMode;
use crate::schema::{
    BaseType, Column, CommentTarget, ConstraintKind, Id, KeyPart, RelationKind, Table, TypeKind,
};
use crate::sql::command::{Behavior, Drop, ObjectKind, ObjectName, Owner, PartitionBound, Rename, SetSchema};
use crate::sql::{Expression, Name, QualifiedName};

/// Something that needs something else, and so forbids its DROP or goes with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Dependant {
    /// A view or materialized view.
    View(Id),
    /// A foreign key on a table.
    ForeignKey(Id, Name),
    /// A column's default.
    Default(Id, i16),
    /// A column of that type.
    Column(Id, i16),
    /// A partition or child table.
    Child(Id),
    /// A policy.
    Policy(Id, Name),
    /// A trigger.
    Trigger(Id, Name),
    /// A function.
    Function(Id),
    /// A domain over the type.
    Type(Id),
    /// A CHECK that calls the function.
    Check(Id, Name),
    /// An index on an expression that calls the function.
    Index(Id),
}

impl Dependant {
    /// The server's DETAIL line.
    pub(super) fn describe(&self, run: &Run) -> String {
        let relation = |id: &Id| {
            run.schema.relation(*id).map(|r| format!("{} {}", r.kind_name(), r.name)).unwrap_or_default()
        };
        let column = |id: &Id, number: &i16| {
            run.table_of(*id).map(|table| table.column_name(*number).to_string()).unwrap_or_default()
        };
        let what = match self {
            Dependant::View(id) | Dependant::Child(id) | Dependant::Index(id) => relation(id),
            Dependant::ForeignKey(id, name) | Dependant::Check(id, name) => {
                format!("constraint {name} on {}", relation(id))
            }
            Dependant::Default(id, number) => {
                format!("default value for column {} of {}", column(id, number), relation(id))
            }
            Dependant::Column(id, number) => format!("column {} of {}", column(id, number), relation(id)),
            Dependant::Policy(id, name) => format!("policy {name} on {}", relation(id)),
            Dependant::Trigger(id, name) => format!("trigger {name} on {}", relation(id)),
            Dependant::Function(id) => run
                .schema
                .function(*id)
                .map(|f| format!("function {}", f.signature_text(&run.schema)))
                .unwrap_or_default(),
            Dependant::Type(id) => {
                run.schema.user_type(*id).map(|t| format!("type {}", t.name)).unwrap_or_default()
            }
        };
        format!("{what} depends on it")
    }
}

/// Takes a dependant out, as CASCADE does, with what depends on it in turn.
pub(super) fn remove_dependant(run: &mut Run, dependant: Dependant) -> Result<(), PgError> {
    let line = dependant.describe(run).replace(" depends on it", "");
    match dependant {
        Dependant::View(id) | Dependant::Child(id) => {
            if run.schema.relation(id).is_some() {
                drop_relation(run, id, Behavior::Cascade)?;
            }
        }
        Dependant::ForeignKey(id, name) | Dependant::Check(id, name) => {
            run.lock(id, LockMode::AccessExclusive);
            table::remove_constraint(run, id, &name)?;
        }
        Dependant::Default(id, number) => {
            run.lock(id, LockMode::AccessExclusive);
            run.change_table(id, |table| {
                if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
                    column.default = None;
                }
            });
        }
        Dependant::Column(id, number) => {
            run.lock(id, LockMode::AccessExclusive);
            let column = run.table_of(id)?.numbered(number).cloned();
            if let Some(column) = column {
                for below in column_dependants(run, id, &column) {
                    remove_dependant(run, below)?;
                }
            }
            table::remove_column(run, id, number)?;
        }
        Dependant::Policy(id, name) => {
            run.lock(id, LockMode::AccessExclusive);
            run.change_table(id, |table| table.policies.retain(|policy| policy.name != name));
        }
        Dependant::Trigger(id, name) => {
            run.lock(id, LockMode::AccessExclusive);
            run.change_table(id, |table| table.triggers.retain(|trigger| trigger.name != name));
        }
        Dependant::Function(id) => run.schema.remove_function(id),
        Dependant::Type(id) => {
            for below in type_dependants(run, id) {
                remove_dependant(run, below)?;
            }
            run.schema.remove_type(id);
        }
        Dependant::Index(id) => index::remove(run, id),
    }
    run.change(format!("cascades to {line}"));
    Ok(())
}

/// What needs one column, besides what goes with it in silence (its indexes, own constraints, sequence).
pub(super) fn column_dependants(run: &Run, id: Id, column: &Column) -> Vec<Dependant> {
    let mut found = Vec::new();
    for relation in run.schema.relations() {
        if let Some(view) = relation.view()
            && view.reads.iter().any(|(read, columns)| *read == id && columns.contains(&column.number))
        {
            found.push(Dependant::View(relation.id));
        }
    }
    for (on, constraint) in run.schema.references_to(id) {
        if let ConstraintKind::ForeignKey(key) = &constraint.kind
            && key.referenced_columns.contains(&column.number)
            && !(on.id == id && key.columns.contains(&column.number))
        {
            found.push(Dependant::ForeignKey(on.id, constraint.name));
        }
    }
    if let Ok(table) = run.table_of(id) {
        for policy in &table.policies {
            let uses =
                |e: &Option<Expression>| e.as_ref().is_some_and(|e| e.node.columns().contains(&column.name));
            if uses(&policy.using) || uses(&policy.with_check) {
                found.push(Dependant::Policy(id, policy.name.clone()));
            }
        }
        for trigger in &table.triggers {
            let when = trigger.condition.as_ref().is_some_and(|e| e.node.columns().contains(&column.name));
            if trigger.columns.contains(&column.number) || when {
                found.push(Dependant::Trigger(id, trigger.name.clone()));
            }
        }
        for other in &table.columns {
            let generated =
                other.generated.as_ref().is_some_and(|(e, _)| e.node.columns().contains(&column.name));
            if generated && other.number != column.number && run.version() >= 15 {
                found.push(Dependant::Column(id, other.number));
            }
        }
    }
    if let Some(sequence) = column.sequence {
        found.extend(
            sequence_users(run, sequence).into_iter().filter(|d| *d != Dependant::Default(id, column.number)),
        );
    }
    found
}

/// Columns whose default draws from the sequence.
fn sequence_users(run: &Run, sequence: Id) -> Vec<Dependant> {
    let Some(found) = run.schema.relation(sequence) else { return Vec::new() };
    let (plain, qualified) = (found.name.to_string(), found.display_name());
    let mut users = Vec::new();
    for relation in run.schema.relations() {
        let Some(table) = relation.table() else { continue };
        for column in &table.columns {
            let Some(default) = &column.default else { continue };
            let mut draws = false;
            default.node.walk(|node| {
                if let crate::sql::Node::Literal(crate::sql::Literal::String(text)) = node {
                    let text = text.replace('"', "");
                    draws |= text == plain || text == qualified;
                }
            });
            if draws && !default.node.functions().is_empty() {
                users.push(Dependant::Default(relation.id, column.number));
            }
        }
    }
    users
}

/// What needs a relation, besides what goes with it in silence.
fn relation_dependants(run: &Run, id: Id) -> Vec<Dependant> {
    let mut found = Vec::new();
    for relation in run.schema.relations() {
        match &relation.kind {
            RelationKind::View(view) if view.reads.iter().any(|(read, _)| *read == id) => {
                found.push(Dependant::View(relation.id));
            }
            RelationKind::Table(table) if relation.id != id => {
                // A partition goes with its parent in silence; an inheriting table does not.
                if table.parents.contains(&id) && table.bound.is_none() {
                    found.push(Dependant::Child(relation.id));
                }
                for column in &table.columns {
                    if column.data_type.base == BaseType::Row(id) {
                        found.push(Dependant::Column(relation.id, column.number));
                    }
                }
            }
            _ => {}
        }
    }
    for (on, constraint) in run.schema.references_to(id) {
        let within = on.id == id || on.table().is_some_and(|table| table.parents.contains(&id));
        if !within && !constraint.inherited {
            found.push(Dependant::ForeignKey(on.id, constraint.name));
        }
    }
    if run.schema.relation(id).is_some_and(|relation| relation.sequence().is_some()) {
        found.extend(sequence_users(run, id));
    }
    found
}

/// What needs a type.
pub(super) fn type_dependants(run: &Run, id: Id) -> Vec<Dependant> {
    let mut found = Vec::new();
    let wanted = BaseType::User(id);
    for relation in run.schema.relations() {
        match &relation.kind {
            RelationKind::Table(table) => {
                let columns = table
                    .columns
                    .iter()
                    .filter(|column| column.data_type.base == wanted && !column.inherited);
                found.extend(columns.map(|column| Dependant::Column(relation.id, column.number)));
            }
            RelationKind::View(view) if view.types.contains(&id) => found.push(Dependant::View(relation.id)),
            _ => {}
        }
    }
    for other in run.schema.types() {
        if let TypeKind::Domain(domain) = &other.kind
            && domain.base.base == wanted
        {
            found.push(Dependant::Type(other.id));
        }
    }
    for function in run.schema.functions() {
        if function.signature.iter().any(|argument| argument.base == wanted) {
            found.push(Dependant::Function(function.id));
        }
    }
    found
}

/// What needs a function.
fn function_dependants(run: &Run, id: Id) -> Vec<Dependant> {
    let Some(function) = run.schema.function(id) else { return Vec::new() };
    let calls = |expression: &Expression| {
        expression.node.functions().into_iter().any(|called| {
            called.name == function.name
                && called.schema.as_ref().is_none_or(|schema| *schema == function.schema)
        })
    };
    let overloaded = run.schema.functions_named(&function.schema, &function.name).count() > 1;
    let mut found = Vec::new();
    for relation in run.schema.relations() {
        match &relation.kind {
            RelationKind::Table(table) => {
                for trigger in table.triggers.iter().filter(|trigger| trigger.function_id == Some(id)) {
                    found.push(Dependant::Trigger(relation.id, trigger.name.clone()));
                }
                // Which overload an expression calls cannot be told here.
                if overloaded {
                    continue;
                }
                for column in &table.columns {
                    if column.default.as_ref().is_some_and(calls) {
                        found.push(Dependant::Default(relation.id, column.number));
                    }
                    if column.generated.as_ref().is_some_and(|(expression, _)| calls(expression)) {
                        found.push(Dependant::Column(relation.id, column.number));
                    }
                }
                for own in &table.constraints {
                    if matches!(&own.kind, ConstraintKind::Check(expression, _) if calls(expression)) {
                        found.push(Dependant::Check(relation.id, own.name.clone()));
                    }
                }
                for policy in &table.policies {
                    if [&policy.using, &policy.with_check].into_iter().flatten().any(calls) {
                        found.push(Dependant::Policy(relation.id, policy.name.clone()));
                    }
                }
            }
            RelationKind::View(view) if view.functions.contains(&id) => {
                found.push(Dependant::View(relation.id))
            }
            RelationKind::Index(own) if !overloaded => {
                let in_key = own
                    .keys
                    .iter()
                    .any(|key| matches!(&key.part, KeyPart::Expression(expression, _) if calls(expression)));
                if in_key || own.predicate.as_ref().is_some_and(|(expression, _)| calls(expression)) {
                    found.push(Dependant::Index(relation.id));
                }
            }
            _ => {}
        }
    }
    found
}

/// DROP of anything.
pub(super) fn drop(run: &mut Run, drop: &Drop) -> Result<(), PgError> {
    let ids: Vec<Option<Id>> = match relation_kind(drop.kind) {
        Some(_) => {
            let mut ids = Vec::new();
            for object in &drop.objects {
                ids.push(find_for_drop(run, drop, object)?);
            }
            ids
        }
        None => Vec::new(),
    };
    // What is named together may depend on each other.
    let together: Vec<Id> = ids.iter().flatten().copied().collect();
    if !together.is_empty() && drop.behavior == Behavior::Restrict {
        for id in &together {
            restrict(run, *id, &together)?;
        }
    }
    if relation_kind(drop.kind).is_some() {
        for id in together {
            if run.schema.relation(id).is_some() {
                let mode_of_index = if drop.concurrently {
                    LockMode::ShareUpdateExclusive
                } else {
                    LockMode::AccessExclusive
                };
                if let Some(index) = run.get(id)?.index() {
                    let table = index.table;
                    run.lock(table, mode_of_index);
                }
                let (kind, shown) = (run.get(id)?.kind_name(), run.get(id)?.display_name());
                run.change(format!("drops {kind} {shown}"));
                drop_relation(run, id, Behavior::Cascade)?;
            }
        }
        return Ok(());
    }
    for object in &drop.objects {
        drop_other(run, drop, object)?;
    }
    Ok(())
}

/// The kind's name in messages, for kinds that are relations.
fn relation_kind(kind: ObjectKind) -> Option<&'static str> {
    match kind {
        ObjectKind::Table => Some("table"),
        ObjectKind::ForeignTable => Some("foreign table"),
        ObjectKind::View => Some("view"),
        ObjectKind::MaterializedView => Some("materialized view"),
        ObjectKind::Index => Some("index"),
        ObjectKind::Sequence => Some("sequence"),
        _ => None,
    }
}

fn find_for_drop(run: &mut Run, drop: &Drop, object: &ObjectName) -> Result<Option<Id>, PgError> {
    let kind = relation_kind(drop.kind).unwrap_or("relation");
    let written = &object.name;
    let Some(id) = run.find_relation(written) else {
        if drop.if_exists {
            run.change(format!("nothing: there is no {kind} {}", unquoted(written)));
            return Ok(None);
        }
        return assume_for_drop(run, drop.kind, kind, written);
    };
    let relation = run.get(id)?;
    let fits = match (&relation.kind, drop.kind) {
        (RelationKind::Table(table), ObjectKind::Table) => table.foreign_server.is_none(),
        (RelationKind::Table(table), ObjectKind::ForeignTable) => table.foreign_server.is_some(),
        (RelationKind::View(view), ObjectKind::View) => !view.materialized,
        (RelationKind::View(view), ObjectKind::MaterializedView) => view.materialized,
        (RelationKind::Index(_), ObjectKind::Index) | (RelationKind::Sequence(_), ObjectKind::Sequence) => {
            true
        }
        _ => run.is_assumed(id),
    };
    if !fits {
        let use_instead = relation.kind_name().to_ascii_uppercase().replace("PARTITIONED ", "");
        return Err(
            wrong_kind(&relation.name, kind).with_hint(format!("Use DROP {use_instead} to remove it."))
        );
    }
    if let Some(index) = relation.index()
        && index.constraint
    {
        let table = run.get(index.table)?;
        let by = table.table().and_then(|t| t.constraints.iter().find(|c| c.kind.index() == Some(id)));
        let by = by.map_or_else(|| relation.name.clone(), |c| c.name.clone());
        let message = format!(
            "cannot drop index {} because constraint {by} on table {} requires it",
            relation.name, table.name
        );
        return Err(PgError::new("2BP01", message)
            .with_hint(format!("You can drop constraint {by} on table {} instead.", table.name)));
    }
    if let Some(sequence) = relation.sequence()
        && sequence.identity
        && let Some((table, column)) = sequence.owned_by
    {
        let column = run.table_of(table)?.column_name(column);
        let table = run.get(table)?.name.clone();
        let message = format!(
            "cannot drop sequence {} because column {column} of table {table} requires it",
            relation.name
        );
        return Err(PgError::new("2BP01", message));
    }
    Ok(Some(id))
}

/// A relation that nothing here created is dropped: it is taken to have existed, unless the files contradict that.
fn assume_for_drop(
    run: &mut Run,
    object: ObjectKind,
    kind: &str,
    written: &QualifiedName,
) -> Result<Option<Id>, PgError> {
    let missing = |hint: Option<String>| {
        let error = match object {
            ObjectKind::Table
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::Sequence
            | ObjectKind::ForeignTable => {
                PgError::new("42P01", format!("{kind} \"{}\" does not exist", unquoted(written)))
            }
            _ => no_object(kind, &unquoted(written)),
        };
        match hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    };
    match object {
        ObjectKind::Table | ObjectKind::ForeignTable => {
            let id = run.relation(written).map_err(|error| missing(error.hint))?;
            Ok(Some(id))
        }
        _ => {
            let namespace = run.namespace_of(written)?;
            match run.server.world.presume(&run.schema, &namespace, &written.name) {
                super::world::Presumption::Exists => {
                    run.assume(format!("{kind} {namespace}.{} exists", written.name));
                    run.change(format!("drops {kind} {namespace}.{}", written.name));
                    Ok(None)
                }
                super::world::Presumption::Missing(hint) => Err(missing(hint)),
            }
        }
    }
}

/// 2BP01 when something outside of `together` needs the relation.
fn restrict(run: &Run, id: Id, together: &[Id]) -> Result<(), PgError> {
    let owner = |dependant: &Dependant| match dependant {
        Dependant::View(id)
        | Dependant::Child(id)
        | Dependant::Default(id, _)
        | Dependant::Column(id, _)
        | Dependant::ForeignKey(id, _) => Some(*id),
        _ => None,
    };
    let mut wanting = Vec::new();
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        wanting.extend(
            relation_dependants(run, next)
                .into_iter()
                .filter(|d| owner(d).is_none_or(|o| !together.contains(&o))),
        );
        open.extend(
            run.schema
                .children_of(next)
                .into_iter()
                .filter(|child| run.table_of(*child).is_ok_and(|t| t.bound.is_some())),
        );
    }
    if wanting.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = wanting.iter().map(|d| d.describe(run)).collect();
    let relation = run.get(id)?;
    Err(still_needed(
        &format!("{} {}", relation.kind_name().replace("partitioned ", ""), relation.name),
        &lines,
    ))
}

/// Takes a relation out with all that belongs to it.
fn drop_relation(run: &mut Run, id: Id, behavior: Behavior) -> Result<(), PgError> {
    let relation = run.get(id)?.clone();
    run.lock(id, LockMode::AccessExclusive);
    match &relation.kind {
        RelationKind::Table(table) => {
            for parent in &table.parents {
                if table.bound.is_some() {
                    run.lock(*parent, LockMode::AccessExclusive);
                    for sibling in run.schema.children_of(*parent) {
                        if run.table_of(sibling)?.bound == Some(PartitionBound::Default) {
                            run.lock(sibling, LockMode::AccessExclusive);
                        }
                    }
                }
            }
            for own in &table.constraints {
                if let ConstraintKind::ForeignKey(key) = &own.kind {
                    run.lock(key.references, LockMode::AccessExclusive);
                }
            }
        }
        RelationKind::Index(_) => {
            index::remove(run, id);
            return Ok(());
        }
        RelationKind::View(_) | RelationKind::Sequence(_) => {}
    }
    if behavior == Behavior::Cascade {
        for dependant in relation_dependants(run, id) {
            remove_dependant(run, dependant)?;
        }
    }
    for child in run.schema.children_of(id) {
        if run.table_of(child)?.bound.is_some() {
            drop_relation(run, child, behavior)?;
        }
    }
    let belongings: Vec<Id> = run
        .schema
        .relations()
        .filter(|other| match &other.kind {
            RelationKind::Index(index) => index.table == id,
            RelationKind::Sequence(sequence) => sequence.owned_by.is_some_and(|(owner, _)| owner == id),
            _ => false,
        })
        .map(|other| other.id)
        .collect();
    for belonging in belongings {
        for dependant in sequence_users(run, belonging) {
            if !matches!(dependant, Dependant::Default(on, _) if on == id) {
                remove_dependant(run, dependant)?;
            }
        }
        run.schema.remove_relation(belonging);
    }
    let statistics: Vec<_> =
        run.schema.statistics.iter().filter(|(_, s)| s.table == id).map(|(key, _)| key.clone()).collect();
    for key in statistics {
        run.schema.statistics.remove(&key);
    }
    let publications: Vec<Name> = run.schema.publications.keys().cloned().collect();
    for publication in publications {
        if let Some(found) = run.schema.publications.get_mut(&publication) {
            found.tables.retain(|table| *table != id);
        }
    }
    run.schema.remove_relation(id);
    Ok(())
}

fn drop_other(run: &mut Run, drop: &Drop, object: &ObjectName) -> Result<(), PgError> {
    let written = &object.name;
    match drop.kind {
        ObjectKind::Type | ObjectKind::Domain => {
            let found = run.search_path().iter().chain(written.schema.iter()).find_map(|schema| {
                let wanted = written.schema.as_ref().unwrap_or(schema);
                run.schema.type_named(wanted, &written.name).map(|t| t.id)
            });
            let Some(id) = found else { return missing(run, drop, "type", written) };
            let dependants = type_dependants(run, id);
            if !dependants.is_empty() && drop.behavior == Behavior::Restrict {
                let lines: Vec<_> = dependants.iter().map(|d| d.describe(run)).collect();
                return Err(still_needed(&format!("type {}", written.name), &lines));
            }
            for dependant in dependants {
                remove_dependant(run, dependant)?;
            }
            run.schema.remove_type(id);
            run.change(format!("drops type {}", unquoted(written)));
        }
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            let Some(id) = function::find(run, written, object.arguments.as_deref())? else {
                let kind = if drop.kind == ObjectKind::Procedure { "procedure" } else { "function" };
                if drop.if_exists {
                    run.change(format!("nothing: there is no {kind} {}", unquoted(written)));
                    return Ok(());
                }
                if run.server.world.presumes_objects() {
                    run.assume(format!("{kind} {} exists", unquoted(written)));
                    run.change(format!("drops {kind} {}", unquoted(written)));
                    return Ok(());
                }
                return Err(PgError::new("42883", format!("{kind} {}() does not exist", unquoted(written))));
            };
            let dependants = function_dependants(run, id);
            if !dependants.is_empty() && drop.behavior == Behavior::Restrict {
                let lines: Vec<_> = dependants.iter().map(|d| d.describe(run)).collect();
                let what = run.schema.function(id).map(|f| f.signature_text(&run.schema)).unwrap_or_default();
                return Err(still_needed(&format!("function {what}"), &lines));
            }
            for dependant in dependants {
                remove_dependant(run, dependant)?;
            }
            let what = run.schema.function(id).map(|f| f.signature_text(&run.schema)).unwrap_or_default();
            run.schema.remove_function(id);
            run.change(format!("drops function {what}"));
        }
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => drop_part(run, drop, object)?,
        ObjectKind::Schema => drop_schema(run, drop, &written.name)?,
        ObjectKind::Extension => {
            if run.schema.extensions.remove(&written.name).is_none() {
                return missing(run, drop, "extension", written);
            }
            run.change(format!("drops extension {}", written.name));
        }
        ObjectKind::Publication => {
            if run.schema.publications.remove(&written.name).is_none() {
                return missing(run, drop, "publication", written);
            }
            run.change(format!("drops publication {}", written.name));
        }
        ObjectKind::Statistics => {
            let namespace = run.namespace_of(written)?;
            match run.schema.statistics.remove(&(namespace, written.name.clone())) {
                None => return missing(run, drop, "statistics object", written),
                Some(found) => run.lock(found.table, LockMode::ShareUpdateExclusive),
            }
            run.change(format!("drops statistics {}", unquoted(written)));
        }
        _ => run.not_modelled(),
    }
    Ok(())
}

fn missing(run: &mut Run, drop: &Drop, kind: &str, written: &QualifiedName) -> Result<(), PgError> {
    if drop.if_exists {
        run.change(format!("nothing: there is no {kind} {}", unquoted(written)));
        return Ok(());
    }
    if run.server.world.presumes_objects() {
        run.assume(format!("{kind} {} exists", unquoted(written)));
        run.change(format!("drops {kind} {}", unquoted(written)));
        return Ok(());
    }
    Err(no_object(kind, &unquoted(written)))
}

/// DROP TRIGGER, POLICY or RULE: a part of a table.
fn drop_part(run: &mut Run, drop: &Drop, object: &ObjectName) -> Result<(), PgError> {
    let part = object.part.clone().unwrap_or_else(|| Name::from(""));
    let kind = match drop.kind {
        ObjectKind::Trigger => "trigger",
        ObjectKind::Policy => "policy",
        _ => "rule",
    };
    if run.find_relation(&object.name).is_none() && drop.if_exists {
        let presumed = run.attempt(|run| run.relation(&object.name).map(|_| ()));
        if presumed.is_err() {
            run.change(format!("nothing: there is no relation {}", unquoted(&object.name)));
            return Ok(());
        }
    }
    let id = run.relation(&object.name)?;
    let relation = run.get(id)?.clone();
    let known = match &relation.kind {
        RelationKind::Table(table) => match drop.kind {
            ObjectKind::Trigger => table.triggers.iter().any(|t| t.name == part),
            ObjectKind::Policy => table.policies.iter().any(|p| p.name == part),
            _ => table.rules.iter().any(|r| r.name == part),
        },
        RelationKind::View(view) => view.triggers.iter().any(|t| t.name == part),
        _ => false,
    };
    if !known && !run.is_assumed(id) {
        if drop.if_exists {
            run.change(format!("nothing: there is no {kind} {part} on {}", relation.display_name()));
            return Ok(());
        }
        let on = if drop.kind == ObjectKind::Rule { "relation" } else { "table" };
        return Err(PgError::new(
            "42704",
            format!("{kind} \"{part}\" for {on} \"{}\" does not exist", relation.name),
        ));
    }
    run.lock(id, LockMode::AccessExclusive);
    run.schema.change_relation(id, |relation| match &mut relation.kind {
        RelationKind::Table(table) => match drop.kind {
            ObjectKind::Trigger => table.triggers.retain(|t| t.name != part),
            ObjectKind::Policy => table.policies.retain(|p| p.name != part),
            _ => table.rules.retain(|r| r.name != part),
        },
        RelationKind::View(view) => view.triggers.retain(|t| t.name != part),
        _ => {}
    });
    run.schema.forget(|target| matches!(target, CommentTarget::Part(on, k, name) if *on == id && *k == kind && *name == part));
    run.change(format!("drops {kind} {part} on {}", relation.display_name()));
    Ok(())
}

fn drop_schema(run: &mut Run, drop: &Drop, schema: &Name) -> Result<(), PgError> {
    if !run.schema.namespaces.contains_key(schema) {
        if drop.if_exists {
            run.change(format!("nothing: there is no schema {schema}"));
            return Ok(());
        }
        if run.server.world.presumes_objects() {
            run.assume(format!("schema {schema} exists"));
            run.change(format!("drops schema {schema}"));
            return Ok(());
        }
        return Err(no_schema(schema));
    }
    let relations: Vec<Id> = run.schema.relations().filter(|r| r.schema == *schema).map(|r| r.id).collect();
    let types: Vec<Id> = run.schema.types().filter(|t| t.schema == *schema).map(|t| t.id).collect();
    let functions: Vec<Id> = run.schema.functions().filter(|f| f.schema == *schema).map(|f| f.id).collect();
    let is_empty = relations.is_empty() && types.is_empty() && functions.is_empty();
    if !is_empty && drop.behavior == Behavior::Restrict {
        let lines: Vec<_> = relations
            .iter()
            .filter_map(|id| run.schema.relation(*id))
            .map(|r| format!("{} {} depends on schema {schema}", r.kind_name(), r.display_name()))
            .collect();
        return Err(still_needed(&format!("schema {schema}"), &lines));
    }
    for id in relations {
        if run.schema.relation(id).is_some() {
            drop_relation(run, id, Behavior::Cascade)?;
        }
    }
    for id in types {
        for dependant in type_dependants(run, id) {
            remove_dependant(run, dependant)?;
        }
        run.schema.remove_type(id);
    }
    for id in functions {
        for dependant in function_dependants(run, id) {
            remove_dependant(run, dependant)?;
        }
        run.schema.remove_function(id);
    }
    run.schema.namespaces.remove(schema);
    run.schema.forget(|target| matches!(target, CommentTarget::Namespace(name) if name == schema));
    run.change(format!("drops schema {schema}"));
    Ok(())
}

/// ALTER … RENAME.
pub(super) fn rename(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let written = &rename.object.name;
    match rename.kind {
        ObjectKind::Column => rename_column(run, rename),
        ObjectKind::Constraint => rename_constraint(run, rename),
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => policy::rename_part(run, rename),
        ObjectKind::Type | ObjectKind::Domain | ObjectKind::DomainConstraint => {
            user_type::rename(run, rename)
        }
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => function::rename(run, rename),
        ObjectKind::Schema => {
            let Some(namespace) = run.schema.namespaces.get(&written.name).copied() else {
                return Err(no_schema(&written.name));
            };
            if run.schema.namespaces.contains_key(&rename.to) {
                return Err(PgError::new("42P06", format!("schema \"{}\" already exists", rename.to)));
            }
            run.schema.namespaces.remove(&written.name);
            run.schema.namespaces.insert(rename.to.clone(), namespace);
            move_all(run, &written.name, &rename.to);
            run.change(format!("renames schema {} to {}", written.name, rename.to));
            Ok(())
        }
        kind if relation_kind(kind).is_some() => {
            if rename.if_exists && run.find_relation(written).is_none() {
                let presumed = run.attempt(|run| run.relation(written).map(|_| ()));
                if presumed.is_err() {
                    run.change(format!("nothing: there is no {}", unquoted(written)));
                    return Ok(());
                }
            }
            let id = run.relation(written)?;
            let relation = run.get(id)?;
            let (namespace, shown, what) =
                (relation.schema.clone(), relation.display_name(), relation.kind_name());
            let is_index = relation.index().is_some();
            let mode = if is_index { LockMode::ShareUpdateExclusive } else { LockMode::AccessExclusive };
            run.lock(id, mode);
            run.name_is_free(&namespace, &rename.to)?;
            if is_index {
                rename_constraint_of_index(run, id, &rename.to)?;
            }
            run.schema.rename_relation(id, namespace, rename.to.clone());
            run.change(format!("renames {what} {shown} to {}", rename.to));
            Ok(())
        }
        _ => {
            run.not_modelled();
            Ok(())
        }
    }
}

/// All objects of one schema go to another.
fn move_all(run: &mut Run, from: &Name, to: &Name) {
    let relations: Vec<_> =
        run.schema.relations().filter(|r| r.schema == *from).map(|r| (r.id, r.name.clone())).collect();
    for (id, name) in relations {
        run.schema.rename_relation(id, to.clone(), name);
    }
    let types: Vec<_> = run.schema.types().filter(|t| t.schema == *from).map(|t| (**t).clone()).collect();
    for mut moved in types {
        moved.schema = to.clone();
        run.schema.put_type(moved);
    }
    let functions: Vec<_> =
        run.schema.functions().filter(|f| f.schema == *from).map(|f| (**f).clone()).collect();
    for mut moved in functions {
        moved.schema = to.clone();
        run.schema.put_function(moved);
    }
}

fn rename_constraint_of_index(run: &mut Run, index: Id, to: &Name) -> Result<(), PgError> {
    let Some(table) = run.get(index)?.index().map(|index| index.table) else { return Ok(()) };
    run.change_table(table, |table| {
        for own in table.constraints.iter_mut().filter(|own| own.kind.index() == Some(index)) {
            own.name = to.clone();
        }
    });
    Ok(())
}

fn rename_column(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let Some(from) = rename.object.part.clone() else { return Ok(()) };
    if rename.relation_kind == Some(ObjectKind::Type) {
        return user_type::rename_attribute(run, rename);
    }
    if rename.if_exists && run.find_relation(&rename.object.name).is_none() {
        let presumed = run.attempt(|run| run.relation(&rename.object.name).map(|_| ()));
        if presumed.is_err() {
            return Ok(());
        }
    }
    let id = run.relation(&rename.object.name)?;
    let shown = run.get(id)?.display_name();
    let relation_name = run.get(id)?.name.clone();
    if let RelationKind::View(view) = run.get(id)?.kind.clone() {
        run.lock(id, LockMode::AccessExclusive);
        if !view.columns.contains(&from) && view.columns_known {
            return Err(no_column(&from, &relation_name));
        }
        run.schema.change_relation(id, |relation| {
            if let RelationKind::View(view) = &mut relation.kind {
                for column in view.columns.iter_mut().filter(|column| **column == from) {
                    *column = rename.to.clone();
                }
            }
        });
        run.change(format!("renames column {shown}.{from} to {}", rename.to));
        return Ok(());
    }
    run.lock_tree(id, LockMode::AccessExclusive);
    let column = run.column(id, &from).map_err(|error| match error.sqlstate {
        "42703" => PgError::new("42703", format!("column \"{from}\" does not exist")),
        _ => error,
    })?;
    if run.table_of(id)?.column(&rename.to).is_some() {
        return Err(column_exists(&rename.to, &relation_name));
    }
    if column.inherited {
        return Err(PgError::new("42P16", format!("cannot rename inherited column \"{from}\"")));
    }
    let mut everywhere = vec![id];
    everywhere.extend(run.schema.descendants_of(id));
    for table in everywhere {
        run.change_table(table, |table| {
            if let Some(column) = table.column_mut(&from) {
                column.name = rename.to.clone();
            }
            rename_in_expressions(table, &from, &rename.to);
        });
        let indexes: Vec<Id> = run.schema.indexes_of(table).map(|(relation, _)| relation.id).collect();
        for index in indexes {
            run.schema.change_relation(index, |relation| {
                let RelationKind::Index(index) = &mut relation.kind else { return };
                for key in &mut index.keys {
                    if let KeyPart::Expression(expression, _) = &mut key.part {
                        *expression = expression.with_column_renamed(&from, &rename.to);
                    }
                }
                if let Some((predicate, _)) = &mut index.predicate {
                    *predicate = predicate.with_column_renamed(&from, &rename.to);
                }
            });
        }
    }
    run.change(format!("renames column {shown}.{from} to {}", rename.to));
    Ok(())
}

/// Expressions of a table follow its columns' names.
fn rename_in_expressions(table: &mut Table, from: &Name, to: &Name) {
    let renamed = |expression: &mut Expression| *expression = expression.with_column_renamed(from, to);
    for column in &mut table.columns {
        if let Some((expression, _)) = &mut column.generated {
            renamed(expression);
        }
    }
    for own in &mut table.constraints {
        if let ConstraintKind::Check(expression, _) = &mut own.kind {
            renamed(expression);
        }
    }
    for policy in &mut table.policies {
        policy.using.iter_mut().for_each(renamed);
        policy.with_check.iter_mut().for_each(renamed);
    }
    for trigger in &mut table.triggers {
        trigger.condition.iter_mut().for_each(renamed);
    }
    if let Some(by) = &mut table.partition_by {
        for element in &mut by.keys {
            match &mut element.key {
                crate::sql::command::IndexKey::Column(column) if column == from => *column = to.clone(),
                crate::sql::command::IndexKey::Expression(expression) => renamed(expression),
                crate::sql::command::IndexKey::Column(_) => {}
            }
        }
    }
}

fn rename_constraint(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let Some(from) = rename.object.part.clone() else { return Ok(()) };
    let id = run.relation(&rename.object.name)?;
    run.lock_tree(id, LockMode::AccessExclusive);
    let relation = run.get(id)?.clone();
    let Some(own) = relation.table().and_then(|table| table.constraint(&from)).cloned() else {
        if run.is_assumed(id) {
            run.assume(format!("constraint {from} on {} exists", relation.display_name()));
            run.change(format!("renames constraint {from} on {} to {}", relation.display_name(), rename.to));
            return Ok(());
        }
        return Err(PgError::new("42704", no_constraint_for_table(&from, &relation.name)));
    };
    if relation.table().is_some_and(|table| table.constraint(&rename.to).is_some()) {
        return Err(super::error::constraint_exists(&rename.to, &relation.name));
    }
    if let Some(index) = own.kind.index() {
        run.name_is_free(&relation.schema, &rename.to)?;
        run.schema.rename_relation(index, relation.schema.clone(), rename.to.clone());
    }
    let mut everywhere = vec![id];
    everywhere.extend(run.schema.descendants_of(id));
    for table in everywhere {
        run.change_table(table, |table| {
            for constraint in table.constraints.iter_mut().filter(|constraint| constraint.name == from) {
                constraint.name = rename.to.clone();
            }
        });
    }
    run.change(format!("renames constraint {from} on {} to {}", relation.display_name(), rename.to));
    Ok(())
}

fn no_constraint_for_table(constraint: &str, table: &str) -> String {
    no_constraint(constraint, table).message.replace(" of relation ", " for table ")
}

/// ALTER … SET SCHEMA.
pub(super) fn set_schema(run: &mut Run, set: &SetSchema) -> Result<(), PgError> {
    let to = run.namespace(&set.to)?;
    match set.kind {
        kind if relation_kind(kind).is_some() => {
            if set.if_exists && run.find_relation(&set.object.name).is_none() {
                return Ok(());
            }
            let id = run.relation(&set.object.name)?;
            let (shown, name) = (run.get(id)?.display_name(), run.get(id)?.name.clone());
            run.lock(id, LockMode::AccessExclusive);
            run.name_is_free(&to, &name)?;
            let belongings: Vec<(Id, Name)> = run
                .schema
                .relations()
                .filter(|other| match &other.kind {
                    RelationKind::Index(index) => index.table == id,
                    RelationKind::Sequence(sequence) => {
                        sequence.owned_by.is_some_and(|(owner, _)| owner == id)
                    }
                    _ => false,
                })
                .map(|other| (other.id, other.name.clone()))
                .collect();
            run.schema.rename_relation(id, to.clone(), name);
            for (belonging, name) in belongings {
                run.schema.rename_relation(belonging, to.clone(), name);
            }
            run.change(format!("moves {shown} to schema {to}"));
            Ok(())
        }
        ObjectKind::Type | ObjectKind::Domain => {
            let found =
                user_type::find(run, &set.object.name).and_then(|id| run.schema.user_type(id).cloned());
            let Some(found) = found else { return Err(no_object("type", &unquoted(&set.object.name))) };
            let mut moved = (*found).clone();
            moved.schema = to.clone();
            run.schema.put_type(moved);
            run.change(format!("moves type {} to schema {to}", unquoted(&set.object.name)));
            Ok(())
        }
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => {
            match function::find(run, &set.object.name, set.object.arguments.as_deref())?
                .and_then(|id| run.schema.function(id).cloned())
            {
                Some(found) => {
                    let mut moved = (*found).clone();
                    moved.schema = to.clone();
                    run.schema.put_function(moved);
                }
                None if !run.server.world.presumes_objects() => {
                    return Err(PgError::new(
                        "42883",
                        format!("function {}() does not exist", unquoted(&set.object.name)),
                    ));
                }
                None => run.assume(format!("function {} exists", unquoted(&set.object.name))),
            }
            run.change(format!("moves function {} to schema {to}", unquoted(&set.object.name)));
            Ok(())
        }
        ObjectKind::Extension => {
            if let Some(extension) = run.schema.extensions.get_mut(&set.object.name.name) {
                extension.schema = to;
            }
            Ok(())
        }
        _ => {
            run.not_modelled();
            Ok(())
        }
    }
}

/// ALTER … OWNER TO, of what is not a relation.
pub(super) fn owner(run: &mut Run, owner: &Owner) -> Result<(), PgError> {
    let written = &owner.object.name;
    if relation_kind(owner.kind).is_some() {
        let id = run.relation(written)?;
        let to = owner.to.clone();
        run.lock(id, LockMode::AccessExclusive);
        run.schema.change_relation(id, |relation| relation.owner = Some(to));
    } else if owner.kind == ObjectKind::Schema && !run.schema.namespaces.contains_key(&written.name) {
        run.namespace(&written.name)?;
    }
    run.change(format!("makes {} the owner of {}", owner.to, unquoted(written)));
    Ok(())
}

/// A relation that is read: locked in ACCESS SHARE, with what a view reads in turn.
pub(super) fn read(run: &mut Run, written: &QualifiedName) -> Result<Id, PgError> {
    let id = run.relation(written)?;
    if !is_catalog(written) {
        read_locked(run, id, LockMode::AccessShare);
    }
    Ok(id)
}

/// Locks a relation, and the tables behind it when it is a view.
pub(super) fn read_locked(run: &mut Run, id: Id, mode: LockMode) {
    run.lock_tree(id, mode);
    let behind: Vec<Id> = match run.schema.relation(id).and_then(|relation| relation.view()) {
        Some(view) if !view.materialized => view.reads.iter().map(|(read, _)| *read).collect(),
        _ => Vec::new(),
    };
    for table in behind {
        read_locked(run, table, mode);
    }
}

/// The error for a relation that must be there and is not.
pub(super) fn must_exist(run: &Run, written: &QualifiedName) -> Result<Id, PgError> {
    run.find_relation(written).ok_or_else(|| no_relation(&unquoted(written)))
}
