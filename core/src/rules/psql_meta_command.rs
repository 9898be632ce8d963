//! Lines that only psql understands.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

/// Commands of psql that bring in what is not reviewed here.
const INCLUDING: &[&str] = &["\\i", "\\include", "\\ir", "\\include_relative", "\\copy", "\\gexec", "\\!"];

pub(super) static RULE: Rule = Rule {
    id: "psql-meta-command",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A line is a command of psql, not SQL",
    why: "psql reads lines that begin with a backslash itself and never sends them. Any other runner sends them to the server, which refuses \
them (42601). And what `\\i`, `\\copy` or `\\gexec` bring in is not among the files, so it is not reviewed.

It does not apply to `\\set`, `\\echo` and the like in scripts that psql runs.",
    manual: "psql: Meta-Commands",
    bad: &["\\i functions.sql\nSELECT 1;"],
    good: &["\\set ON_ERROR_STOP on\nSELECT 1;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let layout = scene.history.layout;
    for (migration, _) in scene.reviewed() {
        for place in scene.places_of(migration) {
            let Command::Psql(command) = place.command() else { continue };
            if !layout.runner.psql {
                findings.at(
                    &place,
                    format!("{} sends {command} to the server, which refuses it (42601).", layout.title),
                    "Write it as SQL, or take it out.",
                );
                break;
            }
            if INCLUDING.contains(&&**command) {
                findings.at_with(
                    Severity::Advice,
                    &place,
                    format!("What {command} brings in is not reviewed, and only psql can run this line."),
                    "Put the statements themselves into the migration.",
                );
            }
        }
    }
}
