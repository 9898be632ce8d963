//! A history after an edit: what the edit leaves as it was is taken from the timeline before it.

use std::sync::Arc;

use super::{Run, Timeline, baseline, fresh_session, lived_in, run, server, start, statements_of};
use crate::layout::{History, Migration, Script};
use crate::schema::FullName;
use crate::settings::Settings;

/// A timeline after an edit.
pub struct Again {
    /// The timeline.
    pub timeline: Timeline,
    /// For each migration, which one of the earlier history has the very same run, if one has.
    pub kept: Vec<Option<usize>>,
    /// What may be assumed of unknown names has changed. Kept runs did not ask; runs of their scripts on other states may have.
    pub assumes_otherwise: bool,
}

/// Simulates a history that `before` became, whose timeline is `earlier`, with the same settings. As [`super::simulate`].
pub fn simulate_again(history: &History, settings: &Settings, before: &History, earlier: Timeline) -> Again {
    let twins = twins(&history.migrations, &before.migrations);
    let Timeline { server: old_server, baseline: old_baseline, start: old_start, ups } = earlier;
    let mut old_runs: Vec<Option<Run>> = ups.into_iter().map(Some).collect();
    let mut parsed = Vec::with_capacity(twins.len());
    for (migration, twin) in history.migrations.iter().zip(&twins) {
        let known = twin.and_then(|twin| old_runs[twin].as_ref());
        parsed.push(known.map_or_else(|| statements_of(&migration.up), |run| Arc::clone(&run.statements)));
    }
    let server = server(&parsed, settings);
    let (was, is) = (&old_server.world.created_later, server.world.created_later.clone());
    let assumes_otherwise = *was != is;
    let is_settled = |name: &FullName| was.contains(name) == is.contains(name);
    let settled = |run: &Run| run.moments.iter().all(|moment| moment.step.asked.iter().all(is_settled));

    let keeps_start = old_baseline.as_ref().is_none_or(settled);
    let (baseline, start) = if keeps_start {
        (old_baseline, old_start)
    } else {
        let baseline = baseline(settings, &server);
        let start = start(baseline.as_ref());
        (baseline, start)
    };
    let mut state = start.clone();
    let mut timeline = Timeline { server, baseline, start, ups: Vec::with_capacity(parsed.len()) };
    let mut kept: Vec<Option<usize>> = Vec::with_capacity(parsed.len());
    // Which migration of before left the state as it is.
    let mut left_by = if keeps_start { Some(0) } else { None };
    // How many runs in a row are new.
    let mut redone = 0_usize;
    for (index, (migration, statements)) in history.migrations.iter().zip(parsed).enumerate() {
        let deploys = begins_review(&history.migrations, index);
        if deploys {
            state = lived_in(&state);
        }
        let twin = twins[index].filter(|twin| old_runs[*twin].as_ref().is_some_and(settled));
        let is_as_before = |twin: usize, run: &Run| {
            let follows = left_by == Some(twin) && begins_review(&before.migrations, twin) == deploys;
            // After an edit that changes nothing, or whose change is gone some migrations later, all goes on as before.
            // To compare whole states takes its time: less and less often.
            let may_be_same = redone == 0 || redone.is_power_of_two();
            follows || may_be_same && state.is_same(&run.before)
        };
        let twin = twin.filter(|twin| old_runs[*twin].as_ref().is_some_and(|run| is_as_before(*twin, run)));
        let up = match twin.and_then(|twin| old_runs[twin].take()) {
            Some(up) => up,
            None => run(statements, migration.up.transaction, &state, &timeline.server),
        };
        state = fresh_session(&up.after);
        left_by = twin.map(|twin| twin + 1);
        redone = if twin.is_some() { 0 } else { redone + 1 };
        timeline.ups.push(up);
        kept.push(twin);
    }
    Again { timeline, kept, assumes_otherwise }
}

/// Is what came before this migration deployed, while it is under review itself as the first?
pub(super) fn begins_review(migrations: &[Migration], index: usize) -> bool {
    index > 0
        && migrations[index].under_review
        && !migrations[..index].iter().any(|migration| migration.under_review)
}

/// For each migration the one of before with the same way up: those at the beginning and those at the end, as an edit is
/// at one place.
fn twins(migrations: &[Migration], before: &[Migration]) -> Vec<Option<usize>> {
    let same = |(new, old): &(&Migration, &Migration)| is_same_script(&new.up, &old.up);
    let first = migrations.iter().zip(before).take_while(same).count();
    let (rest, old_rest) = (&migrations[first..], &before[first..]);
    let last = rest.iter().rev().zip(old_rest.iter().rev()).take_while(same).count();
    (0..migrations.len())
        .map(|index| match index {
            _ if index < first => Some(index),
            _ if index >= migrations.len() - last => Some(index + before.len() - migrations.len()),
            // Several places at a time.
            _ => {
                before.get(index).filter(|old| is_same_script(&migrations[index].up, &old.up)).map(|_| index)
            }
        })
        .collect()
}

/// Do both say the same at the same place of their file?
pub fn is_same_script(one: &Script, other: &Script) -> bool {
    one.text == other.text
        && one.range == other.range
        && one.transaction == other.transaction
        && one.missing == other.missing
        && one.title == other.title
}
