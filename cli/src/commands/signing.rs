//! `signoff` and `verify`.

use std::path::Path;

use lockstep_core::configuration::SERVERS;
use lockstep_core::layout::{self, LAYOUTS};
use lockstep_core::report::json::Severity;
use lockstep_core::signoff::{self, Accepted, Concern, Decisions, Reviewed, SignOff, Spot};
use lockstep_core::{Review, review};

use super::settings;
use crate::arguments::{Acceptance, Input};
use crate::files::{gather, read_text, shown};
use crate::{Outcome, Refusal};

/// A sign-off of all migrations under review. It fails where a danger is left that nobody has accepted.
pub fn sign(
    review: &Review,
    by: &str,
    date: &str,
    accept: &[Acceptance],
    keep: Option<&Path>,
) -> Result<Outcome, Refusal> {
    let under_review = review.history.migrations.iter().filter(|migration| migration.under_review);
    let mut decisions = Decisions {
        reviewed: under_review
            .map(|migration| Reviewed {
                migration: migration.up.title.clone(),
                by: by.to_owned(),
                on: date.to_owned(),
            })
            .collect(),
        accepted: Vec::new(),
    };
    if decisions.reviewed.is_empty() {
        return Err(Refusal("there is no migration here to sign".to_owned()));
    }
    let mut open: Vec<Spot> = Vec::new();
    for finding in review.findings.iter().filter(|finding| finding.severity == Severity::Danger) {
        let spot = signoff::spot(review, finding);
        if !open.contains(&spot) {
            open.push(spot);
        }
    }
    for acceptance in accept {
        let (accepted, left): (Vec<Spot>, Vec<Spot>) =
            open.into_iter().partition(|spot| is_of(acceptance, spot));
        open = left;
        let is_told = |known: &Accepted| is_of(acceptance, &known.spot);
        if accepted.is_empty() && !decisions.accepted.iter().any(is_told) {
            return Err(Refusal(format!("--accept {}: no such danger was found", acceptance.what)));
        }
        decisions.accepted.extend(accepted.into_iter().map(|spot| Accepted {
            spot,
            by: by.to_owned(),
            on: date.to_owned(),
            reason: acceptance.reason.clone(),
        }));
    }
    if let Some(path) = keep {
        let kept = signoff::that_hold(&read(path)?, review);
        decisions.reviewed.extend(kept.reviewed.into_iter().filter(|reviewed| reviewed.by != by));
        for accepted in kept.accepted {
            if let Some(at) = open.iter().position(|spot| *spot == accepted.spot) {
                open.swap_remove(at);
                decisions.accepted.push(accepted);
            }
        }
    }
    for spot in &open {
        eprintln!("lockstep: nobody has accepted {}@{}:{}", spot.rule, spot.path, spot.line);
    }
    Ok(Outcome { text: signoff::write(review, &decisions), failed: !open.is_empty() })
}

fn is_of(acceptance: &Acceptance, spot: &Spot) -> bool {
    let is_file = |file: &String| {
        spot.path.strip_suffix(file.as_str()).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
    };
    acceptance.rule == spot.rule
        && acceptance.file.as_ref().is_none_or(is_file)
        && acceptance.line.is_none_or(|line| line == spot.line)
}

/// Does a sign-off still hold?
pub fn verify(path: &Path, mut input: Input) -> Result<Outcome, Refusal> {
    let signed = read(path)?;
    let conditions = &signed.conditions;
    input.postgres = input.postgres.or(Some(conditions.postgres).filter(|version| SERVERS.contains(version)));
    input.transaction = input.transaction.or(conditions.transaction);
    input.timezone = input.timezone.or_else(|| conditions.timezone.clone());
    input.unknown = input.unknown.or(Some(conditions.unknown));
    let is_known = LAYOUTS.iter().any(|layout| layout.name == conditions.layout);
    input.layout = input.layout.or_else(|| is_known.then(|| conditions.layout.clone()));
    let since = input.since.take().or_else(|| conditions.since.clone());
    let workspace = gather(&input.paths)?;
    let mut settings = settings(&input, &workspace)?;
    // A version that is no longer there is one of the things to object to.
    let history = layout::read(&workspace, &settings);
    settings.since = since.filter(|version| history.position_of(version).is_some());
    let objections = signoff::compare(&signed, &review(&workspace, &settings));
    if objections.is_empty() {
        return Ok(Outcome::of(format!("{} holds: {}\n", shown(path), summary(&signed))));
    }
    let mut text = String::new();
    for objection in &objections {
        text += &match (objection.path.as_str(), objection.line) {
            ("", _) => format!("{}\n", objection.message),
            (path, 0) => format!("{path}: {}\n", objection.message),
            (path, line) => format!("{path}:{line}: {}\n", objection.message),
        };
    }
    // What a sign-off says is not ours: it must not steer the terminal.
    text.retain(|letter| letter == '\n' || !letter.is_control());
    let of = |concern: Concern| objections.iter().any(|objection| objection.concern == concern);
    let advice = if of(Concern::Conditions) {
        "Review it as it was signed, or sign it again"
    } else {
        "Sign it again"
    };
    text += &format!("{} does not hold. {advice}: lockstep signoff --help\n", shown(path));
    Ok(Outcome { text, failed: true })
}

fn summary(signed: &SignOff) -> String {
    let count = |number: usize, one: &str, many: &str| {
        if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
    };
    let mut names: Vec<&str> = Vec::new();
    for reviewed in &signed.decisions.reviewed {
        if !names.contains(&reviewed.by.as_str()) {
            names.push(&reviewed.by);
        }
    }
    format!(
        "{} as signed, {} reviewed by {}, {} accepted.",
        count(signed.files.len(), "file", "files"),
        count(signed.migrations.len(), "migration", "migrations"),
        names.join(" and "),
        count(signed.decisions.accepted.len(), "danger", "dangers")
    )
}

fn read(path: &Path) -> Result<SignOff, Refusal> {
    signoff::read(&read_text(path)?).map_err(|problem| Refusal(format!("{}: {problem}", path.display())))
}
