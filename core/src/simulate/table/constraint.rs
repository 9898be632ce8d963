//! Constraints: added, validated, altered, dropped.

use super::{column, not_null};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{
    BaseType, Constraint, ConstraintKind, DataType, ForeignKey, Id, Index, Key, KeyPart, RelationKind, Table,
    TypeKind,
};
use crate::simulate::error::{constraint_exists, no_constraint, relation_exists, still_needed};
use crate::simulate::run::Run;
use crate::simulate::{PgError, WorkKind, index};
use crate::sorted;
use crate::sql::command::{
    Behavior, ConstraintDefinition, ConstraintKind as Written, ForeignKeyDefinition, KeyDefinition,
};
use crate::sql::{Name, name};

/// Where a constraint is written: that decides what the server does with rows already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// In CREATE TABLE: there are no rows.
    NewTable,
    /// At ADD COLUMN.
    NewColumn {
        /// With a DEFAULT, even `DEFAULT NULL`.
        has_default: bool,
    },
    /// ADD CONSTRAINT.
    Existing,
}

/// The order in which CREATE TABLE works its constraints off.
pub(super) fn order(kind: &Written) -> u8 {
    match kind {
        Written::PrimaryKey(_) => 1,
        Written::Unique(_) | Written::Exclude { .. } => 2,
        Written::NotNull { .. } => 0,
        Written::Check { .. } => 0,
        Written::ForeignKey(_) => 3,
    }
}

/// Adds one constraint to a table, and to what inherits from it.
pub(super) fn add(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    context: Context,
) -> Result<(), PgError> {
    if !definition.enforced && run.version() < 18 {
        return Err(PgError::new("42601", "syntax error at or near \"ENFORCED\"")
            .with_hint("NOT ENFORCED exists from PostgreSQL 18 on."));
    }
    match &definition.kind {
        Written::NotNull { column, no_inherit } => {
            not_null::add_constraint(run, id, definition, column, *no_inherit, context)
        }
        Written::Check { expression, no_inherit } => {
            let columns = run.expression_columns(id, &expression.node)?;
            let single = match columns.as_slice() {
                [only] => Some(run.table_of(id)?.column_name(*only)),
                _ => None,
            };
            if !expression.node.subqueries().is_empty() {
                return Err(PgError::new("0A000", "cannot use subquery in check constraint"));
            }
            let constraint_name = named(run, id, definition, single.as_deref(), "check")?;
            let constraint = Constraint {
                name: constraint_name.clone(),
                kind: ConstraintKind::Check(expression.clone(), columns),
                no_inherit: *no_inherit,
                ..plain(definition)
            };
            put(run, id, constraint.clone());
            if checks_rows(definition, context) {
                run.work(WorkKind::Scan, id, "the CHECK is checked on every row");
            }
            report(run, id, context, &constraint_name);
            if !no_inherit {
                for child in run.schema.children_of(id) {
                    inherit_check(run, child, definition, &constraint, context)?;
                }
            }
            Ok(())
        }
        Written::Unique(key) => add_key(run, id, definition, key, false, context),
        Written::PrimaryKey(key) => add_key(run, id, definition, key, true, context),
        Written::Exclude { method, elements, include, predicate } => {
            let mut keys = Vec::new();
            for (element, _) in elements {
                let key = index::key(run, id, element)?;
                index::has_operator_class(run, id, &key, method)?;
                keys.push(key);
            }
            let operators = elements.iter().map(|(_, operator)| operator.clone()).collect();
            let columns: Vec<Name> = index::key_names(run, id, &keys);
            let predicate = index::predicate(run, id, predicate.as_ref())?;
            let include = run.columns(id, include)?;
            let constraint_name = index_constraint_name(run, id, definition, &columns, "excl")?;
            let made = Index {
                table: id,
                unique: false,
                nulls_not_distinct: false,
                method: method.clone(),
                keys,
                include,
                predicate,
                valid: true,
                constraint: true,
                parent: None,
            };
            let index = index::insert(run, made, constraint_name.clone())?;
            put(
                run,
                id,
                Constraint {
                    name: constraint_name.clone(),
                    kind: ConstraintKind::Exclude(index, operators),
                    ..plain(definition)
                },
            );
            if context != Context::NewTable {
                run.work(WorkKind::BuildIndex, id, "the exclusion constraint's index is built");
            }
            report(run, id, context, &constraint_name);
            Ok(())
        }
        Written::ForeignKey(key) => add_foreign_key(run, id, definition, key, context),
    }
}

/// Does the server read the rows to see whether they fulfil a new CHECK?
fn checks_rows(definition: &ConstraintDefinition, context: Context) -> bool {
    !definition.not_valid && definition.enforced && context != Context::NewTable
}

fn inherit_check(
    run: &mut Run,
    child: Id,
    definition: &ConstraintDefinition,
    parent: &Constraint,
    context: Context,
) -> Result<(), PgError> {
    let ConstraintKind::Check(expression, _) = &parent.kind else { return Ok(()) };
    if run.table_of(child)?.constraint(&parent.name).is_none() {
        let columns = run.expression_columns(child, &expression.node)?;
        let kind = ConstraintKind::Check(expression.clone(), columns);
        put(run, child, Constraint { kind, inherited: true, ..parent.clone() });
        if checks_rows(definition, context) {
            run.work(WorkKind::Scan, child, "the CHECK is checked on every row");
        }
    }
    for below in run.schema.children_of(child) {
        inherit_check(run, below, definition, parent, context)?;
    }
    Ok(())
}

/// A constraint with the attributes that are written, to be completed.
pub(super) fn plain(definition: &ConstraintDefinition) -> Constraint {
    Constraint {
        name: name(""),
        kind: ConstraintKind::NotNull(0),
        validated: !definition.not_valid && definition.enforced,
        enforced: definition.enforced,
        deferrable: definition.deferrable,
        initially_deferred: definition.initially_deferred,
        no_inherit: false,
        inherited: false,
    }
}

/// Appends a constraint to a table.
pub(super) fn put(run: &mut Run, id: Id, constraint: Constraint) {
    run.change_table(id, |table| table.constraints.push(constraint));
}

/// One line for the reader, unless it is part of a new table.
pub(super) fn report(run: &mut Run, id: Id, context: Context, constraint: &Name) {
    if context != Context::NewTable {
        run.change(format!("adds constraint {constraint} on {}", run.schema.display_name(id)));
    }
}

/// The written name, which must be free on the table, or one made up.
pub(super) fn named(
    run: &Run,
    id: Id,
    definition: &ConstraintDefinition,
    column: Option<&str>,
    label: &str,
) -> Result<Name, PgError> {
    let table_name = run.get(id)?.name.clone();
    match &definition.name {
        Some(written) => match find(run, id, written) {
            Some(_) => Err(constraint_exists(written, &table_name)),
            None => Ok(written.clone()),
        },
        None => Ok(free_constraint_name(run, id, &table_name, column, label)),
    }
}

/// The constraint of that name, as the server's version knows it: NOT NULL has a name from 18 on.
pub(super) fn find<'r>(run: &'r Run, id: Id, written: &str) -> Option<&'r Constraint> {
    let names_not_null = run.version() >= 18;
    run.table_of(id)
        .ok()?
        .constraints
        .iter()
        .find(|c| *c.name == *written && (names_not_null || !matches!(c.kind, ConstraintKind::NotNull(_))))
}

/// A constraint name that no constraint of the same schema has.
pub(super) fn free_constraint_name(
    run: &Run,
    id: Id,
    table: &str,
    column: Option<&str>,
    label: &str,
) -> Name {
    let Some(namespace) = run.schema.relation(id).map(|relation| relation.schema.clone()) else {
        return name(table);
    };
    naming::free_name(table, column, label, |candidate| {
        run.schema
            .relations()
            .filter(|relation| relation.schema == namespace)
            .any(|relation| relation.table().is_some_and(|table| table.constraint(candidate).is_some()))
    })
}

/// The name of a constraint that is an index: it has to be free among relations.
fn index_constraint_name(
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
fn add_key(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    key: &KeyDefinition,
    primary: bool,
    context: Context,
) -> Result<(), PgError> {
    if primary && run.table_of(id)?.primary_key().is_some() {
        let table = &run.get(id)?.name;
        return Err(PgError::new(
            "42P16",
            format!("multiple primary keys for table \"{table}\" are not allowed"),
        ));
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
    partition_key_is_covered(run, id, &columns, if primary { "PRIMARY KEY" } else { "UNIQUE" })?;
    let include = run.columns(id, &key.include)?;
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
        valid: true,
        constraint: true,
        parent: None,
    };
    let index = index::insert(run, made, constraint_name.clone())?;
    let kind = if primary { ConstraintKind::PrimaryKey(index) } else { ConstraintKind::Unique(index) };
    put(run, id, Constraint { name: constraint_name.clone(), kind, validated: true, ..plain(definition) });
    if context != Context::NewTable {
        let reason = if primary {
            "the primary key's index is built"
        } else {
            "the unique constraint's index is built"
        };
        run.work(WorkKind::BuildIndex, id, reason);
    }
    if primary {
        for column in columns {
            primary_key_column(run, id, column, context)?;
        }
    }
    report(run, id, context, &constraint_name);
    Ok(())
}

/// A primary key makes its columns NOT NULL, which reads the rows unless they are already.
fn primary_key_column(run: &mut Run, id: Id, column: i16, context: Context) -> Result<(), PgError> {
    let found = run.table_of(id)?.numbered(column).cloned();
    if found.is_some_and(|column| !column.not_null) {
        if context == Context::Existing && !not_null::is_proven(run, id, column, &[]) {
            run.work(
                WorkKind::Scan,
                id,
                "the primary key's columns become NOT NULL, which is checked on every row",
            );
        }
        imply_not_null(run, id, column)?;
    }
    for child in run.schema.children_of(id) {
        let name = run.table_of(id)?.column_name(column);
        if let Some(own) = run.table_of(child)?.column(&name).map(|c| c.number) {
            primary_key_column(run, child, own, context)?;
        }
    }
    Ok(())
}

/// A key element that is just a column.
pub(super) fn plain_key(column: i16) -> Key {
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
fn key_using_index(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    written: &Name,
    primary: bool,
) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let (namespace, table_name) = (relation.schema.clone(), relation.name.clone());
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
    if index
        .keys
        .iter()
        .any(|key| key.descending || key.nulls_first == Some(true) || key.operator_class.is_some())
    {
        return refused(format!(
            "index \"{written}\" column number 1 does not have default sorting behavior"
        ));
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
            primary_key_column(run, id, column, Context::Existing)?;
        }
    }
    report(run, id, Context::Existing, &constraint_name);
    Ok(())
}

/// FOREIGN KEY: locks both tables, and looks every row up unless there can be none to look up.
fn add_foreign_key(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    key: &ForeignKeyDefinition,
    context: Context,
) -> Result<(), PgError> {
    let referenced = run.table(&key.references)?;
    run.lock(referenced, LockMode::ShareRowExclusive);
    if definition.not_valid && run.version() < 18 && run.table_of(id)?.is_partitioned() {
        let (from, to) = (run.get(id)?.name.clone(), run.get(referenced)?.name.clone());
        return Err(PgError::new(
            "42809",
            format!(
                "cannot add NOT VALID foreign key on partitioned table \"{from}\" referencing relation \"{to}\""
            ),
        ));
    }
    let mut columns = Vec::new();
    for column in &key.columns {
        let found = run.column(id, column).map_err(|error| {
            PgError::new(
                error.sqlstate,
                format!("column \"{column}\" referenced in foreign key constraint does not exist"),
            )
        })?;
        columns.push(found.number);
    }
    let (referenced_columns, index) = referenced_key(run, referenced, key)?;
    if columns.len() != referenced_columns.len() {
        return Err(PgError::new(
            "42830",
            "number of referencing and referenced columns for foreign key disagree",
        ));
    }
    let part = naming::columns_part(key.columns.iter().map(|column| &**column));
    let constraint_name = named(run, id, definition, Some(&part), "fkey")?;
    for (from, to) in columns.iter().zip(&referenced_columns) {
        comparable(run, (id, *from), (referenced, *to), &constraint_name)?;
    }
    let on_delete_columns = run.columns(id, &key.on_delete_columns)?;
    let made = ForeignKey {
        columns,
        references: referenced,
        referenced_columns,
        index,
        match_full: key.match_full,
        on_delete: key.on_delete,
        on_delete_columns,
        on_update: key.on_update,
    };
    let constraint = Constraint {
        name: constraint_name.clone(),
        kind: ConstraintKind::ForeignKey(Box::new(made)),
        ..plain(definition)
    };
    let validates = match context {
        Context::NewTable => false,
        Context::NewColumn { has_default } => has_default,
        Context::Existing => true,
    };
    let validates = validates && !definition.not_valid && definition.enforced;
    attach_foreign_key(run, id, &constraint, validates)?;
    for part in run.schema.descendants_of(referenced) {
        if run.table_of(referenced)?.is_partitioned() {
            run.lock(part, LockMode::ShareRowExclusive);
        }
    }
    report(run, id, context, &constraint_name);
    Ok(())
}

/// Puts a foreign key on a table, and on each partition of it.
fn attach_foreign_key(
    run: &mut Run,
    id: Id,
    constraint: &Constraint,
    validates: bool,
) -> Result<(), PgError> {
    put(run, id, constraint.clone());
    let table = run.table_of(id)?.clone();
    if table.is_partitioned() {
        for child in run.schema.children_of(id) {
            let mut own = constraint.clone();
            own.inherited = true;
            if let ConstraintKind::ForeignKey(key) = &mut own.kind {
                key.columns = same_columns(run, &table, child, &key.columns)?;
            }
            run.lock(child, LockMode::ShareRowExclusive);
            attach_foreign_key(run, child, &own, validates)?;
        }
    } else if validates {
        run.work(WorkKind::ValidateForeignKey, id, "every row is looked up in the referenced table");
    }
    Ok(())
}

/// The numbers that a child gives to columns of its parent.
pub(super) fn same_columns(
    run: &mut Run,
    parent: &Table,
    child: Id,
    columns: &[i16],
) -> Result<Vec<i16>, PgError> {
    columns
        .iter()
        .map(|number| run.column(child, &parent.column_name(*number)).map(|column| column.number))
        .collect()
}

/// The referenced columns and the unique index on them. 42830 when there is none.
fn referenced_key(
    run: &mut Run,
    referenced: Id,
    key: &ForeignKeyDefinition,
) -> Result<(Vec<i16>, Option<Id>), PgError> {
    let relation_name = run.get(referenced)?.name.clone();
    if key.referenced_columns.is_empty() {
        if let Some(index) = run.table_of(referenced)?.primary_key() {
            let columns = run.schema.relation(index).and_then(|r| r.index()).and_then(Index::key_columns);
            return Ok((columns.unwrap_or_default(), Some(index)));
        }
        if run.is_assumed(referenced) {
            run.assume(format!("{} has a primary key", run.schema.display_name(referenced)));
            let column = assumed_key_column(run, referenced)?;
            return Ok((vec![column; key.columns.len()], None));
        }
        return Err(PgError::new(
            "42704",
            format!("there is no primary key for referenced table \"{relation_name}\""),
        ));
    }
    let mut columns = Vec::new();
    for column in &key.referenced_columns {
        let found = run.column(referenced, column).map_err(|error| {
            PgError::new(
                error.sqlstate,
                format!("column \"{column}\" referenced in foreign key constraint does not exist"),
            )
        })?;
        columns.push(found.number);
    }
    let mut wanted = columns.clone();
    sorted::sort_by(&mut wanted, Ord::cmp);
    let index = run.schema.indexes_of(referenced).find_map(|(relation, index)| {
        let mut have = index.key_columns()?;
        sorted::sort_by(&mut have, Ord::cmp);
        (index.unique && index.predicate.is_none() && have == wanted).then_some(relation.id)
    });
    if index.is_none() && !run.is_assumed(referenced) {
        return Err(PgError::new(
            "42830",
            format!(
                "there is no unique constraint matching given keys for referenced table \"{relation_name}\""
            ),
        ));
    }
    Ok((columns, index))
}

/// `id`, which is what an unknown table's primary key most likely is.
fn assumed_key_column(run: &mut Run, referenced: Id) -> Result<i16, PgError> {
    run.column(referenced, "id").map(|column| column.number)
}

/// Is there an equality operator between the two columns? 42804 when there surely is none.
fn comparable(run: &Run, from: (Id, i16), to: (Id, i16), constraint: &Name) -> Result<(), PgError> {
    let of = |(table, number): (Id, i16)| run.table_of(table).ok().and_then(|t| t.numbered(number).cloned());
    let (Some(from), Some(to)) = (of(from), of(to)) else { return Ok(()) };
    let (a, b) = (run.schema.base_type(&from.data_type), run.schema.base_type(&to.data_type));
    let (Some(family_a), Some(family_b)) = (family(run, &a), family(run, &b)) else { return Ok(()) };
    if family_a == family_b && a.array == b.array {
        return Ok(());
    }
    Err(PgError::new("42804", format!("foreign key constraint \"{constraint}\" cannot be implemented"))
        .with_hint(format!(
            "Key columns \"{}\" and \"{}\" are of incompatible types: {} and {}.",
            from.name,
            to.name,
            run.schema.format_type(&from.data_type),
            run.schema.format_type(&to.data_type)
        )))
}

/// Types that compare with each other by `=` share a family; none when it is not known.
fn family(run: &Run, data_type: &DataType) -> Option<String> {
    match &data_type.base {
        BaseType::BuiltIn("int2" | "int4" | "int8" | "numeric" | "float4" | "float8") => {
            Some("number".to_owned())
        }
        BaseType::BuiltIn("text" | "varchar" | "name" | "bpchar") => Some("string".to_owned()),
        BaseType::BuiltIn("date" | "timestamp" | "timestamptz") => Some("moment".to_owned()),
        BaseType::BuiltIn("inet" | "cidr") => Some("address".to_owned()),
        BaseType::BuiltIn(name) => Some((*name).to_owned()),
        BaseType::User(id) => {
            run.schema.user_type(*id).filter(|t| t.kind != TypeKind::Unknown).map(|t| t.sql_name())
        }
        BaseType::Extension(_) | BaseType::Row(_) | BaseType::Unknown => None,
    }
}

/// VALIDATE CONSTRAINT.
pub(super) fn validate(run: &mut Run, id: Id, written: &Name) -> Result<(), PgError> {
    let relation_name = run.get(id)?.name.clone();
    let Some(constraint) = find(run, id, written).cloned() else {
        if run.is_assumed(id) {
            run.assume(format!("constraint {written} on {} exists, not valid", run.schema.display_name(id)));
            run.work(WorkKind::Scan, id, "the constraint is checked on every row");
            return Ok(());
        }
        return Err(no_constraint(written, &relation_name));
    };
    if !matches!(
        constraint.kind,
        ConstraintKind::Check(..) | ConstraintKind::ForeignKey(_) | ConstraintKind::NotNull(_)
    ) {
        let message = format!("cannot validate constraint \"{written}\" of relation \"{relation_name}\"");
        return Err(PgError::new("42809", message));
    }
    if !constraint.enforced {
        return Err(PgError::new("42809", "cannot validate NOT ENFORCED constraint"));
    }
    if constraint.validated {
        run.change(format!("nothing: {written} is valid already"));
        return Ok(());
    }
    let mut everywhere = vec![id];
    everywhere.extend(run.schema.descendants_of(id));
    for table in everywhere {
        let has_it = find(run, table, written).is_some_and(|own| !own.validated);
        if !has_it {
            continue;
        }
        match &constraint.kind {
            ConstraintKind::ForeignKey(key) => {
                run.lock(key.references, LockMode::RowShare);
                for part in run.schema.descendants_of(key.references) {
                    run.lock(part, LockMode::AccessShare);
                }
                run.work(
                    WorkKind::ValidateForeignKey,
                    table,
                    "every row is looked up in the referenced table",
                );
            }
            _ => run.work(WorkKind::Scan, table, "the constraint is checked on every row"),
        }
        run.change_table(table, |table| {
            for own in table.constraints.iter_mut().filter(|own| own.name == *written) {
                own.validated = true;
            }
        });
    }
    run.change(format!("validates constraint {written} on {}", run.schema.display_name(id)));
    Ok(())
}

/// ALTER CONSTRAINT.
pub(super) fn alter(
    run: &mut Run,
    id: Id,
    written: &Name,
    deferrability: Option<(bool, bool)>,
    enforced: Option<bool>,
    no_inherit: Option<bool>,
) -> Result<(), PgError> {
    let relation_name = run.get(id)?.name.clone();
    let Some(constraint) = find(run, id, written).cloned() else {
        if run.is_assumed(id) {
            return Ok(());
        }
        return Err(no_constraint(written, &relation_name));
    };
    let is_foreign_key = matches!(constraint.kind, ConstraintKind::ForeignKey(_));
    if (deferrability.is_some() || enforced.is_some()) && !is_foreign_key {
        let message = format!(
            "constraint \"{written}\" of relation \"{relation_name}\" is not a foreign key constraint"
        );
        return Err(PgError::new("42809", message));
    }
    if let ConstraintKind::ForeignKey(key) = &constraint.kind {
        if enforced == Some(true) && !constraint.enforced {
            run.lock(key.references, LockMode::ShareRowExclusive);
            run.work(WorkKind::ValidateForeignKey, id, "every row is looked up in the referenced table");
        } else if enforced == Some(false) {
            run.lock(key.references, LockMode::AccessExclusive);
        }
    }
    run.change_table(id, |table| {
        for own in table.constraints.iter_mut().filter(|own| own.name == *written) {
            if let Some((deferrable, initially_deferred)) = deferrability {
                own.deferrable = deferrable;
                own.initially_deferred = initially_deferred;
            }
            if let Some(enforced) = enforced {
                own.enforced = enforced;
                own.validated = enforced;
            }
            own.no_inherit = no_inherit.unwrap_or(own.no_inherit);
        }
    });
    run.change(format!("alters constraint {written} on {}", run.schema.display_name(id)));
    Ok(())
}

/// DROP CONSTRAINT. 42704 when there is none, 2BP01 when a foreign key needs it.
pub(super) fn drop(
    run: &mut Run,
    id: Id,
    written: &Name,
    if_exists: bool,
    behavior: Behavior,
) -> Result<(), PgError> {
    let relation_name = run.get(id)?.name.clone();
    let Some(constraint) = find(run, id, written).cloned() else {
        let shown = run.schema.display_name(id);
        if run.is_assumed(id) {
            run.change(format!("drops constraint {written} on {shown}"));
            run.assume(format!("constraint {written} on {shown} exists"));
            return Ok(());
        }
        if if_exists {
            run.change(format!("nothing: there is no constraint {written} on {shown}"));
            return Ok(());
        }
        return Err(no_constraint(written, &relation_name));
    };
    if constraint.inherited {
        let message =
            format!("cannot drop inherited constraint \"{written}\" of relation \"{relation_name}\"");
        return Err(PgError::new("42P16", message));
    }
    if let Some(index) = constraint.kind.index() {
        let needing: Vec<_> = run
            .schema
            .references_to(id)
            .into_iter()
            .filter(|(_, c)| matches!(&c.kind, ConstraintKind::ForeignKey(key) if key.index == Some(index)))
            .collect();
        if behavior == Behavior::Restrict && !needing.is_empty() {
            let lines: Vec<_> = needing
                .iter()
                .map(|(on, c)| {
                    format!("constraint {} on table {} depends on index {written}", c.name, on.name)
                })
                .collect();
            let what = format!("constraint {written} on table {relation_name}");
            return Err(still_needed(&what, &lines));
        }
        for (on, foreign_key) in needing {
            run.lock(on.id, LockMode::AccessExclusive);
            remove_constraint(run, on.id, &foreign_key.name)?;
        }
    }
    if let ConstraintKind::NotNull(column) = constraint.kind
        && column::in_primary_key(run, id, column)
    {
        let column = run.table_of(id)?.column_name(column);
        return Err(PgError::new("42P16", format!("column \"{column}\" is in a primary key")));
    }
    remove_constraint(run, id, written)?;
    for child in run.schema.descendants_of(id) {
        if find(run, child, written).is_some_and(|own| own.inherited) {
            remove_constraint(run, child, written)?;
        }
    }
    run.change(format!("drops constraint {written} on {}", run.schema.display_name(id)));
    Ok(())
}

/// Takes a constraint out, with its index. A foreign key's other table is locked like its own.
pub(in crate::simulate) fn remove_constraint(run: &mut Run, id: Id, written: &Name) -> Result<(), PgError> {
    let Some(constraint) = run.table_of(id)?.constraint(written).cloned() else { return Ok(()) };
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => run.lock(key.references, LockMode::AccessExclusive),
        ConstraintKind::NotNull(column) => {
            let column = *column;
            run.change_table(id, |table| {
                if let Some(found) = table.columns.iter_mut().find(|c| c.number == column) {
                    found.not_null = false;
                }
            });
        }
        ConstraintKind::Check(..) => {}
        ConstraintKind::Unique(index)
        | ConstraintKind::PrimaryKey(index)
        | ConstraintKind::Exclude(index, _) => {
            index::remove(run, *index);
        }
    }
    run.change_table(id, |table| table.constraints.retain(|own| own.name != *written));
    run.schema.forget(|target| {
        matches!(target, crate::schema::CommentTarget::Part(on, "constraint", name) if *on == id && name == written)
    });
    Ok(())
}

/// A column that something else makes NOT NULL: a primary key, serial, identity.
pub(super) fn imply_not_null(run: &mut Run, id: Id, number: i16) -> Result<(), PgError> {
    let table_name = run.get(id)?.name.clone();
    let column = run.table_of(id)?.column_name(number);
    let has_one = run.table_of(id)?.constraints.iter().any(|c| c.kind == ConstraintKind::NotNull(number));
    if !has_one {
        let constraint_name = free_constraint_name(run, id, &table_name, Some(&column), "not_null");
        put(
            run,
            id,
            Constraint {
                name: constraint_name,
                kind: ConstraintKind::NotNull(number),
                validated: true,
                enforced: true,
                deferrable: false,
                initially_deferred: false,
                no_inherit: false,
                inherited: false,
            },
        );
    }
    run.change_table(id, |table| {
        if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
            column.not_null = true;
        }
    });
    Ok(())
}

/// A copy of another table's index, with the constraint it backs there.
pub(super) fn copy_index(
    run: &mut Run,
    id: Id,
    mut copy: Index,
    constraint: Option<&Constraint>,
) -> Result<(), PgError> {
    let (namespace, table_name) = {
        let relation = run.get(id)?;
        (relation.schema.clone(), relation.name.clone())
    };
    let columns = index::key_names(run, id, &copy.keys);
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
        put(run, id, Constraint { name: made_name, kind, inherited: false, ..model.clone() });
    }
    Ok(())
}
