//! Expand, change data, contract: in which phase of a deployment a statement belongs.

use super::chapter::Chapter;
use super::impact::is_written;
use crate::schema::Relation;
use crate::sql::command::{AlterAction, ConstraintKind, Firing, ObjectKind, RoleAction, TriggerSelection};
use crate::sql::{Command, Statement};

/// A phase, in the order in which they are deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Adds what the running release does not know yet, or loosens a rule.
    Expand,
    /// Moves or fills data.
    Data,
    /// Removes or tightens what the running release may rely on.
    Contract,
}

impl Phase {
    pub const ALL: [Phase; 3] = [Phase::Expand, Phase::Data, Phase::Contract];

    pub fn name(self) -> &'static str {
        match self {
            Phase::Expand => "expand",
            Phase::Data => "data",
            Phase::Contract => "contract",
        }
    }
}

/// The phases of a migration's statements, in order of first appearance.
pub(super) fn phases(chapter: Chapter) -> Vec<Phase> {
    let mut found = Vec::new();
    for (index, statement, moment) in chapter.moments() {
        let does_nothing = !moment.step.changes.is_empty()
            && moment.step.changes.iter().all(|change| change.starts_with("nothing:"));
        if does_nothing {
            continue;
        }
        for phase in phases_of(chapter, index, statement) {
            if !found.contains(&phase) {
                found.push(phase);
            }
        }
    }
    found
}

fn phases_of(chapter: Chapter, index: usize, statement: &Statement) -> Vec<Phase> {
    if let Command::Do(_) = statement.command {
        let inner = &chapter.up().moments[index].step.inner;
        return inner.iter().filter_map(|inner| phase_of(chapter, index, &inner.command)).collect();
    }
    if let Command::AlterTable(alter) = &statement.command {
        let relation = chapter.relation(index, &alter.name);
        return alter
            .actions
            .iter()
            .filter_map(|action| phase_of_action(chapter, relation, action))
            .collect();
    }
    phase_of(chapter, index, &statement.command).into_iter().collect()
}

fn phase_of(chapter: Chapter, index: usize, command: &Command) -> Option<Phase> {
    match command {
        // Filling what is new concerns nobody yet.
        Command::Dml(dml) => {
            let is_new =
                chapter.relation(index, dml.table()).is_some_and(|relation| !chapter.was_there(relation));
            Some(if is_new { Phase::Expand } else { Phase::Data })
        }
        Command::Refresh(_) | Command::Truncate(_) | Command::CopyData { .. } => Some(Phase::Data),
        Command::Copy(copy) => copy.from.then_some(Phase::Data),
        Command::Drop(drop) => match drop.kind {
            ObjectKind::Index => Some(Phase::Contract),
            ObjectKind::Constraint => Some(Phase::Expand),
            _ => Some(Phase::Contract),
        },
        Command::Rename(_) | Command::SetSchema(_) | Command::AlterDomain(_) | Command::AlterPolicy(_) => {
            Some(Phase::Contract)
        }
        Command::CreateIndex(create) => {
            let relation = chapter.relation(index, &create.table);
            Some(if create.unique && is_in_use(chapter, relation) { Phase::Contract } else { Phase::Expand })
        }
        Command::AlterTable(alter) => {
            let relation = chapter.relation(index, &alter.name);
            alter.actions.iter().filter_map(|action| phase_of_action(chapter, relation, action)).max()
        }
        Command::Grant(grant) => Some(if grant.grant { Phase::Expand } else { Phase::Contract }),
        Command::GrantRole(grant) => Some(if grant.grant { Phase::Expand } else { Phase::Contract }),
        Command::Role(role) => {
            Some(if role.action == RoleAction::Drop { Phase::Contract } else { Phase::Expand })
        }
        Command::CreateTable(_)
        | Command::CreateTableAs(_)
        | Command::CreateView(_)
        | Command::CreateSequence(_)
        | Command::AlterSequence(_)
        | Command::CreateType(_)
        | Command::AlterEnum(_)
        | Command::CreateDomain(_)
        | Command::CreateSchema(_)
        | Command::CreateExtension(_)
        | Command::AlterExtension(_)
        | Command::CreateFunction(_)
        | Command::AlterFunction(_)
        | Command::CreateTrigger(_)
        | Command::CreateRule(_)
        | Command::CreatePolicy(_)
        | Command::CreateStatistics(_)
        | Command::CreatePublication(_)
        | Command::AlterPublication(_)
        | Command::DefaultPrivileges(_)
        | Command::Owner(_)
        | Command::Comment(_)
        | Command::Reindex(_)
        | Command::Cluster(_) => Some(Phase::Expand),
        _ => None,
    }
}

fn phase_of_action(chapter: Chapter, relation: Option<&Relation>, action: &AlterAction) -> Option<Phase> {
    let tightens =
        |yes: bool| Some(if yes && is_in_use(chapter, relation) { Phase::Contract } else { Phase::Expand });
    match action {
        AlterAction::AddColumn { column, .. } => {
            let is_filled = column.default.is_some()
                || column.generated.is_some()
                || column.identity.is_some()
                || column.type_name.as_ref().is_some_and(|name| name.name.name.ends_with("serial"));
            tightens(column.not_null() && !is_filled)
        }
        AlterAction::DropColumn { .. }
        | AlterAction::AlterType { .. }
        | AlterAction::SetNotNull { .. }
        | AlterAction::SetExpression { .. }
        | AlterAction::DropIdentity { .. }
        | AlterAction::ValidateConstraint { .. }
        | AlterAction::DetachPartition { .. }
        | AlterAction::NoInherit(_) => tightens(true),
        AlterAction::AddConstraint(constraint) => {
            tightens(!matches!(constraint.kind, ConstraintKind::PrimaryKey(_)) && constraint.enforced)
        }
        AlterAction::RowSecurity { enable } => tightens(*enable),
        AlterAction::ForceRowSecurity { force } => tightens(*force),
        // Around a change of data, and undone behind it.
        AlterAction::Trigger { which: TriggerSelection::All | TriggerSelection::User, .. } => None,
        AlterAction::Trigger { firing, .. } => tightens(*firing == Firing::Disabled),
        _ => Some(Phase::Expand),
    }
}

/// Can the running release be using the table? Not when this migration created it, nor when nothing has filled it since
/// an earlier one did.
fn is_in_use(chapter: Chapter, relation: Option<&Relation>) -> bool {
    relation.is_none_or(|relation| chapter.was_there(relation) && is_written(relation))
}
