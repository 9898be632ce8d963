//! Row level security policies, rewrite rules, and the names of what hangs on a table.

use super::analyze::Names;
use super::expression::{self, Place};
use super::run::Run;
use super::{PgError, dml, object, privilege};
use crate::locks::LockMode;
use crate::schema::{Id, Policy, Reads, RelationKind, Rule, SELECT_RULE};
use crate::sql::command::{AlterPolicy, CreatePolicy, CreateRule, ObjectKind, Rename};
use crate::sql::{Command, Expression, Name};

/// The roles of TO: 42704 for one that is not there. Beside PUBLIC the others are passed over.
fn roles_of(run: &Run, written: &[Name]) -> Result<Vec<Name>, PgError> {
    if let Some(all) = written.iter().find(|role| &***role == "public") {
        return Ok(vec![all.clone()]);
    }
    let mut roles = Vec::new();
    for role in written {
        privilege::role_exists(run, role)?;
        roles.push(privilege::meant(run, role));
    }
    Ok(roles)
}

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
    let (reads, functions) = uses(run, id, [&create.using, &create.with_check])?;
    let made = Policy {
        name: create.name.clone(),
        permissive: create.permissive,
        command: create.command.clone(),
        roles: roles_of(run, &create.roles)?,
        using: create.using.clone(),
        with_check: create.with_check.clone(),
        reads,
        functions,
    };
    run.change_table(id, |table| table.policies.push(made));
    run.change(format!("creates policy {} on {}", create.name, relation.display_name()));
    Ok(())
}

/// The relations that a policy reads, which are locked, and the functions that it calls.
fn uses(run: &mut Run, id: Id, expressions: [&Option<Expression>; 2]) -> Result<(Reads, Vec<Id>), PgError> {
    let (mut reads, mut functions) = (Vec::new(), Vec::new());
    for expression in expressions.into_iter().flatten() {
        dml::read_expression(run, &expression.node, false)?;
        let analysis = expression::condition(run, &expression.node, Place::Policy, Names::Relation(id))?;
        reads.extend(analysis.used.reads);
        functions.extend(analysis.used.functions);
    }
    Ok((reads, functions))
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
    let policy = relation.table().and_then(|table| table.policies.iter().find(|own| own.name == alter.name));
    if let Some(policy) = policy {
        let command = &*policy.command;
        if alter.using.is_some() && command == "insert" {
            return Err(PgError::new("42601", "only WITH CHECK expression allowed for INSERT"));
        }
        if alter.with_check.is_some() && matches!(command, "select" | "delete") {
            return Err(PgError::new("42601", "WITH CHECK cannot be applied to SELECT or DELETE"));
        }
    }
    let roles = match &alter.roles {
        Some(roles) => Some(roles_of(run, roles)?),
        None => None,
    };
    let kept = policy.cloned();
    let using = alter.using.clone().or(kept.as_ref().and_then(|own| own.using.clone()));
    let with_check = alter.with_check.clone().or(kept.and_then(|own| own.with_check));
    let (reads, functions) = uses(run, id, [&using, &with_check])?;
    run.change_table(id, |table| {
        for policy in table.policies.iter_mut().filter(|policy| policy.name == alter.name) {
            (policy.reads, policy.functions) = (reads.clone(), functions.clone());
            if let Some(roles) = &roles {
                policy.roles = roles.clone();
            }
            policy.using = using.clone();
            policy.with_check = with_check.clone();
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
    let refused = |sqlstate: &'static str, message: String| Err(PgError::new(sqlstate, message));
    match &relation.kind {
        RelationKind::View(view) if view.materialized => {
            return refused(
                "42809",
                format!("rules on materialized views are not supported: {}", relation.name),
            );
        }
        RelationKind::Table(_) | RelationKind::View(_) => {}
        RelationKind::Index(_) | RelationKind::Sequence(_) => {
            return refused("42809", format!("relation \"{}\" cannot have rules", relation.name));
        }
    }
    let on_select = create.event.eq_ignore_ascii_case("select");
    if on_select {
        if relation.view().is_none() {
            // Before PostgreSQL 16 it could turn an empty table into a view.
            if run.version() >= 16 {
                return refused(
                    "42809",
                    format!("relation \"{}\" cannot have ON SELECT rules", relation.name),
                );
            }
            run.not_modelled();
            return Ok(());
        }
        if !create.or_replace {
            return refused("55000", format!("\"{}\" is already a view", relation.name));
        }
    } else if &*create.name == SELECT_RULE {
        return refused("42P17", format!("non-SELECT rule cannot be named \"{SELECT_RULE}\""));
    }
    let existing = relation.rules().iter().any(|rule| rule.name == create.name);
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
    run.schema.change_relation(id, |relation| {
        if let Some(rules) = relation.rules_mut().filter(|_| !on_select) {
            rules.retain(|rule| rule.name != made.name);
            rules.push(made);
        }
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
    let policies = relation.table().map_or(&[][..], |table| &table.policies);
    let (kind, on, names): (&str, &str, Vec<_>) = match rename.kind {
        ObjectKind::Trigger => {
            ("trigger", "table", relation.triggers().iter().map(|t| t.name.clone()).collect())
        }
        ObjectKind::Policy => ("policy", "table", policies.iter().map(|p| p.name.clone()).collect()),
        _ => ("rule", "relation", relation.rules().iter().map(|r| r.name.clone()).collect()),
    };
    if rename.kind == ObjectKind::Rule && relation.view().is_some() {
        if &*rename.to == SELECT_RULE {
            return Err(part_exists(kind, on, &rename.to, &relation.name));
        }
        if &*from == SELECT_RULE {
            return Err(PgError::new("42P17", "renaming an ON SELECT rule is not allowed"));
        }
    }
    if !names.contains(&from) && !run.is_assumed(id) {
        let message = format!("{kind} \"{from}\" for {on} \"{}\" does not exist", relation.name);
        return Err(PgError::new("42704", message));
    }
    if relation.triggers().iter().any(|t| t.name == from && t.inherited) && rename.kind == ObjectKind::Trigger
    {
        let message = format!("cannot rename trigger \"{from}\" on table \"{}\"", relation.name);
        return Err(PgError::new("0A000", message).with_hint("Rename the trigger on the partitioned table."));
    }
    if names.contains(&rename.to) {
        return Err(part_exists(kind, on, &rename.to, &relation.name));
    }
    let mut everywhere = vec![id];
    if rename.kind == ObjectKind::Trigger {
        let below: Vec<Id> = run.schema.descendants_of(id);
        if run.version() >= 15 {
            below.iter().for_each(|part| run.lock(*part, LockMode::AccessExclusive));
        }
        for part in below {
            let relation = run.get(part)?;
            let has = |name: &Name| relation.triggers().iter().any(|trigger| trigger.name == *name);
            if has(&from) && has(&rename.to) {
                return Err(part_exists(kind, "relation", &rename.to, &relation.name));
            }
            everywhere.push(part);
        }
    }
    let renamed = |name: &mut Name| {
        if *name == from {
            *name = rename.to.clone();
        }
    };
    for target in everywhere {
        run.schema.change_relation(target, |relation| match rename.kind {
            ObjectKind::Trigger => {
                relation.triggers_mut().into_iter().flatten().for_each(|own| renamed(&mut own.name));
            }
            ObjectKind::Policy => {
                let policies = relation.table_mut().map(|table| &mut table.policies);
                policies.into_iter().flatten().for_each(|own| renamed(&mut own.name));
            }
            _ => relation.rules_mut().into_iter().flatten().for_each(|own| renamed(&mut own.name)),
        });
    }
    run.change(format!("renames {kind} {from} on {} to {}", relation.display_name(), rename.to));
    Ok(())
}

fn part_exists(kind: &str, on: &str, part: &Name, relation: &Name) -> PgError {
    PgError::new("42710", format!("{kind} \"{part}\" for {on} \"{relation}\" already exists"))
}
