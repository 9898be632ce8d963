//! The order in which objects are created: what is needed comes first.

use super::super::{BaseType, DataType, Id, KeyPart, Origin, RelationKind, Schema, Table, TypeKind};
use super::Belongings;
use super::relation::is_made_by_column;
use crate::sorted::{self, Map, Set};
use crate::sql::command::IndexKey;
use crate::sql::{Literal, Name, Node, TypeName};

/// Types, sequences, tables, functions and views, each after all it needs, else by kind and age.
///
/// A function's body is text, so what it needs is not known; where two objects need each other, one has to come first.
pub(super) fn creation_order(schema: &Schema, belongings: &Belongings) -> Vec<Id> {
    let needs = Needs { schema, belongings, names: names(schema) };
    let mut ordered = Vec::new();
    let mut met = Set::default();
    for root in preferred_order(schema) {
        // Depth first and without recursion: a chain of views may be long.
        let mut open = vec![(root, false)];
        while let Some((id, complete)) = open.pop() {
            if complete {
                ordered.push(id);
            } else if met.insert(id) {
                open.push((id, true));
                open.extend(
                    needs.of(id).into_iter().rev().filter(|id| !met.contains(id)).map(|id| (id, false)),
                );
            }
        }
    }
    ordered.retain(|id| is_written(schema, *id));
    ordered
}

/// The first function, when one of them is created before something that its body may name. PostgreSQL looks
/// an SQL body's relations and functions up when the function is created, and of other languages only the types.
pub(super) fn first_function_to_leave_unchecked(schema: &Schema, ordered: &[Id]) -> Option<Id> {
    let functions =
        ordered.iter().filter_map(|id| schema.function(*id)).filter(|function| function.body.is_some());
    let is_early = functions.clone().any(|function| {
        let is_sql = function.options.language.as_deref() == Some("sql");
        let later = ordered.iter().skip_while(|id| **id != function.id).skip(1);
        later
            .clone()
            .any(|id| is_sql || schema.relation(*id).is_some_and(|relation| relation.table().is_some()))
    });
    if is_early { functions.clone().next().map(|function| function.id) } else { None }
}

fn preferred_order(schema: &Schema) -> Vec<Id> {
    let rank = |kind: &RelationKind| match kind {
        RelationKind::Sequence(sequence) if sequence.owned_by.is_none() => 0,
        RelationKind::Sequence(_) | RelationKind::Table(_) => 1,
        RelationKind::View(_) => 3,
        RelationKind::Index(_) => 4,
    };
    let mut ranked: Vec<_> = schema.relations().map(|relation| (rank(&relation.kind), relation.id)).collect();
    ranked.extend(schema.functions().map(|function| (2, function.id)));
    sorted::sort_by(&mut ranked, Ord::cmp);
    schema.types().map(|user_type| user_type.id).chain(ranked.into_iter().map(|(_, id)| id)).collect()
}

/// Is there a statement for the object itself? Indexes go with their table.
fn is_written(schema: &Schema, id: Id) -> bool {
    match schema.relation(id) {
        Some(relation) => relation.index().is_none() && !is_made_by_column(schema, relation),
        None => schema.function(id).is_none_or(|function| function.origin != Origin::Assumed),
    }
}

/// Everything that a text may mean by a name, whatever its schema.
fn names(schema: &Schema) -> Map<Name, Vec<Id>> {
    let mut names: Map<Name, Vec<Id>> = Map::default();
    let relations = schema.relations().filter(|relation| relation.index().is_none());
    let all = relations
        .map(|relation| (&relation.name, relation.id))
        .chain(schema.types().map(|user_type| (&user_type.name, user_type.id)))
        .chain(schema.functions().map(|function| (&function.name, function.id)));
    for (name, id) in all {
        names.entry(name.clone(), Vec::new).push(id);
    }
    names
}

struct Needs<'a> {
    schema: &'a Schema,
    belongings: &'a Belongings,
    names: Map<Name, Vec<Id>>,
}

impl Needs<'_> {
    fn of(&self, id: Id) -> Vec<Id> {
        let mut needed = Vec::new();
        if let Some(relation) = self.schema.relation(id) {
            match &relation.kind {
                RelationKind::Table(table) => self.of_table(id, table, &mut needed),
                RelationKind::View(view) => {
                    needed.extend(view.reads.iter().map(|(id, _)| *id));
                    needed.extend(&view.functions);
                    needed.extend(&view.types);
                    self.of_indexes(id, &mut needed);
                }
                RelationKind::Index(_) | RelationKind::Sequence(_) => {}
            }
        } else if let Some(user_type) = self.schema.user_type(id) {
            match &user_type.kind {
                TypeKind::Composite(attributes) => {
                    for type_name in attributes.iter().filter_map(|attribute| attribute.type_name.as_ref()) {
                        self.of_type_name(type_name, &mut needed);
                    }
                }
                TypeKind::Domain(domain) => {
                    of_type(&domain.base, &mut needed);
                    let checks = domain.checks.iter().map(|(_, condition, _)| condition);
                    for expression in checks.chain(&domain.default) {
                        self.of_node(&expression.node, &mut needed);
                    }
                }
                TypeKind::Range(options) => {
                    for word in options.iter().filter_map(|option| option.value.as_deref()) {
                        self.of_text(word, &mut needed);
                    }
                }
                TypeKind::Multirange(range) => needed.push(*range),
                TypeKind::Enum(_) | TypeKind::Base | TypeKind::Shell | TypeKind::Unknown => {}
            }
        } else if let Some(function) = self.schema.function(id) {
            function.signature.iter().for_each(|data_type| of_type(data_type, &mut needed));
            for argument in &function.arguments {
                self.of_type_name(&argument.type_name, &mut needed);
                if let Some(default) = &argument.default {
                    self.of_node(&default.node, &mut needed);
                }
            }
            if let Some(returns) = &function.returns {
                self.of_text(returns, &mut needed);
            }
        }
        needed.retain(|other| *other != id);
        needed
    }

    fn of_table(&self, id: Id, table: &Table, needed: &mut Vec<Id>) {
        needed.extend(&table.parents);
        for column in &table.columns {
            of_type(&column.data_type, needed);
            needed.extend(column.sequence);
            let generated = column.generated.as_ref().map(|(expression, _)| expression);
            for expression in column.default.iter().chain(generated) {
                self.of_node(&expression.node, needed);
            }
        }
        for constraint in &table.constraints {
            if let super::super::ConstraintKind::Check(condition, _) = &constraint.kind {
                self.of_node(&condition.node, needed);
            }
        }
        for element in table.partition_by.iter().flat_map(|partition_by| &partition_by.keys) {
            if let IndexKey::Expression(expression) = &element.key {
                self.of_node(&expression.node, needed);
            }
        }
        needed.extend(self.belongings.sequences(self.schema, id).map(|sequence| sequence.id));
        self.of_indexes(id, needed);
    }

    fn of_indexes(&self, table: Id, needed: &mut Vec<Id>) {
        let indexes = self.belongings.indexes(self.schema, table);
        for index in indexes.filter_map(|relation| relation.index()) {
            for key in &index.keys {
                if let KeyPart::Expression(expression, _) = &key.part {
                    self.of_node(&expression.node, needed);
                }
            }
            if let Some((condition, _)) = &index.predicate {
                self.of_node(&condition.node, needed);
            }
        }
    }

    /// Functions it calls, types it casts to, and sequences it names in a string.
    fn of_node(&self, node: &Node, needed: &mut Vec<Id>) {
        node.walk(|part| match part {
            Node::Function { name, .. } => {
                needed.extend(self.named(&name.name).filter(|id| self.schema.function(*id).is_some()));
            }
            Node::Cast { type_name, .. } => self.of_type_name(type_name, needed),
            Node::Literal(Literal::String(text)) => {
                let last = text.rsplit('.').next().unwrap_or_default().trim_matches('"');
                let is_sequence =
                    |id: &Id| self.schema.relation(*id).is_some_and(|relation| relation.sequence().is_some());
                needed.extend(self.named(last).filter(is_sequence));
            }
            _ => {}
        });
    }

    fn of_type_name(&self, type_name: &TypeName, needed: &mut Vec<Id>) {
        needed.extend(self.named(&type_name.name.name).filter(|id| self.schema.function(*id).is_none()));
    }

    /// The types and relations that a type's text may mean.
    fn of_text(&self, text: &str, needed: &mut Vec<Id>) {
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            needed.extend(self.named(word).filter(|id| self.schema.function(*id).is_none()));
        }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = Id> {
        self.names.get(name).into_iter().flatten().copied()
    }
}

fn of_type(data_type: &DataType, needed: &mut Vec<Id>) {
    if let BaseType::User(id) | BaseType::Row(id) = data_type.base {
        needed.push(id);
    }
}
