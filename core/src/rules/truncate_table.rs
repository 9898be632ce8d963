//! TRUNCATE of a table that was there before.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Rows;
use crate::sql::Command;
use crate::sql::command::Behavior;

pub(super) static RULE: Rule = Rule {
    id: "truncate-table",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["squawk:ban-truncate-cascade", "bytebase:257"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A table that was there before is emptied",
    why: "TRUNCATE removes all rows at once, under ACCESS EXCLUSIVE, without firing DELETE triggers. With CASCADE it \
empties every table that references this one as well, and those that reference them. No down script brings the rows back.

It does not apply to tables that these files created themselves.

Delete what has to go in batches, or rename the table and create a new one; take a backup before.",
    manual: "TRUNCATE",
    bad: &["TRUNCATE sessions;", "SET lock_timeout = '5s';\nTRUNCATE customers CASCADE;"],
    good: &["CREATE TABLE scratch (id int);\nINSERT INTO scratch VALUES (1);\nTRUNCATE scratch;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Truncate(truncate) = command else { continue };
        let named: Vec<_> = truncate.tables.iter().map(|(written, _)| written).collect();
        // What was not known before was taken to exist.
        let old: Vec<String> = named
            .iter()
            .filter(|written| match place.known_before(written) {
                Some(table) => scene.is_old(table),
                None => !place.makes_within(written),
            })
            .map(|written| place.sized_name(written))
            .collect();
        let named: Vec<_> = named.into_iter().filter_map(|written| place.known_before(written)).collect();
        // What references them is emptied too: all that held rows before and holds none after.
        let along: Vec<String> = place
            .before()
            .schema
            .relations()
            .filter(|relation| named.iter().all(|table| table.id != relation.id) && scene.is_old(relation))
            .filter(|relation| {
                let rows = |schema: &crate::schema::Schema| {
                    schema.relation(relation.id).and_then(|found| found.table()).map(|table| table.rows)
                };
                rows(&place.before().schema) > Some(Rows::None)
                    && rows(&place.after().schema) == Some(Rows::None)
            })
            .map(|relation| relation.display_name())
            .collect();
        if old.is_empty() && along.is_empty() {
            continue;
        }
        let cascade = match (truncate.behavior, along.is_empty()) {
            (Behavior::Cascade, true) => {
                " CASCADE empties every table that references it too, whichever these are.".to_owned()
            }
            (_, true) => String::new(),
            (_, false) => format!(" With it goes every row of {}.", along.join(", ")),
        };
        findings.at(
            &place,
            format!("All rows of {} are lost.{cascade}", old.join(", ")),
            "Delete in batches what has to go, or rename the table and create a new one; take a backup before.",
        );
    }
}
