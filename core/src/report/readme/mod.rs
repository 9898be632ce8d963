//! The migration README: what the scripts do, what they lock, how to run, check and undo them.
//!
//! Every sentence in it comes from the review. A section that has nothing to say is left out.

mod chapter;
mod checks;
mod document;
mod impact;
mod keep;
pub(super) mod locking;
mod naming;
mod phase;
mod preparation;
mod running;
mod story;

use super::json::{self, Severity};
use super::markup::{self, and, code, count, prose};
use crate::layout::Script;
use crate::rollback::{Verdict, WayBack};
use crate::rules::{Finding, Stats};
use crate::schema::{self, DifferenceKind};
use crate::sorted;
use crate::text::OWN_DOCUMENT;
use crate::timeline::Rerun;
use crate::{Review, estimate};
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
    let stats = &review.stats;
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
    section("The migrations one by one", one_by_one(&chapters, stats));
    section("While it runs", preparation::during(&chapters));
    section("Validation", validation(review));
    section("Afterwards", preparation::afterwards(review, &chapters));
    section("Rolling back", rolling_back(review, &chapters));
    section("Rollback and idempotence", consolidation(review));
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
        prose(&review.verdict.sentence)
    );
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
        out += "\nWhat they are for, in their own words:\n\n";
        out += &markup::list("-", purposes);
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
        .filter(|finding| finding.migration.is_none() && !is_told_elsewhere(finding))
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
    let help = if finding.help.is_empty() { String::new() } else { format!(" {}", prose(&finding.help)) };
    format!(
        "**{}**, {}: {}{help}",
        markup::capitalised(finding.severity.name()),
        code(finding.rule.id),
        prose(&finding.message)
    )
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
        return String::new();
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

fn one_by_one(chapters: &[Chapter], stats: &Stats) -> String {
    let (missing, present): (Vec<&Chapter>, Vec<&Chapter>) =
        chapters.iter().partition(|chapter| chapter.migration().up.missing);
    let mut parts: Vec<String> = present.into_iter().map(|chapter| details(*chapter, stats)).collect();
    if !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|chapter| code(&chapter.migration().up.title)).collect();
        let (are, them) = if names.len() == 1 {
            ("is", "it does, locks and undoes")
        } else {
            ("are", "they do, lock and undo")
        };
        parts
            .push(format!("{} {are} only named: what {them} cannot be said without the SQL.\n", and(&names)));
    }
    let mut out = parts.join("\n");
    if chapters.iter().any(|chapter| locking::has_work(*chapter)) {
        out += &format!("\nHow long work takes: {}.\n", markup::text(&estimate::basis()));
    }
    out
}

/// One migration.
fn details(chapter: Chapter, stats: &Stats) -> String {
    let review = chapter.review;
    let migration = chapter.migration();
    let mut out = format!("### {}\n\n", code(&migration.up.title));
    let impact = Impact::of(chapter);
    out += "**Changes**\n\n";
    out += &changes(chapter);
    out += "\n**Data impact**\n\n";
    out += &or_else(markup::list("-", impact.on_data()), "No data that is there is changed.\n");
    out += "\n**Locks and how long**\n\n";
    out += &locking::section(chapter, stats);
    out += "\n**Compatibility with the application before and after**\n\n";
    out += &format!("{}\n", impact.fit().sentence());
    let noticed = impact.on_application();
    if !noticed.is_empty() {
        out += &format!("\n{}", markup::list("-", noticed));
    }
    out += "\n**Rollback**\n\n";
    out += &rollback(review, migration.down.as_ref(), chapter.way_back());
    let findings = of_migration(chapter);
    for (heading, wanted) in [("To settle before it runs", true), ("Worth a thought", false)] {
        let groups: Vec<_> =
            findings.iter().filter(|group| group.is_grave() == wanted).map(FindingGroup::told).collect();
        if !groups.is_empty() {
            out += &format!("\n**{heading}**\n\n{}", groups.concat());
        }
    }
    out
}

/// What one rule found in one migration.
struct FindingGroup<'a> {
    first: &'a Finding,
    /// Is the advice the same for all, down to the names in it?
    has_one_help: bool,
    /// Line and message.
    messages: Vec<(u32, &'a str)>,
}

/// Rules whose findings the README tells in places of their own: under Rollback, and before the scripts are run.
const TOLD_ELSEWHERE: &[&str] = &[
    "assumed-object",
    "missing-rollback",
    "no-lock-timeout",
    "rollback-breaks-redo",
    "rollback-fails",
    "rollback-incomplete",
    "rollback-loses-data",
];

fn is_told_elsewhere(finding: &Finding) -> bool {
    TOLD_ELSEWHERE.contains(&finding.rule.id)
}

fn of_migration<'a>(chapter: Chapter<'a>) -> Vec<FindingGroup<'a>> {
    let mut groups: Vec<FindingGroup> = Vec::new();
    for finding in chapter.review.findings.iter().filter(|finding| finding.migration == Some(chapter.index)) {
        if is_told_elsewhere(finding) {
            continue;
        }
        let message = (json::finding_of(chapter.review, finding).line, finding.message.as_str());
        let is_like =
            |first: &Finding| first.rule.id == finding.rule.id && first.severity == finding.severity;
        match groups.iter_mut().find(|group| is_like(group.first)) {
            Some(group) => {
                group.messages.push(message);
                group.has_one_help &= group.first.help == finding.help;
            }
            None => groups.push(FindingGroup { first: finding, messages: vec![message], has_one_help: true }),
        }
    }
    sorted::sort_by_key(&mut groups, |group| std::cmp::Reverse(group.first.severity));
    groups
}

impl FindingGroup<'_> {
    fn is_grave(&self) -> bool {
        self.first.severity > Severity::Advice
    }

    fn told(&self) -> String {
        let severity = match self.first.severity {
            Severity::Advice => String::new(),
            severity => format!("{}: ", markup::capitalised(severity.name())),
        };
        let rule = code(self.first.rule.id);
        let help = prose(&self.first.help);
        match self.messages.as_slice() {
            [(line, message)] => format!("- {severity}{rule}, line {line}. {} {help}\n", prose(message)),
            all => {
                let lines = all.iter().map(|(line, message)| format!("line {line}: {}", prose(message)));
                let likewise = match all {
                    [(line, _), ..] if !self.has_one_help => {
                        format!(" That is for line {line}; likewise for the others.")
                    }
                    _ => String::new(),
                };
                format!("- {severity}{rule}. {help}{likewise}\n{}", markup::list("  -", lines))
            }
        }
    }
}

fn or_else(text: String, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text }
}

fn changes(chapter: Chapter) -> String {
    let failing = chapter.moments().find_map(|(index, _, moment)| {
        let error = moment.step.error.as_ref()?;
        Some(format!(
            "Line {}: PostgreSQL refuses it: {} (SQLSTATE {}).",
            chapter.line(index),
            markup::text(&error.message),
            error.sqlstate
        ))
    });
    let mut last = None;
    let mut items: Vec<String> = Vec::new();
    for deed in story::deeds(chapter) {
        let said = markup::prose_in_public(&deed.text);
        if last == Some(deed.statement)
            && let Some(item) = items.last_mut()
        {
            *item += &format!("; {said}");
            continue;
        }
        let comment = (deed.statement > 0).then(|| story::comment(chapter, deed.statement)).flatten();
        let comment = comment.map_or_else(String::new, |comment| {
            format!(" ({})", markup::with_code(comment.trim_end_matches('.')))
        });
        items.push(format!("Line {}{comment}: {said}", chapter.line(deed.statement)));
        last = Some(deed.statement);
    }
    let items = items.into_iter().map(|item| item + ".").chain(failing);
    let mut out = or_else(markup::list("-", items), "None.\n");
    let differences = schema_changes(chapter);
    if !differences.is_empty() {
        out += &format!("\n{}", markup::block("diff", &differences));
    }
    out
}

/// What is other in the catalog, in lines of a diff.
fn schema_changes(chapter: Chapter) -> String {
    let up = chapter.up();
    let mut out = String::new();
    for difference in schema::diff(&up.before.schema, &up.after.schema) {
        if difference.uncertain {
            // What only was assumed and is gone now, is gone for certain.
            if difference.kind == DifferenceKind::Removed {
                out += &format!("- {}\n", difference.object);
            }
            continue;
        }
        if matches!(difference.kind, DifferenceKind::Renamed | DifferenceKind::Moved) {
            out += &format!("! {}\n", difference.text);
            continue;
        }
        let property = difference.property.map_or_else(String::new, |property| format!(": {property}"));
        let is_short = |text: &&String| text.len() <= DEFINITION && !text.contains('\n');
        for (sign, text) in [('-', &difference.before), ('+', &difference.after)] {
            let Some(text) = text else { continue };
            let text = Some(text).filter(is_short).map_or_else(|| " …".to_owned(), |text| format!(" {text}"));
            out += &format!("{sign} {}{property}{}\n", difference.object, text.trim_end());
        }
    }
    out
}

/// A definition longer than this is left to the script.
const DEFINITION: usize = 240;

/// The script and what became of it.
fn rollback(review: &Review, down: Option<&Script>, way: &WayBack) -> String {
    let Some(down) = down else {
        return match &review.history.down_of_all {
            Some(all) => {
                format!("It has no script of its own; {} undoes all migrations together.\n", code(&all.title))
            }
            None if way.verdict == Verdict::Missing => {
                "There is no script. Without one the way back is the backup.\n".to_owned()
            }
            None => String::new(),
        };
    };
    let mut out = format!("{}: {}\n", code(&running::path(review, down)), verdict(way.verdict));
    let lines = rollback_lines(way);
    if !lines.is_empty() {
        out.push('\n');
        out += &markup::list("-", lines);
    }
    if !down.missing {
        out.push('\n');
        out += &markup::block("sql", script_text(down));
    }
    out
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Exact => "it restores the schema exactly, and no data is lost.",
        Verdict::Lossy => "it restores the schema, and data is lost on the way; copy first what matters.",
        Verdict::Incomplete => "it runs, and the schema afterwards is not what it was.",
        Verdict::Fails => "it fails, and must not be relied on.",
        Verdict::Missing => "there is none.",
        Verdict::Unknown => "whether it leads back cannot be told from these files.",
    }
}

fn rollback_lines(way: &WayBack) -> Vec<String> {
    let error = way.fails_at.zip(way.run.as_ref()).and_then(|(at, run)| run.moments[at].step.error.as_ref());
    let failure = error.map(|error| {
        format!("PostgreSQL refuses it: {} (SQLSTATE {}).", markup::text(&error.message), error.sqlstate)
    });
    let sentence = |line: &String| markup::capitalised(&prose(line)) + ".";
    let again = way
        .again
        .as_ref()
        .map(|error| format!("After it the migration cannot run again: {}.", markup::text(error)));
    failure
        .into_iter()
        .chain(way.differences.iter().map(sentence))
        .chain(way.lost.iter().map(sentence))
        .chain(way.unknown.iter().map(sentence))
        .chain(again)
        .collect()
}

/// A script without the blank lines around it.
fn script_text(script: &Script) -> &str {
    script.text.trim_end().trim_start_matches(['\u{feff}', '\n', '\r'])
}

fn validation(review: &Review) -> String {
    let checks = checks::after(review);
    if checks.is_empty() {
        return String::new();
    }
    let intro = "Run these after the last script. They only read.\n\n".to_owned();
    intro + &steps(checks)
}

/// Numbered checks with their SQL.
fn steps(checks: Vec<checks::Check>) -> String {
    let step = |(index, check): (usize, checks::Check)| {
        format!(
            "{}. {}\n\n{}\n{}\n",
            index + 1,
            check.title,
            markup::block("sql", &check.sql),
            check.expected
        )
    };
    checks.into_iter().enumerate().map(step).collect::<Vec<_>>().join("\n")
}

fn rolling_back(review: &Review, chapters: &[Chapter]) -> String {
    let mut out = String::new();
    if let (Some(down), Some(way)) = (&review.history.down_of_all, &review.way_back_of_all) {
        out += &format!("{} undoes all migrations together: {}\n", code(&down.title), verdict(way.verdict));
        let lines = rollback_lines(way);
        if !lines.is_empty() {
            out.push('\n');
            out += &markup::list("-", lines);
        }
        if !down.missing {
            out.push('\n');
            out += &markup::block("sql", script_text(down));
        }
    }
    let of = |wanted: &[Verdict]| -> Vec<String> {
        let found = chapters.iter().rev().filter(|chapter| {
            wanted.contains(&chapter.way_back().verdict)
                && (chapter.migration().down.is_some() || review.history.down_of_all.is_none())
        });
        found.map(|chapter| chapter.label()).collect()
    };
    let mut items = Vec::new();
    let mut item = |versions: Vec<String>, text: &str| {
        if !versions.is_empty() {
            items.push(format!("{}: {text}", and(&versions)));
        }
    };
    item(of(&[Verdict::Exact]), "the script leads back exactly.");
    item(of(&[Verdict::Lossy]), "the script leads back and destroys data written since; save it first.");
    item(of(&[Verdict::Incomplete]), "the script leaves differences; finish it before relying on it.");
    item(of(&[Verdict::Fails]), "the script fails; correct it before relying on it.");
    item(of(&[Verdict::Unknown]), "whether the script leads back cannot be told; try it on a copy.");
    item(
        of(&[Verdict::Missing]),
        "there is no script; write one, or settle that the backup is the way back.",
    );
    if !items.is_empty() {
        if !out.is_empty() {
            out.push('\n');
        }
        out += "One by one, the last migration first:\n\n";
        out += &markup::list("-", items);
    }
    let repeated = "\nA transaction that fails undoes itself. Of a script that commits statement by statement, what ran before the \
failure stays.\n";
    if out.is_empty() { out } else { out + repeated }
}

/// Every migration of the history: number, rollback, idempotent or not.
fn consolidation(review: &Review) -> String {
    let history = &review.history;
    let rows: Vec<Vec<String>> = history
        .migrations
        .iter()
        .zip(&review.ways_back)
        .zip(&review.reruns)
        .map(|((migration, way), rerun)| {
            let state = if migration.under_review { "" } else { " (applied before)" };
            let rollback = match &migration.down {
                Some(down) => format!(
                    "{} ({})",
                    code(down.title.rsplit('/').next().unwrap_or(&down.title)),
                    way.verdict.name()
                ),
                None if history.down_of_all.is_some() => "with the set".to_owned(),
                None => "missing".to_owned(),
            };
            let again = match rerun {
                Rerun::Harmless => "yes".to_owned(),
                Rerun::Refused { error, .. } => format!("no: {}", markup::text(error)),
                Rerun::Repeats(lines) => format!("no: {}", prose(&lines[0])),
                Rerun::Unknown(reason) => format!("not known: {}", markup::text(reason)),
            };
            vec![code(&migration.version), code(&naming::on_disk(migration)) + state, rollback, again]
        })
        .collect();
    let seen = history.migrations.iter().any(|migration| !migration.up.missing);
    let with_down =
        history.migrations.iter().filter(|m| m.down.as_ref().is_some_and(|down| !down.missing)).count();
    let idempotent = review.reruns.iter().filter(|rerun| **rerun == Rerun::Harmless).count();
    let all = history.migrations.len();
    let of_them = |number: usize| match number {
        0 => "None of them".to_owned(),
        _ if number == all && all > 1 => format!("All {all}"),
        _ => format!("{number} of {all}"),
    };
    let have = if with_down == 1 { "has" } else { "have" };
    let mut out = String::new();
    if seen {
        let again =
            if idempotent == 0 { "none".to_owned() } else { of_them(idempotent).to_ascii_lowercase() };
        out += &format!(
            "{} {have} a rollback of {} own; {again} can be run a second time without effect.\n\n",
            of_them(with_down),
            if with_down == 1 { "its" } else { "their" }
        );
    }
    let (header, width): (&[&str], usize) = if seen {
        (&["Number", "Migration", "Rollback", "Idempotent"], 4)
    } else {
        (&["Number", "Migration", "Rollback"], 3)
    };
    let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.into_iter().take(width).collect()).collect();
    out += &markup::table(header, &rows);
    out
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
