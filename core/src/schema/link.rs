//! What in a catalog refers to what, so that the answer to "who refers to this?" is found and need not be searched for.

use super::search::number;
use super::{BaseType, ConstraintKind, DataType, Id, Relation, RelationKind};
use crate::sorted::Set;
use crate::sql::command::Persistence;

/// Who refers to what: pairs of what is referred to and the relation that does, by its age.
pub(super) type Links = Set<(Target, Id)>;

/// What can be referred to. Names of constraints are known by a number that others may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A relation or a type.
    Object(Id),
    /// The name of a constraint.
    Constraint(u32),
    /// The session, which temporary relations go with. Behind all others.
    Session,
}

impl Target {
    /// A constraint's name.
    pub fn constraint(name: &str) -> Target {
        Target::Constraint(number(&[name]))
    }
}

/// What a relation refers to.
pub(super) fn targets(relation: &Relation) -> Vec<Target> {
    let mut found = Vec::new();
    if relation.persistence == Persistence::Temporary {
        found.push(Target::Session);
    }
    let mut object = |id: Id| found.push(Target::Object(id));
    let mut names = Vec::new();
    match &relation.kind {
        RelationKind::Table(table) => {
            table.parents.iter().chain(&table.of_type).copied().for_each(&mut object);
            table.columns.iter().filter_map(|column| of_type(&column.data_type)).for_each(&mut object);
            table.policies.iter().flat_map(|policy| &policy.reads).for_each(|(id, _)| object(*id));
            for constraint in &table.constraints {
                names.push(Target::constraint(&constraint.name));
                if let ConstraintKind::ForeignKey(key) = &constraint.kind {
                    object(key.references);
                }
            }
        }
        RelationKind::View(view) => {
            view.reads.iter().map(|(id, _)| id).chain(&view.types).copied().for_each(object);
        }
        RelationKind::Index(index) => {
            [Some(index.table), index.parent].into_iter().flatten().for_each(object)
        }
        RelationKind::Sequence(sequence) => sequence.owned_by.iter().for_each(|(owner, _)| object(*owner)),
    }
    found.append(&mut names);
    found
}

fn of_type(data_type: &DataType) -> Option<Id> {
    match data_type.base {
        BaseType::User(id) | BaseType::Row(id) => Some(id),
        BaseType::BuiltIn(_) | BaseType::Extension(_) | BaseType::Unknown => None,
    }
}
