//! What a rule looks at: the simulated history, and each statement in its place.

use super::definitions::new_foreign_keys;
use super::stats::Stats;
use crate::layout::{History, Migration, Script, is_bookkeeping};
use crate::locks::LockMode;
use crate::rollback::WayBack;
use crate::schema::{Column, ForeignKey, Id, Origin, Relation, Rows, Schema, Table};
use crate::settings::{Settings, Unknown};
use crate::simulate::{Lock, State, Step, Work, WorkKind};
use crate::sql::command::{AlterAction, ColumnDefinition, ConstraintDefinition, Drop};
use crate::sql::{Command, QualifiedName, Statement};
use crate::text::{Span, Workspace};
use crate::timeline::{Held, Rerun, Run, Timeline};

/// Everything there is to look at.
pub struct Scene<'a> {
    /// The files.
    pub workspace: &'a Workspace,
    /// The migrations.
    pub history: &'a History,
    /// What happened.
    pub timeline: &'a Timeline,
    /// The way back of each migration.
    pub ways_back: &'a [WayBack],
    /// The way back of the set, where one script undoes all of it.
    pub way_back_of_all: Option<&'a WayBack>,
    /// What a second run of each would do.
    pub reruns: &'a [Rerun],
    /// Table sizes.
    pub stats: &'a Stats,
    /// What the reader set.
    pub settings: &'a Settings,
    /// What most rules ask for, where [`Scene::prepared`] has found it already.
    pub(crate) found: Option<Found<'a>>,
}

/// What is found once for all rules.
pub(crate) struct Found<'a> {
    /// What [`Scene::commands`] gives.
    commands: Vec<(At, &'a Command)>,
    /// What [`Scene::alterations`] gives, and more: of every migration and statement.
    altered: Vec<Altered<'a>>,
    /// What [`Place::new_foreign_keys`] gives, of every migration.
    foreign_keys: Vec<(At, (&'a Relation, &'a ForeignKey))>,
}

/// A migration and a statement of it, as indices.
type At = (usize, usize);

/// An [`Alteration`] that is not on a scene yet.
#[derive(Clone, Copy)]
pub(crate) struct Altered<'a> {
    at: At,
    relation: &'a Relation,
    action: &'a AlterAction,
}

/// One statement of an up script under review.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The scene it is on.
    pub scene: &'a Scene<'a>,
    /// Which migration, as an index into the history.
    pub migration: usize,
    /// Which statement, as an index into the run.
    pub index: usize,
}

impl<'a> Scene<'a> {
    /// The statements of every up script under review, in order.
    pub fn places(&'a self) -> impl Iterator<Item = Place<'a>> {
        self.reviewed().flat_map(|(migration, _)| self.places_of(migration))
    }

    /// The statements of one up script, in order.
    pub fn places_of(&'a self, migration: usize) -> impl Iterator<Item = Place<'a>> {
        let count = self.timeline.ups[migration].statements.len();
        (0..count).map(move |index| Place { scene: self, migration, index })
    }

    /// The commands of every up script under review that the server accepts, in order, each with its place;
    /// those inside a DO block too.
    pub fn commands(&'a self) -> impl Iterator<Item = (Place<'a>, &'a Command)> {
        let found = self.found.as_ref().map_or(&[][..], |found| &found.commands);
        let found = found.iter().map(|(at, command)| (self.at(*at), *command));
        let accepted = self.found.is_none().then(|| self.places().filter(Place::is_accepted));
        let others = accepted.into_iter().flatten();
        found.chain(others.flat_map(|place| place.commands().map(move |command| (place, command))))
    }

    fn at(&'a self, (migration, index): At) -> Place<'a> {
        Place { scene: self, migration, index }
    }

    /// The same scene, on which what most rules ask for is found already.
    pub fn prepared(&'a self) -> Scene<'a> {
        let places = || (0..self.timeline.ups.len()).flat_map(|migration| self.places_of(migration));
        let keys = |place: Place<'a>| new_foreign_keys(&place).into_iter().map(move |key| (place.at(), key));
        let found = Found {
            commands: self.commands().map(|(place, command)| (place.at(), command)).collect(),
            altered: places().flat_map(Place::altered).collect(),
            foreign_keys: places().flat_map(keys).collect(),
        };
        Scene { found: Some(found), ..*self }
    }

    /// The sub-commands of every ALTER TABLE among [`Scene::commands`], in order.
    pub fn alterations(&'a self) -> impl Iterator<Item = Alteration<'a>> {
        let found = self.found.as_ref().map_or(&[][..], |found| &found.altered);
        let found = found.iter().filter_map(move |own| {
            let Altered { at, relation, action } = *own;
            let place = self.at(at);
            let counts = self.history.migrations[place.migration].under_review && place.is_accepted();
            counts.then_some(Alteration { place, relation, action })
        });
        let places = self.found.is_none().then(|| self.places().filter(Place::is_accepted));
        found.chain(places.into_iter().flatten().flat_map(|place| place.alterations()))
    }

    /// What there was before the first migration under review.
    pub fn start(&self) -> &'a State {
        let first = self.reviewed().next().map(|(migration, _)| &self.timeline.ups[migration].before);
        first.unwrap_or(&self.timeline.start)
    }

    /// Was the relation there before this review, as far as is known?
    pub fn is_old(&self, relation: &Relation) -> bool {
        relation.presumed || self.start().schema.relation(relation.id).is_some()
    }

    /// Was the column there before this review, as far as is known?
    pub fn is_old_column(&self, relation: &Relation, column: &str) -> bool {
        let Some(now) = relation.table().and_then(|table| table.column(column)) else {
            // Of a table of which nothing is known, a column that nothing has named yet.
            return relation.presumed;
        };
        let before = self.start().schema.relation(relation.id).and_then(|relation| relation.table());
        match before {
            Some(table) => table.numbered(now.number).is_some(),
            None => relation.presumed && now.origin == Origin::Assumed,
        }
    }

    /// The migrations under review.
    pub fn reviewed(&self) -> impl Iterator<Item = (usize, &Migration)> {
        self.history.migrations.iter().enumerate().filter(|(_, migration)| migration.under_review)
    }

    /// Every script under review, up and down, with the migration it belongs to.
    pub fn scripts(&self) -> impl Iterator<Item = (Option<usize>, &Script)> {
        let of_migrations = self.reviewed().flat_map(|(index, migration)| {
            std::iter::once(&migration.up).chain(&migration.down).map(move |script| (Some(index), script))
        });
        of_migrations.chain(self.history.down_of_all.iter().map(|script| (None, script)))
    }

    /// Is the table, by `schema.name`, small: by the given sizes, or because a runner keeps its books there?
    pub fn is_small(&self, name: &str) -> bool {
        let is_small = |rows: u64| rows < self.settings.limits.small_table_rows;
        match self.stats.of(name) {
            Some(size) => is_small(size.rows),
            None => is_bookkeeping(name.rsplit('.').next().unwrap_or(name)),
        }
    }

    /// The server's major version.
    pub fn version(&self) -> u32 {
        self.timeline.server.version
    }

    /// The table of that identity after the last migration.
    pub fn last_table(&self, id: Id) -> Option<&Table> {
        self.last().relation(id).and_then(|relation| relation.table())
    }

    /// The catalog after the last migration.
    pub fn last(&self) -> &Schema {
        &self.timeline.ups.last().map_or(&self.timeline.start, |run| &run.after).schema
    }
}

impl<'a> Place<'a> {
    /// The run it is in.
    pub fn run(&self) -> &'a Run {
        &self.scene.timeline.ups[self.migration]
    }

    /// The statement.
    pub fn statement(&self) -> &'a Statement {
        &self.run().statements[self.index]
    }

    /// What it says.
    pub fn command(&self) -> &'a Command {
        &self.statement().command
    }

    fn at(&self) -> At {
        (self.migration, self.index)
    }

    /// Does the server accept it?
    fn is_accepted(&self) -> bool {
        self.step().error.is_none()
    }

    /// What it did.
    pub fn step(&self) -> &'a Step {
        &self.run().moments[self.index].step
    }

    /// What there was right before it.
    pub fn before(&self) -> &'a State {
        self.run().state_before(self.index)
    }

    /// What there is right after it.
    pub fn after(&self) -> &'a State {
        &self.step().after
    }

    /// Its bytes.
    pub fn span(&self) -> Span {
        Span::new(self.scene.history.migrations[self.migration].up.file, self.statement().range.clone())
    }

    /// Its text.
    pub fn text(&self) -> &'a str {
        self.scene.workspace.slice(self.span())
    }

    /// Is it in a transaction with other statements?
    pub fn in_transaction(&self) -> bool {
        self.run().moments[self.index].transaction.is_some()
    }

    /// The other statements of its transaction that come before it.
    pub fn earlier_in_transaction(&self) -> impl Iterator<Item = Place<'a>> {
        let place = *self;
        (*self.run().together_with(self.index).start()..self.index).map(move |index| Place { index, ..place })
    }

    /// The other statements of its transaction that come after it.
    pub fn later_in_transaction(&self) -> impl Iterator<Item = Place<'a>> {
        let place = *self;
        (self.index + 1..*self.run().together_with(self.index).end() + 1)
            .map(move |index| Place { index, ..place })
    }

    /// The statements of its transaction with what they are, itself included; itself alone outside of one.
    pub fn transaction(&self) -> impl Iterator<Item = Place<'a>> {
        let place = *self;
        self.run().together_with(self.index).map(move |index| Place { index, ..place })
    }

    /// Locks that earlier statements of its transaction still hold when it begins.
    pub fn held(&self) -> &'a [Held] {
        &self.run().moments[self.index].held
    }

    /// The relation that a statement names, as it was before it; one that was only assumed by this statement, as it
    /// is after.
    pub fn relation(&self, written: &QualifiedName) -> Option<&'a Relation> {
        let path = self.before().session.search_path();
        self.known_before(written).or_else(|| {
            let assumed = self.after().schema.resolve(written, &path);
            assumed.filter(|relation| relation.presumed).map(|relation| &**relation)
        })
    }

    /// The relation that a statement names, as it was before it; none when nothing was known of it.
    pub fn known_before(&self, written: &QualifiedName) -> Option<&'a Relation> {
        let before = self.before();
        before.schema.resolve(written, &before.session.search_path()).map(|relation| &**relation)
    }

    /// The relation of that name that the statement created.
    pub fn made(&self, written: &QualifiedName) -> Option<&'a Relation> {
        let after = self.after();
        let made = after.schema.resolve(written, &after.session.search_path())?;
        self.before().schema.relation(made.id).is_none().then_some(&**made)
    }

    /// What a statement calls by that name, as a message does: `schema.name` with its size, as far as these are known.
    pub fn sized_name(&self, written: &QualifiedName) -> String {
        let relation = self.relation(written);
        relation.map_or_else(
            || written.to_string(),
            |relation| format!("{}{}", relation.display_name(), self.size_note(relation.id)),
        )
    }

    /// May there be a relation of that name, which nothing that was read created and of which nothing is known?
    pub fn may_exist(&self, written: &QualifiedName) -> bool {
        let before = self.before();
        let path = before.session.search_path();
        let schemas: Vec<_> =
            written.schema.iter().chain(if written.schema.is_none() { &path[..] } else { &[] }).collect();
        self.scene.timeline.server.world.unknown != Unknown::Refuse
            && before.schema.resolve(written, &path).is_none()
            && !schemas.iter().any(|schema| before.schema.is_gone(schema, &written.name))
    }

    /// Does a DO block make a table of that name itself?
    pub fn makes_within(&self, written: &QualifiedName) -> bool {
        self.step().inner.iter().any(|inner| match &*inner.command {
            Command::CreateTable(create) => create.name == *written,
            Command::CreateTableAs(create) => create.name == *written,
            _ => false,
        })
    }

    /// Does a DROP only make way for what follows? graphile-migrate runs a migration again and again while it is
    /// written, and `pg_dump --clean` begins so: each first clears what it makes.
    pub fn makes_way(&self, drop: &Drop) -> bool {
        let is_made = |name: &QualifiedName| {
            self.later().any(|later| match later.command() {
                Command::CreateTable(create) => create.name == *name,
                Command::CreateTableAs(create) => create.name == *name,
                Command::CreateView(create) => create.name == *name,
                Command::CreateFunction(create) => create.name == *name,
                _ => false,
            })
        };
        drop.if_exists
            && matches!(self.scene.history.layout.name, "graphile-migrate" | "schema-dump")
            && drop.objects.iter().all(|object| is_made(&object.name))
    }

    /// The places of the same migration before it, the nearest first.
    pub fn earlier_in_migration(&self) -> impl Iterator<Item = Place<'a>> {
        let place = *self;
        (0..self.index).rev().map(move |index| Place { index, ..place })
    }

    /// The places under review after it, in this and in later migrations.
    pub fn later(&self) -> impl Iterator<Item = Place<'a>> {
        let here = (self.migration, self.index);
        self.scene.places().filter(move |place| (place.migration, place.index) > here)
    }

    /// The places under review before it, in this and in earlier migrations.
    pub fn earlier(&self) -> impl Iterator<Item = Place<'a>> {
        let here = (self.migration, self.index);
        self.scene.places().take_while(move |place| (place.migration, place.index) < here)
    }

    /// Are both in one transaction?
    pub fn is_together_with(&self, other: &Place) -> bool {
        self.migration == other.migration && self.run().together_with(self.index).contains(&other.index)
    }

    /// Its line in its file, from 1.
    pub fn line(&self) -> u32 {
        let span = self.span();
        self.scene.workspace.file(span.file).position(span.start).line
    }

    /// Where it stands, for a message about another place: `line 3`, with the migration when that is another one.
    pub fn seen_from(&self, other: &Place) -> String {
        if self.migration == other.migration {
            format!("line {}", self.line())
        } else {
            format!("line {} of {}", self.line(), self.scene.history.migrations[self.migration].up.title)
        }
    }

    /// The index that the statement makes on that table, as it is after.
    pub fn index_made_on(&self, table: Id) -> Option<&'a Relation> {
        let made = |relation: &&'a Relation| self.before().schema.relation(relation.id).is_none();
        self.after().schema.indexes_of(table).map(|(relation, _)| &**relation).find(made)
    }

    /// The relation of that identity, as it was before; one that was only assumed by this statement, as it is after.
    pub fn relation_of(&self, id: Id) -> Option<&'a Relation> {
        let found = self.before().schema.relation(id).or_else(|| self.after().schema.relation(id));
        found.map(|relation| &**relation)
    }

    /// What it says, and for a DO block what the statements in it say.
    pub fn commands(&self) -> impl Iterator<Item = &'a Command> + use<'a> {
        std::iter::once(self.command()).chain(self.step().inner.iter().map(|inner| &*inner.command))
    }

    /// The sub-commands of the ALTER TABLE that it is, or of those in a DO block.
    pub fn alterations(&self) -> impl Iterator<Item = Alteration<'a>> + use<'a> {
        let place = *self;
        let (known, found) = match &self.scene.found {
            Some(found) => (of_place(&found.altered, self.at(), |own| own.at), Vec::new()),
            None => (&[][..], place.altered().collect()),
        };
        let on_scene =
            move |Altered { relation, action, .. }: Altered<'a>| Alteration { place, relation, action };
        known.iter().copied().chain(found).map(on_scene)
    }

    fn altered(self) -> impl Iterator<Item = Altered<'a>> {
        let at = self.at();
        self.commands().flat_map(move |command| {
            let alter = match command {
                Command::AlterTable(alter) => self.relation(&alter.name).map(|relation| (alter, relation)),
                _ => None,
            };
            alter.into_iter().flat_map(move |(alter, relation)| {
                alter.actions.iter().map(move |action| Altered { at, relation, action })
            })
        })
    }

    /// Foreign keys that the statement adds, each with its table as it is after; partitions have theirs from their parent.
    pub fn new_foreign_keys(&self) -> impl Iterator<Item = (&'a Relation, &'a ForeignKey)> + use<'a> {
        let (known, found) = match &self.scene.found {
            Some(found) => (of_place(&found.foreign_keys, self.at(), |own| own.0), Vec::new()),
            None => (&[][..], new_foreign_keys(self)),
        };
        known.iter().map(|(_, key)| *key).chain(found)
    }

    /// Can others see the table, and may it hold so many rows that work on it takes time?
    ///
    /// Not when this transaction created it, when nothing has filled it since these files created it,
    /// or when the given sizes say that it is small.
    pub fn is_busy(&self, relation: Id, rows: Rows) -> bool {
        matches!(rows, Rows::Some | Rows::Unknown) && self.is_shared(relation) && !self.is_small(relation)
    }

    /// As [`Place::is_busy`], by what was known of the relation before the statement. What is no table may hold any
    /// number of rows.
    pub fn is_in_use(&self, relation: Id) -> bool {
        self.is_busy(relation, self.relation_of(relation).map_or(Rows::Unknown, Relation::rows))
    }

    /// May the table hold any row at all?
    pub fn may_hold_rows(&self, relation: Id) -> bool {
        self.relation_of(relation).is_none_or(|found| found.rows() != Rows::None)
    }

    /// Does anybody else use the relation, so that a lock on it makes them wait? Not when this transaction created it,
    /// nor when this migration did: code that names it comes after, unless it has taken the name of one in use.
    pub fn is_shared(&self, relation: Id) -> bool {
        let (run, then) = (self.run(), &self.run().before.schema);
        let is_new = |found: &Relation| {
            !found.presumed
                && then.relation(found.id).is_none()
                && then.relation_named(&found.schema, &found.name).is_none()
        };
        !run.is_new_in_transaction(self.index, relation)
            && !self.before().schema.relation(relation).is_some_and(|found| is_new(found))
    }

    /// As [`Scene::is_small`].
    pub fn is_small(&self, relation: Id) -> bool {
        self.relation_of(relation).is_some_and(|found| self.scene.is_small(&found.display_name()))
    }

    /// The work of this statement on tables that are busy.
    pub fn heavy_work(&self) -> impl Iterator<Item = &'a Work> {
        let place = *self;
        self.step().work.iter().filter(move |work| place.is_busy(work.relation, work.rows))
    }

    /// The locks of this statement on tables that are busy.
    pub fn felt_locks(&self) -> impl Iterator<Item = &'a Lock> {
        let place = *self;
        self.step().locks.iter().filter(move |lock| place.is_busy(lock.relation, lock.rows))
    }

    /// The locks of this statement on tables that are busy, behind which writes, or all statements, wait.
    pub fn blocking_locks(&self) -> impl Iterator<Item = &'a Lock> {
        self.felt_locks().filter(|lock| lock.mode.blocks_writes())
    }

    /// The lock that this statement takes on a relation.
    pub fn lock_on(&self, relation: Id) -> Option<LockMode> {
        self.step().locks.iter().find(|lock| lock.relation == relation).map(|lock| lock.mode)
    }

    /// How to call a table's size in a message: `about 12,000,000 rows`, or nothing when it is not known.
    pub fn size_note(&self, relation: Id) -> String {
        let name = self.relation_of(relation).map(|found| found.display_name()).unwrap_or_default();
        self.scene.stats.of(&name).map(|size| format!(" ({})", size.rows_in_words())).unwrap_or_default()
    }
}

/// Those of a sorted list that are at this place.
fn of_place<T>(all: &[T], place: At, at: impl Fn(&T) -> At) -> &[T] {
    let first = all.partition_point(|own| at(own) < place);
    let count = all[first..].iter().take_while(|own| at(own) == place).count();
    &all[first..first + count]
}

/// One sub-command of an ALTER TABLE.
#[derive(Clone, Copy)]
pub struct Alteration<'a> {
    /// The statement, or the DO block that holds it.
    pub place: Place<'a>,
    /// What it alters, as it was before.
    pub relation: &'a Relation,
    /// The sub-command.
    pub action: &'a AlterAction,
}

impl<'a> Alteration<'a> {
    /// `schema.name` of what it alters.
    pub fn name(&self) -> String {
        self.relation.display_name()
    }

    /// The same with its size, where that is known.
    pub fn sized_name(&self) -> String {
        format!("{}{}", self.name(), self.place.size_note(self.relation.id))
    }

    /// The column of that name as it was before; none when it was not there, or nothing was known of it yet.
    pub fn column_before(&self, column: &str) -> Option<&'a Column> {
        self.place.before().schema.relation(self.relation.id)?.table()?.column(column)
    }

    /// The column of that name as it is after the statement.
    pub fn column_after(&self, column: &str) -> Option<&'a Column> {
        self.place.after().schema.relation(self.relation.id)?.table()?.column(column)
    }

    /// The constraints that it adds, each with the column at whose definition it is written.
    pub fn added_constraints(&self) -> Vec<(&'a ConstraintDefinition, Option<&'a ColumnDefinition>)> {
        match self.action {
            AlterAction::AddConstraint(definition) => vec![(definition, None)],
            AlterAction::AddColumn { column, .. } => {
                column.constraints.iter().map(|own| (own, Some(&**column))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// For VALIDATE CONSTRAINT: the sub-command of the same transaction, or the same statement, that added the constraint.
    pub fn added_in_transaction(&self) -> Option<Alteration<'a>> {
        let AlterAction::ValidateConstraint { name } = self.action else { return None };
        self.place.transaction().take_while(|place| place.index <= self.place.index).find_map(|place| {
            place.alterations().find(|other| {
                other.relation.id == self.relation.id
                    && matches!(other.action, AlterAction::AddConstraint(added)
                        if added.not_valid && added.name.as_ref() == Some(name))
            })
        })
    }

    /// Work of that kind on what it alters, partitions included, that takes time while others wait.
    pub fn heavy(&self, kind: WorkKind) -> Option<&'a Work> {
        let table = self.relation.id;
        let is_part = |id: Id| id == table || self.place.after().schema.descendants_of(table).contains(&id);
        self.place.heavy_work().find(|work| work.kind == kind && is_part(work.relation))
    }
}

/// A number with commas.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
