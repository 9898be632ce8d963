//! VALIDATE CONSTRAINT and ALTER CONSTRAINT.

use super::foreign_key::same_foreign_key;
use super::{change_constraint, find};
use crate::locks::LockMode;
use crate::schema::{Constraint, ConstraintKind, Id};
use crate::simulate::error::no_constraint;
use crate::simulate::run::Run;
use crate::simulate::table::not_null;
use crate::simulate::{PgError, WorkKind};
use crate::sql::Name;

/// VALIDATE CONSTRAINT.
pub(in crate::simulate::table) fn validate(run: &mut Run, id: Id, written: &Name) -> Result<(), PgError> {
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
        return Err(PgError::new("55000", "cannot validate NOT ENFORCED constraint"));
    }
    if constraint.validated {
        run.change(format!("nothing: {written} is valid already"));
        return Ok(());
    }
    let mut everywhere = vec![id];
    // A foreign key is inherited by partitions only.
    let is_inherited = match &constraint.kind {
        ConstraintKind::ForeignKey(_) => run.table_of(id)?.is_partitioned(),
        _ => !constraint.no_inherit,
    };
    if is_inherited {
        run.lock_tree(id, LockMode::ShareUpdateExclusive);
        everywhere.extend(run.schema.descendants_of(id));
    }
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
pub(in crate::simulate::table) fn alter(
    run: &mut Run,
    id: Id,
    written: &Name,
    deferrability: Option<(bool, bool)>,
    enforced: Option<bool>,
    no_inherit: Option<bool>,
) -> Result<(), PgError> {
    let relation_name = run.get(id)?.name.clone();
    if (enforced.is_some() || no_inherit.is_some()) && run.version() < 18 {
        let word = if enforced.is_some() { "ENFORCED" } else { "INHERIT" };
        return Err(PgError::new("42601", format!("syntax error at or near \"{word}\""))
            .with_hint("It exists from PostgreSQL 18 on."));
    }
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
    if constraint.inherited && is_foreign_key {
        let message = format!("cannot alter constraint \"{written}\" on relation \"{relation_name}\"");
        return Err(PgError::new(if run.version() >= 18 { "55000" } else { "XX000" }, message));
    }
    if let ConstraintKind::ForeignKey(key) = &constraint.kind {
        if enforced == Some(true) && !constraint.enforced {
            run.lock(key.references, LockMode::ShareRowExclusive);
            run.work(WorkKind::ValidateForeignKey, id, "every row is looked up in the referenced table");
        } else if enforced == Some(false) && constraint.enforced {
            run.lock(key.references, LockMode::AccessExclusive);
        }
    }
    let change = |own: &mut Constraint| {
        if let Some((deferrable, initially_deferred)) = deferrability {
            own.deferrable = deferrable;
            own.initially_deferred = initially_deferred;
        }
        if let Some(enforced) = enforced {
            own.enforced = enforced;
            own.validated = enforced;
        }
        own.no_inherit = no_inherit.unwrap_or(own.no_inherit);
    };
    for (table, own) in with_partitions(run, id, &constraint)? {
        change_constraint(run, table, &own, change);
    }
    match (&constraint.kind, no_inherit) {
        (ConstraintKind::NotNull(column), Some(no_inherit)) if no_inherit != constraint.no_inherit => {
            if no_inherit {
                not_null::leave_to_children(run, id, *column)?;
            } else {
                not_null::give_children(run, id, *column, false, true)?;
            }
        }
        _ => {}
    }
    run.change(format!("alters constraint {written} on {}", run.schema.display_name(id)));
    Ok(())
}

/// A table with its constraint, and, of a foreign key, the partitions below it with theirs that come from it.
fn with_partitions(run: &Run, id: Id, constraint: &Constraint) -> Result<Vec<(Id, Name)>, PgError> {
    let table = run.table_of(id)?;
    let mut found = vec![(id, constraint.name.clone())];
    for child in run.schema.children_of(id) {
        let Some(name) = same_foreign_key(run, table, child, constraint) else { continue };
        match find(run, child, &name) {
            Some(own) if own.inherited => found.extend(with_partitions(run, child, own)?),
            _ => {}
        }
    }
    Ok(found)
}
