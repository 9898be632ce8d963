//! What stands on a column is made anew when its type changes, from the text that the server writes of it: 42883 and so
//! on where that means nothing any more. Source: `ATPostAlterTypeCleanup` in `tablecmds.c`.

use super::constraint;
use crate::schema::{BaseType, ConstraintKind, DataType, Id, Index, KeyPart};
use crate::simulate::analyze::{Names, is_known};
use crate::simulate::expression::{self, Place};
use crate::simulate::run::Run;
use crate::simulate::{PgError, index};
use crate::sql::{Literal, Name, Node, QualifiedName, TypeName};

/// Makes the CHECKs, indexes and foreign keys anew that are on a column, which was of the type `from`.
pub(super) fn remake(run: &mut Run, id: Id, name: &Name, from: &DataType) -> Result<(), PgError> {
    let table = run.table_of(id)?.clone();
    let Some(number) = table.column(name).map(|column| column.number).filter(|_| is_known(run, from)) else {
        return Ok(());
    };
    let stored = |node: &Node| as_stored(node, name, &written(run, from), is_varchar(from));
    let indexes: Vec<Index> = run.schema.indexes_of(id).map(|(_, index)| index.clone()).collect();
    let indexes: Vec<&Index> = indexes.iter().filter(|index| index.uses(number)).collect();
    let mut conditions = Vec::new();
    for index in &indexes {
        let keys = index.keys.iter().filter_map(|key| match &key.part {
            KeyPart::Expression(expression, _) => Some(stored(&expression.node)),
            KeyPart::Column(_) => None,
        });
        conditions.extend(keys.map(|node| (Place::IndexKey, node)));
        conditions.extend(index.predicate.iter().map(|(own, _)| (Place::IndexPredicate, stored(&own.node))));
    }
    let checks = table.constraints.iter().filter_map(|own| match &own.kind {
        ConstraintKind::Check(condition, columns) if columns.contains(&number) => {
            Some((Place::Check, stored(&condition.node)))
        }
        _ => None,
    });
    let checks: Vec<(Place, Node)> = checks.collect();
    // Indexes are read first, then built; CHECKs and foreign keys come last.
    for (place, node) in &conditions {
        reads(run, id, *place, node)?;
    }
    for index in indexes {
        index.keys.iter().try_for_each(|key| index::has_operator_class(run, id, key, &index.method))?;
    }
    for (place, node) in &checks {
        reads(run, id, *place, node)?;
    }
    for own in &table.constraints {
        match &own.kind {
            ConstraintKind::ForeignKey(key) if key.columns.contains(&number) => {
                constraint::all_comparable(run, id, key, &own.name)?;
            }
            _ => {}
        }
    }
    for (on, own) in run.schema.references_to(id) {
        match &own.kind {
            ConstraintKind::ForeignKey(key) if key.referenced_columns.contains(&number) => {
                constraint::all_comparable(run, on.id, key, &own.name)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn reads(run: &mut Run, id: Id, place: Place, node: &Node) -> Result<(), PgError> {
    match place {
        Place::IndexKey => expression::analyzed(run, node, place, Names::Relation(id)).map(drop),
        _ => expression::condition(run, node, place, Names::Relation(id)).map(drop),
    }
}

fn is_varchar(data_type: &DataType) -> bool {
    data_type.base == BaseType::BuiltIn("varchar") && !data_type.array
}

/// The type that a string is of which is compared with a value of this one.
fn written(run: &Run, data_type: &DataType) -> TypeName {
    let name = match &data_type.base {
        BaseType::BuiltIn("varchar") => QualifiedName::qualified("pg_catalog", "text"),
        BaseType::BuiltIn(known) => QualifiedName::qualified("pg_catalog", known),
        BaseType::User(id) => match run.schema.user_type(*id) {
            Some(found) => QualifiedName::qualified(&found.schema, &found.name),
            None => QualifiedName::bare("unknown"),
        },
        BaseType::Extension(known) => QualifiedName::bare(known),
        BaseType::Row(_) | BaseType::Unknown => QualifiedName::bare("unknown"),
    };
    let text = name.name.clone();
    let array_dimensions = u8::from(data_type.array);
    TypeName { name, modifiers: Vec::new(), array_dimensions, set_of: false, percent_type: false, text }
}

/// Operators whose operands are of one type.
const COMPARISONS: &[&str] = &[
    "=",
    "<>",
    "<",
    ">",
    "<=",
    ">=",
    "= ANY",
    "<> ALL",
    "BETWEEN",
    "NOT BETWEEN",
    "~~",
    "!~~",
    "~~*",
    "!~~*",
    "~",
    "||",
];

/// An expression as it is stored: strings that are compared with the column are of its type. A varchar is used as a text.
fn as_stored(node: &Node, column: &Name, type_name: &TypeName, is_varchar: bool) -> Node {
    let mut stored = node.clone();
    let mut open = vec![&mut stored];
    let is_column = |node: &Node| matches!(node, Node::Column(path, _) if path.last() == Some(column));
    while let Some(part) = open.pop() {
        let compares = match part {
            Node::Operator { name, .. } => COMPARISONS.contains(&&**name),
            _ => matches!(part, Node::InList { .. } | Node::IsDistinctFrom(..) | Node::IsNotDistinctFrom(..)),
        };
        let fixes = compares && part.children().into_iter().any(is_column);
        for child in part.children_mut() {
            if fixes {
                fix(child, type_name);
            }
            if is_varchar && is_column(child) {
                cast(child, type_name);
            } else {
                open.push(child);
            }
        }
    }
    stored
}

fn fix(node: &mut Node, type_name: &TypeName) {
    match node {
        Node::Literal(Literal::String(_)) => cast(node, type_name),
        Node::Other { what: "ARRAY", parts } => parts.iter_mut().for_each(|part| fix(part, type_name)),
        _ => {}
    }
}

fn cast(node: &mut Node, type_name: &TypeName) {
    let operand = Box::new(std::mem::replace(node, Node::Star(None)));
    *node = Node::Cast { operand, type_name: Box::new(type_name.clone()) };
}
