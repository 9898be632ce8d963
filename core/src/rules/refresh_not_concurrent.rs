//! REFRESH MATERIALIZED VIEW without CONCURRENTLY.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "refresh-not-concurrent",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["pgfence:refresh-materialized-view", "migrationpilot:MP033"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A materialized view cannot be read while it is refreshed",
    why: "REFRESH MATERIALIZED VIEW takes ACCESS EXCLUSIVE on the view for as long as its query runs: every SELECT on it \
waits.

It does not apply to a view that these files created, nor to one that holds no data yet.

`REFRESH MATERIALIZED VIEW CONCURRENTLY` takes EXCLUSIVE, so reads go on. It needs a unique index on plain columns without \
WHERE, a view that holds data, and it is allowed inside a transaction.",
    manual: "REFRESH MATERIALIZED VIEW",
    bad: &["SET lock_timeout = '5s';\nREFRESH MATERIALIZED VIEW daily_totals;"],
    good: &[
        "CREATE TABLE sales (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM sales WITH NO DATA;\nREFRESH MATERIALIZED VIEW totals;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Refresh(refresh) = command else { continue };
        if refresh.concurrently {
            continue;
        }
        let known = place.known_before(&refresh.name);
        let is_idle = known.is_some_and(|relation| {
            !scene.is_old(relation) || relation.view().is_some_and(|view| !view.populated)
        });
        if is_idle {
            continue;
        }
        findings.at(
            &place,
            format!("REFRESH holds ACCESS EXCLUSIVE on {} while its query runs: every SELECT on it waits.", place.sized_name(&refresh.name)),
            "Use REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index on plain columns without WHERE.",
        );
    }
}
