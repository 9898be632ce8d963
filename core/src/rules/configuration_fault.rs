//! Something in `lockstep.toml` that is not understood.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "configuration-fault",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Something in lockstep.toml is not understood, and so has no effect",
    why: "A rule whose name is misspelt, or a key that does not exist, changes nothing: the review is another one than the project \
wants. The command line refuses such a file; where it is pasted or dropped with the migrations, the rest of it counts.

It does not apply to comments, nor to tables that are empty.",
    manual: "Managing Databases",
    bad: &["-- file: lockstep.toml\n[rules]\nindx-not-concurrent = \"off\"\n-- file: 001_a.sql\nSELECT 1;"],
    good: &["-- file: lockstep.toml\n[rules]\nindex-not-concurrent = \"off\"\n-- file: 001_a.sql\nCREATE INDEX i ON orders (id);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (span, message) in &scene.settings.faults {
        findings.at_span(
            Severity::Warning,
            None,
            *span,
            format!("Not understood, and without effect: {message}."),
            "Correct the line; the documentation of lockstep.toml lists what there is.",
        );
    }
}
