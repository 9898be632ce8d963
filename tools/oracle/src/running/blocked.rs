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

/// What the blocking sessions hold, in the order in which they let go: the mode, and on tables of which kinds.
/// DETACH … CONCURRENTLY waits for those who use the partitioned table, and only then locks the partition in full.
const BLOCKERS: [(&str, &[char]); 4] = [
    ("SHARE UPDATE EXCLUSIVE", &['r', 'p']),
    ("ROW EXCLUSIVE", &['r', 'p']),
    ("ACCESS SHARE", &['p']),
    ("ACCESS SHARE", &['r']),
];

/// Runs the statement; gives the answer and the strongest lock on each relation, by OID.
pub fn outside_block(
    connection: &mut Connection,
    place: &Place,
    sql: &str,
    before: &Relations,
) -> Outcome<(Result<(), Refusal>, BTreeMap<u32, Mode>)> {
    let open = || Connection::open(place.server.port, place.database);
    let pid = connection.ask("SELECT pg_catalog.pg_backend_pid()")?;
    let pid = pid.first().and_then(|row| row.first().cloned().flatten()).unwrap_or_default();
    let mut watcher = open()?;
    let mut blockers = Vec::new();
    for (mode, kinds) in BLOCKERS {
        let mut blocker = open()?;
        blocker.ask("BEGIN")?;
        for (oid, relation) in before.iter().filter(|(_, relation)| kinds.contains(&relation.kind)) {
            // A session's own temporary tables are closed to others.
            if !relation.name.starts_with("pg_temp.") {
                blocker.ask(&format!(
                    "DO $$ BEGIN EXECUTE 'LOCK TABLE ONLY ' || {oid}::regclass || ' IN {mode} MODE'; END $$"
                ))?;
            }
        }
        blockers.push(blocker);
    }
    let mut blockers = blockers.into_iter();
    let mut seen: BTreeMap<u32, Mode> = BTreeMap::new();
    let answer = std::thread::scope(|scope| -> Outcome<Result<(), Refusal>> {
        let statement = scope.spawn(|| connection.query(sql));
        let mut since = Instant::now();
        while !statement.is_finished() {
            for (oid, mode) in locks_of(&mut watcher, &pid)? {
                let held = seen.entry(oid).or_insert(mode);
                *held = (*held).max(mode);
            }
            if waits(&mut watcher, &pid)? || since.elapsed() > PATIENCE {
                if let Some(mut blocker) = blockers.next() {
                    // Once more: it may have begun to wait between the two looks.
                    for (oid, mode) in locks_of(&mut watcher, &pid)? {
                        let held = seen.entry(oid).or_insert(mode);
                        *held = (*held).max(mode);
                    }
                    blocker.ask("ROLLBACK")?;
                }
                since = Instant::now();
            }
            std::thread::sleep(PAUSE);
        }
        let answer = statement.join().map_err(|_| "a session's thread ended early".to_owned())?;
        Ok(answer?.map(drop))
    })?;
    Ok((answer, seen))
}

fn locks_of(watcher: &mut Connection, pid: &str) -> Outcome<BTreeMap<u32, Mode>> {
    watcher
        .ask(&format!(
            "SELECT relation, mode FROM pg_catalog.pg_locks WHERE locktype = 'relation' AND pid = {pid}"
        ))
        .map(strongest)
}

fn waits(watcher: &mut Connection, pid: &str) -> Outcome<bool> {
    let rows =
        watcher.ask(&format!("SELECT pg_catalog.cardinality(pg_catalog.pg_blocking_pids({pid})) > 0"))?;
    Ok(rows.first().and_then(|row| row.first()?.as_deref()) == Some("t"))
}
