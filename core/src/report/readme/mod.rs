//! The migration README: what the scripts do, what they lock, how to run, check and undo them.
//!
//! Every sentence in it comes from the review. A section that has nothing to say is left out.

mod chapter;
mod checks;
mod consolidation;
mod document;
mod going_back;
mod impact;
mod keep;
pub(super) mod locking;
mod naming;
mod one_by_one;
mod phase;
mod preparation;
mod running;
mod story;

use super::json::Severity;
use super::markup::{self, and, code, count, prose_in_public};
use crate::Review;
use crate::rules::{Axis, Finding};
use crate::sorted;
use crate::text::OWN_DOCUMENT;
use chapter::{Chapter, chapters};
use impact::Impact;
use phase::Phase;

pub use keep::keep;

/// Stands below the title, for whoever opens the file.
const NOTE: &str =
    "It is written anew each time; what stands between lockstep:keep and lockstep:end comments stays.";

/// The README of the migrations under review.
pub fn render(review: &Review) -> String {
    let chapters = chapters(review);
    if chapters.is_empty() {
        return "# Migrations\n\nThere is no migration under review.\n".to_owned();
    }
    let mut out =
        format!("# {}\n\n{OWN_DOCUMENT} {NOTE} -->\n\n{}", title(&chapters), overview(review, &chapters));
    let mut section = |heading: &str, content: String| {
        if !content.is_empty() {
            out += &format!("\n## {heading}\n\n{content}");
        }
    };
    section("Scripts in order", scripts(&chapters));
    section("Order and phases", order(review, &chapters));
    section("Before you run it", preparation::before(review, &chapters));
    section("How to run it", running::section(review));
    section("The migrations one by one", one_by_one::section(&chapters, &review.stats));
    section("While it runs", preparation::during(&chapters));
    section("When a script stops half-way", going_back::halfway(review, &chapters));
    section("Validation", validation(review));
    section("Afterwards", preparation::afterwards(review, &chapters));
    section("Rolling back", going_back::section(review, &chapters));
    section("Numbers, rollbacks and second runs", consolidation::section(review));
    section("Naming", naming::section(review));
    section("Not part of the migrations", set_aside(review));
    out
}

fn title(chapters: &[Chapter]) -> String {
    match chapters {
        [only] => {
            let migration = only.migration();
            let name = markup::text(&migration.name);
            if migration.version.starts_with(|c: char| c.is_ascii_digit()) && !name.is_empty() {
                format!("Migration {}: {name}", migration.version)
            } else {
                format!("Migration: {}", markup::text(&migration.up.title))
            }
        }
        [first, .., last] => {
            let name = |chapter: &Chapter| {
                let migration = chapter.migration();
                if running::is_heading(chapter.review, &migration.up) {
                    return format!("{:03}", chapter.index + 1);
                }
                let is_number = migration.version.starts_with(|c: char| c.is_ascii_digit());
                markup::text(if is_number { &migration.version } else { &migration.up.title })
            };
            format!("Migrations {} to {}", name(first), name(last))
        }
        [] => "Migrations".to_owned(),
    }
}

fn overview(review: &Review, chapters: &[Chapter]) -> String {
    let history = &review.history;
    let applied = history.migrations.len() - chapters.len();
    let mut out = format!(
        "{} for PostgreSQL {} ({}){}. {}\n",
        markup::capitalised(&count(chapters.len(), "migration", "migrations")),
        review.settings.postgres,
        markup::text(history.layout.title),
        match applied {
            0 => String::new(),
            1 => ", on top of one applied before".to_owned(),
            more => format!(", on top of {more} applied before"),
        },
        prose_in_public(&review.verdict.sentence)
    );
    let axes: Vec<String> = Axis::ALL
        .iter()
        .zip(review.verdict.axes)
        .map(|(axis, level)| format!("{} **{}**", axis.name(), level.name()))
        .collect();
    out += &format!("\nRisk: {}.\n", axes.join(", "));
    if let Some(purpose) = document::purpose(review, chapters) {
        out += &format!("\n{}\n", markup::with_code(&purpose));
    }
    let purposes: Vec<String> = chapters
        .iter()
        .filter_map(|chapter| {
            let purpose = story::purpose(*chapter)?;
            Some(format!("{}: {}", chapter.label(), markup::with_code(&purpose)))
        })
        .collect();
    if !purposes.is_empty() {
        let number = purposes.len();
        out += "\nWhat they are for, in their own words:\n\n";
        out += &folded_if_long(number, "Comments of the scripts", &markup::list("-", purposes));
    }
    let tables = checks::tables(review);
    if !tables.is_empty() {
        out += &format!("\nThe tables:\n\n{}", markup::list("-", tables));
    }
    let coverage = &review.coverage;
    if coverage.modelled < coverage.statements {
        out += &format!(
            "\n{} of the {} statements are simulated; the effect of the others is not known here.\n",
            coverage.modelled, coverage.statements
        );
    }
    let mut of_set: Vec<&Finding> = review
        .findings
        .iter()
        .filter(|finding| finding.migration.is_none() && !one_by_one::is_told_elsewhere(finding))
        .collect();
    sorted::sort_by_key(&mut of_set, |finding| std::cmp::Reverse(finding.severity));
    let of_set: Vec<String> = of_set.into_iter().map(found).collect();
    if !of_set.is_empty() {
        out += "\nFound in the set as a whole:\n\n";
        out += &markup::list("-", of_set);
    }
    out
}

fn found(finding: &Finding) -> String {
    let help =
        if finding.help.is_empty() { String::new() } else { format!(" {}", prose_in_public(&finding.help)) };
    format!(
        "**{}**, {}: {}{help}",
        markup::capitalised(finding.severity.name()),
        code(finding.rule.id),
        prose_in_public(&finding.message)
    )
}

/// Lists and tables with more items than these are folded.
const LONG: usize = 30;

/// What is long shows only its title until it is opened.
fn folded_if_long(items: usize, title: &str, content: &str) -> String {
    if items <= LONG {
        return content.to_owned();
    }
    format!("<details>\n<summary>{title} ({items})</summary>\n\n{content}\n</details>\n")
}

fn scripts(chapters: &[Chapter]) -> String {
    let rows: Vec<Vec<String>> = chapters
        .iter()
        .enumerate()
        .map(|(position, chapter)| {
            let migration = chapter.migration();
            let phases: Vec<_> =
                phase::phases(*chapter).into_iter().map(|phase| phase.name().to_owned()).collect();
            let is_known = !migration.up.missing;
            let not_known = || "not known".to_owned();
            vec![
                (position + 1).to_string(),
                code(&migration.up.title),
                story::summary(*chapter),
                match (is_known, phases.is_empty()) {
                    (false, _) => not_known(),
                    (true, true) => "none".to_owned(),
                    (true, false) => and(&phases),
                },
                if is_known { Impact::of(*chapter).fit().name().to_owned() } else { not_known() },
                match &chapter.review.history.down_of_all {
                    Some(_) if migration.down.is_none() => "with the set".to_owned(),
                    None if migration.down.is_none() && !chapter.lacks_way_back() => {
                        "nothing to undo".to_owned()
                    }
                    _ => chapter.way_back().verdict.name().to_owned(),
                },
                chapter.review.risk(chapter.index).name().to_owned(),
            ]
        })
        .collect();
    let header = ["#", "Script", "What it does", "Phase", "Application", "Rollback", "Risk"];
    // Where nothing is known but names, columns about the SQL would be empty.
    let is_told = |column: usize| {
        !matches!(column, 3 | 4) || chapters.iter().any(|chapter| !chapter.migration().up.missing)
    };
    let told = |row: Vec<String>| -> Vec<String> {
        row.into_iter().enumerate().filter(|(column, _)| is_told(*column)).map(|(_, cell)| cell).collect()
    };
    let header: Vec<&str> =
        header.into_iter().enumerate().filter(|(column, _)| is_told(*column)).map(|(_, name)| name).collect();
    markup::table(&header, &rows.into_iter().map(told).collect::<Vec<_>>())
}

fn order(review: &Review, chapters: &[Chapter]) -> String {
    let planned = document::phases(review, chapters);
    let planned = match planned.len() {
        0 | 1 => String::new(),
        _ => format!("As the document plans it:\n\n{}", markup::list("-", planned)),
    };
    // The history of years is no deployment.
    if chapters.len() > LONG {
        return planned;
    }
    let phases: Vec<(&Chapter, Vec<Phase>)> = chapters.iter().map(|c| (c, phase::phases(*c))).collect();
    let has = |phase: Phase| phases.iter().any(|(_, own)| own.contains(&phase));
    let meanings = Phase::ALL.into_iter().filter(|phase| has(*phase)).map(|phase| {
        let meaning = match phase {
            Phase::Expand => {
                "adds what the running release does not know yet, and leaves alone what it knows"
            }
            Phase::Data => "fills and moves data, while both the old and the new release run",
            Phase::Contract => {
                "removes or tightens what the old release relies on, so that release must be gone"
            }
        };
        format!("**{}** {meaning}.", markup::capitalised(phase.name()))
    });
    let meanings: Vec<String> = meanings.collect();
    if meanings.is_empty() {
        return planned;
    }
    let mut out = format!("{}\n\n", meanings.join(" "));
    for (index, step) in deployment(&phases).into_iter().enumerate() {
        out += &format!("{}. {step}\n", index + 1);
    }
    let mut remarks = Vec::new();
    let mixed: Vec<_> =
        phases.iter().filter(|(_, own)| own.len() > 1).map(|(chapter, _)| chapter.label()).collect();
    if !mixed.is_empty() {
        let (belongs, it) = if mixed.len() == 1 { ("belongs", "it") } else { ("belong", "them") };
        remarks.push(format!(
            "{} {belongs} to more than one phase: split {it}, so that the application can be deployed in between.",
            and(&mixed)
        ));
    }
    let contract = phases.iter().position(|(_, own)| own.contains(&Phase::Contract));
    let late: Vec<_> = phases
        .iter()
        .skip(contract.map_or(phases.len(), |at| at + 1))
        .filter(|(_, own)| own.iter().any(|phase| *phase < Phase::Contract))
        .map(|(chapter, _)| chapter.label())
        .collect();
    if let Some(first) = contract.filter(|_| !late.is_empty()) {
        remarks.push(format!(
            "What {} removes or tightens belongs last, behind {}.",
            phases[first].0.label(),
            and(&late)
        ));
    }
    if review.history.one_transaction && chapters.len() > 1 {
        remarks.push("Pending migrations run in one transaction. To keep the phases apart, deploy each with its own release.".to_owned());
    }
    if !remarks.is_empty() {
        out.push('\n');
        out += &markup::list("-", remarks);
    }
    if !planned.is_empty() {
        out += &format!("\n{planned}");
    }
    out
}

/// What is run and what is deployed, in order. A script counts by the last of its phases.
fn deployment(phases: &[(&Chapter, Vec<Phase>)]) -> Vec<String> {
    let last_phase = |own: &[Phase]| own.iter().max().copied();
    let mut steps: Vec<String> = Vec::new();
    let mut before: Option<Phase> = None;
    let mut rest = phases;
    while let Some((_, own)) = rest.first() {
        let phase = last_phase(own);
        let number = rest.iter().take_while(|(_, other)| last_phase(other) == phase).count();
        let (group, behind) = rest.split_at(number);
        rest = behind;
        let labels: Vec<String> = group.iter().map(|(chapter, _)| chapter.label()).collect();
        let Some(phase) = phase else {
            steps.push(format!("Run {}.", and(&labels)));
            continue;
        };
        match (before, phase) {
            (Some(Phase::Expand), Phase::Data) => {
                steps.push("Deploy the release that writes what is new, so that no row is left behind.".to_owned());
            }
            (Some(Phase::Expand), Phase::Contract) => steps
                .push("Deploy the release that uses what is new, and wait until the old one is gone.".to_owned()),
            (Some(Phase::Data), Phase::Contract) => {
                steps.push("Deploy the release that reads what was filled, and wait until the old one is gone.".to_owned());
            }
            (None, Phase::Contract) => steps.push(
                "Deploy the release that no longer relies on what goes or gets stricter, and wait until the old one is gone.".to_owned(),
            ),
            _ => {}
        }
        let own = Phase::ALL.into_iter().filter(|phase| group.iter().any(|(_, own)| own.contains(phase)));
        let names: Vec<String> = own.map(|phase| phase.name().to_owned()).collect();
        steps.push(format!("Run {} ({}).", and(&labels), and(&names)));
        before = Some(phase);
    }
    if before == Some(Phase::Expand) {
        steps.push("Deploy the release that uses what is new.".to_owned());
    }
    steps
}

fn validation(review: &Review) -> String {
    let checks = checks::after(review);
    if checks.is_empty() {
        return String::new();
    }
    let fails = review.timeline.ups.iter().any(|up| up.first_error().is_some());
    let mended = if fails {
        " A script fails as it is written: they tell of the scripts when it is mended."
    } else {
        ""
    };
    format!("Run these after the last script. They only read.{mended}\n\n{}", steps(checks))
}

/// Numbered checks with their SQL.
fn steps(checks: Vec<checks::Check>) -> String {
    let step = |(index, check): (usize, checks::Check)| {
        let sql = markup::block("sql", &check.sql);
        let sql = folded_if_long(check.sql.lines().count(), "Lines of SQL", &sql);
        format!("{}. {}\n\n{sql}\n{}\n", index + 1, check.title, check.expected)
    };
    checks.into_iter().enumerate().map(step).collect::<Vec<_>>().join("\n")
}

fn set_aside(review: &Review) -> String {
    let orphans = review
        .history
        .orphans
        .iter()
        .map(|script| format!("{}: a rollback that belongs to no migration here.", code(&script.title)));
    let parts = review.history.set_aside.iter().map(|part| {
        let file = review.workspace.file(part.file);
        let line = file.position(part.range.start).line;
        let place = if part.range.start == 0 { file.path.clone() } else { format!("{}:{line}", file.path) };
        format!("{}: {}", code(&place), markup::text(&part.reason))
    });
    markup::list("-", orphans.chain(parts))
}

/// Does any of them remove or tighten something?
fn phase_contracts(chapters: &[Chapter]) -> bool {
    chapters.iter().any(|chapter| phase::phases(*chapter).contains(&Phase::Contract))
}

/// How many findings there are of a severity.
fn number_of(review: &Review, severity: Severity) -> usize {
    review.findings.iter().filter(|finding| finding.severity == severity).count()
}
