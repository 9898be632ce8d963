//! The working copy that one statement changes, and the record of what it touches.

use super::error::{no_column, no_relation, no_schema, relation_exists, wrong_kind};
use super::world::{GONE, Presumption};
use super::{Inner, Lock, PgError, Server, State, Step, Work, WorkKind};
use crate::locks::LockMode;
use crate::schema::{
    Column, DataType, FullName, Id, Namespace, Origin, Part, Plain, Relation, RelationKind, Rows, Schema,
    Table, builtin,
};
use crate::sql::command::{ObjectKind, Persistence};
use crate::sql::{Name, QualifiedName, name};

use super::Session;

/// One statement in progress.
pub(super) struct Run<'a> {
    /// The catalog, being changed.
    pub schema: Schema,
    /// The session, being changed.
    pub session: Session,
    /// The server.
    pub server: &'a Server,
    /// The statement is in a PL/pgSQL body, where a name may be a variable.
    pub in_body: bool,
    /// The statement runs; else it is only looked at, as by EXPLAIN.
    pub executes: bool,
    /// How many bodies of functions are being run, one within the other.
    pub calls: u8,
    /// The bodies that a command has run along with it, with the event that fired them: a second time they would lock the same.
    pub ran: Vec<(Id, Option<&'static str>)>,
    /// The catalog before: locks and work are only on what is in it.
    pub before: &'a Schema,
    /// System catalogs that the statement names, for as long as it runs.
    catalogs: Vec<Id>,
    locks: Vec<Lock>,
    work: Vec<Work>,
    changes: Vec<String>,
    assumed: Vec<String>,
    asked: Vec<FullName>,
    cascaded: Vec<String>,
    inner: Vec<Inner>,
    modelled: bool,
}

impl<'a> Run<'a> {
    pub fn new(before: &'a State, server: &'a Server) -> Self {
        Run {
            schema: before.schema.clone(),
            session: before.session.clone(),
            server,
            in_body: false,
            executes: true,
            calls: 0,
            ran: Vec::new(),
            before: &before.schema,
            locks: Vec::new(),
            work: Vec::new(),
            changes: Vec::new(),
            assumed: Vec::new(),
            asked: Vec::new(),
            cascaded: Vec::new(),
            inner: Vec::new(),
            catalogs: Vec::new(),
            modelled: true,
        }
    }

    /// The step that this run was. An error leaves the catalog as it was, but for what had to be assumed.
    pub fn finish(mut self, before: &State, outcome: Result<(), PgError>) -> Step {
        let error = outcome.err();
        // The server's own catalogs are part of no history.
        for id in std::mem::take(&mut self.catalogs) {
            // What was undone meanwhile has left its number to something else.
            let relation = self.schema.relation(id);
            if relation.is_some_and(|relation| {
                is_catalog(&QualifiedName::qualified(&relation.schema, &relation.name))
            }) {
                self.schema.remove_relation(id);
            }
        }
        let after = match &error {
            None => State { schema: self.schema, session: self.session },
            Some(_) => before.clone(),
        };
        let changes = if error.is_some() { Vec::new() } else { self.changes };
        Step {
            after,
            changes,
            locks: self.locks,
            work: if error.is_some() { Vec::new() } else { self.work },
            error,
            modelled: self.modelled,
            assumed: self.assumed,
            asked: self.asked,
            cascaded: self.cascaded,
            inner: self.inner,
        }
    }

    /// Runs a part that may fail: when it does, the catalog is as before it. Locks stay, as they do in the server.
    pub fn attempt(&mut self, part: impl FnOnce(&mut Self) -> Result<(), PgError>) -> Result<(), PgError> {
        let (schema, session) = (self.schema.clone(), self.session.clone());
        let (changes, work, cascaded) = (self.changes.len(), self.work.len(), self.cascaded.len());
        let outcome = part(self);
        if outcome.is_err() {
            (self.schema, self.session) = (schema, session);
            self.changes.truncate(changes);
            self.work.truncate(work);
            self.cascaded.truncate(cascaded);
        }
        outcome
    }

    /// Asks something about the catalog as it was before the statement, where the relation was there then.
    pub fn as_before<T>(&mut self, relation: Id, ask: impl FnOnce(&mut Self) -> T) -> T {
        if self.before.relation(relation).is_none() {
            return ask(self);
        }
        let now = std::mem::replace(&mut self.schema, self.before.clone());
        let answer = ask(self);
        self.schema = now;
        answer
    }

    /// Looks at a part that is not run: only its locks and errors count.
    pub fn unseen(&mut self, part: impl FnOnce(&mut Self) -> Result<(), PgError>) -> Result<(), PgError> {
        let schema = self.schema.clone();
        let (changes, work) = (self.changes.len(), self.work.len());
        let executes = std::mem::replace(&mut self.executes, false);
        let outcome = part(self);
        self.executes = executes;
        self.schema = schema;
        self.changes.truncate(changes);
        self.work.truncate(work);
        outcome
    }

    /// Runs a function's body, of which only the locks and the work count, on what is known.
    pub fn aside(&mut self, part: impl FnOnce(&mut Self)) {
        let (schema, session) = (self.schema.clone(), self.session.clone());
        let (changes, assumed, cascaded) = (self.changes.len(), self.assumed.len(), self.cascaded.len());
        let (inner, modelled) = (self.inner.len(), self.modelled);
        let in_body = std::mem::replace(&mut self.in_body, true);
        self.calls += 1;
        part(self);
        self.calls -= 1;
        (self.schema, self.session, self.in_body, self.modelled) = (schema, session, in_body, modelled);
        self.changes.truncate(changes);
        self.assumed.truncate(assumed);
        self.cascaded.truncate(cascaded);
        self.inner.truncate(inner);
        let schema = &self.schema;
        self.locks.retain(|lock| schema.relation(lock.relation).is_some());
        self.work.retain(|work| schema.relation(work.relation).is_some());
    }

    /// The server's major version.
    pub fn version(&self) -> u32 {
        self.server.version
    }

    /// Is every function that may be called known: of the extensions that are installed, and of the history?
    pub fn knows_all_functions(&self) -> bool {
        !self.server.world.presumes_objects() && self.knows_all_operators()
    }

    /// Is every operator and cast known, as far as the extensions that are installed go?
    pub fn knows_all_operators(&self) -> bool {
        let is_known = |name: &Name| builtin::is_known_extension(name) || &**name == "plpgsql";
        // Of the history's own only the names are kept, so what an operator or a cast means cannot always be told.
        let is_operator = |own: &Plain| {
            matches!(own.key.kind, ObjectKind::Cast | ObjectKind::Operator | ObjectKind::OperatorClass)
        };
        !self.schema.plain.iter().any(is_operator) && self.schema.extensions.keys().all(is_known)
    }

    /// The statement's effect is not simulated.
    pub fn not_modelled(&mut self) {
        self.modelled = false;
    }

    /// Records one line of what changed.
    pub fn change(&mut self, line: impl Into<String>) {
        self.changes.push(line.into());
    }

    /// Records what had to be assumed.
    pub fn assume(&mut self, line: impl Into<String>) {
        let line = line.into();
        if !self.assumed.contains(&line) {
            self.assumed.push(line);
        }
    }

    /// Records what CASCADE takes along.
    pub fn cascade(&mut self, what: String) {
        self.change(format!("cascades to {what}"));
        self.cascaded.push(what);
    }

    /// Records a statement inside a block.
    pub fn inner(&mut self, inner: Inner) {
        self.inner.push(inner);
    }

    /// Records a lock on a table or view that was there before.
    pub fn lock(&mut self, relation: Id, mode: LockMode) {
        // What was assumed just now existed before, as far as the server is concerned.
        let found = self
            .before
            .relation(relation)
            .or_else(|| self.schema.relation(relation).filter(|assumed| assumed.presumed));
        let Some(found) = found else { return };
        let is_catalog = matches!(&*found.schema, "pg_catalog" | "information_schema");
        if is_catalog || matches!(found.kind, RelationKind::Index(_) | RelationKind::Sequence(_)) {
            return;
        }
        match self.locks.iter_mut().find(|lock| lock.relation == relation) {
            Some(lock) => lock.mode = lock.mode.max(mode),
            None => {
                let rows = found.rows();
                self.locks.push(Lock { relation, name: found.display_name(), mode, rows });
            }
        }
    }

    /// Locks a table and all that inherit from it.
    pub fn lock_tree(&mut self, relation: Id, mode: LockMode) {
        self.lock(relation, mode);
        for child in self.schema.descendants_of(relation) {
            self.lock(child, mode);
        }
    }

    /// Records work on a table; on a partitioned one it is work on each leaf. New tables have no data to work on,
    /// but the server goes through the motions when they existed before the statement.
    pub fn work(&mut self, kind: WorkKind, relation: Id, reason: &str) {
        let Some(found) = self.schema.relation(relation).cloned() else { return };
        if found.table().is_some_and(Table::is_partitioned) {
            for child in self.schema.children_of(relation) {
                self.work(kind, child, reason);
            }
            return;
        }
        let existed = self.before.relation(relation).is_some() || found.presumed;
        let is_foreign = found.table().is_some_and(|table| table.foreign_server.is_some());
        if !existed
            || is_foreign
            || self.work.iter().any(|work| work.kind == kind && work.relation == relation)
        {
            return;
        }
        let name = self
            .before
            .relation(relation)
            .map_or_else(|| found.display_name(), |before| before.display_name());
        let rows = found.rows();
        self.work.push(Work { kind, relation, name, reason: reason.to_owned(), rows });
    }

    /// A rewrite also rebuilds the table's indexes, and checks constraints on its way.
    pub fn rewrite(&mut self, relation: Id, reason: &str) {
        let leaves: Vec<Id> = match self.schema.relation(relation).and_then(|found| found.table()) {
            Some(table) if table.is_partitioned() => self.schema.children_of(relation),
            _ => Vec::new(),
        };
        for leaf in leaves {
            self.rewrite(leaf, reason);
        }
        self.work(WorkKind::Rewrite, relation, reason);
        if self.schema.indexes_of(relation).next().is_some() {
            self.work(WorkKind::BuildIndex, relation, "a rewrite rebuilds every index");
        }
    }

    /// Drops the scans of tables that are rewritten anyway, as the server does.
    pub fn settle_work(&mut self) {
        let rewritten: Vec<Id> = self
            .work
            .iter()
            .filter(|work| work.kind == WorkKind::Rewrite)
            .map(|work| work.relation)
            .collect();
        self.work.retain(|work| work.kind != WorkKind::Scan || !rewritten.contains(&work.relation));
    }

    /// The schemas that unqualified names are looked up in.
    pub fn search_path(&self) -> Vec<Name> {
        let mut path = self.session.search_path();
        // What is not there is passed over.
        if !self.server.world.presumes_objects() {
            path.retain(|schema| self.schema.namespaces.contains_key(schema));
        }
        path
    }

    /// A relation that is known by that name.
    pub fn find_relation(&self, written: &QualifiedName) -> Option<Id> {
        self.schema.resolve(written, &self.search_path()).map(|relation| relation.id)
    }

    /// A relation by name: known, or assumed where that is allowed. 42P01 otherwise.
    pub fn relation(&mut self, written: &QualifiedName) -> Result<Id, PgError> {
        if let Some(id) = self.find_relation(written) {
            return Ok(id);
        }
        if is_catalog(written) {
            let id = self.assume_relation(written, name("pg_catalog"))?;
            self.catalogs.push(id);
            return Ok(id);
        }
        if written.schema.is_none() && self.search_path().is_empty() {
            return Err(no_relation(&written.name));
        }
        let namespace = self.namespace_of(written)?;
        match self.presume(&namespace, &written.name) {
            Presumption::Missing(hint) => {
                let error = no_relation(&unquoted(written));
                Err(match hint {
                    Some(hint) => error.with_hint(hint),
                    None => error,
                })
            }
            Presumption::Exists => {
                self.assume(format!("table {namespace}.{} exists", written.name));
                self.assume_relation(written, namespace)
            }
        }
    }

    /// As [`Run::relation`], for what queries and DML name: of a schema that is missing only the relation is missed.
    pub fn readable(&mut self, written: &QualifiedName) -> Result<Id, PgError> {
        self.relation(written).map_err(|error| match error.sqlstate {
            "3F000" => no_relation(&unquoted(written)),
            _ => error,
        })
    }

    /// May an unknown relation of this name be assumed?
    pub fn presume(&mut self, namespace: &Name, relation: &Name) -> Presumption {
        self.asked.push((namespace.clone(), relation.clone()));
        self.server.world.presume(&self.schema, namespace, relation)
    }

    fn assume_relation(&mut self, written: &QualifiedName, namespace: Name) -> Result<Id, PgError> {
        let id = self.schema.fresh_id();
        let rows = Rows::Unknown;
        let kind = RelationKind::Table(Box::new(Table { rows, next_column: 1, ..Table::default() }));
        self.schema.insert_relation(Relation {
            origin: Origin::Assumed,
            presumed: true,
            ..new_relation(id, namespace, written.name.clone(), kind)
        });
        Ok(id)
    }

    /// As [`Run::relation`], and it has to be a table: 42809 otherwise.
    pub fn table(&mut self, written: &QualifiedName) -> Result<Id, PgError> {
        let id = self.relation(written)?;
        match self.schema.relation(id) {
            Some(relation) if relation.table().is_none() => Err(wrong_kind(&relation.name, "table")),
            _ => Ok(id),
        }
    }

    /// The relation of that identity, which must be in the catalog.
    pub fn get(&self, id: Id) -> Result<&Relation, PgError> {
        self.schema.relation(id).map(|relation| &**relation).ok_or_else(|| no_relation(&id.0))
    }

    /// The table of that identity.
    pub fn table_of(&self, id: Id) -> Result<&Table, PgError> {
        let relation = self.get(id)?;
        relation.table().ok_or_else(|| wrong_kind(&relation.name, "table"))
    }

    /// Changes a table.
    pub fn change_table(&mut self, id: Id, change: impl FnOnce(&mut Table)) {
        self.schema.change_relation(id, |relation| {
            if let Some(table) = relation.table_mut() {
                change(table);
            }
        });
    }

    /// Nothing is known of this relation but that it exists.
    pub fn is_assumed(&self, id: Id) -> bool {
        self.schema.relation(id).is_some_and(|relation| relation.origin == Origin::Assumed)
    }

    /// A column by name; of an assumed table it is assumed too. 42703 otherwise.
    pub fn column(&mut self, id: Id, column: &str) -> Result<Column, PgError> {
        let relation = self.get(id)?;
        let relation_name = relation.name.clone();
        let Some(table) = relation.table() else { return Err(wrong_kind(&relation_name, "table")) };
        if let Some(found) = table.column(column) {
            return Ok(found.clone());
        }
        if relation.origin != Origin::Assumed {
            return Err(no_column(column, &relation_name));
        }
        if self.schema.is_part_gone(id, Part::Column, &name(column)) {
            return Err(no_column(column, &relation_name).with_hint(GONE));
        }
        let line = format!("column {}.{column} exists", relation.display_name());
        let is_catalog = matches!(&*relation.schema, "pg_catalog" | "information_schema");
        let assumed = Column {
            origin: Origin::Assumed,
            ..new_column(table.next_column, name(column), DataType::unknown())
        };
        if !is_catalog {
            self.assume(line);
        }
        let column = assumed.clone();
        self.change_table(id, |table| {
            table.next_column += 1;
            table.columns.push(assumed);
        });
        Ok(column)
    }

    /// The number of a column by name, also of a view's. 42703 otherwise.
    pub fn column_number(&mut self, id: Id, column: &Name) -> Result<i16, PgError> {
        let relation = self.get(id)?;
        if let Some(view) = relation.view() {
            let number = (1..).zip(&view.columns).find(|(_, own)| *own == column).map(|(number, _)| number);
            return match number {
                // What there may be besides has no number; none is like it.
                None if !view.columns_known => Ok(0),
                None => Err(no_column(column, &relation.name)),
                Some(number) => Ok(number),
            };
        }
        self.column(id, column).map(|column| column.number)
    }

    /// The numbers of columns by name.
    pub fn columns(&mut self, id: Id, columns: &[Name]) -> Result<Vec<i16>, PgError> {
        columns.iter().map(|column| self.column(id, column).map(|column| column.number)).collect()
    }

    /// The columns that an expression on one table names; unknown names are an error, or assumed.
    pub fn expression_columns(&mut self, id: Id, node: &crate::sql::Node) -> Result<Vec<i16>, PgError> {
        let mut numbers = Vec::new();
        for column in node.columns() {
            if is_system_column(&column) {
                continue;
            }
            match self.column_number(id, &column) {
                Ok(found) => numbers.push(found),
                // A reference to the whole row, or a field of a composite column.
                Err(_) if self.get(id).is_ok_and(|relation| relation.name == column) => {}
                Err(error) => {
                    return Err(PgError::new(error.sqlstate, format!("column \"{column}\" does not exist")));
                }
            }
        }
        Ok(numbers)
    }

    /// The schema that a written name is in, when it is to be looked up or assumed there.
    pub fn namespace_of(&mut self, written: &QualifiedName) -> Result<Name, PgError> {
        match &written.schema {
            Some(schema) => self.namespace(schema),
            None => match self.search_path().first() {
                Some(first) => Ok(first.clone()),
                None => Err(PgError::new("3F000", "no schema has been selected to create in")),
            },
        }
    }

    /// A schema by name: known, or assumed. 3F000 otherwise.
    pub fn namespace(&mut self, schema: &Name) -> Result<Name, PgError> {
        // Every session can make the first, every server has the second.
        let is_there = matches!(&**schema, "pg_temp" | "pg_toast");
        if !is_there && !self.schema.namespaces.contains_key(schema) {
            if !self.server.world.presumes_objects() {
                return Err(no_schema(schema));
            }
            self.assume(format!("schema {schema} exists"));
            self.schema.namespaces.insert(schema.clone(), Namespace { origin: Origin::Assumed });
        }
        Ok(schema.clone())
    }

    /// The schema in which a new relation of that name is created.
    pub fn creation_namespace(
        &mut self,
        written: &QualifiedName,
        persistence: Persistence,
    ) -> Result<Name, PgError> {
        match (persistence, &written.schema) {
            (Persistence::Temporary, None) => Ok(name("pg_temp")),
            (Persistence::Temporary, Some(schema)) if !schema.starts_with("pg_temp") => {
                Err(PgError::new("42P16", "cannot create temporary relation in non-temporary schema"))
            }
            (Persistence::Unlogged, Some(schema)) if schema.starts_with("pg_temp") => {
                Err(PgError::new("42P16", "only temporary relations may be created in temporary schemas"))
            }
            (_, Some(schema)) if &**schema == "pg_catalog" => Err(PgError::new(
                "42501",
                format!("permission denied to create \"pg_catalog.{}\"", written.name),
            )
            .with_hint("System catalog modifications are currently disallowed.")),
            _ => self.namespace_of(written),
        }
    }

    /// 42501 for a system catalog, which nobody changes.
    pub fn not_catalog(&self, written: &QualifiedName) -> Result<(), PgError> {
        let known = self
            .schema
            .resolve(written, &self.search_path())
            .is_some_and(|found| &*found.schema != "pg_catalog");
        if is_catalog(written) && !known && written.schema.as_deref() != Some("information_schema") {
            let message = format!("permission denied: \"{}\" is a system catalog", written.name);
            return Err(PgError::new("42501", message));
        }
        Ok(())
    }

    /// 42P07 when a relation of that name is there.
    pub fn name_is_free(&self, namespace: &Name, relation: &Name) -> Result<(), PgError> {
        if self.schema.relation_name_taken(namespace, relation) {
            Err(relation_exists(relation))
        } else {
            Ok(())
        }
    }
}

/// A relation with nothing but its name and kind.
pub(super) fn new_relation(id: Id, schema: Name, name: Name, kind: RelationKind) -> Relation {
    Relation {
        id,
        schema,
        name,
        origin: Origin::Created,
        presumed: false,
        persistence: Persistence::Permanent,
        owner: None,
        options: Vec::new(),
        tablespace: None,
        kind,
    }
}

/// A column with nothing but its name and type.
pub(super) fn new_column(number: i16, name: Name, data_type: DataType) -> Column {
    Column {
        number,
        name,
        data_type,
        collation: None,
        default: None,
        generated: None,
        identity: None,
        sequence: None,
        not_null: false,
        inherited: false,
        local: true,
        statistics: None,
        storage: None,
        compression: None,
        options: Vec::new(),
        origin: Origin::Created,
    }
}

/// A name as messages write it: without quotes.
pub(super) fn unquoted(written: &QualifiedName) -> String {
    match &written.schema {
        Some(schema) => format!("{schema}.{}", written.name),
        None => written.name.to_string(),
    }
}

/// Is it a system catalog or view, which every database has?
pub(super) fn is_catalog(written: &QualifiedName) -> bool {
    match written.schema.as_deref() {
        Some("pg_catalog" | "information_schema") => true,
        None => written.name.starts_with("pg_"),
        Some(_) => false,
    }
}

/// A column that every table has.
pub(super) fn is_system_column(column: &str) -> bool {
    matches!(column, "ctid" | "xmin" | "xmax" | "cmin" | "cmax" | "tableoid")
}
