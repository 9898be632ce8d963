//! Is a rewrite what it claims to be? Simulated: it fails nowhere, it leads to the same schema, its strongest lock over
//! work is weaker, and the rules find less and nothing new.

use super::files::{Written, applied};
use super::plan::Plan;
use super::{Kind, Rewrite};
use crate::layout;
use crate::locks::LockMode;
use crate::report::json::Severity;
use crate::review::{Review, tried};
use crate::rollback;
use crate::rules::{self, Finding, Place, Scene};
use crate::schema::{Difference, DifferenceKind, Schema, Subject, diff};
use crate::settings::Settings;
use crate::sorted::Set;
use crate::sql::{Command, Dml};
use crate::timeline::{self, Run};

/// The rewrite, if it holds what it promises.
pub(super) fn prove(
    review: &Review,
    place: &Place,
    kind: &'static Kind,
    rule: &'static str,
    plan: &Plan,
    written: Written,
) -> Option<Rewrite> {
    let first = place.migration;
    let workspace = applied(&review.workspace, &written.edits);
    let settings =
        Settings { layout: Some(review.history.layout.name.to_owned()), ..review.settings.clone() };
    let history = layout::read(&workspace, &settings);
    let same_before = history.migrations.iter().zip(&review.history.migrations).take(first + 1);
    if history.migrations.len() != review.history.migrations.len() + written.added
        || same_before.clone().any(|(new, old)| new.version != old.version)
    {
        return None;
    }
    let timeline = timeline::simulate_from(&history, &settings, &review.timeline, first);
    let (before, after) = (&review.timeline.ups[first..], &timeline.ups[first..]);
    if errors(after) > errors(before) || not_modelled(after) > not_modelled(before) {
        return None;
    }
    let (old, new) = (&before.last()?.after.schema, &after.last()?.after.schema);
    let (intended, other): (Vec<_>, Vec<_>) =
        differences(old, new, &settings).into_iter().partition(plan.intends);
    if !other.is_empty() {
        return None;
    }
    let rest: Vec<usize> = (first..history.migrations.len()).collect();
    let mut ways_back = review.ways_back[..first].to_vec();
    let mut reruns = review.reruns[..first].to_vec();
    for (way_back, rerun) in tried(&history, &timeline, &rest) {
        ways_back.push(way_back);
        reruns.push(rerun);
    }
    let way_back_of_all = rollback::verify_all(&history, &timeline);
    let scene = Scene {
        workspace: &workspace,
        history: &history,
        timeline: &timeline,
        ways_back: &ways_back,
        way_back_of_all: way_back_of_all.as_ref(),
        reruns: &reruns,
        ..review.scene()
    };
    let findings = rules::check(&scene);
    let fixes = fewer(&review.findings, &findings, first)?;
    if !fixes.contains(&rule) {
        return None;
    }
    let locks = (burden_of(place), burden_of_new(&scene, place));
    let is_lighter = match locks {
        (Some(before), Some(after)) if before.blocks_writes() && !plan.same_work => after < before,
        (Some(before), Some(after)) => after <= before.max(LockMode::ShareUpdateExclusive),
        (None, Some(after)) => !after.blocks_writes(),
        (_, None) => true,
    };
    is_lighter.then(|| Rewrite {
        kind,
        migration: first,
        fixes,
        edits: written.edits,
        steps: written.steps,
        differences: intended.into_iter().map(|difference| difference.text).collect(),
        locks,
    })
}

/// What differs for certain. Before PostgreSQL 18 NOT NULL has no name of its own.
fn differences(old: &Schema, new: &Schema, settings: &Settings) -> Vec<Difference> {
    let nameless = |definition: &Option<String>| {
        let words: Vec<&str> = definition.as_deref().unwrap_or_default().split(' ').collect();
        let is_name = |at: usize| {
            let marks = |at: usize| words[at] == "CONSTRAINT" && words.get(at + 2) == Some(&"NOT");
            marks(at) || at.checked_sub(1).is_some_and(marks)
        };
        (0..words.len()).filter(|at| !is_name(*at)).map(|at| words[at].to_owned()).collect::<Vec<_>>()
    };
    let is_real = |own: &Difference| {
        let is_name_only = settings.postgres < 18
            && own.subject == Subject::Column
            && own.kind == DifferenceKind::Changed
            && nameless(&own.before) == nameless(&own.after);
        !own.uncertain && !is_name_only
    };
    diff(old, new).into_iter().filter(is_real).collect()
}

fn errors(ups: &[Run]) -> usize {
    ups.iter().flat_map(|up| &up.moments).filter(|moment| moment.step.error.is_some()).count()
}

fn not_modelled(ups: &[Run]) -> usize {
    ups.iter().flat_map(|up| &up.moments).filter(|moment| !moment.step.modelled).count()
}

/// The rules that find less than before. None when one finds a danger or a warning more.
fn fewer(before: &[Finding], after: &[Finding], migration: usize) -> Option<Vec<&'static str>> {
    let grave = |findings: &[Finding], id: &str| {
        let is_grave = |own: &&Finding| own.rule.id == id && own.severity >= Severity::Warning;
        findings.iter().filter(is_grave).count()
    };
    let count = |findings: &[Finding], id: &str| findings.iter().filter(|own| own.rule.id == id).count();
    // A migration without a way back becomes several without one.
    let lacked_its_way_back =
        before.iter().any(|own| own.migration == Some(migration) && own.rule.id == "missing-rollback");
    let ids: Set<&'static str> = before.iter().chain(after).map(|finding| finding.rule.id).collect();
    let mut fixed = Vec::new();
    for id in ids.iter().copied() {
        if grave(after, id) > grave(before, id) && !(lacked_its_way_back && id == "missing-rollback") {
            return None;
        }
        if count(after, id) < count(before, id) || grave(after, id) < grave(before, id) {
            fixed.push(id);
        }
    }
    Some(fixed)
}

/// The strongest lock on a table in use that is held while a statement works on one.
fn burden_of(place: &Place) -> Option<LockMode> {
    let moves_rows = match place.command() {
        Command::Dml(Dml::Insert { source, .. }) => source.is_some(),
        Command::Dml(_) | Command::Do(_) => true,
        _ => false,
    };
    let works = place.heavy_work().next().is_some() || moves_rows && place.felt_locks().next().is_some();
    let held =
        place.held().iter().map(|held| &held.lock).filter(|lock| place.is_busy(lock.relation, lock.rows));
    let strongest = held.chain(place.felt_locks()).map(|lock| lock.mode).max();
    strongest.filter(|_| works)
}

/// The same for all the statements that the rewrite brings.
fn burden_of_new(scene: &Scene, place: &Place) -> Option<LockMode> {
    let old: Vec<&str> = place.scene.places_of(place.migration).map(|own| own.text()).collect();
    let versions: Vec<&str> =
        place.scene.history.migrations.iter().map(|migration| migration.version.as_str()).collect();
    let is_changed = |index: usize| {
        index == place.migration || !versions.contains(&scene.history.migrations[index].version.as_str())
    };
    let changed = (place.migration..scene.history.migrations.len()).filter(|index| is_changed(*index));
    changed
        .flat_map(|index| scene.places_of(index).collect::<Vec<_>>())
        .filter(|own| !old.contains(&own.text()) || own.text() == place.text())
        .filter_map(|own| burden_of(&own))
        .max()
}
