//! Comments, privileges, roles, publications, extended statistics.

use super::error::{no_column, no_object, object_exists, wrong_kind};
use super::run::{Run, is_system_column, unquoted};
use super::{PgError, function, user_type};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{CommentTarget, Id, Publication, RelationKind, SELECT_RULE, Statistics, Table, TypeKind};
use crate::sql::command::{
    AlterPublication, Comment, CreatePublication, CreateStatistics, Grant, IndexKey, ObjectKind, ObjectName,
    OptionValue, Persistence, PublicationChange, Role, RoleAction,
};
use crate::sql::{Name, QualifiedName, name};

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
                let found = run.schema.user_type(id);
                if let Some(TypeKind::Composite(attributes)) = found.map(|found| &found.kind)
                    && attributes.iter().all(|own| own.name != *part)
                {
                    return Err(no_column(part, &written.name));
                }
                return Ok(Some(CommentTarget::Part(id, "attribute", part.clone())));
            }
            let id = run.relation(written)?;
            run.lock(id, mode);
            Some(CommentTarget::Column(id, run.column_number(id, part)?))
        }
        ObjectKind::Constraint | ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => {
            let Some(part) = &object.part else { return Ok(None) };
            let id = run.relation(written)?;
            run.lock(id, LockMode::AccessShare);
            let relation = run.get(id)?.clone();
            let table = relation.table();
            let (what, known) = match kind {
                ObjectKind::Constraint => ("constraint", table.is_some_and(|t| t.constraint(part).is_some())),
                ObjectKind::Trigger => ("trigger", relation.triggers().iter().any(|t| t.name == *part)),
                ObjectKind::Policy => {
                    ("policy", table.is_some_and(|table| table.policies.iter().any(|p| p.name == *part)))
                }
                _ => {
                    let is_query = &**part == SELECT_RULE && relation.view().is_some();
                    ("rule", is_query || relation.rules().iter().any(|rule| rule.name == *part))
                }
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
            function::find_or_assume(run, kind, object)?.map(CommentTarget::Object)
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
    privileges_fit(grant)?;
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
                for (_, columns) in &grant.privileges {
                    for column in columns.iter().filter(|column| !is_system_column(column)) {
                        run.column_number(id, column)?;
                    }
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

/// 0LP01 for a privilege that this kind of object does not have. Source: `ExecuteGrantStmt` in `aclchk.c`.
fn privileges_fit(grant: &Grant) -> Result<(), PgError> {
    let (what, own): (&str, &[&str]) = match grant.kind {
        ObjectKind::Table => (
            "relation",
            &[
                "select",
                "insert",
                "update",
                "delete",
                "truncate",
                "references",
                "trigger",
                "maintain",
                "usage",
            ],
        ),
        ObjectKind::Sequence => ("sequence", &["select", "update", "usage"]),
        ObjectKind::Function => ("function", &["execute"]),
        ObjectKind::Procedure => ("procedure", &["execute"]),
        ObjectKind::Routine => ("routine", &["execute"]),
        ObjectKind::Schema => ("schema", &["create", "usage"]),
        ObjectKind::Type | ObjectKind::Domain => ("type", &["usage"]),
        ObjectKind::Database => ("database", &["create", "connect", "temporary", "temp"]),
        _ => return Ok(()),
    };
    match grant.privileges.iter().find(|(privilege, _)| !own.contains(&&**privilege) && &**privilege != "all")
    {
        Some((privilege, _)) => {
            let message = format!("invalid privilege type {} for {what}", privilege.to_uppercase());
            Err(PgError::new("0LP01", message))
        }
        None => Ok(()),
    }
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
    let is_stored = relation.table().is_some() || relation.view().is_some_and(|view| view.materialized);
    if !is_stored {
        return Err(PgError::new("42809", format!("cannot define statistics for relation \"{table_name}\"")));
    }
    let written = match &create.name {
        Some(written) => Some((run.namespace_of(written)?, written.name.clone())),
        None => None,
    };
    if let Some(key) = written.as_ref().filter(|key| run.schema.statistics.contains_key(key)) {
        if create.if_not_exists {
            return Ok(());
        }
        return Err(object_exists("statistics object", &key.1));
    }
    if create.keys.len() > 8 {
        return Err(PgError::new("54011", "cannot have more than 8 columns in statistics"));
    }
    let mut columns = Vec::new();
    let mut names = Vec::new();
    for (index, key) in create.keys.iter().enumerate() {
        let what = match key {
            IndexKey::Column(column) => {
                let number = run
                    .column_number(table, column)
                    .map_err(|_| PgError::new("42703", format!("column \"{column}\" does not exist")))?;
                columns.push(number);
                names.push(column.clone());
                "column name"
            }
            IndexKey::Expression(expression) => {
                columns.extend(run.expression_columns(table, &expression.node)?);
                names.push(name("expr"));
                "expression"
            }
        };
        if create.keys[..index].contains(key) {
            return Err(PgError::new("42701", format!("duplicate {what} in statistics definition")));
        }
    }
    if let Some(kind) =
        create.kinds.iter().find(|kind| !matches!(&***kind, "ndistinct" | "dependencies" | "mcv"))
    {
        return Err(PgError::new("42601", format!("unrecognized statistics kind \"{kind}\"")));
    }
    if let [IndexKey::Column(_)] = create.keys.as_slice() {
        return Err(PgError::new("42P17", "extended statistics require at least 2 columns"));
    }
    let key = written.unwrap_or_else(|| {
        let part = naming::columns_part(names.iter().map(|n| &**n));
        let free = naming::free_name(&table_name, Some(&part), "stat", |candidate| {
            run.schema.statistics.contains_key(&(namespace.clone(), candidate.clone()))
        });
        (namespace, free)
    });
    run.change(format!("creates statistics {}.{}", key.0, key.1));
    run.schema.statistics.insert(key, Statistics { table, columns, kinds: create.kinds.clone() });
    Ok(())
}

/// CREATE PUBLICATION: SHARE UPDATE EXCLUSIVE on its tables.
pub(super) fn create_publication(run: &mut Run, create: &CreatePublication) -> Result<(), PgError> {
    if run.schema.publications.contains_key(&create.name) {
        return Err(object_exists("publication", &create.name));
    }
    publication_options(&create.options)?;
    let (tables, schemas) = published(run, &create.tables, &create.schemas, true)?;
    let made = Publication { all_tables: create.all_tables, tables, schemas };
    run.schema.publications.insert(create.name.clone(), made);
    run.change(format!("creates publication {}", create.name));
    Ok(())
}

/// 42601 for an option that there is not, that is given twice, or that publishes what there is not.
fn publication_options(options: &[OptionValue]) -> Result<(), PgError> {
    let refused = |message: String| Err(PgError::new("42601", message));
    for (index, option) in options.iter().enumerate() {
        match &*option.name {
            "publish" => {
                let value = option.value.as_deref().unwrap_or_default();
                let mut events = value.split(',').map(str::trim).filter(|event| !event.is_empty());
                let unknown = events.find(|event| {
                    let event = event.to_ascii_lowercase();
                    !matches!(event.as_str(), "insert" | "update" | "delete" | "truncate")
                });
                if let Some(event) = unknown {
                    let message = "unrecognized value for publication option \"publish\": ";
                    return refused(format!("{message}\"{event}\""));
                }
            }
            "publish_via_partition_root" | "publish_generated_columns" => {}
            other => return refused(format!("unrecognized publication parameter: \"{other}\"")),
        }
        if options[..index].iter().any(|earlier| earlier.name == option.name) {
            return refused("conflicting or redundant options".to_owned());
        }
    }
    Ok(())
}

/// The tables and schemas that a publication names; 22023 for what cannot be published.
fn published(
    run: &mut Run,
    tables: &[(QualifiedName, bool)],
    schemas: &[Name],
    checked: bool,
) -> Result<(Vec<Id>, Vec<Name>), PgError> {
    let mut ids = Vec::new();
    for (table, only) in tables {
        let id = run.relation(table)?;
        let relation = run.get(id)?;
        let fits = relation.table().is_some_and(|table| table.foreign_server.is_none())
            && relation.persistence == Persistence::Permanent
            && &*relation.schema != "pg_catalog";
        if checked && !fits {
            let message = format!("cannot add relation \"{}\" to publication", relation.name);
            return Err(PgError::new("22023", message));
        }
        // What inherits is published like its parent; partitions are, without being named.
        let alone = *only || run.table_of(id).is_ok_and(Table::is_partitioned);
        if alone {
            run.lock(id, LockMode::ShareUpdateExclusive);
        } else {
            run.lock_tree(id, LockMode::ShareUpdateExclusive);
        }
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut names = Vec::new();
    for schema in schemas {
        let schema = match &**schema {
            "current_schema" => run.search_path().first().cloned().unwrap_or_else(|| schema.clone()),
            _ => schema.clone(),
        };
        let schema = run.namespace(&schema)?;
        if schema.starts_with("pg_") {
            return Err(PgError::new("22023", format!("cannot add schema \"{schema}\" to publication")));
        }
        if !names.contains(&schema) {
            names.push(schema);
        }
    }
    Ok((ids, names))
}

/// ALTER PUBLICATION: 55000 for one of all tables, 42710 for what it has already, 42704 for what it has not.
pub(super) fn alter_publication(run: &mut Run, alter: &AlterPublication) -> Result<(), PgError> {
    let Some(mut found) = run.schema.publications.get(&alter.name).cloned() else {
        if run.server.world.presumes_objects() {
            run.assume(format!("publication {} exists", alter.name));
            return Ok(());
        }
        return Err(no_object("publication", &alter.name));
    };
    publication_options(&alter.options)?;
    if alter.change.is_some() && found.all_tables {
        let message = format!("publication \"{}\" is defined as FOR ALL TABLES", alter.name);
        return Err(PgError::new("55000", message));
    }
    let checked = alter.change != Some(PublicationChange::Drop);
    let (tables, schemas) = published(run, &alter.tables, &alter.schemas, checked)?;
    match alter.change {
        Some(PublicationChange::Set) => {
            for left in found.tables.iter().filter(|own| !tables.contains(own)) {
                run.lock(*left, LockMode::ShareUpdateExclusive);
            }
            (found.tables, found.schemas) = (tables, schemas);
        }
        Some(change) => {
            let add = change == PublicationChange::Add;
            let (sqlstate, what) = if add {
                ("42710", "is already member of publication")
            } else {
                ("42704", "is not part of publication")
            };
            let table = tables.iter().find(|own| found.tables.contains(own) == add);
            let schema = schemas.iter().find(|own| found.schemas.contains(own) == add);
            let wrong = match (table, schema) {
                (Some(table), _) => Some(format!("relation \"{}\"", run.get(*table)?.name)),
                (None, schema) => schema.map(|schema| format!("schema \"{schema}\"")),
            };
            if let Some(wrong) = wrong {
                return Err(PgError::new(sqlstate, format!("{wrong} {what} \"{}\"", alter.name)));
            }
            found.tables.retain(|own| !tables.contains(own));
            found.schemas.retain(|own| !schemas.contains(own));
            if add {
                found.tables.extend(tables);
                found.schemas.extend(schemas);
            }
        }
        None => {}
    }
    run.schema.publications.insert(alter.name.clone(), found);
    run.change(format!("changes publication {}", alter.name));
    Ok(())
}
