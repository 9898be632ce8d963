//! The review itself: verdict, findings, and the code they are about.

mod code;
mod findings;
pub mod notes;
pub mod verdict;

pub use findings::place_words;

use super::live::Live;
use crate::page::session::Session;

/// Keeps verdict, findings and code.
pub fn keep(live: &Live, session: Session) {
    live.drawn("verdict", move |out| {
        session.with_review(|shown| verdict::write(&shown.document, out));
    });
    findings::keep(live, session);
    code::keep(live, session);
}
