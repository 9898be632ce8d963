//! A Markdown document: its SQL fences are migrations, named by a comment in the fence or by the
//! heading above; fences under a rollback heading are the way back. A document that only names
//! its files gives migrations without their SQL.

mod blocks;
mod document;
mod naming;

use std::ops::Range;

use self::document::{Document, Mention, mentions};
use self::naming::{Fenced, Naming};
use super::file_name::{Direction, FileName};
use super::named::{Named, Pairing, assemble};
use super::outline::Kind;
use super::{
    Draft, File, Files, Layout, Outside, Place, Recognition, Script, SetAside, Strength, Writing, mask, psql,
};
use crate::sorted::{Map, Set};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "markdown",
    title: "Markdown document",
    recognise,
    read,
    runner: psql::RUNNER,
    down: Place::BY_HAND,
    commands: psql::commands("touch migrations/{name}.sql migrations/rollback/{name}.sql"),
    writing: Writing::files(Outside::Always),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| file.is_document()).count();
    // Beside SQL files a document is their README.
    let alone = files.sql().next().is_none();
    (count > 0).then(|| Recognition {
        strength: if alone { Strength::Names } else { Strength::Anything },
        files: if alone { count } else { 0 },
        reason: match count {
            1 => "The text is a Markdown document.".to_owned(),
            _ => format!("The {count} files are Markdown documents."),
        },
    })
}

fn read(files: &Files<'_>) -> Draft {
    let mut found = Found::default();
    for file in files.iter().filter(|file| file.is_document()) {
        found.read(file);
    }
    Draft { set_aside: found.set_aside, ..assemble(found.scripts, Pairing::Evidence) }
}

/// What the documents hold.
#[derive(Default)]
struct Found {
    scripts: Vec<Named>,
    set_aside: Vec<SetAside>,
    /// How often a heading has been used for a version, so that each gets one of its own.
    headings: Map<(Direction, String), usize>,
}

/// The fences that make up one script.
struct Group<'a> {
    name: FileName,
    title: String,
    /// In the order of the document.
    code: Vec<Range<usize>>,
    first: &'a Fenced,
}

impl Found {
    fn read(&mut self, file: &File<'_>) {
        let text = file.text();
        let document = Document::parse(text);
        let fences = naming::sql_fences(&document, text);
        let names_its_migrations = fences
            .iter()
            .any(|fence| fence.direction == Direction::Up && !matches!(fence.naming, Naming::Heading(_)));
        let mut chosen: Vec<&Fenced> = Vec::new();
        for fence in &fences {
            match why_not(fence, &document, names_its_migrations) {
                None => chosen.push(fence),
                Some(reason) => {
                    let range = place(file, &fence.span);
                    self.set_aside.push(SetAside { file: file.id, range, reason });
                }
            }
        }
        let is_up = |fence: &&&Fenced| fence.direction == Direction::Up;
        let subjects: Set<String> = chosen.iter().filter(is_up).map(|fence| fence.naming.subject()).collect();
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut known: Map<Identity, usize> = Map::default();
        let mut ups: Vec<(usize, usize)> = Vec::new();
        for fence in &chosen {
            let group = *known.entry(Identity::of(fence, &document, &subjects), || {
                let (name, title) = self.name(fence);
                groups.push(Group { name, title, code: Vec::new(), first: fence });
                groups.len() - 1
            });
            groups[group].code.extend(document.fences[fence.index].code.iter().cloned());
            if fence.direction == Direction::Up {
                ups.push((fence.span.start, group));
            }
        }
        let first_script = self.scripts.len();
        for group in &groups {
            let beside = match group.name.direction {
                Direction::Down => naming::up_beside(&document, group.first, &ups),
                Direction::Up | Direction::DownOfSibling => None,
            };
            let beside = beside.map(|up| place(file, &groups[up].span()).start);
            self.scripts.push(Named { name: group.name.clone(), script: group.script(file), beside });
        }
        let names_files = chosen.iter().filter(is_up).any(|fence| matches!(fence.naming, Naming::File(_)));
        if ups.is_empty() || names_files {
            let is_outside = |mention: &Mention| {
                let before = fences.partition_point(|fence| fence.span.start <= mention.range.start);
                before.checked_sub(1).is_none_or(|last| fences[last].span.end < mention.range.end)
            };
            let mentions = mentions(text).into_iter().filter(is_outside);
            let missing = missing_scripts(file, mentions, &self.scripts[first_script..]);
            self.scripts.extend(missing);
        }
    }

    /// A script's name as a file would have it, and its title.
    fn name(&mut self, fence: &Fenced) -> (FileName, String) {
        let direction = fence.direction;
        let folder = String::new();
        match &fence.naming {
            Naming::File(path) => {
                let title = path.rsplit('/').next().unwrap_or(path).to_owned();
                (FileName { direction, folder, ..FileName::parse(path) }, title)
            }
            Naming::Number { version, name, title } => {
                let (stem, name) = (version.clone(), name.clone());
                (FileName { version: Some(version.clone()), name, direction, stem, folder }, title.clone())
            }
            Naming::Heading(heading) => {
                let slug = naming::slug(heading);
                let times = self.headings.entry((direction, slug.clone()), || 0);
                *times += 1;
                let stem = if *times == 1 { slug } else { format!("{slug}-{times}") };
                (FileName { version: None, name: heading.clone(), direction, stem, folder }, heading.clone())
            }
        }
    }
}

/// What makes several fences one script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    /// The same file is named.
    File { stem: String, down: bool },
    /// The same number.
    Number { version: String, down: bool },
    /// The steps of a rollback that names no migration, by where its section begins.
    Rollback(usize),
    /// A fence by itself.
    Fence(usize),
}

impl Identity {
    /// `subjects` are what the ups are about.
    fn of(fence: &Fenced, document: &Document, subjects: &Set<String>) -> Identity {
        let down = fence.direction == Direction::Down;
        match &fence.naming {
            Naming::File(path) => Identity::File { stem: FileName::parse(path).stem, down },
            Naming::Number { version, .. } => Identity::Number { version: version.clone(), down },
            Naming::Heading(_) if down && !subjects.contains(&fence.naming.subject()) => {
                Identity::Rollback(naming::rollback_section(document, fence))
            }
            Naming::Heading(_) => Identity::Fence(fence.index),
        }
    }
}

/// Why a fence is no migration, in one sentence.
fn why_not(fence: &Fenced, document: &Document, names_its_migrations: bool) -> Option<String> {
    if matches!(fence.naming, Naming::File(_)) {
        return None;
    }
    let under = match document.fences[fence.index].headings.last() {
        Some(heading) => format!(", under “{}”", naming::without_marks(&document.headings[*heading].text)),
        None => String::new(),
    };
    match fence.kind {
        Kind::Empty => Some(format!("It holds no statement{under}.")),
        Kind::NotSql => Some(format!("It is not SQL: no statement in it begins as one{under}.")),
        Kind::Check => Some(format!("A check, not a migration: it only reads{under}.")),
        Kind::Change
            if fence.direction == Direction::Down || matches!(fence.naming, Naming::Number { .. }) =>
        {
            None
        }
        Kind::Change if names_its_migrations => Some(format!(
            "The document names its migrations, and this is none of them{under}; \
             a comment such as “-- File: 005_name.sql” in its first line makes it one."
        )),
        Kind::Change => naming::is_about_testing(document, fence)
            .then(|| format!("It belongs to a test or a backup, not to the migrations{under}.")),
    }
}

/// Bytes of a document as bytes of its file.
fn place(file: &File<'_>, range: &Range<usize>) -> Range<u32> {
    let base = file.range.start + file.head as u32;
    base + range.start as u32..base + range.end as u32
}

impl Group<'_> {
    /// From the first byte of its code to the last.
    fn span(&self) -> Range<usize> {
        match (self.code.first(), self.code.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => self.first.span.clone(),
        }
    }

    fn script(&self, file: &File<'_>) -> Script {
        let span = self.span();
        let kept: Vec<_> =
            self.code.iter().map(|range| range.start - span.start..range.end - span.start).collect();
        let text = mask::keep(&file.text()[span.clone()], &kept);
        Script {
            title: self.title.clone(),
            file: file.id,
            range: place(file, &span),
            transaction: psql::RUNNER.wrapping.mode(&text),
            text: text.into(),
            missing: false,
        }
    }
}

/// Scripts that the document names and does not hold.
fn missing_scripts(file: &File<'_>, mentions: impl Iterator<Item = Mention>, held: &[Named]) -> Vec<Named> {
    let mut missing: Vec<Named> = Vec::new();
    // A name that differs only in its folder or its case is the same script, and so is one of the same version that is held.
    let by_stem = |name: &FileName| (name.direction, name.stem.to_ascii_lowercase());
    let by_version = |name: &FileName| (name.direction, name.version.clone());
    let held_versions: Set<_> = held.iter().map(|named| by_version(&named.name)).collect();
    let mut known: Set<_> = held.iter().map(|named| by_stem(&named.name)).collect();
    for mention in mentions {
        let name = FileName { folder: String::new(), ..FileName::parse(&mention.path) };
        let is_copy = name
            .stem
            .split(['_', '-', '.'])
            .any(|word| ["backup", "dump", "restore"].iter().any(|copy| word.eq_ignore_ascii_case(copy)));
        let is_script = name.version.is_some() || name.direction == Direction::Down;
        if !is_script
            || is_copy
            || held_versions.contains(&by_version(&name))
            || !known.insert(by_stem(&name))
        {
            continue;
        }
        let script = Script {
            title: mention.path.rsplit('/').next().unwrap_or(&mention.path).to_owned(),
            file: file.id,
            text: mask::blank(&file.text()[mention.range.clone()]).into(),
            range: place(file, &mention.range),
            transaction: psql::RUNNER.wrapping.mode(""),
            missing: true,
        };
        missing.push(Named { name, script, beside: None });
    }
    // `down.sql` beside `rollback/001_rollback.sql` is a manner of speaking.
    let is_numbered_down =
        |named: &Named| named.name.direction == Direction::Down && named.name.version.is_some();
    if missing.iter().chain(held).any(is_numbered_down) {
        missing.retain(|named| named.name.version.is_some());
    }
    // A rollback alone is no migration that the document describes.
    let has_up = |scripts: &[Named]| scripts.iter().any(|named| named.name.direction == Direction::Up);
    if !has_up(&missing) && !has_up(held) {
        missing.clear();
    }
    missing
}

#[cfg(test)]
mod tests;
