//! A setting that outlives its script.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

/// Settings under which later scripts of the same connection mean something else.
const MEANINGFUL: &[&str] = &[
    "check_function_bodies",
    "client_encoding",
    "default_table_access_method",
    "default_tablespace",
    "default_transaction_isolation",
    "default_transaction_read_only",
    "role",
    "row_security",
    "search_path",
    "session_authorization",
    "session_replication_role",
    "standard_conforming_strings",
    "timezone",
];

pub(super) static RULE: Rule = Rule {
    id: "session-setting-leaks",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["eslint-plugin-postgresql:no-set-search-path", "bytebase:217"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A SET without LOCAL outlives the script and changes what later scripts mean",
    why: "SET lasts until the session ends, not until the script does. A runner applies several scripts on one connection, and a \
pool hands that connection on: the next script creates its tables in another schema (search_path), as another owner (role), or \
with foreign keys and triggers switched off (session_replication_role).

It does not apply to SET LOCAL inside a transaction, to settings that a RESET takes back, nor to timeouts.",
    manual: "SET",
    bad: &["SET search_path = app;\nCREATE TABLE t (id bigint PRIMARY KEY);"],
    good: &["BEGIN;\nSET LOCAL search_path = app;\nCREATE TABLE t (id bigint PRIMARY KEY);\nCOMMIT;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let at_the_end = &scene.timeline.ups[migration].after.session;
        for parameter in MEANINGFUL {
            if at_the_end.get(parameter).is_none() {
                continue;
            }
            let last = scene.places_of(migration).filter(|place| match place.command() {
                Command::Set(set) => !set.local && set.name.as_deref() == Some(*parameter),
                _ => false,
            });
            if let Some(place) = last.last() {
                findings.at(
                    &place,
                    format!("{parameter} stays set when the script is over: later scripts on the same connection run with it."),
                    format!("Use SET LOCAL {parameter} inside a transaction, or RESET {parameter} at the end."),
                );
            }
        }
    }
}
