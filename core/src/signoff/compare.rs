//! A sign-off beside the files and the review of today.

use super::{Decisions, SignOff, Spot};
use crate::Review;
use crate::report::json::Severity;
use crate::text::shared_folders;

/// Something in which a sign-off does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// What it is about.
    pub concern: Concern,
    /// The file, as it is called today; empty where it is about the set.
    pub path: String,
    /// The line, from 1; 0 where it is about the whole file.
    pub line: u32,
    /// What is the matter, a sentence.
    pub message: String,
}

/// What an objection is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// The review is made in another way than the one that was signed.
    Conditions,
    /// A file is not the one that was reviewed.
    Changed,
    /// A file was not there.
    Added,
    /// A file is no longer there.
    Removed,
    /// The migrations under review are others, or in another order.
    Order,
    /// Nobody has looked at a migration.
    NotReviewed,
    /// A danger that nobody has accepted.
    NotAccepted,
    /// A warning that was not there when it was signed.
    FoundMore,
}

/// In what a sign-off does not hold for a review; nothing where it holds.
pub fn compare(signed: &SignOff, review: &Review) -> Vec<Objection> {
    let today = SignOff::of(review, &Decisions::default());
    let paths = Paths::between(signed, &today);
    let mut objections = conditions(signed, &today);
    files(signed, &today, &paths, &mut objections);
    migrations(signed, &today, &mut objections);
    findings(signed, &today, &paths, review, &mut objections);
    objections
}

/// What of a sign-off still holds: the reviews of migrations and the accepted dangers whose files are what they were.
pub fn that_hold(signed: &SignOff, review: &Review) -> Decisions {
    let today = SignOff::of(review, &Decisions::default());
    let paths = Paths::between(signed, &today);
    let is_same = |path: &str| paths.is_same(path, signed, &today);
    let reviewed = signed.decisions.reviewed.iter().filter(|reviewed| {
        review.history.migrations.iter().any(|migration| {
            let scripts = std::iter::once(&migration.up).chain(&migration.down);
            migration.up.title == reviewed.migration
                && scripts.map(|script| &review.workspace.file(script.file).path).all(|path| is_same(path))
        })
    });
    let accepted = signed.decisions.accepted.iter().filter_map(|accepted| {
        let mut accepted = accepted.clone();
        let here = |spot: &Spot| paths.signed(&spot.path) == accepted.spot.path && is_same(&spot.path);
        let path = today.findings.iter().find(|(_, spot)| here(spot)).map(|(_, spot)| spot.path.clone())?;
        accepted.spot.path = path;
        Some(accepted)
    });
    let kept = Decisions { reviewed: reviewed.cloned().collect(), accepted: accepted.collect() };
    SignOff::of(review, &kept).decisions
}

/// Which file of today is which of the sign-off. Where no path is the same, the folders that all have in common are
/// left out: the one may have been made in another folder, or in the page.
struct Paths {
    then: String,
    now: String,
}

impl Paths {
    fn between(signed: &SignOff, today: &SignOff) -> Paths {
        if today.files.iter().any(|(path, _)| signed.digest(path).is_some()) {
            return Paths { then: String::new(), now: String::new() };
        }
        Paths { then: common_folder(&signed.files), now: common_folder(&today.files) }
    }

    /// What the sign-off calls a file of today.
    fn signed(&self, path: &str) -> String {
        path.strip_prefix(&self.now).map_or_else(|| path.to_owned(), |rest| format!("{}{rest}", self.then))
    }

    /// Is the file of today the one that was signed?
    fn is_same(&self, path: &str, signed: &SignOff, today: &SignOff) -> bool {
        today.digest(path).is_some() && today.digest(path) == signed.digest(&self.signed(path))
    }
}

impl SignOff {
    fn digest(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|(other, _)| other == path).map(|(_, digest)| digest.as_str())
    }
}

/// The folder that all are in, with a slash behind it.
fn common_folder(files: &[(String, String)]) -> String {
    let paths: Vec<&str> = files.iter().map(|(path, _)| &**path).collect();
    shared_folders(&paths).to_owned()
}

fn objection(concern: Concern, path: &str, line: u32, message: impl Into<String>) -> Objection {
    Objection { concern, path: path.to_owned(), line, message: message.into() }
}

fn conditions(signed: &SignOff, today: &SignOff) -> Vec<Objection> {
    let (then, now) = (&signed.conditions, &today.conditions);
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let mut messages = Vec::new();
    let mut differ = |what: &str, then: String, now: String| {
        if then != now {
            messages.push(format!("It was signed for {what} {then}, and this review is for {now}."));
        }
    };
    differ("PostgreSQL", then.postgres.to_string(), now.postgres.to_string());
    differ("the layout", then.layout.clone(), now.layout.clone());
    differ("the time zone", or_none(&then.timezone), or_none(&now.timezone));
    differ("migrations since", or_none(&then.since), or_none(&now.since));
    if (then.transaction, then.unknown) != (now.transaction, now.unknown) {
        messages.push("It was signed with another setting of --transaction or --unknown.".to_owned());
    }
    if then.rules != now.rules {
        messages.push(
            "It was signed with other settings of the rules, in lockstep.toml or by --rules and --ignore."
                .to_owned(),
        );
    }
    for (what, then, now) in
        [("baseline", &then.baseline, &now.baseline), ("table sizes", &then.stats, &now.stats)]
    {
        match (then, now) {
            (Some(then), Some(now)) if then != now => {
                messages.push(format!("The {what} changed since it was signed."));
            }
            (Some(_), None) => messages.push(format!("It was signed with {what}, and this review has none.")),
            (None, Some(_)) => {
                messages.push(format!("It was signed without {what}, and this review has some."))
            }
            _ => {}
        }
    }
    messages.into_iter().map(|message| objection(Concern::Conditions, "", 0, message)).collect()
}

fn files(signed: &SignOff, today: &SignOff, paths: &Paths, objections: &mut Vec<Objection>) {
    for (path, digest) in &today.files {
        let found = match signed.digest(&paths.signed(path)) {
            None => (Concern::Added, "It was not there when it was signed."),
            Some(then) if then != digest => (Concern::Changed, "It changed since it was signed."),
            Some(_) => continue,
        };
        objections.push(objection(found.0, path, 0, found.1));
    }
    let is_there = |path: &str| today.files.iter().any(|(now, _)| paths.signed(now) == path);
    for (path, _) in signed.files.iter().filter(|(path, _)| !is_there(path)) {
        objections.push(objection(Concern::Removed, path, 0, "It was signed, and is no longer there."));
    }
}

fn migrations(signed: &SignOff, today: &SignOff, objections: &mut Vec<Objection>) {
    let still: Vec<_> = signed.migrations.iter().filter(|title| today.migrations.contains(title)).collect();
    let before: Vec<_> = today.migrations.iter().filter(|title| signed.migrations.contains(title)).collect();
    if still != before {
        let message = "The migrations run in another order than when it was signed.";
        objections.push(objection(Concern::Order, "", 0, message));
    }
    for title in &today.migrations {
        if !signed.decisions.reviewed.iter().any(|reviewed| reviewed.migration == *title) {
            objections.push(objection(
                Concern::NotReviewed,
                title,
                0,
                "Nobody has signed that it was reviewed.",
            ));
        }
    }
}

/// Dangers have to be accepted; warnings have to have been there. In a file that changed, lines have moved: what its
/// rules found then is counted there, and not looked for in its place.
fn findings(
    signed: &SignOff,
    today: &SignOff,
    paths: &Paths,
    review: &Review,
    objections: &mut Vec<Objection>,
) {
    let mut known: Vec<&Spot> = signed.findings.iter().map(|(_, spot)| spot).collect();
    let newer = if signed.rules == today.rules && signed.lockstep == today.lockstep {
        String::new()
    } else {
        format!(" Lockstep {} reviews now, with other rules than {} had.", today.lockstep, signed.lockstep)
    };
    for (finding, (severity, spot)) in super::grave(review).zip(&today.findings) {
        let path = paths.signed(&spot.path);
        let is_same_file = spot.path.is_empty() || paths.is_same(&spot.path, signed, today);
        let is_it = |other: &Spot| {
            other.rule == spot.rule
                && other.path == path
                && (!is_same_file || (other.line, other.column) == (spot.line, spot.column))
        };
        let at = known.iter().position(|other| is_it(other));
        let was_known = at.map(|at| known.swap_remove(at)).is_some();
        let accepted = signed.decisions.accepted.iter().any(|accepted| is_it(&accepted.spot));
        let (concern, what) = match (severity, was_known, accepted) {
            (Severity::Danger, _, false) => (Concern::NotAccepted, "nobody has accepted this danger"),
            (Severity::Danger, false, true) => {
                (Concern::NotAccepted, "a danger more than were accepted here")
            }
            (Severity::Warning, false, _) => {
                (Concern::FoundMore, "a warning that was not there when it was signed")
            }
            _ => continue,
        };
        let newer = if was_known { "" } else { &newer };
        let message = format!("{}: {what}. {}{newer}", spot.rule, finding.message);
        objections.push(objection(concern, &spot.path, spot.line, message));
    }
}
