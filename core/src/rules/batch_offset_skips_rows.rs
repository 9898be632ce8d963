//! Batches by OFFSET over a set that shrinks as they go.

use super::body::{self, BodyPart};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::{Command, Dml, Literal, Name, Node, Query, Select};

pub(super) static RULE: Rule = Rule {
    id: "batch-offset-skips-rows",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A batched change moves on by OFFSET although changed rows leave the set, so it skips rows",
    why: "The batch is picked by a condition that the change makes false: after the first batch those rows are no longer in the set, \
and OFFSET then skips as many that were not changed. Every second batch is left out, the loop ends as if all were done, and a later \
SET NOT NULL fails (23502) or the rows stay wrong for good.

It does not apply when the condition is on other columns than the change sets. Leave OFFSET out and repeat the first batch until it is empty, \
or move on by key: `WHERE id > last_id ORDER BY id LIMIT n`.",
    manual: "LIMIT and OFFSET",
    bad: &["DO $$\nDECLARE done int := 0;\nBEGIN\n  LOOP\n    UPDATE jobs SET status = 'new' WHERE id IN (SELECT id FROM jobs WHERE status IS NULL LIMIT 1000 OFFSET done);\n    EXIT WHEN NOT FOUND;\n    done := done + 1000;\n  END LOOP;\nEND $$;"],
    good: &["CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$\nBEGIN\n  LOOP\n    UPDATE jobs SET status = 'new' WHERE id IN (SELECT id FROM jobs WHERE status IS NULL LIMIT 1000);\n    EXIT WHEN NOT FOUND;\n    COMMIT;\n  END LOOP;\nEND $$;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let Some(body) = body::of(&place) else { continue };
        for line in body.statements.iter().filter(|line| !line.loops.is_empty()) {
            let BodyPart::Command(Command::Dml(dml)) = &line.what else { continue };
            let Some(why) = leaves_the_set(dml) else { continue };
            findings.at_span(
                Severity::Danger,
                Some(place.migration),
                body.span_of(line.line),
                format!("{why}, while OFFSET moves on: every batch after the first skips as many rows of {} as it should change.", dml.table()),
                "Leave OFFSET out: the rows that are done leave the set by themselves. Or move on by key with WHERE id > last_id ORDER BY id LIMIT n.",
            );
        }
    }
}

/// Why the rows of one batch are not in the set of the next one.
fn leaves_the_set(dml: &Dml) -> Option<String> {
    let condition = dml.condition()?;
    let pages = condition.subqueries().into_iter().find(|query| pages_on(query) && reads(query, &dml.table().name))?;
    match dml {
        Dml::Delete { .. } => Some("The deleted rows leave the set".to_owned()),
        Dml::Update { assignments, .. } => {
            let Select::Simple { condition: Some(picked_by), .. } = &pages.select else { return None };
            let named = picked_by.columns();
            let set: Vec<&Name> = assignments.iter().map(|(column, _)| column).filter(|c| named.contains(c)).collect();
            let column = set.first()?;
            Some(format!("The rows whose {column} has been set leave the set that is picked by {column}"))
        }
        Dml::Insert { .. } | Dml::Merge { .. } => None,
    }
}

/// Does it have an OFFSET that is not a constant?
fn pages_on(query: &Query) -> bool {
    let is_constant = |node: &Node| matches!(node, Node::Literal(Literal::Integer(_) | Literal::Null));
    query.limit.is_some() && query.offset.as_ref().is_some_and(|offset| !is_constant(offset))
}

fn reads(query: &Query, table: &str) -> bool {
    super::writes::sources(query).into_iter().any(|name| &*name.name == table)
}
