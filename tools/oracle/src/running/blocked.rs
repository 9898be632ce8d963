//! The locks of a statement that runs in no transaction block, such as CREATE INDEX CONCURRENTLY: it is made to wait
//! at each of its phases, and a second session looks at what it holds and what it waits for.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::Mode;
use super::observe::{Place, Relations, strongest};
use crate::Outcome;
use crate::server::{Connection, Refusal};

/// How long a statement may stand still before it is let through.
const PATIENCE: Duration = Duration::from_secs(10);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(2);

/// What the blocking sessions hold: the modes stop all that is stronger than ROW EXCLUSIVE, and ACCESS EXCLUSIVE
/// once more. DETACH … CONCURRENTLY waits for those who use the partitioned table, and only then locks it in full.
const MODES: [&str; 3] = ["SHARE UPDATE EXCLUSIVE", "ROW EXCLUSIVE", "ACCESS SHARE"];

/// With so many relations, each lock has a session of its own and is let go when the statement waits for it.
const FEW: usize = 20;

/// A session that holds locks.
struct Blocker {
    pid: String,
    session: Connection,
}

/// Runs the statement; gives the answer and the strongest lock on each relation, by OID.
pub fn outside_block(
    connection: &mut Connection,
    place: &Place,
    sql: &str,
    before: &Relations,
) -> Outcome<(Result<(), Refusal>, BTreeMap<u32, Mode>)> {
    let pid = pid_of(connection)?;
    let mut watcher = Connection::open(place.server.port, place.database)?;
    let mut blockers = blockers(place, before)?;
    let mut seen: BTreeMap<u32, Mode> = BTreeMap::new();
    let answer = std::thread::scope(|scope| -> Outcome<Result<(), Refusal>> {
        let statement = scope.spawn(|| connection.query(sql));
        let mut since = Instant::now();
        while !statement.is_finished() {
            let blocking = blocking(&mut watcher, &pid)?;
            // After the question who blocks: then what it waits for is among the locks.
            for (oid, mode) in locks_of(&mut watcher, &pid)? {
                let held = seen.entry(oid).or_insert(mode);
                *held = (*held).max(mode);
            }
            let next = blockers.iter().position(|blocker| blocking.contains(&blocker.pid));
            let stands_still = since.elapsed() > PATIENCE && !blockers.is_empty();
            if let Some(next) = next.or(stands_still.then_some(0)) {
                blockers.remove(next).session.ask("ROLLBACK")?;
                since = Instant::now();
            } else {
                std::thread::sleep(PAUSE);
            }
        }
        let answer = statement.join().map_err(|_| "a session's thread ended early".to_owned())?;
        Ok(answer?.map(drop))
    })?;
    Ok((answer, seen))
}

/// Sessions that hold locks on all tables and materialized views.
fn blockers(place: &Place, before: &Relations) -> Outcome<Vec<Blocker>> {
    // A session's own temporary tables are closed to others.
    let relations: Vec<(&u32, char)> = before
        .iter()
        .filter(|(_, relation)| matches!(relation.kind, 'r' | 'p' | 'm'))
        .filter(|(_, relation)| !relation.name.starts_with("pg_temp."))
        .map(|(oid, relation)| (oid, relation.kind))
        .collect();
    let mut blockers = Vec::new();
    for mode in MODES {
        for group in relations.chunks(if relations.len() <= FEW { 1 } else { relations.len() }) {
            let mut session = Connection::open(place.server.port, place.database)?;
            session.ask("BEGIN")?;
            for (oid, kind) in group {
                // LOCK TABLE does not take a materialized view.
                let hold = match (kind, mode) {
                    ('m', "SHARE UPDATE EXCLUSIVE") => "COMMENT ON MATERIALIZED VIEW %s IS NULL".to_owned(),
                    ('m', "ACCESS SHARE") => "SELECT FROM %s".to_owned(),
                    ('m', _) => continue,
                    _ => format!("LOCK TABLE ONLY %s IN {mode} MODE"),
                };
                session.ask(&format!("DO $$ BEGIN EXECUTE format('{hold}', {oid}::regclass); END $$"))?;
            }
            blockers.push(Blocker { pid: pid_of(&mut session)?, session });
        }
    }
    Ok(blockers)
}

fn pid_of(connection: &mut Connection) -> Outcome<String> {
    let rows = connection.ask("SELECT pg_catalog.pg_backend_pid()")?;
    Ok(rows.first().and_then(|row| row.first().cloned().flatten()).unwrap_or_default())
}

fn locks_of(watcher: &mut Connection, pid: &str) -> Outcome<BTreeMap<u32, Mode>> {
    watcher
        .ask(&format!(
            "SELECT relation, mode FROM pg_catalog.pg_locks WHERE locktype = 'relation' AND pid = {pid}"
        ))
        .map(strongest)
}

/// The sessions that the statement waits for.
fn blocking(watcher: &mut Connection, pid: &str) -> Outcome<Vec<String>> {
    let rows = watcher.ask(&format!("SELECT pg_catalog.unnest(pg_catalog.pg_blocking_pids({pid}))"))?;
    Ok(rows.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect())
}
