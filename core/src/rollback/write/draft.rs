//! The script while it is written: each statement is simulated before it is taken, so that the next one is written
//! for the catalog as it is then.

use std::sync::Arc;

use crate::schema::{CommentTarget, Function, Id, Relation, Schema, Table, Type, target_sql};
use crate::simulate::{Server, State, step};
use crate::sorted::Set;
use crate::sql::{Name, parse, quote_identifier};

/// One or more statements that belong together.
#[derive(Debug, Clone)]
pub(in crate::rollback) struct Piece {
    /// The statements, each with its semicolon, perhaps below comment lines.
    pub sql: String,
    /// The same without a lock that stops writing, which takes running outside of a transaction.
    pub concurrently: Option<String>,
    /// The object that it only drops: the statement is written for the name which that has by then.
    pub drops: Option<Id>,
}

/// A script that leads from one catalog to another.
pub(super) struct Draft<'a> {
    /// The catalog to arrive at.
    pub goal: Schema,
    /// The catalog to start from.
    pub start: Schema,
    /// What there is after the pieces so far.
    state: State,
    server: &'a Server,
    /// The script so far.
    pub pieces: Vec<Piece>,
    /// What could not be written, one line each.
    pub unwritten: Vec<String>,
    /// Types that are in both catalogs and have to be made anew.
    pub replaced: Set<Id>,
    /// What is to go and still needed.
    waiting: Vec<Piece>,
}

impl From<String> for Piece {
    fn from(sql: String) -> Self {
        Piece { sql, concurrently: None, drops: None }
    }
}

impl Piece {
    /// DROP of a relation, type or function.
    pub fn dropping(id: Id) -> Self {
        Piece { sql: String::new(), concurrently: None, drops: Some(id) }
    }
}

impl<'a> Draft<'a> {
    /// An empty script.
    pub fn new(goal: Schema, state: State, server: &'a Server) -> Self {
        Draft {
            goal,
            start: state.schema.clone(),
            state,
            server,
            pieces: Vec::new(),
            unwritten: Vec::new(),
            replaced: Set::default(),
            waiting: Vec::new(),
        }
    }

    /// The server's major version.
    pub fn version(&self) -> u32 {
        self.server.version
    }

    /// The catalog after the pieces so far.
    pub fn now(&self) -> &Schema {
        &self.state.schema
    }

    /// Takes a piece if the server takes it.
    pub fn take(&mut self, piece: impl Into<Piece>) -> bool {
        let mut piece = piece.into();
        if let Some(id) = piece.drops {
            // It may have gone with something else.
            let Some(object) = target_sql(self.now(), &CommentTarget::Object(id)) else { return true };
            piece.sql = format!("DROP {object};");
        }
        match self.simulated(&piece.sql) {
            Ok(state) => {
                self.state = state;
                self.pieces.push(piece);
                true
            }
            Err(_) => false,
        }
    }

    /// Takes pieces, each as soon as the server takes it. What it never takes is told.
    pub fn take_all(&mut self, pieces: Vec<Piece>) {
        for mut piece in self.take_in_turn(pieces) {
            let object = piece.drops.and_then(|id| target_sql(self.now(), &CommentTarget::Object(id)));
            piece.sql = object.map_or(piece.sql, |object| format!("DROP {object};"));
            let reason = self.simulated(&piece.sql).err().unwrap_or_default();
            let statement = piece.sql.lines().find(|line| !line.starts_with("--")).unwrap_or_default();
            self.unwritten.push(format!("{statement} ({reason})"));
        }
    }

    /// Takes pieces that make something go. What is still needed waits.
    pub fn clear(&mut self, pieces: Vec<Piece>) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.extend(pieces);
        self.waiting = self.take_in_turn(waiting);
    }

    /// What still waits has to go now.
    pub fn clear_at_last(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let tables: Vec<Id> = waiting.iter().filter_map(|piece| piece.drops).collect();
        // Tables that reference each other in a circle.
        let mut circle = Vec::new();
        for (table, key) in tables.iter().flat_map(|id| self.now().references_to(*id)) {
            if tables.contains(&table.id) && !key.inherited {
                let (table, key) = (table.sql_name(), quote_identifier(&key.name));
                circle.push(Piece::from(format!("ALTER TABLE {table} DROP CONSTRAINT {key};")));
            }
        }
        self.take_all(circle);
        self.take_all(waiting);
    }

    fn take_in_turn(&mut self, mut pieces: Vec<Piece>) -> Vec<Piece> {
        loop {
            let before = pieces.len();
            pieces.retain(|piece| !self.take(piece.clone()));
            if pieces.is_empty() || pieces.len() == before {
                return pieces;
            }
        }
    }

    /// The state after some SQL, or why the server would refuse it.
    fn simulated(&self, sql: &str) -> Result<State, String> {
        let mut state = self.state.clone();
        for statement in parse(sql, 0) {
            let step = step(&state, &statement, self.server);
            if let Some(error) = step.error {
                return Err(error.message);
            }
            state = step.after;
        }
        Ok(state)
    }

    /// A relation of the goal as it is now.
    pub fn relation_now(&self, id: Id) -> Option<Arc<Relation>> {
        let made = || {
            let goal = self.goal.relation(id)?;
            self.now().relation_named(&goal.schema, &goal.name).filter(|found| self.is_made_here(found.id))
        };
        self.now().relation(id).or_else(made).cloned()
    }

    /// A table of the goal as it is in both.
    pub fn kept_table(&self, id: Id) -> Option<(Arc<Relation>, Arc<Relation>)> {
        let (goal, now) = (self.goal.relation(id)?, self.now().relation(id)?);
        (goal.table().is_some() && now.table().is_some()).then(|| (goal.clone(), now.clone()))
    }

    /// The relations that are in both catalogs: as they are to be, and as they are now.
    pub fn kept(&self) -> Vec<(Arc<Relation>, Arc<Relation>)> {
        let both = |goal: &Arc<Relation>| Some((goal.clone(), self.now().relation(goal.id)?.clone()));
        self.goal.relations().filter_map(both).filter(|(goal, now)| !Arc::ptr_eq(goal, now)).collect()
    }

    /// A type of the goal as it is now.
    pub fn type_now(&self, id: Id) -> Option<Arc<Type>> {
        let made = || {
            let goal = self.goal.user_type(id)?;
            self.now().type_named(&goal.schema, &goal.name).filter(|found| self.is_made_here(found.id))
        };
        self.now().user_type(id).filter(|_| !self.replaced.contains(&id)).or_else(made).cloned()
    }

    /// A function of the goal as it is now.
    pub fn function_now(&self, id: Id) -> Option<Arc<Function>> {
        let made = || {
            let goal = self.goal.function(id)?;
            let wanted = goal.signature_text(&self.goal);
            let mut named = self.now().functions_named(&goal.schema, &goal.name);
            named
                .find(|found| self.is_made_here(found.id) && found.signature_text(self.now()) == wanted)
                .cloned()
        };
        self.now().function(id).cloned().or_else(made)
    }

    /// What a comment or grant of the goal is on, as it is now.
    pub fn target_now(&self, target: &CommentTarget) -> Option<CommentTarget> {
        let object = |id: Id| {
            let relation = self.relation_now(id).map(|relation| relation.id);
            let user_type = || self.type_now(id).map(|user_type| user_type.id);
            relation.or_else(user_type).or_else(|| self.function_now(id).map(|function| function.id))
        };
        Some(match target {
            CommentTarget::Object(id) => CommentTarget::Object(object(*id)?),
            CommentTarget::Column(id, number) => {
                let now = self.relation_now(*id)?;
                let number = match (self.goal.relation(*id)?.table(), now.table()) {
                    (Some(goal), Some(table)) => table.column(&goal.numbered(*number)?.name)?.number,
                    _ => *number,
                };
                CommentTarget::Column(now.id, number)
            }
            CommentTarget::Part(id, kind, name) => CommentTarget::Part(object(*id)?, kind, name.clone()),
            other => other.clone(),
        })
    }

    /// A name in a schema that no type and no relation has.
    pub fn free_name(&self, schema: &Name, wanted: &str) -> Name {
        let taken = |name: &Name| {
            self.now().type_named(schema, name).is_some()
                || self.now().relation_named(schema, name).is_some()
                || self.goal.type_named(schema, name).is_some()
        };
        crate::schema::naming::free_name(wanted, None, "replaced", taken)
    }

    fn is_made_here(&self, id: Id) -> bool {
        Schema::is_newer(id, &self.start)
    }
}

/// The columns of a table that are not in the goal, in the order in which they were added.
pub(super) fn new_columns<'t>(goal: &Table, now: &'t Table) -> Vec<&'t crate::schema::Column> {
    let is_own = |column: &&crate::schema::Column| column.local || !column.inherited;
    now.columns.iter().filter(|column| goal.numbered(column.number).is_none()).filter(is_own).collect()
}
