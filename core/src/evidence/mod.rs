//! Which servers confirm what is said of a statement's locks and work.
//!
//! A [`claim`] is what is said, without names: the form of the statement, the lock modes, the kinds of work. The oracle
//! plays its cases on servers, and writes down for each claim on which versions every statement that makes it took just
//! these locks and did just this work: `confirmed.txt`, a line each, in order:
//!
//! ```text
//! ALTER TABLE … SET NOT NULL: ACCESS EXCLUSIVE; scan|14 15 16 17 18|7
//! ```
//!
//! The last number counts the statements.

mod form;

use std::sync::OnceLock;

use crate::simulate::Step;
use crate::sorted::sort_by;
use crate::sql::Statement;

/// The file, which the page loads beside its module.
const EMBEDDED: &str = if cfg!(target_arch = "wasm32") { "" } else { include_str!("confirmed.txt") };

static TAKEN: OnceLock<String> = OnceLock::new();

/// Takes the text of `confirmed.txt`, which is not part of a WebAssembly module, before anything else is asked of this crate.
pub fn take_confirmed(text: String) {
    let _ = TAKEN.set(text);
}

/// Servers that confirm a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Their major versions, oldest first.
    pub versions: Vec<u32>,
    /// How many statements of the oracle's cases make this claim.
    pub statements: u32,
}

/// What is said of the statement's locks and work, without names: `ALTER TABLE … ADD COLUMN: ACCESS EXCLUSIVE; rewrite`.
/// None where nothing is said, or where the statement is made up of others, as DO is.
pub fn claim(statement: &Statement, step: &Step) -> Option<String> {
    if !step.modelled || step.error.is_some() || (step.locks.is_empty() && step.work.is_empty()) {
        return None;
    }
    let mut text = form::of(statement)?;
    let mut modes: Vec<_> = step.locks.iter().map(|lock| lock.mode).collect();
    sort_by(&mut modes, |a, b| b.cmp(a));
    modes.dedup();
    let mut kinds: Vec<_> = step.work.iter().map(|work| work.kind.name()).collect();
    sort_by(&mut kinds, |a, b| a.cmp(b));
    kinds.dedup();
    for (index, mode) in modes.iter().enumerate() {
        text += if index == 0 { ": " } else { ", " };
        text += mode.name();
    }
    for (index, kind) in kinds.iter().enumerate() {
        text += if index == 0 { "; " } else { ", " };
        text += kind;
    }
    Some(text)
}

/// Which servers confirm it; none where none was asked, or where one does something else.
pub fn confirmed(claim: &str) -> Option<Confirmed> {
    static LINES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let text = || TAKEN.get().map_or(EMBEDDED, String::as_str);
    let lines = LINES.get_or_init(|| text().lines().filter_map(|line| line.split_once('|')).collect());
    let found = lines.binary_search_by(|(own, _)| (*own).cmp(claim)).ok()?;
    let (versions, statements) = lines[found].1.split_once('|')?;
    Some(Confirmed {
        versions: versions.split(' ').filter_map(|version| version.parse().ok()).collect(),
        statements: statements.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, Workspace, review};

    /// The claims of a migration's statements.
    fn claims(sql: &str) -> Vec<Option<String>> {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", sql);
        let review = review(&workspace, &Settings::default());
        let up = &review.timeline.ups[0];
        up.statements
            .iter()
            .zip(&up.moments)
            .map(|(statement, moment)| claim(statement, &moment.step))
            .collect()
    }

    #[test]
    fn a_claim_names_forms_modes_and_work_but_no_table() {
        let sql = "ALTER TABLE a ALTER COLUMN b SET NOT NULL, ADD COLUMN c text;
            CREATE UNIQUE INDEX CONCURRENTLY i ON a (b);
            ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES d (e) NOT VALID;
            SELECT 1;
            DO $$ BEGIN ALTER TABLE a DROP COLUMN b; END $$;";
        assert_eq!(
            claims(sql),
            [
                Some("ALTER TABLE … ADD COLUMN, SET NOT NULL: ACCESS EXCLUSIVE; scan".to_owned()),
                Some("CREATE INDEX CONCURRENTLY: SHARE UPDATE EXCLUSIVE; build-index".to_owned()),
                Some("ALTER TABLE … ADD FOREIGN KEY NOT VALID: SHARE ROW EXCLUSIVE".to_owned()),
                None,
                None,
            ]
        );
    }

    #[test]
    fn what_servers_confirm_is_found() {
        let claim = claims("ALTER TABLE a DROP COLUMN b;").remove(0).unwrap();
        let confirmed = confirmed(&claim).unwrap();
        assert_eq!(confirmed.versions, [14, 15, 16, 17, 18]);
        assert!(confirmed.statements > 1, "{confirmed:?}");
        assert_eq!(super::confirmed("ALTER TABLE … DROP"), None);
    }

    #[test]
    fn the_lines_are_in_order_and_whole() {
        let claims = || EMBEDDED.lines().filter_map(|line| line.split_once('|'));
        assert_eq!(claims().count(), EMBEDDED.lines().count());
        assert!(claims().is_sorted_by_key(|(claim, _)| claim));
        for (line, _) in claims() {
            let found = confirmed(line).unwrap();
            assert!(!found.versions.is_empty() && found.statements > 0, "{line}");
        }
    }
}
