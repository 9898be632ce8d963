//! FOREIGN KEY: what it references, and who is locked for it.

use super::{Context, change_constraint, named, plain, put, report};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{BaseType, Constraint, ConstraintKind, DataType, ForeignKey, Id, Index, Table};
use crate::simulate::analyze::{self, can_coerce, is_known};
use crate::simulate::run::{Run, is_system_column};
use crate::simulate::{PgError, WorkKind};
use crate::sorted;
use crate::sql::Name;
use crate::sql::command::{ConstraintDefinition, ForeignKeyAction, ForeignKeyDefinition, Persistence};

/// FOREIGN KEY: locks both tables, and looks every row up unless there can be none to look up.
pub(super) fn add_foreign_key(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    key: &ForeignKeyDefinition,
    context: Context,
    only: bool,
) -> Result<(), PgError> {
    let referenced = run.table(&key.references)?;
    run.lock(referenced, LockMode::ShareRowExclusive);
    if only && run.table_of(id)?.is_partitioned() {
        let (from, to) = (&run.get(id)?.name, &run.get(referenced)?.name);
        return Err(PgError::new(
            "42809",
            format!(
                "cannot use ONLY for foreign key on partitioned table \"{from}\" referencing relation \"{to}\""
            ),
        ));
    }
    persistence_fits(run, id, referenced)?;
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
    for column in key.columns.iter().chain(&key.referenced_columns) {
        if is_system_column(column) {
            return Err(PgError::new("0A000", "system columns cannot be used in foreign keys"));
        }
    }
    for column in &key.columns {
        let found = run.column(id, column).map_err(|error| {
            PgError::new(
                error.sqlstate,
                format!("column \"{column}\" referenced in foreign key constraint does not exist"),
            )
        })?;
        // A generated column cannot be set to anything.
        let sets = |action| matches!(action, ForeignKeyAction::SetNull | ForeignKeyAction::SetDefault);
        let event = match (key.on_update, key.on_delete) {
            _ if found.generated.is_none() => None,
            (ForeignKeyAction::Cascade, _) => Some("UPDATE"),
            (action, _) if sets(action) => Some("UPDATE"),
            (_, action) if sets(action) => Some("DELETE"),
            _ => None,
        };
        if let Some(event) = event {
            let message =
                format!("invalid ON {event} action for foreign key constraint containing generated column");
            return Err(PgError::new("42601", message));
        }
        columns.push(found.number);
    }
    let (referenced_columns, index) = referenced_key(run, referenced, key)?;
    period_fits(run, key, index)?;
    let by_key = |own: &&Constraint| own.kind.index().is_some() && own.kind.index() == index;
    if run.table_of(referenced)?.constraints.iter().find(by_key).is_some_and(|own| own.deferrable) {
        let message = format!(
            "cannot use a deferrable unique constraint for referenced table \"{}\"",
            run.get(referenced)?.name
        );
        return Err(PgError::new("55000", message));
    }
    if columns.len() != referenced_columns.len() {
        return Err(PgError::new(
            "42830",
            "number of referencing and referenced columns for foreign key disagree",
        ));
    }
    let part = naming::columns_part(key.columns.iter().map(|column| &**column));
    let constraint_name = named(run, id, definition, Some(&part), "fkey")?;
    let on_delete_columns = run.columns(id, &key.on_delete_columns)?;
    if let Some(column) = key.on_delete_columns.iter().find(|column| !key.columns.contains(column)) {
        let message =
            format!("column \"{column}\" referenced in ON DELETE SET action must be part of foreign key");
        return Err(PgError::new("42P10", message));
    }
    let made = ForeignKey {
        columns,
        references: referenced,
        referenced_columns,
        index,
        match_full: key.match_full,
        on_delete: key.on_delete,
        on_delete_columns,
        on_update: key.on_update,
        period: key.period,
    };
    all_comparable(run, id, &made, &constraint_name)?;
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
            if adopt_foreign_key(run, &table, child, constraint) {
                // What looked up the partition's rows there is not needed any more.
                if let ConstraintKind::ForeignKey(key) = &constraint.kind {
                    run.lock(key.references, LockMode::AccessExclusive);
                }
                continue;
            }
            let mut own = constraint.clone();
            own.inherited = true;
            own.local = false;
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
pub(in crate::simulate::table) fn same_columns(
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

/// PERIOD stands on both sides of a temporal foreign key, and nothing can follow what it references: 42830, 0A000.
fn period_fits(run: &Run, key: &ForeignKeyDefinition, index: Option<Id>) -> Result<(), PgError> {
    let found = index.and_then(|index| run.schema.relation(index)).and_then(|relation| relation.index());
    let referenced = match key.referenced_columns.is_empty() {
        true => found.map_or(key.period, Index::is_temporal),
        false => key.referenced_period,
    };
    let (has, lacks) = if key.period { ("referencing", "referenced") } else { ("referenced", "referencing") };
    if key.period != referenced {
        let message = format!("foreign key uses PERIOD on the {has} table but not the {lacks} table");
        return Err(PgError::new("42830", message));
    }
    let events = [("UPDATE", key.on_update), ("DELETE", key.on_delete)];
    match events.iter().find(|(_, action)| key.period && *action != ForeignKeyAction::NoAction) {
        Some((event, _)) => Err(PgError::new(
            "0A000",
            format!("unsupported ON {event} action for foreign key constraint using PERIOD"),
        )),
        None => Ok(()),
    }
}

/// `id`, which is what an unknown table's primary key most likely is.
fn assumed_key_column(run: &mut Run, referenced: Id) -> Result<i16, PgError> {
    run.column(referenced, "id").map(|column| column.number)
}

/// 42804 when a column of a foreign key cannot be compared with the one that it references.
pub(in crate::simulate::table) fn all_comparable(
    run: &Run,
    id: Id,
    key: &ForeignKey,
    name: &Name,
) -> Result<(), PgError> {
    let mut pairs = key.columns.iter().zip(&key.referenced_columns);
    pairs.try_for_each(|(from, to)| comparable(run, (id, *from), (key.references, *to), name))
}

/// Is there an equality operator between the two columns? 42804 when there surely is none.
pub(super) fn comparable(
    run: &Run,
    from: (Id, i16),
    to: (Id, i16),
    constraint: &Name,
) -> Result<(), PgError> {
    let of = |(table, number): (Id, i16)| run.table_of(table).ok().and_then(|t| t.numbered(number).cloned());
    let (Some(from), Some(to)) = (of(from), of(to)) else { return Ok(()) };
    let (a, b) = (run.schema.base_type(&from.data_type), run.schema.base_type(&to.data_type));
    let (a, b) = (DataType { modifiers: Vec::new(), ..a }, DataType { modifiers: Vec::new(), ..b });
    if !is_known(run, &a) || !is_known(run, &b) || !run.knows_all_operators() || a == b {
        return Ok(());
    }
    // The index of the referenced column compares with others of its family; else the value is cast.
    let compared = match b.base {
        _ if b.array => None,
        BaseType::BuiltIn("varchar") => Some(DataType::built_in("text")),
        BaseType::BuiltIn("cidr") => Some(DataType::built_in("inet")),
        BaseType::BuiltIn(_) | BaseType::Extension(_) => Some(b.clone()),
        _ => None,
    };
    let family = |data_type: &DataType| match data_type.base {
        BaseType::BuiltIn(name) if !data_type.array => {
            FAMILIES.iter().position(|family| family.contains(&name))
        }
        _ => None,
    };
    let shared = family(&a).is_some() && family(&a) == family(&b);
    if shared || compared.is_some_and(|compared| can_coerce(run, &a, &compared, analyze::Context::Implicit)) {
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

/// Types that share an operator family of btree: `pg_amop`.
const FAMILIES: &[&[&str]] = &[
    &["int2", "int4", "int8"],
    &["float4", "float8"],
    &["date", "timestamp", "timestamptz"],
    &["text", "varchar", "name"],
];

/// 42P16 when rows would reference some that do not live as long.
fn persistence_fits(run: &Run, id: Id, referenced: Id) -> Result<(), PgError> {
    let (own, other) = (run.get(id)?, run.get(referenced)?);
    let refused = |owners: &str, others: &str| {
        let message = format!("constraints on {owners} tables may reference only {others} tables");
        Err(PgError::new("42P16", message))
    };
    match (own.persistence, other.persistence) {
        _ if other.presumed || own.presumed => Ok(()),
        (Persistence::Permanent, Persistence::Permanent) => Ok(()),
        (Persistence::Permanent, _) => refused("permanent", "permanent"),
        (Persistence::Unlogged, Persistence::Temporary) => refused("unlogged", "permanent or unlogged"),
        (Persistence::Temporary, Persistence::Permanent | Persistence::Unlogged) => {
            refused("temporary", "temporary")
        }
        _ => Ok(()),
    }
}

/// The foreign key of a partition that says what its parent's says.
pub(super) fn same_foreign_key(run: &Run, parent: &Table, child: Id, model: &Constraint) -> Option<Name> {
    let ConstraintKind::ForeignKey(wanted) = &model.kind else { return None };
    let table = run.table_of(child).ok()?;
    let names = |table: &Table, numbers: &[i16]| -> Vec<Name> {
        numbers.iter().map(|number| table.column_name(*number)).collect()
    };
    let columns = names(parent, &wanted.columns);
    let found = table.constraints.iter().find(|own| match &own.kind {
        ConstraintKind::ForeignKey(key) => {
            key.references == wanted.references
                && key.referenced_columns == wanted.referenced_columns
                && names(table, &key.columns) == columns
                && (key.match_full, key.on_delete, key.on_update)
                    == (wanted.match_full, wanted.on_delete, wanted.on_update)
        }
        _ => false,
    })?;
    Some(found.name.clone())
}

/// A partition's own foreign key becomes its parent's, where it says the same.
pub(in crate::simulate::table) fn adopt_foreign_key(
    run: &mut Run,
    parent: &Table,
    child: Id,
    model: &Constraint,
) -> bool {
    let Some(name) = same_foreign_key(run, parent, child, model) else { return false };
    change_constraint(run, child, &name, |own| {
        own.inherited = true;
        own.local = false;
    });
    true
}
