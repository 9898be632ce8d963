//! Columns: what they are and where they stand.

use super::super::ddl::{column_state, is_surely_alike};
use super::super::{BaseType, Column, Origin, Relation, Schema, Table};
use super::part::Part;
use super::{Difference, DifferenceKind, Subject, naming};
use crate::sql::{Expression, Literal, Node, quote_literal};

/// The columns of one table, by name.
pub(super) fn compare(before: &Schema, after: &Schema, was: &Relation, is: &Relation, parts: &mut Vec<Part>) {
    let (Some(old), Some(new)) = (was.table(), is.table()) else { return };
    let mut push = |column: &Column, difference: Difference| {
        parts.push(Part { name: column.name.clone(), inherited: column.inherited, difference });
    };
    for column in &old.columns {
        let now = new.column(&column.name);
        if let Some(now) = now
            && is_surely_alike((before, was, column), (after, is, now))
        {
            debug_assert_eq!(column_state(before, was, column), column_state(after, is, now));
            continue;
        }
        let object = naming::column(is, &column.name);
        match now {
            None => {
                push(column, Difference::removed(Subject::Column, object, column_state(before, was, column)));
            }
            Some(now) => {
                let (plain, plain_now) = (without_own_cast(before, column), without_own_cast(after, now));
                let (before, after) =
                    (column_state(before, was, &plain), column_state(after, is, &plain_now));
                if let Some(mut difference) = Difference::changed(Subject::Column, object, before, after) {
                    let is_unknown = |column: &Column| column.data_type.base == BaseType::Unknown;
                    difference.uncertain = is_unknown(column) != is_unknown(now);
                    push(now, difference);
                }
            }
        }
    }
    for column in new.columns.iter().filter(|column| old.column(&column.name).is_none()) {
        let object = naming::column(is, &column.name);
        if column.origin == Origin::Assumed {
            // It was there before as well; what the history did to it is what counts.
            let blank = blank(column);
            let (before, after) = (column_state(after, is, &blank), column_state(after, is, column));
            if let Some(mut difference) = Difference::changed(Subject::Column, object, before, after) {
                difference.uncertain = true;
                push(column, difference);
            }
        } else {
            let mut difference = Difference::added(Subject::Column, object, column_state(after, is, column));
            // A table that was only assumed and was made again here may have had the column.
            difference.uncertain = was.presumed && !is.presumed;
            push(column, difference);
        }
    }
    if was.origin != Origin::Assumed && is.origin != Origin::Assumed {
        for column in moved(old, new) {
            push(column, moved_difference(is, new, column));
        }
    }
}

/// The column with a default that is a string without the cast to the column's own type, which a server adds anyway.
fn without_own_cast(schema: &Schema, column: &Column) -> Column {
    let mut plain = column.clone();
    if let Some(default) = &column.default
        && let Node::Cast { operand, type_name } = &default.node
        && let Node::Literal(Literal::String(text)) = &**operand
        && !column.data_type.array
        && !type_name.text.ends_with(']')
    {
        let own = match &column.data_type.base {
            BaseType::BuiltIn(own) => Some(*own),
            BaseType::User(id) => schema.user_type(*id).map(|own| &*own.name),
            BaseType::Extension(own) => Some(&**own),
            BaseType::Row(_) | BaseType::Unknown => None,
        };
        if own == Some(&*type_name.name.name) {
            plain.default = Some(Expression { sql: quote_literal(text).into(), node: (**operand).clone() });
        }
    }
    plain
}

/// The column as it would be if the history had done nothing to it.
fn blank(column: &Column) -> Column {
    Column { collation: None, ..column.bare() }
}

fn moved_difference(relation: &Relation, table: &Table, column: &Column) -> Difference {
    let object = naming::column(relation, &column.name);
    let position = table.columns.iter().position(|other| other.name == column.name).unwrap_or(0);
    let place = match position.checked_sub(1).and_then(|before| table.columns.get(before)) {
        None => "first".to_owned(),
        Some(_) if position + 1 == table.columns.len() => "last".to_owned(),
        Some(neighbour) => format!("behind {}", neighbour.name),
    };
    let text = format!("{object} is now {place}");
    Difference::new(DifferenceKind::Moved, Subject::Column, object, text)
}

/// The fewest columns whose moves explain the new order: those outside the longest run that kept its order.
fn moved<'a>(old: &Table, new: &'a Table) -> Vec<&'a Column> {
    let old_position = |column: &Column| old.columns.iter().position(|other| other.name == column.name);
    let common: Vec<(usize, &Column)> =
        new.columns.iter().filter_map(|column| Some((old_position(column)?, column))).collect();
    if common.windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return Vec::new();
    }
    // Longest increasing subsequence: the length of the best that ends at each column, and the column before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(common.len());
    for (index, (position, _)) in common.iter().enumerate() {
        let before = (0..index)
            .filter(|earlier| common[*earlier].0 < *position)
            .max_by_key(|earlier| best[*earlier].0);
        best.push(before.map_or((1, None), |earlier| (best[earlier].0 + 1, Some(earlier))));
    }
    let mut kept = vec![false; common.len()];
    let mut next = (0..common.len()).max_by_key(|index| best[*index].0);
    while let Some(index) = next {
        kept[index] = true;
        next = best[index].1;
    }
    common.into_iter().zip(kept).filter(|(_, kept)| !kept).map(|((_, column), _)| column).collect()
}
