//! Runs real PostgreSQL servers and compares them with the simulator.
//!
//! `cargo xtask oracle` installs the servers and starts this program, which finds their programs in the environment:
//! `PG_BIN_14` to `PG_BIN_18` are the folders of each version's `initdb` and `postgres`, or `PG_BIN` is that of the
//! only version to use.

mod builtins;
mod calibrate;
mod case;
mod catalog;
mod check;
mod corpus;
mod database;
mod known;
mod papers;
mod peers;
mod play;
mod regress;
mod rewrites;
mod roundtrip;
mod running;
mod server;
mod way_back;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;

use case::Case;
use known::KnownDifferences;
use server::Server;

/// What goes wrong ends the program, so one readable sentence is all there is to it.
type Outcome<T = ()> = Result<T, String>;

/// Expressions nest as deep as PostgreSQL's parser lets them, and walking them recurses.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// How many servers are asked at the same time.
const AT_A_TIME: usize = 2;

const HELP: &str = "\
usage: oracle [OPTION…] [WORD…]            plays the cases whose titles contain a word (default: all)
       oracle [OPTION…] locks [WORD…]      plays them for what they lock and what work they do
       oracle evidence                     writes on which versions they confirm what is said of locks and work
       oracle [OPTION…] locks FOLDER       plays a real project's migrations for that
       oracle [OPTION…] rewrites [WORD…]   plays what is rewritten as written and as rewritten, and compares
       oracle [OPTION…] rewrites FOLDER    does that with a real project's migrations
       oracle [OPTION…] reload [WORD…]     loads the DDL of the schema after each case into an empty database
       oracle [OPTION…] baseline [WORD…]   reads what pg_dump writes of the database after each case (PG_DUMP: which pg_dump)
       oracle builtins                     writes what every version brings for the simulator to read
       oracle [OPTION…] corpus FOLDER      plays a real project's migrations, then does both of these with the outcome
       oracle peers FOLDER                 reviews the examples in other reviewers' documentation; needs no server
       oracle [OPTION…] rollback FOLDER…   plays a real project's down scripts, and those that Lockstep writes
       oracle [OPTION…] papers FOLDER…     asks what the README of a folder's migrations asks, before, after and rolled back
       oracle calibrate                    measures the newest server for the estimates
       oracle [OPTION…] regress FOLDER [FILE…]
                                           plays PostgreSQL's own regression suite, src/test/regress/sql of its sources

  --pg VERSION[,VERSION…]   only these major versions (default: all that PG_BIN_14 … PG_BIN_18 are set for;
                            for a corpus, its ways back and the regression suite the newest of them)
  --all                     prints the known differences too, and those of the regression suite";

/// What the arguments ask for.
struct Request {
    majors: Vec<u32>,
    all: bool,
    help: bool,
    words: Vec<String>,
}

fn main() -> ExitCode {
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(run);
    let outcome = worker.map_err(|error| error.to_string()).and_then(|worker| {
        worker.join().unwrap_or_else(|_| Err("this is a defect of the oracle itself".to_owned()))
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("oracle: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    let mut request = parse(std::env::args().skip(1))?;
    if request.help {
        println!("{HELP}");
        return Ok(());
    }
    match request.words.first().map(String::as_str) {
        Some("corpus") => match request.words.as_slice() {
            [_, folder] => play_corpus(&request, Path::new(folder), corpus::run),
            _ => Err(HELP.to_owned()),
        },
        Some("rollback") => match request.words.as_slice() {
            [_, folders @ ..] if !folders.is_empty() => {
                folders.iter().try_for_each(|folder| play_corpus(&request, Path::new(folder), way_back::run))
            }
            _ => Err(HELP.to_owned()),
        },
        Some("papers") => match request.words.as_slice() {
            [_, folders @ ..] if !folders.is_empty() => {
                folders.iter().try_for_each(|folder| play_corpus(&request, Path::new(folder), papers::run))
            }
            _ => Err(HELP.to_owned()),
        },
        Some("regress") => match request.words.as_slice() {
            [_, folder, files @ ..] => play_regress(&request, Path::new(folder), files),
            _ => Err(HELP.to_owned()),
        },
        Some("locks") => {
            request.words.remove(0);
            match request.words.as_slice() {
                [folder] if Path::new(folder).is_dir() => {
                    play_corpus(&request, Path::new(folder), |server, folder| {
                        Ok((running::run_corpus(server, folder)?, 0))
                    })
                }
                _ => check_locks(&request),
            }
        }
        Some("peers") => match request.words.as_slice() {
            [_, folder] => review_peers(Path::new(folder)),
            _ => Err(HELP.to_owned()),
        },
        Some("evidence") => {
            request.words.clear();
            let cases = wanted_cases(&request)?;
            let (_, results) = play_cases(&request, |server| running::check(server, &cases))?;
            running::Evidence::of(&results).write()
        }
        Some("rewrites") => {
            request.words.remove(0);
            match request.words.as_slice() {
                [folder] if Path::new(folder).is_dir() => {
                    play_corpus(&request, Path::new(folder), rewrites::run_corpus)
                }
                _ => check_rewrites(&request),
            }
        }
        Some("calibrate") => {
            let newest = installations(&request.majors)?.pop().ok_or("there is no server to measure")?;
            calibrate::run(&Server::start_plain(&newest)?)
        }
        Some("reload") => {
            request.words.remove(0);
            there_and_back(&request, roundtrip::reload)
        }
        Some("baseline") => {
            request.words.remove(0);
            there_and_back(&request, roundtrip::baseline)
        }
        Some("builtins") => {
            let asked = on_each(&installations(&request.majors)?, |programs| {
                builtins::read(&Server::start(programs)?)
            });
            let mut all = asked.into_iter().collect::<Outcome<Vec<_>>>()?;
            all.reverse();
            builtins::write(&all)
        }
        _ => check_cases(&request),
    }
}

fn parse(arguments: impl Iterator<Item = String>) -> Outcome<Request> {
    let mut request = Request { majors: Vec::new(), all: false, help: false, words: Vec::new() };
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--pg" => {
                let list = arguments.next().ok_or("--pg needs a version")?;
                for version in list.split(',') {
                    request
                        .majors
                        .push(version.parse().map_err(|_| format!("{version} is no major version"))?);
                }
            }
            "--all" => request.all = true,
            "--help" | "-h" => request.help = true,
            option if option.starts_with("--") => return Err(format!("not understood: {option}\n\n{HELP}")),
            _ => request.words.push(argument),
        }
    }
    Ok(request)
}

/// The folders of programs that the environment names: those of the versions that are asked for, or all.
fn installations(majors: &[u32]) -> Outcome<Vec<PathBuf>> {
    if let Some(only) = std::env::var_os("PG_BIN") {
        return Ok(vec![only.into()]);
    }
    let of = |major: u32| std::env::var_os(format!("PG_BIN_{major}")).map(PathBuf::from);
    if majors.is_empty() {
        return Ok((14..=18).filter_map(of).collect());
    }
    let missing = |major: u32| format!("PG_BIN_{major} names no folder of PostgreSQL's programs");
    majors.iter().map(|major| of(*major).ok_or_else(|| missing(*major))).collect()
}

/// Does the same with each installation, some of them at the same time.
fn on_each<T: Send>(installations: &[PathBuf], work: impl Fn(&Path) -> Outcome<T> + Sync) -> Vec<Outcome<T>> {
    let next = Mutex::new(installations.iter().enumerate());
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
            let started = worker.spawn_scoped(scope, || {
                loop {
                    let Some((index, programs)) = next.lock().ok().and_then(|mut next| next.next()) else {
                        return;
                    };
                    let outcome = work(programs);
                    if let Ok(mut done) = done.lock() {
                        done.push((index, outcome));
                    }
                }
            });
            if let Err(error) = started {
                eprintln!("oracle: cannot start a thread: {error}");
            }
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// The cases whose titles contain one of the words.
fn wanted_cases(request: &Request) -> Outcome<Vec<Case>> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cases = case::read(&home.join("cases"), None)?;
    cases.extend(case::read(&home.join("../../core/tests/cases"), Some("locks and work"))?);
    cases.retain(|case| is_wanted(request, case));
    Ok(cases)
}

/// Is the case among those that the arguments name?
fn is_wanted(request: &Request, case: &Case) -> bool {
    request.words.is_empty() || request.words.iter().any(|word| case.title.contains(word.as_str()))
}

/// The installations that were asked for, or else the newest.
fn asked_for_or_newest(request: &Request) -> Outcome<Vec<PathBuf>> {
    let mut installations = installations(&request.majors)?;
    if request.majors.is_empty() {
        installations.drain(..installations.len().saturating_sub(1));
    }
    Ok(installations)
}

/// Plays a project's migrations. Fails where the simulator differs.
fn play_corpus(
    request: &Request,
    folder: &Path,
    play: impl Fn(&Server, &Path) -> Outcome<(String, usize)> + Sync,
) -> Outcome {
    let mut differences = 0;
    for outcome in on_each(&asked_for_or_newest(request)?, |programs| play(&Server::start(programs)?, folder))
    {
        let (text, found) = outcome?;
        println!("{text}");
        differences += found;
    }
    if differences == 0 { Ok(()) } else { Err(format!("{differences} differences")) }
}

/// Plays PostgreSQL's regression suite.
fn play_regress(request: &Request, folder: &Path, files: &[String]) -> Outcome {
    for outcome in on_each(&asked_for_or_newest(request)?, |programs| {
        regress::run(&Server::start(programs)?, folder, files, request.all)
    }) {
        println!("{}", outcome?);
    }
    Ok(())
}

/// Reviews what others document.
fn review_peers(folder: &Path) -> Outcome {
    let (text, wrong) = peers::run(folder)?;
    print!("{text}");
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} examples differ from docs/peers.md")) }
}

/// Plays the cases, makes a second catalog of each one's outcome, and prints where that is another.
fn there_and_back(request: &Request, again: roundtrip::Again) -> Outcome {
    let cases = wanted_cases(request)?;
    let installations = installations(&request.majors)?;
    for outcome in
        on_each(&installations, |programs| roundtrip::run(&Server::start(programs)?, &cases, again))
    {
        println!("{}", outcome?);
    }
    Ok(())
}

/// The differences that are known.
fn known_differences() -> Outcome<KnownDifferences> {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("known-differences.md");
    let list =
        std::fs::read_to_string(&list).map_err(|error| format!("cannot read {}: {error}", list.display()))?;
    KnownDifferences::parse(&list)
}

/// Plays the cases on each version: which those are, and all results.
fn play_cases<T: Send>(
    request: &Request,
    play: impl Fn(&Server) -> Outcome<Vec<T>> + Sync,
) -> Outcome<(Vec<u32>, Vec<T>)> {
    let mut results = Vec::new();
    let mut majors = Vec::new();
    for outcome in on_each(&installations(&request.majors)?, |programs| {
        let begin = Instant::now();
        let server = Server::start(programs)?;
        let results = play(&server)?;
        eprintln!("PostgreSQL {}: {:.1} s", server.major, begin.elapsed().as_secs_f32());
        Ok((server.major, results))
    }) {
        let (major, own) = outcome?;
        majors.push(major);
        results.extend(own);
    }
    Ok((majors, results))
}

/// Plays the cases of rewrites. Fails where one is not offered or does not hold.
fn check_rewrites(request: &Request) -> Outcome {
    let mut cases = case::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rewrites"), Some("rewrites"))?;
    cases.retain(|case| is_wanted(request, case));
    let (_, results) = play_cases(request, |server| rewrites::check(server, &cases))?;
    let (text, failed) = rewrites::report(&results);
    println!("{text}");
    if failed == 0 { Ok(()) } else { Err(format!("{failed} rewrites do not hold")) }
}

/// Plays the cases and compares locks and work.
fn check_locks(request: &Request) -> Outcome {
    let cases = wanted_cases(request)?;
    let known = known_differences()?;
    let (majors, results) = play_cases(request, |server| running::check(server, &cases))?;
    let report = running::report(&cases, &results, &known, request.all);
    println!("{}", report.text);
    verdict(request, report.unknown, &known, &majors, true)?;
    let outdated = running::Evidence::of(&results).outdated(&majors);
    if outdated.is_empty() || !request.words.is_empty() {
        return Ok(());
    }
    for claim in &outdated {
        println!("Confirmed by other versions than is written: {claim}");
    }
    Err("core/src/evidence/confirmed.txt is out of date: cargo xtask oracle evidence".to_owned())
}

/// Plays the cases and compares verdicts and catalogs.
fn check_cases(request: &Request) -> Outcome {
    let cases = wanted_cases(request)?;
    let known = known_differences()?;
    let (majors, results) = play_cases(request, |server| check::run(server, &cases))?;
    let report = check::report(&cases, &results, &known, request.all);
    println!("{}", report.text);
    verdict(request, report.unknown, &known, &majors, false)
}

/// Fails on a difference that is not listed, and, where all cases were played, on one that is listed and is none.
fn verdict(
    request: &Request,
    unknown: usize,
    known: &KnownDifferences,
    majors: &[u32],
    running: bool,
) -> Outcome {
    let stale = if request.words.is_empty() { known.stale(majors, running) } else { Vec::new() };
    for line in &stale {
        println!("No longer differs: {line}");
    }
    match (unknown, stale.len()) {
        (0, 0) => Ok(()),
        (unknown, stale) => {
            Err(format!("{unknown} differences are not listed as known, {stale} listed ones are none"))
        }
    }
}
