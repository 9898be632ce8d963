//! What every statement locks, for how long, and who waits.

mod deployment;
pub mod explorer;
mod parts;
mod table;
mod timeline;

pub use parts::{Claim, Mode, Working, who_waits};

pub use table::row_id;

use lockstep_core::report::json::Statement;

use super::live::Live;
use super::sections;
use crate::page::session::{Session, Shown, Tab};
use crate::page::show::html::{Html, html};
use crate::texts;

/// Keeps the locks of all migrations under review.
pub fn keep(live: &Live, session: Session) {
    live.drawn("deployment", move |out| {
        session.with_shown(Tab::Locks, |shown| deployment::write(&shown.document, out));
    });
    explorer::keep(live, session);
    sections::drawn(live, session, "locks", Tab::Locks, write);
}

/// Does it lock something, or work on data?
fn does_something(statement: &&Statement) -> bool {
    !statement.locks.is_empty() || !statement.work.is_empty()
}

fn write(shown: &Shown, migration: usize, out: &mut Html) {
    let up = &shown.document.migrations[migration].up;
    if !up.statements.iter().any(|statement| does_something(&statement)) {
        html!(out, "<p class=\"quiet-text\">" {texts::NO_LOCKS} "</p>");
        return;
    }
    timeline::write(up, migration, out);
    table::write(up, migration, shown.document.postgres, out);
}
