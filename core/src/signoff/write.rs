//! The file, for people to read and for [`super::read()`] to compare by.

use super::{Decisions, FORMAT, SignOff, Spot, TRANSACTIONS, UNKNOWN, grave, spot};
use crate::Review;
use crate::json::quoted;
use crate::report::json::Severity;
use crate::report::markup::{self, code, prose, text};
use crate::rules::Finding;
use crate::text::OWN_DOCUMENT;

/// `SIGNOFF.md` for a review and what was decided about it.
pub fn write(review: &Review, decisions: &Decisions) -> String {
    let signed = SignOff::of(review, decisions);
    let mut out = format!("# Sign-off\n\n{OWN_DOCUMENT} -->\n\n{}\n", prose(&review.verdict.sentence));
    let rows: Vec<Vec<String>> =
        signed.migrations.iter().map(|title| row(title, &signed.decisions)).collect();
    if !rows.is_empty() {
        out += "\n## Migrations\n\n";
        out += &markup::table(&["Migration", "Reviewed by", "On"], &rows);
    }
    let (mut accepted, mut open) = (Vec::new(), Vec::new());
    for finding in grave(review).filter(|finding| finding.severity == Severity::Danger) {
        let spot = spot(review, finding);
        let danger = danger(&spot, finding);
        let decision = signed.decisions.accepted.iter().find(|accepted| accepted.spot == spot);
        match decision {
            Some(decision) => accepted.push(format!(
                "{danger}\n  Accepted by {} on {}: {}",
                text(&decision.by),
                text(&decision.on),
                text(&decision.reason)
            )),
            None => open.push(danger),
        }
    }
    for (heading, items) in [("Accepted dangers", accepted), ("Dangers that nobody has accepted", open)] {
        if !items.is_empty() {
            out += &format!("\n## {heading}\n\n{}", markup::list("-", items));
        }
    }
    out + "\n## What was signed\n\nThe files below as they were, byte for byte. `lockstep verify` reads this block, and compares it with the \
           files and with what a review of them finds.\n\n"
        + &markup::block("json", &block(&signed))
}

fn row(title: &str, decisions: &Decisions) -> Vec<String> {
    let by: Vec<_> = decisions.reviewed.iter().filter(|reviewed| reviewed.migration == title).collect();
    let (names, days) = match by.as_slice() {
        [] => ("nobody yet".to_owned(), String::new()),
        all => (
            all.iter().map(|reviewed| text(&reviewed.by)).collect::<Vec<_>>().join(", "),
            all.iter().map(|reviewed| text(&reviewed.on)).collect::<Vec<_>>().join(", "),
        ),
    };
    vec![code(title), names, days]
}

fn danger(spot: &Spot, finding: &Finding) -> String {
    let place = code(&format!("{}:{}", spot.path, spot.line));
    format!("{place} {}: {}", code(&spot.rule), prose(&finding.message))
}

/// A JSON object with a line for each thing that can change by itself, so that a diff of two is easy to read.
fn block(signed: &SignOff) -> String {
    let or_null = |text: &Option<String>| text.as_deref().map_or_else(|| "null".to_owned(), quoted);
    let conditions = &signed.conditions;
    let transaction =
        TRANSACTIONS.iter().find(|(mode, _)| Some(*mode) == conditions.transaction).map(|(_, name)| *name);
    let unknown = UNKNOWN.iter().find(|(unknown, _)| *unknown == conditions.unknown).map(|(_, name)| *name);
    let conditions = [
        format!("\"postgres\": {}", conditions.postgres),
        format!("\"layout\": {}", quoted(&conditions.layout)),
        format!("\"transaction\": {}", quoted(transaction.unwrap_or("auto"))),
        format!("\"since\": {}", or_null(&conditions.since)),
        format!("\"timezone\": {}", or_null(&conditions.timezone)),
        format!("\"unknown\": {}", quoted(unknown.unwrap_or("auto"))),
        format!("\"baseline\": {}", or_null(&conditions.baseline)),
        format!("\"stats\": {}", or_null(&conditions.stats)),
        format!("\"rules\": {}", or_null(&conditions.rules)),
    ];
    let files = signed
        .files
        .iter()
        .map(|(path, digest)| format!("{{\"path\": {}, \"sha256\": {}}}", quoted(path), quoted(digest)));
    let findings = signed.findings.iter().map(|(severity, spot)| {
        format!("{{\"severity\": {}, {}}}", quoted(severity.name()), members_of(spot))
    });
    let reviewed = signed.decisions.reviewed.iter().map(|reviewed| {
        let migration = quoted(&reviewed.migration);
        format!("{{\"migration\": {migration}, {}}}", signature(&reviewed.by, &reviewed.on))
    });
    let accepted = signed.decisions.accepted.iter().map(|accepted| {
        let signature = signature(&accepted.by, &accepted.on);
        format!("{{{}, {signature}, \"reason\": {}}}", members_of(&accepted.spot), quoted(&accepted.reason))
    });
    let members = [
        format!("\"signoff\": {FORMAT}"),
        format!("\"lockstep\": {}", quoted(&signed.lockstep)),
        format!("\"rules\": {}", quoted(&signed.rules)),
        format!("\"conditions\": {}", lines('{', conditions.into_iter(), '}')),
        format!("\"files\": {}", lines('[', files, ']')),
        format!("\"migrations\": {}", lines('[', signed.migrations.iter().map(|title| quoted(title)), ']')),
        format!("\"findings\": {}", lines('[', findings, ']')),
        format!("\"reviewed\": {}", lines('[', reviewed, ']')),
        format!("\"accepted\": {}", lines('[', accepted, ']')),
    ];
    format!("{{\n  {}\n}}", members.join(",\n  "))
}

fn members_of(spot: &Spot) -> String {
    format!(
        "\"rule\": {}, \"path\": {}, \"line\": {}, \"column\": {}",
        quoted(&spot.rule),
        quoted(&spot.path),
        spot.line,
        spot.column
    )
}

fn signature(by: &str, on: &str) -> String {
    format!("\"by\": {}, \"on\": {}", quoted(by), quoted(on))
}

fn lines(open: char, items: impl Iterator<Item = String>, close: char) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return format!("{open}{close}");
    }
    format!("{open}\n    {}\n  {close}", items.join(",\n    "))
}
