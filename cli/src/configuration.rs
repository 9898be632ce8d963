//! Which `lockstep.toml` counts, and what it sets.

use std::fs;
use std::path::{Path, PathBuf};

use lockstep_core::configuration::{Configuration, FILE_NAME, read};
use lockstep_core::{Settings, Workspace};

use crate::Refusal;
use crate::arguments::Input;
use crate::commands::sizes;
use crate::files::{read_text, shown, unreadable};

/// The settings from the file that `--config` names, or else from the nearest `lockstep.toml` above the first path, or
/// else from one among the files.
pub fn settings(input: &Input, workspace: &Workspace) -> Result<Settings, Refusal> {
    let named = input.config.clone().or_else(|| nearest(input.paths.first()?));
    let Some(path) = named else {
        let Some(configuration) = read(workspace) else { return Ok(Settings::default()) };
        let path = configuration.path.clone();
        return understood(configuration.of_these_files(), workspace, &path);
    };
    let mut own = Workspace::new();
    own.add(FILE_NAME, fs::read(&path).map_err(|error| unreadable(&path, &error))?);
    let Some(Configuration { mut settings, baseline, stats, .. }) = read(&own) else {
        return Ok(Settings::default());
    };
    let beside = |name| path.parent().unwrap_or(Path::new("")).join(name);
    if let Some((baseline, _)) = baseline {
        let file = beside(baseline);
        settings.baseline = Some((shown(&file), read_text(&file)?));
    }
    if let Some((stats, _)) = stats {
        settings.stats = Some(sizes(&beside(stats))?);
    }
    understood(settings, &own, &shown(&path))
}

/// The settings, unless something in them is not understood.
fn understood(settings: Settings, workspace: &Workspace, path: &str) -> Result<Settings, Refusal> {
    let told = settings.faults.iter().map(|(span, message)| {
        format!("{path}:{}: {message}", workspace.file(span.file).position(span.start).line)
    });
    match told.collect::<Vec<_>>() {
        faults if faults.is_empty() => Ok(settings),
        faults => Err(Refusal(faults.join("; "))),
    }
}

/// The file in the folder of a path or the nearest above it, as far up as the repository goes.
fn nearest(path: &Path) -> Option<PathBuf> {
    let start = if path.as_os_str() == "-" { Path::new(".") } else { path };
    let start = fs::canonicalize(start).ok()?;
    for folder in start.ancestors().skip(usize::from(!start.is_dir())) {
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}
