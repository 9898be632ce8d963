//! A name that does not match the pattern which the project sets for its kind.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Column, ConstraintKind, Origin, Relation, RelationKind, Schema, Table};
use crate::settings::NamedKind;

pub(super) static RULE: Rule = Rule {
    id: "naming-pattern",
    severity: Severity::Warning,
    axis: Axis::Compatibility,
    aliases: &["bytebase:naming", "atlas:NM101", "sqlcheck:naming"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A name does not match the pattern that lockstep.toml sets for tables, columns, indexes or constraints",
    why: "A name is in code, queries and dashboards from its first day on, and renaming it later breaks them (42P01, 42703). \
Scripts that find objects by a pattern miss those that do not follow it.

It does not apply where `[naming]` says nothing of the kind: without a configuration there are no patterns. In a pattern `*` is any text, `?` one character, \
`{table}` the table's name and `{columns}` its columns with `_` between them; `snake_case` alone is lower-case letters, digits and `_`. Names that \
PostgreSQL makes up are looked at too.",
    manual: "Lexical Structure: Identifiers and Key Words",
    bad: &[
        "-- file: lockstep.toml\n[naming]\ntable = \"snake_case\"\n-- file: 001_a.sql\nCREATE TABLE \"Orders\" (id bigint PRIMARY KEY);",
        "-- file: lockstep.toml\n[naming]\nindex = \"{table}_{columns}_idx\"\n-- file: 001_a.sql\nCREATE INDEX CONCURRENTLY by_day ON orders (day);",
        "-- file: lockstep.toml\n[naming]\ncolumn = [\"snake_case\"]\n-- file: 001_a.sql\nALTER TABLE orders ADD COLUMN \"dayOf\" date;",
        "-- file: lockstep.toml\n[naming]\nprimary-key = \"pk_{table}\"\n-- file: 001_a.sql\nCREATE TABLE orders (id bigint PRIMARY KEY);",
    ],
    good: &[
        "-- file: lockstep.toml\n[naming]\ntable = \"snake_case\"\nindex = [\"{table}_*_key\", \"{table}_{columns}_idx\"]\nforeign-key = \"{table}_*_fkey\"\n-- file: 001_a.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, day date, other bigint REFERENCES orders (id));\nCREATE INDEX ON orders (day);\nCREATE INDEX ON orders (other);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    if scene.settings.naming.is_empty() {
        return;
    }
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let (before, after) = (&place.before().schema, &place.after().schema);
        for relation in after.relations() {
            let old = before.relation(relation.id);
            if relation.presumed || old.is_some_and(|old| Arc::ptr_eq(old, relation)) {
                // Of a table that is only assumed, what this statement adds is new all the same.
                let Some(table) = relation.table().filter(|_| relation.presumed) else { continue };
                parts(&place, relation, table, old.and_then(|old| old.table()), after, findings);
                continue;
            }
            let is_new = old.is_none_or(|old| old.name != relation.name);
            match &relation.kind {
                RelationKind::Table(table) => {
                    if is_new {
                        report(&place, NamedKind::Table, &relation.name, "", &[], findings);
                    }
                    parts(&place, relation, table, old.and_then(|old| old.table()), after, findings);
                }
                RelationKind::View(_) if is_new => {
                    report(&place, NamedKind::View, &relation.name, "", &[], findings);
                }
                RelationKind::Index(index) if is_new => {
                    let Some(on) = after.relation(index.table) else { continue };
                    let Some(table) = on.table().filter(|table| !is_of_constraint(table, relation)) else { continue };
                    let columns = index.key_columns().map(|key| names(table, &key)).unwrap_or_default();
                    report(&place, NamedKind::Index, &relation.name, &on.name, &columns, findings);
                }
                _ => {}
            }
        }
    }
}

/// The columns and constraints that a table has got.
fn parts(place: &Place, relation: &Relation, table: &Table, old: Option<&Table>, after: &Schema, findings: &mut Findings) {
    let is_known = |column: &Column| {
        let same = |old: &Column| old.number == column.number && old.name == column.name;
        column.inherited || column.origin == Origin::Assumed || old.is_some_and(|old| old.columns.iter().any(same))
    };
    for column in table.columns.iter().filter(|column| !is_known(column)) {
        report(place, NamedKind::Column, &column.name, &relation.name, &[], findings);
    }
    for constraint in &table.constraints {
        if constraint.inherited || old.is_some_and(|old| old.constraints.iter().any(|old| old.name == constraint.name)) {
            continue;
        }
        let of_index = |id| {
            let index = after.relation(id).and_then(|found| match &found.kind {
                RelationKind::Index(index) => index.key_columns(),
                _ => None,
            });
            index.map(|key| names(table, &key)).unwrap_or_default()
        };
        let (kind, columns) = match &constraint.kind {
            ConstraintKind::PrimaryKey(index) => (NamedKind::PrimaryKey, of_index(*index)),
            ConstraintKind::Unique(index) => (NamedKind::Unique, of_index(*index)),
            ConstraintKind::ForeignKey(key) => (NamedKind::ForeignKey, names(table, &key.columns)),
            ConstraintKind::Check(_, columns) => (NamedKind::Check, names(table, columns)),
            ConstraintKind::NotNull(_) | ConstraintKind::Exclude(..) => continue,
        };
        report(place, kind, &constraint.name, &relation.name, &columns, findings);
    }
}

fn is_of_constraint(table: &Table, index: &Relation) -> bool {
    table.constraints.iter().any(|constraint| match &constraint.kind {
        ConstraintKind::Unique(id) | ConstraintKind::PrimaryKey(id) | ConstraintKind::Exclude(id, _) => *id == index.id,
        _ => false,
    })
}

fn names<'a>(table: &'a Table, numbers: &[i16]) -> Vec<&'a str> {
    numbers.iter().filter_map(|number| table.numbered(*number)).map(|column| &*column.name).collect()
}

fn report(place: &Place, kind: NamedKind, name: &str, table: &str, columns: &[&str], findings: &mut Findings) {
    let Some((_, patterns)) = place.scene.settings.naming.iter().rev().find(|(named, _)| *named == kind) else { return };
    let written: Vec<Cow<str>> = patterns
        .iter()
        .map(|pattern| match pattern.contains('{') {
            true => Cow::Owned(pattern.replace("{table}", table).replace("{columns}", &columns.join("_"))),
            false => Cow::Borrowed(&**pattern),
        })
        .collect();
    if written.is_empty() || written.iter().any(|pattern| matches(pattern, name)) {
        return;
    }
    let what = kind.key().replace('-', " ");
    findings.at(
        place,
        format!("The {what} name {name} does not match {}.", written.join(" or ")),
        "Give it a name that follows the pattern, while nothing uses it yet.",
    );
}

fn matches(pattern: &str, name: &str) -> bool {
    if pattern == "snake_case" {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        return name.chars().all(is_plain) && !name.starts_with(|c: char| c.is_ascii_digit());
    }
    let Some(first) = pattern.chars().next() else { return name.is_empty() };
    let rest = &pattern[first.len_utf8()..];
    match (first, name.chars().next()) {
        ('*', None) => matches(rest, name),
        ('*', Some(letter)) => matches(rest, name) || matches(pattern, &name[letter.len_utf8()..]),
        (_, None) => false,
        (first, Some(letter)) => (first == '?' || first == letter) && matches(rest, &name[letter.len_utf8()..]),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_names() {
        for (pattern, name, expected) in [
            ("*", "", true),
            ("orders", "orders", true),
            ("orders", "order", false),
            ("*_idx", "orders_day_idx", true),
            ("*_idx", "orders_day_key", false),
            ("idx_*_?", "idx_orders_b", true),
            ("idx_*_?", "idx_orders_", false),
            ("?", "é", true),
            ("snake_case", "order_items2", true),
            ("snake_case", "orderItems", false),
            ("snake_case", "2nd", false),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} / {name}");
        }
    }
}
