//! A batch that has to look for its rows.

use super::body::{self, BodyPart};
use super::writes::sources;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{KeyPart, Relation, Schema};
use crate::sql::{Command, Dml, Name, Select};

pub(super) static RULE: Rule = Rule {
    id: "batch-without-index",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["gitlab:update_column_in_batches"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A loop changes rows in batches, and no index finds the rows of a batch",
    why: "Each round looks for the next rows that match. Without an index that begins with a column of the condition \
(or a partial one on it), every round reads the table from its beginning, over all rows that are done \
already: the time grows with the square of the rows.

It does not apply when the batch moves on by a key that has an index, nor to tables whose indexes are not \
known here, nor to small ones. Move on by primary key (`WHERE id > last_id ORDER BY id LIMIT n`), or build a \
partial index for the time of the backfill.",
    manual: "Indexes: Partial Indexes",
    bad: &["-- file: 001_a.sql\nCREATE TABLE jobs (id bigint PRIMARY KEY, state text);\nINSERT INTO jobs SELECT g FROM generate_series(1, 1000000) g;\n-- file: 002_b.sql\nDO $$\nBEGIN\n  LOOP\n    UPDATE jobs SET state = 'new' WHERE id IN (SELECT id FROM jobs WHERE state IS NULL LIMIT 1000);\n    EXIT WHEN NOT FOUND;\n    COMMIT;\n  END LOOP;\nEND $$;"],
    good: &["-- file: 001_a.sql\nCREATE TABLE jobs (id bigint PRIMARY KEY, state text);\nCREATE INDEX jobs_to_do ON jobs (id) WHERE state IS NULL;\nINSERT INTO jobs SELECT g FROM generate_series(1, 1000000) g;\n-- file: 002_b.sql\nDO $$\nBEGIN\n  LOOP\n    UPDATE jobs SET state = 'new' WHERE id IN (SELECT id FROM jobs WHERE state IS NULL LIMIT 1000);\n    EXIT WHEN NOT FOUND;\n    COMMIT;\n  END LOOP;\nEND $$;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let Some(body) = body::of(&place).filter(|body| body.runs_now) else { continue };
        for line in body.statements.iter().filter(|line| !line.loops.is_empty()) {
            let BodyPart::Command(Command::Dml(dml)) = &line.what else { continue };
            let Some(table) = place.relation(dml.table()).filter(|table| !table.presumed && place.is_in_use(table.id)) else {
                continue;
            };
            let Some(picked_by) = picked_by(dml) else { continue };
            if is_found_by_index(&place.before().schema, table, &picked_by) {
                continue;
            }
            findings.at_span(
                Severity::Warning,
                Some(place.migration),
                body.span_of(line.line),
                format!(
                    "No index of {} begins with {}: every round of the loop reads the table from its beginning.",
                    table.display_name(), picked_by.join(" or ")
                ),
                "Move on by primary key (WHERE id > last_id ORDER BY id LIMIT n), or build a partial index for the time of the backfill.",
            );
        }
    }
}

/// The columns by which the rows of one batch are picked, where a LIMIT makes it a batch.
fn picked_by(dml: &Dml) -> Option<Vec<Name>> {
    let query = dml.condition()?.subqueries().into_iter().find(|query| {
        query.limit.is_some() && sources(query).iter().any(|name| *name.name == *dml.table().name)
    })?;
    let Select::Simple { condition: Some(condition), from, .. } = &query.select else { return None };
    let columns = condition.columns();
    (from.len() == 1 && !columns.is_empty()).then_some(columns)
}

fn is_found_by_index(schema: &Schema, table: &Relation, columns: &[Name]) -> bool {
    let Some(own) = table.table() else { return true };
    let numbers: Vec<i16> = columns.iter().filter_map(|name| own.column(name)).map(|column| column.number).collect();
    // A column that the table has not: of something else, or a variable.
    numbers.len() < columns.len()
        || schema.indexes_of(table.id).any(|(_, index)| {
            let first = index.keys.first().map(|key| &key.part);
            let leads = match first {
                Some(KeyPart::Column(number)) => numbers.contains(number),
                Some(KeyPart::Expression(_, of)) => of.iter().any(|number| numbers.contains(number)),
                None => false,
            };
            leads || index.predicate.as_ref().is_some_and(|(_, of)| of.iter().any(|number| numbers.contains(number)))
        })
}
