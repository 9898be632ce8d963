//! The ways back under review, each with its script and its run.

use super::Scene;
use crate::layout::Script;
use crate::rollback::WayBack;
use crate::text::Span;
use crate::timeline::Run;

/// A way back that could be simulated.
pub(super) struct Back<'a> {
    /// The migration that it undoes; none when it undoes the set.
    pub migration: Option<usize>,
    /// The down script.
    pub script: &'a Script,
    /// What was found out.
    pub way: &'a WayBack,
    /// The script's run.
    pub run: &'a Run,
    /// What it undoes: the ups.
    pub ups: Vec<&'a Run>,
}

/// The ways back under review whose ups succeed: of others nothing can be said.
pub(super) fn ways_back<'a>(scene: &'a Scene) -> Vec<Back<'a>> {
    let mut found = Vec::new();
    for (index, migration) in scene.reviewed() {
        if let (Some(script), way) = (&migration.down, &scene.ways_back[index])
            && let Some(run) = &way.run
        {
            found.push(Back {
                migration: Some(index),
                script,
                way,
                run,
                ups: vec![&scene.timeline.ups[index]],
            });
        }
    }
    if let (Some(script), Some(way)) = (&scene.history.down_of_all, scene.way_back_of_all)
        && let Some(run) = &way.run
    {
        found.push(Back { migration: None, script, way, run, ups: scene.timeline.ups.iter().collect() });
    }
    found.retain(|back| back.ups.iter().all(|up| up.first_error().is_none()));
    found
}

impl Back<'_> {
    /// The bytes of one of its statements.
    pub fn span_of(&self, statement: usize) -> Span {
        Span::new(self.script.file, self.run.statements[statement].range.clone())
    }

    /// What it undoes, in words.
    pub fn undoes(&self, scene: &Scene) -> String {
        match self.migration {
            Some(index) => scene.history.migrations[index].up.title.clone(),
            None => "the set".to_owned(),
        }
    }
}

/// Some lines, the first few of them written out.
pub(super) fn listed(lines: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown = lines.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
    match lines.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}
