//! Sequences.

use super::PgError;
use super::error::{no_column, wrong_kind};
use super::run::{Run, new_relation, unquoted};
use super::typing::resolve_type;
use crate::locks::LockMode;
use crate::schema::{Id, RelationKind, Sequence};
use crate::sql::command::{AlterSequence, CreateSequence, Persistence, SequenceOptions};
use crate::sql::{Name, QualifiedName, TypeName, name};

/// CREATE SEQUENCE.
pub(super) fn create(run: &mut Run, create: &CreateSequence) -> Result<(), PgError> {
    let namespace = run.creation_namespace(&create.name, create.persistence)?;
    if run.schema.relation_name_taken(&namespace, &create.name.name) && create.if_not_exists {
        run.change(format!("nothing: {namespace}.{} exists already", create.name.name));
        return Ok(());
    }
    if create.persistence == Persistence::Unlogged && run.version() < 15 {
        return Err(PgError::new("0A000", "unlogged sequences are not supported"));
    }
    run.name_is_free(&namespace, &create.name.name)?;
    type_exists(run, &create.options)?;
    let mut made = with_options(&create.options, None)?;
    if let Some(Some((table, column))) = &create.options.owned_by {
        made.owned_by = owner(run, &namespace, table, column)?;
    }
    let id = run.schema.fresh_id();
    let mut relation =
        new_relation(id, namespace.clone(), create.name.name.clone(), RelationKind::Sequence(Box::new(made)));
    relation.persistence = create.persistence;
    run.schema.insert_relation(relation);
    run.change(format!("creates sequence {namespace}.{}", create.name.name));
    Ok(())
}

/// The name of AS type as `format_type()` writes it.
fn integer_type(written: &TypeName) -> Name {
    match &*written.name.name {
        "int2" => name("smallint"),
        "int4" => name("integer"),
        "int8" => name("bigint"),
        other => name(other),
    }
}

/// The lowest and the highest value of an integer type.
fn range_of(data_type: &str) -> (i64, i64) {
    match data_type {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    }
}

/// A sequence with these options and the server's defaults for the others. 22023 when they contradict each other.
pub(super) fn with_options(options: &SequenceOptions, data_type: Option<Name>) -> Result<Sequence, PgError> {
    if let Some(refused) = options.refused {
        return Err(PgError::new("42601", refused));
    }
    let written = options.data_type.as_ref().map(integer_type);
    let data_type = written.or(data_type).unwrap_or_else(|| name("bigint"));
    if !matches!(&*data_type, "smallint" | "integer" | "bigint" | "unknown") {
        return Err(PgError::new("22023", "sequence type must be smallint, integer, or bigint"));
    }
    let (lowest, highest) = range_of(&data_type);
    let increment = options.increment.unwrap_or(1);
    if increment == 0 {
        return Err(PgError::new("22023", "INCREMENT must not be zero"));
    }
    let minimum = options.minimum.flatten().unwrap_or(if increment > 0 { 1 } else { lowest });
    let maximum = options.maximum.flatten().unwrap_or(if increment > 0 { highest } else { -1 });
    let refused = |message: String| Err(PgError::new("22023", message));
    for (word, bound) in [("MAXVALUE", maximum), ("MINVALUE", minimum)] {
        if bound < lowest || bound > highest {
            return refused(format!("{word} ({bound}) is out of range for sequence data type {data_type}"));
        }
    }
    if minimum >= maximum {
        return refused(format!("MINVALUE ({minimum}) must be less than MAXVALUE ({maximum})"));
    }
    let start = options.start.unwrap_or(if increment > 0 { minimum } else { maximum });
    for (word, value) in [("START", Some(start)), ("RESTART", options.restart.flatten())] {
        match value {
            Some(value) if value < minimum => {
                return refused(format!("{word} value ({value}) cannot be less than MINVALUE ({minimum})"));
            }
            Some(value) if value > maximum => {
                return refused(format!(
                    "{word} value ({value}) cannot be greater than MAXVALUE ({maximum})"
                ));
            }
            _ => {}
        }
    }
    if let Some(cache) = options.cache.filter(|cache| *cache <= 0) {
        return refused(format!("CACHE ({cache}) must be greater than zero"));
    }
    Ok(Sequence {
        data_type,
        start,
        increment,
        minimum,
        maximum,
        cache: options.cache.unwrap_or(1),
        cycle: options.cycle.unwrap_or(false),
        owned_by: None,
        identity: false,
    })
}

/// 42704 when AS names no type at all.
fn type_exists(run: &mut Run, options: &SequenceOptions) -> Result<(), PgError> {
    options.data_type.as_ref().map_or(Ok(()), |written| resolve_type(run, written).map(|_| ()))
}

/// OWNED BY: 42809 for what has no columns, 55000 in another schema; of a view the column is not followed.
fn owner(
    run: &mut Run,
    namespace: &Name,
    table: &QualifiedName,
    column: &Name,
) -> Result<Option<(Id, i16)>, PgError> {
    let table = run.relation(table)?;
    run.lock(table, LockMode::AccessShare);
    let relation = run.get(table)?;
    if matches!(relation.kind, RelationKind::Index(_) | RelationKind::Sequence(_)) {
        let message = format!("sequence cannot be owned by relation \"{}\"", relation.name);
        return Err(PgError::new("42809", message));
    }
    if relation.schema != *namespace {
        return Err(PgError::new("55000", "sequence must be in same schema as table it is linked to"));
    }
    match relation.view() {
        Some(view) if view.columns_known && !view.columns.contains(column) => {
            Err(no_column(column, &relation.name))
        }
        Some(_) => Ok(None),
        None => Ok(Some((table, run.column(table, column)?.number))),
    }
}

/// ALTER SEQUENCE.
pub(super) fn alter(run: &mut Run, alter: &AlterSequence) -> Result<(), PgError> {
    let Some(id) = run.find_relation(&alter.name) else {
        if alter.if_exists {
            return Ok(());
        }
        if run.server.world.presumes_objects() {
            run.assume(format!("sequence {} exists", unquoted(&alter.name)));
            run.change(format!("changes sequence {}", unquoted(&alter.name)));
            return Ok(());
        }
        return super::object::must_exist(run, &alter.name).map(|_| ());
    };
    if run.get(id)?.sequence().is_none() {
        return Err(wrong_kind(&run.get(id)?.name.clone(), "sequence"));
    }
    change(run, id, &alter.options)?;
    run.change(format!("changes sequence {}", run.schema.display_name(id)));
    Ok(())
}

/// Gives a sequence new options.
pub(super) fn change(run: &mut Run, id: Id, options: &SequenceOptions) -> Result<(), PgError> {
    type_exists(run, options)?;
    let Some(old) = run.get(id)?.sequence().cloned() else { return Ok(()) };
    // A bound that was the old type's own follows the new type.
    let keep = |written: Option<Option<i64>>, old_bound: i64, own: fn(&str) -> i64, new: Option<&Name>| match (
        written, new,
    ) {
        (Some(value), _) => Some(value),
        (None, Some(new)) if old_bound == own(&old.data_type) => Some(Some(own(new))),
        (None, _) => Some(Some(old_bound)),
    };
    let retyped = options.data_type.as_ref().map(integer_type);
    let merged = SequenceOptions {
        data_type: options.data_type.clone(),
        start: options.start.or(Some(old.start)),
        increment: options.increment.or(Some(old.increment)),
        minimum: keep(options.minimum, old.minimum, |name| range_of(name).0, retyped.as_ref()),
        maximum: keep(options.maximum, old.maximum, |name| range_of(name).1, retyped.as_ref()),
        restart: options.restart,
        refused: options.refused,
        cache: options.cache.or(Some(old.cache)),
        cycle: options.cycle.or(Some(old.cycle)),
        ..SequenceOptions::default()
    };
    let mut made = with_options(&merged, Some(old.data_type.clone()))?;
    made.owned_by = match &options.owned_by {
        None => old.owned_by,
        Some(_) if old.identity => {
            return Err(PgError::new("0A000", "cannot change ownership of identity sequence"));
        }
        Some(None) => None,
        Some(Some((table, column))) => {
            let namespace = run.get(id)?.schema.clone();
            owner(run, &namespace, table, column)?
        }
    };
    made.identity = old.identity;
    let owner = made.owned_by.filter(|_| options.owned_by.is_some());
    run.schema.change_relation(id, |relation| relation.kind = RelationKind::Sequence(Box::new(made)));
    if let Some((table, number)) = owner {
        become_serial(run, id, table, number);
    }
    Ok(())
}

/// A column that draws its default from the sequence it owns is what serial makes.
fn become_serial(run: &mut Run, sequence: Id, table: Id, number: i16) {
    let Some(found) = run.schema.relation(sequence).cloned() else { return };
    run.change_table(table, |table| {
        for column in &mut table.columns {
            let draws = column.default.as_ref().is_some_and(|default| found.drawn_by(default).is_some());
            if column.number == number && draws {
                column.sequence = Some(sequence);
            } else if column.sequence == Some(sequence) {
                column.sequence = None;
            }
        }
    });
}

/// The sequences that belong to a table's columns.
pub(super) fn owned_by(run: &Run, table: Id) -> Vec<Id> {
    run.schema
        .users_of(table)
        .filter(|r| r.sequence().is_some_and(|s| s.owned_by.is_some_and(|(owner, _)| owner == table)))
        .map(|r| r.id)
        .collect()
}
