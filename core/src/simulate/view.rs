//! Views, materialized views and tables made from a query.

use super::error::{relation_exists, wrong_kind};
use super::run::{Run, new_relation};
use super::typing::expression_type;
use super::{PgError, dml, function, options, table, user_type};
use crate::locks::LockMode;
use crate::schema::{BaseType, DataType, Id, RelationKind, Rows, View};
use crate::sql::command::{CreateTableAs, CreateView, ObjectKind, Persistence, Refresh};
use crate::sql::{FromItem, Name, Node, Query, Select, Source};

/// CREATE VIEW.
pub(super) fn create(run: &mut Run, create: &CreateView) -> Result<(), PgError> {
    let mut namespace = run.creation_namespace(&create.name, create.persistence)?;
    let scope = dml::read_stored_query(run, &create.query)?;
    options::check(run, options::Owner::View, &create.options)?;
    let outputs = outputs(run, &create.query, &scope);
    let mut view = view_of(
        run,
        &create.query,
        &scope,
        &create.columns,
        outputs,
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
    scope: &dml::Scope,
    written: &[Name],
    outputs: Outputs,
    too_many: &str,
) -> Result<View, PgError> {
    if outputs.known && written.len() > outputs.columns.len() {
        return Err(PgError::new("42601", too_many));
    }
    let mut types = Vec::new();
    for node in dml::nodes_of(query) {
        node.walk(|part| {
            if let Node::Cast { type_name, .. } = part {
                types.extend(user_type::find(run, &type_name.name));
            }
        });
    }
    Ok(View {
        materialized: false,
        query: query.sql.clone(),
        columns: named(written, &outputs),
        reads: scope.uses(run),
        functions: functions_of(run, query),
        types,
        check_option: None,
        populated: false,
        triggers: Vec::new(),
        rules: Vec::new(),
        column_types: outputs.exact,
        columns_known: outputs.known,
    })
}

/// The functions that a query calls, where the history created them.
pub(super) fn functions_of(run: &Run, query: &Query) -> Vec<Id> {
    let called = dml::nodes_of(query).into_iter().flat_map(Node::functions);
    called.filter_map(|name| function::find(run, ObjectKind::Function, name, None).ok().flatten()).collect()
}

/// The columns that a query gives.
#[derive(Clone)]
struct Outputs {
    columns: Vec<(Name, DataType)>,
    /// The types again, unknown where they were only guessed.
    exact: Vec<DataType>,
    /// False when a `*` stands for columns that are not known.
    known: bool,
}

/// The names of the outputs, the first of them replaced by the written ones.
fn named(written: &[Name], outputs: &Outputs) -> Vec<Name> {
    let made = outputs.columns.iter().skip(written.len()).map(|(name, _)| name.clone());
    written.iter().cloned().chain(made).collect()
}

fn outputs(run: &mut Run, query: &Query, scope: &dml::Scope) -> Outputs {
    let targets = match &query.select {
        Select::SetOperation(left, _) => {
            // What becomes of two types is not followed.
            let left = outputs(run, left, scope);
            return Outputs { exact: vec![DataType::unknown(); left.columns.len()], ..left };
        }
        Select::Values(rows) => {
            let width = rows.first().map_or(0, Vec::len);
            let columns =
                (1..=width).map(|n| (Name::from(format!("column{n}")), DataType::unknown())).collect();
            return Outputs { columns, exact: vec![DataType::unknown(); width], known: true };
        }
        Select::Simple { targets, .. } => targets,
    };
    let mut found = Outputs { columns: Vec::new(), exact: Vec::new(), known: true };
    for target in targets {
        if let Node::Star(qualifier) = &target.node {
            let (columns, known) = scope.star(run, qualifier.as_ref(), query);
            found.exact.extend(columns.iter().map(|(_, data_type)| data_type.clone()));
            found.columns.extend(columns);
            found.known &= known;
            continue;
        }
        if target.alias.is_none() && matches!(target.node, Node::Other { what: "field", .. }) {
            // Named after the field, which is not kept.
            found.known = false;
            continue;
        }
        let name = target.output_name();
        let paths = columns_in(&target.node);
        let types: Vec<_> = paths.iter().map(|path| scope.column_type(run, path)).collect();
        let of = |path: &[Name]| types[paths.iter().position(|known| known.as_slice() == path)?].clone();
        let data_type = expression_type(run, &target.node, &|path| of(path).map(|(data_type, _)| data_type));
        let is_exact = match &target.node {
            Node::Column(path) => of(path).is_some_and(|(_, certain)| certain),
            node => matches!(node, Node::Cast { .. } | Node::Literal(_)),
        };
        found.exact.push(if is_exact { data_type.clone() } else { DataType::unknown() });
        found.columns.push((name, data_type));
    }
    found
}

fn columns_in(node: &Node) -> Vec<Vec<Name>> {
    let mut found = Vec::new();
    node.walk(|part| {
        if let Node::Column(path) = part {
            found.push(path.clone());
        }
    });
    found
}

/// CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW.
pub(super) fn create_table_as(run: &mut Run, create: &CreateTableAs) -> Result<(), PgError> {
    let namespace = run.creation_namespace(&create.name, create.persistence)?;
    let what = if create.materialized_view { "materialized view" } else { "table" };
    if run.schema.relation_name_taken(&namespace, &create.name.name) {
        if create.if_not_exists {
            // The query is looked at all the same.
            if let Some(query) = &create.query {
                dml::read_stored_query(run, query)?;
            }
            run.change(format!("nothing: {namespace}.{} exists already", create.name.name));
            return Ok(());
        }
        return Err(relation_exists(&create.name.name));
    }
    let storage = options::without_oids(&create.options)?;
    options::check(run, options::Owner::Table, &storage)?;
    let (outputs, view) = match &create.query {
        Some(query) => {
            let scope = if create.with_data {
                dml::read_query(run, query)?
            } else {
                dml::read_stored_query(run, query)?
            };
            let made = outputs(run, query, &scope);
            let view = view_of(
                run,
                query,
                &scope,
                &create.columns,
                made.clone(),
                "too many column names were specified",
            )?;
            (made, Some(view))
        }
        None => (Outputs { columns: Vec::new(), exact: Vec::new(), known: false }, None),
    };
    if !outputs.known {
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
            let columns = names
                .into_iter()
                .zip(outputs.columns.iter().map(|(_, data_type)| data_type.clone()))
                .collect();
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
        if !outputs.known {
            relation.origin = crate::schema::Origin::Assumed;
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
                if !view.populated {
                    return Err(PgError::new(
                        "0A000",
                        "CONCURRENTLY cannot be used when the materialized view is not populated",
                    ));
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

/// All relations named in a FROM list, joins and subqueries included; WITH names are not relations.
pub(super) fn from_relations<'q>(items: &'q [FromItem], into: &mut Vec<&'q FromItem>) {
    for item in items {
        match item {
            FromItem::Relation { .. } | FromItem::Query { .. } | FromItem::Function { .. } => into.push(item),
            FromItem::Join { left, right, .. } => {
                from_relations(std::slice::from_ref(left), into);
                from_relations(std::slice::from_ref(right), into);
            }
        }
    }
}

/// The names that a WITH list defines.
pub(super) fn with_names(with: &[(Name, Source)]) -> Vec<Name> {
    with.iter().map(|(name, _)| name.clone()).collect()
}
