//! What a statement does to the running system: the locks it takes and the work it does, on a server and as the
//! simulator predicts them.
//!
//! Each statement runs in a transaction of its own, so that its locks can be told from those of the one before;
//! BEGIN, COMMIT and the like are left out, and what follows a ROLLBACK is not compared.

mod blocked;
mod cases;
mod corpus;
mod evidence;
mod observe;

pub use cases::{check, play, report};
pub use corpus::run as run_corpus;
pub use evidence::Evidence;
pub use observe::Place;

use std::collections::{BTreeMap, BTreeSet};

use lockstep_core::simulate::Step;

/// Locks by the relation's name (`public.orders`), the strongest mode each; and work, its kind and the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects {
    /// `public.orders` → `ACCESS EXCLUSIVE`.
    pub locks: BTreeMap<String, Mode>,
    /// (`rewrite`, `public.orders`).
    pub work: BTreeSet<(&'static str, String)>,
}

/// A lock mode as a server names it: weaker ones before stronger ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mode(usize);

/// As `pg_locks` spells the modes and as the manual does, from weak to strong.
const MODES: [(&str, &str); 8] = [
    ("AccessShareLock", "ACCESS SHARE"),
    ("RowShareLock", "ROW SHARE"),
    ("RowExclusiveLock", "ROW EXCLUSIVE"),
    ("ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE"),
    ("ShareLock", "SHARE"),
    ("ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE"),
    ("ExclusiveLock", "EXCLUSIVE"),
    ("AccessExclusiveLock", "ACCESS EXCLUSIVE"),
];

impl Mode {
    fn of_server(name: &str) -> Option<Mode> {
        MODES.iter().position(|(server, _)| *server == name).map(Mode)
    }

    /// By the name that the manual has for it.
    pub fn of_manual(name: &str) -> Option<Mode> {
        MODES.iter().position(|(_, manual)| *manual == name).map(Mode)
    }
}

impl Effects {
    /// What the simulator predicts.
    pub fn predicted(step: &Step) -> Effects {
        let mut effects = Effects::default();
        for lock in &step.locks {
            if let Some(mode) = Mode::of_manual(&lock.mode.to_string()) {
                effects.lock(lock.name.clone(), mode);
            }
        }
        effects.work = step.work.iter().map(|work| (work.kind.name(), work.name.clone())).collect();
        effects
    }

    fn lock(&mut self, relation: String, mode: Mode) {
        let held = self.locks.entry(relation).or_insert(mode);
        *held = (*held).max(mode);
    }

    /// The strongest lock, where there is work.
    pub fn strongest_lock_over_work(&self) -> Option<Mode> {
        self.locks.values().max().copied().filter(|_| !self.work.is_empty())
    }

    /// The locks, a line.
    pub fn locks_shown(&self) -> String {
        shown(self.locks.iter().map(|(relation, mode)| format!("{relation} {}", MODES[mode.0].1)))
    }

    /// The work, a line.
    pub fn work_shown(&self) -> String {
        shown(self.work.iter().map(|(kind, relation)| format!("{kind} {relation}")))
    }
}

fn shown(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}
