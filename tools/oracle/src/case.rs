//! Cases: statements for a server and the simulator, in files by area.
//!
//! ```text
//! ---- a title (15+)
//! CREATE TABLE t (id int);
//! ALTER TABLE t ADD CONSTRAINT c UNIQUE NULLS NOT DISTINCT (id);
//! ```
//!
//! A case begins with a line `---- title`, perhaps with the versions it is for, and starts with an empty database.
//! It is the form of the cases in `core/tests/cases`, which say what a statement locks; the oracle reads both.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The folder it is in: `columns`.
    pub area: String,
    /// `columns/add: with a default`.
    pub title: String,
    /// The versions it is for.
    pub versions: Versions,
    /// Its statements.
    pub sql: String,
}

/// A range of major versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions {
    first: u32,
    last: u32,
}

impl Versions {
    /// All of them.
    pub const ALL: Versions = Versions { first: 0, last: u32::MAX };

    /// Reads `15+`, `-17`, `15..17` or `16`.
    pub fn parse(text: &str) -> Option<Versions> {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let (first, last) = if let Some(first) = text.strip_suffix('+') {
            (number(first)?, u32::MAX)
        } else if let Some(last) = text.strip_prefix('-') {
            (0, number(last)?)
        } else if let Some((first, last)) = text.split_once("..") {
            (number(first)?, number(last)?)
        } else {
            (number(text)?, number(text)?)
        };
        Some(Versions { first, last })
    }

    /// Is this one of them?
    pub fn contains(self, major: u32) -> bool {
        (self.first..=self.last).contains(&major)
    }
}

/// All cases below a folder, whose sub-folders are the areas. Cases in the folder itself are of the area `area`.
pub fn read(folder: &Path, area: Option<&str>) -> Outcome<Vec<Case>> {
    let mut cases = Vec::new();
    for path in sql_files(folder)? {
        let text =
            fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let parent = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let area = area.unwrap_or(&parent);
        cases.extend(parse(&text, area, &stem));
    }
    Ok(cases)
}

fn sql_files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let failed = |error| format!("cannot list {}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            files.extend(sql_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn parse(text: &str, area: &str, file: &str) -> Vec<Case> {
    let text = format!("\n{text}");
    let blocks = text.split("\n---- ").skip(1);
    blocks
        .map(|block| {
            let (heading, body) = block.split_once('\n').unwrap_or((block, ""));
            let (title, versions) = split_heading(heading.trim());
            Case {
                area: area.to_owned(),
                title: format!("{area}/{file}: {title}"),
                versions,
                sql: body.to_owned(),
            }
        })
        .collect()
}

/// `title (15+)` into the title and the versions; other words in parentheses are part of the title.
fn split_heading(heading: &str) -> (&str, Versions) {
    let split = heading.strip_suffix(')').and_then(|heading| heading.rsplit_once(" ("));
    match split.and_then(|(title, versions)| Some((title, Versions::parse(versions)?))) {
        Some(split) => split,
        None => (heading, Versions::ALL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_may_name_versions() {
        for (heading, title, inside, outside) in [
            ("add (15+)", "add", 18, 14),
            ("add (-17)", "add", 14, 18),
            ("add (15..16)", "add", 15, 17),
            ("add (16)", "add", 16, 18),
            ("add (int)", "add (int)", 14, u32::MAX),
        ] {
            let (read, versions) = split_heading(heading);
            assert_eq!(read, title);
            assert!(versions.contains(inside), "{heading}");
            assert!(outside == u32::MAX || !versions.contains(outside), "{heading}");
        }
    }

    #[test]
    fn a_file_has_several_cases() {
        let cases = parse("-- About.\n\n---- one\nSELECT 1;\n\n---- two\nSELECT 2;\n", "area", "file");
        assert_eq!(cases.len(), 2);
        assert_eq!(cases[1].title, "area/file: two");
        assert_eq!(cases[1].sql, "SELECT 2;\n");
    }
}
