//! A comment that silences nothing, or that gives no reason. What it finds comes from `ignore`, which knows what was silenced.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unused-ignore",
    severity: Severity::Warning,
    axis: Axis::Compatibility,
    aliases: &["squawk:unused-ignore"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An ignore comment silences nothing, or gives no reason",
    why: "A `-- lockstep-ignore RULE: reason` that silences nothing hides the next, real finding of that rule; one \
without a reason tells the next reader nothing, and silences nothing.

It does not apply to other tools' comments (`-- squawk-ignore …`, `-- eugene: ignore …`): those are honoured as they are.",
    manual: "Lexical Structure: Comments",
    bad: &["-- lockstep-ignore index-not-concurrent: the table is tiny\nSELECT 1;"],
    good: &["-- file: 001_i.sql\nSET lock_timeout = '5s';\n-- lockstep-ignore index-not-concurrent: forty rows, and nobody writes at night\nCREATE INDEX i ON tags (name);\n-- file: rollback/001_rollback.sql\nDROP INDEX CONCURRENTLY i;"],
};

/// Nothing to look for by itself: `ignore::apply` reports under this rule once all the others have spoken.
fn check(_: &Scene, _: &mut Findings) {}
