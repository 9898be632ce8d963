//! How long a review takes, and the core in it.

use crate::process::{command, output, run};
use crate::{Outcome, files, repository, setup};
use std::process::Command;
use std::time::{Duration, Instant};

/// How often each program is run, in turns. The best counts: what else the machine does only ever adds to it.
const RUNS: usize = 7;

/// Every SQL file is a migration, whoever's it is: a tool that is recognised would leave others' files aside.
const LAYOUT: &str = "plain";

/// Times the simulator, and the other parts of a review, on a folder of migrations, or on generated ones.
pub fn simulate(arguments: &[&str]) -> Outcome {
    setup::for_native_build()?;
    let mut bench = command("cargo");
    bench.args(["bench", "--quiet", "--locked", "--package", "lockstep-core", "--bench", "simulate", "--"]);
    run(bench.args(arguments))
}

/// What one run took.
#[derive(Clone, Copy)]
struct Time {
    /// From beginning to end.
    real: Duration,
    /// The processors' time for it, which depends least on what else the machine does.
    processor: Duration,
}

/// Times `lockstep review --format json` beside squawk, each on all SQL files of the folder.
pub fn review(folder: &str) -> Outcome {
    setup::for_native_build()?;
    let squawk = setup::for_comparison()?;
    run(command("cargo").args(["build", "--quiet", "--release", "--locked", "--package", "lockstep-cli"]))?;
    let lockstep = repository::target().join("release/lockstep");
    let folder = std::env::current_dir().unwrap_or_default().join(folder);
    let mut sql = files::below(&folder)?;
    sql.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    let bytes: u64 = sql.iter().filter_map(|file| Some(file.metadata().ok()?.len())).sum();
    println!("{} files, {:.2} MB; the best of {RUNS} runs, in turns", sql.len(), bytes as f64 / 1e6);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(time(|timed| {
            timed
                .arg(&lockstep)
                .args(["review", "--layout", LAYOUT, "--format", "json", "--fail-on", "never"])
                .arg(&folder);
        })?);
        theirs.push(time(|timed| {
            timed.arg(&squawk).args(&sql);
        })?);
    }
    let best = |times: &[Time], part: fn(&Time) -> Duration| times.iter().map(part).min().unwrap_or_default();
    for (what, part) in [
        ("from beginning to end", (|time| time.real) as fn(&Time) -> Duration),
        ("processors' time", |time| time.processor),
    ] {
        let (ours, theirs) = (best(&ours, part).as_secs_f64(), best(&theirs, part).as_secs_f64());
        println!(
            "{what:<22}  lockstep {ours:.2} s, squawk {theirs:.2} s: {:.2} times as long",
            ours / theirs
        );
    }
    println!(
        "\nWhere the time of a review goes, each part by itself and with as many threads as there are processors:"
    );
    simulate(&[&folder.to_string_lossy(), LAYOUT])
}

/// Runs a program by a shell, which knows how long the processors took, and drops what it says.
fn time(add_program: impl FnOnce(&mut Command)) -> Outcome<Time> {
    let mut shell = command("sh");
    shell.args(["-c", "\"$@\" > /dev/null 2>&1; times", "sh"]);
    add_program(&mut shell);
    let begin = Instant::now();
    let said = output(&mut shell)?;
    let real = begin.elapsed();
    processor_time(&said)
        .map(|processor| Time { real, processor })
        .ok_or_else(|| format!("sh said {said} of times"))
}

/// The second line of what `times` says is of the programs that the shell ran: `0m1.230s 0m0.100s`, user and system.
fn processor_time(said: &str) -> Option<Duration> {
    let one = |word: &str| {
        let (minutes, seconds) = word.trim_end_matches('s').split_once('m')?;
        Some(60.0 * minutes.parse::<f64>().ok()? + seconds.parse::<f64>().ok()?)
    };
    let seconds = said.lines().nth(1)?.split_whitespace().map(one).sum::<Option<f64>>()?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_says_what_its_programs_took() {
        assert_eq!(processor_time("0m0.00s 0m0.00s\n0m1.25s 1m0.5s\n"), Some(Duration::from_millis(61_750)));
        assert_eq!(processor_time("nothing"), None);
        let of_true = time(|timed| {
            timed.arg("true");
        });
        assert!(of_true.is_ok());
    }
}
