//! Comments, privileges, roles, publications, extended statistics.

use super::error::{no_column, no_object, object_exists, wrong_kind};
use super::run::{Run, unquoted};
use super::{PgError, function, user_type};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{CommentTarget, Id, Publication, RelationKind, Statistics};
use crate::sql::command::{
    AlterPublication, Comment, CreatePublication, CreateStatistics, Grant, IndexKey, ObjectKind, ObjectName,
    PublicationChange, Role, RoleAction,
};
use crate::sql::{Name, name};

/// COMMENT ON: SHARE UPDATE EXCLUSIVE on a relation, ACCESS SHARE for its constraints and triggers.
pub(super) fn comment(run: &mut Run, comment: &Comment) -> Result<(), PgError> {
    let Some(target) = target_of(run, comment.kind, &comment.object, LockMode::ShareUpdateExclusive)? else {
        return Ok(());
    };
    let shown = match &comment.object.part {
        Some(part) => format!("{}.{part}", unquoted(&comment.object.name)),
        None => unquoted(&comment.object.name),
    };
    match &comment.text {
        Some(text) => {
            run.schema.comments.insert(target, text.clone());
            run.change(format!("comments on {shown}"));
        }
        None => {
            run.schema.comments.remove(&target);
            run.change(format!("removes the comment on {shown}"));
        }
    }
    Ok(())
}

/// What a COMMENT or GRANT is on; none where that is not kept track of.
fn target_of(
    run: &mut Run,
    kind: ObjectKind,
    object: &ObjectName,
    mode: LockMode,
) -> Result<Option<CommentTarget>, PgError> {
    let written = &object.name;
    Ok(match kind {
        ObjectKind::Table
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ForeignTable
        | ObjectKind::Sequence
        | ObjectKind::Index => {
            if matches!(kind, ObjectKind::Index | ObjectKind::Sequence)
                && run.find_relation(written).is_none()
                && run.server.world.presumes_objects()
            {
                run.assume(format!("{} exists", unquoted(written)));
                return Ok(None);
            }
            let id = run.relation(written)?;
            is_of_kind(run, id, kind)?;
            run.lock(id, mode);
            Some(CommentTarget::Object(id))
        }
        ObjectKind::Column => {
            let Some(part) = &object.part else { return Ok(None) };
            if let Some(id) = user_type::find(run, written) {
                return Ok(Some(CommentTarget::Part(id, "attribute", part.clone())));
            }
            let id = run.relation(written)?;
            run.lock(id, mode);
            if let RelationKind::View(view) = &run.get(id)?.kind {
                return match view.columns.iter().position(|column| column == part) {
                    Some(position) => Ok(Some(CommentTarget::Column(id, position as i16 + 1))),
                    None if !view.columns_known => Ok(None),
                    None => Err(no_column(part, &run.get(id)?.name)),
                };
            }
            Some(CommentTarget::Column(id, run.column(id, part)?.number))
        }
        ObjectKind::Constraint | ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => {
            let Some(part) = &object.part else { return Ok(None) };
            let id = run.relation(written)?;
            run.lock(id, LockMode::AccessShare);
            let relation = run.get(id)?.clone();
            let (what, known) = match (kind, relation.table()) {
                (ObjectKind::Constraint, Some(table)) => ("constraint", table.constraint(part).is_some()),
                (ObjectKind::Trigger, Some(table)) => {
                    ("trigger", table.triggers.iter().any(|t| t.name == *part))
                }
                (ObjectKind::Policy, Some(table)) => {
                    ("policy", table.policies.iter().any(|p| p.name == *part))
                }
                (ObjectKind::Rule, Some(table)) => ("rule", table.rules.iter().any(|r| r.name == *part)),
                _ => ("rule", true),
            };
            if !known && !run.is_assumed(id) {
                let message = format!("{what} \"{part}\" for table \"{}\" does not exist", relation.name);
                return Err(PgError::new("42704", message));
            }
            Some(CommentTarget::Part(id, what, part.clone()))
        }
        ObjectKind::Type | ObjectKind::Domain => match user_type::find(run, written) {
            Some(id) => Some(CommentTarget::Object(id)),
            None if run.server.world.presumes_objects() => {
                run.assume(format!("type {} exists", unquoted(written)));
                None
            }
            None => return Err(no_object("type", &unquoted(written))),
        },
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            match function::find(run, written, object.arguments.as_deref())? {
                Some(id) => Some(CommentTarget::Object(id)),
                None if run.server.world.presumes_objects() => {
                    run.assume(format!("function {} exists", unquoted(written)));
                    None
                }
                None => {
                    return Err(PgError::new(
                        "42883",
                        format!("function {}() does not exist", unquoted(written)),
                    ));
                }
            }
        }
        ObjectKind::Schema => Some(CommentTarget::Namespace(run.namespace(&written.name)?)),
        ObjectKind::Extension => {
            if !run.schema.extensions.contains_key(&written.name) && !run.server.world.presumes_objects() {
                return Err(no_object("extension", &written.name));
            }
            Some(CommentTarget::Other("extension", written.name.clone()))
        }
        ObjectKind::Database => Some(CommentTarget::Other("database", written.name.clone())),
        ObjectKind::Role => Some(CommentTarget::Other("role", written.name.clone())),
        _ => {
            run.not_modelled();
            None
        }
    })
}

/// 42809 when a relation is not what the statement calls it.
fn is_of_kind(run: &Run, id: Id, kind: ObjectKind) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let (fits, wanted) = match (kind, &relation.kind) {
        (ObjectKind::Table, found) => {
            (matches!(found, RelationKind::Table(table) if table.foreign_server.is_none()), "table")
        }
        (ObjectKind::View, found) => {
            (matches!(found, RelationKind::View(view) if !view.materialized), "view")
        }
        (ObjectKind::MaterializedView, found) => {
            (matches!(found, RelationKind::View(view) if view.materialized), "materialized view")
        }
        (ObjectKind::Index, found) => (matches!(found, RelationKind::Index(_)), "index"),
        (ObjectKind::Sequence, found) => (matches!(found, RelationKind::Sequence(_)), "sequence"),
        (ObjectKind::ForeignTable, found) => {
            (matches!(found, RelationKind::Table(table) if table.foreign_server.is_some()), "foreign table")
        }
        _ => return Ok(()),
    };
    if fits || run.is_assumed(id) { Ok(()) } else { Err(wrong_kind(&relation.name, wanted)) }
}

/// GRANT and REVOKE: no lock before PostgreSQL 18, ACCESS SHARE on a named table from then on.
pub(super) fn grant(run: &mut Run, grant: &Grant) -> Result<(), PgError> {
    let verb = if grant.grant { "grants" } else { "revokes" };
    let privileges: Vec<Name> = match grant.privileges.as_slice() {
        [] => vec![name("all")],
        some => some
            .iter()
            .map(|(privilege, columns)| {
                if columns.is_empty() {
                    privilege.clone()
                } else {
                    Name::from(format!("{privilege} ({})", columns.join(", ")))
                }
            })
            .collect(),
    };
    let mut targets = Vec::new();
    if grant.all_in_schema {
        for object in &grant.objects {
            let namespace = run.namespace(&object.name.name)?;
            let fits = |kind: &RelationKind| match grant.kind {
                ObjectKind::Sequence => matches!(kind, RelationKind::Sequence(_)),
                ObjectKind::Table => matches!(kind, RelationKind::Table(_) | RelationKind::View(_)),
                _ => false,
            };
            let found = run.schema.relations().filter(|r| r.schema == namespace && fits(&r.kind));
            targets.extend(found.map(|r| CommentTarget::Object(r.id)));
        }
    } else {
        let known = |kind: ObjectKind| {
            matches!(
                kind,
                ObjectKind::Table
                    | ObjectKind::Sequence
                    | ObjectKind::Schema
                    | ObjectKind::Function
                    | ObjectKind::Procedure
                    | ObjectKind::Routine
                    | ObjectKind::Type
                    | ObjectKind::Domain
            )
        };
        for object in grant.objects.iter().filter(|_| known(grant.kind)) {
            let mode = LockMode::AccessShare;
            let locks = grant.kind == ObjectKind::Table && run.version() >= 18;
            let target = if grant.kind == ObjectKind::Table {
                let id = run.relation(&object.name)?;
                if locks {
                    run.lock(id, mode);
                }
                Some(CommentTarget::Object(id))
            } else {
                target_of(run, grant.kind, object, mode)?
            };
            targets.extend(target);
        }
    }
    for target in targets {
        for role in &grant.roles {
            let key = (target.clone(), role.clone());
            let mut held = run.schema.grants.get(&key).cloned().unwrap_or_default();
            for privilege in &privileges {
                match (grant.grant, &**privilege) {
                    (true, _) => {
                        if let Err(place) = held.binary_search(privilege) {
                            held.insert(place, privilege.clone());
                        }
                    }
                    (false, "all") => held.clear(),
                    (false, _) => held.retain(|own| own != privilege),
                }
            }
            if held.is_empty() {
                run.schema.grants.remove(&key)
            } else {
                run.schema.grants.insert(key, held)
            };
        }
    }
    let objects: Vec<_> = grant.objects.iter().map(|object| unquoted(&object.name)).collect();
    run.change(format!(
        "{verb} {} on {} ({})",
        privileges.join(", "),
        objects.join(", "),
        grant.roles.join(", ")
    ));
    Ok(())
}

/// CREATE, ALTER, DROP ROLE. Roles belong to the whole server: what is there already is not known.
pub(super) fn role(run: &mut Run, role: &Role) -> Result<(), PgError> {
    for own in &role.names {
        match role.action {
            RoleAction::Create => {
                if !run.schema.roles.insert(own.clone()) {
                    return Err(object_exists("role", own));
                }
                run.change(format!("creates role {own}"));
            }
            RoleAction::Alter => run.change(format!("changes role {own}")),
            RoleAction::Drop => {
                run.schema.roles.remove(own);
                run.change(format!("drops role {own}"));
            }
        }
    }
    Ok(())
}

/// CREATE STATISTICS: SHARE UPDATE EXCLUSIVE.
pub(super) fn create_statistics(run: &mut Run, create: &CreateStatistics) -> Result<(), PgError> {
    let table = run.relation(&create.table)?;
    run.lock(table, LockMode::ShareUpdateExclusive);
    let relation = run.get(table)?;
    let (namespace, table_name) = (relation.schema.clone(), relation.name.clone());
    let mut columns = Vec::new();
    let mut names = Vec::new();
    for key in &create.keys {
        match key {
            IndexKey::Column(column) => {
                columns.push(
                    run.column(table, column)
                        .map_err(|_| PgError::new("42703", format!("column \"{column}\" does not exist")))?
                        .number,
                );
                names.push(column.clone());
            }
            IndexKey::Expression(expression) => {
                columns.extend(run.expression_columns(table, &expression.node)?);
                names.push(name("expr"));
            }
        }
    }
    let key = match &create.name {
        Some(written) => (run.namespace_of(written)?, written.name.clone()),
        None => {
            let part = naming::columns_part(names.iter().map(|n| &**n));
            let free = naming::free_name(&table_name, Some(&part), "stat", |candidate| {
                run.schema.statistics.contains_key(&(namespace.clone(), candidate.clone()))
            });
            (namespace, free)
        }
    };
    if run.schema.statistics.contains_key(&key) {
        if create.if_not_exists {
            return Ok(());
        }
        return Err(object_exists("statistics object", &key.1));
    }
    run.change(format!("creates statistics {}.{}", key.0, key.1));
    run.schema.statistics.insert(key, Statistics { table, columns, kinds: create.kinds.clone() });
    Ok(())
}

/// CREATE PUBLICATION: SHARE UPDATE EXCLUSIVE on its tables.
pub(super) fn create_publication(run: &mut Run, create: &CreatePublication) -> Result<(), PgError> {
    if run.schema.publications.contains_key(&create.name) {
        return Err(object_exists("publication", &create.name));
    }
    let mut tables = Vec::new();
    for table in &create.tables {
        let id = run.table(table)?;
        run.lock_tree(id, LockMode::ShareUpdateExclusive);
        tables.push(id);
    }
    let made = Publication { all_tables: create.all_tables, tables, schemas: create.schemas.clone() };
    run.schema.publications.insert(create.name.clone(), made);
    run.change(format!("creates publication {}", create.name));
    Ok(())
}

/// ALTER PUBLICATION.
pub(super) fn alter_publication(run: &mut Run, alter: &AlterPublication) -> Result<(), PgError> {
    let Some(mut found) = run.schema.publications.get(&alter.name).cloned() else {
        if run.server.world.presumes_objects() {
            run.assume(format!("publication {} exists", alter.name));
            return Ok(());
        }
        return Err(no_object("publication", &alter.name));
    };
    let mut tables = Vec::new();
    for table in &alter.tables {
        let id = run.table(table)?;
        run.lock_tree(id, LockMode::ShareUpdateExclusive);
        tables.push(id);
    }
    match alter.change {
        Some(PublicationChange::Add) => {
            found.tables.extend(tables);
            found.schemas.extend(alter.schemas.iter().cloned());
        }
        Some(PublicationChange::Set) => {
            found.tables = tables;
            found.schemas = alter.schemas.clone();
        }
        Some(PublicationChange::Drop) => {
            found.tables.retain(|own| !tables.contains(own));
            found.schemas.retain(|own| !alter.schemas.contains(own));
        }
        None => {}
    }
    run.schema.publications.insert(alter.name.clone(), found);
    run.change(format!("changes publication {}", alter.name));
    Ok(())
}
