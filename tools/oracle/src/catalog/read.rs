//! The catalog of a server's database.

use super::{Catalog, Subject};
use crate::Outcome;
use crate::server::{Connection, Transaction};

/// Reads the catalog in the words of one version's system tables.
pub struct Reader {
    query: String,
}

impl Reader {
    /// For servers of that major version.
    pub fn new(major: u32) -> Reader {
        Reader { query: for_version(include_str!("read.sql"), major) }
    }

    /// Lets a session read the catalog without planning the query each time.
    pub fn prepare(&self, connection: &mut Connection) -> Outcome {
        self.settings(connection)?;
        connection.ask(&format!("PREPARE oracle_catalog AS {}", self.query)).map(drop)
    }

    /// The settings for that, which a case may have reset.
    pub fn settings(&self, connection: &mut Connection) -> Outcome {
        connection.ask("SET plan_cache_mode = force_generic_plan; SET jit = off").map(drop)
    }

    /// The catalog as this session sees it; none inside of a transaction that has failed.
    pub fn read(&self, connection: &mut Connection) -> Outcome<Option<Catalog>> {
        // Whoever the session has become: the superuser looks.
        let read = "SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE; SET LOCAL search_path = pg_catalog; EXECUTE oracle_catalog";
        let rows = match connection.transaction() {
            Transaction::Failed => return Ok(None),
            Transaction::Open => {
                connection.ask(&format!("SAVEPOINT oracle; {read}; ROLLBACK TO oracle; RELEASE oracle"))?
            }
            Transaction::None => connection.ask(&format!("BEGIN; {read}; ROLLBACK"))?,
        };
        let mut catalog = Catalog::new();
        for row in rows {
            let [Some(kind), Some(name), Some(fact), Some(value)] = row.as_slice() else {
                return Err(format!("the catalog query gave {row:?}"));
            };
            let subject = Subject { kind: kind.clone(), name: name.clone(), fact: fact.clone() };
            catalog.insert(subject, value.clone());
        }
        Ok(Some(catalog))
    }
}

/// The query without what is between marks for other versions.
fn for_version(text: &str, major: u32) -> String {
    let mut taken = true;
    let mut query = String::new();
    for line in text.lines() {
        match line.strip_prefix("--@ ") {
            Some("end") => taken = true,
            Some(versions) => {
                taken = crate::case::Versions::parse(versions).is_some_and(|v| v.contains(major))
            }
            None if taken => query += &format!("{line}\n"),
            None => {}
        }
    }
    query
}

#[cfg(test)]
mod tests {
    use super::for_version;

    #[test]
    fn parts_are_for_some_versions() {
        let text = "a\n--@ 15+\nb\n--@ end\nc\n--@ 14..17\nd\n--@ end\n";
        assert_eq!(for_version(text, 14), "a\nc\nd\n");
        assert_eq!(for_version(text, 15), "a\nb\nc\nd\n");
        assert_eq!(for_version(text, 18), "a\nb\nc\n");
    }
}
