//! Columns: added, dropped, and their defaults.

use super::computed::{IDENTITY_TYPE, check_generation, identity_sequence, numbers, serial_sequence};
use super::constraint::{self, Context};
use super::{inherit, not_null, retype};
use crate::locks::LockMode;
use crate::schema::{BaseType, Column, ConstraintKind, DataType, Id, Part, TypeKind};
use crate::simulate::analyze::{self, Names};
use crate::simulate::error::{column_exists, no_column, still_needed};
use crate::simulate::expression::{self, Place};
use crate::simulate::object;
use crate::simulate::run::{Run, is_system_column, new_column};
use crate::simulate::typing::{holds_row_of, resolve_type, serial_type, unknown_functions};
use crate::simulate::{PgError, WorkKind, called, inline, plain};
use crate::sql::command::{Behavior, ColumnDefinition, ObjectKind};
use crate::sql::{Expression, Name};

/// Puts a column behind the others, without its constraints; serial and identity bring their sequence.
pub(super) fn append(run: &mut Run, id: Id, definition: &ColumnDefinition) -> Result<Column, PgError> {
    let table_name = run.get(id)?.name.clone();
    if is_system_column(&definition.name) {
        let message = format!("column name \"{}\" conflicts with a system column name", definition.name);
        return Err(PgError::new("42701", message));
    }
    let Some(type_name) = &definition.type_name else {
        return Err(no_column(&definition.name, &table_name));
    };
    let serial = serial_type(type_name);
    let data_type = match serial {
        Some(base) => DataType::built_in(base),
        None => resolve_type(run, type_name)?,
    };
    if definition.storage.is_some() && run.version() < 16 {
        return Err(PgError::new("42601", "syntax error at or near \"STORAGE\"")
            .with_hint("STORAGE in a column's definition exists from PostgreSQL 16 on."));
    }
    stores(run, definition, &data_type)?;
    not_itself(run, id, &data_type)?;
    if let Some(collation) = &definition.collation {
        plain::named(run, ObjectKind::Collation, collation)?;
    }
    let number = run.table_of(id)?.next_column;
    let default = definition.default.clone().filter(|default| is_kept(run, default, &data_type));
    let mut column = new_column(number, definition.name.clone(), data_type);
    column.collation = definition.collation.clone();
    column.default = default;
    column.generated = definition.generated.as_ref().map(|g| (g.expression.clone(), g.stored));
    column.storage = definition.storage.as_ref().and_then(unless_default);
    column.compression = definition.compression.as_ref().and_then(unless_default);
    column.not_null = serial.is_some() || definition.identity.is_some();
    column.identity = definition.identity.as_ref().map(|identity| identity.always);
    if column.generated.as_ref().is_some_and(|(_, stored)| !stored) && run.version() < 18 {
        return Err(PgError::new("42601", "syntax error at or near \")\"")
            .with_hint("Virtual generated columns exist from PostgreSQL 18 on; write STORED."));
    }
    inherit::put_column(run, id, column);
    if serial.is_some() {
        serial_sequence(run, id, number)?;
    }
    if let Some(identity) = &definition.identity {
        identity_sequence(run, id, number, &identity.options)?;
    }
    if serial.is_some() || definition.identity.is_some() {
        not_null::imply(run, id, number)?;
    }
    run.table_of(id)?.numbered(number).cloned().ok_or_else(|| no_column(&definition.name, "?"))
}

/// 42P16 for a table that would hold rows of itself.
pub(super) fn not_itself(run: &mut Run, id: Id, data_type: &DataType) -> Result<(), PgError> {
    if holds_row_of(run, data_type, id) {
        let message = format!("composite type {} cannot be made a member of itself", run.get(id)?.name);
        return Err(PgError::new("42P16", message));
    }
    Ok(())
}

/// What a column of this type cannot be: 42601, 42804, 0A000, 22023.
fn stores(run: &Run, definition: &ColumnDefinition, data_type: &DataType) -> Result<(), PgError> {
    let name = &definition.name;
    let (generated, identity) = (definition.generated.is_some(), definition.identity.is_some());
    let serial = definition.type_name.as_ref().is_some_and(|written| serial_type(written).is_some());
    if definition.explicit_null && (identity || serial || definition.not_null()) {
        let message = format!("conflicting NULL/NOT NULL declarations for column \"{name}\"");
        return Err(PgError::new("42601", message));
    }
    if serial && definition.default.is_some() {
        return Err(PgError::new(
            "42601",
            format!("multiple default values specified for column \"{name}\""),
        ));
    }
    let both = match (definition.default.is_some() || serial, generated, identity) {
        (true, true, _) => Some("default and generation expression"),
        (true, _, true) => Some("default and identity"),
        (_, true, true) => Some("identity and generation expression"),
        _ => None,
    };
    if let Some(both) = both {
        return Err(PgError::new("42601", format!("both {both} specified for column \"{name}\"")));
    }
    let base = run.schema.base_type(data_type);
    let BaseType::BuiltIn(known) = base.base else { return Ok(()) };
    let shown = run.schema.format_type(&base);
    let polymorphic = known.starts_with("any") && known != "anyarray";
    if polymorphic
        || matches!(known, "unknown" | "record" | "void" | "trigger" | "event_trigger" | "internal")
    {
        return Err(PgError::new("42P16", format!("column \"{name}\" has pseudo-type {shown}")));
    }
    let string = matches!(known, "text" | "varchar" | "bpchar" | "name");
    if definition.collation.is_some() && !string && is_fixed(known) {
        return Err(PgError::new("42804", format!("collations are not supported by type {shown}")));
    }
    if identity && !numbers(run, &base) {
        return Err(PgError::new("22023", IDENTITY_TYPE));
    }
    storage_fits(&base, &shown, definition.storage.as_ref())?;
    compression_fits(&base, &shown, definition.compression.as_ref())
}

/// Types of a fixed width: neither stored out of line nor compressed.
fn is_fixed(known: &str) -> bool {
    matches!(
        known,
        "bool"
            | "int2"
            | "int4"
            | "int8"
            | "float4"
            | "float8"
            | "oid"
            | "date"
            | "time"
            | "timetz"
            | "timestamp"
            | "timestamptz"
            | "interval"
            | "uuid"
            | "money"
            | "macaddr"
            | "macaddr8"
            | "point"
            | "name"
    )
}

/// A storage or compression, unless that is DEFAULT.
pub(super) fn unless_default(written: &Name) -> Option<Name> {
    (!written.eq_ignore_ascii_case("default")).then(|| written.clone())
}

/// A storage, unless it is the one that values of the type have anyway.
pub(super) fn unless_usual(data_type: &DataType, written: &Name) -> Option<Name> {
    let usual = match &data_type.base {
        _ if data_type.array => "extended",
        BaseType::BuiltIn("text" | "varchar" | "bpchar" | "json" | "jsonb" | "xml" | "bytea") => "extended",
        BaseType::BuiltIn("numeric" | "inet" | "cidr") => "main",
        BaseType::BuiltIn(known) if is_fixed(known) => "plain",
        _ => "default",
    };
    unless_default(written).filter(|written| !written.eq_ignore_ascii_case(usual))
}

/// 0A000 for a storage that only longer types have.
pub(super) fn storage_fits(base: &DataType, shown: &str, storage: Option<&Name>) -> Result<(), PgError> {
    let Some(storage) = storage else { return Ok(()) };
    let plain_only = !base.array && matches!(base.base, BaseType::BuiltIn(known) if is_fixed(known));
    match storage.to_ascii_lowercase().as_str() {
        "plain" | "default" => Ok(()),
        "external" | "extended" | "main" if plain_only => {
            Err(PgError::new("0A000", format!("column data type {shown} can only have storage PLAIN")))
        }
        "external" | "extended" | "main" => Ok(()),
        other => Err(PgError::new("22023", format!("invalid storage type \"{other}\""))),
    }
}

/// 0A000 for a type that is never compressed, 22023 for an unknown method.
pub(super) fn compression_fits(base: &DataType, shown: &str, method: Option<&Name>) -> Result<(), PgError> {
    let Some(method) = method else { return Ok(()) };
    if &**method == "default" {
        return Ok(());
    }
    if !base.array && matches!(base.base, BaseType::BuiltIn(known) if is_fixed(known)) {
        return Err(PgError::new("0A000", format!("column data type {shown} does not support compression")));
    }
    if !matches!(&**method, "pglz" | "lz4") {
        return Err(PgError::new("22023", format!("invalid compression method \"{method}\"")));
    }
    Ok(())
}

/// DEFAULT and GENERATED once all columns are there: 0A000, 42803, 42703, 42P17 for what they may not hold.
pub(super) fn check_expressions(run: &mut Run, id: Id, definition: &ColumnDefinition) -> Result<(), PgError> {
    let data_type = run.table_of(id)?.column(&definition.name).map(|column| column.data_type.clone());
    let data_type = data_type.unwrap_or_else(DataType::unknown);
    if let Some(default) = &definition.default {
        check_default(run, &definition.name, &data_type, default)?;
    }
    match &definition.generated {
        Some(generated) => {
            let (expression, stored) = (&generated.expression, generated.stored);
            check_generation(run, id, &definition.name, &data_type, expression, stored)
        }
        None => Ok(()),
    }
}

/// What DEFAULT may not hold, and what the column cannot.
pub(super) fn check_default(
    run: &mut Run,
    name: &Name,
    data_type: &DataType,
    default: &Expression,
) -> Result<(), PgError> {
    expression::value_for(run, &default.node, Place::Default, Names::Nothing, name, data_type)
        .map(|_| ())
        .map_err(|error| match error.sqlstate {
            "42804" => error.with_hint("You will need to rewrite or cast the expression."),
            _ => error,
        })
}

/// Does the catalog keep this default? NULL only where the column's type makes an expression of it: by a length or
/// precision (an interval's excepted), or as a domain.
fn is_kept(run: &Run, default: &Expression, data_type: &DataType) -> bool {
    let is_domain = match data_type.base {
        BaseType::User(id) => {
            run.schema.user_type(id).is_some_and(|own| matches!(own.kind, TypeKind::Domain(_)))
        }
        _ => false,
    };
    let has_length = !data_type.modifiers.is_empty() && data_type.base != BaseType::BuiltIn("interval");
    !default.node.is_null() || is_domain || has_length
}

/// A column list element of a partition or child that names an inherited column.
pub(super) fn merge_into_inherited(
    run: &mut Run,
    id: Id,
    definition: &ColumnDefinition,
) -> Result<(), PgError> {
    let table = run.table_of(id)?;
    let of = match (&definition.identity, &definition.generated) {
        (Some(_), _) if table.bound.is_some() => Some(("identity", "partitions")),
        (Some(_), _) if table.of_type.is_some() => Some(("identity", "typed tables")),
        (_, Some(_)) if table.of_type.is_some() => Some(("generated", "typed tables")),
        _ => None,
    };
    if let Some((what, of)) = of {
        return Err(PgError::new("0A000", format!("{what} columns are not supported on {of}")));
    }
    let inherited = run.column(id, &definition.name).map_err(|error| {
        PgError::new(error.sqlstate, format!("column \"{}\" does not exist", definition.name))
    })?;
    let own = match &definition.type_name {
        None => inherited.clone(),
        Some(type_name) => {
            let data_type = match serial_type(type_name) {
                Some(base) => DataType::built_in(base),
                None => resolve_type(run, type_name)?,
            };
            stores(run, definition, &data_type)?;
            Column {
                collation: definition.collation.clone(),
                storage: definition.storage.clone(),
                ..new_column(0, definition.name.clone(), data_type)
            }
        }
    };
    inherit::merge_column(run, id, definition, &own)?;
    if let Some(identity) = &definition.identity {
        let always = identity.always;
        run.change_table(id, |table| {
            if let Some(column) = table.column_mut(&definition.name) {
                column.identity = Some(always);
            }
        });
        identity_sequence(run, id, inherited.number, &identity.options)?;
        not_null::imply(run, id, inherited.number)?;
    }
    Ok(())
}

/// ADD COLUMN on a table and all that inherit from it. 42701 when it is there.
pub(super) fn add(
    run: &mut Run,
    id: Id,
    definition: &ColumnDefinition,
    if_not_exists: bool,
    only: bool,
) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let refused = |message: &str| Err(PgError::new("42809", message));
    if run.table_of(id)?.of_type.is_some() {
        return refused("cannot add column to typed table");
    }
    if run.table_of(id)?.bound.is_some() {
        return refused("cannot add column to a partition");
    }
    let (relation_name, shown) = (relation.name.clone(), relation.display_name());
    if run.table_of(id)?.column(&definition.name).is_some_and(|c| c.origin != crate::schema::Origin::Assumed)
    {
        if if_not_exists {
            run.change(format!("nothing: column {shown}.{} exists already", definition.name));
            return Ok(());
        }
        return Err(column_exists(&definition.name, &relation_name));
    }
    // What an earlier statement used cannot be added now; if it was only assumed, the assumption was about this one.
    run.change_table(id, |table| table.columns.retain(|column| column.name != definition.name));
    let has_children = !run.schema.children_of(id).is_empty();
    if has_children && definition.identity.is_some() && !run.table_of(id)?.is_partitioned() {
        let message = "cannot recursively add identity column to table that has child tables";
        return Err(PgError::new("42P16", message));
    }
    let is_filled = definition.default.is_some() || definition.generated.is_some();
    if is_filled || definition.identity.is_some() {
        retype::row_type_is_unused(run, id)?;
    }
    let column = append(run, id, definition)?;
    check_expressions(run, id, definition)?;
    if only && has_children {
        return Err(PgError::new("42P16", "column must be added to child tables too"));
    }
    work_of_new_column(run, id, definition, &column);
    run.change(format!("adds column {shown}.{}", definition.name));
    add_to_children(run, id, &column)?;
    for own in &definition.constraints {
        let context = Context::NewColumn { has_default: definition.default.is_some() };
        constraint::add(run, id, own, context, false)?;
    }
    Ok(())
}

/// The children get the column too, or have it and then it must be alike: 42804, 42P21.
fn add_to_children(run: &mut Run, id: Id, column: &Column) -> Result<(), PgError> {
    let partitioned = run.table_of(id)?.is_partitioned();
    for child in run.schema.children_of(id) {
        run.lock(child, LockMode::AccessExclusive);
        if run.table_of(child)?.column(&column.name).is_some() {
            inherit::merge_added(run, child, column)?;
            continue;
        }
        let identity = if partitioned { column.identity } else { None };
        let copy = Column { inherited: true, local: false, sequence: None, identity, ..column.clone() };
        inherit::put_column(run, child, copy);
        add_to_children(run, child, column)?;
    }
    not_null::give_children(run, id, column.number, false, false)
}

/// What ADD COLUMN does to the rows: `ATExecAddColumn` in `tablecmds.c`.
fn work_of_new_column(run: &mut Run, id: Id, definition: &ColumnDefinition, column: &Column) {
    let volatile = definition
        .default
        .as_ref()
        .filter(|default| inline::is_volatile(run, &default.node))
        .map(|default| unknown_functions(run, &default.node));
    if let Some([first, ..]) = volatile.as_deref() {
        run.assume(format!("function {first} is volatile, as functions are unless they say otherwise"));
    }
    if let Some(default) = &definition.default
        && let Ok(analysis) = analyze::expression(run, &default.node, Names::Nothing)
    {
        called::run_all(run, &analysis.used.functions);
    }
    let mut everywhere = vec![id];
    everywhere.extend(run.schema.children_of(id));
    let reason = match &column.generated {
        Some((_, true)) => Some("a stored generated column is computed for every row"),
        Some((_, false)) => None,
        None if column.identity.is_some() => Some("an identity column is numbered row by row"),
        None if column.sequence.is_some() => Some("a serial column is numbered row by row"),
        None if volatile.is_some() => Some("the default is volatile, so every row gets its own value"),
        None if run.schema.has_domain_constraints(&column.data_type) => {
            Some("the domain's constraints are checked for every row")
        }
        None => None,
    };
    for table in everywhere {
        match reason {
            Some(reason) => run.rewrite(table, reason),
            None => {
                let default_is_value = definition.default.as_ref().is_some_and(|d| !d.node.is_null());
                if definition.not_null() && !default_is_value {
                    run.work(WorkKind::Scan, table, "NOT NULL without a default is checked on every row");
                }
            }
        }
    }
}

/// DROP COLUMN. 42703 when there is none, 2BP01 when something else needs it.
pub(super) fn drop(
    run: &mut Run,
    id: Id,
    name: &Name,
    if_exists: bool,
    behavior: Behavior,
    only: bool,
) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let shown = relation.display_name();
    if run.table_of(id)?.of_type.is_some() {
        return Err(PgError::new("42809", "cannot drop column from typed table"));
    }
    if is_system_column(name) {
        return Err(PgError::new("0A000", format!("cannot drop system column \"{name}\"")));
    }
    let known = relation.table().is_some_and(|table| table.column(name).is_some());
    let is_missing = !run.is_assumed(id) || run.schema.is_part_gone(id, Part::Column, name);
    if if_exists && !known && is_missing {
        run.change(format!("nothing: there is no column {shown}.{name}"));
        return Ok(());
    }
    let column = run.column(id, name)?;
    if column.inherited {
        return Err(PgError::new("42P16", format!("cannot drop inherited column \"{name}\"")));
    }
    not_in_partition_key(run, id, name, "drop")?;
    if only && run.table_of(id)?.is_partitioned() && !run.schema.children_of(id).is_empty() {
        let message = "cannot drop column from only the partitioned table when partitions exist";
        return Err(PgError::new("42P16", message));
    }
    let mut dependants = object::column_dependants(run, id, &column);
    let computed: Vec<Column> = match run.version() {
        ..15 => run.table_of(id)?.columns.iter().filter(|own| own.is_generated_from(name)).cloned().collect(),
        _ => Vec::new(),
    };
    for own in &computed {
        dependants.extend(object::column_dependants(run, id, own));
    }
    for child in inherit::losing_column(run, id, name, only) {
        let column = run.column(child, name)?;
        dependants.extend(object::column_dependants(run, child, &column));
    }
    if !dependants.is_empty() && behavior == Behavior::Restrict {
        let lines: Vec<_> = dependants.iter().map(|d| d.describe(run)).collect();
        let what = format!("column {name} of table {}", run.get(id)?.name);
        return Err(still_needed(&what, &lines));
    }
    for dependant in dependants {
        object::remove_dependant(run, dependant)?;
    }
    for own in computed.iter().chain([&column]) {
        remove_column(run, id, own.number)?;
        run.change(format!("drops column {shown}.{}", own.name));
        inherit::lose_column(run, id, &own.name, only)?;
    }
    Ok(())
}

/// 42P16 when the column is in the partition key of the table, or of one that has it from there.
pub(super) fn not_in_partition_key(run: &Run, id: Id, name: &Name, verb: &str) -> Result<(), PgError> {
    for table in std::iter::once(id).chain(run.schema.descendants_of(id)) {
        if run.table_of(table)?.partition_by.as_ref().is_some_and(|by| partition_key_uses(by, name)) {
            let relation = &run.get(table)?.name;
            return Err(PgError::new(
                "42P16",
                format!(
                    "cannot {verb} column \"{name}\" because it is part of the partition key of relation \"{relation}\""
                ),
            ));
        }
    }
    Ok(())
}

/// Is the column in the partition key?
pub(in crate::simulate) fn partition_key_uses(by: &crate::sql::command::PartitionBy, column: &Name) -> bool {
    by.keys.iter().any(|element| match &element.key {
        crate::sql::command::IndexKey::Column(name) => name == column,
        crate::sql::command::IndexKey::Expression(expression) => expression.node.columns().contains(column),
    })
}

/// Takes a column out with what belongs to it alone: its constraints, indexes, sequence, statistics.
pub fn remove_column(run: &mut Run, id: Id, number: i16) -> Result<(), PgError> {
    let indexes: Vec<Id> = run
        .schema
        .indexes_of(id)
        .filter(|(_, index)| index.uses(number))
        .map(|(relation, _)| relation.id)
        .collect();
    let table = run.table_of(id)?.clone();
    if let Some(column) = table.numbered(number) {
        run.schema.note_part_gone(id, Part::Column, &column.name);
    }
    for own in &table.constraints {
        let by_index = own.kind.index().is_some_and(|index| indexes.contains(&index));
        if by_index || own.kind.own_columns().contains(&number) {
            constraint::remove_constraint(run, id, &own.name)?;
        }
    }
    for index in indexes {
        run.schema.remove_relation(index);
    }
    if let Some(sequence) = table.numbered(number).and_then(|column| column.sequence) {
        run.schema.remove_relation(sequence);
    }
    let owned: Vec<Id> = run
        .schema
        .users_of(id)
        .filter(|r| r.sequence().is_some_and(|s| s.owned_by == Some((id, number))))
        .map(|r| r.id)
        .collect();
    for sequence in owned {
        run.schema.remove_relation(sequence);
    }
    let name = run.table_of(id)?.column_name(number);
    run.schema.remove_statistics(|_, own| {
        let in_expression =
            || own.expressions.iter().any(|expression| expression.node.columns().contains(&name));
        own.table == id && (own.columns.contains(&number) || in_expression())
    });
    run.change_table(id, |table| {
        table.columns.retain(|column| column.number != number);
        table.triggers.retain(|trigger| !trigger.columns.contains(&number));
    });
    run.schema.forget(
        |target| matches!(target, crate::schema::CommentTarget::Column(on, n) if *on == id && *n == number),
    );
    Ok(())
}

/// SET DEFAULT and DROP DEFAULT.
pub(super) fn set_default(
    run: &mut Run,
    id: Id,
    name: &Name,
    default: Option<&Expression>,
    only: bool,
) -> Result<(), PgError> {
    let column = run.column(id, name)?;
    let relation = run.get(id)?.name.clone();
    if column.generated.is_some() {
        return Err(PgError::new(
            "42601",
            format!("column \"{name}\" of relation \"{relation}\" is a generated column"),
        ));
    }
    if column.identity.is_some() {
        return Err(PgError::new(
            "42601",
            format!("column \"{name}\" of relation \"{relation}\" is an identity column"),
        ));
    }
    if let Some(default) = default {
        check_default(run, name, &column.data_type, default)?;
    }
    let shown = run.get(id)?.display_name();
    let mut everywhere = vec![id];
    if !only {
        everywhere.extend(run.schema.descendants_of(id));
    }
    for table in everywhere {
        let data_type = run.column(table, name)?.data_type.clone();
        let value = default.filter(|default| is_kept(run, default, &data_type)).cloned();
        run.change_table(table, |table| {
            if let Some(column) = table.column_mut(name) {
                column.default = value;
            }
        });
    }
    run.change(match default {
        Some(default) => format!("sets the default of {shown}.{name} to {}", default.sql),
        None => format!("drops the default of {shown}.{name}"),
    });
    Ok(())
}

/// Is the column's table one whose primary key covers it?
pub(super) fn in_primary_key(run: &Run, id: Id, number: i16) -> bool {
    let Ok(table) = run.table_of(id) else { return false };
    table.constraints.iter().any(|constraint| match constraint.kind {
        ConstraintKind::PrimaryKey(index) => {
            run.schema.relation(index).and_then(|r| r.index()).is_some_and(|index| index.uses(number))
        }
        _ => false,
    })
}
