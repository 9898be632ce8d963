//! CREATE EXTENSION of what is not trusted.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "extension-needs-rights",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["diesel-guard:CreateExtension", "migrationpilot:MP078", "pgrubic:ST001"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An extension is created that only a superuser may create",
    why: "An extension that is not marked as trusted can be created by superusers only (42501), or by whom a hosting \
provider lets; and its files must be installed on every server that runs the migration, the replicas too \
(0A000 or 58P01). It works on the developer's machine and fails in production. An untrusted language in it \
lets its functions do what the server's system user may.

It does not apply to the trusted extensions that come with PostgreSQL, such as pgcrypto, citext or pg_trgm. \
Have the operators create it, and let the migration only check.",
    manual: "CREATE EXTENSION",
    bad: &["CREATE EXTENSION pg_stat_statements;"],
    good: &["CREATE EXTENSION IF NOT EXISTS pgcrypto;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::CreateExtension(create) = command else { continue };
        let known = place.before().schema.extensions.get(&create.name).is_some();
        if !known && !TRUSTED.contains(&&*create.name) {
            findings.at(
                &place,
                format!("Only a superuser, or whom the provider lets, may create {} (42501), and every server must have its files.", create.name),
                "Have it created where the servers are set up; here IF NOT EXISTS then does nothing.",
            );
        }
    }
}

/// Whoever may create objects in the database may create these.
const TRUSTED: &[&str] = &[
    "bool_plperl", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "fuzzystrmatch", "hstore", "intarray", "isn",
    "jsonb_plperl", "lo", "ltree", "pg_trgm", "pgcrypto", "plperl", "plpgsql", "pltcl", "seg", "tablefunc", "tcn",
    "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", "vector",
];
