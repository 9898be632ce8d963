//! The differences that are known, each below its reason: `known-differences.md`.
//!
//! Below a heading, which is the reason, stand items: `` - `what` `where` `versions` ``. What is `verdict`, a kind of
//! object and a fact (`view column.type`), `locks` or `work`; where is a case's title, or the area or file it begins with, and may be left
//! out, as may the versions.

use std::cell::Cell;

use crate::Outcome;
use crate::case::Versions;

/// One known difference.
#[derive(Debug)]
pub struct Known {
    what: String,
    place: String,
    versions: Versions,
    reason: String,
    line: usize,
    /// How often it was met.
    met: Cell<usize>,
}

/// All of them.
#[derive(Debug)]
pub struct KnownDifferences(Vec<Known>);

impl Known {
    /// Is that case, or its file or area, the place?
    fn is_at(&self, title: &str) -> bool {
        title == self.place || !self.place.contains(": ") && title.starts_with(&self.place)
    }
}

impl KnownDifferences {
    /// Reads the file's text.
    pub fn parse(text: &str) -> Outcome<KnownDifferences> {
        let mut known = Vec::new();
        let mut reason = String::new();
        for (index, line) in text.lines().enumerate() {
            if let Some(heading) = line.strip_prefix("## ") {
                reason = heading.to_owned();
            }
            let Some(item) = line.strip_prefix("- `") else { continue };
            let parts: Vec<&str> = item.split('`').step_by(2).collect();
            let (what, place, versions) = match parts.as_slice() {
                [what] => (*what, "", Versions::ALL),
                [what, second, ..] => {
                    match (Versions::parse(second), parts.get(2).and_then(|v| Versions::parse(v))) {
                        (Some(versions), _) => (*what, "", versions),
                        (None, versions) => (*what, *second, versions.unwrap_or(Versions::ALL)),
                    }
                }
                [] => continue,
            };
            if reason.is_empty() {
                return Err(format!("line {} of the known differences has no reason above it", index + 1));
            }
            known.push(Known {
                what: what.to_owned(),
                place: place.to_owned(),
                versions,
                reason: reason.clone(),
                line: index + 1,
                met: Cell::new(0),
            });
        }
        Ok(KnownDifferences(known))
    }

    /// The reason, where this difference is known.
    pub fn reason(&self, what: &str, title: &str, major: u32) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|known| known.what == what && known.is_at(title) && known.versions.contains(major))?;
        found.met.set(found.met.get() + 1);
        Some(&found.reason)
    }

    /// Those that were not met though their versions were run: they differ no longer. `running`: of the items about
    /// locks and work, else of the others; nothing can be said of what was not compared.
    pub fn stale(&self, majors: &[u32], running: bool) -> Vec<String> {
        let was_run = |known: &&Known| majors.iter().any(|major| known.versions.contains(*major));
        self.0
            .iter()
            .filter(|known| matches!(known.what.as_str(), "locks" | "work") == running)
            .filter(|known| known.met.get() == 0)
            .filter(was_run)
            .map(|known| format!("line {}: {} {} ({})", known.line, known.what, known.place, known.reason))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_below_their_reason() {
        let known = KnownDifferences::parse(
            "# Known\n\n## Not carried\n\nWhy.\n\n- `view column.type`\n- `verdict` `a/b: c` `15..16`\n- `x.y` `18`\n",
        )
        .unwrap();
        assert_eq!(known.reason("view column.type", "any", 14), Some("Not carried"));
        assert_eq!(known.reason("verdict", "a/b: c", 15), Some("Not carried"));
        assert_eq!(known.reason("verdict", "a/b: c d", 15), None);
        assert_eq!(known.reason("verdict", "a/b: c", 17), None);
        assert_eq!(known.reason("verdict", "a/b: x", 15), None);
        assert_eq!(known.stale(&[18], false).len(), 1);
        assert!(known.stale(&[18], true).is_empty());
        assert!(KnownDifferences::parse("- `x`\n").is_err());
    }
}
