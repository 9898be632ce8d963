//! What the cases confirm: `core/src/evidence/confirmed.txt`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::cases::Result;
use crate::Outcome;

/// What was seen of one claim on one version.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    statements: u32,
    differing: u32,
}

/// What servers of these versions say of every claim.
pub struct Evidence(BTreeMap<String, BTreeMap<u32, Seen>>);

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../core/src/evidence/confirmed.txt")
}

impl Evidence {
    /// Gathers it from all results.
    pub fn of(results: &[Result]) -> Self {
        let mut claims: BTreeMap<String, BTreeMap<u32, Seen>> = BTreeMap::new();
        for result in results {
            for compared in &result.compared {
                let Some(claim) = &compared.claim else { continue };
                let seen = claims.entry(claim.clone()).or_default().entry(result.major).or_default();
                seen.statements += 1;
                seen.differing += u32::from(!compared.differences().is_empty());
            }
        }
        Evidence(claims)
    }

    /// The versions that confirm each claim, as far as there are any, and of how many statements.
    fn confirmed(&self) -> impl Iterator<Item = (&str, Vec<u32>, u32)> {
        self.0.iter().filter_map(|(claim, versions)| {
            let agreeing = versions.iter().filter(|(_, seen)| seen.differing == 0);
            let majors: Vec<u32> = agreeing.clone().map(|(major, _)| *major).collect();
            Some((claim.as_str(), majors, agreeing.map(|(_, seen)| seen.statements).max()?))
        })
    }

    /// Writes the file.
    pub fn write(&self) -> Outcome {
        let mut text = String::new();
        for (claim, majors, statements) in self.confirmed() {
            let majors: Vec<String> = majors.iter().map(u32::to_string).collect();
            let _ = writeln!(text, "{claim}|{}|{statements}", majors.join(" "));
        }
        let path = path();
        std::fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
    }

    /// The claims of which the file says something else about one of these versions.
    pub fn outdated(&self, majors: &[u32]) -> Vec<String> {
        let of_these = |versions: &[u32]| -> Vec<u32> {
            versions.iter().copied().filter(|version| majors.contains(version)).collect()
        };
        let seen = self.confirmed().filter_map(|(claim, versions, _)| {
            let written =
                lockstep_core::evidence::confirmed(claim).map_or(Vec::new(), |known| known.versions);
            (of_these(&written) != of_these(&versions)).then(|| claim.to_owned())
        });
        seen.collect()
    }
}
