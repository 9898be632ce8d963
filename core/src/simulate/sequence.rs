//! Sequences.

use super::PgError;
use super::error::{no_column, wrong_kind};
use super::run::{Run, new_relation, unquoted};
use crate::locks::LockMode;
use crate::schema::{Id, RelationKind, Sequence};
use crate::sql::command::{AlterSequence, CreateSequence, SequenceOptions};
use crate::sql::{Name, QualifiedName, name};

/// CREATE SEQUENCE.
pub(super) fn create(run: &mut Run, create: &CreateSequence) -> Result<(), PgError> {
    let namespace = run.creation_namespace(&create.name, create.persistence)?;
    if run.schema.relation_name_taken(&namespace, &create.name.name) && create.if_not_exists {
        run.change(format!("nothing: {namespace}.{} exists already", create.name.name));
        return Ok(());
    }
    run.name_is_free(&namespace, &create.name.name)?;
    let mut made = with_options(&create.options, None)?;
    if let Some(Some((table, column))) = &create.options.owned_by {
        let owner = owner(run, table, column)?;
        run.lock(owner.0, LockMode::AccessShare);
        made.owned_by = Some(owner);
    }
    let id = run.schema.fresh_id();
    let mut relation =
        new_relation(id, namespace.clone(), create.name.name.clone(), RelationKind::Sequence(Box::new(made)));
    relation.persistence = create.persistence;
    run.schema.insert_relation(relation);
    run.change(format!("creates sequence {namespace}.{}", create.name.name));
    Ok(())
}

/// A sequence with these options and the server's defaults for the others. 22023 when they contradict each other.
pub(super) fn with_options(options: &SequenceOptions, data_type: Option<Name>) -> Result<Sequence, PgError> {
    let written = options.data_type.as_ref().map(|t| match &*t.name.name {
        "int2" => name("smallint"),
        "int4" => name("integer"),
        "int8" => name("bigint"),
        other => name(other),
    });
    let data_type = written.or(data_type).unwrap_or_else(|| name("bigint"));
    let (lowest, highest) = match &*data_type {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        "bigint" | "unknown" => (i64::MIN, i64::MAX),
        _ => return Err(PgError::new("22023", "sequence type must be smallint, integer, or bigint")),
    };
    let increment = options.increment.unwrap_or(1);
    if increment == 0 {
        return Err(PgError::new("22023", "INCREMENT must not be zero"));
    }
    let minimum = options.minimum.flatten().unwrap_or(if increment > 0 { 1 } else { lowest });
    let maximum = options.maximum.flatten().unwrap_or(if increment > 0 { highest } else { -1 });
    for (word, value) in [("MINVALUE", minimum), ("MAXVALUE", maximum)] {
        if !(lowest..=highest).contains(&value) {
            let message = format!("{word} ({value}) is out of range for sequence data type {data_type}");
            return Err(PgError::new("22023", message));
        }
    }
    if options.cache.is_some_and(|cache| cache <= 0) {
        let message = format!("CACHE ({}) must be greater than zero", options.cache.unwrap_or_default());
        return Err(PgError::new("22023", message));
    }
    if minimum >= maximum {
        return Err(PgError::new(
            "22023",
            format!("MINVALUE ({minimum}) must be less than MAXVALUE ({maximum})"),
        ));
    }
    let start = options.start.unwrap_or(if increment > 0 { minimum } else { maximum });
    if start < minimum {
        return Err(PgError::new(
            "22023",
            format!("START value ({start}) cannot be less than MINVALUE ({minimum})"),
        ));
    }
    if start > maximum {
        return Err(PgError::new(
            "22023",
            format!("START value ({start}) cannot be greater than MAXVALUE ({maximum})"),
        ));
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

fn owner(run: &mut Run, table: &QualifiedName, column: &Name) -> Result<(Id, i16), PgError> {
    let table = run.table(table)?;
    let found = run.column(table, column).map_err(|error| {
        let relation = run.get(table).map(|relation| relation.name.to_string()).unwrap_or_default();
        if error.sqlstate == "42703" { no_column(column, &relation) } else { error }
    })?;
    Ok((table, found.number))
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
    let owned_by = match &options.owned_by {
        None => None,
        Some(None) => Some(None),
        Some(Some((table, column))) => {
            let owner = owner(run, table, column)?;
            run.lock(owner.0, LockMode::AccessShare);
            Some(Some(owner))
        }
    };
    let Some(old) = run.get(id)?.sequence().cloned() else { return Ok(()) };
    if old.identity && owned_by.is_some() {
        return Err(PgError::new("0A000", "cannot change ownership of identity sequence"));
    }
    let retyped = options.data_type.is_some();
    // A bound that was the old type's own follows the new type.
    let keep = |written: Option<Option<i64>>, old: i64, natural: &[i64]| match written {
        Some(value) => Some(value),
        None if retyped && natural.contains(&old) => None,
        None => Some(Some(old)),
    };
    let merged = SequenceOptions {
        data_type: options.data_type.clone(),
        start: options.start.or(Some(old.start)),
        increment: options.increment.or(Some(old.increment)),
        minimum: keep(options.minimum, old.minimum, &[i64::from(i16::MIN), i64::from(i32::MIN), i64::MIN]),
        maximum: keep(options.maximum, old.maximum, &[i64::from(i16::MAX), i64::from(i32::MAX), i64::MAX]),
        cache: options.cache.or(Some(old.cache)),
        cycle: options.cycle.or(Some(old.cycle)),
        ..SequenceOptions::default()
    };
    let mut made = with_options(&merged, Some(old.data_type.clone()))?;
    if let Some(Some(restart)) = options.restart {
        let bound = if restart < made.minimum {
            Some(format!("less than MINVALUE ({})", made.minimum))
        } else if restart > made.maximum {
            Some(format!("greater than MAXVALUE ({})", made.maximum))
        } else {
            None
        };
        if let Some(bound) = bound {
            return Err(PgError::new("22023", format!("RESTART value ({restart}) cannot be {bound}")));
        }
    }
    made.owned_by = owned_by.unwrap_or(old.owned_by);
    made.identity = old.identity;
    run.schema.change_relation(id, |relation| relation.kind = RelationKind::Sequence(Box::new(made)));
    Ok(())
}

/// The sequences that belong to a table's columns.
pub(super) fn owned_by(run: &Run, table: Id) -> Vec<Id> {
    run.schema
        .relations()
        .filter(|r| r.sequence().is_some_and(|s| s.owned_by.is_some_and(|(owner, _)| owner == table)))
        .map(|r| r.id)
        .collect()
}
