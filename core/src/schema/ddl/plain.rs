//! Roles, and objects of which little is kept: operators, collations, foreign servers …

use super::super::{CommentTarget, Plain, PlainKey, Role, Schema, kind_name, qualified_sql};
use super::access;
use crate::sql::command::ObjectKind;
use crate::sql::{quote_identifier, quote_literal};

/// CREATE ROLE with what makes the role differ from a new one.
pub(crate) fn role_definition(role: &Role) -> String {
    let mut text = format!("CREATE ROLE {}", quote_identifier(&role.name));
    for option in &role.options {
        let value = option.value.as_deref();
        let switch =
            |word: &str| if value == Some("true") { format!(" {word}") } else { format!(" NO{word}") };
        text += &match &*option.name {
            "canlogin" => switch("LOGIN"),
            "isreplication" => switch("REPLICATION"),
            "superuser" | "inherit" | "createrole" | "createdb" | "bypassrls" => {
                switch(&option.name.to_ascii_uppercase())
            }
            "connectionlimit" => format!(" CONNECTION LIMIT {}", value.unwrap_or("-1")),
            "validuntil" => format!(" VALID UNTIL {}", quote_literal(value.unwrap_or("infinity"))),
            // A password does not belong in a schema.
            _ => String::new(),
        };
    }
    if !role.member_of.is_empty() {
        let roles: Vec<_> = role.member_of.iter().map(|role| quote_identifier(role)).collect();
        text += &format!(" IN ROLE {}", roles.join(", "));
    }
    text
}

/// Is it there before tables and functions, which may need it? What needs functions comes after them.
pub(crate) fn is_early(plain: &Plain) -> bool {
    plain.needs.is_empty()
        && !matches!(
            plain.key.kind,
            ObjectKind::EventTrigger | ObjectKind::OperatorClass | ObjectKind::Operator
        )
}

/// The statements that make it, with its comment.
pub(crate) fn block(schema: &Schema, plain: &Plain) -> Vec<String> {
    let mut statements: Vec<String> = plain.statements.iter().map(|sql| format!("{sql};")).collect();
    let (was, is) = (&plain.created_as, &plain.key);
    if was.schema != is.schema
        && let Some(to) = &is.schema
    {
        statements.push(format!("ALTER {} SET SCHEMA {};", sql_of(was), quote_identifier(to)));
    }
    if was.name != is.name {
        let moved = PlainKey { schema: is.schema.clone(), ..was.clone() };
        statements.push(format!("ALTER {} RENAME TO {};", sql_of(&moved), quote_identifier(&is.name)));
    }
    if let Some(owner) = schema.owners.get(&CommentTarget::Plain(is.clone())) {
        statements.push(format!("ALTER {} OWNER TO {};", sql_of(is), quote_identifier(owner)));
    }
    statements.extend(access::comment_on(schema, &CommentTarget::Plain(is.clone())));
    statements
}

/// What stands between COMMENT ON and IS: `SERVER s`, `OPERATOR public.=== (integer, integer)`.
pub(crate) fn sql_of(key: &PlainKey) -> String {
    let kind = kind_name(key.kind).to_ascii_uppercase().replace('-', " ");
    let name = match (&key.schema, key.kind) {
        (Some(schema), ObjectKind::Operator) => format!("{}.{}", quote_identifier(schema), key.name),
        (Some(schema), _) => qualified_sql(schema, &key.name),
        (None, _) => quote_identifier(&key.name),
    };
    match (key.kind, &key.detail) {
        (ObjectKind::Operator, Some(types)) if types.contains(',') => format!("{kind} {name} ({types})"),
        (ObjectKind::Operator, Some(only)) => format!("{kind} {name} (NONE, {only})"),
        (ObjectKind::OperatorClass | ObjectKind::OperatorFamily, Some(method)) => {
            format!("{kind} {name} USING {}", quote_identifier(method))
        }
        (ObjectKind::Cast, _) => format!("{kind} ({})", key.name),
        (ObjectKind::Transform, Some(language)) => format!("{kind} FOR {name} LANGUAGE {language}"),
        _ => format!("{kind} {name}"),
    }
}
