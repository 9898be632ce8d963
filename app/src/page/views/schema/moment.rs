//! The moment that is looked at: two sliders, and what it is compared with.

use leptos::prelude::*;

use super::{MIGRATION, SEARCH, STATEMENT};
use crate::page::session::{Session, Tab};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, Markup, html};
use crate::page::show::moment::{
    against_value, against_words, next, previous, run, statement, statements, words,
};
use crate::page::show::title::title;
use crate::page::views::header::write_option;
use crate::page::views::icon::Icon;
use crate::page::views::live::Live;
use crate::protocol::{Against, Moment};
use crate::texts;

/// Writes what stays.
pub fn write_frame(out: &mut Html) {
    html!(
        out,
        "<section class=\"section moment\" aria-label=\"" {texts::MOMENT} "\"><div class=\"bar\"><div role=\"status\"><h3 id=\"moment-words\"></h3></div>"
        "<div class=\"actions\"><input type=\"search\" id=\"" {SEARCH} "\" aria-label=\""
        {texts::SEARCH_SCHEMA} "\" placeholder=\"" {texts::SEARCH_SCHEMA} "\" autocomplete=\"off\" spellcheck=\"false\"><label>" {texts::COMPARE_WITH} " <select id=\"against\"></select></label></div></div>"
        "<div class=\"sliders\"><label id=\"moment-migrations\">" {texts::MIGRATION} "<input type=\"range\" min=\"1\" id=\""
        {MIGRATION} "\"></label><label>" {texts::STATEMENT} "<input type=\"range\" min=\"0\" id=\"" {STATEMENT}
        "\"></label><div class=\"steps\" id=\"moment-steps\"></div></div><div id=\"moment-outcome\"></div></section>"
    );
}

/// Keeps it.
pub fn keep(live: &Live, session: Session) {
    live.drawn("moment-words", move |out| {
        session.with_document(|document| html!(out, { words(document, session.moment()) }));
    });
    live.drawn("against", move |out| {
        let chosen = session.schema.against.get();
        session.with_shown(Tab::Schema, |shown| {
            let choices = [Against::MigrationBefore, Against::StatementBefore, Against::Start].into_iter();
            for against in choices.chain((0..shown.document.migrations.len()).map(Against::After)) {
                let words = against_words(&shown.document, against);
                write_option(&against_value(against), &words, against == chosen, out);
            }
        });
    });
    live.shown_when("moment-migrations", move || {
        let mut several = false;
        session.with_document(|document| several = document.migrations.len() > 1);
        several
    });
    live.slider(MIGRATION, move || {
        let mut state = (1, 1, String::new());
        session.with_document(|document| {
            let migration = session.migration.get();
            let name = document
                .migrations
                .get(migration)
                .map(|migration| title(&migration.version, &migration.name));
            state = (document.migrations.len(), migration + 1, name.unwrap_or_default());
        });
        state
    });
    live.slider(STATEMENT, move || {
        let mut state = (0, 0, String::new());
        session.with_document(|document| {
            let moment = session.moment();
            let last = statements(document, moment.migration);
            state = (last, run(document, moment), words(document, moment));
        });
        state
    });
    live.drawn("moment-steps", move |out| {
        session.with_document(|document| {
            let moment = session.moment();
            write_step(false, texts::PREVIOUS_STATEMENT, Icon::Previous, previous(document, moment), out);
            let (number, of) = (run(document, moment), statements(document, moment.migration));
            html!(out, "<span>" {texts::statement_of(number, of)} "</span>");
            write_step(true, texts::NEXT_STATEMENT, Icon::Next, next(document, moment), out);
        });
    });
    live.drawn("moment-outcome", move |out| {
        session.with_document(|document| {
            let moment = session.moment();
            if moment.statements.is_some()
                && let Some(statement) = statement(document, moment)
            {
                write_outcome(statement, out);
            }
        });
    });
}

fn write_step(forward: bool, label: &'static str, icon: Icon, to: Option<Moment>, out: &mut Html) {
    html!(
        out,
        "<button type=\"button\" aria-label=\"" {label} "\" title=\"" {label} "\" data-do=\"" {Action::Step { forward }} "\""
        {to.is_none().then_some(Markup(" aria-disabled=\"true\""))} ">" {icon} "</button>"
    );
}

/// Why a statement that ran changes nothing, or may have changed more.
fn write_outcome(statement: &lockstep_core::report::json::Statement, out: &mut Html) {
    if let Some(error) = &statement.error {
        html!(
            out,
            "<p class=\"outcome refused\">" {Icon::Stop} " " {texts::REFUSES} " " {error.message} " (" {error.sqlstate} "), "
            {texts::CHANGES_NOTHING} "</p>"
        );
    } else if !statement.modelled {
        html!(out, "<p class=\"outcome\">" {Icon::Question} " " {texts::NOT_SIMULATED} "</p>");
    }
}
