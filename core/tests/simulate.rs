//! Statements and what a server does with them, as tables of cases in `cases/`.
//!
//! A case is a block of SQL that begins with a line `---- title`. Its statements run one after the other;
//! the last one is the case. The lines `-- = …` at its end say what the server does:
//!
//! ```text
//! -- = lock public.orders ACCESS EXCLUSIVE
//! -- = work rewrite public.orders
//! -- = error 42703
//! ```
//!
//! They were measured on PostgreSQL 18.4: locks from `pg_locks`, work from the server's debug messages, and
//! from `pg_stat_xact_user_tables` where the server scans in silence.

use std::fs;
use std::path::Path;

use lockstep_core::simulate::{Server, State, World, step};

/// The lines that the simulator gives for the last statement of a case.
fn simulated(sql: &str) -> Vec<String> {
    let server = Server { version: 18, world: World::closed() };
    let mut state = State::default();
    let statements = lockstep_core::sql::parse(sql, 0);
    let (last, setup) = statements.split_last().expect("a case has a statement");
    for statement in setup {
        let step = step(&state, statement, &server);
        assert!(step.error.is_none(), "setup fails: {:?} in\n{sql}", step.error);
        state = step.after;
    }
    let step = step(&state, last, &server);
    let mut lines = Vec::new();
    match step.error {
        Some(error) => lines.push(format!("error {}", error.sqlstate)),
        None => {
            lines.extend(step.locks.iter().map(|lock| format!("lock {} {}", lock.name, lock.mode)));
            lines.extend(step.work.iter().map(|work| format!("work {} {}", work.kind.name(), work.name)));
        }
    }
    lines.sort();
    lines
}

#[test]
fn the_simulator_agrees_with_the_server() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut count = 0;
    let mut differences = Vec::new();
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable file");
        for block in text.split("\n---- ").skip(1) {
            let (title, body) = block.split_once('\n').expect("a case has lines");
            let mut expected: Vec<String> =
                body.lines().filter_map(|line| line.strip_prefix("-- = ")).map(str::to_owned).collect();
            expected.sort();
            let actual = simulated(body);
            count += 1;
            if actual != expected {
                let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                differences
                    .push(format!("{name}: {title}\n  server:    {expected:?}\n  simulator: {actual:?}"));
            }
        }
    }
    assert!(count > 100, "only {count} cases were read");
    assert!(
        differences.is_empty(),
        "{} of {count} cases differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}
