//! A whole history, simulated: statement by statement, in the transactions of the runner and of the
//! scripts themselves. Says what is held from when until when, and what a ROLLBACK undoes. Knows nothing of rules.

mod again;
mod enum_value;
mod rerun;
mod session;
mod transaction;

pub use again::{Again, is_same_script, simulate_again};
pub use enum_value::{NewValue, Use};
pub use rerun::{Rerun, rerun, rerun_behind};
use transaction::refused_outside_transaction;
pub use transaction::{By, End, Transaction, refused_in_transaction};

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::layout::{History, Script};
use crate::parallel::{followed, in_parts};
use crate::schema::{Difference, FullName, Function, Id, RelationKind, Rows, Schema, diff};
use crate::settings::{Settings, TransactionMode, Unknown};
use crate::simulate::{Lock, PgError, Server, Session, State, Step, World, step};
use crate::sorted::Set;
use crate::sql::command::{ObjectKind, Persistence};
use crate::sql::{Command, QualifiedName, Statement, name};

/// A history that has been simulated.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The server it was simulated on.
    pub server: Server,
    /// The baseline's statements, when there is a baseline.
    pub baseline: Option<Run>,
    /// What there was before the first migration.
    pub start: State,
    /// The way up of each migration, in the order of the history.
    pub ups: Vec<Run>,
}

/// One script, simulated.
#[derive(Debug, Clone)]
pub struct Run {
    /// What there was before it.
    pub before: State,
    /// Its statements.
    pub statements: Arc<[Statement]>,
    /// What each of them did.
    pub moments: Vec<Moment>,
    /// Its transactions, in order. Statements outside of one commit by themselves.
    pub transactions: Vec<Transaction>,
    /// What there is after it.
    pub after: State,
    /// Worked out when it is asked for first, and kept while the rest of the history is edited.
    differences: OnceLock<Arc<[Difference]>>,
}

/// One statement on the timeline.
#[derive(Debug, Clone)]
pub struct Moment {
    /// What it did.
    pub step: Step,
    /// The transaction it is in, as an index into [`Run::transactions`].
    pub transaction: Option<usize>,
    /// What earlier statements of its transaction hold when it begins.
    pub held: Vec<Held>,
}

/// A lock that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The lock.
    pub lock: Lock,
    /// The statement that took it, as an index into the run's statements.
    pub since: usize,
}

impl Run {
    /// What it changes in the schema.
    pub fn differences(&self) -> &[Difference] {
        self.differences.get_or_init(|| diff(&self.before.schema, &self.after.schema).into())
    }

    /// What there was right before a statement.
    pub fn state_before(&self, statement: usize) -> &State {
        match statement.checked_sub(1).and_then(|before| self.moments.get(before)) {
            Some(moment) => &moment.step.after,
            None => &self.before,
        }
    }

    /// The statements of the transaction that a statement is in; itself alone when it commits by itself.
    pub fn together_with(&self, statement: usize) -> std::ops::RangeInclusive<usize> {
        match self.moments.get(statement).and_then(|moment| moment.transaction) {
            Some(transaction) => {
                let transaction = &self.transactions[transaction];
                transaction.first..=transaction.last
            }
            None => statement..=statement,
        }
    }

    /// Was the relation created by this statement's transaction, so that nobody else can see it yet?
    pub fn is_new_in_transaction(&self, statement: usize, relation: Id) -> bool {
        let first = *self.together_with(statement).start();
        self.state_before(first).schema.relation(relation).is_none()
            && self.state_before(statement).schema.relation(relation).is_some_and(|found| !found.presumed)
    }

    /// The first error, with the statement that gives it.
    pub fn first_error(&self) -> Option<(usize, &PgError)> {
        self.moments
            .iter()
            .enumerate()
            .find_map(|(index, moment)| moment.step.error.as_ref().map(|error| (index, error)))
    }
}

/// Simulates a history from its baseline on.
pub fn simulate(history: &History, settings: &Settings) -> Timeline {
    let (mut timeline, parsed) = begin(history, settings);
    timeline.ups = (0..history.migrations.len()).map(migrator(history, &timeline, parsed)).collect();
    timeline
}

/// Simulates a history, and what `follower` makes of each migration's run, in order: on other processors, where there are
/// any, while the next migrations are simulated.
pub fn simulate_followed<T, F>(
    history: &History,
    settings: &Settings,
    follower: impl Fn() -> F + Sync,
) -> (Timeline, Vec<T>)
where
    T: Send + Sync,
    F: FnMut(usize, &Run, &Server) -> T,
{
    let (mut timeline, parsed) = begin(history, settings);
    let server = &timeline.server;
    let (ups, results) = followed(history.migrations.len(), migrator(history, &timeline, parsed), || {
        let mut follow = follower();
        move |index, up: &Run| follow(index, up, server)
    });
    timeline.ups = ups;
    (timeline, results)
}

/// The timeline up to the first migration, and the statements of all.
fn begin(history: &History, settings: &Settings) -> (Timeline, Vec<Arc<[Statement]>>) {
    let scripts = &history.migrations;
    let parse = |part: Range<usize>| scripts[part].iter().map(|own| statements_of(&own.up)).collect();
    let parsed: Vec<Arc<[Statement]>> = in_parts(scripts.len(), parse);
    let server = server(&parsed, settings);
    let baseline = baseline(settings, &server);
    let start = start(baseline.as_ref());
    (Timeline { server, baseline, start, ups: Vec::new() }, parsed)
}

fn baseline(settings: &Settings, server: &Server) -> Option<Run> {
    let (_, text) = settings.baseline.as_ref()?;
    let open = Server { world: World { unknown: Unknown::Assume, ..server.world.clone() }, ..server.clone() };
    Some(run(crate::sql::parse(text, 0).into(), TransactionMode::None, &State::default(), &open))
}

fn start(baseline: Option<&Run>) -> State {
    baseline.map_or_else(State::default, |run| lived_in(&run.after))
}

/// Simulates a history whose first migrations are those of a timeline, `kept` of them, that is there already.
pub fn simulate_from(history: &History, settings: &Settings, earlier: &Timeline, kept: usize) -> Timeline {
    let ups = &earlier.ups[..kept];
    let known = ups.iter().map(|up| Arc::clone(&up.statements));
    let parsed: Vec<Arc<[Statement]>> = known
        .chain(history.migrations[kept..].iter().map(|migration| statements_of(&migration.up)))
        .collect();
    let mut timeline =
        Timeline { server: server(&parsed, settings), ups: ups.to_vec(), ..without_ups(earlier) };
    let rest: Vec<Run> = (kept..history.migrations.len()).map(migrator(history, &timeline, parsed)).collect();
    timeline.ups.extend(rest);
    timeline
}

fn without_ups(timeline: &Timeline) -> Timeline {
    let Timeline { server, baseline, start, .. } = timeline;
    Timeline { server: server.clone(), baseline: baseline.clone(), start: start.clone(), ups: Vec::new() }
}

/// The server that these statements are meant for.
fn server(parsed: &[Arc<[Statement]>], settings: &Settings) -> Server {
    let unknown = match (settings.unknown, &settings.baseline) {
        (Unknown::Auto, Some(_)) => Unknown::Refuse,
        (unknown, _) => unknown,
    };
    let world = World {
        unknown,
        created_later: created_by(parsed.iter().flat_map(|statements| statements.iter())),
        timezone: settings.timezone.clone(),
        roles_known: false,
    };
    Server { version: settings.postgres, world }
}

/// Runs the migrations behind those that the timeline has, one at each call, by their indices.
fn migrator<'a>(
    history: &'a History,
    timeline: &'a Timeline,
    parsed: Vec<Arc<[Statement]>>,
) -> impl FnMut(usize) -> Run + 'a {
    let mut state = timeline.ups.last().map_or_else(|| timeline.start.clone(), |up| fresh_session(&up.after));
    move |index| {
        if again::begins_review(&history.migrations, index) {
            // What came before is deployed: its tables have been filled since.
            state = lived_in(&state);
        }
        let transaction = history.migrations[index].up.transaction;
        let up = run(Arc::clone(&parsed[index]), transaction, &state, &timeline.server);
        state = fresh_session(&up.after);
        up
    }
}

/// Simulates a script on a state, as the runner would run it there.
pub fn simulate_script(script: &Script, before: &State, server: &Server) -> Run {
    run(statements_of(script), script.transaction, before, server)
}

/// The statements of a script, with locations in its file.
fn statements_of(script: &Script) -> Arc<[Statement]> {
    crate::sql::parse(&script.text, script.range.start).into()
}

/// The state after a deployment that has been in use for a while: any table may hold rows.
pub fn lived_in(state: &State) -> State {
    LivedIn::default().of(state)
}

/// States after deployments that have been in use, one after the other: what two have in common they share, as the states
/// do that they are made of.
#[derive(Debug, Clone, Default)]
pub struct LivedIn {
    fresh: Schema,
    lived: Schema,
}

impl LivedIn {
    /// From a state that has been in use already.
    pub fn after(lived: &State) -> LivedIn {
        LivedIn { fresh: lived.schema.clone(), lived: lived.schema.clone() }
    }

    /// As [`lived_in`].
    pub fn of(&mut self, state: &State) -> State {
        let mut state = fresh_session(state);
        let lived = state.schema.changed_like(&self.fresh, &self.lived, |relation| {
            let mut relation = relation.clone();
            if relation.rows() != Rows::Unknown {
                match &mut Arc::make_mut(&mut relation).kind {
                    RelationKind::Table(table) => table.rows = Rows::Unknown,
                    // Refreshed by now; pg_dump writes all of them WITH NO DATA.
                    RelationKind::View(view) => view.populated = true,
                    _ => {}
                }
            }
            relation
        });
        self.fresh = std::mem::replace(&mut state.schema, lived.clone());
        self.lived = lived;
        state
    }
}

/// The same catalog in a new session: temporary tables and settings are gone.
fn fresh_session(state: &State) -> State {
    let mut fresh = State { schema: state.schema.clone(), session: Session::default() };
    let temporary: Vec<Id> = fresh.schema.temporary().map(|relation| relation.id).collect();
    for id in temporary {
        fresh.schema.remove_relation(id);
    }
    let is_temporary = |function: &&Arc<Function>| &*function.schema == "pg_temp";
    let functions: Vec<Id> = fresh.schema.functions().filter(is_temporary).map(|own| own.id).collect();
    for id in functions {
        fresh.schema.remove_function(id);
    }
    fresh
}

/// The relations that statements create without IF NOT EXISTS: before that they cannot be there, unless a statement
/// before it makes room for them.
fn created_by<'a>(statements: impl Iterator<Item = &'a Statement>) -> Set<FullName> {
    let full = |written: &QualifiedName| {
        (written.schema.clone().unwrap_or_else(|| name("public")), written.name.clone())
    };
    let mut created = Set::default();
    let mut made_room: Set<FullName> = Set::default();
    for statement in statements {
        match &statement.command {
            Command::Drop(drop) if names_relation(drop.kind) => {
                made_room.extend(drop.objects.iter().map(|object| full(&object.name)));
            }
            Command::Rename(rename) if names_relation(rename.kind) => {
                made_room.insert(full(&rename.object.name));
            }
            Command::SetSchema(set) if names_relation(set.kind) => {
                made_room.insert(full(&set.object.name));
            }
            _ => {}
        }
        let written = match &statement.command {
            Command::CreateTable(create)
                if !create.if_not_exists && create.persistence != Persistence::Temporary =>
            {
                &create.name
            }
            Command::CreateTableAs(create)
                if !create.if_not_exists && create.persistence != Persistence::Temporary =>
            {
                &create.name
            }
            Command::CreateView(create) if !create.or_replace => &create.name,
            _ => continue,
        };
        let key = full(written);
        if !made_room.contains(&key) {
            created.insert(key);
        }
    }
    created
}

fn names_relation(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::Table | ObjectKind::ForeignTable | ObjectKind::View | ObjectKind::MaterializedView
    )
}

/// Runs statements one after the other.
fn run(statements: Arc<[Statement]>, mode: TransactionMode, before: &State, server: &Server) -> Run {
    let mut course = Course::new(mode, before, server);
    for statement in statements.iter() {
        let step = course.step(statement);
        course.take(statement, step);
    }
    course.finish(before, statements)
}

/// Runs the statements of a run once more, on another state.
///
/// # Errors
///
/// The first statement that is refused, and why.
pub fn run_again(
    up: &Run,
    mode: TransactionMode,
    before: &State,
    server: &Server,
) -> Result<Run, (usize, PgError)> {
    let mut course = Course::new(mode, before, server);
    for (index, statement) in up.statements.iter().enumerate() {
        let step = course.step(statement);
        if let Some(error) = step.error {
            return Err((index, error));
        }
        course.take(statement, step);
    }
    Ok(course.finish(before, Arc::clone(&up.statements)))
}

/// A script while it runs, a statement at a time, for who wants to know how it goes before it goes on.
pub struct Course<'a> {
    server: &'a Server,
    block: transaction::Block,
    state: State,
    moments: Vec<Moment>,
}

impl<'a> Course<'a> {
    /// At the script's beginning.
    pub fn new(mode: TransactionMode, before: &State, server: &'a Server) -> Self {
        let block = transaction::Block::new(mode, before);
        Course { server, block, state: before.clone(), moments: Vec::new() }
    }

    /// What there is after the statements taken so far.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What the next statement does. It is done once it is handed to [`Course::take`].
    pub fn step(&mut self, statement: &Statement) -> Step {
        self.block.enter(self.moments.len(), statement, &self.state);
        let step = step(&self.state, statement, self.server);
        let refused = match (&step.error, self.block.is_open()) {
            (Some(_), _) => None,
            (None, true) => refused_in_transaction(statement, &self.state.schema)
                .or_else(|| self.block.refuses_new_value(statement, &step)),
            (None, false) => refused_outside_transaction(&statement.command),
        };
        match refused {
            Some(error) => step.refused(&self.state, error),
            None => step,
        }
    }

    /// Goes on with what the statement did.
    pub fn take(&mut self, statement: &Statement, mut step: Step) {
        let index = self.moments.len();
        let held = self.block.held();
        self.block.note(index, statement, &step, self.server.version);
        let transaction = self.block.current();
        self.block.leave(index, statement, &mut step);
        self.state = step.after.clone();
        self.moments.push(Moment { step, transaction, held });
    }

    /// What the script was, all statements of which were taken.
    fn finish(self, before: &State, statements: Arc<[Statement]>) -> Run {
        let Course { block, mut state, moments, .. } = self;
        let transactions = block.finish(statements.len(), &mut state);
        Run {
            before: before.clone(),
            statements,
            moments,
            transactions,
            after: state,
            differences: OnceLock::new(),
        }
    }
}
