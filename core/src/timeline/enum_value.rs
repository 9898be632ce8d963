//! Values that a transaction adds to an enum: it may not use them before it has committed.
//!
//! Source: `check_safe_enum_use()` in `enum.c`, and ALTER TYPE in PostgreSQL's manual.

use crate::schema::{BaseType, Id, Schema};
use crate::simulate::{PgError, Step};
use crate::sql::command::{AlterAction, ColumnDefinition, EnumAction, TableElement};
use crate::sql::{Command, Dml, Literal, Name, Node, QualifiedName, Select};

/// A value that the open transaction has added to an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewValue {
    /// The enum.
    pub enum_type: Id,
    /// The enum's name.
    pub type_name: Name,
    /// The value.
    pub value: Name,
}

/// How sure it is that a statement uses a new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// It does not, as far as can be seen.
    No,
    /// It writes the same word where a column's type is not known.
    Maybe,
    /// It does.
    Yes,
}

impl NewValue {
    /// The value that a statement adds and that its transaction may not use: that of an enum which the transaction
    /// did not create itself. Before PostgreSQL 17 not even then.
    pub fn added_by(command: &Command, step: &Step, start: &Schema, version: u32) -> Option<NewValue> {
        let Command::AlterEnum(alter) = command else { return None };
        let EnumAction::Add { value, .. } = &alter.action else { return None };
        let adds = step.error.is_none() && step.changes.iter().any(|change| change.starts_with("adds value"));
        let path = step.after.session.search_path();
        let found = match &alter.name.schema {
            Some(schema) => step.after.schema.type_named(schema, &alter.name.name),
            None => path.iter().find_map(|schema| step.after.schema.type_named(schema, &alter.name.name)),
        }?;
        let is_own = start.user_type(found.id).is_none() && found.origin == crate::schema::Origin::Created;
        (adds && !(is_own && version >= 17)).then(|| NewValue {
            enum_type: found.id,
            type_name: found.name.clone(),
            value: value.clone(),
        })
    }

    /// The server's error.
    pub fn error(&self) -> PgError {
        PgError::new(
            "55P04",
            format!("unsafe use of new value \"{}\" of enum type {}", self.value, self.type_name),
        )
        .with_hint("New enum values must be committed before they can be used.")
    }

    /// Does a statement use the value, given the tables that it touches?
    pub fn used_by(&self, command: &Command, schema: &Schema, tables: &[Id]) -> Use {
        let mut found = Use::No;
        let mut note = |own: Use| found = found.max(own);
        for top in command.expressions() {
            top.walk(|node| note(self.used_in(node, schema, tables)));
        }
        match command {
            Command::Dml(dml) => note(self.written_by(dml, schema, tables)),
            Command::AlterTable(alter) => {
                for action in &alter.actions {
                    match action {
                        AlterAction::SetDefault { column, default } if self.is_literal(&default.node) => {
                            note(self.column(column, schema, tables));
                        }
                        AlterAction::AddColumn { column, .. } => note(self.default_of(column)),
                        _ => {}
                    }
                }
            }
            Command::CreateTable(create) => {
                for element in &create.elements {
                    if let TableElement::Column(column) = element {
                        note(self.default_of(column));
                    }
                }
            }
            _ => {}
        }
        found
    }

    fn is_literal(&self, node: &Node) -> bool {
        matches!(node, Node::Literal(Literal::String(text)) if **text == *self.value)
    }

    fn is_type(&self, written: &QualifiedName) -> bool {
        written.name == self.type_name
    }

    /// A cast to the enum, or a comparison with a column of it.
    fn used_in(&self, node: &Node, schema: &Schema, tables: &[Id]) -> Use {
        let compared = |nodes: &[&Node]| {
            if !nodes.iter().any(|node| self.is_literal(node)) {
                return Use::No;
            }
            let columns = nodes.iter().filter_map(|node| match node {
                Node::Column(path, _) => path.last(),
                _ => None,
            });
            columns.map(|column| self.column(column, schema, tables)).max().unwrap_or(Use::No)
        };
        match node {
            Node::Cast { operand, type_name }
                if self.is_literal(operand) && self.is_type(&type_name.name) =>
            {
                Use::Yes
            }
            Node::Operator { operands, .. } => compared(&operands.iter().collect::<Vec<_>>()),
            Node::InList { operand, items, .. } => {
                compared(&std::iter::once(&**operand).chain(items).collect::<Vec<_>>())
            }
            Node::IsDistinctFrom(a, b) | Node::IsNotDistinctFrom(a, b) => compared(&[a, b]),
            _ => Use::No,
        }
    }

    /// A value that is written into a column of the enum.
    fn written_by(&self, dml: &Dml, schema: &Schema, tables: &[Id]) -> Use {
        let pairs: Vec<(Name, &Node)> = match dml {
            Dml::Update { assignments, .. } => {
                assignments.iter().map(|(name, node)| (name.clone(), node)).collect()
            }
            Dml::Insert { table, columns, source: Some(query), .. } => {
                let into =
                    tables.iter().filter_map(|id| schema.relation(*id)).find(|own| own.name == table.name);
                let names: Vec<Name> = match into.and_then(|own| own.table()) {
                    Some(own) if columns.is_empty() => {
                        own.columns.iter().map(|column| column.name.clone()).collect()
                    }
                    _ => columns.clone(),
                };
                let rows: Vec<Vec<&Node>> = match &query.select {
                    Select::Values(rows) => rows.iter().map(|row| row.iter().collect()).collect(),
                    Select::Simple { targets, .. } => {
                        vec![targets.iter().map(|target| &target.node).collect()]
                    }
                    Select::SetOperation(..) => Vec::new(),
                };
                rows.into_iter().flat_map(|row| names.iter().cloned().zip(row).collect::<Vec<_>>()).collect()
            }
            _ => Vec::new(),
        };
        let literals = pairs.iter().filter(|(_, node)| self.is_literal(node));
        literals.map(|(column, _)| self.column(column, schema, tables)).max().unwrap_or(Use::No)
    }

    fn default_of(&self, column: &ColumnDefinition) -> Use {
        let of_type = column.type_name.as_ref().is_some_and(|own| self.is_type(&own.name));
        match &column.default {
            Some(default) if of_type && self.is_literal(&default.node) => Use::Yes,
            _ => Use::No,
        }
    }

    /// Is a column of that name, in the tables that are touched, of the enum?
    fn column(&self, name: &str, schema: &Schema, tables: &[Id]) -> Use {
        let types = tables
            .iter()
            .filter_map(|id| schema.relation(*id)?.table()?.column(name).map(|own| &own.data_type.base));
        types
            .map(|base| match base {
                BaseType::User(id) if *id == self.enum_type => Use::Yes,
                BaseType::Unknown => Use::Maybe,
                _ => Use::No,
            })
            .max()
            .unwrap_or(Use::No)
    }
}
