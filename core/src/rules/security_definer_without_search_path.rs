//! A function that runs with its owner's rights along the caller's search path.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::FunctionBody;
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "security-definer-without-search-path",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["splinter:0011_function_search_path_mutable", "migrationpilot:MP099", "pgrubic:ST003"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A SECURITY DEFINER function does not fix its search_path",
    why: "The function runs with the rights of its owner, but looks up unqualified names along the search_path of whoever calls it. A caller \
who creates a table, function or operator of that name in a schema of their own (or in pg_temp) has the function use it, with the owner's rights.

It does not apply to a body in the SQL standard's form (BEGIN ATOMIC), whose names are resolved when it is created, nor when ALTER FUNCTION … SET \
search_path follows in the set. Add `SET search_path = pg_catalog, pg_temp` and qualify the names.",
    manual: "CREATE FUNCTION: Writing SECURITY DEFINER Functions Safely",
    bad: &["CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*)::int FROM users';"],
    good: &["CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT count(*)::int FROM public.users';"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let name = match place.command() {
            Command::CreateFunction(create)
                if create.options.security_definer == Some(true) && !matches!(create.body, FunctionBody::Parsed(..)) =>
            {
                &create.name
            }
            Command::AlterFunction(alter) if alter.options.security_definer == Some(true) => &alter.object.name,
            _ => continue,
        };
        if is_open_at_the_end(&place, name) {
            findings.at(
                &place,
                format!("{name} runs with its owner's rights, and whoever calls it decides by search_path which tables and functions it uses."),
                "Add SET search_path = pg_catalog, pg_temp to it, and write the schema before every name in its body.",
            );
        }
    }
}

/// Is a function of that name still there at the end of the set, still with its owner's rights, and with no search_path?
fn is_open_at_the_end(place: &Place, written: &QualifiedName) -> bool {
    let path = place.before().session.search_path();
    place.scene.last().functions_called(written, &path).any(|function| {
        function.options.security_definer == Some(true)
            && !function.options.settings.iter().any(|(parameter, _)| &**parameter == "search_path")
    })
}
