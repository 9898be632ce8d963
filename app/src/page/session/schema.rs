//! What is looked at in the schema.

use std::sync::Arc;

use leptos::prelude::*;
use lockstep_core::schema::Object;

use crate::page::show::view::View;
use crate::protocol::{Against, Moment, SchemaShown};

/// How many objects are listed at a time.
const PORTION: usize = 60;

/// What is looked at in the schema.
#[derive(Clone, Copy)]
pub struct SchemaLook {
    /// The schema, once the reviewer has made it.
    pub shown: RwSignal<Option<Arc<SchemaShown>>>,
    /// A moment within a migration. It is left when another migration is looked at.
    within: RwSignal<Option<Moment>>,
    /// What the schema is compared with.
    pub against: RwSignal<Against>,
    /// Only objects with this in their name, or in that of a part.
    pub query: RwSignal<String>,
    /// Only objects that differ?
    pub only_changed: RwSignal<bool>,
    /// Objects that are folded where they would be open, or the other way round.
    pub folded: RwSignal<Vec<u32>>,
    /// How many objects are listed at most.
    pub limit: RwSignal<usize>,
    /// Is the diagram of the whole schema?
    pub whole: RwSignal<bool>,
    /// How large the diagram is.
    pub size: RwSignal<(i32, i32)>,
    /// The part of it that is seen; none is all of it.
    pub view: RwSignal<Option<View>>,
    /// How many of the tables that are searched for have been led to.
    pub found: RwSignal<usize>,
    /// Does the DDL tell what changed?
    pub marks_changes: RwSignal<bool>,
}

impl Default for SchemaLook {
    fn default() -> Self {
        SchemaLook {
            shown: RwSignal::new(None),
            within: RwSignal::new(None),
            against: RwSignal::default(),
            query: RwSignal::default(),
            only_changed: RwSignal::new(true),
            folded: RwSignal::default(),
            limit: RwSignal::new(PORTION),
            whole: RwSignal::new(false),
            size: RwSignal::default(),
            view: RwSignal::new(None),
            found: RwSignal::default(),
            marks_changes: RwSignal::new(true),
        }
    }
}

impl SchemaLook {
    /// The moment, in the migration that is looked at, which has so many statements.
    pub fn moment(self, migration: usize, statements: usize) -> Moment {
        let within = self.within.get().filter(|within| within.migration == migration);
        let run = within.and_then(|within| within.statements).filter(|run| *run < statements);
        Moment { migration, statements: run }
    }

    /// Looks at that moment, in the migration that is looked at from now on.
    pub fn go_to(self, moment: Moment) {
        self.within.set(Some(moment));
    }

    /// Folds an object, or opens it.
    pub fn fold(self, object: u32) {
        self.folded.update(|folded| match folded.iter().position(|other| *other == object) {
            Some(place) => drop(folded.swap_remove(place)),
            None => folded.push(object),
        });
    }

    /// Lists some more objects.
    pub fn more(self) {
        self.limit.update(|limit| *limit += PORTION);
    }

    /// The objects that are listed: those that are asked for.
    pub fn listed(self, shown: &SchemaShown) -> Vec<&Object> {
        let query = self.query.read();
        crate::page::show::objects::listed(&shown.objects, &query, self.only_changed.get())
    }
}
