//! A review after an edit: what the edit leaves as it was is taken from the review before it.

use super::{Parts, Review, finish, review, tried};
use crate::layout::{self, Migration};
use crate::rollback::{self, WayBack};
use crate::settings::Settings;
use crate::text::Workspace;
use crate::timeline::{self, Again, Rerun, is_same_script};

/// Reviews files that were reviewed before some of them were edited. The same as [`review()`], in less time.
pub fn review_again(last: Review, workspace: &Workspace, settings: &Settings) -> Review {
    if last.settings != *settings {
        return review(workspace, settings);
    }
    let history = layout::read(workspace, settings);
    let Review { history: before, timeline, ways_back, reruns, .. } = last;
    let Again { timeline, kept, assumes_otherwise } =
        timeline::simulate_again(&history, settings, &before, timeline);
    // What else was run on other states may have asked for names of which something else is assumed now.
    let kept: Vec<Option<usize>> = if assumes_otherwise { vec![None; kept.len()] } else { kept };

    let mut known: Vec<Option<(WayBack, Rerun)>> = ways_back.into_iter().zip(reruns).map(Some).collect();
    let mut found: Vec<Option<(WayBack, Rerun)>> = Vec::with_capacity(kept.len());
    for (migration, kept) in history.migrations.iter().zip(&kept) {
        let same = kept.filter(|kept| is_same_way_back(migration, &before.migrations[*kept]));
        found.push(same.and_then(|same| known[same].take()));
    }
    let missing: Vec<usize> = (0..found.len()).filter(|index| found[*index].is_none()).collect();
    let tried = tried(&history, &timeline, &missing);
    for (index, one) in missing.into_iter().zip(tried) {
        found[index] = Some(one);
    }
    let (ways_back, reruns) = found.into_iter().flatten().unzip();
    let way_back_of_all = rollback::verify_all(&history, &timeline);
    finish(workspace, settings, Parts { history, timeline, ways_back, way_back_of_all, reruns })
}

fn is_same_way_back(migration: &Migration, before: &Migration) -> bool {
    match (&migration.down, &before.down) {
        (Some(one), Some(other)) => is_same_script(one, other),
        (None, None) => true,
        _ => false,
    }
}
