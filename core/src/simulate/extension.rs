//! Extensions.

use super::PgError;
use super::run::Run;
use crate::schema::Extension;
use crate::sql::command::{AlterExtension, CreateExtension};

/// CREATE EXTENSION: 42710 when it is there.
pub(super) fn create(run: &mut Run, create: &CreateExtension) -> Result<(), PgError> {
    if run.schema.extensions.contains_key(&create.name) {
        if create.if_not_exists {
            run.change(format!("nothing: extension {} is installed already", create.name));
            return Ok(());
        }
        return Err(PgError::new("42710", format!("extension \"{}\" already exists", create.name)));
    }
    let schema = match &create.schema {
        Some(schema) => run.namespace(schema)?,
        None if &*create.name == "plpgsql" => "pg_catalog".into(),
        None => run.search_path().first().cloned().unwrap_or_else(|| "public".into()),
    };
    run.schema.extensions.insert(create.name.clone(), Extension { schema, version: create.version.clone() });
    run.change(format!("installs extension {}", create.name));
    Ok(())
}

/// ALTER EXTENSION … UPDATE; members added and dropped change nothing that is modelled.
pub(super) fn alter(run: &mut Run, alter: &AlterExtension) -> Result<(), PgError> {
    if !run.schema.extensions.contains_key(&alter.name) && !run.server.world.presumes_objects() {
        return Err(PgError::new("42704", format!("extension \"{}\" does not exist", alter.name)));
    }
    match &alter.update_to {
        Some(version) => {
            let version = version.clone();
            if let Some(extension) = run.schema.extensions.get_mut(&alter.name) {
                extension.version = version.or(extension.version.take());
            }
            run.change(format!("updates extension {}", alter.name));
        }
        None => run.not_modelled(),
    }
    Ok(())
}
