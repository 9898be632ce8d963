//! From paths to a workspace.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use lockstep_core::Workspace;
use lockstep_core::layout::{is_candidate, is_candidate_folder, is_candidate_path};
use lockstep_core::text::archive;

use crate::Refusal;

/// What standard input is called in a review.
const STDIN: &str = "stdin.sql";

/// Reads files as they are, zip archives and folders with all in them that could belong to migrations, and `-`.
pub fn gather(paths: &[PathBuf]) -> Result<Workspace, Refusal> {
    let mut workspace = Workspace::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            if seen.insert(path.clone()) {
                add(&mut workspace, STDIN.to_owned(), stdin()?)?;
            }
            continue;
        }
        let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        let mut files = Vec::new();
        if metadata.is_dir() {
            find(path, &mut files)?;
            files.sort();
            if files.is_empty() {
                eprintln!("lockstep: there are no migration files in {}", path.display());
            }
        } else {
            files.push(path.clone());
        }
        for file in files {
            if seen.insert(file.clone()) {
                let bytes = fs::read(&file).map_err(|error| unreadable(&file, &error))?;
                add(&mut workspace, shown(&file), bytes)?;
            }
        }
    }
    Ok(workspace)
}

/// Adds a file, or those in it if it is a zip archive.
fn add(workspace: &mut Workspace, path: String, bytes: Vec<u8>) -> Result<(), Refusal> {
    if !archive::is_archive(&bytes) {
        workspace.add(path, bytes);
        return Ok(());
    }
    let mut files = archive::unpack(&bytes, is_candidate_path)
        .map_err(|why| Refusal(format!("cannot read {path}: {why}")))?;
    if files.is_empty() {
        eprintln!("lockstep: there are no migration files in {path}");
    }
    files.sort();
    for (path, bytes) in files {
        workspace.add(path, bytes);
    }
    Ok(())
}

/// The text of a file that an option names.
pub fn read_text(path: &Path) -> Result<String, Refusal> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The path as a review names it: from the working folder, where it is below that.
pub fn shown(path: &Path) -> String {
    let working_folder = std::env::current_dir().unwrap_or_default();
    let below = path.strip_prefix(&working_folder).unwrap_or(path);
    below.strip_prefix(".").unwrap_or(below).to_string_lossy().into_owned()
}

/// Writes the files that are not as they were before into a folder, each where it is below the path that named it.
pub fn write_changed(
    folder: &Path,
    paths: &[PathBuf],
    before: &Workspace,
    after: &Workspace,
) -> Result<(), Refusal> {
    let roots: Vec<String> = paths.iter().filter(|path| path.is_dir()).map(|path| shown(path)).collect();
    for (_, file) in after.files() {
        if before.files().any(|(_, old)| old.path == file.path && old.text == file.text) {
            continue;
        }
        let below = roots.iter().find_map(|root| {
            let below = Path::new(&file.path).strip_prefix(root).ok()?;
            below.components().all(|part| matches!(part, Component::Normal(_))).then_some(below)
        });
        let target = folder.join(below.unwrap_or_else(|| Path::new(file.name())));
        let written =
            target.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&target, &*file.text));
        written.map_err(|error| Refusal(format!("cannot write {}: {error}", target.display())))?;
    }
    Ok(())
}

/// The files in a folder and below that could belong to migrations. Links to folders are not followed.
fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Refusal> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        let kind = entry.file_type().map_err(|error| unreadable(&path, &error))?;
        if kind.is_dir() {
            if is_candidate_folder(&name) {
                find(&path, found)?;
            }
        } else if is_candidate(&name) && path.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

fn stdin() -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Refusal(format!("cannot read standard input: {error}")))?;
    Ok(bytes)
}

/// What to say of a path that cannot be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal(format!("cannot read {}: {error}", path.display()))
}
