//! One statement on one schema: what the catalog is afterwards, what is locked,
//! what work is done on data already there, or which error the server gives.
//!
//! A file per kind of object. Knows nothing of files and of transactions.

mod alone;
mod analyze;
mod body;
mod called;
mod dml;
mod dynamic;
mod error;
mod expression;
mod extension;
mod function;
mod index;
mod inline;
mod maintenance;
mod metadata;
mod namespace;
mod object;
mod operator_class;
mod options;
mod plain;
mod policy;
mod privilege;
mod publication;
mod run;
mod sequence;
mod session;
mod table;
mod trigger;
mod typing;
mod user_type;
mod view;
mod world;

pub use alone::needs_no_transaction;
pub use error::PgError;
pub use session::{Session, milliseconds};
pub use world::World;

use std::sync::Arc;

use crate::locks::LockMode;
use crate::schema::{FullName, Id, Rows, Schema};
use crate::sql::{Command, Statement};
use run::Run;

/// What a statement finds: the catalog and the session's settings.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The catalog.
    pub schema: Schema,
    /// The session.
    pub session: Session,
}

impl State {
    /// Do both hold the same? Costs what differs, when one came from the other.
    pub fn is_same(&self, other: &State) -> bool {
        self.session == other.session && self.schema.is_same(&other.schema)
    }
}

/// The server it runs on.
#[derive(Debug, Clone)]
pub struct Server {
    /// Major version, 14 to 18.
    pub version: u32,
    /// What may be assumed of names that are not known.
    pub world: World,
}

/// What one statement did.
#[derive(Debug, Clone)]
pub struct Step {
    /// Catalog and session afterwards; as before when there was an error.
    pub after: State,
    /// What changed, one line each.
    pub changes: Vec<String>,
    /// The strongest lock on every table or view that existed before, in order of first touch.
    pub locks: Vec<Lock>,
    /// Work on data already there, in order.
    pub work: Vec<Work>,
    /// The server's refusal.
    pub error: Option<PgError>,
    /// Is the statement's effect on the catalog simulated?
    pub modelled: bool,
    /// What had to be assumed, one line each.
    pub assumed: Vec<String>,
    /// Names that were not known, of which it was asked whether the files create them later.
    pub asked: Vec<FullName>,
    /// What CASCADE took along: kind and name, `view v`, in order.
    pub cascaded: Vec<String>,
    /// For a DO block: the statements in it, as far as they could be read.
    pub inner: Vec<Inner>,
}

/// A lock on a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The relation.
    pub relation: Id,
    /// Its `schema.name` from before the statement.
    pub name: String,
    /// The mode.
    pub mode: LockMode,
    /// What was known of its rows before the statement.
    pub rows: Rows,
}

/// Work on data already there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What is done.
    pub kind: WorkKind,
    /// The table.
    pub relation: Id,
    /// Its `schema.name` from before the statement.
    pub name: String,
    /// Why, in a few words.
    pub reason: String,
    /// What was known of its rows before the statement.
    pub rows: Rows,
}

/// The kinds of work, in the order in which they weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkKind {
    /// Every row is read.
    Scan,
    /// Every row is looked up in the referenced table.
    ValidateForeignKey,
    /// An index is built: every row is read and sorted.
    BuildIndex,
    /// Every row is written anew.
    Rewrite,
}

impl WorkKind {
    /// The name in the JSON document.
    pub fn name(self) -> &'static str {
        match self {
            WorkKind::Scan => "scan",
            WorkKind::ValidateForeignKey => "validate-foreign-key",
            WorkKind::BuildIndex => "build-index",
            WorkKind::Rewrite => "rewrite",
        }
    }
}

/// A statement inside a DO block.
#[derive(Debug, Clone)]
pub struct Inner {
    /// Line in the block's body, from 1.
    pub line: u32,
    /// The command.
    pub command: Arc<Command>,
    /// It runs whenever the block does; else a condition or a handler decides.
    pub certain: bool,
}

impl Step {
    /// The same where the server refuses the statement after all.
    pub fn refused(self, before: &State, error: PgError) -> Step {
        Step { after: before.clone(), changes: Vec::new(), work: Vec::new(), error: Some(error), ..self }
    }
}

/// Simulates one statement. Never fails: what the server would refuse is in [`Step::error`].
pub fn step(before: &State, statement: &Statement, server: &Server) -> Step {
    let mut run = Run::new(before, server);
    let outcome = execute(&mut run, &statement.command);
    if outcome.is_ok() {
        privilege::settle(&mut run, &before.schema);
    }
    run.finish(before, outcome)
}

/// Simulates one command within a run.
fn execute(run: &mut Run, command: &Command) -> Result<(), PgError> {
    match command {
        Command::CreateTable(create) => table::create(run, create),
        Command::CreateTableAs(create) => view::create_table_as(run, create),
        Command::AlterTable(alter) => table::alter(run, alter),
        Command::CreateIndex(create) => index::create(run, create),
        Command::Reindex(reindex) => maintenance::reindex(run, reindex),
        Command::CreateView(create) => view::create(run, create),
        Command::Refresh(refresh) => view::refresh(run, refresh),
        Command::CreateSequence(create) => sequence::create(run, create),
        Command::AlterSequence(alter) => sequence::alter(run, alter),
        Command::CreateType(create) => user_type::create(run, create),
        Command::AlterEnum(alter) => user_type::alter_enum(run, alter),
        Command::CreateDomain(create) => user_type::create_domain(run, create),
        Command::AlterDomain(alter) => user_type::alter_domain(run, alter),
        Command::CreateSchema(create) => namespace::create(run, create),
        Command::CreateExtension(create) => extension::create(run, create),
        Command::AlterExtension(alter) => extension::alter(run, alter),
        Command::CreateFunction(create) => function::create(run, create),
        Command::CreateAggregate(create) => function::create_aggregate(run, create),
        Command::AlterFunction(alter) => function::alter(run, alter),
        Command::CreateTrigger(create) => trigger::create(run, create),
        Command::CreateRule(create) => policy::create_rule(run, create),
        Command::CreatePolicy(create) => policy::create(run, create),
        Command::AlterPolicy(alter) => policy::alter(run, alter),
        Command::CreateStatistics(create) => metadata::create_statistics(run, create),
        Command::AlterStatistics(alter) => metadata::alter_statistics(run, alter),
        Command::CreateObject(create) => plain::create(run, create),
        Command::AlterObject(alter) => plain::alter(run, alter),
        Command::CreatePublication(create) => publication::create(run, create),
        Command::AlterPublication(alter) => publication::alter(run, alter),
        Command::Drop(drop) => object::drop(run, drop),
        Command::Rename(rename) => object::rename(run, rename),
        Command::SetSchema(set) => object::set_schema(run, set),
        Command::Owner(owner) => object::owner(run, owner),
        Command::Comment(comment) => metadata::comment(run, comment),
        Command::Grant(grant) => privilege::grant(run, grant),
        Command::GrantRole(grant) => privilege::grant_role(run, grant),
        Command::DefaultPrivileges(grant) => privilege::default_privileges(run, grant),
        Command::Role(role) => privilege::role(run, role),
        Command::Owned(owned) => privilege::owned(run, owned),
        Command::Truncate(truncate) => maintenance::truncate(run, truncate),
        Command::Lock(lock) => maintenance::lock(run, lock),
        Command::Vacuum(vacuum) => maintenance::vacuum(run, vacuum),
        Command::Cluster(cluster) => maintenance::cluster(run, cluster),
        Command::Dml(statement) => dml::dml(run, statement),
        Command::Query(query) => dml::query(run, query),
        Command::Copy(copy) => dml::copy(run, copy),
        Command::Set(set) => {
            run.session.set(set);
            Ok(())
        }
        Command::Do(block) => body::execute_block(run, block),
        Command::Call(call) => {
            dynamic::called(run, &[&call.call]);
            called::call(run, call)
        }
        Command::Explain { analyze: true, command } => execute(run, command),
        // Planning locks as running does.
        Command::Explain { command, .. } => run.unseen(|run| execute(run, command)),
        Command::Transaction(_) | Command::Psql(_) | Command::CopyData { .. } => Ok(()),
        Command::Other => {
            run.not_modelled();
            Ok(())
        }
        Command::Invalid(error) => Err(PgError::new(error.sqlstate, error.message.clone())),
    }
}
