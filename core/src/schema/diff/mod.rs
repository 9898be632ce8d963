//! What is different between two schemas, object by object.
//!
//! Objects are matched by name, because a script that drops a table and makes it again gives it another identity.
//! Where an identity is in both under different names, that is one difference, a rename, and everything else is
//! compared as if the rename had been in both.

mod column;
mod naming;
mod object;
mod outline;
mod part;
mod relation;
mod rename;
mod wording;

pub use outline::{Change, Object, OutlineColumn, OutlinePart, outline};

use super::Schema;
use crate::sorted::Set;
use wording::{is_short, was_is, without_the_implied};

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How it differs.
    pub kind: DifferenceKind,
    /// What kind of thing it is.
    pub subject: Subject,
    /// Its kind and name: `column public.orders.total`.
    pub object: String,
    /// The property that differs (`owner`, `row level security`), where it is not the definition as a whole.
    pub property: Option<&'static str>,
    /// Its definition before, or the property's value; for a rename the name. None when it was added.
    pub before: Option<String>,
    /// Its definition after. None when it was removed.
    pub after: Option<String>,
    /// One line that says it.
    pub text: String,
    /// One of the sides is only assumed, so whether there is a difference cannot be told.
    pub uncertain: bool,
}

/// The ways to differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// Only after.
    Added,
    /// Only before.
    Removed,
    /// In both, but not the same.
    Changed,
    /// The same under another name.
    Renamed,
    /// A column at another position in its table. No statement can move one.
    Moved,
}

/// The kinds of thing that can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Subject {
    Role,
    Namespace,
    Extension,
    Type,
    Sequence,
    Table,
    Column,
    Constraint,
    Index,
    View,
    Function,
    Trigger,
    Rule,
    Policy,
    Statistics,
    Publication,
    Other,
    Comment,
    Grant,
}

impl Difference {
    /// Can nobody feel it? Where a column stands in its table, which no statement can change; an extension that stays;
    /// white space, casts that PostgreSQL adds by itself, the name of a NOT NULL.
    pub fn is_cosmetic(&self) -> bool {
        match (&self.kind, &self.before, &self.after) {
            (DifferenceKind::Moved, ..) => true,
            (DifferenceKind::Added, ..) => self.subject == Subject::Extension,
            (DifferenceKind::Changed, Some(before), Some(after)) => wording::read_alike(before, after),
            _ => false,
        }
    }

    fn added(subject: Subject, object: String, definition: String) -> Self {
        let text = format!("{object} is new");
        Difference {
            after: Some(definition),
            ..Difference::new(DifferenceKind::Added, subject, object, text)
        }
    }

    fn removed(subject: Subject, object: String, definition: String) -> Self {
        let text = format!("{object} is missing");
        Difference {
            before: Some(definition),
            ..Difference::new(DifferenceKind::Removed, subject, object, text)
        }
    }

    /// None when both are the same.
    fn changed(subject: Subject, object: String, before: String, after: String) -> Option<Self> {
        if before == after || without_the_implied(&before) == without_the_implied(&after) {
            return None;
        }
        let text = format!("{object}: {}", was_is(&before, &after));
        let new = Difference::new(DifferenceKind::Changed, subject, object, text);
        Some(Difference { before: Some(before), after: Some(after), ..new })
    }

    /// None when both are the same.
    fn property(
        subject: Subject,
        object: &str,
        property: &'static str,
        before: String,
        after: String,
    ) -> Option<Self> {
        if before == after {
            return None;
        }
        let text = format!("{object}: {property} {}", was_is(&before, &after));
        let new = Difference::new(DifferenceKind::Changed, subject, object.to_owned(), text);
        Some(Difference { property: Some(property), before: Some(before), after: Some(after), ..new })
    }

    fn renamed(subject: Subject, object: String, before: String, after: String) -> Self {
        let text = format!("{object} is now called {after}");
        let new = Difference::new(DifferenceKind::Renamed, subject, object, text);
        Difference { before: Some(before), after: Some(after), ..new }
    }

    fn new(kind: DifferenceKind, subject: Subject, object: String, text: String) -> Self {
        Difference {
            kind,
            subject,
            object,
            property: None,
            before: None,
            after: None,
            text,
            uncertain: false,
        }
    }

    /// For the changes that a migration makes: `+ column public.orders.total numeric(10,2)`.
    pub fn change_line(&self) -> String {
        let with_definition = |sign: &str, definition: &Option<String>| match definition.as_deref() {
            Some(definition) if !definition.is_empty() && is_short(definition) => {
                let separator =
                    if matches!(self.subject, Subject::Column | Subject::Table) { "" } else { ":" };
                format!("{sign} {}{separator} {definition}", self.object)
            }
            _ => format!("{sign} {}", self.object),
        };
        match self.kind {
            DifferenceKind::Added => with_definition("+", &self.after),
            DifferenceKind::Removed => format!("- {}", self.object),
            DifferenceKind::Changed | DifferenceKind::Renamed | DifferenceKind::Moved => {
                format!("~ {}", self.text)
            }
        }
    }

    /// For a way back that does not lead back: `column public.orders.total is missing`.
    pub fn leftover_line(&self) -> String {
        let object = &self.object;
        let line = match (self.kind, self.property, &self.before, &self.after) {
            (DifferenceKind::Added, ..) => format!("{object} is left over"),
            (DifferenceKind::Removed, ..) => format!("{object} is missing"),
            (DifferenceKind::Renamed, _, _, Some(after)) => format!("{object} is still called {after}"),
            (DifferenceKind::Changed, property, Some(before), Some(after)) => {
                let property = property.map_or_else(String::new, |property| format!("{property} "));
                format!("{object} differs: {property}{}", was_is(before, after))
            }
            _ => self.text.clone(),
        };
        if self.uncertain { line + " (what was there before is only assumed)" } else { line }
    }
}

/// What is different, in a fixed order. Costs what differs, not what there is, when `after` came from `before`.
///
/// Not differences: what a table's rows are known to be, the numbers of columns, and whatever is only assumed
/// in `after`: it was there before as well.
pub fn diff(before: &Schema, after: &Schema) -> Vec<Difference> {
    let (before, mut found) = rename::follow(before, after);
    object::compare_namespaces(&before, after, &mut found);
    object::compare_types(&before, after, &mut found);
    relation::compare(&before, after, &mut found);
    object::compare_functions(&before, after, &mut found);
    object::compare_others(&before, after, &mut found);
    // What belongs to an object that came or went did so with it.
    let whole: Set<&str> = found
        .iter()
        .filter(|difference| matches!(difference.kind, DifferenceKind::Added | DifferenceKind::Removed))
        .map(|difference| difference.object.as_str())
        .collect();
    let mut attached = Vec::new();
    object::compare_attached(&before, after, &whole, &mut attached);
    found.extend(attached);
    found
}

#[cfg(test)]
mod tests;
