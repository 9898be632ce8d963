//! What the server refuses, with SQLSTATE and in its own words.
//! Source: PostgreSQL manual, "PostgreSQL Error Codes"; the messages are those of `src/backend`.

use std::fmt::Display;

/// An error as the server would report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PgError {
    /// Five characters.
    pub sqlstate: &'static str,
    /// The server's message.
    pub message: String,
    /// What else the server says: DETAIL and HINT, or a near miss that this simulator noticed.
    pub hint: Option<String>,
}

impl PgError {
    /// An error.
    pub fn new(sqlstate: &'static str, message: impl Into<String>) -> Self {
        PgError { sqlstate, message: message.into(), hint: None }
    }

    /// The same with a hint.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

pub(super) fn no_relation(written: &impl Display) -> PgError {
    PgError::new("42P01", format!("relation \"{written}\" does not exist"))
}

pub(super) fn no_object(kind: &str, written: &impl Display) -> PgError {
    PgError::new("42704", format!("{kind} \"{written}\" does not exist"))
}

pub(super) fn no_column(column: &str, relation: &str) -> PgError {
    PgError::new("42703", format!("column \"{column}\" of relation \"{relation}\" does not exist"))
}

pub(super) fn no_constraint(constraint: &str, relation: &str) -> PgError {
    PgError::new("42704", format!("constraint \"{constraint}\" of relation \"{relation}\" does not exist"))
}

pub(super) fn no_schema(schema: &str) -> PgError {
    PgError::new("3F000", format!("schema \"{schema}\" does not exist"))
}

pub(super) fn relation_exists(relation: &str) -> PgError {
    PgError::new("42P07", format!("relation \"{relation}\" already exists"))
}

pub(super) fn object_exists(kind: &str, written: &impl Display) -> PgError {
    PgError::new("42710", format!("{kind} \"{written}\" already exists"))
}

pub(super) fn column_exists(column: &str, relation: &str) -> PgError {
    PgError::new("42701", format!("column \"{column}\" of relation \"{relation}\" already exists"))
}

pub(super) fn constraint_exists(constraint: &str, relation: &str) -> PgError {
    PgError::new("42710", format!("constraint \"{constraint}\" for relation \"{relation}\" already exists"))
}

pub(super) fn wrong_kind(relation: &str, wanted: &str) -> PgError {
    let article = if wanted.starts_with(['a', 'i']) { "an" } else { "a" };
    PgError::new("42809", format!("\"{relation}\" is not {article} {wanted}"))
}

/// DROP … RESTRICT of something that is needed: the first of `dependants` is the detail.
pub(super) fn still_needed(what: &str, dependants: &[String]) -> PgError {
    PgError::new("2BP01", format!("cannot drop {what} because other objects depend on it"))
        .with_hint(dependants.join("\n"))
}
