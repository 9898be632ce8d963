//! Types and domains.

use super::super::{Schema, Type, TypeKind};
use super::{access, lines};
use crate::sql::quote_identifier;

/// CREATE TYPE or CREATE DOMAIN with its comment; none for what is only assumed.
pub(crate) fn type_block(schema: &Schema, user_type: &Type) -> Option<String> {
    let mut statements = vec![user_type.definition(schema)? + ";"];
    if let TypeKind::Domain(domain) = &user_type.kind {
        for (name, condition, _) in domain.checks.iter().filter(|(_, _, valid)| !valid) {
            let (domain, name) = (user_type.sql_name(), quote_identifier(name));
            statements.push(format!(
                "ALTER DOMAIN {domain} ADD CONSTRAINT {name} CHECK ({}) NOT VALID;",
                condition.sql
            ));
        }
    }
    statements.extend(access::comments_of(schema, user_type.id, |_| true));
    lines(statements)
}
