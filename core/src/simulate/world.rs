//! What may be assumed of a name that is not known: a review often sees one migration and not the history.

use crate::schema::{FullName, RelationKind, Schema};
use crate::settings::Unknown;
use crate::sorted::Set;
use crate::sql::Name;

/// Why something of which little is known is not there.
pub(super) const GONE: &str = "an earlier statement dropped or renamed it";

/// The policy for names that nothing read so far has created.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Assume, refuse, or decide by what the files say.
    pub unknown: Unknown,
    /// Relations that the files create later, without IF NOT EXISTS: they can't be there already.
    pub created_later: Set<FullName>,
    /// The server's TimeZone, where the reader said it; else it is taken for one that is not UTC.
    pub timezone: Option<String>,
    /// The roles that are not created here are not there: roles are the whole server's, which files seldom tell of.
    pub roles_known: bool,
}

/// The answer for one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Presumption {
    /// Assume that it exists.
    Exists,
    /// It does not, and this is why as a hint for the reader.
    Missing(Option<String>),
}

impl World {
    /// Refuses whatever the files do not create.
    pub fn closed() -> World {
        World { unknown: Unknown::Refuse, roles_known: true, ..World::default() }
    }

    /// May an unknown relation of this name be assumed?
    pub(super) fn presume(&self, schema: &Schema, namespace: &Name, relation: &Name) -> Presumption {
        let key = (namespace.clone(), relation.clone());
        if schema.is_gone(namespace, relation) {
            return Presumption::Missing(Some(GONE.to_owned()));
        }
        if self.created_later.contains(&key) {
            return Presumption::Missing(Some("a later statement creates it".to_owned()));
        }
        match self.unknown {
            Unknown::Refuse if !schema.has_unread => Presumption::Missing(None),
            Unknown::Assume => Presumption::Exists,
            Unknown::Auto | Unknown::Refuse => match near_miss(schema, namespace, relation) {
                Some(known) => Presumption::Missing(Some(format!("did you mean \"{known}\"?"))),
                None => Presumption::Exists,
            },
        }
    }

    /// May an unknown object of another kind be assumed?
    pub(super) fn presumes_objects(&self) -> bool {
        self.unknown != Unknown::Refuse
    }
}

/// A table or view of that schema whose name differs only in letter case or by one slip of the keyboard.
fn near_miss(schema: &Schema, namespace: &Name, relation: &Name) -> Option<Name> {
    schema
        .relations()
        .filter(|known| known.schema == *namespace)
        .filter(|known| matches!(known.kind, RelationKind::Table(_) | RelationKind::View(_)))
        .map(|known| known.name.clone())
        .find(|known| is_near_miss(known, relation))
}

/// Do the names differ only in letter case, or by one letter, where one letter is unlikely to make another word?
pub(super) fn is_near_miss(known: &str, written: &str) -> bool {
    if known == written {
        return false;
    }
    if known.eq_ignore_ascii_case(written) {
        return true;
    }
    let plural = |longer: &str, shorter: &str| longer.strip_suffix('s') == Some(shorter);
    let counted = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    known.chars().count() >= 5
        && !plural(known, written)
        && !plural(written, known)
        && !counted(known)
        && !counted(written)
        && within_one_edit(known, written)
}

/// Can one insertion, deletion, replacement or swap of neighbours turn one into the other?
fn within_one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = |chars: &[char], skip: usize| chars.get(same_start + skip..).map(<[char]>::to_vec);
    let swapped = || {
        a.len() == b.len()
            && a.get(same_start) == b.get(same_start + 1)
            && a.get(same_start + 1) == b.get(same_start)
            && rest(&a, 2) == rest(&b, 2)
    };
    match a.len().abs_diff(b.len()) {
        0 => rest(&a, 1) == rest(&b, 1) || swapped(),
        1 if a.len() > b.len() => rest(&a, 1) == rest(&b, 0),
        1 => rest(&a, 0) == rest(&b, 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_slips_not_other_words() {
        for (known, written, near) in [
            ("Users", "users", true),
            ("customers", "custmers", true),
            ("customers", "cusotmers", true),
            ("orders", "order", false),
            ("events_2024", "events_2025", false),
            ("jobs", "jots", false),
            ("orders", "orders", false),
            ("orders", "invoices", false),
        ] {
            assert_eq!(is_near_miss(known, written), near, "{known} / {written}");
        }
    }

    #[test]
    fn what_is_dropped_once_is_not_assumed_again() {
        use crate::simulate::{Server, State, step};
        for (sql, expected) in [
            ("ALTER TABLE t DROP COLUMN a; ALTER TABLE t DROP COLUMN a;", Some("42703")),
            ("ALTER TABLE t DROP COLUMN a; ALTER TABLE t DROP COLUMN b;", None),
            (
                "ALTER TABLE t DROP COLUMN a; ALTER TABLE t ADD COLUMN a int; ALTER TABLE t DROP COLUMN a;",
                None,
            ),
            ("ALTER TABLE t DROP COLUMN a; CREATE INDEX ON t (a);", Some("42703")),
            ("ALTER TABLE t RENAME COLUMN a TO b; CREATE INDEX ON t (a);", Some("42703")),
            ("ALTER TABLE t DROP COLUMN IF EXISTS a; ALTER TABLE t DROP COLUMN IF EXISTS a;", None),
            ("ALTER TABLE t DROP CONSTRAINT c; ALTER TABLE t DROP CONSTRAINT c;", Some("42704")),
            ("ALTER TABLE t DROP CONSTRAINT c; ALTER TABLE t DROP CONSTRAINT IF EXISTS c;", None),
            ("DROP INDEX i; DROP INDEX i;", Some("42704")),
            ("DROP INDEX IF EXISTS i; DROP INDEX i;", Some("42704")),
            ("DROP VIEW v; SELECT * FROM v;", Some("42P01")),
            ("DROP TABLE IF EXISTS t; ALTER TABLE t ADD COLUMN a int;", Some("42P01")),
            ("DROP TABLE IF EXISTS t; CREATE TABLE t (); ALTER TABLE t ADD COLUMN a int;", None),
        ] {
            let server = Server { version: 18, world: World::default() };
            let (mut state, mut last) = (State::default(), None);
            for statement in crate::sql::parse(sql, 0) {
                let done = step(&state, &statement, &server);
                last = done.error.map(|error| error.sqlstate);
                state = done.after;
            }
            assert_eq!(last, expected, "{sql}");
        }
    }
}
