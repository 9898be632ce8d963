//! Partition bounds: whether they go with the partition key, and leave the partitions that exist alone.
//! Source: `transformPartitionBound` in `parse_utilcmd.c`, `check_new_partition_bound` in `partbounds.c`.

use std::cmp::Ordering;

use crate::schema::{BaseType, DataType, Id, Table};
use crate::simulate::PgError;
use crate::simulate::analyze::Names;
use crate::simulate::expression::{self, Place};
use crate::simulate::run::Run;
use crate::sql::command::{IndexElement, IndexKey, PartitionBound, PartitionBy, PartitionStrategy};
use crate::sql::{Expression, Literal, Name, Node};
use crate::text::signed_decimal;

/// The types of a partition key's columns.
fn key_types(run: &Run, table: &Table, by: &PartitionBy) -> Vec<Option<DataType>> {
    let of = |element: &IndexElement| match &element.key {
        IndexKey::Column(column) => table.column(column).map(|c| run.schema.base_type(&c.data_type)),
        IndexKey::Expression(_) => None,
    };
    by.keys.iter().map(of).collect()
}

/// 42P16 for a bound that is not of the parent's kind.
pub(super) fn is_for(run: &mut Run, parent: Id, bound: &PartitionBound) -> Result<(), PgError> {
    let table = run.table_of(parent)?;
    let Some(by) = table.partition_by.clone() else { return Ok(()) };
    let types = key_types(run, table, &by);
    agrees_with_key(run, &by, &types, bound)
}

/// 42P16 or 42P17 for a bound that another partition forbids, or that is empty. What cannot be compared here passes.
pub(super) fn fits(run: &Run, id: Id, parent: Id, bound: &PartitionBound) -> Result<(), PgError> {
    let table = run.table_of(parent)?;
    let Some(by) = &table.partition_by else { return Ok(()) };
    let types = key_types(run, table, by);
    let name = &run.get(id)?.name;
    let refused = |message: String| Err(PgError::new("42P17", message));
    if let PartitionBound::Range { from, to } = bound
        && matches!(compare_bounds(&types, from, to), Some(Ordering::Greater | Ordering::Equal))
    {
        return refused(format!("empty range bound specified for partition \"{name}\""));
    }
    let siblings: Vec<(&Name, &PartitionBound)> = run
        .schema
        .relations()
        .filter(|relation| relation.id != id)
        .filter_map(|relation| {
            let table = relation.table().filter(|table| table.parents.contains(&parent))?;
            Some((&relation.name, table.bound.as_ref()?))
        })
        .collect();
    if let PartitionBound::Hash { modulus, .. } = bound {
        let moduli = siblings.iter().filter_map(|(_, bound)| match bound {
            PartitionBound::Hash { modulus, .. } => Some(*modulus),
            _ => None,
        });
        for other in moduli {
            if other % modulus != 0 && modulus % other != 0 {
                return refused(
                    "every hash partition modulus must be a factor of the next larger modulus".to_owned(),
                );
            }
        }
    }
    for (other, theirs) in siblings {
        match (bound, theirs) {
            (PartitionBound::Default, PartitionBound::Default) => {
                return refused(format!(
                    "partition \"{name}\" conflicts with existing default partition \"{other}\""
                ));
            }
            _ if overlap(&types, bound, theirs) => {
                return refused(format!("partition \"{name}\" would overlap partition \"{other}\""));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Is the bound of the key's kind and width, and made of constants?
fn agrees_with_key(
    run: &mut Run,
    by: &PartitionBy,
    types: &[Option<DataType>],
    bound: &PartitionBound,
) -> Result<(), PgError> {
    let refused = |message: &str| Err(PgError::new("42P16", message));
    match (by.strategy, bound) {
        (PartitionStrategy::Hash, PartitionBound::Default) => {
            refused("a hash-partitioned table may not have a default partition")
        }
        (_, PartitionBound::Default) => Ok(()),
        (PartitionStrategy::Hash, PartitionBound::Hash { modulus, remainder }) => {
            if *modulus <= 0 {
                return refused("modulus for hash partition must be an integer value greater than zero");
            }
            if *remainder < 0 {
                return refused(
                    "remainder for hash partition must be an integer value greater than or equal to zero",
                );
            }
            if remainder >= modulus {
                return refused("remainder for hash partition must be less than modulus");
            }
            Ok(())
        }
        (PartitionStrategy::List, PartitionBound::List(values)) => {
            let data_type = types.first().and_then(Option::as_ref);
            values.iter().try_for_each(|value| is_constant(run, value, data_type))
        }
        (PartitionStrategy::Range, PartitionBound::Range { from, to }) => {
            for (list, word) in [(from, "FROM"), (to, "TO")] {
                if list.len() != by.keys.len() {
                    return Err(PgError::new(
                        "42P16",
                        format!("{word} must specify exactly one value per partitioning column"),
                    ));
                }
            }
            for list in [from, to] {
                let mut unbounded: Option<bool> = None;
                for (place, value) in list.iter().enumerate() {
                    let end = end_of(value);
                    if unbounded.is_some() && end != unbounded {
                        let word = if unbounded == Some(true) { "MAXVALUE" } else { "MINVALUE" };
                        return Err(PgError::new(
                            "42804",
                            format!("every bound following {word} must also be {word}"),
                        ));
                    }
                    unbounded = end;
                    if end.is_none() {
                        is_constant(run, value, types.get(place).and_then(Option::as_ref))?;
                        if value.node.is_null() {
                            return Err(PgError::new("42P17", "cannot specify NULL in range bound"));
                        }
                    }
                }
            }
            Ok(())
        }
        (strategy, _) => {
            let word = match strategy {
                PartitionStrategy::Hash => "hash",
                PartitionStrategy::List => "list",
                PartitionStrategy::Range => "range",
            };
            Err(PgError::new("42P16", format!("invalid bound specification for a {word} partition")))
        }
    }
}

/// What a bound may not hold: 42804 for a value that is not cast to the key's type, or is given a collation that the type
/// has not, besides what [`expression::analyzed`] refuses.
fn is_constant(run: &mut Run, value: &Expression, data_type: Option<&DataType>) -> Result<(), PgError> {
    let (node, place) = (&value.node, Place::PartitionBound);
    let Some(data_type) = data_type else {
        return expression::analyzed(run, node, place, Names::Nothing).map(|_| ());
    };
    let shown = run.schema.format_type(data_type);
    if matches!(node, Node::Collate { .. })
        && ["int2", "int4", "int8"].iter().any(|known| data_type.is(known))
    {
        return Err(PgError::new("42804", format!("collations are not supported by type {shown}")));
    }
    let column = Name::from("");
    expression::value_for(run, node, place, Names::Nothing, &column, data_type).map(|_| ()).map_err(|error| {
        match error.sqlstate {
            "42804" => PgError::new("42804", format!("specified value cannot be cast to type {shown}")),
            _ => error,
        }
    })
}

/// MINVALUE is `false`, MAXVALUE is `true`; a value is neither.
fn end_of(value: &Expression) -> Option<bool> {
    match &value.node {
        Node::Column(path, _) => match path.as_slice() {
            [word] if &**word == "minvalue" => Some(false),
            [word] if &**word == "maxvalue" => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// Do the bounds surely have a row in common?
fn overlap(types: &[Option<DataType>], one: &PartitionBound, other: &PartitionBound) -> bool {
    match (one, other) {
        (PartitionBound::List(one), PartitionBound::List(other)) => {
            let data_type = types.first().cloned().flatten();
            let equal = |a: &Expression, b: &Expression| {
                (a.node.is_null() && b.node.is_null())
                    || compare_values(data_type.as_ref(), &a.node, &b.node) == Some(Ordering::Equal)
            };
            one.iter().any(|a| other.iter().any(|b| equal(a, b)))
        }
        (
            PartitionBound::Range { from: one_from, to: one_to },
            PartitionBound::Range { from: other_from, to: other_to },
        ) => {
            compare_bounds(types, one_from, other_to) == Some(Ordering::Less)
                && compare_bounds(types, other_from, one_to) == Some(Ordering::Less)
        }
        (
            PartitionBound::Hash { modulus, remainder },
            PartitionBound::Hash { modulus: other_modulus, remainder: other_remainder },
        ) => {
            let smaller = *modulus.min(other_modulus);
            smaller > 0 && remainder % smaller == other_remainder % smaller
        }
        _ => false,
    }
}

/// Compares two ends of ranges column by column; none when that cannot be told.
fn compare_bounds(types: &[Option<DataType>], one: &[Expression], other: &[Expression]) -> Option<Ordering> {
    for ((a, b), data_type) in one.iter().zip(other).zip(types) {
        // MINVALUE is before every value, MAXVALUE behind it.
        let rank = |end: Option<bool>| end.map_or(1, |maximum| if maximum { 2 } else { 0 });
        let (a_end, b_end) = (end_of(a), end_of(b));
        match rank(a_end).cmp(&rank(b_end)) {
            Ordering::Equal if a_end.is_some() => return Some(Ordering::Equal),
            Ordering::Equal => match compare_values(data_type.as_ref(), &a.node, &b.node)? {
                Ordering::Equal => {}
                decided => return Some(decided),
            },
            decided => return Some(decided),
        }
    }
    Some(Ordering::Equal)
}

/// Compares two constants of a column's type, where their text tells; NULL compares with nothing.
fn compare_values(data_type: Option<&DataType>, a: &Node, b: &Node) -> Option<Ordering> {
    let (a, b) = (constant_text(a)?, constant_text(b)?);
    if a == b {
        return Some(Ordering::Equal);
    }
    let data_type = data_type.filter(|data_type| !data_type.array)?;
    let BaseType::BuiltIn(base) = data_type.base else { return None };
    match base {
        "int2" | "int4" | "int8" => Some(a.trim().parse::<i64>().ok()?.cmp(&b.trim().parse::<i64>().ok()?)),
        "numeric" | "float8" => Some(millionths(a.trim())?.cmp(&millionths(b.trim())?)),
        "date" => (is_date(&a) && is_date(&b)).then(|| a.cmp(&b)),
        "timestamp" | "timestamptz" => {
            let full = |text: &str| {
                let (date, time) = (text.get(..10)?, text.get(10..)?);
                let time = if time.is_empty() { " 00:00:00" } else { time };
                let digits = time.len() == 9 && time[1..].split(':').all(|part| part.parse::<u8>().is_ok());
                (is_date(date) && digits).then(|| format!("{date} {}", &time[1..]))
            };
            Some(full(&a)?.cmp(&full(&b)?))
        }
        "uuid" if a.len() == 36 && b.len() == 36 => Some(a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase())),
        "bool" => Some(truth(&a)?.cmp(&truth(&b)?)),
        // Whatever the collation: small letters sort as in the alphabet, digits by their value.
        "text" | "varchar" => {
            let plain = |class: fn(&u8) -> bool| a.bytes().all(|c| class(&c)) && b.bytes().all(|c| class(&c));
            if plain(u8::is_ascii_lowercase) || plain(u8::is_ascii_digit) {
                return Some(a.cmp(&b));
            }
            None
        }
        _ => None,
    }
}

/// A number of up to six digits before the point and six behind it.
fn millionths(text: &str) -> Option<i64> {
    let fraction = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if text.len() > 14 || fraction > 6 || text.contains(['e', 'E']) {
        return None;
    }
    signed_decimal(text, 6)
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "t" | "yes" | "on" | "1" => Some(true),
        "false" | "f" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// `2024-01-31`, digits and hyphens.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, c)| if i == 4 || i == 7 { c == b'-' } else { c.is_ascii_digit() })
}

/// A constant as text, whatever it is cast to; none for NULL and for anything that is computed.
fn constant_text(node: &Node) -> Option<String> {
    match node {
        Node::Literal(Literal::String(text) | Literal::Number(text)) => Some(text.to_string()),
        Node::Literal(Literal::Integer(value)) => Some(value.to_string()),
        Node::Literal(Literal::Boolean(value)) => Some(value.to_string()),
        Node::Cast { operand, .. } => constant_text(operand),
        _ => None,
    }
}
