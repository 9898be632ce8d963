//! A rollback that drops a column, and then the indexes that went with it.

use super::ways_back::{Back, ways_back};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Schema;
use crate::sql::Command;
use crate::sql::command::{AlterAction, ObjectKind};

pub(super) static RULE: Rule = Rule {
    id: "rollback-index-order",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "The rollback drops a column before the indexes on it, which go with it in silence",
    why: "DROP COLUMN drops every index that uses the column, without a word, also one that kept other columns unique. A `DROP INDEX IF EXISTS` \
that follows finds nothing and hides it; without IF EXISTS it fails (42704). Between the two, nothing keeps the rows unique.

It does not apply to an index that is dropped before its column. Undo in reverse order: first what was created last.",
    manual: "ALTER TABLE: DROP COLUMN",
    bad: &["-- file: 001_a.sql\nALTER TABLE groups ADD COLUMN variant text NOT NULL DEFAULT 'default';\nCREATE INDEX groups_variant ON groups (variant);\n-- file: rollback/001_rollback.sql\nALTER TABLE groups DROP COLUMN variant;\nDROP INDEX IF EXISTS groups_variant;"],
    good: &["-- file: 001_a.sql\nCREATE TABLE groups (id bigint PRIMARY KEY, variant text);\nCREATE INDEX groups_variant ON groups (variant);\n-- file: rollback/001_rollback.sql\nDROP INDEX groups_variant;\nALTER TABLE groups DROP COLUMN variant;\nDROP TABLE groups;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for back in ways_back(scene) {
        for (index, statement) in back.run.statements.iter().enumerate() {
            let Command::AlterTable(alter) = &statement.command else { continue };
            let drops = alter.actions.iter().any(|action| matches!(action, AlterAction::DropColumn { .. }));
            if !drops {
                continue;
            }
            let (before, after) = (&back.run.state_before(index).schema, &back.run.moments[index].step.after.schema);
            let gone = silently_gone(before, after);
            let named: Vec<&String> = gone.iter().filter(|name| dropped_later(&back, index, name)).collect();
            if let Some(first) = named.first() {
                let more = match named.len() - 1 {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                findings.at_span(
                    Severity::Warning,
                    back.migration,
                    back.span_of(index),
                    format!("Dropping the column drops index {first}{more} in silence; the DROP INDEX further down finds nothing to drop."),
                    "Drop the indexes first, then the column.",
                );
            }
        }
    }
}

fn silently_gone(before: &Schema, after: &Schema) -> Vec<String> {
    before
        .relations_changed_since(after)
        .into_iter()
        .filter(|relation| relation.index().is_some() && after.relation(relation.id).is_none())
        .map(|relation| relation.name.to_string())
        .collect()
}

fn dropped_later(back: &Back, statement: usize, index: &str) -> bool {
    back.run.statements[statement + 1..].iter().any(|later| match &later.command {
        Command::Drop(drop) => drop.kind == ObjectKind::Index && drop.objects.iter().any(|object| &*object.name.name == index),
        _ => false,
    })
}
