//! How long the parts of a review of a long history take, and what keeping the state after every step costs:
//! `cargo xtask bench simulate [FOLDER [LAYOUT]]`. Without a folder the history is made up.

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use lockstep_core::layout::{self, is_candidate, is_candidate_folder};
use lockstep_core::report::json;
use lockstep_core::review::tried;
use lockstep_core::sql::parse;
use lockstep_core::timeline::simulate;
use lockstep_core::{Settings, Workspace, rules};

/// Files of the history that is made up.
const FILES: usize = 1500;

/// After how many files a new table is made; the others change one.
const FILES_PER_TABLE: usize = 5;

/// The best of so many runs.
const RUNS: usize = 3;

/// The system's allocator, with a count of the bytes in use.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    // `cargo bench` adds an option of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let (folder, layout) = (arguments.next(), arguments.next());
    let mut workspace = Workspace::default();
    match &folder {
        Some(folder) => add_files(&mut workspace, Path::new(folder), Path::new(folder)),
        None => {
            for file in 0..FILES {
                workspace.add(format!("{:04}_step.up.sql", file + 1), made_up(file));
            }
        }
    }
    let settings = Settings { layout, ..Settings::default() };
    let history = layout::read(&workspace, &settings);
    let best = |work: &mut dyn FnMut()| -> Duration {
        let time = |_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        };
        (0..RUNS).map(time).min().unwrap_or_default()
    };
    let mut statements = 0;
    let parsing = best(&mut || {
        statements = history.migrations.iter().map(|migration| parse(&migration.up.text, 0).len()).sum();
    });
    let both = best(&mut || drop(simulate(&history, &settings)));
    let trees: Vec<_> = history.migrations.iter().map(|migration| parse(&migration.up.text, 0)).collect();
    let before = IN_USE.load(Ordering::Relaxed);
    let timeline = simulate(&history, &settings);
    let grown = IN_USE.load(Ordering::Relaxed).saturating_sub(before);
    drop((timeline, trees));
    println!(
        "{} migrations, {statements} statements\nparsing          {parsing:>10.1?}\nsimulating       {:>10.1?}\n\
         state of all steps, with the statements {:>7.1} MB, {:.1} kB each",
        history.migrations.len(),
        both.saturating_sub(parsing),
        grown as f64 / 1e6,
        grown as f64 / 1e3 / statements.max(1) as f64
    );
    let review = lockstep_core::review(&workspace, &settings);
    let (history, timeline) = (&review.history, &review.timeline);
    let text = json::render(&review);
    let all: Vec<usize> = (0..timeline.ups.len()).collect();
    for (part, took) in [
        ("reading files", best(&mut || drop(layout::read(&workspace, &settings)))),
        ("ways back, reruns", best(&mut || drop(tried(history, timeline, &all)))),
        ("rules", best(&mut || drop(rules::check(&review.scene())))),
        ("document", best(&mut || drop(json::document(&review)))),
        ("document as JSON", best(&mut || drop(json::render(&review)))),
        ("the whole review", best(&mut || drop(lockstep_core::review(&workspace, &settings)))),
    ] {
        println!("{part:<17} {took:>10.1?}");
    }
    println!("{} findings, {:.1} MB of JSON", review.findings.len(), text.len() as f64 / 1e6);
}

/// A migration as projects have them: a new table now and then, columns, indexes, keys and views on the others.
fn made_up(file: usize) -> String {
    let mut text = String::new();
    let table = file / FILES_PER_TABLE;
    let _ = match file % FILES_PER_TABLE {
        0 => writeln!(
            text,
            "CREATE TABLE t{table} (id bigserial PRIMARY KEY, name varchar(100) NOT NULL, state text DEFAULT 'new',\n\
             parent bigint REFERENCES t{} (id) ON DELETE CASCADE, made timestamptz NOT NULL DEFAULT now(), CHECK (name <> ''));\n\
             COMMENT ON TABLE t{table} IS 'table {table}';",
            table.saturating_sub(1)
        ),
        1 => writeln!(
            text,
            "ALTER TABLE t{table} ADD COLUMN amount numeric(10, 2), ADD COLUMN extra jsonb;\n\
             CREATE INDEX ON t{table} (made, state);"
        ),
        2 => writeln!(
            text,
            "CREATE VIEW v{table} AS SELECT id, name, amount FROM t{table} WHERE state = 'new';"
        ),
        3 => writeln!(
            text,
            "ALTER TABLE t{table} ALTER COLUMN state SET NOT NULL, ADD CONSTRAINT t{table}_amount CHECK (amount > 0) NOT VALID;\n\
             ALTER TABLE t{table} VALIDATE CONSTRAINT t{table}_amount;"
        ),
        _ => writeln!(
            text,
            "ALTER TABLE t{table} RENAME COLUMN extra TO details;\nUPDATE t{table} SET details = '{{}}' WHERE details IS NULL;"
        ),
    };
    text
}

fn add_files(workspace: &mut Workspace, root: &Path, folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("cannot read {}", folder.display());
        return;
    };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && is_candidate_folder(&name) {
            add_files(workspace, root, &path);
        } else if is_candidate(&name)
            && let Ok(bytes) = std::fs::read(&path)
        {
            workspace.add(path.strip_prefix(root).unwrap_or(&path).to_string_lossy(), bytes);
        }
    }
}
