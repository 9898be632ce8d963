//! Names of objects, and types as statements name them.

use super::expression::{node, text};
use super::{given, name, names};
use crate::sql::tree as pg;
use crate::sql::{Literal, Node, QualifiedName, TypeName, quote_identifier};

/// A name of one, two or (with the database's) three parts.
pub(super) fn qualified(parts: &[pg::Node]) -> QualifiedName {
    let mut path = names(parts);
    let last = path.pop().unwrap_or_else(|| name(""));
    QualifiedName { schema: path.pop(), name: last }
}

/// The name of a relation.
pub(super) fn range_var(relation: &pg::RangeVar) -> QualifiedName {
    QualifiedName { schema: given(&relation.schemaname), name: name(&relation.relname) }
}

/// A type as a statement names it.
pub(super) fn type_name(tree: &pg::TypeName) -> TypeName {
    let name = qualified(&tree.names);
    let interval = is_catalog(&name, "interval");
    let modifiers: Vec<String> = tree
        .typmods
        .iter()
        .enumerate()
        .filter_map(|(position, tree)| match node(tree) {
            Node::Literal(Literal::Integer(fields)) if interval && position == 0 => {
                interval_fields(fields).map(str::to_owned)
            }
            Node::Literal(Literal::String(text)) => Some(text.to_string()),
            _ => Some(text(tree)),
        })
        .collect();
    let array_dimensions = u8::try_from(tree.array_bounds.len()).unwrap_or(u8::MAX);
    let mut words = if tree.setof { "SETOF ".to_owned() } else { String::new() };
    if tree.pct_type {
        let path: Vec<String> = names(&tree.names).iter().map(|part| quote_identifier(part)).collect();
        words.push_str(&path.join("."));
        words.push_str("%TYPE");
    } else {
        words.push_str(&type_words(&name, &modifiers));
    }
    words.push_str(&"[]".repeat(array_dimensions.into()));
    TypeName {
        name,
        modifiers,
        array_dimensions,
        set_of: tree.setof,
        percent_type: tree.pct_type,
        text: words.into(),
    }
}

fn is_catalog(name: &QualifiedName, expected: &str) -> bool {
    name.schema.as_deref() == Some("pg_catalog") && &*name.name == expected
}

/// A type in the words of PostgreSQL's `format_type`, which are the standard's where it has some.
pub(super) fn type_words(name: &QualifiedName, modifiers: &[String]) -> String {
    let standard = name.schema.as_deref().filter(|schema| *schema == "pg_catalog").and_then(|_| {
        Some(match &*name.name {
            "bool" => ("boolean", ""),
            "int2" => ("smallint", ""),
            "int4" => ("integer", ""),
            "int8" => ("bigint", ""),
            "float4" => ("real", ""),
            "float8" => ("double precision", ""),
            "numeric" => ("numeric", ""),
            "bpchar" => ("character", ""),
            "varchar" => ("character varying", ""),
            "bit" => ("bit", ""),
            "varbit" => ("bit varying", ""),
            "time" => ("time", " without time zone"),
            "timetz" => ("time", " with time zone"),
            "timestamp" => ("timestamp", " without time zone"),
            "timestamptz" => ("timestamp", " with time zone"),
            "interval" => ("interval", ""),
            "json" => ("json", ""),
            _ => return None,
        })
    });
    // An interval's fields are words behind the type; its precision and all other modifiers are in parentheses.
    let fields = if is_catalog(name, "interval") {
        modifiers.iter().take_while(|modifier| modifier.starts_with(|c: char| c.is_alphabetic())).count()
    } else {
        0
    };
    let (before, after) = standard.unwrap_or(("", ""));
    let mut words = if standard.is_some() { before.to_owned() } else { name.to_string() };
    for field in &modifiers[..fields] {
        words.push(' ');
        words.push_str(field);
    }
    if modifiers.len() > fields {
        words.push_str(&format!("({})", modifiers[fields..].join(",")));
    }
    words + after
}

/// The fields that `interval day to second` is restricted to, from the bits that the grammar makes of them
/// (`INTERVAL_MASK` in `timestamp.h`); none for all of them.
fn interval_fields(bits: i64) -> Option<&'static str> {
    const MONTH: i64 = 1 << 1;
    const YEAR: i64 = 1 << 2;
    const DAY: i64 = 1 << 3;
    const HOUR: i64 = 1 << 10;
    const MINUTE: i64 = 1 << 11;
    const SECOND: i64 = 1 << 12;
    [
        (YEAR, "year"),
        (MONTH, "month"),
        (DAY, "day"),
        (HOUR, "hour"),
        (MINUTE, "minute"),
        (SECOND, "second"),
        (YEAR | MONTH, "year to month"),
        (DAY | HOUR, "day to hour"),
        (DAY | HOUR | MINUTE, "day to minute"),
        (DAY | HOUR | MINUTE | SECOND, "day to second"),
        (HOUR | MINUTE, "hour to minute"),
        (HOUR | MINUTE | SECOND, "hour to second"),
        (MINUTE | SECOND, "minute to second"),
    ]
    .into_iter()
    .find_map(|(fields, words)| (fields == bits).then_some(words))
}

#[cfg(test)]
mod tests {
    use crate::sql::QualifiedName;
    use crate::sql::lower::testing;

    #[test]
    fn types_are_named_in_postgresqls_words() {
        let catalog = |name| QualifiedName::qualified("pg_catalog", name);
        let bare = QualifiedName::bare;
        for (sql, name, modifiers, text) in [
            ("int", catalog("int4"), vec![], "integer"),
            ("int4", bare("int4"), vec![], "int4"),
            ("VARCHAR(20)", catalog("varchar"), vec!["20"], "character varying(20)"),
            ("char", catalog("bpchar"), vec!["1"], "character(1)"),
            ("decimal(10, 2)", catalog("numeric"), vec!["10", "2"], "numeric(10,2)"),
            ("timestamp(3) with time zone", catalog("timestamptz"), vec!["3"], "timestamp(3) with time zone"),
            ("time", catalog("time"), vec![], "time without time zone"),
            ("interval", catalog("interval"), vec![], "interval"),
            ("interval(3)", catalog("interval"), vec!["3"], "interval(3)"),
            ("interval year to month", catalog("interval"), vec!["year to month"], "interval year to month"),
            (
                "interval hour to second(2)",
                catalog("interval"),
                vec!["hour to second", "2"],
                "interval hour to second(2)",
            ),
            ("bit varying(3)", catalog("varbit"), vec!["3"], "bit varying(3)"),
            ("float(53)", catalog("float8"), vec![], "double precision"),
            ("timestamptz", bare("timestamptz"), vec![], "timestamptz"),
            ("serial", bare("serial"), vec![], "serial"),
            ("geometry(Point, 4326)", bare("geometry"), vec!["point", "4326"], "geometry(point,4326)"),
            ("my.\"T\"('a b')", QualifiedName::qualified("my", "T"), vec!["a b"], "my.\"T\"(a b)"),
        ] {
            let found = testing::type_name(sql);
            assert_eq!(found.name, name, "{sql}");
            assert_eq!(found.modifiers, modifiers, "{sql}");
            assert_eq!(&*found.text, text, "{sql}");
            assert!(found.array_dimensions == 0 && !found.set_of && !found.percent_type);
        }
        let array = testing::type_name("integer[3][]");
        assert_eq!((array.array_dimensions, &*array.text), (2, "integer[][]"));
        assert_eq!(testing::type_name("text ARRAY").array_dimensions, 1);
    }
}
