//! A database to play in, emptied between cases: making a new one for each takes longer than the case.

use crate::Outcome;
use crate::catalog::Reader;
use crate::server::{Connection, Server};

/// A database of its own, with a session in it.
pub struct Database<'a> {
    server: &'a Server,
    reader: &'a Reader,
    name: String,
    made: u32,
    /// The session.
    pub connection: Connection,
}

/// Drops all that a case can leave behind, most of it with its schemas.
const CLEAR: &str = r#"
DO $$
DECLARE command text;
BEGIN
    FOR command IN
        SELECT format('DROP PUBLICATION %I', pubname) FROM pg_publication
        UNION ALL SELECT format('DROP EVENT TRIGGER %I', evtname) FROM pg_event_trigger
        UNION ALL SELECT format('DROP EXTENSION IF EXISTS %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql'
        UNION ALL SELECT format('DROP SCHEMA IF EXISTS %I CASCADE', nspname) FROM pg_namespace
            WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND nspname !~ '^pg_(toast_)?temp_'
        UNION ALL SELECT format('DROP FOREIGN DATA WRAPPER IF EXISTS %I CASCADE', fdwname) FROM pg_foreign_data_wrapper WHERE oid >= 16384
        UNION ALL SELECT format('CREATE SCHEMA public AUTHORIZATION %I',
            CASE WHEN current_setting('server_version_num')::int >= 150000 THEN 'pg_database_owner' ELSE 'postgres' END)
        UNION ALL SELECT CASE WHEN current_setting('server_version_num')::int >= 150000 THEN 'GRANT USAGE ON SCHEMA public TO PUBLIC'
            ELSE 'GRANT ALL ON SCHEMA public TO PUBLIC' END
    LOOP
        EXECUTE command;
    END LOOP;
END $$
"#;

/// Drops the roles, which outlive a database.
const CLEAR_ROLES: &str = r#"
DO $$
DECLARE command text;
BEGIN
    FOR command IN
        SELECT format('DROP OWNED BY %I CASCADE', rolname) FROM pg_roles WHERE oid >= 16384
        UNION ALL SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE oid >= 16384
    LOOP
        EXECUTE command;
    END LOOP;
END $$
"#;

impl<'a> Database<'a> {
    /// Makes a database.
    pub fn new(server: &'a Server, reader: &'a Reader, name: &str) -> Outcome<Database<'a>> {
        let connection = make(server, reader, &format!("{name}_0"))?;
        Ok(Database { server, reader, name: name.to_owned(), made: 0, connection })
    }

    /// Makes it empty again.
    pub fn clear(&mut self) -> Outcome {
        self.connection.query("ROLLBACK")?.ok();
        self.connection.query("RESET ALL")?.ok();
        let cleared = self
            .connection
            .query("RESET SESSION AUTHORIZATION; DISCARD TEMP; CLOSE ALL; UNLISTEN *")?
            .is_ok()
            && self.connection.query(CLEAR)?.is_ok();
        self.connection.query(CLEAR_ROLES)?.ok();
        self.reader.settings(&mut self.connection)?;
        let left = self.reader.read(&mut self.connection)?.unwrap_or_default();
        if cleared && left.keys().all(|subject| subject.kind == "schema" && subject.name == "public") {
            return Ok(());
        }
        let old = self.name();
        self.made += 1;
        self.connection = make(self.server, self.reader, &self.name())?;
        drop_database(self.server, &old)?;
        self.connection.ask(CLEAR_ROLES).map(drop)
    }

    /// The database's name.
    pub fn name(&self) -> String {
        format!("{}_{}", self.name, self.made)
    }

    /// Drops it.
    pub fn remove(self) -> Outcome {
        drop_database(self.server, &self.name())
    }
}

fn drop_database(server: &Server, name: &str) -> Outcome {
    Connection::open(server.port, "postgres")?.ask(&format!("DROP DATABASE {name} WITH (FORCE)")).map(drop)
}

/// Makes a database and a session in it.
pub fn make(server: &Server, reader: &Reader, name: &str) -> Outcome<Connection> {
    Connection::open(server.port, "postgres")?.ask(&format!("CREATE DATABASE {name}"))?;
    let mut connection = Connection::open(server.port, name)?;
    reader.prepare(&mut connection)?;
    Ok(connection)
}
