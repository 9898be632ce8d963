//! The lock explorer: do two statements conflict, and who waits?

use leptos::prelude::*;
use lockstep_core::locks::{COMMANDS, Everyday, LockMode};
use lockstep_core::report::json::Document;

use crate::page::session::{Session, Tab};
use crate::page::show::explorer::{Taker, meet};
use crate::page::show::html::{Html, html};
use crate::page::views::header::write_option;
use crate::page::views::icon::Icon;
use crate::page::views::live::Live;
use crate::{rest, texts};

/// The comboboxes.
pub const FIRST: &str = "first-taker";
pub const SECOND: &str = "second-taker";

/// All of it, which is folded away at first.
const EXPLORER: &str = "explorer";

/// How many statements there are to choose from at most.
const LIMIT: usize = 300;

/// Writes what stays.
pub fn write_frame(out: &mut Html) {
    html!(
        out,
        "<section aria-label=\"" {texts::EXPLORER} "\"><details class=\"section explorer\" id=\"" {EXPLORER} "\"><summary><strong>" {texts::EXPLORER}
        "</strong> " {texts::EXPLORER_INTRO} "</summary><div class=\"takers\"><label>" {texts::FIRST_HOLDS} " <select id=\"" {FIRST} "\"></select></label> <label>"
        {texts::SECOND_WANTS} " <select id=\"" {SECOND} "\"></select></label></div><div id=\"meeting\" role=\"status\"></div></details></section>"
    );
}

/// Keeps it.
pub fn keep(live: &Live, session: Session) {
    for (id, chosen) in [FIRST, SECOND].into_iter().zip(session.takers) {
        live.drawn(id, move |out| {
            if session.tab.get() == Tab::Locks {
                session.shown.with(|shown| {
                    let document = shown.as_ref().map(|shown| &shown.document);
                    rest::behind(|| write_options(document, chosen.get(), out));
                });
            }
        });
    }
    live.drawn("meeting", move |out| {
        let [holds, wants] = session.takers.map(|taker| taker.get());
        session.shown.with(|shown| write(holds, wants, shown.as_ref().map(|shown| &shown.document), out));
    });
}

/// Unfolds it.
pub fn open() {
    if let Some(explorer) = document().get_element_by_id(EXPLORER) {
        let _ = explorer.set_attribute("open", "");
    }
}

fn write_options(document: Option<&Document>, chosen: Taker, out: &mut Html) {
    let migrations = document.into_iter().flat_map(|document| document.migrations.iter().enumerate());
    let statements =
        migrations.filter(|(_, migration)| migration.under_review).flat_map(|(at, migration)| {
            let statements = migration.up.statements.iter().enumerate();
            statements.map(move |(index, statement)| (at, migration, index, statement))
        });
    let mut statements =
        statements.filter(|(.., statement)| !statement.locks.is_empty()).take(LIMIT).peekable();
    let option = |taker: Taker, words: &str, out: &mut Html| {
        write_option(&taker.value(), words, taker == chosen, out);
    };
    if statements.peek().is_some() {
        html!(out, "<optgroup label=\"" {texts::EXPLORER_STATEMENTS} "\">");
        for (at, migration, index, statement) in statements {
            let words = texts::statement_at(&migration.version, statement.line, &statement.kind);
            option(Taker::Statement(at, index), &words, out);
        }
        html!(out, "</optgroup>");
    }
    html!(out, "<optgroup label=\"" {texts::EXPLORER_COMMANDS} "\">");
    for (index, (words, _)) in COMMANDS.iter().enumerate() {
        option(Taker::Command(index), words, out);
    }
    html!(out, "</optgroup><optgroup label=\"" {texts::EXPLORER_MODES} "\">");
    for (index, mode) in LockMode::ALL.into_iter().enumerate() {
        option(Taker::Mode(index), mode.name(), out);
    }
    html!(out, "</optgroup>");
}

fn write(holds: Taker, wants: Taker, document: Option<&Document>, out: &mut Html) {
    let Some(meeting) = meet(holds, wants, document) else {
        return html!(out, "<p class=\"level level-none\">" {Icon::Check} {texts::NO_COMMON_TABLE} "</p>");
    };
    let (held, wanted) = (meeting.holds.name(), meeting.wants.name());
    let (class, icon, words) = match meeting.conflicts() {
        true => ("level-high", Icon::Stop, texts::conflict(held, wanted, meeting.table.as_deref())),
        false => ("level-none", Icon::Check, texts::no_conflict(held, wanted)),
    };
    html!(out, "<p class=\"level " {class} "\">" {icon} "<span>" {words} "</span></p>");
    html!(out, "<dl class=\"facts\">");
    for mode in [meeting.holds, meeting.wants] {
        let waits: Vec<&str> = mode.blocks().map(Everyday::name).collect();
        html!(out, "<div><dt>" {texts::behind(mode.name())} "</dt><dd>" {waits.join("; ")} "</dd></div>");
    }
    html!(out, "</dl>");
}
