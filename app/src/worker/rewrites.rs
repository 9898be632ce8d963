//! The safe forms of a dangerous statement, each as a diff.

use lockstep_core::Review;
use lockstep_core::rewrite::{self, Edit, Rewrite};

use super::diff::{By, compare};
use crate::protocol::{Offer, Rewritten};

/// What is offered for the finding of that index among those of a migration.
pub fn offers(review: &Review, migration: usize, index: usize) -> Vec<Offer> {
    let mut own = review.findings.iter().filter(|finding| finding.migration == Some(migration));
    let Some(finding) = own.nth(index) else { return Vec::new() };
    rewrite::offers(review, finding).into_iter().map(|rewrite| offer(review, rewrite)).collect()
}

fn offer(review: &Review, rewrite: Rewrite) -> Offer {
    let Rewrite { kind, fixes, edits, steps, differences, locks, .. } = rewrite;
    let name = |mode: Option<lockstep_core::locks::LockMode>| mode.map(|mode| mode.name().to_owned());
    Offer {
        title: kind.title.to_owned(),
        fixes: fixes.into_iter().map(str::to_owned).collect(),
        locks: (name(locks.0), name(locks.1)),
        differences,
        steps: steps.into_iter().map(|step| (step.path, step.first)).collect(),
        files: edits.into_iter().map(|edit| rewritten(review, edit)).collect(),
    }
}

fn rewritten(review: &Review, Edit { path, text, is_new }: Edit) -> Rewritten {
    let before = review.workspace.files().find(|(_, file)| file.path == path);
    let mut lines = compare(before.map_or("", |(_, file)| &file.text), &text, By::Letter);
    // What is not SQL is not coloured as if it were.
    if !path.ends_with(".sql") {
        lines.iter_mut().for_each(|line| line.tokens.clear());
    }
    Rewritten { path, text, is_new, lines }
}
