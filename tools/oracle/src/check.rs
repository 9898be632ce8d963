//! All cases against servers: where the simulator agrees, by area and version.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use lockstep_core::simulate::State;

use crate::Outcome;
use crate::case::Case;
use crate::catalog::Reader;
use crate::database::Database;
use crate::known::KnownDifferences;
use crate::play::{Played, Stage, play};
use crate::server::Server;

/// A case on one version.
pub struct Result {
    /// Which, as an index into the cases.
    pub case: usize,
    /// The server's major version.
    pub major: u32,
    /// Its statements.
    pub played: Vec<Played>,
}

/// Plays the cases that are for this server's version, one after the other: roles are those of the whole server.
pub fn run(server: &Server, cases: &[Case]) -> Outcome<Vec<Result>> {
    let reader = Reader::new(server.major);
    let mut database = Database::new(server, &reader, "oracle")?;
    let mut results = Vec::new();
    let wanted = cases.iter().enumerate().filter(|(_, case)| case.versions.contains(server.major));
    for (index, case) in wanted {
        let mut stage = Stage::new(&mut database.connection, &reader, server.major);
        let played = play(&mut stage, &case.sql, &State::default(), true);
        let (played, _) = played.map_err(|error| format!("{} on {}: {error}", case.title, server.major))?;
        results.push(Result { case: index, major: server.major, played });
        database.clear()?;
    }
    Ok(results)
}

/// How many statements, and how many of them agree.
#[derive(Debug, Clone, Copy, Default)]
struct Agreement {
    statements: usize,
    verdicts: usize,
    catalogs: usize,
}

/// What the run says.
pub struct Report {
    /// The table of agreement, and the differences.
    pub text: String,
    /// Differences that are not in the list of known ones.
    pub unknown: usize,
}

/// Sums up. `all`: also print the differences that are known.
pub fn report(cases: &[Case], results: &[Result], known: &KnownDifferences, all: bool) -> Report {
    let mut table: BTreeMap<&str, BTreeMap<u32, Agreement>> = BTreeMap::new();
    let mut details = Details::new();
    let mut kinds: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut unknown = 0;
    for result in results {
        let case = &cases[result.case];
        for played in &result.played {
            let mut lines = Vec::new();
            if !played.same_verdict() {
                let shown = |refusal: &Option<(String, String)>| match refusal {
                    Some((code, message)) => format!("{code} {message}"),
                    None => "accepted".to_owned(),
                };
                let note = if played.not_modelled { " (not modelled)" } else { "" };
                let text =
                    format!("server {}, simulator {}{note}", shown(&played.server), shown(&played.simulator));
                lines.push((played.verdict_label(), text));
            }
            lines.extend(
                played.differences.iter().map(|difference| (difference.label(), difference.to_string())),
            );
            for agreement in [case.area.as_str(), "all areas"] {
                let agreement = table.entry(agreement).or_default().entry(result.major).or_default();
                agreement.statements += 1;
                agreement.verdicts += usize::from(played.same_verdict());
                agreement.catalogs += usize::from(played.differences.is_empty());
            }
            for (what, text) in lines {
                let reason = known.reason(&what, &case.title, result.major);
                let kind =
                    what.split(' ').next().filter(|word| *word == "verdict").unwrap_or(&what).to_owned();
                *kinds.entry((kind, reason.unwrap_or("NOT LISTED").to_owned())).or_default() += 1;
                if reason.is_none() {
                    unknown += 1;
                } else if !all {
                    continue;
                }
                let statement = played.sql.split_whitespace().collect::<Vec<_>>().join(" ");
                let statement: String = statement.chars().take(200).collect();
                let place = format!("{}, line {}: {statement}", case.title, played.line);
                details.entry((place, format!("{what}: {text}"))).or_default().push(result.major);
            }
        }
    }
    let mut text = listed(&details);
    let _ = writeln!(text, "\nDifferences by kind:");
    for ((what, reason), count) in &kinds {
        let _ = writeln!(text, "{count:6}  {what}  ({reason})");
    }
    let majors: Vec<u32> =
        table.values().flat_map(|row| row.keys().copied()).collect::<BTreeSet<_>>().into_iter().collect();
    let _ =
        write!(text, "\nStatements; of these the same verdict and SQLSTATE / the same catalog:\n{:24}", "");
    for major in &majors {
        let _ = write!(text, "{:>22}", format!("PostgreSQL {major}"));
    }
    let last = table.remove_entry("all areas");
    for (area, row) in table.into_iter().chain(last) {
        let _ = write!(text, "\n{area:24}");
        for major in &majors {
            let cell = row.get(major).map_or_else(String::new, |agreement| {
                format!(
                    "{} {:>5} / {:>5}",
                    agreement.statements,
                    share(agreement.verdicts, agreement.statements),
                    share(agreement.catalogs, agreement.statements)
                )
            });
            let _ = write!(text, "{cell:>22}");
        }
    }
    text.push('\n');
    text += &agreeing_cases(results, &majors);
    Report { text, unknown }
}

/// How many cases agree in full: with every verdict, SQLSTATE and catalog.
fn agreeing_cases(results: &[Result], majors: &[u32]) -> String {
    let agrees = |result: &&Result| {
        result.played.iter().all(|played| played.same_verdict() && played.differences.is_empty())
    };
    let mut text = format!("\n{:24}", "cases that agree in full");
    for major in majors {
        let own = || results.iter().filter(|result| result.major == *major);
        let cell = format!("{} of {}", own().filter(agrees).count(), own().count());
        let _ = write!(text, "{cell:>22}");
    }
    let all: BTreeSet<usize> = results.iter().map(|result| result.case).collect();
    let differ: BTreeSet<usize> =
        results.iter().filter(|result| !agrees(result)).map(|result| result.case).collect();
    let _ =
        writeln!(text, "\non every version that they are for: {} of {}", all.len() - differ.len(), all.len());
    text
}

/// What differs, by place and kind, and on which versions.
pub type Details = BTreeMap<(String, String), Vec<u32>>;

/// The places, and below each what differs there.
pub fn listed(details: &Details) -> String {
    let mut text = String::new();
    let mut place_before = "";
    for ((place, detail), majors) in details {
        if place != place_before {
            let _ = writeln!(text, "{place}");
            place_before = place;
        }
        let majors: Vec<String> = majors.iter().map(u32::to_string).collect();
        let _ = writeln!(text, "    [{}] {detail}", majors.join(" "));
    }
    text
}

/// So many of a hundred, with one decimal.
pub fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.1}", part as f64 * 100.0 / whole as f64) }
}
