//! Views, materialized views and tables made from a query.

use super::analyze::{self, Columns, Used};
use super::error::{relation_exists, wrong_kind};
use super::run::{Run, new_relation};
use super::{PgError, dml, options, table};
use crate::locks::LockMode;
use crate::schema::{BaseType, Id, RelationKind, Rows, View, is_pseudo_type};
use crate::sql::command::{CreateTableAs, CreateView, OnCommit, Persistence, Refresh};
use crate::sql::{Name, Query, With};

/// CREATE VIEW.
pub(super) fn create(run: &mut Run, create: &CreateView) -> Result<(), PgError> {
    let mut namespace = run.creation_namespace(&create.name, create.persistence)?;
    let (outputs, used) = dml::read_query(run, &create.query, true)?;
    options::check(run, options::Owner::View, &create.options)?;
    let mut view = view_of(
        run,
        &create.query,
        used,
        &create.columns,
        &outputs,
        "CREATE VIEW specifies more column names than columns",
    )?;
    for (index, column) in view.columns.iter().enumerate() {
        if view.columns[..index].contains(column) {
            return Err(PgError::new("42701", format!("column \"{column}\" specified more than once")));
        }
    }
    let reads_temporary = view.reads.iter().any(|(read, _)| {
        run.schema.relation(*read).is_some_and(|relation| relation.persistence == Persistence::Temporary)
    });
    let mut persistence = create.persistence;
    if reads_temporary {
        // A view over a temporary table is one itself.
        persistence = Persistence::Temporary;
        namespace = run.creation_namespace(&create.name, persistence)?;
    }
    let existing = run.schema.relation_named(&namespace, &create.name.name).cloned();
    view.check_option = create.check_option.clone();
    if let Some(existing) = existing {
        let RelationKind::View(old) = &existing.kind else {
            if create.or_replace {
                return Err(wrong_kind(&existing.name, "view"));
            }
            return Err(relation_exists(&existing.name));
        };
        if !create.or_replace {
            return Err(relation_exists(&existing.name));
        }
        if old.materialized {
            return Err(wrong_kind(&existing.name, "view"));
        }
        replaceable(run, old, &view)?;
        run.lock(existing.id, LockMode::AccessExclusive);
        (view.triggers, view.rules) = (old.triggers.clone(), old.rules.clone());
        let options = create.options.clone();
        run.schema.change_relation(existing.id, |relation| {
            relation.kind = RelationKind::View(Box::new(view));
            relation.options = options;
        });
        run.change(format!("replaces view {namespace}.{}", create.name.name));
        return Ok(());
    }
    let id = run.schema.fresh_id();
    let mut relation =
        new_relation(id, namespace.clone(), create.name.name.clone(), RelationKind::View(Box::new(view)));
    relation.persistence = persistence;
    relation.options = create.options.clone();
    run.schema.insert_relation(relation);
    run.change(format!("creates view {namespace}.{}", create.name.name));
    Ok(())
}

/// OR REPLACE keeps the columns there are, in order, and may add some: 42P16 otherwise.
fn replaceable(run: &Run, old: &View, new: &View) -> Result<(), PgError> {
    if !old.columns_known || !new.columns_known {
        return Ok(());
    }
    if new.columns.len() < old.columns.len() {
        return Err(PgError::new("42P16", "cannot drop columns from view"));
    }
    for (old, new) in old.columns.iter().zip(&new.columns) {
        if old != new {
            return Err(PgError::new(
                "42P16",
                format!("cannot change name of view column \"{old}\" to \"{new}\""),
            )
            .with_hint("Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead."));
        }
    }
    for (column, (old, new)) in new.columns.iter().zip(old.column_types.iter().zip(&new.column_types)) {
        if old != new && old.base != BaseType::Unknown && new.base != BaseType::Unknown {
            let (old, new) = (run.schema.format_type(old), run.schema.format_type(new));
            let message = format!("cannot change data type of view column \"{column}\" from {old} to {new}");
            return Err(PgError::new("42P16", message));
        }
    }
    Ok(())
}

/// The view that a query makes; 42601 with this message when there are more names than columns.
fn view_of(
    run: &mut Run,
    query: &Query,
    used: Used,
    written: &[Name],
    outputs: &Columns,
    too_many: &str,
) -> Result<View, PgError> {
    if !outputs.open && written.len() > outputs.list.len() {
        return Err(PgError::new("42601", too_many));
    }
    no_pseudo_types(outputs)?;
    Ok(View {
        materialized: false,
        written: query.sql.clone(),
        query: analyze::expanded(run, &query.sql),
        columns: named(written, outputs),
        reads: used.reads,
        functions: used.functions,
        types: used.types,
        extensions: used.extensions,
        check_option: None,
        populated: false,
        triggers: Vec::new(),
        rules: Vec::new(),
        column_types: outputs.list.iter().map(|column| column.data_type.clone()).collect(),
        columns_known: !outputs.open,
    })
}

/// 42P16 for a column of a type that none can have, such as a row that is made of a list.
fn no_pseudo_types(outputs: &Columns) -> Result<(), PgError> {
    for column in &outputs.list {
        if let BaseType::BuiltIn(name) = column.data_type.base
            && !column.data_type.array
            && is_pseudo_type(name)
        {
            let message = format!("column \"{}\" has pseudo-type {name}", column.name);
            return Err(PgError::new("42P16", message));
        }
    }
    Ok(())
}

/// The names of the outputs, the first of them replaced by the written ones.
fn named(written: &[Name], outputs: &Columns) -> Vec<Name> {
    let made = outputs.list.iter().skip(written.len()).map(|column| column.name.clone());
    written.iter().cloned().chain(made).collect()
}

/// CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW.
pub(super) fn create_table_as(run: &mut Run, create: &CreateTableAs) -> Result<(), PgError> {
    let namespace = run.creation_namespace(&create.name, create.persistence)?;
    let what = if create.materialized_view { "materialized view" } else { "table" };
    if run.schema.relation_name_taken(&namespace, &create.name.name) {
        if create.if_not_exists {
            // The query is looked at all the same.
            if let Some(query) = &create.query {
                dml::read_query(run, query, true)?;
            }
            run.change(format!("nothing: {namespace}.{} exists already", create.name.name));
            return Ok(());
        }
        return Err(relation_exists(&create.name.name));
    }
    table::commits(create.persistence, create.on_commit)?;
    let storage = options::without_oids(&create.options)?;
    options::check(run, options::Owner::Table, &storage)?;
    let (outputs, view) = match &create.query {
        Some(query) => {
            let (made, used) = dml::read_query(run, query, !create.with_data)?;
            let too_many = "too many column names were specified";
            let view = view_of(run, query, used, &create.columns, &made, too_many)?;
            (made, Some(view))
        }
        None => (Columns::unknown(), None),
    };
    if outputs.open {
        run.assume(format!("the columns of {namespace}.{} are not all known", create.name.name));
    }
    let id: Id = match view {
        Some(mut view) if create.materialized_view => {
            view.materialized = true;
            view.populated = create.with_data;
            let id = run.schema.fresh_id();
            let kind = RelationKind::View(Box::new(view));
            run.schema.insert_relation(new_relation(id, namespace.clone(), create.name.name.clone(), kind));
            id
        }
        _ => {
            let names = named(&create.columns, &outputs);
            let columns =
                names.into_iter().zip(outputs.list.iter().map(|column| column.data_type.clone())).collect();
            let rows = if create.with_data { Rows::Some } else { Rows::None };
            table::create_from_columns(
                run,
                namespace.clone(),
                create.name.name.clone(),
                create.persistence,
                columns,
                rows,
            )?
        }
    };
    let (options, tablespace) =
        (create.options.clone(), options::tablespace(run, create.tablespace.as_ref())?);
    run.schema.change_relation(id, |relation| {
        relation.options = options;
        relation.tablespace = tablespace;
        if outputs.open {
            relation.origin = crate::schema::Origin::Assumed;
        }
        if let Some(table) = relation.table_mut() {
            table.drop_on_commit = create.on_commit == OnCommit::Drop;
        }
    });
    if create.persistence == Persistence::Temporary {
        run.change(format!("creates temporary {what} {}", create.name.name));
    } else {
        run.change(format!("creates {what} {namespace}.{} from a query", create.name.name));
    }
    Ok(())
}

/// Why a refresh is a rewrite.
const RESULT_REPLACED: &str = "the query is run and its result replaces the old one";

/// REFRESH MATERIALIZED VIEW: ACCESS EXCLUSIVE, or EXCLUSIVE when CONCURRENTLY, which needs a unique index (55000).
pub(super) fn refresh(run: &mut Run, refresh: &Refresh) -> Result<(), PgError> {
    if refresh.concurrently && !refresh.with_data {
        let message = "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together";
        return Err(PgError::new("42601", message));
    }
    let id = run.relation(&refresh.name)?;
    let relation = run.get(id)?.clone();
    let mode = if refresh.concurrently { LockMode::Exclusive } else { LockMode::AccessExclusive };
    run.lock(id, mode);
    match &relation.kind {
        RelationKind::View(view) if view.materialized => {
            if refresh.concurrently {
                if !view.populated {
                    return Err(PgError::new(
                        "0A000",
                        "CONCURRENTLY cannot be used when the materialized view is not populated",
                    ));
                }
                let usable = run.schema.indexes_of(id).any(|(_, index)| {
                    index.unique && index.valid && index.predicate.is_none() && index.key_columns().is_some()
                });
                if !usable {
                    let message = format!(
                        "cannot refresh materialized view \"{}\" concurrently",
                        relation.display_name()
                    );
                    return Err(PgError::new("55000", message)
                        .with_hint("Create a unique index with no WHERE clause on one or more columns of the materialized view."));
                }
            }
            if refresh.with_data {
                for (read, _) in &view.reads {
                    super::object::read_locked(run, *read, LockMode::AccessShare);
                }
            }
            if !refresh.concurrently {
                run.rewrite(id, RESULT_REPLACED);
            }
            run.schema.change_relation(id, |relation| {
                if let RelationKind::View(view) = &mut relation.kind {
                    view.populated = refresh.with_data;
                }
            });
        }
        _ if run.is_assumed(id) && refresh.concurrently => {}
        _ if run.is_assumed(id) => run.rewrite(id, RESULT_REPLACED),
        _ => return Err(wrong_kind(&relation.name, "materialized view")),
    }
    run.change(format!("refreshes {}", relation.display_name()));
    Ok(())
}

/// The names that a WITH list defines.
pub(super) fn with_names(with: &[With]) -> Vec<Name> {
    with.iter().map(|element| element.name.clone()).collect()
}
