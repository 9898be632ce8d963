//! CREATE INDEX CONCURRENTLY that cannot be run again after it failed.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::ObjectKind;

pub(super) static RULE: Rule = Rule {
    id: "concurrent-index-retry",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["squawk:prefer-robust-stmts", "migrationpilot:MP070", "migrationpilot:MP042", "strong_migrations:remove_invalid_indexes"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A concurrent index build that fails leaves an invalid index, and running it again does not mend that",
    why: "When CREATE INDEX CONCURRENTLY is cancelled, deadlocks or finds a duplicate, it leaves an *invalid* index: \
every write maintains it, no query uses it, and a unique one may go on refusing rows. Run again with IF NOT EXISTS, the \
statement sees that name and reports success. Without a name, it builds a second index beside the invalid one.

It does not apply when `DROP INDEX CONCURRENTLY IF EXISTS` of the same name comes before it in the migration, nor to a named \
index without IF NOT EXISTS: that fails loudly (42P07).

Name the index, and drop what a failed run may have left before building it.",
    manual: "CREATE INDEX: Building Indexes Concurrently",
    bad: &[
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_total_idx ON orders (total);",
        "CREATE INDEX CONCURRENTLY ON orders (total);",
    ],
    good: &[
        "SET lock_timeout = '5s';\nDROP INDEX CONCURRENTLY IF EXISTS orders_total_idx;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS orders_total_idx ON orders (total);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::CreateIndex(create) = command else { continue };
        if !create.concurrently {
            continue;
        }
        match &create.name {
            None => findings.at(
                &place,
                "If this build fails, its invalid index stays, and running it again builds another one beside it.",
                "Give the index a name, and put DROP INDEX CONCURRENTLY IF EXISTS of that name before it.",
            ),
            Some(name) if create.if_not_exists && !is_dropped_before(&place, name) => findings.at(
                &place,
                format!("If this build fails, an invalid {name} stays, and IF NOT EXISTS takes that for success when it is run again."),
                format!("Put DROP INDEX CONCURRENTLY IF EXISTS {name} before it."),
            ),
            Some(_) => {}
        }
    }
}

fn is_dropped_before(place: &Place, name: &str) -> bool {
    place.earlier_in_migration().any(|earlier| match earlier.command() {
        Command::Drop(drop) => {
            drop.kind == ObjectKind::Index && drop.objects.iter().any(|object| *object.name.name == *name)
        }
        _ => false,
    })
}
