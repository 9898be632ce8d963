//! A key that is wider than what refers to it.

use super::definitions::stays;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{BaseType, Column, DataType, ForeignKey, Id, Schema};

pub(super) static RULE: Rule = Rule {
    id: "foreign-key-type-mismatch",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["online_migrations:mismatched_foreign_key_type", "pglinter:B008", "bytebase:fk-type"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A foreign key's column has another type than the column it references",
    why: "PostgreSQL compares them through a cast. An integer that refers to a bigint works until the key passes \
2,147,483,647: from then on no row can refer to a new one (22003), and only a rewrite of the referencing \
table mends that. With other types each check converts every value.

It does not apply to types that differ only in their length, or to text and varchar. A wider referencing \
column is only mentioned. Types that cannot be compared at all are refused with 42804.",
    manual: "Constraints: Foreign Keys",
    bad: &["CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE notes (id bigint PRIMARY KEY, author int REFERENCES users (id));"],
    good: &["CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE notes (id bigint PRIMARY KEY, author bigint REFERENCES users (id));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        for (relation, key) in place.new_foreign_keys() {
            let after = &place.after().schema;
            // A later migration of the set may have made them alike.
            let lasts = stays(scene, relation.id, key) && differing(scene.last(), relation.id, key).is_some();
            let Some((own, other, is_narrower)) = differing(after, relation.id, key).filter(|_| lasts) else { continue };
            let types = (after.format_type(&own.data_type), after.format_type(&other.data_type));
            let (severity, then) = if is_narrower {
                (Severity::Warning, "once the keys have outgrown it, no row can refer to a new one (22003)")
            } else {
                (Severity::Advice, "each check converts the values")
            };
            findings.at_with(
                severity,
                &place,
                format!(
                    "{}.{} is {}, {}.{} is {}: {then}.",
                    relation.display_name(), own.name, types.0, after.display_name(key.references), other.name, types.1
                ),
                format!("Make {} {} as well.", own.name, types.1),
            );
        }
    }
}

/// A column of the key and the one it references, where they are numbers of different width, and whether the first is
/// the narrower one.
fn differing<'a>(schema: &'a Schema, id: Id, key: &ForeignKey) -> Option<(&'a Column, &'a Column, bool)> {
    let table = |id| schema.relation(id).and_then(|relation| relation.table());
    let (own, other) = (table(id)?, table(key.references)?);
    key.columns.iter().zip(&key.referenced_columns).find_map(|(own_number, number)| {
        let (own, other) = (own.numbered(*own_number)?, other.numbered(*number)?);
        let narrower = narrower(&schema.base_type(&own.data_type), &schema.base_type(&other.data_type))?;
        Some((own, other, narrower))
    })
}

/// Is the first of two different number types narrower than the second? None when they are alike.
fn narrower(own: &DataType, other: &DataType) -> Option<bool> {
    let width = |data_type: &DataType| match data_type.base {
        BaseType::BuiltIn("int2") => Some(2),
        BaseType::BuiltIn("int4") => Some(4),
        BaseType::BuiltIn("int8") => Some(8),
        BaseType::BuiltIn("numeric") => Some(16),
        _ => None,
    };
    let (own, other) = (width(own)?, width(other)?);
    (own != other).then_some(own < other)
}
