//! Views and rules.

use super::*;

/// CREATE VIEW.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateView {
    /// Its name.
    pub name: QualifiedName,
    /// OR REPLACE.
    pub or_replace: bool,
    /// TEMPORARY.
    pub persistence: Persistence,
    /// The column names; empty means the query's.
    pub columns: Vec<Name>,
    /// The query.
    pub query: Box<Query>,
    /// WITH (…).
    pub options: Vec<OptionValue>,
    /// WITH CHECK OPTION: `local` or `cascaded`.
    pub check_option: Option<Name>,
}

/// REFRESH MATERIALIZED VIEW.
#[derive(Debug, Clone, PartialEq)]
pub struct Refresh {
    /// The view.
    pub name: QualifiedName,
    /// CONCURRENTLY.
    pub concurrently: bool,
    /// WITH DATA.
    pub with_data: bool,
}

/// CREATE RULE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRule {
    /// Its name.
    pub name: Name,
    /// OR REPLACE.
    pub or_replace: bool,
    /// On which relation.
    pub table: QualifiedName,
    /// SELECT, INSERT, UPDATE or DELETE.
    pub event: Name,
    /// INSTEAD.
    pub instead: bool,
    /// WHERE.
    pub condition: Option<Expression>,
    /// What is done.
    pub actions: Vec<Command>,
}
