//! Comments and extended statistics.

use super::error::{no_column, no_object, object_exists, wrong_kind};
use super::run::{Run, unquoted};
use super::{PgError, function, index, plain, table, user_type};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{Column, CommentTarget, FullName, Id, RelationKind, SELECT_RULE, Statistics, TypeKind};
use crate::sql::command::{AlterStatistics, Comment, CreateStatistics, IndexKey, ObjectKind, ObjectName};
use crate::sql::name;

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
pub(super) fn target_of(
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
        ObjectKind::DomainConstraint => {
            let Some(part) = &object.part else { return Ok(None) };
            match user_type::find(run, written)
                .map(|id| (id, run.schema.user_type(id).map(|found| &found.kind)))
            {
                Some((id, Some(TypeKind::Domain(domain)))) => {
                    if domain.checks.iter().all(|(own, ..)| own != part) {
                        let message =
                            format!("constraint \"{part}\" for domain {} does not exist", unquoted(written));
                        return Err(PgError::new("42704", message));
                    }
                    Some(CommentTarget::Part(id, "constraint", part.clone()))
                }
                Some((_, Some(TypeKind::Unknown) | None)) => None,
                Some(_) => return Err(wrong_kind(&written.name, "domain")),
                None if run.server.world.presumes_objects() => None,
                None => return Err(no_object("type", &unquoted(written))),
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
        ObjectKind::Role => {
            super::privilege::role_exists(run, &written.name)?;
            Some(CommentTarget::Other("role", written.name.clone()))
        }
        ObjectKind::Publication => {
            if !run.schema.publications.contains_key(&written.name) && !run.server.world.presumes_objects() {
                return Err(no_object("publication", &written.name));
            }
            Some(CommentTarget::Other("publication", written.name.clone()))
        }
        ObjectKind::Statistics => {
            let key = (run.namespace_of(written)?, written.name.clone());
            if !run.schema.statistics.contains_key(&key) && !run.server.world.presumes_objects() {
                return Err(no_object("statistics object", &unquoted(written)));
            }
            Some(CommentTarget::Other("statistics object", name(&format!("{}.{}", key.0, key.1))))
        }
        kind if plain::is_plain(kind) => plain::find_or_assume(run, kind, object)?.map(CommentTarget::Plain),
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

/// CREATE STATISTICS: SHARE UPDATE EXCLUSIVE.
pub(super) fn create_statistics(run: &mut Run, create: &CreateStatistics) -> Result<(), PgError> {
    let table = run.relation(&create.table)?;
    run.lock(table, LockMode::ShareUpdateExclusive);
    let relation = run.get(table)?;
    let table_name = relation.name.clone();
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
    let mut plain_columns = Vec::new();
    for (index, key) in create.keys.iter().enumerate() {
        let what = match key {
            IndexKey::Column(column) => {
                let number = run
                    .column_number(table, column)
                    .map_err(|_| PgError::new("42703", format!("column \"{column}\" does not exist")))?;
                if run.table_of(table).is_ok_and(|own| own.column(column).is_some_and(Column::is_virtual)) {
                    let message = "statistics creation on virtual generated columns is not supported";
                    return Err(PgError::new("0A000", message));
                }
                let key = table::plain_key(number);
                if let Err(error) = index::has_operator_class(run, table, &key, "btree") {
                    let message =
                        format!("column \"{column}\" cannot be used in statistics: {}", error.message);
                    return Err(PgError::new("0A000", message));
                }
                plain_columns.push(number);
                "column name"
            }
            IndexKey::Expression(expression) => {
                run.expression_columns(table, &expression.node)?;
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
    if let ([IndexKey::Expression(_)], false) = (create.keys.as_slice(), create.kinds.is_empty()) {
        let message =
            "when building statistics on a single expression, statistics kinds may not be specified";
        return Err(PgError::new("0A000", message));
    }
    if let [IndexKey::Column(_)] = create.keys.as_slice() {
        return Err(PgError::new("42P17", "extended statistics require at least 2 columns"));
    }
    let expressions = create.keys.iter().filter_map(|key| match key {
        IndexKey::Expression(expression) => Some(expression.clone()),
        IndexKey::Column(_) => None,
    });
    let (kinds, expressions) = (create.kinds.clone(), expressions.collect());
    let made = Statistics { table, columns: plain_columns, kinds, expressions, target: None };
    match written {
        Some(key) => {
            run.change(format!("creates statistics {}.{}", key.0, key.1));
            run.schema.statistics.insert(key, made);
        }
        None => {
            put_statistics(run, made)?;
        }
    }
    Ok(())
}

/// Puts in an extended statistics object under a name that is made up.
pub(super) fn put_statistics(run: &mut Run, made: Statistics) -> Result<FullName, PgError> {
    let relation = run.get(made.table)?;
    let (namespace, table_name) = (relation.schema.clone(), relation.name.clone());
    let column = |number: &i16| match (relation.table(), relation.view()) {
        (Some(table), _) => table.column_name(*number),
        (None, view) => {
            let position = usize::try_from(*number - 1).unwrap_or_default();
            view.and_then(|view| view.columns.get(position)).cloned().unwrap_or_else(|| name("?"))
        }
    };
    let mut names: Vec<_> = made.columns.iter().map(column).collect();
    names.extend(made.expressions.iter().map(|_| name("expr")));
    let part = naming::columns_part(names.iter().map(|n| &**n));
    let free = naming::free_name(&table_name, Some(&part), "stat", |candidate| {
        run.schema.statistics.contains_key(&(namespace.clone(), candidate.clone()))
    });
    let key = (namespace, free);
    run.change(format!("creates statistics {}.{}", key.0, key.1));
    run.schema.statistics.insert(key.clone(), made);
    Ok(key)
}

/// ALTER STATISTICS … SET STATISTICS: 22023 below -1.
pub(super) fn alter_statistics(run: &mut Run, alter: &AlterStatistics) -> Result<(), PgError> {
    let target = alter.target.filter(|target| *target != -1);
    let key = (run.namespace_of(&alter.name)?, alter.name.name.clone());
    if target.is_some_and(|target| target < 0) {
        let message = format!("statistics target {} is too low", target.unwrap_or_default());
        return Err(PgError::new("22023", message));
    }
    match run.schema.statistics.get_mut(&key) {
        // Above 10000 it is lowered with a warning.
        Some(found) => found.target = target.map(|target| target.min(10_000)),
        None if alter.if_exists => {}
        None if run.server.world.presumes_objects() => {
            run.assume(format!("statistics object {} exists", unquoted(&alter.name)));
        }
        None => return Err(no_object("statistics object", &unquoted(&alter.name))),
    }
    run.change(format!("changes statistics {}", unquoted(&alter.name)));
    Ok(())
}
