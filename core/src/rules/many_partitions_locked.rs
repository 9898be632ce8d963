//! One statement, many tables.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "many-partitions-locked",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP110"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "One statement locks many tables in use at once",
    why: "What is done to a partitioned table is done to its partitions: each is locked in turn until the transaction \
ends, and the wait for one is a wait for all that are locked already. Each table and index takes a place in \
the lock table, whose size follows from max_locks_per_transaction; when it is full, any session's statement \
fails with 53200.

It does not apply below 20 tables, nor to tables that nothing uses yet. Change the partitions one by one and \
the parent last (ON ONLY), with a short lock_timeout.",
    manual: "Lock Management: max_locks_per_transaction",
    bad: &["-- file: 001_a.sql\nCREATE TABLE m (d int) PARTITION BY LIST (d);\nCREATE TABLE m0 PARTITION OF m FOR VALUES IN (0);\nCREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);\nCREATE TABLE m2 PARTITION OF m FOR VALUES IN (2);\nCREATE TABLE m3 PARTITION OF m FOR VALUES IN (3);\nCREATE TABLE m4 PARTITION OF m FOR VALUES IN (4);\nCREATE TABLE m5 PARTITION OF m FOR VALUES IN (5);\nCREATE TABLE m6 PARTITION OF m FOR VALUES IN (6);\nCREATE TABLE m7 PARTITION OF m FOR VALUES IN (7);\nCREATE TABLE m8 PARTITION OF m FOR VALUES IN (8);\nCREATE TABLE m9 PARTITION OF m FOR VALUES IN (9);\nCREATE TABLE m10 PARTITION OF m FOR VALUES IN (10);\nCREATE TABLE m11 PARTITION OF m FOR VALUES IN (11);\nCREATE TABLE m12 PARTITION OF m FOR VALUES IN (12);\nCREATE TABLE m13 PARTITION OF m FOR VALUES IN (13);\nCREATE TABLE m14 PARTITION OF m FOR VALUES IN (14);\nCREATE TABLE m15 PARTITION OF m FOR VALUES IN (15);\nCREATE TABLE m16 PARTITION OF m FOR VALUES IN (16);\nCREATE TABLE m17 PARTITION OF m FOR VALUES IN (17);\nCREATE TABLE m18 PARTITION OF m FOR VALUES IN (18);\nCREATE TABLE m19 PARTITION OF m FOR VALUES IN (19);\nINSERT INTO m SELECT g % 20 FROM generate_series(1, 100000) g;\n-- file: 002_b.sql\nALTER TABLE m ADD COLUMN note text;"],
    good: &["CREATE TABLE m (d int) PARTITION BY LIST (d);\nCREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);\nALTER TABLE m ADD COLUMN note text;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let mut locks = place.blocking_locks();
        if place.step().locks.len() >= MANY
            && let Some(first) = locks.next()
            && let others = locks.count()
            && others + 1 >= MANY
        {
            findings.at(
                &place,
                format!("{} on {} and {others} other tables is waited for one by one, and held until COMMIT.", first.mode, first.name),
                "Do it partition by partition, the parent last, each in a transaction of its own with a short lock_timeout.",
            );
        }
    }
}

/// From so many tables on.
const MANY: usize = 20;
