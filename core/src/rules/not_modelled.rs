//! Statements whose effect is not simulated.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "not-modelled",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["safe-migrate:opaque-dynamic-sql", "migrationpilot:MP063", "pgfence:coverage"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A statement's effect on the schema is not simulated",
    why: "PostgreSQL accepts the statement, but what it does to the schema, which locks it takes and what it works on is not simulated \
here; nor is what a statement does that is put together at run time (EXECUTE). Later findings may miss something because of it.

It does not apply to what has no effect on the schema. Look at these statements yourself; the coverage figure counts them.",
    manual: "SQL Commands",
    bad: &["CALL rebuild_everything();"],
    good: &["SELECT 1;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let mut kinds: Vec<(&'static str, Place, usize)> = Vec::new();
    for place in scene.places() {
        if place.step().modelled || matches!(place.command(), Command::Invalid(_)) {
            continue;
        }
        let tag = place.statement().tag;
        match kinds.iter_mut().find(|(known, ..)| *known == tag) {
            Some((_, _, count)) => *count += 1,
            None => kinds.push((tag, place, 1)),
        }
    }
    for (tag, place, count) in kinds {
        let what = match place.command() {
            Command::Do(_) => "What this DO block puts together at run time is not simulated".to_owned(),
            _ => format!("What {tag} does is not simulated"),
        };
        let often = if count > 1 { format!(" ({count} statements of this kind)") } else { String::new() };
        findings.at(&place, format!("{what}{often}: its locks and its effect are not part of this review."), "Look at it yourself.");
    }
}
