//! ALTER COLUMN … TYPE to a type that cannot hold every value.

use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{BaseType, DataType};
use crate::sql::Name;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "type-narrowing",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP044", "safe-migrate:type-narrowing"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column's new type cannot hold every value of the old one",
    why: "Some values do not fit and fail the migration: an integer out of range (22003), a string too long (22001), a \
text that is no uuid or number (22P02). Others are changed without a word: fractions are rounded when a scale or a \
timestamp's precision shrinks, `timestamp` to `date` cuts the time of day off, `real` keeps six digits, and a cast in USING \
(`x::varchar(5)`) cuts strings off. What is lost, no down script brings back.

It does not apply when the new type holds all values of the old one, to tables that these files created and nothing has \
filled, nor where the old type is not known here.

Count first what does not fit, and put it right in a migration of its own.",
    manual: "ALTER TABLE: SET DATA TYPE",
    bad: &[
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,4), note text);\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2);",
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,4), note text);\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nALTER TABLE orders ALTER COLUMN note TYPE varchar(50);",
    ],
    good: &[
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, state varchar(10));\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN state TYPE varchar(20);",
    ],
};

/// What becomes of values that do not fit.
#[derive(Clone, Copy)]
enum Loss {
    /// They fail the migration, with this SQLSTATE.
    Fails(&'static str, &'static str),
    /// They are changed in silence.
    Silent(&'static str),
}

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::AlterType { column, using, .. } = alteration.action else { continue };
        if !alteration.place.may_hold_rows(alteration.relation.id) {
            continue;
        }
        let Some((from, to)) = types(&alteration, column) else { continue };
        let schema = &alteration.place.after().schema;
        let (from_text, to_text) = (schema.format_type(&from), schema.format_type(&to));
        let Some(loss) = loss(&from, &to, using.is_some()) else { continue };
        let (severity, what) = match loss {
            Loss::Fails(values, sqlstate) => {
                (Severity::Warning, format!("{values} fail the migration ({sqlstate})"))
            }
            Loss::Silent(what) => (Severity::Danger, format!("{what}, without an error")),
        };
        findings.at_with(
            severity,
            &alteration.place,
            format!("{}.{column} from {from_text} to {to_text}: {what}.", alteration.name()),
            "Count the values that do not fit before, and put them right in a migration of their own; keep a copy of the column if they matter.",
        );
    }
}

fn types(alteration: &Alteration, column: &Name) -> Option<(DataType, DataType)> {
    let schema = &alteration.place.before().schema;
    let from = schema.base_type(&alteration.column_before(column)?.data_type);
    let to = alteration.place.after().schema.base_type(&alteration.column_after(column)?.data_type);
    (from.array == to.array && !from.array).then_some((from, to))
}

/// What a change of type does to values that do not fit; none where all of them do, or it is not known.
fn loss(from: &DataType, to: &DataType, using: bool) -> Option<Loss> {
    let (BaseType::BuiltIn(old), BaseType::BuiltIn(new)) = (&from.base, &to.base) else { return None };
    let size = |data_type: &DataType, index: usize| data_type.modifiers.get(index)?.parse::<i64>().ok();
    let integer = |name: &str| ["int2", "int4", "int8"].iter().position(|known| *known == name);
    let is_string = |name: &str| matches!(name, "text" | "varchar" | "bpchar" | "name");
    match (*old, *new) {
        (a, b) if integer(a).is_some() && integer(b).is_some() => {
            (integer(b) < integer(a)).then_some(Loss::Fails("numbers out of range", "22003"))
        }
        ("numeric" | "float4" | "float8", b) if integer(b).is_some() => {
            Some(Loss::Silent("fractions are rounded off"))
        }
        ("float8", "float4") => Some(Loss::Silent("digits after the sixth are lost")),
        ("numeric", "float4" | "float8") => {
            Some(Loss::Silent("digits that binary floating point cannot hold are lost"))
        }
        ("int8" | "int4", "float4") | ("int8", "float8") => {
            Some(Loss::Silent("large numbers lose their last digits"))
        }
        ("numeric", "numeric") => {
            let new_scale = size(to, 1)?;
            let new_digits = size(to, 0)? - new_scale;
            match (size(from, 0), size(from, 1)) {
                (Some(precision), Some(scale)) if scale <= new_scale => (precision - scale > new_digits)
                    .then_some(Loss::Fails("numbers with too many digits", "22003")),
                _ => Some(Loss::Silent("fractions are rounded")),
            }
        }
        (a, "numeric") if integer(a).is_some() => {
            let digits = size(to, 0)? - size(to, 1).unwrap_or(0);
            let widest = [5, 10, 19][integer(a)?];
            (digits < widest).then_some(Loss::Fails("numbers with too many digits", "22003"))
        }
        (a, "varchar" | "bpchar") if is_string(a) => {
            let limit = size(to, 0)?;
            let fits = size(from, 0).is_some_and(|length| length <= limit);
            match (fits, using) {
                (true, _) => None,
                (false, true) => Some(Loss::Silent("a cast in USING cuts longer strings off")),
                (false, false) => Some(Loss::Fails("longer strings", "22001")),
            }
        }
        (a, b) if is_string(a) && !is_string(b) => {
            Some(Loss::Fails("strings that are no such value", "22P02"))
        }
        ("timestamp" | "timestamptz", "date") => Some(Loss::Silent("the time of day is cut off")),
        ("timestamp" | "timestamptz", "time" | "timetz") => Some(Loss::Silent("the date is cut off")),
        ("timestamp" | "timestamptz" | "time" | "timetz" | "interval", b) => {
            let digits = |data_type: &DataType| size(data_type, 0).unwrap_or(6);
            (b != "text" && !is_string(b) && digits(to) < digits(from))
                .then_some(Loss::Silent("fractions of seconds are rounded"))
        }
        ("json", "jsonb") => Some(Loss::Silent("order and duplicates of keys are lost")),
        _ => None,
    }
}
