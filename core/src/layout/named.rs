//! Scripts that are known by their names: put in order, and each down with its up.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::file_name::{Direction, FileName, compare_versions, subject};
use super::{Draft, Migration, Script, outline};

/// A script and what its name says.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// What the name says.
    pub name: FileName,
    /// The script.
    pub script: Script,
    /// For a down: where in the same file its up is, when its place in the document says so.
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
        folders.sort_by(|a, b| compare_versions(a, b).then_with(|| a.cmp(b)));
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
    let forward: Vec<(Option<String>, String)> = scripts
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
    numbered.sort_by(|a, b| compare_versions(a.0, b.0));
    numbered
        .windows(2)
        .any(|pair| compare_versions(pair[0].0, pair[1].0) == Ordering::Equal && pair[0].1 != pair[1].1)
}

fn in_order(mut scripts: Vec<Named>) -> Vec<Migration> {
    scripts.sort_by(|a, b| match (&a.name.version, &b.name.version) {
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
    let mut draft = Draft { migrations, ..Draft::default() };
    let mut left = Vec::new();
    for down in downs {
        let free = |index: &usize| draft.migrations[*index].down.is_none();
        let about = subject(&down.name.name);
        let all = || 0..draft.migrations.len();
        let by_version = || {
            let version = down.name.version.as_deref()?;
            let same = |index: &usize| {
                compare_versions(&draft.migrations[*index].version, version) == Ordering::Equal
            };
            let candidates: Vec<usize> = all().filter(same).filter(free).collect();
            // Of two migrations with one version, the one of the same name; the down of one alone may be named differently.
            candidates.iter().find(|index| subjects[**index] == about).or(candidates.first()).copied()
        };
        let by_place = || {
            let offset = down.beside?;
            all().filter(free).find(|index| {
                let up = &draft.migrations[*index].up;
                up.file == down.script.file && up.range.contains(&offset)
            })
        };
        let by_subject = || {
            let mut same = all().filter(free).filter(|index| subjects[*index] == about);
            same.next().filter(|_| down.name.version.is_none() && !about.is_empty())
        };
        let found = match pairing {
            Pairing::Version => by_version(),
            Pairing::Evidence => by_version().or_else(by_place).or_else(by_subject),
        };
        match found {
            Some(index) => draft.migrations[index].down = Some(down.script),
            None => left.push(down),
        }
    }
    for down in left {
        match (pairing == Pairing::Evidence).then(|| by_content(&down, &draft)).flatten() {
            Some(Owner::One(index)) => draft.migrations[index].down = Some(down.script),
            Some(Owner::All) => draft.down_of_all = Some(down.script),
            None => draft.orphans.push(down.script),
        }
    }
    draft
}

/// Whose way back a script is.
enum Owner {
    One(usize),
    All,
}

/// A down that no name gives to a migration belongs to those that speak of what it takes away.
fn by_content(down: &Named, draft: &Draft) -> Option<Owner> {
    if down.name.version.is_some() {
        return None;
    }
    let of_all = || draft.down_of_all.is_none().then_some(Owner::All);
    let alone = || match draft.migrations.as_slice() {
        [only] => only.down.is_none().then_some(Owner::One(0)),
        _ => of_all(),
    };
    let targets = outline::targets(&down.script.text);
    if targets.is_empty() {
        // `rollback.sql` says nothing of one migration; what else it is about cannot be told.
        return subject(&down.name.name).is_empty().then(alone).flatten();
    }
    let speaks_of_it = |index: &usize| {
        let words: BTreeSet<String> = outline::words(&draft.migrations[*index].up.text);
        !targets.is_disjoint(&words)
    };
    let owners: Vec<usize> = (0..draft.migrations.len()).filter(speaks_of_it).collect();
    match owners.as_slice() {
        [] => None,
        [only] if draft.migrations.len() > 1 && draft.migrations[*only].down.is_some() => None,
        [only] if draft.migrations[*only].down.is_none() => Some(Owner::One(*only)),
        _ => alone(),
    }
}
