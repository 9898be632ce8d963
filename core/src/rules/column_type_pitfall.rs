//! Types that surprise.

use super::definitions::{is_built_in, typed_columns};
use super::ways_back::listed;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "column-type-pitfall",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["squawk:ban-char-field", "squawk:prefer-timestamptz", "migrationpilot:MP037", "pgrubic:TP001", "splinter:unsupported_reg_types", "eugene:E5"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column of a type that seldom does what is expected of it",
    why: "`char(n)` pads with blanks and compares without them; `timestamp` without time zone forgets which moment it \
was; `timetz` cannot know summer time; `money` takes currency and precision from the server's locale; of the \
types of the `reg…` family most stop pg_upgrade. To mend it later takes a type change, which often writes \
the table anew under ACCESS EXCLUSIVE.

It does not apply to columns that have to match somebody else's format. Use `text`, `timestamptz`, \
`numeric`, `text` for a name.",
    manual: "Data Types",
    bad: &["CREATE TABLE bookings (id bigint PRIMARY KEY, code char(8), at timestamp);"],
    good: &["CREATE TABLE bookings (id bigint PRIMARY KEY, code text, at timestamptz, price numeric(12, 2));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let mut said: Vec<String> = Vec::new();
        for (column, written) in typed_columns(command) {
            let Some((_, shown, why)) = PITFALLS.iter().find(|(name, ..)| is_built_in(written, name)) else { continue };
            said.push(format!("{column} is {shown}, which {why}"));
        }
        if !said.is_empty() {
            findings.at(&place, format!("{}.", listed(&said)), "Use text, timestamptz and numeric, unless another system dictates the type.");
        }
    }
}

/// Type as the grammar calls it, as people do, and what is wrong with it.
const PITFALLS: &[(&str, &str, &str)] = &[
    ("bpchar", "char(n)", "pads its values with blanks"),
    ("money", "money", "depends on the server's locale"),
    ("regcollation", "regcollation", "stops pg_upgrade"),
    ("regconfig", "regconfig", "stops pg_upgrade"),
    ("regdictionary", "regdictionary", "stops pg_upgrade"),
    ("regnamespace", "regnamespace", "stops pg_upgrade"),
    ("regoper", "regoper", "stops pg_upgrade"),
    ("regoperator", "regoperator", "stops pg_upgrade"),
    ("regproc", "regproc", "stops pg_upgrade"),
    ("regprocedure", "regprocedure", "stops pg_upgrade"),
    ("timestamp", "timestamp without time zone", "forgets the time zone"),
    ("timetz", "time with time zone", "knows no date and so no summer time"),
];
