//! DROP.

use std::sync::Arc;

use super::depend::{
    Dependant, extension_dependants, function_dependants, relation_dependants, remove_dependant,
    sequence_users, type_dependants,
};
use super::relation_kind;
use crate::locks::LockMode;
use crate::schema::{
    CommentTarget, ConstraintKind, Id, PlainKey, RelationKind, SELECT_RULE, Table, Trigger, TypeKind,
};
use crate::simulate::error::{no_object, no_schema, still_needed, wrong_kind};
use crate::simulate::run::{Run, unquoted};
use crate::simulate::world::Presumption;
use crate::simulate::{PgError, function, index, plain, sequence, table, user_type};
use crate::sql::command::{Behavior, Drop, ObjectKind, ObjectName, PartitionBound, Persistence};
use crate::sql::{Name, QualifiedName};

/// DROP of anything.
pub(in crate::simulate) fn drop(run: &mut Run, drop: &Drop) -> Result<(), PgError> {
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
    if drop.concurrently && drop.behavior == Behavior::Cascade {
        return Err(PgError::new("0A000", "DROP INDEX CONCURRENTLY does not support CASCADE"));
    }
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
    match drop.kind {
        ObjectKind::Type | ObjectKind::Domain => drop_types(run, drop),
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            drop_functions(run, drop)
        }
        ObjectKind::Schema if !drop.if_exists && !run.server.world.presumes_objects() => {
            for object in &drop.objects {
                if !run.schema.namespaces.contains_key(&object.name.name) {
                    return Err(no_schema(&object.name.name));
                }
            }
            drop.objects.iter().try_for_each(|object| drop_other(run, drop, object))
        }
        kind if plain::is_plain(kind) => plain::drop(run, drop),
        _ => drop.objects.iter().try_for_each(|object| drop_other(run, drop, object)),
    }
}

fn find_for_drop(run: &mut Run, drop: &Drop, object: &ObjectName) -> Result<Option<Id>, PgError> {
    let kind = relation_kind(drop.kind).unwrap_or("relation");
    let written = &object.name;
    run.not_catalog(written)?;
    let Some(id) = run.find_relation(written) else {
        if drop.if_exists {
            run.change(format!("nothing: there is no {kind} {}", unquoted(written)));
            // Whether it was there or not, now it is not.
            if let Some(schema) = written.schema.clone().or_else(|| run.search_path().into_iter().next()) {
                run.schema.note_gone(schema, written.name.clone());
            }
            return Ok(None);
        }
        if let Some(schema) = &written.schema {
            run.namespace(schema)?;
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
    if drop.concurrently && drop.objects.len() > 1 {
        let message = "DROP INDEX CONCURRENTLY does not support dropping multiple objects";
        return Err(PgError::new("0A000", message));
    }
    if let Some(index) = relation.index() {
        let partitioned = run.get(index.table)?.table().is_some_and(Table::is_partitioned);
        let temporary = relation.persistence == Persistence::Temporary || &*relation.schema == "pg_temp";
        if drop.concurrently && partitioned && !temporary {
            let message = format!("cannot drop partitioned index \"{}\" concurrently", relation.name);
            return Err(PgError::new("0A000", message));
        }
        let together = |parent: &Id| drop.objects.iter().any(|o| run.find_relation(&o.name) == Some(*parent));
        if let Some(parent) = index.parent.filter(|parent| !together(parent)) {
            let parent = &run.get(parent)?.name;
            let message = format!("cannot drop index {} because index {parent} requires it", relation.name);
            return Err(
                PgError::new("2BP01", message).with_hint(format!("You can drop index {parent} instead."))
            );
        }
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
            if written.schema.is_none() && run.search_path().is_empty() {
                return Err(missing(None));
            }
            let namespace = run.namespace_of(written)?;
            match run.presume(&namespace, &written.name) {
                Presumption::Exists => {
                    run.assume(format!("{kind} {namespace}.{} exists", written.name));
                    run.change(format!("drops {kind} {namespace}.{}", written.name));
                    run.schema.note_gone(namespace, written.name.clone());
                    Ok(None)
                }
                Presumption::Missing(hint) => Err(missing(hint)),
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
        | Dependant::Policy(id, _)
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
        open.extend(sequence::owned_by(run, next));
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
pub(super) fn drop_relation(run: &mut Run, id: Id, behavior: Behavior) -> Result<(), PgError> {
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
                // That of a partition is looked after by its parent's triggers.
                if let ConstraintKind::ForeignKey(key) = &own.kind
                    && !own.inherited
                {
                    table::lock_referenced(run, key.references);
                }
            }
        }
        RelationKind::Index(_) => {
            if behavior == Behavior::Cascade {
                for dependant in relation_dependants(run, id) {
                    remove_dependant(run, dependant)?;
                }
            }
            index::remove(run, id);
            return Ok(());
        }
        RelationKind::View(_) | RelationKind::Sequence(_) => {}
    }
    let dependants = if behavior == Behavior::Cascade { relation_dependants(run, id) } else { Vec::new() };
    if relation.view().is_some() {
        // Views may read each other in a circle, so this one goes before what reads it.
        run.schema.remove_relation(id);
    }
    for dependant in dependants {
        remove_dependant(run, dependant)?;
    }
    for child in run.schema.children_of(id) {
        if run.table_of(child)?.bound.is_some() {
            drop_relation(run, child, behavior)?;
        }
    }
    let belongings: Vec<Id> = run
        .schema
        .users_of(id)
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
    run.schema.remove_statistics(|_, own| own.table == id);
    let publications: Vec<Name> = run.schema.publications.keys().cloned().collect();
    for publication in publications {
        if let Some(found) = run.schema.publications.get_mut(&publication) {
            found.tables.retain(|published| published.table != id);
        }
    }
    run.schema.remove_relation(id);
    Ok(())
}

/// DROP TYPE and DROP DOMAIN; what is named together may depend on each other.
fn drop_types(run: &mut Run, drop: &Drop) -> Result<(), PgError> {
    let mut together = Vec::new();
    for object in &drop.objects {
        let written = &object.name;
        let Some(id) = user_type::find(run, written) else {
            if let Some(relation) = run.find_relation(written)
                && !drop.if_exists
            {
                let relation = run.get(relation)?;
                let (kind, name) = (relation.kind_name(), &relation.name);
                let message = format!("cannot drop type {name} because {kind} {name} requires it");
                return Err(PgError::new("2BP01", message));
            }
            if let Some(schema) = written.schema.as_ref().filter(|_| !drop.if_exists) {
                run.namespace(schema)?;
            }
            missing(run, drop, "type", written)?;
            continue;
        };
        match run.schema.user_type(id).map(|found| &found.kind) {
            Some(TypeKind::Domain(_) | TypeKind::Unknown) => {}
            Some(TypeKind::Multirange(range)) => {
                let range = run.schema.user_type(*range).map(|range| range.name.to_string());
                let message = format!(
                    "cannot drop type {} because type {} requires it",
                    written.name,
                    range.unwrap_or_default()
                );
                return Err(PgError::new("2BP01", message));
            }
            _ if drop.kind == ObjectKind::Domain => return Err(wrong_kind(&written.name, "domain")),
            _ => {}
        }
        together.push(id);
    }
    let is_named = |dependant: &Dependant| matches!(dependant, Dependant::Type(id) if together.contains(id));
    for id in together.iter().copied() {
        let Some(found) = run.schema.user_type(id).cloned() else { continue };
        let dependants: Vec<_> =
            type_dependants(run, id).into_iter().filter(|dependant| !is_named(dependant)).collect();
        allowed(run, drop, &format!("type {}", found.name), &dependants)?;
        for dependant in dependants {
            remove_dependant(run, dependant)?;
        }
        run.change(format!("drops type {}.{}", found.schema, found.name));
    }
    together.into_iter().for_each(|id| run.schema.remove_type(id));
    Ok(())
}

/// DROP FUNCTION, PROCEDURE and ROUTINE.
fn drop_functions(run: &mut Run, drop: &Drop) -> Result<(), PgError> {
    let mut together = Vec::new();
    for object in &drop.objects {
        let found = if drop.if_exists {
            function::find(run, drop.kind, &object.name, object.arguments.as_deref())?
        } else {
            function::find_or_assume(run, drop.kind, object)?
        };
        match found {
            Some(id) => together.push(id),
            None if drop.if_exists => {
                run.change(format!("nothing: there is no function {}", unquoted(&object.name)));
            }
            None => run.change(format!("drops function {}", unquoted(&object.name))),
        }
    }
    let is_named =
        |dependant: &Dependant| matches!(dependant, Dependant::Function(id) if together.contains(id));
    for id in together.iter().copied() {
        let Some(found) = run.schema.function(id).cloned() else { continue };
        let signature = found.signature_text(&run.schema);
        let dependants: Vec<_> =
            function_dependants(run, id).into_iter().filter(|dependant| !is_named(dependant)).collect();
        allowed(run, drop, &format!("function {signature}"), &dependants)?;
        for dependant in dependants {
            remove_dependant(run, dependant)?;
        }
        run.schema.remove_function(id);
        run.change(format!("drops function {signature}"));
    }
    Ok(())
}

/// 2BP01 when something needs what is to be dropped, unless that goes too.
fn allowed(run: &Run, drop: &Drop, what: &str, dependants: &[Dependant]) -> Result<(), PgError> {
    if dependants.is_empty() || drop.behavior == Behavior::Cascade {
        return Ok(());
    }
    let lines: Vec<_> = dependants.iter().map(|dependant| dependant.describe(run)).collect();
    Err(still_needed(what, &lines))
}

fn drop_other(run: &mut Run, drop: &Drop, object: &ObjectName) -> Result<(), PgError> {
    let written = &object.name;
    match drop.kind {
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => drop_part(run, drop, object)?,
        ObjectKind::Schema => drop_schema(run, drop, &written.name)?,
        ObjectKind::Extension => {
            if !run.schema.extensions.contains_key(&written.name) {
                return missing(run, drop, "extension", written);
            }
            let is_named = |dependant: &Dependant| matches!(dependant, Dependant::Extension(name) if drop.objects.iter().any(|own| own.name.name == *name));
            let mut dependants = extension_dependants(run, &written.name);
            dependants.retain(|dependant| !is_named(dependant));
            allowed(run, drop, &format!("extension {}", written.name), &dependants)?;
            for dependant in dependants {
                remove_dependant(run, dependant)?;
            }
            run.schema.extensions.remove(&written.name);
            run.change(format!("drops extension {}", written.name));
        }
        ObjectKind::Publication => {
            if run.schema.publications.remove(&written.name).is_none() {
                return missing(run, drop, "publication", written);
            }
            run.schema.forget(
                |target| matches!(target, CommentTarget::Other("publication", own) if *own == written.name),
            );
            run.change(format!("drops publication {}", written.name));
        }
        ObjectKind::Statistics => {
            let namespace = run.namespace_of(written)?;
            let wanted = (namespace, written.name.clone());
            match run.schema.statistics.get(&wanted).map(|found| found.table) {
                None => return missing(run, drop, "statistics object", written),
                Some(table) => run.lock(table, LockMode::ShareUpdateExclusive),
            }
            run.schema.remove_statistics(|key, _| *key == wanted);
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
    let trigger = relation.triggers().iter().find(|trigger| trigger.name == part);
    let known = match drop.kind {
        ObjectKind::Trigger => trigger.is_some(),
        ObjectKind::Policy => {
            relation.table().is_some_and(|table| table.policies.iter().any(|policy| policy.name == part))
        }
        _ if &*part == SELECT_RULE && relation.view().is_some() => {
            let view = &relation.name;
            let message = format!("cannot drop rule {part} on view {view} because view {view} requires it");
            return Err(PgError::new("2BP01", message));
        }
        _ => relation.rules().iter().any(|rule| rule.name == part),
    };
    let mut everywhere = vec![id];
    if drop.kind == ObjectKind::Trigger {
        if trigger.is_some_and(|trigger| trigger.inherited) {
            let parent = relation.table().and_then(|table| table.parents.first());
            let parent = parent.map(|parent| run.schema.display_name(*parent)).unwrap_or_default();
            let message = format!(
                "cannot drop trigger {part} on table {} because trigger {part} on table {parent} requires it",
                relation.name
            );
            return Err(PgError::new("2BP01", message));
        }
        everywhere.extend(run.schema.descendants_of(id));
    }
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
    for target in everywhere {
        let is_copy = |own: &Trigger| own.name == part && own.inherited;
        if target != id && run.get(target)?.triggers().iter().any(is_copy) {
            run.lock(target, LockMode::AccessExclusive);
        }
        run.schema.change_relation(target, |relation| match drop.kind {
            ObjectKind::Trigger => {
                let gone = |own: &Trigger| own.name == part && (target == id || own.inherited);
                relation.triggers_mut().into_iter().for_each(|triggers| triggers.retain(|own| !gone(own)));
            }
            ObjectKind::Policy => {
                relation.table_mut().into_iter().for_each(|t| t.policies.retain(|own| own.name != part));
            }
            _ => relation.rules_mut().into_iter().for_each(|rules| rules.retain(|own| own.name != part)),
        });
    }
    run.schema.forget(|target| matches!(target, CommentTarget::Part(on, k, name) if *on == id && *k == kind && *name == part));
    run.change(format!("drops {kind} {part} on {}", relation.display_name()));
    Ok(())
}

fn drop_schema(run: &mut Run, drop: &Drop, schema: &Name) -> Result<(), PgError> {
    if matches!(&**schema, "pg_catalog" | "pg_toast") {
        let message = format!("cannot drop schema {schema} because it is required by the database system");
        return Err(PgError::new("2BP01", message));
    }
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
    let plain: Vec<PlainKey> = run
        .schema
        .plain
        .iter()
        .filter(|own| own.key.schema.as_ref() == Some(schema))
        .map(|own| own.key.clone())
        .collect();
    let extensions: Vec<Name> = run
        .schema
        .extensions
        .iter()
        .filter(|(_, e)| e.schema == *schema)
        .map(|(name, _)| name.clone())
        .collect();
    let is_empty = relations.is_empty()
        && types.is_empty()
        && functions.is_empty()
        && plain.is_empty()
        && extensions.is_empty();
    if !is_empty && drop.behavior == Behavior::Restrict {
        let lines: Vec<_> = relations
            .iter()
            .filter_map(|id| run.schema.relation(*id))
            .map(|r| format!("{} {} depends on schema {schema}", r.kind_name(), r.display_name()))
            .collect();
        return Err(still_needed(&format!("schema {schema}"), &lines));
    }
    for id in relations {
        let Some(relation) = run.schema.relation(id).cloned() else { continue };
        if matches!(relation.kind, RelationKind::Table(_) | RelationKind::View(_)) {
            run.cascade(format!("{} {}", relation.kind_name(), relation.display_name()));
        }
        drop_relation(run, id, Behavior::Cascade)?;
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
    for key in plain {
        remove_dependant(run, Dependant::Plain(key))?;
    }
    for name in extensions {
        remove_dependant(run, Dependant::Extension(name))?;
    }
    let publications: Vec<Name> = run.schema.publications.keys().cloned().collect();
    for publication in publications {
        if let Some(found) = run.schema.publications.get_mut(&publication) {
            found.schemas.retain(|own| own != schema);
        }
    }
    run.schema.namespaces.remove(schema);
    Arc::make_mut(&mut run.schema.default_privileges).retain(|own| own.schema.as_ref() != Some(schema));
    run.schema.forget(|target| matches!(target, CommentTarget::Namespace(name) if name == schema));
    run.change(format!("drops schema {schema}"));
    Ok(())
}
