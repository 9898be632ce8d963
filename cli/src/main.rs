//! Lockstep on the command line: gathers files, has them reviewed, prints the review.
//!
//! Results go to standard output, what the program has to say about itself to standard error.
//! Exit status: 0, 1 (something at or above `--fail-on` was found), 2 (usage, or a path that cannot be read).

mod arguments;
mod commands;
mod configuration;
mod files;
mod patch;
mod usage;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;
use std::thread;

/// A review is made of very many small things, for which the system's allocator takes a fifth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Expressions nest as deep as PostgreSQL's parser lets them, and walking them recurses.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// What the program cannot do, in one line for standard error. Exit status 2.
struct Refusal(String);

/// What the program has to say.
struct Outcome {
    /// For standard output.
    text: String,
    /// Something at or above `--fail-on` was found: exit status 1.
    failed: bool,
}

impl Outcome {
    fn of(text: impl Into<String>) -> Self {
        Outcome { text: text.into(), failed: false }
    }
}

fn main() -> ExitCode {
    let worker = thread::Builder::new().stack_size(STACK_BYTES).spawn(|| {
        let invocation = arguments::parse(std::env::args_os().skip(1))?;
        commands::run(invocation)
    });
    let result = match worker.map(thread::JoinHandle::join) {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(Refusal("this is a defect of lockstep itself, please report it".to_owned())),
        Err(error) => Err(Refusal(format!("cannot start a thread: {error}"))),
    };
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(Refusal(message)) => {
            eprintln!("lockstep: {}", message.replace(['\r', '\n'], " "));
            return ExitCode::from(2);
        }
    };
    match print(&outcome.text) {
        Ok(()) => ExitCode::from(u8::from(outcome.failed)),
        Err(error) => {
            eprintln!("lockstep: cannot write to standard output: {error}");
            ExitCode::from(2)
        }
    }
}

/// Prints; a reader who has seen enough (`| head`) is no error.
fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
