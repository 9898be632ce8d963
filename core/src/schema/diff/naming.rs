//! How a difference calls an object: its kind, then its name as people say it, without quotes.

use super::super::{CommentTarget, Function, Relation, Schema, Type, TypeKind};
use super::Subject;

pub(super) fn relation(relation: &Relation) -> String {
    let kind = match relation.kind_name() {
        "partitioned table" => "table",
        kind => kind,
    };
    format!("{kind} {}", relation.display_name())
}

pub(super) fn relation_subject(relation: &Relation) -> Subject {
    use super::super::RelationKind;
    match relation.kind {
        RelationKind::Table(_) => Subject::Table,
        RelationKind::View(_) => Subject::View,
        RelationKind::Index(_) => Subject::Index,
        RelationKind::Sequence(_) => Subject::Sequence,
    }
}

pub(super) fn column(relation: &Relation, column: &str) -> String {
    format!("column {}.{column}", relation.display_name())
}

/// A constraint, trigger, rule or policy.
pub(super) fn part(kind: &str, name: &str, relation: &Relation) -> String {
    format!("{kind} {name} on {}", relation.display_name())
}

pub(super) fn user_type(user_type: &Type) -> String {
    let kind = if matches!(user_type.kind, TypeKind::Domain(_)) { "domain" } else { "type" };
    format!("{kind} {}.{}", user_type.schema, user_type.name)
}

pub(super) fn function(schema: &Schema, function: &Function) -> String {
    let kind = if function.procedure { "procedure" } else { "function" };
    format!("{kind} {}", function_name(schema, function))
}

/// `schema.name(types)`: what identifies a function.
pub(super) fn function_name(schema: &Schema, function: &Function) -> String {
    let types: Vec<_> = function.signature.iter().map(|data_type| schema.format_type(data_type)).collect();
    format!("{}.{}({})", function.schema, function.name, types.join(", "))
}

/// What a comment or grant is on, and the object that is on in turn; none when it is not there.
pub(super) fn target(schema: &Schema, target: &CommentTarget) -> Option<(String, Option<String>)> {
    Some(match target {
        CommentTarget::Object(id) => {
            if let Some(found) = schema.relation(*id) {
                let table = found.index().and_then(|index| schema.relation(index.table));
                (relation(found), table.map(|table| relation(table)))
            } else if let Some(found) = schema.user_type(*id) {
                (user_type(found), None)
            } else {
                (function(schema, schema.function(*id)?), None)
            }
        }
        CommentTarget::Column(id, number) => {
            let found = schema.relation(*id)?;
            let name = match found.view() {
                Some(view) => view.columns.get(usize::try_from(*number).ok()?.checked_sub(1)?)?.clone(),
                None => found.table()?.numbered(*number)?.name.clone(),
            };
            (column(found, &name), Some(relation(found)))
        }
        CommentTarget::Part(id, kind, name) => match schema.relation(*id) {
            Some(found) => (part(kind, name, found), Some(relation(found))),
            None => {
                let found = schema.user_type(*id)?;
                (format!("{kind} {name} on {}.{}", found.schema, found.name), Some(user_type(found)))
            }
        },
        CommentTarget::Namespace(name) => (format!("schema {name}"), None),
        CommentTarget::Plain(key) => (key.describe(), None),
        CommentTarget::Other(kind, name) => (format!("{kind} {name}"), None),
    })
}
