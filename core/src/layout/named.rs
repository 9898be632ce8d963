//! Scripts that are known by their names: put in order, and each down with its up.

use std::cmp::Ordering;

use super::file_name::{Direction, FileName, compare_versions, subject, version_key};
use super::{Draft, File, Migration, Script, TransactionMode, outline};
use crate::sorted::{self, Map, Set};
use crate::text::FileId;

/// A script and what its name says.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// What the name says.
    pub name: FileName,
    /// The script.
    pub script: Script,
    /// For a down: where in the same file its up begins, when its place in the document says so.
    pub beside: Option<u32>,
}

/// By what a down finds its up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairing {
    /// Only by the version, as a tool does that would run nothing else.
    Version,
    /// By version, place or name, or else by what the scripts are about.
    Evidence,
}

/// Whole files as scripts, each run as `mode` says.
pub(super) fn named<'f, 'a: 'f>(
    files: impl Iterator<Item = &'f File<'a>>,
    mode: impl Fn(&File<'a>) -> TransactionMode,
) -> Vec<Named> {
    let named =
        |file: &File<'a>| Named { name: file.says().clone(), script: file.script(mode(file)), beside: None };
    files.map(named).collect()
}

/// Orders the scripts as a history: numbered ones by their version, the others behind them as they came.
pub(super) fn assemble(mut scripts: Vec<Named>, pairing: Pairing) -> Draft {
    settle_directions(&mut scripts);
    let (downs, mut ups): (Vec<_>, Vec<_>) =
        scripts.into_iter().partition(|named| named.name.direction == Direction::Down);
    if ups.is_empty() {
        // Nothing else is there to review, so the way back is what is to be run.
        return Draft { migrations: in_order(downs), ..Draft::default() };
    }
    let mut draft = Draft::default();
    // Folders that count from the same number are histories of their own, one after the other.
    if counts_again(&ups) {
        let mut folders: Vec<String> =
            ups.iter().chain(&downs).map(|named| named.name.folder.clone()).collect();
        sorted::sort_by(&mut folders, |a, b| compare_versions(a, b).then_with(|| a.cmp(b)));
        folders.dedup();
        let mut downs = downs;
        for folder in folders {
            let own = |named: &mut Named| named.name.folder == folder;
            let group = ups.extract_if(.., own).collect();
            let back = downs.extract_if(.., own).collect();
            let Draft { migrations, down_of_all, orphans, .. } = pair(in_order(group), back, pairing);
            draft.migrations.extend(migrations);
            draft.orphans.extend(down_of_all);
            draft.orphans.extend(orphans);
        }
        return draft;
    }
    pair(in_order(ups), downs, pairing)
}

/// A script that may lead back does so if its version has another one that leads forward.
fn settle_directions(scripts: &mut [Named]) {
    let forward: Set<(Option<String>, String)> = scripts
        .iter()
        .filter(|named| named.name.direction == Direction::Up)
        .map(|named| (named.name.version.clone(), named.name.folder.clone()))
        .collect();
    for named in scripts.iter_mut().filter(|named| named.name.direction == Direction::DownOfSibling) {
        let key = (named.name.version.clone(), named.name.folder.clone());
        named.name.direction = if forward.contains(&key) { Direction::Down } else { Direction::Up };
    }
}

fn counts_again(ups: &[Named]) -> bool {
    let mut numbered: Vec<(&str, &str)> = ups
        .iter()
        .filter_map(|named| Some((named.name.version.as_deref()?, named.name.folder.as_str())))
        .collect();
    sorted::sort_by(&mut numbered, |a, b| compare_versions(a.0, b.0));
    numbered
        .windows(2)
        .any(|pair| compare_versions(pair[0].0, pair[1].0) == Ordering::Equal && pair[0].1 != pair[1].1)
}

fn in_order(mut scripts: Vec<Named>) -> Vec<Migration> {
    sorted::sort_by(&mut scripts, |a, b| match (&a.name.version, &b.name.version) {
        (Some(first), Some(second)) => {
            compare_versions(first, second).then_with(|| a.name.stem.cmp(&b.name.stem))
        }
        (first, second) => second.is_some().cmp(&first.is_some()),
    });
    let migration = |named: Named| {
        let FileName { version, name, stem, .. } = named.name;
        Migration { version: version.unwrap_or(stem), name, up: named.script, down: None, under_review: true }
    };
    scripts.into_iter().map(migration).collect()
}

/// Gives every down to the migration it belongs to.
pub(super) fn pair(migrations: Vec<Migration>, downs: Vec<Named>, pairing: Pairing) -> Draft {
    let subjects: Vec<String> = migrations.iter().map(|migration| subject(&migration.name)).collect();
    let mut by_version: Map<String, Vec<usize>> = Map::default();
    let mut by_subject: Map<&str, Vec<usize>> = Map::default();
    let mut by_place: Map<(FileId, u32), usize> = Map::default();
    for (index, migration) in migrations.iter().enumerate() {
        by_version.entry(version_key(&migration.version), Vec::new).push(index);
        by_subject.entry(&subjects[index], Vec::new).push(index);
        by_place.insert((migration.up.file, migration.up.range.start), index);
    }
    let mut draft = Draft { migrations, ..Draft::default() };
    let mut left = Vec::new();
    for down in downs {
        let free = |index: &usize| draft.migrations[*index].down.is_none();
        let about = subject(&down.name.name);
        let of_version = || {
            let same = by_version.get(&version_key(down.name.version.as_deref()?))?;
            // Of two migrations with one version, the one of the same name; the down of one alone may be named differently.
            let of_name = same.iter().copied().find(|index| free(index) && subjects[*index] == about);
            of_name.or_else(|| same.iter().copied().find(free))
        };
        let of_place = || by_place.get(&(down.script.file, down.beside?)).copied().filter(free);
        let of_subject = || {
            let unnumbered = down.name.version.is_none() && !about.is_empty();
            by_subject.get(about.as_str()).filter(|_| unnumbered)?.iter().copied().find(free)
        };
        let found = match pairing {
            Pairing::Version => of_version(),
            Pairing::Evidence => of_version().or_else(of_place).or_else(of_subject),
        };
        match found {
            Some(index) => draft.migrations[index].down = Some(down.script),
            None => left.push(down),
        }
    }
    if pairing == Pairing::Evidence && !left.is_empty() {
        pair_by_content(&mut draft, left);
    } else {
        draft.orphans.extend(left.into_iter().map(|down| down.script));
    }
    draft
}

/// A down that no name gives to a migration belongs to the one that speaks of what it takes away;
/// if these are several, or its name is meant for all, it is the way back of all.
fn pair_by_content(draft: &mut Draft, downs: Vec<Named>) {
    let mut speakers: Map<String, Vec<usize>> = Map::default();
    for (index, migration) in draft.migrations.iter().enumerate() {
        for word in outline::words(&migration.up.text) {
            speakers.entry(word, Vec::new).push(index);
        }
    }
    for down in downs {
        let targets = outline::targets(&down.script.text);
        let owners: Set<usize> =
            targets.iter().filter_map(|target| speakers.get(target)).flatten().copied().collect();
        // `rollback.sql` and `rollback_all.sql` are named after no migration.
        let is_for_all =
            matches!(subject(&down.name.name).as_str(), "" | "all" | "everything" | "complete" | "full");
        let only = match draft.migrations.as_slice() {
            [_] => Some(0),
            _ if owners.len() == 1 && !is_for_all => owners.first().copied(),
            _ => None,
        };
        let is_unrelated = owners.is_empty() && !(is_for_all && targets.is_empty());
        if down.name.version.is_some() || is_unrelated {
            draft.orphans.push(down.script);
        } else if let Some(index) = only.filter(|index| draft.migrations[*index].down.is_none()) {
            draft.migrations[index].down = Some(down.script);
        } else if only.is_none() && draft.down_of_all.is_none() {
            draft.down_of_all = Some(down.script);
        } else {
            draft.orphans.push(down.script);
        }
    }
}
