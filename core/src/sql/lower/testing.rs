//! What the tests of the files of this folder have in common.

use super::*;
use crate::sql::TypeName;
use crate::sql::command::{AlterAction, ColumnDefinition, OptionValue};

/// The tag and command of one statement.
pub fn tagged(sql: &str) -> (&'static str, Command) {
    super::statement(sql, 0)
}

pub fn parsed(sql: &str) -> Command {
    match tagged(sql).1 {
        Command::Invalid(error) => panic!("{sql}: {error:?}"),
        command => command,
    }
}

/// The first action of an ALTER TABLE.
pub fn action(sql: &str) -> AlterAction {
    match parsed(&format!("ALTER TABLE t {sql}")) {
        Command::AlterTable(alter) => alter.actions.into_iter().next().expect(sql),
        other => panic!("{sql}: {other:?}"),
    }
}

/// The first column of CREATE TABLE.
pub fn column(sql: &str) -> ColumnDefinition {
    match action(&format!("ADD COLUMN {sql}")) {
        AlterAction::AddColumn { column, .. } => *column,
        other => panic!("{sql}: {other:?}"),
    }
}

pub fn expression(sql: &str) -> Expression {
    match action(&format!("ALTER c SET DEFAULT {sql}")) {
        AlterAction::SetDefault { default, .. } => default,
        other => panic!("{sql}: {other:?}"),
    }
}

pub fn type_name(sql: &str) -> TypeName {
    column(&format!("c {sql}")).type_name.expect(sql)
}

pub fn bare(text: &str) -> QualifiedName {
    QualifiedName::bare(text)
}

pub fn words(words: &[&str]) -> Vec<Name> {
    words.iter().copied().map(name).collect()
}

pub fn option(option: &str, value: Option<&str>) -> OptionValue {
    OptionValue { name: name(option), value: value.map(name) }
}
