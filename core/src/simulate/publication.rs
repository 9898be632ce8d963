//! Publications.

use super::PgError;
use super::error::{no_object, object_exists};
use super::run::Run;
use crate::locks::LockMode;
use crate::schema::{Id, Publication, PublishedTable, Table};
use crate::sql::command::{
    AlterPublication, CreatePublication, OptionValue, Persistence, PublicationChange, Published,
};
use crate::sql::{Name, name};

/// CREATE PUBLICATION: SHARE UPDATE EXCLUSIVE on its tables.
pub(super) fn create(run: &mut Run, create: &CreatePublication) -> Result<(), PgError> {
    if run.schema.publications.contains_key(&create.name) {
        return Err(object_exists("publication", &create.name));
    }
    not_before_15(run, &create.schemas, &create.tables)?;
    check_options(&create.options)?;
    let (tables, schemas) = published(run, &create.tables, &create.schemas, true)?;
    let mut made = Publication { all_tables: create.all_tables, tables, schemas, options: Vec::new() };
    set_options(&mut made, &create.options);
    fits_together(run, &create.name, &made)?;
    run.schema.publications.insert(create.name.clone(), made);
    run.change(format!("creates publication {}", create.name));
    Ok(())
}

/// 42601 for what PostgreSQL 15 brought: schemas, column lists and conditions.
fn not_before_15(run: &Run, schemas: &[Name], tables: &[Published]) -> Result<(), PgError> {
    let is_new = |table: &Published| table.columns.is_some() || table.condition.is_some();
    if run.version() < 15 && (!schemas.is_empty() || tables.iter().any(is_new)) {
        return Err(PgError::new("42601", "syntax error in the list of tables")
            .with_hint("TABLES IN SCHEMA, column lists and WHERE exist from PostgreSQL 15 on."));
    }
    Ok(())
}

/// Options are kept in lower case and by name, so that the same say the same.
fn set_options(publication: &mut Publication, options: &[OptionValue]) {
    for option in options {
        publication.options.retain(|own| own.name != option.name);
        let value = option.value.as_deref().unwrap_or("true").to_ascii_lowercase();
        publication.options.push(OptionValue { name: option.name.clone(), value: Some(name(&value)) });
    }
    crate::sorted::sort_by(&mut publication.options, |a, b| a.name.cmp(&b.name));
}

/// 22023 for column lists beside schemas, and for conditions and column lists of partitioned tables that are published
/// by their partitions. Source: `CheckPubRelationColumnList` and `TransformPubWhereClauses` in `publicationcmds.c`.
fn fits_together(run: &Run, own: &Name, publication: &Publication) -> Result<(), PgError> {
    let via_root = publication.options.iter().any(|option| {
        &*option.name == "publish_via_partition_root"
            && matches!(option.value.as_deref(), Some("true" | "on" | "1" | "yes"))
    });
    for table in &publication.tables {
        let shown = &run.get(table.table)?.name;
        if table.columns.is_some() && !publication.schemas.is_empty() {
            let message = format!("cannot use column list for relation \"{shown}\" in publication \"{own}\"");
            return Err(PgError::new("22023", message));
        }
        let partitioned = run.table_of(table.table).is_ok_and(|found| found.is_partitioned());
        if partitioned && !via_root && (table.columns.is_some() || table.condition.is_some()) {
            let what = if table.condition.is_some() { "publication WHERE clause" } else { "column list" };
            let message = format!("cannot use {what} for relation \"{shown}\"");
            return Err(PgError::new("22023", message));
        }
    }
    Ok(())
}

/// 42601 for an option that there is not, that is given twice, or that publishes what there is not.
fn check_options(options: &[OptionValue]) -> Result<(), PgError> {
    let refused = |message: String| Err(PgError::new("42601", message));
    for (index, option) in options.iter().enumerate() {
        match &*option.name {
            "publish" => {
                let value = option.value.as_deref().unwrap_or_default();
                let mut events = value.split(',').map(str::trim).filter(|event| !event.is_empty());
                let unknown = events.find(|event| {
                    let event = event.to_ascii_lowercase();
                    !matches!(event.as_str(), "insert" | "update" | "delete" | "truncate")
                });
                if let Some(event) = unknown {
                    let message = "unrecognized value for publication option \"publish\": ";
                    return refused(format!("{message}\"{event}\""));
                }
            }
            "publish_via_partition_root" | "publish_generated_columns" => {}
            other => return refused(format!("unrecognized publication parameter: \"{other}\"")),
        }
        if options[..index].iter().any(|earlier| earlier.name == option.name) {
            return refused("conflicting or redundant options".to_owned());
        }
    }
    Ok(())
}

/// The tables and schemas that a publication names; 22023 for what cannot be published.
fn published(
    run: &mut Run,
    tables: &[Published],
    schemas: &[Name],
    checked: bool,
) -> Result<(Vec<PublishedTable>, Vec<Name>), PgError> {
    let mut found: Vec<PublishedTable> = Vec::new();
    for written in tables {
        let id = run.relation(&written.table)?;
        let relation = run.get(id)?;
        let fits = relation.table().is_some_and(|table| table.foreign_server.is_none())
            && relation.persistence == Persistence::Permanent
            && &*relation.schema != "pg_catalog";
        if checked && !fits {
            let message = format!("cannot add relation \"{}\" to publication", relation.name);
            return Err(PgError::new("22023", message));
        }
        // What inherits is published like its parent; partitions are, without being named.
        let alone = written.only || run.table_of(id).is_ok_and(Table::is_partitioned);
        if alone {
            run.lock(id, LockMode::ShareUpdateExclusive);
        } else {
            run.lock_tree(id, LockMode::ShareUpdateExclusive);
        }
        let special = written.columns.is_some() || written.condition.is_some();
        if !checked && written.columns.is_some() {
            return Err(PgError::new(
                "42601",
                "column list must not be specified in ALTER PUBLICATION ... DROP",
            ));
        }
        if !checked && written.condition.is_some() {
            return Err(PgError::new(
                "42601",
                "cannot use a WHERE clause when removing a table from a publication",
            ));
        }
        if let Some(twice) = found.iter().find(|own| own.table == id) {
            if special || twice.columns.is_some() || twice.condition.is_some() {
                let what = if written.condition.is_some() || twice.condition.is_some() {
                    "WHERE clauses"
                } else {
                    "column lists"
                };
                let message = format!("conflicting or redundant {what} for table \"{}\"", run.get(id)?.name);
                return Err(PgError::new("42710", message));
            }
            continue;
        }
        let mut everywhere = vec![id];
        let inherits = |id: &Id| run.table_of(*id).is_ok_and(|table| table.bound.is_none());
        if !written.only && !run.table_of(id).is_ok_and(|table| table.is_partitioned()) {
            everywhere.extend(run.schema.descendants_of(id).into_iter().filter(inherits));
        }
        for id in everywhere {
            let columns = match &written.columns {
                Some(columns) => Some(published_columns(run, id, columns)?),
                None => None,
            };
            if let Some(condition) = &written.condition {
                run.expression_columns(id, &condition.node)?;
            }
            if found.iter().all(|own| own.table != id) {
                found.push(PublishedTable { table: id, columns, condition: written.condition.clone() });
            }
        }
    }
    let mut names = Vec::new();
    for schema in schemas {
        let schema = match &**schema {
            "current_schema" => run.search_path().first().cloned().unwrap_or_else(|| schema.clone()),
            _ => schema.clone(),
        };
        let schema = run.namespace(&schema)?;
        if schema.starts_with("pg_") || &*schema == "information_schema" && checked {
            return Err(PgError::new("22023", format!("cannot add schema \"{schema}\" to publication")));
        }
        if !names.contains(&schema) {
            names.push(schema);
        }
    }
    Ok((found, names))
}

/// The columns of a column list: 42P10 for a system or generated one, 42710 for one that is named twice.
fn published_columns(run: &mut Run, id: Id, columns: &[Name]) -> Result<Vec<i16>, PgError> {
    let mut numbers = Vec::new();
    for column in columns {
        if super::run::is_system_column(column) {
            let message = format!("cannot use system column \"{column}\" in publication column list");
            return Err(PgError::new("42P10", message));
        }
        let found = run.column(id, column)?;
        if found.generated.as_ref().is_some_and(|(_, stored)| run.version() < 18 || !stored) {
            let kind = if run.version() < 18 { "" } else { "virtual " };
            let message =
                format!("cannot use {kind}generated column \"{column}\" in publication column list");
            return Err(PgError::new("42P10", message));
        }
        if numbers.contains(&found.number) {
            let message = format!("duplicate column \"{column}\" in publication column list");
            return Err(PgError::new("42710", message));
        }
        numbers.push(found.number);
    }
    crate::sorted::sort_by(&mut numbers, Ord::cmp);
    Ok(numbers)
}

/// ALTER PUBLICATION: 55000 for one of all tables, 42710 for what it has already, 42704 for what it has not.
pub(super) fn alter(run: &mut Run, alter: &AlterPublication) -> Result<(), PgError> {
    not_before_15(run, &alter.schemas, &alter.tables)?;
    let Some(mut found) = run.schema.publications.get(&alter.name).cloned() else {
        if run.server.world.presumes_objects() {
            run.assume(format!("publication {} exists", alter.name));
            return Ok(());
        }
        return Err(no_object("publication", &alter.name));
    };
    check_options(&alter.options)?;
    if alter.change.is_some() && found.all_tables {
        let message = format!("publication \"{}\" is defined as FOR ALL TABLES", alter.name);
        return Err(PgError::new("55000", message));
    }
    let checked = alter.change != Some(PublicationChange::Drop);
    let (tables, schemas) = published(run, &alter.tables, &alter.schemas, checked)?;
    match alter.change {
        Some(PublicationChange::Set) => {
            for left in &found.tables {
                if tables.iter().all(|own| own.table != left.table) {
                    run.lock(left.table, LockMode::ShareUpdateExclusive);
                }
            }
            (found.tables, found.schemas) = (tables, schemas);
        }
        Some(change) => {
            let add = change == PublicationChange::Add;
            let (sqlstate, what) = if add {
                ("42710", "is already member of publication")
            } else {
                ("42704", "is not part of publication")
            };
            let has = |own: &&PublishedTable| found.tables.iter().any(|other| other.table == own.table);
            let table = tables.iter().find(|own| has(own) == add);
            let schema = schemas.iter().find(|own| found.schemas.contains(own) == add);
            let wrong = match (table, schema) {
                (Some(table), _) => Some(format!("relation \"{}\"", run.get(table.table)?.name)),
                (None, schema) => schema.map(|schema| format!("schema \"{schema}\"")),
            };
            if let Some(wrong) = wrong {
                return Err(PgError::new(sqlstate, format!("{wrong} {what} \"{}\"", alter.name)));
            }
            found.tables.retain(|own| tables.iter().all(|other| other.table != own.table));
            found.schemas.retain(|own| !schemas.contains(own));
            if add {
                found.tables.extend(tables);
                found.schemas.extend(schemas);
            }
        }
        None => {}
    }
    set_options(&mut found, &alter.options);
    fits_together(run, &alter.name, &found)?;
    run.schema.publications.insert(alter.name.clone(), found);
    run.change(format!("changes publication {}", alter.name));
    Ok(())
}
