//! A Markdown document: its SQL fences are migrations, named by a comment in the fence or by the
//! heading above; fences under a rollback heading are the way back. A document that only names
//! its files gives migrations without their SQL.

mod document;
mod naming;

use std::collections::BTreeMap;
use std::ops::Range;

use self::document::{Document, Mention, mentions};
use self::naming::{Fenced, Naming};
use super::file_name::{Direction, FileName};
use super::named::{Named, Pairing, assemble};
use super::outline::Kind;
use super::{Draft, File, Files, Layout, Recognition, Script, SetAside, Strength, mask, psql};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "markdown",
    title: "Markdown document",
    recognise,
    read,
    runner: psql::RUNNER,
    commands: psql::commands("touch migrations/{name}.sql migrations/rollback/{name}.sql"),
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
}

/// The fences that make up one script.
struct Group {
    name: FileName,
    title: String,
    code: Vec<Range<usize>>,
    beside: Option<usize>,
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
        let ups: Vec<Range<usize>> = chosen
            .iter()
            .filter(|fence| fence.direction == Direction::Up)
            .map(|fence| fence.span.clone())
            .collect();
        let mut groups: Vec<Group> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for fence in &chosen {
            let (identity, name, title) = self.identify(fence, &document, &chosen, &groups);
            let code = document.fences[fence.index].code.iter().cloned();
            match known.get(&identity) {
                Some(group) => groups[*group].code.extend(code),
                None => {
                    known.insert(identity, groups.len());
                    let beside = (fence.direction == Direction::Down)
                        .then(|| naming::up_beside(&document, fence, &ups))
                        .flatten();
                    groups.push(Group { name, title, code: code.collect(), beside });
                }
            }
        }
        let named_by_file = chosen
            .iter()
            .any(|fence| fence.direction == Direction::Up && matches!(fence.naming, Naming::File(_)));
        let first_script = self.scripts.len();
        self.scripts.extend(groups.into_iter().map(|group| group.script(file)));
        if ups.is_empty() || named_by_file {
            let in_fence = |mention: &Mention| {
                fences.iter().any(|fence| {
                    fence.span.start <= mention.range.start && mention.range.end <= fence.span.end
                })
            };
            let mentions = mentions(text).into_iter().filter(|mention| !in_fence(mention));
            let missing = missing_scripts(file, mentions, &self.scripts[first_script..]);
            self.scripts.extend(missing);
        }
    }

    /// What makes several fences one script, the script's name, and its title.
    fn identify(
        &self,
        fence: &Fenced,
        document: &Document,
        chosen: &[&Fenced],
        groups: &[Group],
    ) -> (String, FileName, String) {
        let direction = fence.direction;
        match &fence.naming {
            Naming::File(path) => {
                let title = path.rsplit('/').next().unwrap_or(path).to_owned();
                let name = FileName { direction, folder: String::new(), ..FileName::parse(path) };
                (format!("file {direction:?} {}", name.stem), name, title)
            }
            Naming::Number { version, name, title } => {
                let stem = version.clone();
                let version = Some(version.clone());
                let name = FileName { version, name: name.clone(), direction, stem, folder: String::new() };
                (format!("number {direction:?} {}", name.stem), name, title.clone())
            }
            Naming::Heading(heading) => {
                let slug = naming::slug(heading);
                let taken = |stem: &str| {
                    groups.iter().any(|group| group.name.stem == stem)
                        || self.scripts.iter().any(|script| script.name.stem == stem)
                };
                let stem = (1..)
                    .map(|count| if count == 1 { slug.clone() } else { format!("{slug}-{count}") })
                    .find(|stem| !taken(stem))
                    .unwrap_or(slug);
                let name =
                    FileName { version: None, name: heading.clone(), direction, stem, folder: String::new() };
                let identity = match direction {
                    Direction::Down if !naming::names_one_of(heading, chosen) => {
                        // The steps of a rollback that names no migration are one script.
                        format!("section {:?}", naming::rollback_section(document, fence))
                    }
                    _ => format!("fence {}", fence.index),
                };
                (identity, name, heading.clone())
            }
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

impl Group {
    fn script(mut self, file: &File<'_>) -> Named {
        self.code.sort_by_key(|range| range.start);
        let start = self.code.first().map_or(0, |first| first.start);
        let end = self.code.last().map_or(start, |last| last.end);
        let kept: Vec<_> = self.code.iter().map(|range| range.start - start..range.end - start).collect();
        let text = mask::keep(&file.text()[start..end], &kept);
        let script = Script {
            title: self.title,
            file: file.id,
            range: place(file, &(start..end)),
            transaction: psql::RUNNER.wrapping.mode(&text),
            text: text.into(),
            missing: false,
        };
        let beside = self.beside.map(|offset| place(file, &(offset..offset)).start);
        Named { name: self.name, script, beside }
    }
}

/// Scripts that the document names and does not hold.
fn missing_scripts(file: &File<'_>, mentions: impl Iterator<Item = Mention>, held: &[Named]) -> Vec<Named> {
    let mut missing: Vec<Named> = Vec::new();
    for mention in mentions {
        let name = FileName { folder: String::new(), ..FileName::parse(&mention.path) };
        let is_copy = name
            .stem
            .split(['_', '-', '.'])
            .any(|word| ["backup", "dump", "restore"].iter().any(|copy| word.eq_ignore_ascii_case(copy)));
        if name.version.is_none() && name.direction != Direction::Down || is_copy {
            continue;
        }
        // A name that differs only in its folder or its case is the same script; so is a held one of the same version.
        let is_same = |other: &Named| {
            other.name.stem.eq_ignore_ascii_case(&name.stem) && other.name.direction == name.direction
        };
        let is_held = |other: &Named| {
            is_same(other)
                || other.name.direction == name.direction
                    && (name.version.is_none() || other.name.version == name.version)
        };
        if missing.iter().any(is_same) || held.iter().any(is_held) {
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
