//! A whole catalog as plain facts: `column public.orders.id`, `type`, `bigint`. Read from a server's system tables
//! and from the simulator's schema alike, so that two of them can be compared and printed.

mod model;
mod probe;
mod read;

pub use model::of_schema;
pub use probe::Probes;
pub use read::Reader;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::Outcome;
use crate::server::Connection;
use probe::Probe;

/// What is said about an object: kind (`column`), name (`public.orders.id`), fact (`type`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    pub kind: String,
    pub name: String,
    pub fact: String,
}

/// What a server says.
pub type Catalog = BTreeMap<Subject, String>;

/// What the simulator says.
pub type Model = BTreeMap<Subject, Claim>;

/// One value of the simulator's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It has to be the same text.
    Text(String),
    /// SQL as a migration wrote it, which a server would write in its own words.
    Sql(Box<Probe>),
}

/// One fact on which they differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    pub subject: Subject,
    /// None where the server does not have it.
    pub server: Option<String>,
    /// None where the simulator does not have it.
    pub simulator: Option<String>,
}

impl Difference {
    /// What it is called in the list of known differences: `column.type`; for an object that only one of them
    /// has, `column.missing` (in the simulator) or `column.extra`.
    pub fn label(&self) -> String {
        format!("{}.{}", self.subject.kind, self.subject.fact)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Subject { kind, name, fact } = &self.subject;
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        write!(
            f,
            "{kind} {name}: {fact}: server {}, simulator {}",
            shown(&self.server),
            shown(&self.simulator)
        )
    }
}

/// What differs. An object that one of them lacks is one difference, not one for each fact about it.
pub fn compare(
    server: &Catalog,
    model: &Model,
    connection: &mut Connection,
    probes: &mut Probes,
) -> Outcome<BTreeSet<Difference>> {
    let mut differences = BTreeSet::new();
    let objects = |subjects: &mut dyn Iterator<Item = &Subject>| -> BTreeSet<(String, String)> {
        subjects.map(|subject| (subject.kind.clone(), subject.name.clone())).collect()
    };
    let (theirs, ours) = (objects(&mut server.keys()), objects(&mut model.keys()));
    for (kind, name) in theirs.symmetric_difference(&ours) {
        let is_theirs = theirs.contains(&(kind.clone(), name.clone()));
        let there = |yes: bool| yes.then(|| "there".to_owned());
        differences.insert(Difference {
            subject: Subject {
                kind: kind.clone(),
                name: name.clone(),
                fact: if is_theirs { "missing" } else { "extra" }.to_owned(),
            },
            server: there(is_theirs),
            simulator: there(!is_theirs),
        });
    }
    let both = |subject: &Subject| {
        let key = (subject.kind.clone(), subject.name.clone());
        theirs.contains(&key) && ours.contains(&key)
    };
    let subjects: BTreeSet<&Subject> =
        server.keys().chain(model.keys()).filter(|subject| both(subject)).collect();
    for subject in subjects {
        let theirs = server.get(subject);
        let ours = match model.get(subject) {
            None => None,
            Some(Claim::Text(text)) => Some(text.clone()),
            Some(Claim::Sql(probe)) if theirs == Some(&probe.text) => theirs.cloned(),
            Some(Claim::Sql(probe)) => probes.canonical(probe, theirs, connection)?,
        };
        if theirs != ours.as_ref() {
            differences.insert(Difference {
                subject: subject.clone(),
                server: theirs.cloned(),
                simulator: ours,
            });
        }
    }
    Ok(differences)
}
