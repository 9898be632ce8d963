//! What a database looks like. A [`Schema`] is persistent: a copy shares everything
//! with its original until one of them changes, so keeping one for every step of a
//! long history costs what changes. Knows nothing of statements.

pub(crate) mod builtin;
mod ddl;
mod diff;
mod gone;
mod link;
pub(crate) mod naming;
mod object;
mod relation;
mod search;
#[cfg(test)]
mod testing;
mod types;

pub(crate) use ddl::{
    add_constraint, creation, default_text, extension_definition, grant_statement, identity_text,
    index_statement, is_early, is_made_by_column, option_list, plain_sql, plain_statements,
    publication_definition, role_definition, role_sql, target_sql, trigger_statements, type_block,
};
pub use ddl::{
    column_definition, column_settings, constraint_definition, ddl, function_definition, index_definition,
    partition_bound, partition_key, policy_definition, published, relation_ddl, rule_definition,
    sequence_definition, statistics_definition, trigger_definition, view_definition,
};
pub use diff::{
    Change, Difference, DifferenceKind, Object, OutlineColumn, OutlinePart, Subject, diff, outline,
};
pub use gone::Part;
pub use object::*;
pub use relation::*;
pub use types::*;

use std::sync::Arc;

use crate::sorted::{Map, Set};
use crate::sql::command::ReplicaIdentity;
use crate::sql::{Name, QualifiedName, name, quote_identifier};
use link::{Links, Target, targets};
use search::NameKey;

/// The identity of an object: it stays when the object is renamed or moved, like PostgreSQL's oid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

/// A schema name and an object's name in it.
pub type FullName = (Name, Name);

/// The privileges that a GRANT gives, in alphabetical order.
pub type Privileges = Vec<Name>;

/// Everything that the catalog holds at one moment.
#[derive(Debug, Clone)]
pub struct Schema {
    next: u32,
    /// Schemas (namespaces).
    pub namespaces: Map<Name, Namespace>,
    relations: Map<Id, Arc<Relation>>,
    relation_names: Map<NameKey, Id>,
    /// Which relations refer to what.
    links: Links,
    types: Map<Id, Arc<Type>>,
    type_names: Map<NameKey, Id>,
    functions: Map<Id, Arc<Function>>,
    /// Installed extensions.
    pub extensions: Map<Name, Extension>,
    /// Publications.
    pub publications: Map<Name, Publication>,
    /// Extended statistics objects.
    pub statistics: Map<FullName, Statistics>,
    /// COMMENT ON, by what it is on.
    pub comments: Map<CommentTarget, Name>,
    /// Roles that the history creates, by name.
    pub roles: Arc<Vec<Role>>,
    /// Objects of which little is kept, by age.
    pub plain: Arc<Vec<Plain>>,
    /// Owners that a statement set, of what is no relation.
    pub owners: Map<CommentTarget, Name>,
    /// GRANTs in force: what, to whom, which privileges; `*` behind one is WITH GRANT OPTION.
    pub grants: Map<(CommentTarget, Name), Privileges>,
    /// Privileges that PUBLIC or the owner usually has, and that were revoked.
    pub revoked: Map<(CommentTarget, Name), Privileges>,
    /// ALTER DEFAULT PRIVILEGES in force.
    pub default_privileges: Arc<Vec<DefaultPrivileges>>,
    /// A statement that could not be read may have created relations.
    pub has_unread: bool,
    /// Relations that the history dropped and did not create again.
    gone: Set<FullName>,
    /// Columns and constraints that the history dropped from tables of which it does not know everything.
    gone_parts: Set<(Id, Part, Name)>,
}

impl Default for Schema {
    fn default() -> Self {
        let mut namespaces = Map::default();
        for text in ["pg_catalog", "information_schema", "public"] {
            namespaces.insert(name(text), Namespace { origin: Origin::BuiltIn });
        }
        Schema {
            next: 1,
            namespaces,
            relations: Map::default(),
            relation_names: Map::default(),
            links: Links::default(),
            types: Map::default(),
            type_names: Map::default(),
            functions: Map::default(),
            extensions: Map::default(),
            publications: Map::default(),
            statistics: Map::default(),
            comments: Map::default(),
            roles: Arc::default(),
            plain: Arc::default(),
            owners: Map::default(),
            grants: Map::default(),
            revoked: Map::default(),
            default_privileges: Arc::default(),
            has_unread: false,
            gone: Set::default(),
            gone_parts: Set::default(),
        }
    }
}

impl Schema {
    /// A new identity.
    pub fn fresh_id(&mut self) -> Id {
        self.next += 1;
        Id(self.next)
    }

    /// Was the object of this identity made after that state of the catalog?
    pub fn is_newer(id: Id, than: &Schema) -> bool {
        id.0 > than.next
    }

    /// Do both hold the same, under the same identities? Costs what differs, when one came from the other.
    pub fn is_same(&self, other: &Schema) -> bool {
        fn same<K: Ord, V>(one: &Map<K, V>, other: &Map<K, V>, same: impl Fn(&V, &V) -> bool) -> bool {
            one.is_copy_of(other) || one.diff(other, same).is_empty()
        }
        fn same_objects<T: PartialEq>(one: &Map<Id, Arc<T>>, other: &Map<Id, Arc<T>>) -> bool {
            same(one, other, |one, other| Arc::ptr_eq(one, other) || one == other)
        }
        // By name, so that none is forgotten; what links relations follows from them.
        let Schema {
            next,
            namespaces,
            relations,
            relation_names,
            links: _,
            types,
            type_names,
            functions,
            extensions,
            publications,
            statistics,
            comments,
            roles,
            plain,
            owners,
            grants,
            revoked,
            default_privileges,
            has_unread,
            gone,
            gone_parts,
        } = other;
        // What is small comes first: relations that were made anew are compared whole.
        self.next == *next
            && self.has_unread == *has_unread
            && self.gone == *gone
            && self.gone_parts == *gone_parts
            && self.namespaces == *namespaces
            && self.extensions == *extensions
            && self.publications == *publications
            && self.statistics == *statistics
            && self.roles == *roles
            && self.plain == *plain
            && self.owners == *owners
            && self.revoked == *revoked
            && self.default_privileges == *default_privileges
            && same(&self.comments, comments, |one, other| one == other)
            && same(&self.grants, grants, |one, other| one == other)
            && same(&self.relation_names, relation_names, |one, other| one == other)
            && same(&self.type_names, type_names, |one, other| one == other)
            && same_objects(&self.types, types)
            && same_objects(&self.functions, functions)
            && same_objects(&self.relations, relations)
    }

    /// All relations, by age.
    pub fn relations(&self) -> impl Iterator<Item = &Arc<Relation>> {
        self.relations.values()
    }

    /// The relations that were made after that state of the catalog, by age.
    pub fn relations_since(&self, than: &Schema) -> impl Iterator<Item = &Arc<Relation>> {
        let first = Id(than.next + 1);
        self.relations.from(move |own| own.cmp(&first)).map(|(_, relation)| relation)
    }

    /// The relations that are new or not what they were before, by age. Costs what differs when one schema came from the other.
    pub fn relations_changed_since<'a>(&'a self, before: &'a Schema) -> Vec<&'a Relation> {
        let differing = before.relations.diff(&self.relations, Arc::ptr_eq).into_iter();
        differing.filter_map(|(_, is)| is.map(|(_, relation)| &**relation)).collect()
    }

    /// Is the relation of that identity the very same in both?
    fn shares(&self, other: &Schema, relation: Id) -> bool {
        matches!((self.relation(relation), other.relation(relation)), (Some(one), Some(other)) if Arc::ptr_eq(one, other))
    }

    /// The relation of that identity.
    pub fn relation(&self, id: Id) -> Option<&Arc<Relation>> {
        self.relations.get(&id)
    }

    /// The relation of that name.
    pub fn relation_named(&self, schema: &str, relation: &str) -> Option<&Arc<Relation>> {
        self.relation_names.find(NameKey::is(schema, relation)).and_then(|id| self.relations.get(id))
    }

    /// Is the name of a relation, or of a type that would clash with one, taken?
    pub fn relation_name_taken(&self, schema: &Name, relation: &Name) -> bool {
        self.relation_names.find(NameKey::is(schema, relation)).is_some()
    }

    /// Puts in a new relation.
    pub fn insert_relation(&mut self, relation: Relation) {
        let key = (relation.schema.clone(), relation.name.clone());
        self.gone.remove(&key);
        self.relation_names.insert(key.into(), relation.id);
        let was = self.relation(relation.id).map(|old| targets(old)).unwrap_or_default();
        self.link(relation.id, &was, &targets(&relation));
        self.relations.insert(relation.id, Arc::new(relation));
    }

    /// A relation that referred to something refers to something else.
    fn link(&mut self, relation: Id, was: &[Target], is: &[Target]) {
        for target in was.iter().filter(|target| !is.contains(target)) {
            self.links.remove(&(*target, relation));
        }
        for target in is.iter().filter(|target| !was.contains(target)) {
            self.links.insert((*target, relation));
        }
    }

    /// The relations that refer to something, by age.
    fn linked_to(&self, target: Target) -> impl Iterator<Item = &Arc<Relation>> {
        let of_target = self.links.from((target, Id(0))).take_while(move |(own, _)| *own == target);
        of_target.filter_map(|(_, relation)| self.relations.get(relation))
    }

    /// The relations that refer to a relation or a type, by age: indexes, partitions and sequences to their table, foreign
    /// keys, views and policies to what they read, columns to their type.
    pub fn users_of(&self, object: Id) -> impl Iterator<Item = &Arc<Relation>> {
        self.linked_to(Target::Object(object))
    }

    /// The temporary relations, by age.
    pub fn temporary(&self) -> impl Iterator<Item = &Arc<Relation>> {
        self.linked_to(Target::Session)
    }

    /// Is there a temporary relation? Most often there is none, and that is known at once.
    fn has_temporary(&self) -> bool {
        self.links.last().is_some_and(|(target, _)| *target == Target::Session)
    }

    /// Has a table of that schema a constraint of that name?
    pub fn constraint_name_taken(&self, schema: &Name, constraint: &str) -> bool {
        self.linked_to(Target::constraint(constraint)).any(|relation| {
            let table = relation.table().filter(|_| relation.schema == *schema);
            table.is_some_and(|table| table.constraint(constraint).is_some())
        })
    }

    /// The same catalog with every relation changed, where `changed` is what was made of `known` in that way: what is the
    /// same object there is taken from it, so that the two share it. The change leaves schema and name as they are.
    pub fn changed_like(
        &self,
        known: &Schema,
        changed: &Schema,
        change: impl Fn(&Arc<Relation>) -> Arc<Relation>,
    ) -> Schema {
        let mut relations = changed.relations.clone();
        for (was, is) in known.relations.diff(&self.relations, Arc::ptr_eq) {
            match (was, is) {
                (_, Some((id, relation))) => drop(relations.insert(*id, change(relation))),
                (Some((id, _)), None) => drop(relations.remove(id)),
                (None, None) => {}
            }
        }
        Schema { relations, ..self.clone() }
    }

    /// Changes a relation. Its schema and name are changed with [`Schema::rename_relation`] only.
    pub fn change_relation(&mut self, id: Id, change: impl FnOnce(&mut Relation)) {
        let Some(relation) = self.relations.get_mut(&id) else { return };
        let was = targets(relation);
        change(Arc::make_mut(relation));
        let is = targets(relation);
        self.link(id, &was, &is);
    }

    /// Gives a relation another schema or name.
    pub fn rename_relation(&mut self, id: Id, schema: Name, to: Name) {
        self.rename_in_defaults(id, &schema, &to);
        self.rename_replica_identity(id, Some(&to));
        let Some(relation) = self.relations.get_mut(&id) else { return };
        let relation = Arc::make_mut(relation);
        let from = (relation.schema.clone(), relation.name.clone());
        relation.schema = schema.clone();
        relation.name = to.clone();
        self.relation_names.remove(&NameKey::from(from.clone()));
        self.gone.insert(from);
        self.gone.remove(&(schema.clone(), to.clone()));
        self.relation_names.insert((schema, to).into(), id);
    }

    /// A table whose replica identity an index is follows the index to its new name, or loses it.
    fn rename_replica_identity(&mut self, index: Id, to: Option<&Name>) {
        let Some(found) = self.relation(index).cloned() else { return };
        let Some(table) = found.index().map(|index| index.table) else { return };
        let is_it = |table: &Table| table.replica_identity == ReplicaIdentity::Index(found.name.clone());
        if self.relation(table).and_then(|relation| relation.table()).is_some_and(is_it) {
            self.change_relation(table, |relation| {
                if let Some(table) = relation.table_mut() {
                    // Without its index it is none at all, and the server still says that it is by an index.
                    table.replica_identity =
                        to.map_or(ReplicaIdentity::Nothing, |to| ReplicaIdentity::Index(to.clone()));
                }
            });
        }
    }

    /// Defaults that draw from a sequence follow it to its new name.
    fn rename_in_defaults(&mut self, sequence: Id, schema: &Name, to: &Name) {
        let Some(found) = self.relation(sequence).filter(|found| found.sequence().is_some()).cloned() else {
            return;
        };
        let drawn = |column: &Column| column.default.as_ref().and_then(|default| found.drawn_by(default));
        let tables: Vec<Id> = self
            .relations()
            .filter(|relation| relation.table().is_some_and(|t| t.columns.iter().any(|c| drawn(c).is_some())))
            .map(|relation| relation.id)
            .collect();
        let to = format!("{}.{}", quote_identifier(schema), quote_identifier(to));
        for table in tables {
            self.change_relation(table, |relation| {
                for column in relation.table_mut().into_iter().flat_map(|table| &mut table.columns) {
                    if let Some(from) = drawn(column) {
                        column.default =
                            column.default.as_ref().map(|default| default.with_string_replaced(&from, &to));
                    }
                }
            });
        }
    }

    /// Gives a table's column another name: expressions on the table and its indexes follow.
    pub fn rename_column(&mut self, table: Id, from: &Name, to: &Name) {
        let indexes: Vec<Id> = self.indexes_of(table).map(|(relation, _)| relation.id).collect();
        self.change_relation(table, |relation| {
            if let RelationKind::Table(table) = &mut relation.kind {
                table.rename_column(from, to);
            }
        });
        let statistics: Vec<FullName> = self
            .statistics
            .iter()
            .filter(|(_, own)| own.table == table && !own.expressions.is_empty())
            .map(|(key, _)| key.clone())
            .collect();
        for key in statistics {
            let expressions = self.statistics.get_mut(&key).map(|own| &mut own.expressions);
            for expression in expressions.into_iter().flatten() {
                *expression = expression.with_column_renamed(from, to);
            }
        }
        let publications: Vec<Name> = self.publications.keys().cloned().collect();
        for publication in publications {
            let tables = self.publications.get_mut(&publication).map(|own| &mut own.tables);
            for published in tables.into_iter().flatten().filter(|published| published.table == table) {
                let condition = published.condition.take();
                published.condition = condition.map(|condition| condition.with_column_renamed(from, to));
            }
        }
        for index in indexes {
            self.change_relation(index, |relation| {
                if let RelationKind::Index(index) = &mut relation.kind {
                    index.rename_column(from, to);
                }
            });
        }
    }

    /// Takes a relation out, with its comments and grants.
    pub fn remove_relation(&mut self, id: Id) {
        let Some(relation) = self.relations.remove(&id) else { return };
        self.link(id, &targets(&relation), &[]);
        let key = (relation.schema.clone(), relation.name.clone());
        self.relation_names.remove(&NameKey::from(key.clone()));
        self.gone.insert(key);
        self.forget(|target| target.object() == Some(id));
    }

    /// Takes out the extended statistics that are like this, with their comments.
    pub fn remove_statistics(&mut self, gone: impl Fn(&FullName, &Statistics) -> bool) {
        let keys: Vec<FullName> =
            self.statistics.iter().filter(|(key, own)| gone(key, own)).map(|(key, _)| key.clone()).collect();
        for key in keys {
            self.statistics.remove(&key);
            let called = format!("{}.{}", key.0, key.1);
            self.forget(
                |target| matches!(target, CommentTarget::Other("statistics object", own) if **own == *called),
            );
        }
    }

    /// Takes out the comments and grants on what `gone` says no longer exists.
    pub fn forget(&mut self, gone: impl Fn(&CommentTarget) -> bool) {
        let comments: Vec<_> = self.comments.keys().filter(|target| gone(target)).cloned().collect();
        for target in comments {
            self.comments.remove(&target);
        }
        let owners: Vec<_> = self.owners.keys().filter(|target| gone(target)).cloned().collect();
        for target in owners {
            self.owners.remove(&target);
        }
        for privileges in [&mut self.grants, &mut self.revoked] {
            let gone: Vec<_> = privileges.keys().filter(|(target, _)| gone(target)).cloned().collect();
            for grant in gone {
                privileges.remove(&grant);
            }
        }
    }

    /// The indexes of a table or materialized view.
    pub fn indexes_of(&self, table: Id) -> impl Iterator<Item = (&Arc<Relation>, &Index)> {
        self.users_of(table).filter_map(move |relation| match &relation.kind {
            RelationKind::Index(index) if index.table == table => Some((relation, &**index)),
            _ => None,
        })
    }

    /// Foreign keys that reference a table, with the table each is on.
    pub fn references_to(&self, table: Id) -> Vec<(Arc<Relation>, Constraint)> {
        let mut found = Vec::new();
        for relation in self.users_of(table) {
            let Some(columns) = relation.table() else { continue };
            for constraint in &columns.constraints {
                if matches!(&constraint.kind, ConstraintKind::ForeignKey(key) if key.references == table) {
                    found.push((relation.clone(), constraint.clone()));
                }
            }
        }
        found
    }

    /// Tables that are partitions of, or inherit from, a table: children only, in order of age.
    pub fn children_of(&self, table: Id) -> Vec<Id> {
        let is_child =
            |relation: &Arc<Relation>| relation.table().is_some_and(|t| t.parents.contains(&table));
        self.users_of(table).filter(|relation| is_child(relation)).map(|relation| relation.id).collect()
    }

    /// All that descend from a table, parents before children, without the table itself.
    pub fn descendants_of(&self, table: Id) -> Vec<Id> {
        let mut found = Vec::new();
        let mut open = self.children_of(table);
        open.reverse();
        while let Some(id) = open.pop() {
            if !found.contains(&id) {
                found.push(id);
                let mut below = self.children_of(id);
                below.reverse();
                open.extend(below);
            }
        }
        found
    }

    /// The user's types.
    pub fn types(&self) -> impl Iterator<Item = &Arc<Type>> {
        self.types.values()
    }

    /// The type of that identity.
    pub fn user_type(&self, id: Id) -> Option<&Arc<Type>> {
        self.types.get(&id)
    }

    /// The user's type of that name.
    pub fn type_named(&self, schema: &str, type_name: &str) -> Option<&Arc<Type>> {
        self.type_names.find(NameKey::is(schema, type_name)).and_then(|id| self.types.get(id))
    }

    /// Puts in a new type, or a changed one.
    pub fn put_type(&mut self, value: Type) {
        if let Some(old) = self.types.get(&value.id) {
            self.type_names.remove(&NameKey::from((old.schema.clone(), old.name.clone())));
        }
        self.type_names.insert((value.schema.clone(), value.name.clone()).into(), value.id);
        self.types.insert(value.id, Arc::new(value));
    }

    /// Takes a type out, with the multirange type of a range.
    pub fn remove_type(&mut self, id: Id) {
        let multirange =
            self.types().find(|other| other.kind == TypeKind::Multirange(id)).map(|other| other.id);
        if let Some(multirange) = multirange {
            self.remove_type(multirange);
        }
        if let Some(old) = self.types.remove(&id) {
            self.type_names.remove(&NameKey::from((old.schema.clone(), old.name.clone())));
            self.forget(|target| target.object() == Some(id));
        }
    }

    /// The user's functions and procedures.
    pub fn functions(&self) -> impl Iterator<Item = &Arc<Function>> {
        self.functions.values()
    }

    /// Puts in a new function, or a changed one.
    pub fn put_function(&mut self, function: Function) {
        self.functions.insert(function.id, Arc::new(function));
    }

    /// The function of that identity.
    pub fn function(&self, id: Id) -> Option<&Arc<Function>> {
        self.functions.get(&id)
    }

    /// Functions of that name in that schema.
    pub fn functions_named<'a>(
        &'a self,
        schema: &'a str,
        function: &'a str,
    ) -> impl Iterator<Item = &'a Arc<Function>> {
        self.functions.values().filter(move |f| &*f.schema == schema && &*f.name == function)
    }

    /// Functions and procedures by a name as a statement writes it, along a search path.
    pub fn functions_called<'a>(
        &'a self,
        written: &'a QualifiedName,
        search_path: &'a [Name],
    ) -> impl Iterator<Item = &'a Arc<Function>> {
        let path = written.schema.as_ref().map_or(search_path, std::slice::from_ref);
        path.iter().flat_map(|schema| self.functions_named(schema, &written.name))
    }

    /// Takes a function out.
    pub fn remove_function(&mut self, id: Id) {
        self.functions.remove(&id);
        self.forget(|target| target.object() == Some(id));
    }

    /// `schema.name` of a relation, without quotes.
    pub fn display_name(&self, id: Id) -> String {
        self.relation(id).map(|relation| relation.display_name()).unwrap_or_default()
    }

    /// The name to write in SQL: with its schema unless that is `public`.
    pub fn sql_name(&self, id: Id) -> String {
        self.relation(id).map(|relation| relation.sql_name()).unwrap_or_default()
    }

    /// A relation by a name as a statement writes it, along a search path.
    pub fn resolve(&self, written: &QualifiedName, search_path: &[Name]) -> Option<&Arc<Relation>> {
        match &written.schema {
            Some(schema) => self.relation_named(schema, &written.name),
            None => {
                // Temporary tables come first, wherever the search path leads.
                let temporary = self.has_temporary().then(|| self.relation_named("pg_temp", &written.name));
                let named = |schema: &Name| self.relation_named(schema, &written.name);
                temporary.flatten().or_else(|| search_path.iter().find_map(named))
            }
        }
    }
}

/// `schema.name` quoted as SQL needs, without the schema when it is `public`.
pub fn qualified_sql(schema: &str, object: &str) -> String {
    if schema == "public" {
        quote_identifier(object)
    } else {
        format!("{}.{}", quote_identifier(schema), quote_identifier(object))
    }
}
