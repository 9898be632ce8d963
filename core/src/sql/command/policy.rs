//! Row level security policies, publications.

use super::*;

/// CREATE POLICY.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatePolicy {
    /// Its name.
    pub name: Name,
    /// On which table.
    pub table: QualifiedName,
    /// PERMISSIVE; else RESTRICTIVE.
    pub permissive: bool,
    /// FOR: `all`, `select`, `insert`, `update` or `delete`.
    pub command: Name,
    /// TO; `public` when not said.
    pub roles: Vec<Name>,
    /// USING.
    pub using: Option<Expression>,
    /// WITH CHECK.
    pub with_check: Option<Expression>,
}

/// ALTER POLICY.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterPolicy {
    /// Its name.
    pub name: Name,
    /// On which table.
    pub table: QualifiedName,
    /// TO, where said.
    pub roles: Option<Vec<Name>>,
    /// USING, where said.
    pub using: Option<Expression>,
    /// WITH CHECK, where said.
    pub with_check: Option<Expression>,
}

/// CREATE PUBLICATION.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatePublication {
    /// Its name.
    pub name: Name,
    /// FOR ALL TABLES.
    pub all_tables: bool,
    /// FOR TABLE.
    pub tables: Vec<Published>,
    /// FOR TABLES IN SCHEMA.
    pub schemas: Vec<Name>,
    /// WITH (…).
    pub options: Vec<OptionValue>,
}

/// A table that a publication names.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The table.
    pub table: QualifiedName,
    /// ONLY.
    pub only: bool,
    /// Its columns, where they are named.
    pub columns: Option<Vec<Name>>,
    /// WHERE.
    pub condition: Option<Expression>,
}

/// ALTER PUBLICATION.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterPublication {
    /// Its name.
    pub name: Name,
    /// ADD, SET or DROP, where it is about tables; none for SET (…).
    pub change: Option<PublicationChange>,
    /// The tables.
    pub tables: Vec<Published>,
    /// The schemas.
    pub schemas: Vec<Name>,
    /// SET (…).
    pub options: Vec<OptionValue>,
}

/// What ALTER PUBLICATION does with the tables it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PublicationChange {
    Add,
    Set,
    Drop,
}
