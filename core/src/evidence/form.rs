//! What a statement is but for the names in it: what its locks and work depend on, as far as its text tells.

use crate::sorted::sort_by;
use crate::sql::command::{AlterAction, ConstraintKind};
use crate::sql::{Command, Statement};

/// `ALTER TABLE … ADD COLUMN, SET NOT NULL`. None for a statement that others are in.
pub fn of(statement: &Statement) -> Option<String> {
    let mut text = statement.tag.to_owned();
    let concurrently = match &statement.command {
        Command::Do(_) => return None,
        Command::AlterTable(alter) => {
            let mut actions: Vec<_> = alter.actions.iter().map(action).collect();
            sort_by(&mut actions, |a, b| a.cmp(b));
            actions.dedup();
            text += " … ";
            for (index, (words, more)) in actions.into_iter().enumerate() {
                text += if index == 0 { "" } else { ", " };
                text += words;
                text += more;
            }
            false
        }
        Command::CreateIndex(index) => index.concurrently,
        Command::Reindex(reindex) => reindex.concurrently,
        Command::Drop(drop) => drop.concurrently,
        Command::Refresh(refresh) => refresh.concurrently,
        _ => false,
    };
    if concurrently {
        text += " CONCURRENTLY";
    }
    Some(text)
}

/// The words of a sub-command, and those of a variant of it.
fn action(action: &AlterAction) -> (&'static str, &'static str) {
    let switched = |on: bool, words: [&'static str; 2]| (words[usize::from(!on)], "");
    match action {
        AlterAction::AddColumn { .. } => ("ADD COLUMN", ""),
        AlterAction::DropColumn { .. } => ("DROP COLUMN", ""),
        AlterAction::AlterType { .. } => ("ALTER COLUMN TYPE", ""),
        AlterAction::SetDefault { .. } => ("SET DEFAULT", ""),
        AlterAction::DropDefault { .. } => ("DROP DEFAULT", ""),
        AlterAction::SetNotNull { .. } => ("SET NOT NULL", ""),
        AlterAction::DropNotNull { .. } => ("DROP NOT NULL", ""),
        AlterAction::SetExpression { .. } => ("SET EXPRESSION", ""),
        AlterAction::DropExpression { .. } => ("DROP EXPRESSION", ""),
        AlterAction::AddIdentity { .. } => ("ADD IDENTITY", ""),
        AlterAction::SetIdentity { .. } => ("SET IDENTITY", ""),
        AlterAction::DropIdentity { .. } => ("DROP IDENTITY", ""),
        AlterAction::SetStatistics { .. } => ("SET STATISTICS", ""),
        AlterAction::ColumnOptions { .. } => ("SET column options", ""),
        AlterAction::SetStorage { .. } => ("SET STORAGE", ""),
        AlterAction::SetCompression { .. } => ("SET COMPRESSION", ""),
        AlterAction::AddConstraint(definition) => {
            let variant = if definition.not_valid { " NOT VALID" } else { "" };
            match &definition.kind {
                ConstraintKind::NotNull { .. } => ("ADD NOT NULL", variant),
                ConstraintKind::Check { .. } => ("ADD CHECK", variant),
                ConstraintKind::PrimaryKey(key) => {
                    ("ADD PRIMARY KEY", using_index(key.using_index.is_some()))
                }
                ConstraintKind::Unique(key) => ("ADD UNIQUE", using_index(key.using_index.is_some())),
                ConstraintKind::Exclude { .. } => ("ADD EXCLUDE", ""),
                ConstraintKind::ForeignKey(_) => ("ADD FOREIGN KEY", variant),
            }
        }
        AlterAction::AlterConstraint { .. } => ("ALTER CONSTRAINT", ""),
        AlterAction::ValidateConstraint { .. } => ("VALIDATE CONSTRAINT", ""),
        AlterAction::DropConstraint { .. } => ("DROP CONSTRAINT", ""),
        AlterAction::Trigger { .. } => ("ENABLE or DISABLE TRIGGER", ""),
        AlterAction::Rule { .. } => ("ENABLE or DISABLE RULE", ""),
        AlterAction::RowSecurity { enable } => {
            switched(*enable, ["ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"])
        }
        AlterAction::ForceRowSecurity { .. } => ("FORCE ROW LEVEL SECURITY", ""),
        AlterAction::ClusterOn(_) => ("CLUSTER ON", ""),
        AlterAction::SetWithoutOids => ("SET WITHOUT OIDS", ""),
        AlterAction::SetLogged(on) => switched(*on, ["SET LOGGED", "SET UNLOGGED"]),
        AlterAction::SetTablespace(_) => ("SET TABLESPACE", ""),
        AlterAction::SetAccessMethod(_) => ("SET ACCESS METHOD", ""),
        AlterAction::Options { .. } => ("SET options", ""),
        AlterAction::Inherit(_) => ("INHERIT", ""),
        AlterAction::NoInherit(_) => ("NO INHERIT", ""),
        AlterAction::Of(_) => ("OF", ""),
        AlterAction::NotOf => ("NOT OF", ""),
        AlterAction::Owner(_) => ("OWNER TO", ""),
        AlterAction::ReplicaIdentity(_) => ("REPLICA IDENTITY", ""),
        AlterAction::AttachPartition { .. } => ("ATTACH PARTITION", ""),
        AlterAction::DetachPartition { concurrently: true, .. } => ("DETACH PARTITION", " CONCURRENTLY"),
        AlterAction::DetachPartition { finalize: true, .. } => ("DETACH PARTITION", " FINALIZE"),
        AlterAction::DetachPartition { .. } => ("DETACH PARTITION", ""),
        AlterAction::ForeignOptions { .. } => ("OPTIONS", ""),
    }
}

fn using_index(is_so: bool) -> &'static str {
    if is_so { " USING INDEX" } else { "" }
}
