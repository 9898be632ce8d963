//! ALTER … SET SCHEMA and OWNER TO: where an object is, and whose.

use super::rename::rename_relation;
use super::{follow, relation_kind};
use crate::locks::LockMode;
use crate::schema::{FullName, Id, RelationKind};
use crate::simulate::error::no_object;
use crate::simulate::metadata::target_of;
use crate::simulate::run::{Run, unquoted};
use crate::simulate::{PgError, function, plain, privilege, user_type};
use crate::sql::command::{ObjectKind, Owner, SetSchema};
use crate::sql::{Name, QualifiedName};

/// ALTER … SET SCHEMA.
pub(in crate::simulate) fn set_schema(run: &mut Run, set: &SetSchema) -> Result<(), PgError> {
    let to = run.namespace(&set.to)?;
    match set.kind {
        kind if relation_kind(kind).is_some() => {
            if set.if_exists && run.find_relation(&set.object.name).is_none() {
                return Ok(());
            }
            let id = run.relation(&set.object.name)?;
            let (shown, name) = (run.get(id)?.display_name(), run.get(id)?.name.clone());
            run.lock(id, LockMode::AccessExclusive);
            not_owned(run, id, set.kind, "cannot move an owned sequence into another schema".to_owned())?;
            if run.get(id)?.schema == to {
                run.change(format!("nothing: {shown} is in schema {to} already"));
                return Ok(());
            }
            run.name_is_free(&to, &name)?;
            let belongings: Vec<(Id, Name)> = run
                .schema
                .users_of(id)
                .filter(|other| match &other.kind {
                    RelationKind::Index(index) => index.table == id,
                    RelationKind::Sequence(sequence) => {
                        sequence.owned_by.is_some_and(|(owner, _)| owner == id)
                    }
                    _ => false,
                })
                .map(|other| (other.id, other.name.clone()))
                .collect();
            rename_relation(run, id, to.clone(), name);
            for (belonging, name) in belongings {
                rename_relation(run, belonging, to.clone(), name);
            }
            run.change(format!("moves {shown} to schema {to}"));
            Ok(())
        }
        ObjectKind::Type | ObjectKind::Domain => {
            let found =
                user_type::find(run, &set.object.name).and_then(|id| run.schema.user_type(id).cloned());
            let Some(found) = found else { return Err(no_object("type", &unquoted(&set.object.name))) };
            if found.schema != to {
                user_type::name_is_free(run, &to, &found.name)?;
            }
            follow::put_type(run, &found, &to, &found.name);
            run.change(format!("moves type {} to schema {to}", unquoted(&set.object.name)));
            Ok(())
        }
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            if let Some(found) = function::find_movable(run, set.kind, &set.object)?
                .and_then(|id| run.schema.function(id).cloned())
            {
                if found.schema != to {
                    function::name_is_free(run, &found, &to, &found.name)?;
                }
                follow::put_function(run, &found, &to, &found.name);
            }
            run.change(format!("moves function {} to schema {to}", unquoted(&set.object.name)));
            Ok(())
        }
        ObjectKind::Statistics => {
            let key = (to, set.object.name.name.clone());
            super::move_statistics(run, &set.object.name, key)
        }
        ObjectKind::Extension => {
            if let Some(extension) = run.schema.extensions.get_mut(&set.object.name.name) {
                extension.schema = to;
            }
            Ok(())
        }
        kind if plain::is_plain(kind) => plain::set_schema(run, set, to),
        _ => {
            run.not_modelled();
            Ok(())
        }
    }
}

/// 0A000 for a sequence that belongs to a column.
fn not_owned(run: &Run, id: Id, kind: ObjectKind, message: String) -> Result<(), PgError> {
    let owner = run.get(id)?.sequence().and_then(|sequence| sequence.owned_by);
    match (owner, kind) {
        (Some(_), ObjectKind::Sequence | ObjectKind::Table) => Err(PgError::new("0A000", message)),
        _ => Ok(()),
    }
}

/// ALTER … OWNER TO: 42704 for a role or an object that is not there.
pub(in crate::simulate) fn owner(run: &mut Run, owner: &Owner) -> Result<(), PgError> {
    let written = &owner.object.name;
    let target = target_of(run, owner.kind, &owner.object, LockMode::AccessExclusive)?;
    privilege::role_exists(run, &owner.to)?;
    if let Some(target) = target {
        privilege::own(run, &target, owner.to.clone());
    }
    run.change(format!("makes {} the owner of {}", owner.to, unquoted(written)));
    Ok(())
}

/// Gives a statistics object another schema or name: 42710 when that is taken.
pub(super) fn move_statistics(run: &mut Run, written: &QualifiedName, to: FullName) -> Result<(), PgError> {
    let key = (run.namespace_of(written)?, written.name.clone());
    let Some(found) = run.schema.statistics.get(&key).cloned() else {
        if run.server.world.presumes_objects() {
            run.assume(format!("statistics object {} exists", unquoted(written)));
            return Ok(());
        }
        return Err(no_object("statistics object", &unquoted(written)));
    };
    if run.schema.statistics.contains_key(&to) {
        let message = format!("statistics object \"{}\" already exists in schema \"{}\"", to.1, to.0);
        return Err(PgError::new("42710", message));
    }
    run.change(format!("renames statistics {}.{} to {}.{}", key.0, key.1, to.0, to.1));
    run.schema.statistics.remove(&key);
    run.schema.statistics.insert(to, found);
    Ok(())
}
