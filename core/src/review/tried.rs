//! What is tried of each migration on what it leaves behind: its way back, and a second run.

use crate::layout::{History, Migration};
use crate::parallel::in_parts;
use crate::rollback::{self, WayBack};
use crate::simulate::Server;
use crate::timeline::{LivedIn, Rerun, Run, Timeline, rerun_behind};

/// What comes of one migration's way back and of its second run. `lived` goes along from migration to migration.
pub(super) fn try_one(
    migration: &Migration,
    up: &Run,
    server: &Server,
    lived: &mut LivedIn,
) -> (WayBack, Rerun) {
    // What was there before matters to a way back alone.
    let before = migration.down.is_some().then(|| lived.of(&up.before));
    let behind = lived.of(&up.after);
    let way_back = match before {
        Some(before) => rollback::verify(migration, up, server, &before, &behind),
        None => rollback::missing(),
    };
    (way_back, rerun_behind(&migration.up, up, server, &behind))
}

/// What comes of the ways back and second runs of some migrations, by their indices in the history.
pub fn tried(history: &History, timeline: &Timeline, which: &[usize]) -> Vec<(WayBack, Rerun)> {
    in_parts(which.len(), |part| {
        let mut lived = LivedIn::default();
        let one = |index: &usize| {
            try_one(&history.migrations[*index], &timeline.ups[*index], &timeline.server, &mut lived)
        };
        which[part].iter().map(one).collect()
    })
}
