//! Row level security policies, rewrite rules, and the names of what hangs on a table.

use super::error::wrong_kind;
use super::run::Run;
use super::{PgError, dml, object};
use crate::locks::LockMode;
use crate::schema::{Id, Policy, RelationKind, Rule};
use crate::sql::command::{AlterPolicy, CreatePolicy, CreateRule, ObjectKind, Rename};
use crate::sql::{Command, Expression};

/// CREATE POLICY: ACCESS EXCLUSIVE on the table, ACCESS SHARE on what its subqueries read.
pub(super) fn create(run: &mut Run, create: &CreatePolicy) -> Result<(), PgError> {
    let id = run.table(&create.table)?;
    run.lock(id, LockMode::AccessExclusive);
    let relation = run.get(id)?.clone();
    if run.table_of(id)?.policies.iter().any(|policy| policy.name == create.name) {
        let message = format!("policy \"{}\" for table \"{}\" already exists", create.name, relation.name);
        return Err(PgError::new("42710", message));
    }
    if create.using.is_some() && &*create.command == "insert" {
        return Err(PgError::new("42601", "only WITH CHECK expression allowed for INSERT"));
    }
    if create.with_check.is_some() && matches!(&*create.command, "select" | "delete") {
        return Err(PgError::new("42601", "WITH CHECK cannot be applied to SELECT or DELETE"));
    }
    read_subqueries(run, [&create.using, &create.with_check])?;
    let made = Policy {
        name: create.name.clone(),
        permissive: create.permissive,
        command: create.command.clone(),
        roles: create.roles.clone(),
        using: create.using.clone(),
        with_check: create.with_check.clone(),
    };
    run.change_table(id, |table| table.policies.push(made));
    run.change(format!("creates policy {} on {}", create.name, relation.display_name()));
    Ok(())
}

fn read_subqueries(run: &mut Run, expressions: [&Option<Expression>; 2]) -> Result<(), PgError> {
    for expression in expressions.into_iter().flatten() {
        for query in expression.node.subqueries() {
            dml::read_query(run, query)?;
        }
    }
    Ok(())
}

/// ALTER POLICY.
pub(super) fn alter(run: &mut Run, alter: &AlterPolicy) -> Result<(), PgError> {
    let id = run.table(&alter.table)?;
    run.lock(id, LockMode::AccessExclusive);
    let relation = run.get(id)?.clone();
    let known =
        relation.table().is_some_and(|table| table.policies.iter().any(|policy| policy.name == alter.name));
    if !known && !run.is_assumed(id) {
        let message = format!("policy \"{}\" for table \"{}\" does not exist", alter.name, relation.name);
        return Err(PgError::new("42704", message));
    }
    read_subqueries(run, [&alter.using, &alter.with_check])?;
    run.change_table(id, |table| {
        for policy in table.policies.iter_mut().filter(|policy| policy.name == alter.name) {
            if let Some(roles) = &alter.roles {
                policy.roles = roles.clone();
            }
            policy.using = alter.using.clone().or(policy.using.take());
            policy.with_check = alter.with_check.clone().or(policy.with_check.take());
        }
    });
    run.change(format!("changes policy {} on {}", alter.name, relation.display_name()));
    Ok(())
}

/// CREATE RULE: ACCESS EXCLUSIVE on its table, and the locks of its actions' tables.
pub(super) fn create_rule(run: &mut Run, create: &CreateRule) -> Result<(), PgError> {
    let id = run.relation(&create.table)?;
    run.lock(id, LockMode::AccessExclusive);
    let relation = run.get(id)?.clone();
    let existing =
        relation.table().is_some_and(|table| table.rules.iter().any(|rule| rule.name == create.name));
    if existing && !create.or_replace {
        let message = format!("rule \"{}\" for relation \"{}\" already exists", create.name, relation.name);
        return Err(PgError::new("42710", message));
    }
    for action in &create.actions {
        // The action is checked like a statement, and its tables are locked like by one; no row is touched.
        if let Command::Dml(dml) = action {
            let target = object::read(run, dml.table())?;
            run.lock(target, LockMode::RowExclusive);
        }
    }
    let made = Rule { name: create.name.clone(), event: create.event.clone(), instead: create.instead };
    run.change_table(id, |table| {
        table.rules.retain(|rule| rule.name != made.name);
        table.rules.push(made);
    });
    run.change(format!("creates rule {} on {}", create.name, relation.display_name()));
    Ok(())
}

/// ALTER TRIGGER / POLICY / RULE … RENAME TO.
pub(super) fn rename_part(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let Some(from) = rename.object.part.clone() else { return Ok(()) };
    let id = run.relation(&rename.object.name)?;
    run.lock(id, LockMode::AccessExclusive);
    let relation = run.get(id)?.clone();
    let RelationKind::Table(table) = &relation.kind else { return Err(wrong_kind(&relation.name, "table")) };
    let (kind, on, names): (&str, &str, Vec<_>) = match rename.kind {
        ObjectKind::Trigger => ("trigger", "table", table.triggers.iter().map(|t| t.name.clone()).collect()),
        ObjectKind::Policy => ("policy", "table", table.policies.iter().map(|p| p.name.clone()).collect()),
        _ => ("rule", "relation", table.rules.iter().map(|r| r.name.clone()).collect()),
    };
    if !names.contains(&from) && !run.is_assumed(id) {
        let message = format!("{kind} \"{from}\" for {on} \"{}\" does not exist", relation.name);
        return Err(PgError::new("42704", message));
    }
    if names.contains(&rename.to) {
        let message = format!("{kind} \"{}\" for {on} \"{}\" already exists", rename.to, relation.name);
        return Err(PgError::new("42710", message));
    }
    let mut everywhere = vec![id];
    if rename.kind == ObjectKind::Trigger {
        let below: Vec<Id> = run.schema.descendants_of(id);
        if run.version() >= 15 {
            below.iter().for_each(|part| run.lock(*part, LockMode::AccessExclusive));
        }
        everywhere.extend(below);
    }
    for target in everywhere {
        run.change_table(target, |table| match rename.kind {
            ObjectKind::Trigger => {
                table.triggers.iter_mut().filter(|t| t.name == from).for_each(|t| t.name = rename.to.clone());
            }
            ObjectKind::Policy => {
                table.policies.iter_mut().filter(|p| p.name == from).for_each(|p| p.name = rename.to.clone());
            }
            _ => table.rules.iter_mut().filter(|r| r.name == from).for_each(|r| r.name = rename.to.clone()),
        });
    }
    run.change(format!("renames {kind} {from} on {} to {}", relation.display_name(), rename.to));
    Ok(())
}
