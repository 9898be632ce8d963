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
    let text = written(run, from);
    for own in &table.constraints {
        match &own.kind {
            ConstraintKind::Check(condition, columns) if columns.contains(&number) => {
                let node = as_stored(&condition.node, name, &text);
                expression::condition(run, &node, Place::Check, Names::Relation(id))?;
            }
            ConstraintKind::ForeignKey(key) if key.columns.contains(&number) => {
                constraint::all_comparable(run, id, key, &own.name)?;
            }
            _ => {}
        }
    }
    for (on, own) in run.schema.references_to(id) {
        if let ConstraintKind::ForeignKey(key) = &own.kind
            && key.referenced_columns.contains(&number)
        {
            constraint::all_comparable(run, on.id, key, &own.name)?;
        }
    }
    let indexes: Vec<Index> = run.schema.indexes_of(id).map(|(_, index)| index.clone()).collect();
    for index in indexes.iter().filter(|index| index.uses(number)) {
        for key in &index.keys {
            match &key.part {
                KeyPart::Column(_) => index::has_operator_class(run, id, key, &index.method)?,
                KeyPart::Expression(expression, _) => {
                    let node = as_stored(&expression.node, name, &text);
                    expression::analyzed(run, &node, Place::IndexKey, Names::Relation(id))?;
                }
            }
        }
        if let Some((predicate, _)) = &index.predicate {
            let node = as_stored(&predicate.node, name, &text);
            expression::condition(run, &node, Place::IndexPredicate, Names::Relation(id))?;
        }
    }
    Ok(())
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

/// An expression as it is stored: strings that are compared with the column are of its type.
fn as_stored(node: &Node, column: &Name, type_name: &TypeName) -> Node {
    let mut stored = node.clone();
    let mut open = vec![&mut stored];
    while let Some(part) = open.pop() {
        let is_column = |node: &Node| matches!(node, Node::Column(path, _) if path.last() == Some(column));
        let compares = matches!(
            part,
            Node::Operator { .. }
                | Node::InList { .. }
                | Node::IsDistinctFrom(..)
                | Node::IsNotDistinctFrom(..)
        );
        let fixes = compares && part.children().into_iter().any(is_column);
        for child in part.children_mut() {
            if fixes {
                fix(child, type_name);
            }
            open.push(child);
        }
    }
    stored
}

fn fix(node: &mut Node, type_name: &TypeName) {
    match node {
        Node::Literal(Literal::String(_)) => {
            let operand = Box::new(std::mem::replace(node, Node::Star(None)));
            *node = Node::Cast { operand, type_name: Box::new(type_name.clone()) };
        }
        Node::Other { what: "ARRAY", parts } => parts.iter_mut().for_each(|part| fix(part, type_name)),
        _ => {}
    }
}
