//! What of the review is looked at, and what leads there.

use leptos::prelude::*;
use lockstep_core::schema::Change;

use super::{FindingKey, LineOfScript, Session, Tab, finding_id, line_id};
use crate::page::browser::focus::lead_to;
use crate::page::show::{moment, place};
use crate::protocol::Moment;

impl Session {
    /// Looks at a finding, and leads to its place in the code.
    pub fn look_at(self, key: FindingKey) {
        let place = self.shown.with_untracked(|shown| {
            let document = &shown.as_ref()?.document;
            let all = place::all(document);
            let (_, finding) = all.into_iter().find(|(other, _)| *other == key)?;
            place::place(document, key, finding)
        });
        self.finding.set(Some(key));
        match (place, key.0) {
            (Some(place), _) => self.go_to(place),
            (None, Some(migration)) => self.choose(migration),
            (None, None) => {}
        }
        self.find_rewrites_soon(key);
    }

    /// Looks at a migration, and puts its file into the textbox.
    pub fn choose(self, migration: usize) {
        self.migration.set(migration);
        let path = self.shown.with_untracked(|shown| {
            Some(shown.as_ref()?.document.migrations.get(migration)?.up.path.clone())
        });
        let file = self
            .input
            .with_untracked(|input| input.files().iter().position(|file| Some(&file.path) == path.as_ref()));
        if let Some(file) = file {
            self.open_file.set(file);
        }
    }

    /// Puts a migration and those after it under review. Those before it are applied.
    pub fn review_from(self, migration: usize) {
        let since = self.shown.with_untracked(|shown| {
            let before = migration.checked_sub(1)?;
            Some(shown.as_ref()?.document.migrations.get(before)?.version.clone())
        });
        self.settings.update(|settings| settings.since = since);
    }

    /// Leads to a line of a script in the code.
    pub fn go_to(self, place: LineOfScript) {
        self.tab.set(Tab::Review);
        self.choose(place.migration);
        self.line.set(Some(place));
        lead_to(line_id(place.direction, place.line));
    }

    /// Looks at the finding after the one that is looked at, among those that are listed, or at the one before. The
    /// focus goes to it in the list, from where the Enter key leads into the code.
    pub fn step_finding(self, forward: bool) {
        let key = self.shown.with_untracked(|shown| {
            let listed = self.filter.listed(&shown.as_ref()?.document, self.migration.get_untracked());
            let at = self.finding.get_untracked();
            let at = listed.iter().position(|(key, _)| Some(*key) == at);
            let next = match at {
                None => 0,
                Some(at) if forward => (at + 1).min(listed.len().checked_sub(1)?),
                Some(at) => at.saturating_sub(1),
            };
            listed.get(next).map(|(key, _)| *key)
        });
        let Some(key) = key else { return };
        self.tab.set(Tab::Review);
        if let Some(migration) = key.0
            && !self.filter.only_selected.get_untracked()
        {
            self.choose(migration);
        }
        self.go_back_to(key);
        self.find_rewrites_soon(key);
    }

    /// Leads from the code to a finding in the list.
    pub fn go_back_to(self, key: FindingKey) {
        if document().get_element_by_id(&finding_id(key)).is_none() {
            self.filter.lift();
        }
        self.finding.set(Some(key));
        lead_to(finding_id(key));
    }

    /// The moment whose schema is looked at.
    pub fn moment(self) -> Moment {
        let migration = self.migration.get();
        let mut moment = Moment { migration, statements: None };
        self.with_document(|document| {
            moment = self.schema.moment(migration, moment::statements(document, migration));
        });
        moment
    }

    /// Looks at the schema of a moment.
    pub fn go_to_moment(self, moment: Moment) {
        if moment.migration != self.migration.get_untracked() {
            self.choose(moment.migration);
        }
        self.schema.go_to(moment);
    }

    /// The DDL of [`Session::schema`].
    pub fn ddl(self) -> String {
        let shown = self.schema.shown.read_untracked();
        let lines = shown.iter().flat_map(|shown| &shown.lines).filter(|line| line.change != Change::Removed);
        lines.flat_map(|line| [&*line.text, "\n"]).collect()
    }
}
