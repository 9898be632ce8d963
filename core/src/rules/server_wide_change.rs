//! More than this database.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "server-wide-change",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["squawk:ban-drop-database", "pglt:banDropDatabase", "pglinter:C003", "migrationpilot:MP034"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A statement changes the server, or another database, not only this one",
    why: "ALTER SYSTEM writes the configuration of the whole server, ALTER DATABASE … SET that of every later session; \
CREATE and DROP DATABASE, and tablespaces, concern what a migration of one database does not own. They need \
rights that a migration should not have, most cannot run in a transaction (25001), and no down script of \
another database knows of them.

It does not apply to SET, nor to ALTER ROLE … SET. Leave it to whoever sets up the servers.",
    manual: "ALTER SYSTEM",
    bad: &["ALTER SYSTEM SET work_mem = '1GB';"],
    good: &["SET work_mem = '1GB';"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let tag = place.statement().tag;
        let what = match tag {
            "ALTER SYSTEM" | "ALTER TABLESPACE" | "CREATE TABLESPACE" | "DROP TABLESPACE" => "the whole server",
            "ALTER DATABASE" => "every later session of a database",
            "CREATE DATABASE" => "the server's list of databases",
            "DROP DATABASE" => "a whole database, with all that is in it",
            _ => continue,
        };
        let severity = if tag == "DROP DATABASE" { Severity::Danger } else { Severity::Warning };
        findings.at_with(severity, &place, format!("{tag} concerns {what}."), "Leave it to whoever sets up the servers.");
    }
}
