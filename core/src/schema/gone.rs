//! What the history dropped, and what SQL that was not read may have changed.

use super::{Id, Origin, Schema};
use crate::sql::Name;

/// What a table can lose without anything else of it being known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A column.
    Column,
    /// A constraint.
    Constraint,
}

impl Schema {
    /// Was a relation of that name dropped by the history?
    pub fn is_gone(&self, schema: &Name, relation: &Name) -> bool {
        self.gone.contains(&(schema.clone(), relation.clone()))
    }

    /// A relation of that name, of which nothing else was known, is dropped.
    pub fn note_gone(&mut self, schema: Name, relation: Name) {
        self.gone.insert((schema, relation));
    }

    /// Was a part of that name dropped from a table of which not everything is known?
    pub fn is_part_gone(&self, table: Id, part: Part, name: &Name) -> bool {
        self.gone_parts.contains(&(table, part, name.clone()))
    }

    /// A part is dropped from a table.
    pub fn note_part_gone(&mut self, table: Id, part: Part, name: &Name) {
        if self.relation(table).is_some_and(|relation| relation.origin == Origin::Assumed) {
            self.gone_parts.insert((table, part, name.clone()));
        }
    }

    /// Was the table made by a statement that was read, and changed by one that was not?
    pub fn is_reopened(&self, table: Id) -> bool {
        self.relation(table).is_some_and(|own| own.origin == Origin::Assumed && !own.presumed)
    }

    /// Nothing is known any more of what a table has besides the parts that are known.
    pub fn reopen(&mut self, table: Id) {
        self.change_relation(table, |relation| relation.origin = Origin::Assumed);
        let parts: Vec<_> = self.gone_parts.iter().filter(|(id, ..)| *id == table).cloned().collect();
        for part in parts {
            self.gone_parts.remove(&part);
        }
    }
}
