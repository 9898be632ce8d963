//! A sign-off and what was decided about the review that is shown.

use lockstep_core::Review;
use lockstep_core::report::json::Severity;
use lockstep_core::rules::Finding;
use lockstep_core::signoff::{self, Accepted, Concern, Decisions, Reviewed, SignOff, compare, that_hold};

use crate::protocol::{AcceptedDanger, Decision, Objection, Signed, Signing};

/// Reads a sign-off, adds a decision, and says what still holds; or else why it cannot be read.
pub fn sign(review: &Review, Signing { sheet, decision, by, on }: Signing) -> Result<Signed, String> {
    let signed = sheet.map(|sheet| signoff::read(&sheet)).transpose()?;
    let mut decisions = signed.as_ref().map(|signed| that_hold(signed, review)).unwrap_or_default();
    let decided = decision.is_some();
    if let Some(decision) = decision {
        decide(review, &mut decisions, decision, by, on);
    }
    let looked_at = match signed {
        Some(signed) if !decided => signed,
        _ => SignOff::of(review, &decisions),
    };
    let objections = compare(&looked_at, review).into_iter().map(|objection| Objection {
        is_open: matches!(objection.concern, Concern::NotReviewed | Concern::NotAccepted),
        path: objection.path,
        line: objection.line,
        message: objection.message,
    });
    let objections = objections.collect();
    let migrations = review.history.migrations.iter().enumerate();
    let reviewed = migrations.flat_map(|(index, migration)| {
        let own = decisions.reviewed.iter().filter(|reviewed| reviewed.migration == migration.up.title);
        own.map(move |reviewed| (index, reviewed.by.clone(), reviewed.on.clone()))
    });
    let accepted = dangers(review).filter_map(|(key, finding)| {
        let spot = signoff::spot(review, finding);
        let Accepted { by, on, reason, .. } =
            decisions.accepted.iter().find(|accepted| accepted.spot == spot)?.clone();
        Some(AcceptedDanger { finding: key, by, on, reason })
    });
    let (reviewed, accepted) = (reviewed.collect(), accepted.collect());
    Ok(Signed { text: signoff::write(review, &decisions), reviewed, accepted, objections })
}

/// The dangers with their keys in the document.
fn dangers(review: &Review) -> impl Iterator<Item = ((Option<usize>, usize), &Finding)> {
    let mut counts = vec![0; review.history.migrations.len() + 1];
    let numbered = review.findings.iter().map(move |finding| {
        let count = &mut counts[finding.migration.map_or(0, |migration| migration + 1)];
        *count += 1;
        ((finding.migration, *count - 1), finding)
    });
    numbered.filter(|(_, finding)| finding.severity == Severity::Danger)
}

fn decide(review: &Review, decisions: &mut Decisions, decision: Decision, by: String, on: String) {
    let title =
        |index: usize| review.history.migrations.get(index).map(|migration| migration.up.title.clone());
    let spot = |key| {
        dangers(review).find(|(other, _)| *other == key).map(|(_, finding)| signoff::spot(review, finding))
    };
    let mut sign = |migration: String| {
        let is_it = |other: &Reviewed| other.migration == migration && other.by == by;
        if !decisions.reviewed.iter().any(is_it) {
            decisions.reviewed.push(Reviewed { migration, by: by.clone(), on: on.clone() });
        }
    };
    match decision {
        Decision::Again => {}
        Decision::Reviewed(index) => title(index).into_iter().for_each(sign),
        Decision::AllReviewed => {
            let all = review.history.migrations.iter().filter(|migration| migration.under_review);
            all.for_each(|migration| sign(migration.up.title.clone()));
        }
        Decision::NotReviewed(index) => {
            decisions.reviewed.retain(|reviewed| Some(&reviewed.migration) != title(index).as_ref());
        }
        Decision::Accepted(key, reason) => {
            if let Some(spot) = spot(key) {
                decisions.accepted.retain(|accepted| accepted.spot != spot);
                decisions.accepted.push(Accepted { spot, by, on, reason });
            }
        }
        Decision::NotAccepted(key) => {
            let spot = spot(key);
            decisions.accepted.retain(|accepted| Some(&accepted.spot) != spot.as_ref());
        }
    }
}

#[cfg(test)]
mod tests {
    use lockstep_core::{Settings, Workspace, review};

    use super::*;

    fn of(second: &str) -> Review {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);");
        workspace.add("002_b.sql", second);
        review(&workspace, &Settings::default())
    }

    fn signing(sheet: Option<String>, decision: Option<Decision>) -> Signing {
        Signing { sheet, decision, by: "Team lead".into(), on: "2026-02-03".into() }
    }

    #[test]
    fn what_is_decided_holds_until_its_file_changes() {
        let (before, after) = (of("CREATE INDEX ON x (y);"), of("CREATE INDEX ON x (y); SELECT 1;"));
        let empty = sign(&before, signing(None, None)).unwrap();
        assert!(empty.reviewed.is_empty() && empty.objections.iter().all(|objection| objection.is_open));
        let all = sign(&before, signing(None, Some(Decision::AllReviewed))).unwrap();
        let dangers: Vec<_> = dangers(&before).map(|(key, _)| key).collect();
        assert!(!dangers.is_empty());
        let mut sheet = all.text;
        for key in dangers {
            let decision = Decision::Accepted(key, "a small table".into());
            sheet = sign(&before, signing(Some(sheet), Some(decision))).unwrap().text;
        }
        let holds = sign(&before, signing(Some(sheet.clone()), None)).unwrap();
        assert_eq!((&*holds.objections, holds.reviewed.len()), (&[][..], 2));
        assert_eq!(holds.text, sheet);
        let changed = sign(&after, signing(Some(sheet.clone()), None)).unwrap();
        assert_eq!(changed.reviewed, [(0, "Team lead".to_owned(), "2026-02-03".to_owned())]);
        assert!(
            changed.objections.iter().any(|objection| !objection.is_open && objection.path == "002_b.sql")
        );
        let taken_back = sign(&before, signing(Some(sheet), Some(Decision::NotReviewed(0)))).unwrap();
        assert_eq!(taken_back.reviewed.len(), 1);
        assert!(sign(&before, signing(Some("# nothing".into()), None)).is_err());
    }
}
