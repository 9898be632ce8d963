//! The safe way forward: what a dangerous statement can be rewritten to, a file per kind of rewrite.
//!
//! A kind reads the statement in its place and writes a [`Plan`] with the real names and types of this history: what
//! stands in the statement's place, and the migrations that follow. `files` lays the plan out as the history's tool
//! wants it, and `proof` simulates the result. What fails its proof is not offered.

mod altering;
mod back;
mod batches;
mod beside;
mod files;
mod plan;
mod proof;
mod text;

mod add_column;
mod attach_partition;
mod backfill;
mod change_type;
mod detach_concurrently;
mod drop_column;
mod drop_index_concurrently;
mod index_concurrently;
mod key_using_index;
mod lock_timeout;
mod not_valid;
mod partitioned_index;
mod refresh_concurrently;
mod reindex_concurrently;
mod rename_column;
mod set_not_null;

use crate::locks::LockMode;
use crate::review::{self, Review};
use crate::rules::{Finding, Place};
use crate::settings::Settings;
use crate::sorted::Set;
use crate::text::{Span, Workspace};
use plan::Plan;

/// One kind of rewrite.
#[derive(Debug)]
pub struct Kind {
    /// Its id, in kebab case: `index-concurrently`.
    pub id: &'static str,
    /// What it does, for a button or a heading.
    pub title: &'static str,
    /// The rules whose findings it answers.
    pub answers: &'static [&'static str],
    /// Rules of whose findings at the statement it would only take away the sight: with one of them it is not offered.
    pub hides: &'static [&'static str],
    /// Writes it for a statement; none where the statement is not of its kind, or takes more than it can.
    plan: fn(&Place) -> Option<Plan>,
}

/// Every kind. Of two that answer a rule the earlier one is tried first.
pub static KINDS: &[&Kind] = &[
    &index_concurrently::KIND,
    &drop_index_concurrently::KIND,
    &reindex_concurrently::KIND,
    &refresh_concurrently::KIND,
    &set_not_null::KIND,
    &not_valid::FOREIGN_KEY,
    &not_valid::CHECK,
    &key_using_index::UNIQUE,
    &key_using_index::PRIMARY_KEY,
    &add_column::KIND,
    &backfill::KIND,
    &change_type::KIND,
    &change_type::ENUM,
    &rename_column::KIND,
    &drop_column::KIND,
    &partitioned_index::KIND,
    &attach_partition::KIND,
    &detach_concurrently::KIND,
    &lock_timeout::KIND,
];

/// A rewrite that has been proven.
#[derive(Debug, Clone)]
pub struct Rewrite {
    /// Its kind.
    pub kind: &'static Kind,
    /// The migration whose statement it rewrites, as an index into the history.
    pub migration: usize,
    /// The rules that find less after it.
    pub fixes: Vec<&'static str>,
    /// The files that it changes and adds.
    pub edits: Vec<Edit>,
    /// The migrations in the order in which they run.
    pub steps: Vec<Step>,
    /// In what the schema differs in the end from what the migration as written leads to, one line each.
    pub differences: Vec<String>,
    /// The strongest lock that is held over work on tables in use: as written, and rewritten.
    pub locks: (Option<LockMode>, Option<LockMode>),
}

/// A file that a rewrite changes or adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its path.
    pub path: String,
    /// Its whole text afterwards.
    pub text: String,
    /// It was not there before.
    pub is_new: bool,
}

/// One migration of a rewrite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The path of its way up.
    pub path: String,
    /// What has to be true, or done, before it runs; none when it may follow at once.
    pub first: Option<String>,
}

/// The rewrites of the statement that a finding is about. Costs as much as simulating the history from its migration
/// on, for each that is tried.
pub fn offers(review: &Review, finding: &Finding) -> Vec<Rewrite> {
    let scene = review.scene();
    let Some(migration) = finding.migration else { return Vec::new() };
    let is_at = |place: &Place| {
        let span = place.span();
        span.file == finding.span.file && is_within(span, finding.span.start)
    };
    let Some(place) = scene.places_of(migration).find(is_at) else { return Vec::new() };
    if place.step().error.is_some() {
        return Vec::new();
    }
    let at_it: Vec<&str> = review
        .findings
        .iter()
        .filter(|other| other.span.file == finding.span.file && is_within(place.span(), other.span.start))
        .map(|other| other.rule.id)
        .collect();
    let answering = KINDS.iter().filter(|kind| {
        kind.answers.contains(&finding.rule.id) && !kind.hides.iter().any(|hidden| at_it.contains(hidden))
    });
    answering
        .filter_map(|kind| {
            let plan = (kind.plan)(&place)?;
            files::LAYOUTS.iter().find_map(|layout| {
                let written = files::write(review, &place, &plan, *layout)?;
                proof::prove(review, &place, kind, finding.rule.id, &plan, written)
            })
        })
        .collect()
}

fn is_within(span: Span, offset: u32) -> bool {
    (span.start..span.end).contains(&offset)
}

/// All that can be rewritten in a history.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The rewrites, each of what those before it led to.
    pub rewrites: Vec<Rewrite>,
    /// The files after all of them.
    pub workspace: Workspace,
    /// Their review.
    pub review: Review,
}

/// Rewrites finding after finding, the graver kinds first, as long as there is one that can be.
pub fn fix(workspace: &Workspace, settings: &Settings) -> Fixed {
    let review = review::review(workspace, settings);
    let settings = Settings { layout: Some(review.history.layout.name.to_owned()), ..settings.clone() };
    let mut fixed = Fixed { rewrites: Vec::new(), workspace: workspace.clone(), review };
    // What was tried in vain is not tried again until its file has changed: the rule, and the statement's file and text.
    let mut in_vain: Set<(&str, u32, String)> = Set::default();
    let is_graver = |finding: &&Finding| !lock_timeout::KIND.answers.contains(&finding.rule.id);
    loop {
        let findings = &fixed.review.findings;
        let key = |finding: &Finding| {
            (finding.rule.id, finding.span.file.0, fixed.workspace.slice(finding.span).to_owned())
        };
        let (graver, others): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(is_graver);
        let found = graver.into_iter().chain(others).find_map(|finding| {
            if in_vain.contains(&key(finding)) {
                return None;
            }
            let rewrite = offers(&fixed.review, finding).into_iter().next();
            if rewrite.is_none() {
                in_vain.insert(key(finding));
            }
            Some((finding.span.file.0, rewrite?))
        });
        let Some((file, rewrite)) = found else { return fixed };
        in_vain = in_vain.iter().filter(|(_, of, _)| *of != file).cloned().collect();
        fixed.workspace = apply(&fixed.workspace, &rewrite);
        fixed.review = review::review(&fixed.workspace, &settings);
        fixed.rewrites.push(rewrite);
    }
}

/// The files as they are after a rewrite.
pub fn apply(workspace: &Workspace, rewrite: &Rewrite) -> Workspace {
    files::applied(workspace, &rewrite.edits)
}

#[cfg(test)]
mod tests;
