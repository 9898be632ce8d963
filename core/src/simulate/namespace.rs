//! Schemas.

use super::run::Run;
use super::{PgError, privilege};
use crate::schema::{CommentTarget, Namespace, Origin};
use crate::sql::Command;
use crate::sql::command::CreateSchema;

/// CREATE SCHEMA, with the statements inside it.
pub(super) fn create(run: &mut Run, create: &CreateSchema) -> Result<(), PgError> {
    let Some(name) = create.name.clone().or_else(|| create.owner.clone()) else { return Ok(()) };
    if create.name.is_none() && matches!(&*name, "current_role" | "current_user" | "session_user") {
        // Named after whoever runs it.
        run.not_modelled();
        return Ok(());
    }
    if run.schema.namespaces.get(&name).is_some_and(|known| known.origin != Origin::Assumed) {
        if create.if_not_exists {
            run.change(format!("nothing: schema {name} exists already"));
            return Ok(());
        }
        return Err(PgError::new("42P06", format!("schema \"{name}\" already exists")));
    }
    if name.starts_with("pg_") {
        return Err(PgError::new("42939", format!("unacceptable schema name \"{name}\""))
            .with_hint("The prefix \"pg_\" is reserved for system schemas."));
    }
    for element in &create.elements {
        let written = match element {
            Command::CreateTable(create) => &create.name,
            Command::CreateView(create) => &create.name,
            Command::CreateSequence(create) => &create.name,
            Command::CreateIndex(create) => &create.table,
            Command::CreateTrigger(create) => &create.table,
            _ => continue,
        };
        if let Some(other) = written.schema.as_ref().filter(|schema| **schema != name) {
            let message =
                format!("CREATE specifies a schema ({other}) different from the one being created ({name})");
            return Err(PgError::new("42P15", message));
        }
    }
    if let Some(owner) = &create.owner {
        privilege::role_exists(run, owner)?;
    }
    run.schema.namespaces.insert(name.clone(), Namespace { origin: Origin::Created });
    if let Some(owner) = &create.owner {
        privilege::own(run, &CommentTarget::Namespace(name.clone()), owner.clone());
    }
    run.change(format!("creates schema {name}"));
    let outer = run.session.clone();
    if let Some(owner) =
        create.owner.as_ref().filter(|owner| !owner.contains("_user") && !owner.contains("_role"))
    {
        run.session.put("role", owner);
    }
    run.session.put("search_path", &format!("{name}, {}", outer.search_path().join(", ")));
    // Sequences come first, then tables, views, indexes, triggers and grants.
    let mut elements: Vec<&Command> = create.elements.iter().collect();
    crate::sorted::sort_by_key(&mut elements, |element| match element {
        Command::CreateSequence(_) => 0,
        Command::CreateTable(_) => 1,
        Command::CreateView(_) => 2,
        Command::CreateIndex(_) => 3,
        Command::CreateTrigger(_) => 4,
        _ => 5,
    });
    let outcome = elements.into_iter().try_for_each(|element| {
        let written = match element {
            Command::CreateSequence(create) => &create.name.schema,
            Command::CreateTable(create) => &create.name.schema,
            Command::CreateView(create) => &create.name.schema,
            Command::CreateIndex(create) => &create.table.schema,
            Command::CreateTrigger(create) => &create.table.schema,
            _ => &None,
        };
        match written {
            Some(written) if *written != name => Err(PgError::new(
                "42P15",
                format!(
                    "CREATE specifies a schema ({written}) different from the one being created ({name})"
                ),
            )),
            _ => super::execute(run, element),
        }
    });
    if create.owner.is_some() {
        privilege::settle_owners(run);
    }
    run.session = outer;
    outcome
}
