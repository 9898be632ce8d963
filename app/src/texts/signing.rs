//! Signing a review off.

use super::count;

pub const SIGN_OFF: &str = "Sign-off";
pub const SIGN_OFF_INTRO: &str = "Say which migrations you have looked at, and for which dangers you answer. It becomes a file, SIGNOFF.md, that holds the SHA-256 of every file: lay it beside the migrations, and “lockstep verify” fails the build once they are no longer what was signed. Drop it here with the files to see what changed.";
pub const SIGNER: &str = "Your name";
pub const SIGNER_ASKED: &str = "Whose name stands for it? Say yours first.";
pub const SIGN_MIGRATIONS: &str = "Migrations";
pub const SIGN_DANGERS: &str = "Dangers";
pub const NO_DANGERS: &str = "There is none to accept.";
pub const NOTHING_TO_SIGN: &str = "No migration is under review.";
pub const MARK_REVIEWED: &str = "Mark reviewed";
pub const MARK_ALL_REVIEWED: &str = "Mark all reviewed";
pub const TAKE_BACK: &str = "Take back";
pub const ACCEPT: &str = "Accept";
pub const REASON_HINT: &str = "Why this is all right here";
pub const REASON_ASKED: &str = "Say why first.";
pub const SIGN_OFF_HOLDS: &str =
    "It holds: every migration is reviewed, every danger accepted, every file as it was signed.";
pub const SIGN_OFF_FAILS: &str = "It no longer holds. What changed since it was signed:";
pub const SIGN_OFF_UNREADABLE: &str = "This sign-off cannot be read:";
pub const SIGN_AGAIN: &str = "Keep what still holds";
pub const SIGN_AGAIN_INTRO: &str = "What was decided about files that changed is open again below. To keep the rest, and to sign the files as they are now, go on from what still holds.";
pub const SIGN_OFF_TAKEN: &str = "The sign-off was read; the part “Sign-off” says whether it holds.";
pub const COPY_SIGN_OFF: &str = "Copy SIGNOFF.md";
pub const DOWNLOAD_SIGN_OFF: &str = "Download SIGNOFF.md";
pub const SIGN_OFF_FILE: &str = "SIGNOFF.md";

/// "Not signed yet: 3 migrations to look at, 1 danger to accept or to mend."
pub fn open_decisions(begun: bool, migrations: usize, dangers: usize) -> String {
    let parts: Vec<String> =
        [(migrations, "migration", "to look at"), (dangers, "danger", "to accept or to mend")]
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, thing, what)| format!("{} {what}", count(number, thing)))
            .collect();
    format!("{}: {}.", if begun { "Still open" } else { "Not signed yet" }, parts.join(", "))
}

pub fn signed_by(by: &str, on: &str) -> String {
    format!("{by}, {on}")
}

pub fn reason_for(rule: &str, place: &str) -> String {
    format!("Reason to accept {rule}, {place}")
}
