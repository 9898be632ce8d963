//! Keys: UNIQUE, PRIMARY KEY and EXCLUDE, each with the index behind it.

use super::{Context, find, plain, put, report};
use crate::schema::naming;
use crate::schema::{
    BaseType, Constraint, ConstraintKind, Id, Index, Key, KeyPart, RelationKind, Table, TypeKind,
};
use crate::simulate::error::{constraint_exists, relation_exists};
use crate::simulate::run::Run;
use crate::simulate::table::{not_null, partition};
use crate::simulate::{PgError, WorkKind, index, options};
use crate::sql::command::{ConstraintDefinition, KeyDefinition};
use crate::sql::{Name, name};

/// The name of a constraint that is an index: it has to be free among relations.
pub(super) fn index_constraint_name(
    run: &Run,
    id: Id,
    definition: &ConstraintDefinition,
    columns: &[Name],
    label: &str,
) -> Result<Name, PgError> {
    let relation = run.get(id)?;
    let namespace = relation.schema.clone();
    match &definition.name {
        Some(written) if run.schema.relation_name_taken(&namespace, written) => Err(relation_exists(written)),
        Some(written) => match find(run, id, written) {
            Some(_) => Err(constraint_exists(written, &relation.name)),
            None => Ok(written.clone()),
        },
        None => {
            let part = naming::columns_part(columns.iter().map(|column| &**column));
            let middle = if label == "pkey" { None } else { Some(part.as_str()) };
            Ok(naming::free_name(&relation.name, middle, label, |candidate| {
                run.schema.relation_name_taken(&namespace, candidate)
                    || run.table_of(id).is_ok_and(|table| table.constraint(candidate).is_some())
            }))
        }
    }
}

/// UNIQUE and PRIMARY KEY, also USING INDEX.
pub(super) fn add_key(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    key: &KeyDefinition,
    primary: bool,
    context: Context,
    only: bool,
) -> Result<(), PgError> {
    if key.nulls_not_distinct && run.version() < 15 {
        return Err(PgError::new("42601", "syntax error at or near \"NULLS\"")
            .with_hint("NULLS NOT DISTINCT exists from PostgreSQL 15 on."));
    }
    for column in &key.columns {
        let found = run.table_of(id)?.column(column);
        if found.is_some_and(|column| matches!(column.generated, Some((_, false)))) {
            let what = if primary { "primary keys" } else { "unique constraints" };
            let message = format!("{what} on virtual generated columns are not supported");
            return Err(PgError::new("0A000", message));
        }
    }
    if let Some(written) = &key.using_index {
        return key_using_index(run, id, definition, written, primary);
    }
    let mut columns = Vec::new();
    for column in &key.columns {
        match run.column(id, column) {
            Ok(found) if columns.contains(&found.number) => {
                let what = if primary { "primary key" } else { "unique" };
                return Err(PgError::new(
                    "42701",
                    format!("column \"{column}\" appears twice in {what} constraint"),
                ));
            }
            Ok(found) => columns.push(found.number),
            Err(_) => {
                return Err(PgError::new(
                    "42703",
                    format!("column \"{column}\" named in key does not exist"),
                ));
            }
        }
    }
    if primary {
        single_primary_key(run, id)?;
    }
    if key.without_overlaps {
        without_overlaps(run, id, &columns)?;
    }
    partition_key_is_covered(run, id, &columns, if primary { "PRIMARY KEY" } else { "UNIQUE" })?;
    let include = run.columns(id, &key.include)?;
    let is_partitioned = run.table_of(id)?.is_partitioned();
    let has_children = !run.schema.children_of(id).is_empty();
    // The name comes first: making the columns NOT NULL must not take it.
    let label = if primary { "pkey" } else { "key" };
    let mut named_columns = key.columns.clone();
    named_columns.extend(key.include.iter().cloned());
    let constraint_name = index_constraint_name(run, id, definition, &named_columns, label)?;
    let made = Index {
        table: id,
        unique: true,
        nulls_not_distinct: key.nulls_not_distinct,
        method: name(if key.without_overlaps { "gist" } else { "btree" }),
        keys: columns.iter().map(|column| plain_key(*column)).collect(),
        include,
        predicate: None,
        valid: !(only && is_partitioned && has_children),
        constraint: true,
        parent: None,
    };
    let index = index::insert(run, made, constraint_name.clone())?;
    options::check(run, options::Owner::Index("btree"), &key.options)?;
    let (options, tablespace) = (key.options.clone(), options::tablespace(run, key.tablespace.as_ref())?);
    run.schema.change_relation(index, |relation| {
        relation.options = options;
        relation.tablespace = tablespace;
    });
    let kind = if primary { ConstraintKind::PrimaryKey(index) } else { ConstraintKind::Unique(index) };
    put(run, id, Constraint { name: constraint_name.clone(), kind, validated: true, ..plain(definition) });
    if primary {
        for column in columns {
            primary_key_column(run, id, column, context, only)?;
        }
    }
    let reason =
        if primary { "the primary key's index is built" } else { "the unique constraint's index is built" };
    if !only {
        partition::spread_index(run, index, reason)?;
    }
    if !is_partitioned {
        run.work(WorkKind::BuildIndex, id, reason);
    }
    report(run, id, context, &constraint_name);
    Ok(())
}

/// A key WITHOUT OVERLAPS: of several columns (42601), the last of which is a range (42804), all in GiST (42704).
fn without_overlaps(run: &Run, id: Id, columns: &[i16]) -> Result<(), PgError> {
    if run.version() < 18 {
        return Err(PgError::new("42601", "syntax error at or near \"WITHOUT\"")
            .with_hint("WITHOUT OVERLAPS exists from PostgreSQL 18 on."));
    }
    let [.., _, last] = columns else {
        return Err(PgError::new("42601", "constraint using WITHOUT OVERLAPS needs at least two columns"));
    };
    let table = run.table_of(id)?;
    if let Some(column) = table.numbered(*last) {
        let base = run.schema.base_type(&column.data_type);
        let is_range = !base.array
            && match base.base {
                BaseType::BuiltIn(known) => known.ends_with("range"),
                BaseType::User(id) => run.schema.user_type(id).is_none_or(|found| {
                    matches!(found.kind, TypeKind::Range(_) | TypeKind::Multirange(_) | TypeKind::Unknown)
                }),
                BaseType::Extension(_) | BaseType::Row(_) => false,
                BaseType::Unknown => true,
            };
        if !is_range {
            let message =
                format!("column \"{}\" in WITHOUT OVERLAPS is not a range or multirange type", column.name);
            return Err(PgError::new("42804", message));
        }
    }
    columns.iter().try_for_each(|column| index::has_operator_class(run, id, &plain_key(*column), "gist"))
}

/// Does a primary key make a column NOT NULL that was not? Children of another kind than partitions are asked always.
pub(in crate::simulate::table) fn sets_not_null(run: &Run, id: Id, key: &KeyDefinition) -> bool {
    let Ok(table) = run.table_of(id) else { return false };
    let nullable = |name: &Name| table.column(name).is_some_and(|column| !column.not_null);
    let by_index = || {
        let relation = run.schema.relation(id)?;
        let index = run.schema.relation_named(&relation.schema, key.using_index.as_ref()?)?.index()?;
        let columns = index.key_columns()?;
        Some(columns.iter().any(|own| table.numbered(*own).is_some_and(|column| !column.not_null)))
    };
    !table.is_partitioned() || key.columns.iter().any(nullable) || by_index() == Some(true)
}

/// A primary key makes its columns NOT NULL, which reads the rows unless they are already.
fn primary_key_column(
    run: &mut Run,
    id: Id,
    column: i16,
    context: Context,
    only: bool,
) -> Result<(), PgError> {
    let table = run.table_of(id)?;
    let found = table.numbered(column).cloned();
    let is_not_null = |own: &&Constraint| own.kind == ConstraintKind::NotNull(column);
    if let Some(own) = table.constraints.iter().find(is_not_null).cloned() {
        if context == Context::NewTable && own.no_inherit {
            let message = format!(
                "conflicting NO INHERIT declarations for not-null constraints on column \"{}\"",
                run.table_of(id)?.column_name(column)
            );
            return Err(PgError::new("42601", message));
        }
        if context == Context::NewTable {
            not_null::declare(run, id, &own, None)?;
        } else if run.version() >= 18 && (own.no_inherit || !own.validated) {
            let why = if own.no_inherit { "NO INHERIT" } else { "NOT VALID" };
            let (column, table) = (run.table_of(id)?.column_name(column), &run.get(id)?.name);
            return Err(PgError::new("55000", format!("cannot create primary key on column \"{column}\""))
                .with_hint(format!(
                    "The constraint \"{}\" on column \"{column}\" of table \"{table}\", marked {why}, is incompatible with a primary key.",
                    own.name
                )));
        }
    }
    if found.is_some_and(|column| !column.not_null) {
        let has_rows = !run.table_of(id)?.is_partitioned();
        if context == Context::Existing && has_rows && !not_null::is_proven(run, id, column, &[]) {
            run.work(
                WorkKind::Scan,
                id,
                "the primary key's columns become NOT NULL, which is checked on every row",
            );
        }
        not_null::imply(run, id, column)?;
    }
    if only && run.version() >= 18 {
        let name = run.table_of(id)?.column_name(column);
        for child in run.schema.children_of(id) {
            if run.table_of(child)?.column(&name).is_some_and(|own| !own.not_null) {
                let child = &run.get(child)?.name;
                let message = format!("column \"{name}\" of table \"{child}\" is not marked NOT NULL");
                return Err(PgError::new("42P16", message));
            }
        }
        return Ok(());
    }
    not_null::give_children(run, id, column, false, context == Context::Existing)
}

/// A key element that is just a column.
pub(in crate::simulate) fn plain_key(column: i16) -> Key {
    Key {
        part: KeyPart::Column(column),
        collation: None,
        operator_class: None,
        descending: false,
        nulls_first: None,
    }
}

/// A unique key of a partitioned table has to hold every column of the partition key.
pub(in crate::simulate) fn partition_key_is_covered(
    run: &Run,
    id: Id,
    columns: &[i16],
    what: &str,
) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let Some(Table { partition_by: Some(by), .. }) = relation.table() else { return Ok(()) };
    for element in &by.keys {
        let crate::sql::command::IndexKey::Column(column) = &element.key else {
            return Err(PgError::new(
                "0A000",
                format!("unsupported {what} constraint with partition key definition"),
            )
            .with_hint(format!(
                "{what} constraints cannot be used when partition keys include expressions."
            )));
        };
        let number = relation.table().and_then(|table| table.column(column)).map(|column| column.number);
        if number.is_some_and(|number| !columns.contains(&number)) {
            return Err(PgError::new("0A000", "unique constraint on partitioned table must include all partitioning columns")
                .with_hint(format!(
                    "{what} constraint on table \"{}\" lacks column \"{column}\" which is part of the partition key.",
                    relation.name
                )));
        }
    }
    Ok(())
}

/// ADD UNIQUE / PRIMARY KEY USING INDEX: nothing is built, the index takes the constraint's name.
pub(super) fn key_using_index(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    written: &Name,
    primary: bool,
) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let (namespace, table_name) = (relation.schema.clone(), relation.name.clone());
    if run.table_of(id)?.is_partitioned() {
        let message = "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables";
        return Err(PgError::new("0A000", message));
    }
    let found = run.schema.relation_named(&namespace, written).cloned();
    let Some(found) = found else {
        if run.is_assumed(id) && run.server.world.presumes_objects() {
            run.assume(format!(
                "index {written} on {} exists, unique and valid",
                run.schema.display_name(id)
            ));
            let constraint_name = definition.name.clone().unwrap_or_else(|| written.clone());
            report(run, id, Context::Existing, &constraint_name);
            return Ok(());
        }
        return Err(PgError::new("42704", format!("index \"{written}\" does not exist")));
    };
    let Some(index) = found.index().filter(|index| index.table == id) else {
        return Err(PgError::new(
            "55000",
            format!("index \"{written}\" does not belong to table \"{table_name}\""),
        ));
    };
    if index.constraint {
        return Err(PgError::new(
            "55000",
            format!("index \"{written}\" is already associated with a constraint"),
        ));
    }
    let refused = |message: String| {
        Err(PgError::new("42809", message)
            .with_hint("Cannot create a primary key or unique constraint using such an index."))
    };
    if !index.valid {
        return Err(PgError::new("55000", format!("index \"{written}\" is not valid")));
    }
    if !index.unique {
        return refused(format!("\"{written}\" is not a unique index"));
    }
    if index.predicate.is_some() {
        return refused(format!("\"{written}\" is a partial index"));
    }
    let Some(columns) = index.key_columns() else {
        return refused(format!("index \"{written}\" contains expressions"));
    };
    if &*index.method != "btree" {
        return Err(PgError::new("42809", format!("index \"{written}\" is not a btree")));
    }
    if index.keys.iter().any(|key| {
        let own = |number: i16| run.table_of(id).ok().and_then(|table| table.numbered(number));
        let of_column = match key.part {
            KeyPart::Column(number) => own(number).and_then(|column| column.collation.clone()),
            KeyPart::Expression(..) => None,
        };
        key.descending
            || key.nulls_first == Some(true)
            || key.operator_class.is_some()
            || key.collation.as_ref().is_some_and(|own| Some(own) != of_column.as_ref())
    }) {
        return refused(format!(
            "index \"{written}\" column number 1 does not have default sorting behavior"
        ));
    }
    if primary && index.nulls_not_distinct {
        return Err(PgError::new("42P16", "primary keys cannot use NULLS NOT DISTINCT indexes"));
    }
    if primary {
        single_primary_key(run, id)?;
    }
    let index_id = found.id;
    let constraint_name = definition.name.clone().unwrap_or_else(|| written.clone());
    if constraint_name != *written {
        run.name_is_free(&namespace, &constraint_name)?;
        run.schema.rename_relation(index_id, namespace, constraint_name.clone());
    }
    run.schema.change_relation(index_id, |relation| {
        if let RelationKind::Index(index) = &mut relation.kind {
            index.constraint = true;
        }
    });
    let kind = if primary { ConstraintKind::PrimaryKey(index_id) } else { ConstraintKind::Unique(index_id) };
    put(run, id, Constraint { name: constraint_name.clone(), kind, validated: true, ..plain(definition) });
    if primary {
        for column in columns {
            primary_key_column(run, id, column, Context::Existing, false)?;
        }
    }
    report(run, id, Context::Existing, &constraint_name);
    Ok(())
}

/// A copy of another table's index, with the constraint it backs there.
pub(in crate::simulate::table) fn copy_index(
    run: &mut Run,
    id: Id,
    mut copy: Index,
    constraint: Option<&Constraint>,
    reason: &str,
) -> Result<Id, PgError> {
    let (namespace, table_name) = {
        let relation = run.get(id)?;
        (relation.schema.clone(), relation.name.clone())
    };
    if matches!(constraint.map(|c| &c.kind), Some(ConstraintKind::PrimaryKey(_))) {
        single_primary_key(run, id)?;
    }
    if copy.unique {
        let what = match constraint.map(|c| &c.kind) {
            Some(ConstraintKind::PrimaryKey(_)) => "PRIMARY KEY",
            _ => "UNIQUE",
        };
        partition_key_is_covered(run, id, &copy.key_columns().unwrap_or_default(), what)?;
    }
    let mut columns = index::key_names(run, id, &copy.keys);
    columns.extend(
        copy.include
            .iter()
            .map(|column| run.table_of(id).map(|t| t.column_name(*column)).unwrap_or_else(|_| name("?"))),
    );
    let part = naming::columns_part(columns.iter().map(|column| &**column));
    let (label, middle) = match constraint.map(|c| &c.kind) {
        Some(ConstraintKind::PrimaryKey(_)) => ("pkey", None),
        Some(ConstraintKind::Exclude(..)) => ("excl", Some(part.as_str())),
        Some(_) => ("key", Some(part.as_str())),
        None => ("idx", Some(part.as_str())),
    };
    let made_name = naming::free_name(&table_name, middle, label, |candidate| {
        run.schema.relation_name_taken(&namespace, candidate)
    });
    copy.constraint = constraint.is_some();
    let made = index::insert(run, copy, made_name.clone())?;
    if let Some(model) = constraint {
        let kind = match &model.kind {
            ConstraintKind::PrimaryKey(_) => ConstraintKind::PrimaryKey(made),
            ConstraintKind::Exclude(_, operators) => ConstraintKind::Exclude(made, operators.clone()),
            _ => ConstraintKind::Unique(made),
        };
        put(run, id, Constraint { name: made_name, kind, inherited: false, local: true, ..model.clone() });
    }
    partition::spread_index(run, made, reason)?;
    Ok(made)
}

/// 42P16 when the table has a primary key.
fn single_primary_key(run: &Run, id: Id) -> Result<(), PgError> {
    if run.table_of(id)?.primary_key().is_none() {
        return Ok(());
    }
    let table = &run.get(id)?.name;
    Err(PgError::new("42P16", format!("multiple primary keys for table \"{table}\" are not allowed")))
}
