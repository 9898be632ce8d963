//! The review: everything found, and the verdict.

mod again;
mod tried;
mod verdict;

pub use crate::settings::{Settings, TransactionMode, Unknown};
pub use again::review_again;
pub use tried::tried;
pub use verdict::{Verdict, axis_level};

use crate::layout::{self, History};
use crate::report::json::Level;
use crate::rollback::{self, WayBack};
use crate::rules::{self, Finding, Scene, Stats, level_of};
use crate::sorted;
use crate::text::{FileId, SourceFile, Workspace};
use crate::timeline::{self, LivedIn, Rerun, Timeline};

/// A finished review.
#[derive(Debug, Clone)]
pub struct Review {
    /// The files it is of.
    pub workspace: Workspace,
    /// How it was made.
    pub settings: Settings,
    /// The migrations.
    pub history: History,
    /// What they do.
    pub timeline: Timeline,
    /// The way back of each.
    pub ways_back: Vec<WayBack>,
    /// The way back of the set, where one script undoes all of it.
    pub way_back_of_all: Option<WayBack>,
    /// What a second run of each would do.
    pub reruns: Vec<Rerun>,
    /// What was found: by migration, in the order of the files; last what is about the set.
    pub findings: Vec<Finding>,
    /// All of it in one sentence and four axes.
    pub verdict: Verdict,
    /// How much was understood.
    pub coverage: Coverage,
    /// The sizes of tables, as far as the reader gave them.
    pub stats: Stats,
}

/// How much of the input was understood. Counts the statements of both directions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All statements.
    pub statements: usize,
    /// Those whose effect is simulated.
    pub modelled: usize,
    /// Those that PostgreSQL's grammar accepts.
    pub parsed: usize,
}

/// Reviews a set of files. Pure: the same files and settings give the same review, and any bytes give one.
pub fn review(workspace: &Workspace, settings: &Settings) -> Review {
    let history = layout::read(workspace, settings);
    let (timeline, tried) = timeline::simulate_followed(&history, settings, || {
        let mut lived = LivedIn::default();
        let migrations = &history.migrations;
        move |index, up, server| tried::try_one(&migrations[index], up, server, &mut lived)
    });
    let (ways_back, reruns) = tried.into_iter().unzip();
    let way_back_of_all = rollback::verify_all(&history, &timeline);
    finish(workspace, settings, Parts { history, timeline, ways_back, way_back_of_all, reruns })
}

/// What the rules look at.
struct Parts {
    history: History,
    timeline: Timeline,
    ways_back: Vec<WayBack>,
    way_back_of_all: Option<WayBack>,
    reruns: Vec<Rerun>,
}

/// What the rules find, and the verdict.
fn finish(workspace: &Workspace, settings: &Settings, parts: Parts) -> Review {
    let Parts { history, timeline, ways_back, way_back_of_all, reruns } = parts;
    let coverage = coverage(&timeline, &ways_back, way_back_of_all.as_ref());
    let mut review = Review {
        workspace: workspace.clone(),
        settings: settings.clone(),
        stats: settings.stats.as_deref().map(Stats::parse).unwrap_or_default(),
        verdict: verdict::reach(&history, &[]),
        history,
        timeline,
        ways_back,
        way_back_of_all,
        reruns,
        findings: Vec::new(),
        coverage,
    };
    let mut findings = rules::check(&review.scene());
    sorted::sort_by(&mut findings, |a, b| {
        let key = |f: &Finding| {
            (f.migration.map_or(usize::MAX, |m| m), f.span, std::cmp::Reverse(f.severity), f.rule.id)
        };
        key(a).cmp(&key(b))
    });
    review.verdict = verdict::reach(&review.history, &findings);
    review.findings = findings;
    review
}

impl Review {
    /// The files that hold a script of the history: what the review is of.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        let history = &self.history;
        let pairs =
            history.migrations.iter().flat_map(|migration| [Some(&migration.up), migration.down.as_ref()]);
        let others = history.orphans.iter().chain(&history.changed).chain(&history.down_of_all);
        let held: Vec<FileId> = pairs.flatten().chain(others).map(|script| script.file).collect();
        self.workspace.files().filter(move |(id, _)| held.contains(id)).map(|(_, file)| file)
    }

    /// What its rules looked at.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            workspace: &self.workspace,
            history: &self.history,
            timeline: &self.timeline,
            ways_back: &self.ways_back,
            way_back_of_all: self.way_back_of_all.as_ref(),
            reruns: &self.reruns,
            stats: &self.stats,
            settings: &self.settings,
            found: None,
        }
    }

    /// The findings of a migration.
    pub fn findings_of(&self, migration: usize) -> &[Finding] {
        let before = |finding: &Finding, than: usize| finding.migration.is_some_and(|own| own < than);
        let first = self.findings.partition_point(|finding| before(finding, migration));
        let behind = self.findings.partition_point(|finding| before(finding, migration + 1));
        &self.findings[first..behind]
    }

    /// The gravest level among the findings of a migration.
    pub fn risk(&self, migration: usize) -> Level {
        let levels = self.findings_of(migration).iter().map(|finding| level_of(finding.severity));
        levels.max().unwrap_or(Level::None)
    }
}

fn coverage(timeline: &Timeline, ways_back: &[WayBack], of_all: Option<&WayBack>) -> Coverage {
    let downs = ways_back.iter().chain(of_all).filter_map(|way| way.run.as_ref());
    let mut coverage = Coverage::default();
    for run in timeline.ups.iter().chain(downs) {
        for (statement, moment) in run.statements.iter().zip(&run.moments) {
            let parsed = !matches!(statement.command, crate::sql::Command::Invalid(_));
            coverage.statements += 1;
            coverage.parsed += usize::from(parsed);
            coverage.modelled += usize::from(parsed && moment.step.modelled);
        }
    }
    coverage
}
