//! `cargo xtask …`: everything that people who work on Lockstep run, with its set-up.
//!
//! It needs nothing but rustup and, on Debian and Ubuntu, apt: what else a command
//! needs it installs itself, and says so. That is why it has no dependencies.

mod commands;
mod files;
mod process;
mod repository;
mod setup;
mod static_server;

use std::process::ExitCode;

/// What goes wrong ends the command, so one readable sentence is all there is to it.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match commands::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
