//! Queries and data-modifying statements: what they read, write and lock.

use super::analyze::{self, Columns, Used};
use super::error::{no_column, wrong_kind};
use super::object::{self, read_locked};
use super::run::{Run, is_catalog};
use super::view::with_names;
use super::{PgError, called, dynamic};
use crate::locks::LockMode;
use crate::schema::{BaseType, Column, ConstraintKind, Id, Origin, RelationKind, Rows, builtin};
use crate::sql::command::{Copy, ForeignKeyAction, TriggerTiming};
use crate::sql::{
    Dml, FromItem, JoinKind, Literal, Name, Node, OnConflict, Query, Select, Source, Target, With,
};

/// All expressions of a query, its subqueries' and WITH's included.
pub(super) fn nodes_of(query: &Query) -> Vec<&Node> {
    let mut nodes = Vec::new();
    let mut open = vec![query];
    while let Some(query) = open.pop() {
        let first = nodes.len();
        nodes.extend(query.order_by.iter().chain(&query.limit).chain(&query.offset));
        match &query.select {
            Select::Simple { targets, from, condition, grouping, .. } => {
                nodes.extend(targets.iter().map(|target| &target.node));
                nodes.extend(condition.iter().chain(grouping));
                from_nodes(from, &mut nodes, &mut open);
            }
            Select::Values(rows) => nodes.extend(rows.iter().flatten()),
            Select::SetOperation(left, right) => open.extend([&**left, &**right]),
        }
        for with in &query.with {
            if let Source::Query(inner) = &with.source {
                open.push(inner);
            }
        }
        for node in &nodes[first..] {
            open.extend(node.subqueries());
        }
    }
    nodes
}

fn from_nodes<'q>(items: &'q [FromItem], nodes: &mut Vec<&'q Node>, open: &mut Vec<&'q Query>) {
    for item in items {
        match item {
            FromItem::Relation { .. } => {}
            FromItem::Query { query, .. } => open.push(query),
            FromItem::Function { node, .. } => nodes.push(node),
            FromItem::Join { left, right, condition, .. } => {
                from_nodes(std::slice::from_ref(left), nodes, open);
                from_nodes(std::slice::from_ref(right), nodes, open);
                nodes.extend(condition);
            }
        }
    }
}

/// SELECT: reads, and what functions with side effects it calls.
pub(super) fn query(run: &mut Run, query: &Query) -> Result<(), PgError> {
    let (_, used) = read_query(run, query, false)?;
    side_effects(run, query);
    called::run_all(run, &used.functions);
    dynamic::called(run, &nodes_of(query));
    Ok(())
}

/// `set_config` in a SELECT changes the session like SET; pg_dump writes it.
fn side_effects(run: &mut Run, query: &Query) {
    for node in nodes_of(query) {
        if let Node::Function { name, arguments } = node
            && &*name.name == "set_config"
            && let [Node::Literal(Literal::String(parameter)), Node::Literal(Literal::String(value)), ..] =
                arguments.as_slice()
        {
            run.session.put(parameter, value);
        }
    }
}

/// What is read, and how.
#[derive(Clone, Copy)]
struct Reading<'n> {
    /// The names that WITH defines.
    with: &'n [Name],
    /// The query is stored and not run: what is behind its views and below its tables is not touched.
    stored: bool,
}

/// A query that is run, or stored: locks what it reads, and finds out what its columns are.
pub(super) fn read_query(run: &mut Run, query: &Query, stored: bool) -> Result<(Columns, Used), PgError> {
    read(run, query, Reading { with: &[], stored })?;
    analyze::query(run, query)
}

/// Locks what the subqueries of an expression read.
pub(super) fn read_expression(run: &mut Run, node: &Node, stored: bool) -> Result<(), PgError> {
    read_nodes(run, std::iter::once(node), Reading { with: &[], stored })
}

/// Locks what a query reads; 42P01 for a relation that is not there.
fn read(run: &mut Run, query: &Query, outer: Reading) -> Result<(), PgError> {
    let mut with = outer.with.to_vec();
    with.extend(with_names(&query.with));
    let reading = Reading { with: &with, ..outer };
    for element in &query.with {
        match &element.source {
            Source::Query(inner) => read(run, inner, reading)?,
            Source::Dml(inner) => write(run, inner, &with)?,
        }
    }
    let locked = query.lock_rows.map(|_| query.lock_rows_of.as_slice());
    match &query.select {
        Select::Simple { targets, from, condition, grouping, .. } => {
            read_from(run, from, reading, locked)?;
            read_nodes(run, targets.iter().map(|target| &target.node), reading)?;
            read_nodes(run, condition.iter().chain(grouping), reading)?;
        }
        Select::Values(rows) => read_nodes(run, rows.iter().flatten(), reading)?,
        Select::SetOperation(left, right) => {
            read(run, left, reading)?;
            read(run, right, reading)?;
        }
    }
    read_nodes(run, query.order_by.iter().chain(&query.limit).chain(&query.offset), reading)
}

fn read_nodes<'q>(
    run: &mut Run,
    nodes: impl Iterator<Item = &'q Node>,
    reading: Reading,
) -> Result<(), PgError> {
    for query in nodes.flat_map(Node::subqueries) {
        read(run, query, reading)?;
    }
    Ok(())
}

/// Reads what FROM names. `locked`: the tables whose rows are locked, all of them where it names none.
fn read_from(
    run: &mut Run,
    items: &[FromItem],
    reading: Reading,
    locked: Option<&[Name]>,
) -> Result<(), PgError> {
    for item in items {
        match item {
            FromItem::Relation { name, alias, only, .. } => {
                if name.schema.is_none() && reading.with.contains(&name.name) {
                    continue;
                }
                let shown = alias.as_ref().unwrap_or(&name.name);
                let alone = *only || reading.stored;
                let id = if alone { object::read_alone(run, name)? } else { object::read(run, name)? };
                if matches!(run.get(id)?.kind, RelationKind::Index(_)) {
                    let message = format!("cannot open relation \"{}\"", name.name);
                    return Err(PgError::new("42809", message)
                        .with_hint("This operation is not supported for indexes."));
                }
                if locked.is_some_and(|names| names.is_empty() || names.contains(shown)) && !is_catalog(name)
                {
                    let mode = LockMode::RowShare;
                    if alone { run.lock(id, mode) } else { run.lock_tree(id, mode) }
                }
            }
            FromItem::Query { query, .. } => read(run, query, reading)?,
            FromItem::Function { node, .. } => read_nodes(run, std::iter::once(node), reading)?,
            FromItem::Join { left, right, condition, .. } => {
                read_from(run, std::slice::from_ref(left), reading, locked)?;
                read_from(run, std::slice::from_ref(right), reading, locked)?;
                read_nodes(run, condition.iter(), reading)?;
            }
        }
    }
    Ok(())
}

/// INSERT, UPDATE, DELETE, MERGE.
pub(super) fn dml(run: &mut Run, statement: &Dml) -> Result<(), PgError> {
    write(run, statement, &[])?;
    let used = analyze::dml(run, statement)?;
    called::run_all(run, &used.functions);
    Ok(())
}

fn write(run: &mut Run, statement: &Dml, outer: &[Name]) -> Result<(), PgError> {
    if matches!(statement, Dml::Merge { .. }) && run.version() < 15 {
        return Err(PgError::new("42601", "syntax error at or near \"MERGE\"")
            .with_hint("MERGE exists from PostgreSQL 15 on."));
    }
    let mut with = outer.to_vec();
    with.extend(with_names(statement.with()));
    let reading = Reading { with: &with, stored: false };
    for element in statement.with() {
        match &element.source {
            Source::Query(inner) => read(run, inner, reading)?,
            Source::Dml(inner) => write(run, inner, &with)?,
        }
    }
    let table = run.readable(statement.table())?;
    writable(run, table)?;
    lock_for_writing(run, table, statement);
    let shown = run.schema.display_name(table);
    match statement {
        Dml::Insert { columns, overriding, source, on_conflict, returning, .. } => {
            insert_columns(run, table, columns, source.as_deref())?;
            if let Some(source) = source {
                read(run, source, reading)?;
            }
            computed_are_left(run, table, columns, source.as_deref(), *overriding)?;
            no_null_is_written(run, table, columns, source.as_deref())?;
            if let Some(OnConflict::Update(assignments)) = on_conflict {
                assigned(run, table, assignments)?;
                read_nodes(run, assignments.iter().map(|(_, node)| node), reading)?;
            }
            read_targets(run, returning, reading)?;
            let written_out = source.as_deref().is_none_or(|query| matches!(query.select, Select::Values(_)));
            let has_rows =
                source.as_deref().is_none_or(|query| query_may_have_rows(run, query, statement.with()));
            called::fire(run, table, "INSERT", &[], has_rows);
            if let Some(OnConflict::Update(assignments)) = on_conflict {
                let columns: Vec<Name> = assignments.iter().map(|(name, _)| name.clone()).collect();
                called::fire(run, table, "UPDATE", &columns, called::may_have_rows(run, table));
            }
            if has_rows {
                fill(run, table, if written_out { Rows::Few } else { Rows::Some });
            }
            run.change(format!("inserts rows into {shown}"));
        }
        Dml::Update { assignments, from, condition, returning, .. } => {
            assigned(run, table, assignments)?;
            read_from(run, from, reading, None)?;
            read_nodes(run, assignments.iter().map(|(_, node)| node).chain(condition), reading)?;
            read_targets(run, returning, reading)?;
            let columns: Vec<Name> = assignments.iter().map(|(name, _)| name.clone()).collect();
            called::fire(run, table, "UPDATE", &columns, called::may_have_rows(run, table));
            run.change(format!("updates rows of {shown}"));
        }
        Dml::Delete { using, condition, returning, .. } => {
            read_from(run, using, reading, None)?;
            read_nodes(run, condition.iter(), reading)?;
            read_targets(run, returning, reading)?;
            called::fire(run, table, "DELETE", &[], called::may_have_rows(run, table));
            run.change(format!("deletes rows of {shown}"));
        }
        Dml::Merge { source, condition, .. } => {
            read_from(run, std::slice::from_ref(source), reading, None)?;
            read_nodes(run, condition.iter(), reading)?;
            fill(run, table, Rows::Some);
            run.change(format!("merges rows into {shown}"));
        }
    }
    Ok(())
}

fn read_targets(run: &mut Run, targets: &[Target], reading: Reading) -> Result<(), PgError> {
    read_nodes(run, targets.iter().map(|target| &target.node), reading)
}

/// The table holds rows now, and its partitions may.
fn fill(run: &mut Run, table: Id, rows: Rows) {
    let mut everywhere = vec![table];
    everywhere.extend(run.schema.descendants_of(table));
    for id in everywhere {
        run.change_table(id, |table| {
            table.rows = table.rows.max(rows);
        });
    }
}

/// 42809 for what cannot be written to.
fn writable(run: &Run, id: Id) -> Result<(), PgError> {
    let relation = run.get(id)?;
    match &relation.kind {
        RelationKind::Table(_) => Ok(()),
        RelationKind::View(view) if !view.materialized => Ok(()),
        RelationKind::View(_) => {
            Err(PgError::new("42809", format!("cannot change materialized view \"{}\"", relation.name)))
        }
        RelationKind::Sequence(_) => {
            Err(PgError::new("42809", format!("cannot change sequence \"{}\"", relation.name)))
        }
        RelationKind::Index(_) => Err(wrong_kind(&relation.name, "table")),
    }
}

/// ROW EXCLUSIVE on what is written; the checks of foreign keys lock the other tables.
fn lock_for_writing(run: &mut Run, id: Id, statement: &Dml) {
    let mode = LockMode::RowExclusive;
    match statement {
        Dml::Insert { .. } | Dml::Update { only: true, .. } | Dml::Delete { only: true, .. } => {
            run.lock(id, mode)
        }
        _ => run.lock_tree(id, mode),
    }
    // What is written to a view goes to what it reads.
    let mut open = vec![id];
    let mut seen = Vec::new();
    while let Some(next) = open.pop() {
        if let Some(view) = run.schema.relation(next).and_then(|relation| relation.view())
            && !seen.contains(&next)
        {
            seen.push(next);
            open.extend(view.reads.iter().map(|(read, _)| *read));
        }
        run.lock(next, mode);
    }
    if !seen.is_empty() {
        return;
    }
    let Ok(table) = run.table_of(id) else { return };
    let written: Option<Vec<i16>> = match statement {
        Dml::Update { assignments, .. } => {
            Some(assignments.iter().filter_map(|(name, _)| table.column(name)).map(|c| c.number).collect())
        }
        Dml::Delete { .. } => Some(Vec::new()),
        // A column that is left out and has no default is NULL, and NULL references nothing.
        Dml::Insert { columns, .. } if !columns.is_empty() => Some(
            table
                .columns
                .iter()
                .filter(|column| columns.contains(&column.name) || column.default.is_some())
                .map(|column| column.number)
                .collect(),
        ),
        Dml::Insert { .. } | Dml::Merge { .. } => None,
    };
    let outgoing: Vec<Id> = table
        .constraints
        .iter()
        .filter_map(|own| match &own.kind {
            ConstraintKind::ForeignKey(key) => {
                let touched =
                    written.as_ref().is_none_or(|w| key.columns.iter().any(|column| w.contains(column)));
                touched.then_some(key.references)
            }
            _ => None,
        })
        .collect();
    let partners =
        |from: &[FromItem]| from.iter().all(|item| item_may_have_rows(run, item, statement.with()));
    let has_rows = match statement {
        Dml::Insert { source: Some(source), .. } => query_may_have_rows(run, source, statement.with()),
        Dml::Insert { source: None, .. } => true,
        Dml::Update { from, .. } => table.rows != Rows::None && partners(from),
        Dml::Delete { using, .. } => table.rows != Rows::None && partners(using),
        Dml::Merge { .. } => true,
    };
    // Only what runs asks the tables of foreign keys.
    if !has_rows || !run.executes {
        return;
    }
    for referenced in outgoing {
        run.lock(referenced, LockMode::RowShare);
    }
    for (on, constraint) in run.schema.references_to(id) {
        let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
        let action = match statement {
            Dml::Delete { .. } => key.on_delete,
            Dml::Update { .. }
                if key.referenced_columns.iter().any(|own| written.iter().flatten().any(|w| w == own)) =>
            {
                key.on_update
            }
            _ => continue,
        };
        let mode = match action {
            ForeignKeyAction::NoAction | ForeignKeyAction::Restrict => LockMode::RowShare,
            _ => LockMode::RowExclusive,
        };
        run.lock(on.id, mode);
    }
}

/// Is it the name of one of PostgreSQL's own aggregates?
fn is_aggregate(run: &Run, function: &str) -> bool {
    let mut own = builtin::items(builtin::CORE, b'f', function, run.version());
    own.any(|item| builtin::Signature::parse(item).is_aggregate())
}

/// Can a query give rows? Not when it only reads tables that nothing has filled.
fn query_may_have_rows(run: &Run, query: &Query, outer: &[With]) -> bool {
    let with: Vec<With> = outer.iter().chain(&query.with).cloned().collect();
    match &query.select {
        Select::Simple { targets, from, grouping, .. } => {
            // An aggregate gives a row whatever it reads.
            let aggregates = |target: &Target| {
                target.node.functions().iter().any(|function| is_aggregate(run, &function.name))
            };
            let aggregates = grouping.is_empty() && targets.iter().any(aggregates);
            aggregates || from.iter().all(|item| item_may_have_rows(run, item, &with))
        }
        Select::SetOperation(left, right) => {
            query_may_have_rows(run, left, &with) || query_may_have_rows(run, right, &with)
        }
        Select::Values(_) => true,
    }
}

fn item_may_have_rows(run: &Run, item: &FromItem, with: &[With]) -> bool {
    match item {
        FromItem::Relation { name, .. } => match with.iter().find(|known| known.name == name.name) {
            // Without its own name, which it reads when it is recursive.
            Some(With { name, source: Source::Query(query), .. }) => {
                let others: Vec<_> = with.iter().filter(|other| other.name != *name).cloned().collect();
                query_may_have_rows(run, query, &others)
            }
            Some(With { source: Source::Dml(_), .. }) => true,
            None => {
                let found = run.find_relation(name).and_then(|id| run.schema.relation(id));
                found.is_none_or(|relation| relation.table().is_none_or(|table| table.rows != Rows::None))
            }
        },
        FromItem::Query { query, .. } => query_may_have_rows(run, query, with),
        FromItem::Function { .. } => true,
        FromItem::Join { kind, left, right, .. } => {
            let (left, right) = (item_may_have_rows(run, left, with), item_may_have_rows(run, right, with));
            match kind {
                JoinKind::Inner => left && right,
                JoinKind::Left => left,
                JoinKind::Right => right,
                JoinKind::Full => left || right,
            }
        }
    }
}

/// 42703 for an unknown column, 42701 for one named twice, 42601 for rows of another width, 428C9 for a generated one.
fn insert_columns(run: &mut Run, id: Id, columns: &[Name], source: Option<&Query>) -> Result<(), PgError> {
    if run.get(id)?.table().is_none() {
        return Ok(());
    }
    for (index, name) in columns.iter().enumerate() {
        let column = run.column(id, name)?;
        if columns[..index].contains(name) && !has_parts(&column) {
            return Err(PgError::new("42701", format!("column \"{name}\" specified more than once")));
        }
    }
    let width = match source.map(|query| &query.select) {
        Some(Select::Values(rows)) => rows.first().map(Vec::len),
        Some(Select::Simple { targets, .. }) if targets.iter().all(|t| !matches!(t.node, Node::Star(_))) => {
            Some(targets.len())
        }
        _ => None,
    };
    if let Some(width) = width {
        let room = if columns.is_empty() { run.table_of(id)?.columns.len() } else { columns.len() };
        let known = !columns.is_empty() || !run.is_assumed(id);
        if known && width > room {
            return Err(PgError::new("42601", "INSERT has more expressions than target columns"));
        }
        if known && width < room && !columns.is_empty() {
            return Err(PgError::new("42601", "INSERT has more target columns than expressions"));
        }
    }
    Ok(())
}

/// 428C9 for a value to a generated column, or to one that is always an identity, unless the statement overrides that.
fn computed_are_left(
    run: &Run,
    id: Id,
    columns: &[Name],
    source: Option<&Query>,
    overriding: bool,
) -> Result<(), PgError> {
    let (Some(table), Some(source)) = (run.get(id)?.table(), source) else { return Ok(()) };
    let own: Vec<&Column> = match columns {
        [] if run.is_assumed(id) => return Ok(()),
        [] => table.columns.iter().collect(),
        columns => columns.iter().filter_map(|column| table.column(column)).collect(),
    };
    for (index, column) in own.into_iter().enumerate() {
        if column.generated.is_none() && (column.identity != Some(true) || overriding) {
            continue;
        }
        let given = match &source.select {
            Select::Values(rows) => {
                rows.iter().filter_map(|row| row.get(index)).any(|node| !is_default(node))
            }
            Select::Simple { targets, .. } => {
                index < targets.len() && !targets.iter().any(|target| matches!(target.node, Node::Star(_)))
            }
            Select::SetOperation(..) => false,
        };
        if given {
            let message = format!("cannot insert a non-DEFAULT value into column \"{}\"", column.name);
            return Err(PgError::new("428C9", message));
        }
    }
    Ok(())
}

/// Of an array, a composite or a document parts may be written one by one.
fn has_parts(column: &Column) -> bool {
    let whole = |known| !matches!(known, "jsonb" | "point" | "box" | "lseg");
    column.data_type.array || !matches!(column.data_type.base, BaseType::BuiltIn(known) if whole(known))
}

fn is_default(node: &Node) -> bool {
    matches!(node, Node::Other { what: "DEFAULT", .. })
}

/// 23502 for a NULL that is written out, or left to a column without default, where the column is NOT NULL.
fn no_null_is_written(run: &Run, id: Id, columns: &[Name], source: Option<&Query>) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let Some(table) = relation.table() else { return Ok(()) };
    // A trigger or rule may write something else, a partitioned table may have no partition for the row.
    let others_decide = !table.triggers.is_empty()
        || !table.rules.is_empty()
        || table.is_partitioned()
        || table
            .parents
            .iter()
            .any(|parent| run.table_of(*parent).is_ok_and(|parent| !parent.triggers.is_empty()));
    if others_decide || run.in_body || relation.origin == Origin::Assumed || table.foreign_server.is_some() {
        return Ok(());
    }
    let default_values = [Vec::new()];
    let rows = match source.map(|query| &query.select) {
        None => &default_values[..],
        Some(Select::Values(rows)) => rows,
        Some(_) => return Ok(()),
    };
    for (place, column) in table.columns.iter().enumerate() {
        if !column.not_null || column.identity.is_some() || column.generated.is_some() {
            continue;
        }
        let given = match columns {
            [] => Some(place),
            _ => columns.iter().position(|name| *name == column.name),
        };
        let has_default = column.default.is_some() || !matches!(column.data_type.base, BaseType::BuiltIn(_));
        for row in rows {
            let is_null = match given.and_then(|place| row.get(place)) {
                Some(Node::Other { what: "DEFAULT", .. }) | None => !has_default,
                // Of an array or a composite it may be a part only.
                Some(value) => {
                    value.is_null()
                        && !column.data_type.array
                        && matches!(column.data_type.base, BaseType::BuiltIn(_))
                }
            };
            if is_null {
                return Err(PgError::new(
                    "23502",
                    format!(
                        "null value in column \"{}\" of relation \"{}\" violates not-null constraint",
                        column.name, relation.name
                    ),
                ));
            }
        }
    }
    Ok(())
}

fn assigned(run: &mut Run, id: Id, assignments: &[(Name, Node)]) -> Result<(), PgError> {
    if run.get(id)?.table().is_none() {
        return Ok(());
    }
    let relation = run.get(id)?.name.clone();
    for (index, (name, node)) in assignments.iter().enumerate() {
        let column = run.column(id, name).map_err(|error| match error.sqlstate {
            "42703" => no_column(name, &relation),
            _ => error,
        })?;
        if assignments[..index].iter().any(|(other, _)| other == name) && !has_parts(&column) {
            return Err(PgError::new("42601", format!("multiple assignments to same column \"{name}\"")));
        }
        let computed = column.generated.is_some() || column.identity == Some(true);
        if computed && !is_default(node) {
            return Err(PgError::new("428C9", format!("column \"{name}\" can only be updated to DEFAULT")));
        }
    }
    Ok(())
}

/// COPY.
pub(super) fn copy(run: &mut Run, copy: &Copy) -> Result<(), PgError> {
    if let Some(query) = &copy.query {
        return read_query(run, query, false).map(|_| ());
    }
    let Some(written) = &copy.table else { return Ok(()) };
    let id = run.readable(written)?;
    if let RelationKind::View(view) = &run.get(id)?.kind
        && (!copy.from || view.triggers.iter().all(|own| own.timing != TriggerTiming::InsteadOf))
    {
        let (name, kind) = (&run.get(id)?.name, run.get(id)?.kind_name());
        let (side, hint) = match copy.from {
            true => ("to", "To enable copying to a view, provide an INSTEAD OF INSERT trigger."),
            false => ("from", "Try the COPY (SELECT ...) TO variant."),
        };
        return Err(PgError::new("42809", format!("cannot copy {side} {kind} \"{name}\"")).with_hint(hint));
    }
    if !copy.from {
        read_locked(run, id, LockMode::AccessShare);
        return Ok(());
    }
    writable(run, id)?;
    run.lock(id, LockMode::RowExclusive);
    insert_columns(run, id, &copy.columns, None)?;
    for name in &copy.columns {
        if run.table_of(id)?.column(name).is_some_and(|column| column.generated.is_some()) {
            return Err(PgError::new("42P10", format!("column \"{name}\" is a generated column"))
                .with_hint("Generated columns cannot be used in COPY."));
        }
    }
    called::fire(run, id, "INSERT", &[], true);
    fill(run, id, Rows::Some);
    run.change(format!("copies rows into {}", run.schema.display_name(id)));
    Ok(())
}
