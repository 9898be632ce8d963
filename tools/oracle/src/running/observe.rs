//! What one statement does on a server.
//!
//! Locks are read from `pg_locks` before the transaction ends. Work is what the server tells at
//! `client_min_messages = debug1`; a relation whose file is another one afterwards was rewritten, and one that was
//! scanned without a word is known from the transaction's statistics.

use std::collections::{BTreeMap, BTreeSet};

use lockstep_core::sql::Command;

use super::blocked::outside_block;
use super::{Effects, Mode};
use crate::Outcome;
use crate::server::{Connection, Refusal, Server};

/// The tables and views that are there, by their OID.
pub type Relations = BTreeMap<u32, Relation>;

/// A table or view before the statement.
pub struct Relation {
    /// `public.orders`; `pg_temp` stands for the session's own schema of temporary objects.
    pub name: String,
    /// `r`, `p`, `v`, `m` or `f`, as in `pg_class.relkind`.
    pub kind: char,
    /// The file its rows are in.
    file: String,
}

const RELATIONS: &str = "
SELECT c.oid, regexp_replace(n.nspname, '^pg_temp_[0-9]+$', 'pg_temp') || '.' || c.relname, c.relkind,
       coalesce(pg_relation_filenode(c.oid), 0)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND n.nspname !~ '^pg_toast_temp_'";

/// A statement and where it runs.
pub struct Place<'a> {
    /// The server, for sessions beside the first.
    pub server: &'a Server,
    /// The database's name.
    pub database: &'a str,
}

/// Runs the statement, with its data where it is a COPY. The inner result is the server's refusal.
pub fn observe(
    connection: &mut Connection,
    place: &Place,
    sql: &str,
    data: Option<&str>,
    command: &Command,
) -> Outcome<Result<Effects, Refusal>> {
    let before = relations(connection)?;
    let scans_before = scans(connection)?;
    let mut locks = BTreeMap::new();
    // Apart: what is sent with BEGIN is undone with it.
    connection.ask("SET client_min_messages = debug1")?;
    connection.ask("BEGIN")?;
    connection.take_notices();
    let mut answer = connection.query_with_data(sql, data)?.map(drop);
    let mut notices = connection.take_notices();
    let mut scanned = BTreeSet::new();
    let mut facts = Facts::default();
    if answer.is_ok() {
        connection.ask("SET LOCAL client_min_messages = warning")?;
        locks = own_locks(connection)?;
        let more = |(oid, scans): &(u32, u64)| scans_before.get(oid).is_none_or(|before| before < scans);
        scanned = scans(connection)?.into_iter().filter(more).map(|(oid, _)| oid).collect();
        facts = Facts::read(connection)?;
        answer = connection.query("COMMIT")?.map(drop);
    } else {
        connection.ask("ROLLBACK")?;
    }
    if answer.as_ref().is_err_and(|refusal| refusal.sqlstate == "25001") {
        connection.take_notices();
        (answer, locks) = outside_block(connection, place, sql, &before)?;
        notices = connection.take_notices();
        if answer.is_ok() {
            connection.ask("SET client_min_messages = warning")?;
            facts = Facts::read(connection)?;
        }
    }
    connection.ask("SET client_min_messages = notice")?;
    if let Err(refusal) = answer {
        return Ok(Err(refusal));
    }
    let mut effects = Effects::default();
    for (oid, mode) in locks {
        if let Some(relation) = before.get(&oid) {
            effects.lock(relation.name.clone(), mode);
        }
    }
    if !moves_rows(command) {
        let after = relations(connection)?;
        let mut work =
            Work { before: &before, facts: &facts, found: BTreeSet::new(), not_scanned: BTreeSet::new() };
        work.told(&notices, &scanned);
        work.files(&after);
        if !runs_a_query(command) {
            work.silent_scans(&scanned);
        }
        effects.work = work.found;
    }
    Ok(Ok(effects))
}

/// What queries, DML and TRUNCATE do to rows is not work.
fn moves_rows(command: &Command) -> bool {
    matches!(command, Command::Dml(_) | Command::Query(_) | Command::Copy(_) | Command::Truncate(_))
}

/// A scan may be that of the query, or of the statements in a body.
fn runs_a_query(command: &Command) -> bool {
    matches!(command, Command::CreateTableAs(_) | Command::Refresh(_) | Command::Do(_) | Command::Call(_))
}

fn relations(connection: &mut Connection) -> Outcome<Relations> {
    let mut relations = Relations::new();
    for row in connection.ask(RELATIONS)? {
        let [Some(oid), Some(name), Some(kind), Some(file)] = row.as_slice() else { continue };
        if let Ok(oid) = oid.parse() {
            let kind = kind.chars().next().unwrap_or('r');
            relations.insert(oid, Relation { name: name.clone(), kind, file: file.clone() });
        }
    }
    Ok(relations)
}

/// The strongest lock on each relation that the rows of `pg_locks` name: OID and mode.
pub fn strongest(rows: Vec<Vec<Option<String>>>) -> BTreeMap<u32, Mode> {
    let mut locks: BTreeMap<u32, Mode> = BTreeMap::new();
    for row in rows {
        let [Some(oid), Some(mode)] = row.as_slice() else { continue };
        let (Ok(oid), Some(mode)) = (oid.parse(), Mode::of_server(mode)) else { continue };
        let held = locks.entry(oid).or_insert(mode);
        *held = (*held).max(mode);
    }
    locks
}

fn own_locks(connection: &mut Connection) -> Outcome<BTreeMap<u32, Mode>> {
    connection
        .ask("SELECT relation, mode FROM pg_catalog.pg_locks WHERE locktype = 'relation' AND pid = pg_catalog.pg_backend_pid()")
        .map(strongest)
}

/// How often this session has scanned each table since it last sent its statistics away.
fn scans(connection: &mut Connection) -> Outcome<BTreeMap<u32, u64>> {
    let rows = connection.ask("SELECT relid, seq_scan FROM pg_catalog.pg_stat_xact_user_tables")?;
    let number = |field: &Option<String>| field.as_ref()?.parse::<u64>().ok();
    Ok(rows.iter().filter_map(|row| Some((number(&row[0])? as u32, number(&row[1])?))).collect())
}

/// What the names in the server's messages stand for.
#[derive(Default)]
struct Facts {
    /// Relations: OID and name without a schema.
    tables: Vec<(u32, String)>,
    /// Indexes: the table's OID and the index's name.
    indexes: Vec<(u32, String)>,
    /// Foreign keys: referencing and referenced table, and the name.
    foreign_keys: Vec<(u32, u32, String)>,
}

impl Facts {
    fn read(connection: &mut Connection) -> Outcome<Facts> {
        let oid =
            |field: &Option<String>| field.as_ref().and_then(|oid| oid.parse::<u32>().ok()).unwrap_or(0);
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let tables = connection.ask(
            "SELECT oid, relname FROM pg_catalog.pg_class WHERE relkind IN ('r', 'm') AND oid >= 16384",
        )?;
        let indexes = connection
            .ask("SELECT i.indrelid, c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE c.oid >= 16384")?;
        let foreign_keys = connection
            .ask("SELECT conrelid, confrelid, conname FROM pg_catalog.pg_constraint WHERE contype = 'f'")?;
        Ok(Facts {
            tables: tables.iter().map(|row| (oid(&row[0]), text(&row[1]))).collect(),
            indexes: indexes.iter().map(|row| (oid(&row[0]), text(&row[1]))).collect(),
            foreign_keys: foreign_keys
                .iter()
                .map(|row| (oid(&row[0]), oid(&row[1]), text(&row[2])))
                .collect(),
        })
    }

    fn tables_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = u32> + 'a {
        self.tables.iter().filter(move |(_, table)| table == name).map(|(oid, _)| *oid)
    }
}

/// Gathers the work.
struct Work<'a> {
    before: &'a Relations,
    facts: &'a Facts,
    found: BTreeSet<(&'static str, String)>,
    /// Tables that something else than a scan of the statement's own has read.
    not_scanned: BTreeSet<u32>,
}

impl Work<'_> {
    fn add(&mut self, kind: &'static str, oid: u32) {
        self.not_scanned.insert(oid);
        if let Some(relation) = self.before.get(&oid).filter(|relation| relation.kind != 'p') {
            self.found.insert((kind, relation.name.clone()));
        }
    }

    /// What the messages say.
    fn told(&mut self, notices: &[String], scanned: &BTreeSet<u32>) {
        for notice in notices {
            let names: Vec<&str> = notice.split('"').skip(1).step_by(2).collect();
            let begins = |words: &str| notice.starts_with(words);
            match names.as_slice() {
                [table, ..] if begins("rewriting table") => self.table("rewrite", table),
                [table, ..] if begins("verifying table") => self.table("scan", table),
                [index, table, ..] if begins("building index") => self.index(index, table),
                [constraint, ..] if begins("validating foreign key constraint") => {
                    self.foreign_key(constraint, scanned)
                }
                _ => {}
            }
        }
    }

    fn table(&mut self, kind: &'static str, name: &str) {
        let tables: Vec<u32> = self.facts.tables_named(name).collect();
        tables.into_iter().for_each(|oid| self.add(kind, oid));
    }

    /// A message names no schemas: of several tables of a name it is the one with that index. (What REINDEX
    /// CONCURRENTLY builds has another name afterwards.)
    fn index(&mut self, index: &str, table: &str) {
        let tables: Vec<u32> = self.facts.tables_named(table).collect();
        let has_index =
            |oid: &u32| self.facts.indexes.iter().any(|(owner, name)| owner == oid && name == index);
        let with_index: Vec<u32> = tables.iter().copied().filter(has_index).collect();
        let tables = if with_index.is_empty() { tables } else { with_index };
        // A new table has its indexes built too: then it is the new one that is meant.
        let is_new = |oid: &u32| !self.before.contains_key(oid);
        let tables =
            if tables.iter().any(is_new) { tables.into_iter().filter(is_new).collect() } else { tables };
        tables.into_iter().for_each(|oid| self.add("build-index", oid));
    }

    /// Partitions' foreign keys bear the name of the partitioned table's: those are meant that were scanned.
    fn foreign_key(&mut self, constraint: &str, scanned: &BTreeSet<u32>) {
        let found: Vec<(u32, u32)> = self
            .facts
            .foreign_keys
            .iter()
            .filter(|(_, _, name)| name == constraint)
            .map(|(referencing, referenced, _)| (*referencing, *referenced))
            .collect();
        let is_meant = |(referencing, _): &(u32, u32)| scanned.contains(referencing);
        let found: Vec<(u32, u32)> =
            if found.iter().any(is_meant) { found.into_iter().filter(is_meant).collect() } else { found };
        for (referencing, referenced) in found {
            self.add("validate-foreign-key", referencing);
            self.not_scanned.insert(referenced);
        }
    }

    /// Another file: the rows were written anew.
    fn files(&mut self, after: &Relations) {
        let before = self.before;
        for (oid, relation) in before {
            if after.get(oid).is_some_and(|after| after.file != relation.file) {
                self.add("rewrite", *oid);
            }
        }
    }

    fn silent_scans(&mut self, scanned: &BTreeSet<u32>) {
        for oid in scanned {
            if !self.not_scanned.contains(oid) {
                self.add("scan", *oid);
            }
        }
    }
}
