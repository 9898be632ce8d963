//! A real server: made for this run, on a free port of 127.0.0.1, gone afterwards.

mod connection;

pub use connection::{Connection, Refusal, Row, Transaction};

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// Data that nobody will miss need not survive a crash. The time zone is one that is not UTC, as the simulator assumes.
const SETTINGS: [&str; 11] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "shared_buffers=64MB",
    "timezone=America/New_York",
    "log_min_messages=panic",
];

/// PostgreSQL's own settings, but for where it listens, and no autovacuum in the middle of a measurement.
const PLAIN_SETTINGS: [&str; 3] =
    ["listen_addresses=127.0.0.1", "unix_socket_directories=", "autovacuum=off"];

/// Keeps a server until its standard input ends, which it does however the oracle ends; then the data go.
const KEEPER: &str = r#"home=$1; shift
"$@" & server=$!
cat > /dev/null
kill -QUIT $server
wait $server
rm -rf "$home""#;

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// The user and group `nobody` where we are root: a server refuses to run as root.
const NOBODY: u32 = 65534;

/// A running server, stopped and removed when dropped.
pub struct Server {
    /// Its major version.
    pub major: u32,
    /// Where it listens.
    pub port: u16,
    keeper: Child,
}

impl Server {
    /// Makes and starts a server from a folder of PostgreSQL's programs.
    pub fn start(programs: &Path) -> Outcome<Server> {
        Self::start_with(programs, &SETTINGS)
    }

    /// As [`Server::start`], with PostgreSQL's own settings: one to measure.
    pub fn start_plain(programs: &Path) -> Outcome<Server> {
        Self::start_with(programs, &PLAIN_SETTINGS)
    }

    fn start_with(programs: &Path, settings: &[&str]) -> Outcome<Server> {
        let home =
            std::env::temp_dir().join(format!("lockstep-oracle-{}-{}", std::process::id(), free_port()?));
        fs::create_dir_all(&home).map_err(|error| format!("cannot create {}: {error}", home.display()))?;
        let started = Self::start_in(&home, programs, settings);
        if started.is_err() {
            let _ = fs::remove_dir_all(&home);
        }
        started
    }

    fn start_in(home: &Path, programs: &Path, settings: &[&str]) -> Outcome<Server> {
        let is_root = is_root();
        let mut programs = programs.to_path_buf();
        if is_root {
            hand_over(home)?;
            if !all_can_reach(&programs) {
                programs = copy_programs(&programs, home)?;
            }
        }
        let command = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(home).env("TZ", "UTC").env("LC_ALL", "C").process_group(0);
            if is_root {
                command.uid(NOBODY).gid(NOBODY);
            }
            command
        };
        let major = major_version(command(&programs.join("postgres")).arg("--version"))?;
        let data = home.join("data");
        let made = command(&programs.join("initdb"))
            .args([
                "--no-sync",
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C",
                "--pgdata",
            ])
            .arg(&data)
            .output()
            .map_err(|error| format!("cannot run {}: {error}", programs.join("initdb").display()))?;
        if !made.status.success() {
            return Err(format!(
                "initdb of PostgreSQL {major} failed: {}",
                String::from_utf8_lossy(&made.stderr)
            ));
        }
        let port = free_port()?;
        let mut keeper = command(Path::new("sh"));
        keeper.arg("-c").arg(KEEPER).arg("keeper").arg(home).arg(programs.join("postgres"));
        keeper.arg("-D").arg(&data).args(["-p", &port.to_string()]);
        for setting in settings {
            keeper.args(["-c", setting]);
        }
        let log = fs::File::create(home.join("log"))
            .map_err(|error| format!("cannot write in {}: {error}", home.display()))?;
        let keeper = keeper
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("cannot run sh: {error}"))?;
        let server = Server { major, port, keeper };
        server.wait_until_ready(home)?;
        Ok(server)
    }

    fn wait_until_ready(&self, home: &Path) -> Outcome {
        let begin = Instant::now();
        while Connection::open(self.port, "postgres").is_err() {
            if begin.elapsed() > PATIENCE {
                let words = fs::read_to_string(home.join("log")).unwrap_or_default();
                return Err(format!("PostgreSQL {} does not start: {words}", self.major));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn free_port() -> Outcome<u16> {
    let bound = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    bound.map(|address| address.port()).map_err(|error| format!("no port is free on 127.0.0.1: {error}"))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Gives the server's folder to the user that it will run as.
fn hand_over(folder: &Path) -> Outcome {
    chown(folder, Some(NOBODY), Some(NOBODY))
        .map_err(|error| format!("cannot give {} to another user: {error}", folder.display()))
}

/// May every user enter the folder?
fn all_can_reach(folder: &Path) -> bool {
    folder.ancestors().all(|folder| {
        folder.as_os_str().is_empty()
            || fs::metadata(folder).is_ok_and(|metadata| metadata.permissions().mode() & 0o001 != 0)
    })
}

/// Copies a server's files, `bin` and what lies beside it, to where every user can read them.
fn copy_programs(programs: &Path, home: &Path) -> Outcome<PathBuf> {
    let Some(installation) = programs.parent() else {
        return Err(format!("{} is no folder of an installation", programs.display()));
    };
    let copy = home.join("installation");
    let status = Command::new("cp").arg("-a").arg(installation).arg(&copy).status();
    if !status.is_ok_and(|status| status.success()) {
        return Err(format!("cannot copy {} to {}", installation.display(), copy.display()));
    }
    Ok(copy.join(programs.file_name().unwrap_or_default()))
}

/// The major version in `postgres (PostgreSQL) 18.4`.
fn major_version(command: &mut Command) -> Outcome<u32> {
    let output = command.output().map_err(|error| format!("cannot run postgres: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    version
        .and_then(|version| version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .ok_or_else(|| format!("postgres --version says {text:?}"))
}
