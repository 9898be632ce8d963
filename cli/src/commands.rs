//! What each command does.

mod signing;

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use lockstep_core::layout::{self, History};
use lockstep_core::report::{github, html, human, json, junit, markdown, readme, rule, sarif};
use lockstep_core::rollback;
use lockstep_core::rules::{self, Stats};
use lockstep_core::schema;
use lockstep_core::settings::FailOn;
use lockstep_core::{Review, Settings, Workspace, review, rewrite};

use crate::arguments::{Color, Format, Input, Invocation, Undo};
use crate::configuration;
use crate::files::{gather, read_text, shown, write_changed};
use crate::{Outcome, Refusal, patch};

/// Does what was asked for.
pub fn run(invocation: Invocation) -> Result<Outcome, Refusal> {
    match invocation {
        Invocation::Review { input, format, fail_on, color } => {
            let review = reviewed(&input)?;
            let text = match format {
                Format::Human => human::render(&review, is_coloured(color)),
                Format::Json => json::render(&review),
                Format::Markdown => markdown::render(&review),
                Format::Sarif => sarif::render(&review),
                Format::Github => github::render(&review),
                Format::Junit => junit::render(&review),
                Format::Html => html::render(&review),
            };
            let failed = fails(&review, fail_on);
            // The program ends here: to take a long history apart again, piece by piece, would take its time.
            std::mem::forget(review);
            Ok(Outcome { text, failed })
        }
        Invocation::Schema { input, at } => {
            let review = reviewed(&input)?;
            let timeline = &review.timeline;
            let state = match at {
                Some(version) => &timeline.ups[position(&review.history, "--at", &version)?].after,
                None => timeline.ups.last().map_or(&timeline.start, |up| &up.after),
            };
            Ok(Outcome::of(schema::ddl(&state.schema)))
        }
        Invocation::Rollback { input, undo } => write_back(&reviewed(&input)?, &undo),
        Invocation::Fix { input, out, fail_on } => fix(&input, out.as_deref(), fail_on),
        Invocation::Readme { input, keep, into } => write_readme(&reviewed(&input)?, keep, into),
        Invocation::SignOff { input, by, date, accept, keep } => {
            let review = reviewed(&input)?;
            signing::sign(&review, &by, &date, &accept, keep.as_deref())
        }
        Invocation::Verify { sign_off, input } => signing::verify(&sign_off, input),
        Invocation::Sizes => Ok(Outcome::of(rules::SIZES_QUERY)),
        Invocation::Rules(format) => Ok(Outcome::of(format())),
        Invocation::Explain(name) => explain(&name),
        Invocation::Help(topic) => Ok(Outcome::of(topic.text())),
        Invocation::Version => Ok(Outcome::of(concat!("lockstep ", env!("CARGO_PKG_VERSION"), "\n"))),
    }
}

/// The review of what the command line names.
fn reviewed(input: &Input) -> Result<Review, Refusal> {
    let (workspace, settings) = gathered(input)?;
    Ok(review(&workspace, &settings))
}

/// The files and the settings that the command line names.
fn gathered(input: &Input) -> Result<(Workspace, Settings), Refusal> {
    let workspace = gather(&input.paths)?;
    let mut settings = settings(input, &workspace)?;
    if let Some(version) = &input.since {
        settings.since = None;
        position(&layout::read(&workspace, &settings), "--since", version)?;
        settings.since = Some(version.clone());
    }
    Ok((workspace, settings))
}

/// What the configuration and the options say, but for `--since`, which needs the history.
fn settings(input: &Input, workspace: &Workspace) -> Result<Settings, Refusal> {
    let mut settings = configuration::settings(input, workspace)?;
    settings.layout = input.layout.clone().or(settings.layout);
    settings.transaction = input.transaction.or(settings.transaction);
    settings.timezone = input.timezone.clone().or(settings.timezone);
    settings.unknown = input.unknown.unwrap_or_default();
    settings.postgres = input.postgres.unwrap_or(settings.postgres);
    settings.rules.only = input.rules.clone();
    settings.rules.severities.extend(input.ignore.iter().map(|rule| (*rule, None)));
    if let Some(path) = &input.baseline {
        settings.baseline = Some((shown(path), read_text(path)?));
    }
    if let Some(path) = &input.stats {
        settings.stats = Some(sizes(path)?);
    }
    Ok(settings)
}

/// Table sizes; what of them cannot be read is told.
pub fn sizes(path: &Path) -> Result<String, Refusal> {
    let text = read_text(path)?;
    for (line, problem) in Stats::parse(&text).problems {
        eprintln!("lockstep: {}:{line}: {problem}", path.display());
    }
    Ok(text)
}

/// The migration that an option names by its version.
fn position(history: &History, option: &str, version: &str) -> Result<usize, Refusal> {
    history.position_of(version).ok_or_else(|| {
        let known: Vec<_> = history.migrations.iter().map(|migration| migration.version.as_str()).collect();
        match known.as_slice() {
            [] => Refusal(format!("{option} {version}: there are no migrations")),
            known => Refusal(format!("{option} {version}: the versions are {}", known.join(", "))),
        }
    })
}

/// The README, with what people wrote into an older one.
fn write_readme(review: &Review, keep: Option<PathBuf>, into: Option<PathBuf>) -> Result<Outcome, Refusal> {
    let mut text = readme::render(review);
    if let Some(older) = keep.or_else(|| into.clone().filter(|path| path.exists())) {
        text = readme::keep(&text, &read_text(&older)?).map_err(|line| {
            Refusal(format!("{}: the part to keep that begins in line {line} does not end", older.display()))
        })?;
    }
    let Some(path) = into else { return Ok(Outcome::of(text)) };
    fs::write(&path, text)
        .map(|()| Outcome::of(""))
        .map_err(|error| Refusal(format!("cannot write {}: {error}", path.display())))
}

/// The down script that Lockstep writes for a migration, or for all of them.
fn write_back(review: &Review, undo: &Undo) -> Result<Outcome, Refusal> {
    let (workspace, history, timeline) = (&review.workspace, &review.history, &review.timeline);
    let written = match undo {
        Undo::All => rollback::written_for_all(workspace, history, timeline),
        Undo::Last => {
            let last = history.migrations.len().checked_sub(1);
            last.and_then(|last| rollback::written(workspace, history, timeline, last))
        }
        Undo::Version(version) => {
            let index = position(history, "--version", version)?;
            rollback::written(workspace, history, timeline, index)
        }
    };
    let written = written.ok_or_else(|| Refusal("there is no migration here to undo".to_owned()))?;
    Ok(Outcome::of(written.text))
}

/// The history with all that can be rewritten, as a diff, and as files where there is a folder for them.
fn fix(input: &Input, out: Option<&Path>, fail_on: Option<FailOn>) -> Result<Outcome, Refusal> {
    let (workspace, settings) = gathered(input)?;
    let fixed = rewrite::fix(&workspace, &settings);
    if let Some(folder) = out {
        write_changed(folder, &input.paths, &workspace, &fixed.workspace)?;
    }
    let text = patch::render(&fixed, &workspace);
    Ok(Outcome { text, failed: fails(&fixed.review, fail_on) })
}

/// Is anything as grave as the command line, or else the configuration, lets it be no more?
fn fails(review: &Review, fail_on: Option<FailOn>) -> bool {
    let reaches = |limit| review.findings.iter().any(|finding| finding.severity >= limit);
    fail_on.unwrap_or(review.settings.fail_on).is_some_and(reaches)
}

fn explain(name: &str) -> Result<Outcome, Refusal> {
    rules::documented(name)
        .map(|(rule, docs)| Outcome::of(rule::documentation(rule, docs)))
        .ok_or_else(|| Refusal(format!("there is no rule {name}; lockstep rules lists them")))
}

/// NO_COLOR is the convention of no-color.org.
fn is_coloured(color: Color) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::io::stdout().is_terminal()
                && !is_set("NO_COLOR")
                && std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
        }
    }
}
