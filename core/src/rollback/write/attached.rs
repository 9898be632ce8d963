//! Comments and grants, on what was kept and on what was made anew.

use super::draft::{Draft, Piece};
use crate::schema::{CommentTarget, Privileges, grant_statement, target_sql};
use crate::sorted::{Map, Set};
use crate::sql::{Name, quote_literal};

/// Says again what was said, and takes back what the migration said.
pub(super) fn settle(draft: &mut Draft) {
    let mut pieces = comments(draft);
    let wanted = draft.goal.grants.clone();
    pieces.extend(privileges(draft, &wanted, &draft.now().grants, "GRANT", "REVOKE"));
    let wanted = draft.goal.revoked.clone();
    pieces.extend(privileges(draft, &wanted, &draft.now().revoked, "REVOKE", "GRANT"));
    draft.take_all(pieces);
}

fn comments(draft: &Draft) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut wanted: Set<CommentTarget> = Set::default();
    for (target, text) in draft.goal.comments.iter() {
        let Some(now) = draft.target_now(target) else { continue };
        if draft.now().comments.get(&now) != Some(text)
            && let Some(on) = target_sql(draft.now(), &now)
        {
            pieces.push(format!("COMMENT ON {on} IS {};", quote_literal(text)).into());
        }
        wanted.insert(now);
    }
    for target in draft.now().comments.keys().filter(|target| !wanted.contains(*target)) {
        if let Some(on) = target_sql(draft.now(), target) {
            pieces.push(format!("COMMENT ON {on} IS NULL;").into());
        }
    }
    pieces
}

type Kept = Map<(CommentTarget, Name), Privileges>;

/// What `more` gives and `less` takes away.
fn privileges(draft: &Draft, goal: &Kept, now: &Kept, more: &str, less: &str) -> Vec<Piece> {
    let mut wanted: Kept = Map::default();
    for ((target, role), words) in goal.iter() {
        if let Some(target) = draft.target_now(target) {
            wanted.insert((target, role.clone()), words.clone());
        }
    }
    let keys: Set<&(CommentTarget, Name)> = wanted.keys().chain(now.keys()).collect();
    let none = Privileges::default();
    let mut pieces = Vec::new();
    for key in keys {
        let (wanted, is) = (wanted.get(key).unwrap_or(&none), now.get(key).unwrap_or(&none));
        for (verb, words, others) in [(more, wanted, is), (less, is, wanted)] {
            for option in [false, true] {
                let bare = |word: &Name| word.trim_end_matches('*').to_owned();
                let has = |words: &Privileges, word: &Name| match verb == less {
                    // What is taken away is taken with its option.
                    true => words.iter().any(|own| bare(own) == bare(word)),
                    false => words.contains(word),
                };
                let words: Vec<String> = words
                    .iter()
                    .filter(|word| word.ends_with('*') == option && !has(others, word))
                    .map(bare)
                    .collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                if !words.is_empty() {
                    let with_option = option && verb == "GRANT";
                    let statement = grant_statement(draft.now(), verb, &key.0, &key.1, &words, with_option);
                    pieces.extend(statement.map(Piece::from));
                }
            }
        }
    }
    pieces
}
