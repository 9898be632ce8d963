//! Extensions.

use super::PgError;
use super::run::Run;
use crate::schema::{Extension, builtin};
use crate::sql::Name;
use crate::sql::command::{AlterExtension, CreateExtension};

/// CREATE EXTENSION: 42710 when it is there, 42704 when one that it requires is not, 0A000 when the server has none of that name.
pub(super) fn create(run: &mut Run, create: &CreateExtension) -> Result<(), PgError> {
    // Every database has the language.
    let is_language = &*create.name == "plpgsql" && !run.server.world.presumes_objects();
    if is_language || run.schema.extensions.contains_key(&create.name) {
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
    is_offered(run, &create.name)?;
    for required in builtin::items(builtin::CORE, b'x', &create.name, run.version()) {
        let required = Name::from(required);
        if run.schema.extensions.contains_key(&required) {
            continue;
        }
        if create.cascade {
            run.schema
                .extensions
                .insert(required.clone(), Extension { schema: schema.clone(), version: None });
            run.change(format!("installs extension {required}"));
        } else if run.server.world.presumes_objects() {
            run.assume(format!("extension {required} is installed"));
        } else {
            let message = format!("required extension \"{required}\" is not installed");
            return Err(PgError::new("42704", message)
                .with_hint("Use CREATE EXTENSION ... CASCADE to install required extensions too."));
        }
    }
    run.schema.extensions.insert(create.name.clone(), Extension { schema, version: create.version.clone() });
    run.change(format!("installs extension {}", create.name));
    Ok(())
}

/// Has the server an extension of that name? One that is not PostgreSQL's own may have been added to it.
fn is_offered(run: &Run, name: &Name) -> Result<(), PgError> {
    let version = run.version();
    let may_be_added = !builtin::is_known_extension(name) && run.server.world.presumes_objects();
    if &**name == "plpgsql" || may_be_added || builtin::offers_extension(name, version) {
        return Ok(());
    }
    Err(match version {
        ..=14 => PgError::new("58P01", format!("could not open extension control file \"{name}.control\"")),
        _ => PgError::new("0A000", format!("extension \"{name}\" is not available")),
    }
    .with_hint("The extension must first be installed on the system where PostgreSQL is running."))
}

/// ALTER EXTENSION … UPDATE; members added and dropped change nothing that is modelled.
pub(super) fn alter(run: &mut Run, alter: &AlterExtension) -> Result<(), PgError> {
    if !run.schema.extensions.contains_key(&alter.name) && !run.server.world.presumes_objects() {
        return Err(PgError::new("42704", format!("extension \"{}\" does not exist", alter.name)));
    }
    match &alter.update_to {
        Some(version) => {
            // Without a version it is the newest.
            let version = version.clone();
            if let Some(extension) = run.schema.extensions.get_mut(&alter.name) {
                extension.version = version;
            }
            run.change(format!("updates extension {}", alter.name));
        }
        None => run.not_modelled(),
    }
    Ok(())
}
