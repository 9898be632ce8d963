//! DROP CONSTRAINT.

use super::find;
use super::foreign_key::same_foreign_key;
use crate::locks::LockMode;
use crate::schema::{ConstraintKind, Id, Part, Table};
use crate::simulate::error::{no_constraint, still_needed};
use crate::simulate::run::Run;
use crate::simulate::table::{inherit, not_null};
use crate::simulate::{PgError, index};
use crate::sql::Name;
use crate::sql::command::Behavior;

/// DROP CONSTRAINT. 42704 when there is none, 2BP01 when a foreign key needs it.
pub(in crate::simulate::table) fn drop(
    run: &mut Run,
    id: Id,
    written: &Name,
    if_exists: bool,
    behavior: Behavior,
    only: bool,
) -> Result<(), PgError> {
    let relation_name = run.get(id)?.name.clone();
    if run.table_of(id)?.is_partitioned() {
        run.lock_tree(id, LockMode::AccessExclusive);
    }
    let Some(constraint) = find(run, id, written).cloned() else {
        let shown = run.schema.display_name(id);
        let is_gone = run.schema.is_part_gone(id, Part::Constraint, written);
        if run.is_assumed(id) && !is_gone {
            run.schema.note_part_gone(id, Part::Constraint, written);
            run.change(format!("drops constraint {written} on {shown}"));
            run.assume(format!("constraint {written} on {shown} exists"));
            return Ok(());
        }
        if if_exists {
            run.change(format!("nothing: there is no constraint {written} on {shown}"));
            return Ok(());
        }
        return Err(no_constraint(written, &relation_name));
    };
    if constraint.inherited {
        let message =
            format!("cannot drop inherited constraint \"{written}\" of relation \"{relation_name}\"");
        return Err(PgError::new("42P16", message));
    }
    if let ConstraintKind::Check(..) = constraint.kind
        && only
        && !constraint.no_inherit
    {
        not_from_only(run, id)?;
    }
    if let Some(index) = constraint.kind.index() {
        let needing: Vec<_> = run
            .schema
            .references_to(id)
            .into_iter()
            .filter(|(_, c)| matches!(&c.kind, ConstraintKind::ForeignKey(key) if key.index == Some(index)))
            .collect();
        if behavior == Behavior::Restrict && !needing.is_empty() {
            let lines: Vec<_> = needing
                .iter()
                .map(|(on, c)| {
                    format!("constraint {} on table {} depends on index {written}", c.name, on.name)
                })
                .collect();
            let what = format!("constraint {written} on table {relation_name}");
            return Err(still_needed(&what, &lines));
        }
        for (on, foreign_key) in needing {
            run.lock(on.id, LockMode::AccessExclusive);
            remove_constraint(run, on.id, &foreign_key.name)?;
        }
    }
    if let ConstraintKind::ForeignKey(key) = &constraint.kind {
        run.lock(key.references, LockMode::AccessExclusive);
    }
    let mut not_null_column = None;
    if let ConstraintKind::NotNull(column) = constraint.kind {
        not_null::not_needed(run, id, column)?;
        not_null_column = Some(run.table_of(id)?.column_name(column));
    }
    remove_constraint(run, id, written)?;
    if matches!(constraint.kind, ConstraintKind::Check(..) | ConstraintKind::NotNull(_)) {
        inherit::lose_constraint(run, id, &constraint, not_null_column.as_ref(), only)?;
    }
    run.change(format!("drops constraint {written} on {}", run.schema.display_name(id)));
    Ok(())
}

/// 42P16, up to PostgreSQL 17, for ONLY a partitioned table that has partitions.
pub(in crate::simulate::table) fn not_from_only(run: &Run, id: Id) -> Result<(), PgError> {
    let has_partitions = run.table_of(id)?.is_partitioned() && !run.schema.children_of(id).is_empty();
    if has_partitions && run.version() < 18 {
        let message = "cannot remove constraint from only the partitioned table when partitions exist";
        return Err(PgError::new("42P16", message).with_hint("Do not specify the ONLY keyword."));
    }
    Ok(())
}

/// A foreign key that goes takes its triggers along, on the referenced table and on each of its partitions.
pub(in crate::simulate) fn lock_referenced(run: &mut Run, referenced: Id) {
    let partitioned = run.table_of(referenced).is_ok_and(Table::is_partitioned);
    if partitioned {
        for part in run.schema.descendants_of(referenced) {
            run.lock(part, LockMode::AccessExclusive);
        }
    }
    // Only from 15 on does a partitioned table have such triggers itself.
    if !partitioned || run.version() >= 15 {
        run.lock(referenced, LockMode::AccessExclusive);
    }
}

/// Takes a constraint out, with its index. A foreign key's other table is locked like its own.
pub(in crate::simulate) fn remove_constraint(run: &mut Run, id: Id, written: &Name) -> Result<(), PgError> {
    let Some(constraint) = run.table_of(id)?.constraint(written).cloned() else { return Ok(()) };
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => {
            lock_referenced(run, key.references);
            let model = run.table_of(id)?.clone();
            for child in run.schema.children_of(id) {
                if let Some(name) = same_foreign_key(run, &model, child, &constraint)
                    && find(run, child, &name).is_some_and(|own| own.inherited)
                {
                    run.lock(child, LockMode::AccessExclusive);
                    remove_constraint(run, child, &name)?;
                }
            }
        }
        ConstraintKind::NotNull(column) => {
            let column = *column;
            run.change_table(id, |table| {
                if let Some(found) = table.columns.iter_mut().find(|c| c.number == column) {
                    found.not_null = false;
                }
            });
        }
        ConstraintKind::Check(..) => {}
        ConstraintKind::Unique(index)
        | ConstraintKind::PrimaryKey(index)
        | ConstraintKind::Exclude(index, _) => {
            index::remove(run, *index);
        }
    }
    run.change_table(id, |table| table.constraints.retain(|own| own.name != *written));
    run.schema.forget(|target| {
        matches!(target, crate::schema::CommentTarget::Part(on, "constraint", name) if *on == id && name == written)
    });
    Ok(())
}
