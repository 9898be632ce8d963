//! The commands, a module each.

mod bench;
mod bench_page;
mod build;
mod check;
mod first_page;
mod new_rule;
mod offline;
mod oracle;
mod page_data;
mod screenshots;
mod serve;
mod split;
mod test;

use crate::Outcome;

const HELP: &str = "\
usage: cargo xtask COMMAND

  serve [--port N] [--release]   builds the page, serves it on localhost and rebuilds it on every change;
                                 --release: the page as it ships, built once
  build                          builds the page as it ships into dist/ and prints its size
  test [--no-browser]            runs all tests, the browser's last
  test --browser [ARGUMENT…]     runs the browser tests only; arguments go to Playwright
  oracle [ARGUMENT…]             compares the simulator with real servers, PostgreSQL 14 to 18 (see `cargo xtask oracle --help`)
  calibrate                      measures a real server's speeds, which estimates of times rest on
  corpus FOLDER                  compares the simulator with a real server on a project's migrations
  peers FOLDER                   reviews the examples in squawk's and eugene's documentation, fetched into FOLDER
  bench review FOLDER            times the review of these migrations beside squawk's linting of them, and its parts
  bench-page [FOLDER]            measures the page as it ships in a browser: bytes, times, memory; and of how many of these
                                 migrations the first part of its module makes a review alone
  bench simulate [FOLDER]        times the parts of a review of these migrations, or of 1,500 generated ones
  new-rule ID                    makes the file of a new rule, and lists it
  check                          checks formatting, and clippy's warnings as errors
  screenshots [FOLDER]           takes pictures of every view (default folder: target/screenshots)

Every command installs what it lacks, and says so.";

/// Runs the command that the arguments name.
pub fn run(arguments: &[String]) -> Outcome {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        ["serve", options @ ..] => serve::run(&serve::Options::parse(options)?),
        ["build"] => build::run(),
        ["test"] => test::all(),
        ["test", "--no-browser"] => test::without_browser(),
        ["test", "--browser", arguments @ ..] => test::in_browser(arguments),
        ["oracle", arguments @ ..] => oracle::run(arguments),
        ["calibrate"] => oracle::calibrate(),
        ["corpus", arguments @ ..] => oracle::run(&[&["corpus"], arguments].concat()),
        ["peers", folder] => oracle::peers(folder),
        ["bench", "review", folder] => bench::review(folder),
        ["bench", "simulate", arguments @ ..] => bench::simulate(arguments),
        ["new-rule", id] => new_rule::run(id),
        ["bench-page"] => bench_page::run(None),
        ["bench-page", folder] => bench_page::run(Some(folder)),
        ["check"] => check::run(),
        // Trunk.toml has trunk call this.
        ["page-data"] => page_data::run(),
        ["screenshots"] => screenshots::run(None),
        ["screenshots", folder] => screenshots::run(Some(folder)),
        _ => Err(format!("not understood: {}\n\n{HELP}", words.join(" "))),
    }
}
