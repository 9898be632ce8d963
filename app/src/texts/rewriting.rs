//! Safe rewrites.

use super::count;

pub const REWRITE: &str = "Rewrite it safely";
pub const REWRITE_TITLE: &str = "Safe rewrite";
pub const REWRITE_INTRO: &str = "Written with the names and types of this history, and simulated before it is offered: nothing fails, the schema comes out the same but for what is said here, the strongest lock over work is weaker, and the rules find less.";
pub const LOOKING_FOR_REWRITES: &str = "Writing it and simulating the history with it…";
pub const NO_REWRITE: &str =
    "There is none for this statement that passes its proof. What the finding says to do is the way.";
pub const NO_PROVEN_REWRITE: &str = "No rewrite of this statement passes its proof.";
pub const FIXES: &str = "Fixes";
pub const STRONGEST_LOCK: &str = "Strongest lock over work";
pub const NO_LOCK_OVER_WORK: &str = "none";
pub const MEANT_TO_DIFFER: &str = "Meant to differ in the end";
pub const IN_THIS_ORDER: &str = "To be run in this order";
pub const NEW_FILE: &str = "new file";
pub const APPLY: &str = "Apply";
pub const REWRITTEN: &str = "Rewritten:";
pub const UNDO: &str = "Undo";
pub const UNDO_REWRITE: &str = "Undo the last rewrite";

pub fn before_this(first: &str) -> String {
    format!("Before it runs: {first}")
}

/// "1 file changed, 2 files added".
pub fn files_touched(changed: usize, added: usize) -> String {
    let parts = [(changed, "changed"), (added, "added")];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    parts.map(|(number, what)| format!("{} {what}", count(number, "file"))).collect::<Vec<_>>().join(", ")
}
