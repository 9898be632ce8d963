//! CREATE TABLE.

use super::{column, computed, constraint, inherit, partition};
use crate::locks::LockMode;
use crate::schema::DataType;
use crate::schema::{
    Column, CommentTarget, FullName, Id, Key, KeyPart, Origin, RelationKind, Rows, Sequence, Statistics,
    Table, TypeKind,
};
use crate::simulate::analyze::Names;
use crate::simulate::error::{column_exists, no_relation, object_exists};
use crate::simulate::expression::{self, Place};
use crate::simulate::run::{Run, is_system_column, new_column, new_relation, unquoted};
use crate::simulate::{PgError, index, metadata, options, plain, user_type};
use crate::sorted;
use crate::sql::command::{
    ConstraintDefinition, ConstraintKind, CreateTable, IndexKey, LikeOptions, ObjectKind, OnCommit,
    PartitionBy, PartitionStrategy, Persistence, TableElement, Volatility,
};
use crate::sql::{Name, Node, QualifiedName};

/// 42P16 for ON COMMIT of a table that is not temporary.
pub(in crate::simulate) fn commits(persistence: Persistence, on_commit: OnCommit) -> Result<(), PgError> {
    if persistence != Persistence::Temporary && on_commit != OnCommit::Unsaid {
        return Err(PgError::new("42P16", "ON COMMIT can only be used on temporary tables"));
    }
    Ok(())
}

/// CREATE TABLE: 42P07 when the name is taken, 42701 for a column named twice.
pub fn create(run: &mut Run, create: &CreateTable) -> Result<(), PgError> {
    let namespace = run.creation_namespace(&create.name, create.persistence)?;
    if run.schema.relation_name_taken(&namespace, &create.name.name) {
        if create.if_not_exists {
            run.change(format!("nothing: {namespace}.{} exists already", create.name.name));
            return Ok(());
        }
        return Err(crate::simulate::error::relation_exists(&create.name.name));
    }
    if run.schema.type_named(&namespace, &create.name.name).is_some() {
        return Err(object_exists("type", &create.name.name)
            .with_hint("A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type."));
    }
    if create.partition_by.is_some() {
        if create.persistence == Persistence::Unlogged && run.version() >= 18 {
            return Err(PgError::new("0A000", "partitioned tables cannot be unlogged"));
        }
        if !create.inherits.is_empty() {
            return Err(PgError::new("42P17", "cannot create partitioned table as inheritance child"));
        }
    }
    let id = run.schema.fresh_id();
    let table = Table {
        next_column: 1,
        partition_by: create.partition_by.clone(),
        foreign_server: create.foreign_server.clone(),
        access_method: create.access_method.clone(),
        rows: Rows::None,
        drop_on_commit: create.on_commit == OnCommit::Drop,
        ..Table::default()
    };
    let mut relation =
        new_relation(id, namespace.clone(), create.name.name.clone(), RelationKind::Table(Box::new(table)));
    relation.persistence = if &*namespace == "pg_temp" { Persistence::Temporary } else { create.persistence };
    commits(relation.persistence, create.on_commit)?;
    relation.options = options::without_oids(&create.options)?;
    if create.access_method.as_deref().is_none_or(|method| method == "heap") {
        if create.partition_by.is_some() && !relation.options.is_empty() {
            return Err(PgError::new("42809", "cannot specify storage parameters for a partitioned table"));
        }
        options::check(run, options::Owner::Table, &relation.options)?;
    }
    relation.tablespace = options::tablespace(run, create.tablespace.as_ref())?;
    if let Some(method) = &create.access_method {
        options::access_method(run, method, true)?;
    }
    let is_like = |element: &TableElement| matches!(element, TableElement::Like { .. });
    if create.foreign_server.is_some() && run.version() < 18 && create.elements.iter().any(is_like) {
        return Err(PgError::new("0A000", "LIKE is not supported for creating foreign tables"));
    }
    if let Some(server) = &create.foreign_server {
        plain::named(run, ObjectKind::Server, &QualifiedName::bare(server))?;
    }
    run.schema.insert_relation(relation);

    if let Some((parent, bound)) = &create.partition_of {
        let parent = run.table(parent)?;
        partition::create_under(run, id, parent, bound)?;
    }
    let mut parents = Vec::new();
    for parent in &create.inherits {
        let parent = run.table(parent)?;
        run.lock(parent, LockMode::ShareUpdateExclusive);
        parents.push(parent);
    }
    let mut conflicting = inherit::from_parents(run, id, &parents, false)?;
    if let Some(of_type) = &create.of_type {
        crate::simulate::user_type::columns_of_type(run, id, of_type)?;
    }
    let listed_only = create.of_type.is_some() || create.partition_of.is_some();
    let mut named: Vec<&Name> = Vec::new();
    // Columns first, then the constraints: a key may name a column that is written below it.
    let mut constraints: Vec<ConstraintDefinition> = Vec::new();
    for element in &create.elements {
        match element {
            TableElement::Column(definition) => {
                let name = &definition.name;
                if named.contains(&name) {
                    let message = format!("column \"{name}\" specified more than once");
                    return Err(PgError::new("42701", message));
                }
                named.push(name);
                if definition.default.is_some() || definition.generated.is_some() {
                    conflicting.retain(|column| column != name);
                }
                let known = run.table_of(id)?.column(name);
                let inherited = known.is_some_and(|column| column.inherited && !column.local);
                if inherited || listed_only {
                    column::merge_into_inherited(run, id, definition)?;
                } else if known.is_some() {
                    let message = format!("column \"{name}\" specified more than once");
                    return Err(PgError::new("42701", message));
                } else {
                    column::append(run, id, definition)?;
                }
                constraints.extend(definition.constraints.iter().cloned());
            }
            TableElement::Constraint(definition) => constraints.push(definition.clone()),
            TableElement::Like { source, including } => like(run, id, source, *including)?,
        }
    }
    if let Some(name) = conflicting.first() {
        return Err(PgError::new("42611", format!("column \"{name}\" inherits conflicting default values"))
            .with_hint("To resolve the conflict, specify a default explicitly."));
    }
    for element in &create.elements {
        if let TableElement::Column(definition) = element {
            column::check_expressions(run, id, definition)?;
        }
    }
    if let Some(partition_by) = &create.partition_by {
        partition_key(run, id, partition_by)?;
    }
    // The order in which the server works: NOT NULL and CHECK, then keys, then foreign keys.
    sorted::sort_by_key(&mut constraints, |definition| constraint::order(&definition.kind));
    once(&mut constraints);
    for definition in &constraints {
        constraint::add(run, id, definition, constraint::Context::NewTable, false)?;
    }
    if let Some((parent, _)) = &create.partition_of {
        let parent = run.table(parent)?;
        partition::created_under(run, id, parent)?;
    }
    let what = match create.persistence {
        _ if create.foreign_server.is_some() => "foreign table",
        Persistence::Permanent if create.partition_by.is_some() => "partitioned table",
        Persistence::Permanent => "table",
        Persistence::Unlogged => "unlogged table",
        Persistence::Temporary => "temporary table",
    };
    run.change(format!("creates {what} {namespace}.{}", create.name.name));
    Ok(())
}

/// UNIQUE or PRIMARY KEY of the same columns twice makes one index. Source: `transformIndexConstraints`.
fn once(constraints: &mut Vec<ConstraintDefinition>) {
    let mut kept: Vec<ConstraintDefinition> = Vec::new();
    for definition in constraints.drain(..) {
        let key = |definition: &ConstraintDefinition| match &definition.kind {
            ConstraintKind::Unique(key) | ConstraintKind::PrimaryKey(key) if key.using_index.is_none() => {
                Some((key.clone(), definition.deferrable, definition.initially_deferred))
            }
            _ => None,
        };
        let twin = kept.iter_mut().find(|own| key(own).is_some() && key(own) == key(&definition));
        match twin {
            Some(twin) if matches!(definition.kind, ConstraintKind::Unique(_)) => {
                twin.name = twin.name.take().or(definition.name);
            }
            _ => kept.push(definition),
        }
    }
    *constraints = kept;
}

/// 42703, 42P17 and the like for a key that a table cannot be divided by. Source: `ComputePartitionAttrs`.
fn partition_key(run: &mut Run, id: Id, by: &PartitionBy) -> Result<(), PgError> {
    let refused = |message: String| Err(PgError::new("42P17", message));
    if by.strategy == PartitionStrategy::List && by.keys.len() > 1 {
        return refused("cannot use \"list\" partition strategy with more than one column".to_owned());
    }
    let method = if by.strategy == PartitionStrategy::Hash { "hash" } else { "btree" };
    for element in &by.keys {
        match &element.key {
            IndexKey::Column(name) => {
                if is_system_column(name) {
                    return refused(format!("cannot use system column \"{name}\" in partition key"));
                }
                let column = run.column(id, name).map_err(|error| {
                    PgError::new(
                        error.sqlstate,
                        format!("column \"{name}\" named in partition key does not exist"),
                    )
                })?;
                if column.generated.is_some() {
                    return refused("cannot use generated column in partition key".to_owned());
                }
                let mut key = constraint::plain_key(column.number);
                key.operator_class = element.operator_class.clone();
                index::has_operator_class(run, id, &key, method)?;
            }
            IndexKey::Expression(expression) => {
                run.expression_columns(id, &expression.node)?;
                let names = Names::Relation(id);
                let table = run.table_of(id)?;
                let is_generated =
                    |name: &Name| table.column(name).is_some_and(|own| own.generated.is_some());
                if expression.node.columns().iter().any(is_generated) {
                    return refused("cannot use generated column in partition key".to_owned());
                }
                let analysis = expression::analyzed(run, &expression.node, Place::PartitionKey, names)?;
                if matches!(expression.node, Node::Other { what: "ROW", .. }) {
                    let message = "partition key column 1 has pseudo-type record";
                    return Err(PgError::new("42P16", message));
                }
                if analysis.seen.volatility.0 != Volatility::Immutable {
                    let message = "functions in partition key expression must be marked IMMUTABLE";
                    return refused(message.to_owned());
                }
                if expression.node.columns().is_empty() {
                    return refused("cannot use constant expression as partition key".to_owned());
                }
            }
        }
    }
    Ok(())
}

/// A table from the columns that a query gives.
pub fn create_from_columns(
    run: &mut Run,
    namespace: Name,
    name: Name,
    persistence: Persistence,
    columns: Vec<(Name, DataType)>,
    rows: Rows,
) -> Result<Id, PgError> {
    let id = run.schema.fresh_id();
    let mut table = Table { next_column: 1, rows, ..Table::default() };
    for (column, data_type) in columns {
        if table.column(&column).is_some() {
            return Err(PgError::new("42701", format!("column \"{column}\" specified more than once")));
        }
        table.columns.push(new_column(table.next_column, column, data_type));
        table.next_column += 1;
    }
    let mut relation = new_relation(id, namespace, name, RelationKind::Table(Box::new(table)));
    relation.persistence = persistence;
    run.schema.insert_relation(relation);
    Ok(id)
}

/// LIKE: names, types and NOT NULL, and what INCLUDING adds.
fn like(run: &mut Run, id: Id, source: &QualifiedName, including: LikeOptions) -> Result<(), PgError> {
    if run.find_relation(source).is_none()
        && let Some(composite) = user_type::find(run, source)
        && let Some(TypeKind::Composite(attributes)) =
            run.schema.user_type(composite).map(|found| found.kind.clone())
    {
        return attributes.iter().try_for_each(|attribute| column::append(run, id, attribute).map(|_| ()));
    }
    let written = source;
    let source = run.relation(source)?;
    if source == id {
        return Err(no_relation(&unquoted(written)));
    }
    run.lock(source, LockMode::AccessShare);
    if run.is_assumed(source) {
        let name = run.schema.display_name(source);
        run.assume(format!("the columns of {name} are not known, so neither are those taken from it"));
        run.schema.change_relation(id, |relation| relation.origin = Origin::Assumed);
    }
    let model = match &run.get(source)?.kind {
        RelationKind::Table(table) => (**table).clone(),
        RelationKind::View(view) => {
            let open = !view.columns_known;
            let types = view.column_types.iter().cloned().chain(std::iter::repeat(DataType::unknown()));
            let columns: Vec<Column> = (1..)
                .zip(view.columns.iter().cloned().zip(types))
                .map(|(number, (name, data_type))| new_column(number, name, data_type))
                .collect();
            if open {
                run.schema.change_relation(id, |relation| relation.origin = Origin::Assumed);
            }
            Table { columns, ..Table::default() }
        }
        RelationKind::Index(_) | RelationKind::Sequence(_) => {
            let message = format!("relation \"{}\" is invalid in LIKE clause", run.get(source)?.name);
            return Err(PgError::new("42809", message));
        }
    };
    for from in &model.columns {
        let known = run.table_of(id)?.column(&from.name);
        if known.is_some_and(|known| known.local) {
            return Err(column_exists(&from.name, &run.get(id)?.name));
        }
        let merged = known.map(|known| known.number);
        let number = merged.unwrap_or(run.table_of(id)?.next_column);
        let mut column =
            Column { inherited: false, local: true, sequence: None, identity: None, ..from.clone() };
        column.number = number;
        let is_generated = from.generated.is_some();
        if !including.defaults || is_generated {
            column.default = None;
        }
        if !including.generated {
            column.generated = None;
        }
        if !including.storage {
            column.storage = None;
        }
        if !including.compression {
            column.compression = None;
        }
        column.statistics = None;
        column.options = Vec::new();
        if including.identity {
            column.identity = from.identity;
        }
        if merged.is_some() {
            inherit::merge_like(run, id, &column, including.storage)?;
            continue;
        }
        inherit::put_column(run, id, column);
        if including.identity && from.identity.is_some() {
            computed::identity_sequence(run, id, number, &Default::default())?;
            let model = from.sequence.and_then(|sequence| run.schema.relation(sequence)?.sequence().cloned());
            let made = run.table_of(id)?.numbered(number).and_then(|column| column.sequence);
            if let (Some(model), Some(made)) = (model, made) {
                run.schema.change_relation(made, |relation| {
                    relation.kind = RelationKind::Sequence(Box::new(Sequence {
                        data_type: Name::from("bigint"),
                        owned_by: Some((id, number)),
                        ..model
                    }));
                });
            }
        }
        let comment = run.schema.comments.get(&CommentTarget::Column(source, from.number)).cloned();
        if let Some(comment) = comment.filter(|_| including.comments) {
            run.schema.comments.insert(CommentTarget::Column(id, number), comment);
        }
    }
    let numbers = |run: &Run, old: &[i16]| -> Vec<i16> {
        let Ok(table) = run.table_of(id) else { return Vec::new() };
        old.iter().filter_map(|n| table.column(&model.column_name(*n)).map(|c| c.number)).collect()
    };
    for from in &model.constraints {
        let taken = match &from.kind {
            crate::schema::ConstraintKind::NotNull(_) => true,
            crate::schema::ConstraintKind::Check(..) => including.constraints,
            _ => false,
        };
        if !taken {
            continue;
        }
        let mut copy = from.clone();
        copy.inherited = false;
        copy.local = true;
        copy.kind = match &from.kind {
            crate::schema::ConstraintKind::NotNull(column) => match numbers(run, &[*column]).first() {
                Some(column) => crate::schema::ConstraintKind::NotNull(*column),
                None => continue,
            },
            crate::schema::ConstraintKind::Check(expression, columns) => {
                crate::schema::ConstraintKind::Check(expression.clone(), numbers(run, columns))
            }
            other => other.clone(),
        };
        let partitioned = run.table_of(id)?.is_partitioned();
        if copy.no_inherit && partitioned && matches!(copy.kind, crate::schema::ConstraintKind::Check(..)) {
            return Err(constraint::no_inherit_on_partitioned(&run.get(id)?.name));
        }
        let known = run.table_of(id)?.constraints.iter().any(|own| match copy.kind {
            crate::schema::ConstraintKind::NotNull(_) => own.kind == copy.kind,
            _ => own.name == copy.name,
        });
        if !known {
            let part = |id: Id| CommentTarget::Part(id, "constraint", from.name.clone());
            if let Some(comment) =
                run.schema.comments.get(&part(source)).cloned().filter(|_| including.comments)
            {
                run.schema.comments.insert(part(id), comment);
            }
            constraint::put(run, id, copy);
        }
    }
    if including.indexes {
        let indexes: Vec<_> = run
            .schema
            .indexes_of(source)
            .map(|(relation, index)| (relation.clone(), index.clone()))
            .collect();
        for (relation, index) in indexes {
            let mut copy = index.clone();
            copy.table = id;
            copy.parent = None;
            copy.keys = index
                .keys
                .iter()
                .map(|key| Key {
                    part: match &key.part {
                        KeyPart::Column(column) => {
                            KeyPart::Column(numbers(run, &[*column]).first().copied().unwrap_or(*column))
                        }
                        KeyPart::Expression(expression, columns) => {
                            KeyPart::Expression(expression.clone(), numbers(run, columns))
                        }
                    },
                    ..key.clone()
                })
                .collect();
            copy.include = numbers(run, &index.include);
            let kind = model.constraints.iter().find(|c| {
                c.kind.index().is_some_and(|i| run.schema.relation(i).and_then(|r| r.index()) == Some(&index))
            });
            let made = constraint::copy_index(run, id, copy, kind, "LIKE copies the index")?;
            let options = relation.options.clone();
            run.schema.change_relation(made, |relation| relation.options = options);
            if let Some(comment) = run
                .schema
                .comments
                .get(&CommentTarget::Object(relation.id))
                .cloned()
                .filter(|_| including.comments)
            {
                run.schema.comments.insert(CommentTarget::Object(made), comment);
            }
        }
    }
    if including.statistics {
        let models: Vec<(FullName, Statistics)> = run
            .schema
            .statistics
            .iter()
            .filter(|(_, own)| own.table == source)
            .map(|(key, own)| (key.clone(), own.clone()))
            .collect();
        for (key, statistics) in models {
            let columns = numbers(run, &statistics.columns);
            let copy = Statistics { table: id, columns, target: None, ..statistics };
            let made = metadata::put_statistics(run, copy)?;
            let comment = |key: &FullName| {
                CommentTarget::Other("statistics object", format!("{}.{}", key.0, key.1).into())
            };
            if let Some(text) =
                run.schema.comments.get(&comment(&key)).cloned().filter(|_| including.comments)
            {
                run.schema.comments.insert(comment(&made), text);
            }
        }
    }
    Ok(())
}
