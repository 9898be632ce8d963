//! What is said about objects: comments, owners, grants.

use super::super::{CommentTarget, Id, Relation, Schema, qualified_sql};
use crate::sorted::{self, Set};
use crate::sql::{Name, quote_identifier, quote_literal};

/// COMMENT ON one thing, where it has a comment.
pub(super) fn comment_on(schema: &Schema, target: &CommentTarget) -> Option<String> {
    let text = schema.comments.get(target)?;
    Some(format!("COMMENT ON {} IS {};", comment_target(schema, target)?, quote_literal(text)))
}

/// The comments on an object and on its parts, as far as they are asked for.
pub(super) fn comments_of(schema: &Schema, id: Id, wanted: impl Fn(&CommentTarget) -> bool) -> Vec<String> {
    let first = CommentTarget::Object(id);
    let mut comments: Vec<String> =
        first_if(&first, &wanted).and_then(|first| comment_on(schema, first)).into_iter().collect();
    for first in [CommentTarget::Column(id, i16::MIN), CommentTarget::Part(id, "", Name::from(""))] {
        let same_kind = |target: &&CommentTarget| {
            std::mem::discriminant(*target) == std::mem::discriminant(&first) && target.object() == Some(id)
        };
        let targets = schema.comments.from(|own| own.cmp(&first)).map(|(target, _)| target);
        let targets = targets.take_while(same_kind);
        comments
            .extend(targets.filter(|target| wanted(target)).filter_map(|target| comment_on(schema, target)));
    }
    comments
}

fn first_if<'a>(
    target: &'a CommentTarget,
    wanted: &impl Fn(&CommentTarget) -> bool,
) -> Option<&'a CommentTarget> {
    wanted(target).then_some(target)
}

/// Comments on what is neither a relation, a type, a function nor a schema.
pub(super) fn loose_comments(schema: &Schema) -> Vec<String> {
    let loose = schema.comments.keys().filter(|target| matches!(target, CommentTarget::Other(..)));
    loose.filter_map(|target| comment_on(schema, target)).collect()
}

/// What stands between COMMENT ON and IS; none when the object is not there.
fn comment_target(schema: &Schema, target: &CommentTarget) -> Option<String> {
    Some(match target {
        CommentTarget::Object(id) => object(schema, *id)?,
        CommentTarget::Column(id, number) => {
            let name = quote_identifier(&column_name(schema, *id, *number)?);
            format!("COLUMN {}.{name}", schema.relation(*id)?.sql_name())
        }
        CommentTarget::Part(id, kind, name) => {
            let on = match schema.relation(*id) {
                Some(relation) => relation.sql_name(),
                None => format!("DOMAIN {}", schema.user_type(*id)?.sql_name()),
            };
            format!("{} {} ON {on}", kind.to_ascii_uppercase(), quote_identifier(name))
        }
        CommentTarget::Namespace(name) => format!("SCHEMA {}", quote_identifier(name)),
        CommentTarget::Other(kind, name) => {
            format!("{} {}", kind.to_ascii_uppercase(), quote_identifier(name))
        }
    })
}

/// `TABLE orders`, `FUNCTION f(integer)`, `TYPE status`.
fn object(schema: &Schema, id: Id) -> Option<String> {
    if let Some(relation) = schema.relation(id) {
        let kind = match relation.kind_name() {
            "partitioned table" => "table",
            kind => kind,
        };
        return Some(format!("{} {}", kind.to_ascii_uppercase(), relation.sql_name()));
    }
    if let Some(user_type) = schema.user_type(id) {
        let kind =
            if matches!(user_type.kind, super::super::TypeKind::Domain(_)) { "DOMAIN" } else { "TYPE" };
        return Some(format!("{kind} {}", user_type.sql_name()));
    }
    let function = schema.function(id)?;
    let kind = if function.procedure { "PROCEDURE" } else { "FUNCTION" };
    let types: Vec<_> = function.signature.iter().map(|data_type| schema.format_type(data_type)).collect();
    Some(format!("{kind} {}({})", qualified_sql(&function.schema, &function.name), types.join(", ")))
}

fn column_name(schema: &Schema, id: Id, number: i16) -> Option<Name> {
    let relation = schema.relation(id)?;
    match relation.view() {
        Some(view) => view.columns.get(usize::try_from(number).ok()?.checked_sub(1)?).cloned(),
        None => Some(relation.table()?.numbered(number)?.name.clone()),
    }
}

/// OWNER TO of every relation whose owner was set.
pub(super) fn owners(schema: &Schema) -> Vec<String> {
    schema.relations().filter_map(|relation| owner(relation)).collect()
}

/// OWNER TO of a relation. An index's owner is its table's, an owned sequence's too.
pub(super) fn owner(relation: &Relation) -> Option<String> {
    let owner = role(relation.owner.as_ref()?);
    let kind = match relation.kind_name() {
        "index" => return None,
        "sequence" if relation.sequence()?.owned_by.is_some() => return None,
        "partitioned table" => "table",
        kind => kind,
    };
    Some(format!("ALTER {} {} OWNER TO {owner};", kind.to_ascii_uppercase(), relation.sql_name()))
}

/// The grants in force on what is asked for, by object.
pub(super) fn grants(schema: &Schema, wanted: impl Fn(&CommentTarget) -> bool) -> Vec<String> {
    let wanted = schema.grants.iter().filter(|((target, _), _)| wanted(target));
    let mut statements: Vec<_> = wanted
        .filter_map(|((target, to), privileges)| grant_statement(schema, target, to, privileges.iter()))
        .collect();
    sorted::sort_by_key(&mut statements, |statement| {
        statement.split_once(" ON ").map(|(_, on)| on.to_owned())
    });
    statements
}

/// GRANT; none when the object is not there.
fn grant_statement<'a>(
    schema: &Schema,
    target: &CommentTarget,
    to: &Name,
    privileges: impl Iterator<Item = &'a Name>,
) -> Option<String> {
    let (on, columns) = match target {
        CommentTarget::Column(id, number) => {
            let column = quote_identifier(&column_name(schema, *id, *number)?);
            (format!("TABLE {}", schema.relation(*id)?.sql_name()), format!(" ({column})"))
        }
        // To GRANT, all that holds rows is a table, and a domain is a type.
        CommentTarget::Object(id)
            if schema.relation(*id).is_some_and(|relation| relation.sequence().is_none()) =>
        {
            (format!("TABLE {}", schema.sql_name(*id)), String::new())
        }
        CommentTarget::Object(id) if schema.user_type(*id).is_some() => {
            (format!("TYPE {}", schema.user_type(*id)?.sql_name()), String::new())
        }
        other => (comment_target(schema, other)?, String::new()),
    };
    // A privilege on columns is kept as `select (a, b)`.
    let mut privileges: Vec<_> = privileges
        .map(|privilege| match privilege.split_once(" (") {
            Some((word, list)) => {
                let names: Vec<_> = list.trim_end_matches(')').split(", ").map(quote_identifier).collect();
                format!("{} ({})", word.to_ascii_uppercase(), names.join(", "))
            }
            None => format!("{}{columns}", privilege.to_ascii_uppercase()),
        })
        .collect();
    if privileges.is_empty() {
        privileges.push(format!("ALL{columns}"));
    }
    Some(format!("GRANT {} ON {on} TO {};", privileges.join(", "), role(to)))
}

/// A role's name in SQL. PUBLIC and the session's own names are words of the grammar, not names.
pub(super) fn role(name: &Name) -> String {
    if is_keyword_role(name) { name.to_ascii_uppercase() } else { quote_identifier(name) }
}

fn is_keyword_role(name: &str) -> bool {
    matches!(name, "public" | "current_user" | "current_role" | "session_user")
}

/// The roles that owners, grants and policies name.
pub(super) fn roles_mentioned(schema: &Schema) -> Set<Name> {
    let mut roles: Set<Name> = schema.grants.keys().map(|(_, to)| to.clone()).collect();
    for relation in schema.relations() {
        roles.extend(relation.owner.clone());
        if let Some(table) = relation.table() {
            roles.extend(table.policies.iter().flat_map(|policy| policy.roles.iter().cloned()));
        }
    }
    roles.into_iter().filter(|role| !is_keyword_role(role)).collect()
}
