//! The unified diff of a pull request: the files that it adds, each at its place in the diff.
//!
//! Of a file that was there before, a diff shows only parts, so it is not read as a migration; that it was changed
//! is what the reader has to know.

use std::ops::Range;

use crate::text::{FileId, Workspace};

/// A file of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patched {
    /// The diff.
    pub diff: FileId,
    /// The file's path in the repository.
    pub path: String,
    /// The diff's bytes that are about this file.
    pub range: Range<u32>,
    /// Those bytes with everything blanked that is not a line of the new file.
    pub text: String,
    /// What the diff does to it.
    pub change: Change,
}

/// What a diff does to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new, so the diff has all of it.
    Added,
    /// It was there before.
    Changed,
    /// It is removed.
    Removed,
    /// It has another name, or nothing that can be read has changed.
    Moved,
}

/// The files of all diffs among those of a workspace.
pub(super) fn patched(workspace: &Workspace) -> Vec<Patched> {
    let mut all = Vec::new();
    for (id, source) in workspace.files() {
        if is_diff(&source.text) {
            files_of(id, &source.text, &mut all);
        }
    }
    all
}

/// Does a text begin as `git diff` or `diff -u` write it, perhaps below a mail's head?
fn is_diff(text: &str) -> bool {
    let mut lines = text.lines().take(200);
    let mut before = "";
    lines.any(|line| {
        let begins =
            line.starts_with("diff --git ") || before.starts_with("--- ") && line.starts_with("+++ ");
        before = line;
        begins
    })
}

/// The lines left of a hunk, by its head `@@ -1,3 +1,4 @@`: of the old file and of the new.
fn hunk(line: &str) -> Option<(u32, u32)> {
    let rest = line.strip_prefix("@@ -")?;
    let (old, rest) = rest.split_once(" +")?;
    let (new, _) = rest.split_once(" @@")?;
    let count = |range: &str| match range.split_once(',') {
        Some((_, count)) => count.parse().ok(),
        None => Some(1),
    };
    Some((count(old)?, count(new)?))
}

/// `b/db/001_a.sql`, perhaps in quotes or before a tab and a date.
fn path_of(said: &str) -> Option<String> {
    let said = said.split('\t').next()?.trim_end().trim_matches('"');
    let path = said.strip_prefix("a/").or_else(|| said.strip_prefix("b/")).unwrap_or(said);
    (path != "/dev/null").then(|| path.to_owned())
}

fn files_of(diff: FileId, text: &str, all: &mut Vec<Patched>) {
    let mut at = 0;
    let mut left: (u32, u32) = (0, 0);
    let mut own: Option<Patched> = None;
    let mut old: Option<Option<String>> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let said = line.trim_end_matches(['\n', '\r']);
        let blank = |text: &str| super::mask::blank(text);
        if left != (0, 0) {
            let Some(file) = &mut own else { continue };
            let kind = said.bytes().next().unwrap_or(b' ');
            match kind {
                b'+' => left.1 = left.1.saturating_sub(1),
                b'-' => left.0 = left.0.saturating_sub(1),
                b'\\' => {}
                _ => left = (left.0.saturating_sub(1), left.1.saturating_sub(1)),
            }
            if kind == b'+' {
                file.text.push(' ');
                file.text.push_str(&line[1..]);
            } else {
                file.text.push_str(&blank(line));
            }
            continue;
        }
        let is_new = said.starts_with("diff --git ")
            || said.starts_with("--- ")
                && own.as_ref().is_none_or(|file| !file.text.is_empty() && old.is_some());
        if is_new {
            finish(own.take(), start, all);
            old = None;
            let path = said.strip_prefix("diff --git ").and_then(|names| path_of(names.rsplit(' ').next()?));
            own = Some(Patched {
                diff,
                path: path.unwrap_or_default(),
                range: start as u32..0,
                text: String::new(),
                change: Change::Moved,
            });
        }
        let Some(file) = &mut own else { continue };
        file.text.push_str(&blank(line));
        if let Some(name) = said.strip_prefix("--- ") {
            old = Some(path_of(name));
        } else if let Some(name) = said.strip_prefix("+++ ") {
            let new = path_of(name);
            file.change = match (old.as_ref().is_some_and(Option::is_some), &new) {
                (_, None) => Change::Removed,
                (false, _) => Change::Added,
                (true, _) => Change::Changed,
            };
            let before = old.clone().flatten();
            file.path = new.or(before).unwrap_or_default();
        } else if let Some(lines) = hunk(said) {
            left = lines;
        }
    }
    finish(own, at, all);
}

fn finish(file: Option<Patched>, end: usize, all: &mut Vec<Patched>) {
    if let Some(mut file) = file {
        file.range.end = end as u32;
        all.push(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_has_files() {
        let diff = "diff --git a/db/002_b.sql b/db/002_b.sql\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/db/002_b.sql\n@@ -0,0 +1,2 @@\n+SELECT 1;\n+-- é\n\\ No newline at end of file\ndiff --git a/db/001_a.sql b/db/001_a.sql\n--- a/db/001_a.sql\n+++ b/db/001_a.sql\n@@ -1,2 +1,2 @@ x\n CREATE TABLE t (\n--- a comment\n+a int\ndiff --git a/x.png b/y.png\nrename from x.png\nrename to y.png\ndiff --git a/old.sql b/old.sql\n--- a/old.sql\n+++ /dev/null\n@@ -1 +0,0 @@\n-SELECT 1;\n";
        let mut workspace = Workspace::new();
        workspace.add("change.diff", diff);
        let files = patched(&workspace);
        let shown: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.change)).collect();
        assert_eq!(
            shown,
            [
                ("db/002_b.sql", Change::Added),
                ("db/001_a.sql", Change::Changed),
                ("y.png", Change::Moved),
                ("old.sql", Change::Removed),
            ]
        );
        assert_eq!(files[0].text.trim(), "SELECT 1;\n -- é");
        for file in &files {
            assert_eq!(file.text.len(), file.range.len());
        }
        assert_eq!(files.last().map(|file| file.range.end as usize), Some(diff.len()));
    }
}
