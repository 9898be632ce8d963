//! What is said about objects: comments, owners, grants.

use super::super::{CommentTarget, Id, Relation, Schema, qualified_sql};
use super::plain;
use crate::sorted::{self, Set};
use crate::sql::command::ObjectKind;
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
pub(crate) fn comment_target(schema: &Schema, target: &CommentTarget) -> Option<String> {
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
        CommentTarget::Plain(key) => plain::sql_of(key),
        CommentTarget::Other("statistics object", name) => {
            let (schema, own) = name.split_once('.')?;
            format!("STATISTICS {}", qualified_sql(schema, own))
        }
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
    let kind = match function.aggregate {
        Some(_) => "AGGREGATE",
        None if function.procedure => "PROCEDURE",
        None => "FUNCTION",
    };
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

/// OWNER TO of everything whose owner was set.
pub(super) fn owners(schema: &Schema) -> Vec<String> {
    let others = schema.owners.iter().filter_map(|(target, owner)| match target {
        CommentTarget::Plain(_) => None,
        target => Some(format!("ALTER {} OWNER TO {};", comment_target(schema, target)?, role(owner))),
    });
    schema.relations().filter_map(|relation| owner(relation)).chain(others).collect()
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

/// The grants in force on what is asked for, by object, and what is revoked of the usual privileges.
pub(super) fn grants(schema: &Schema, wanted: impl Fn(&CommentTarget) -> bool) -> Vec<String> {
    let mut statements: Vec<_> = Vec::new();
    for (kept, verb) in [(&schema.revoked, "REVOKE"), (&schema.grants, "GRANT")] {
        let wanted = kept.iter().filter(|((target, _), _)| wanted(target));
        for ((target, role), privileges) in wanted {
            for option in [false, true] {
                let own: Vec<&str> = privileges
                    .iter()
                    .filter(|word| word.ends_with('*') == option)
                    .map(|word| word.trim_end_matches('*'))
                    .collect();
                if !own.is_empty() {
                    statements.extend(grant_statement(schema, verb, target, role, &own, option));
                }
            }
        }
    }
    sorted::sort_by_key(&mut statements, |statement| {
        statement.split_once(" ON ").map(|(_, on)| on.to_owned())
    });
    statements
}

/// GRANT or REVOKE; none when the object is not there.
pub(crate) fn grant_statement(
    schema: &Schema,
    verb: &str,
    target: &CommentTarget,
    to: &Name,
    privileges: &[&str],
    option: bool,
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
        CommentTarget::Plain(key) if key.kind == ObjectKind::Server => {
            (format!("FOREIGN SERVER {}", quote_identifier(&key.name)), String::new())
        }
        other => (comment_target(schema, other)?, String::new()),
    };
    let words = match super::super::privilege_words(schema, target, privileges).as_slice() {
        ["all"] => format!("ALL{columns}"),
        words => {
            let words: Vec<_> =
                words.iter().map(|word| format!("{}{columns}", word.to_ascii_uppercase())).collect();
            words.join(", ")
        }
    };
    let preposition = if verb == "GRANT" { "TO" } else { "FROM" };
    let option = if option { " WITH GRANT OPTION" } else { "" };
    Some(format!("{verb} {words} ON {on} {preposition} {}{option};", role(to)))
}

/// ALTER DEFAULT PRIVILEGES.
pub(super) fn default_privileges(schema: &Schema) -> Vec<String> {
    let mut statements = Vec::new();
    for own in schema.default_privileges.iter() {
        let kind = match own.kind {
            ObjectKind::Table => "TABLES",
            ObjectKind::Sequence => "SEQUENCES",
            ObjectKind::Function => "FUNCTIONS",
            ObjectKind::Schema => "SCHEMAS",
            _ => "TYPES",
        };
        let within = own
            .schema
            .as_ref()
            .map_or_else(String::new, |schema| format!(" IN SCHEMA {}", quote_identifier(schema)));
        // Those of whoever runs this are whoever's.
        let of = match &*own.creator {
            "postgres" => String::new(),
            _ => format!(" FOR ROLE {}", role(&own.creator)),
        };
        for (to, granted, revoked) in &own.roles {
            for (words, verb, preposition) in [(revoked, "REVOKE", "FROM"), (granted, "GRANT", "TO")] {
                for option in [false, true] {
                    let words: Vec<_> = words
                        .iter()
                        .filter(|word| word.ends_with('*') == option)
                        .map(|word| word.trim_end_matches('*').to_ascii_uppercase())
                        .collect();
                    if words.is_empty() {
                        continue;
                    }
                    let option = if option { " WITH GRANT OPTION" } else { "" };
                    statements.push(format!(
                        "ALTER DEFAULT PRIVILEGES{of}{within} {verb} {} ON {kind} {preposition} {}{option};",
                        words.join(", "),
                        role(to)
                    ));
                }
            }
        }
    }
    statements
}

/// A role's name in SQL. PUBLIC and the session's own names are words of the grammar, not names.
pub(crate) fn role(name: &Name) -> String {
    if is_keyword_role(name) { name.to_ascii_uppercase() } else { quote_identifier(name) }
}

fn is_keyword_role(name: &str) -> bool {
    matches!(name, "public" | "current_user" | "current_role" | "session_user")
}

/// The roles that owners, grants and policies name.
pub(super) fn roles_mentioned(schema: &Schema) -> Set<Name> {
    let mut roles: Set<Name> = schema.grants.keys().map(|(_, to)| to.clone()).collect();
    roles.extend(schema.owners.iter().map(|(_, owner)| owner.clone()));
    for own in schema.default_privileges.iter() {
        roles.extend(own.roles.iter().map(|(to, ..)| to.clone()));
    }
    for relation in schema.relations() {
        roles.extend(relation.owner.clone());
        if let Some(table) = relation.table() {
            roles.extend(table.policies.iter().flat_map(|policy| policy.roles.iter().cloned()));
        }
    }
    roles.into_iter().filter(|role| !is_keyword_role(role)).collect()
}
