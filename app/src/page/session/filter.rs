//! Which findings are listed.

use leptos::prelude::*;
use lockstep_core::report::json::{Document, Finding, Severity};

use super::FindingKey;
use crate::page::show::place;

/// Which findings are listed.
#[derive(Clone, Copy)]
pub struct Filter {
    /// Severities that are left out.
    pub hidden: RwSignal<Vec<Severity>>,
    /// Only those of the migration that is looked at?
    pub only_selected: RwSignal<bool>,
    /// Only what this rule finds; empty is all.
    pub rule: RwSignal<String>,
    /// Only what is in this file; empty is all.
    pub file: RwSignal<String>,
    /// How many at most.
    pub limit: RwSignal<usize>,
}

/// How many findings are drawn at a time.
const PORTION: usize = 100;

impl Default for Filter {
    fn default() -> Self {
        Filter {
            hidden: RwSignal::default(),
            only_selected: RwSignal::new(false),
            rule: RwSignal::default(),
            file: RwSignal::default(),
            limit: RwSignal::new(PORTION),
        }
    }
}

impl Filter {
    /// Leaves a severity out, or lists it again.
    pub fn switch(self, severity: Severity) {
        self.hidden.update(|hidden| match hidden.iter().position(|other| *other == severity) {
            Some(place) => drop(hidden.remove(place)),
            None => hidden.push(severity),
        });
    }

    /// The findings that are listed while that migration is looked at.
    pub fn listed(self, document: &Document, migration: usize) -> Vec<(FindingKey, &Finding)> {
        let (hidden, only) = (self.hidden.get(), self.only_selected.get());
        let mut all = place::all(document);
        all.retain(|(key, finding)| {
            let is_it = |wanted: RwSignal<String>, own: &str| {
                wanted.with(|wanted| wanted.is_empty() || wanted == own)
            };
            !hidden.contains(&finding.severity)
                && (!only || key.0 == Some(migration))
                && is_it(self.rule, &finding.rule)
                && is_it(self.file, &finding.path)
        });
        all
    }

    /// Lists some more.
    pub fn more(self) {
        self.limit.update(|limit| *limit += PORTION);
    }

    /// Lists everything, so that no finding is out of reach.
    pub fn lift(self) {
        self.hidden.set(Vec::new());
        self.only_selected.set(false);
        self.rule.set(String::new());
        self.file.set(String::new());
        self.limit.set(usize::MAX);
    }
}
