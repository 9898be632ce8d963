//! Objects of which little is kept: operators, collations, foreign servers, text search …

use super::*;

/// CREATE of an object of which no more is kept than that it is there, and what it needs.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateObject {
    /// The kind.
    pub kind: ObjectKind,
    /// Its name, as DROP would write it.
    pub object: ObjectName,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// OR REPLACE.
    pub or_replace: bool,
    /// What it needs and goes with.
    pub needs: Vec<(ObjectKind, ObjectName)>,
    /// The statement.
    pub sql: Arc<str>,
}

/// ALTER of such an object, in the forms that are its own.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterObject {
    /// The kind.
    pub kind: ObjectKind,
    /// The object.
    pub object: ObjectName,
    /// The statement.
    pub sql: Arc<str>,
}
