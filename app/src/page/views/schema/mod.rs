//! The schema at a moment of the history: when, what differs, its objects, its DDL.

mod change;
mod ddl;
mod diagram;
mod moment;
mod objects;

pub use diagram::{exported, zoom};
pub use objects::show as show_object;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use super::export::{Copy, Download};
use super::live::Live;
use crate::page::session::{Session, Tab};
use crate::page::show::action::Text;
use crate::page::show::html::{Html, html};
use crate::page::show::moment::{after, next, previous};
use crate::protocol::{Against, Answer, Moment, Request};
use crate::texts;

/// The slider over the migrations.
const MIGRATION: &str = "moment-migration";

/// The slider over the statements of the migration.
const STATEMENT: &str = "moment-statement";

/// Where the reader searches, for the list and the diagram alike.
pub const SEARCH: &str = "schema-search";

/// Writes what stays.
pub fn write_frame(out: &mut Html) {
    moment::write_frame(out);
    diagram::write_frame(out);
    html!(
        out,
        "<div id=\"schema-changes\"></div><section class=\"section\" aria-labelledby=\"objects-title\"><div class=\"bar\"><h3 id=\"objects-title\">"
        {texts::OBJECTS} "</h3><div class=\"actions\">"
        "<label class=\"check\"><input type=\"checkbox\" id=\"only-changed\">" {texts::ONLY_CHANGED} "</label></div></div>"
        "<p class=\"quiet-text\" id=\"how-many-objects\" role=\"status\"></p><div class=\"objects\" id=\"objects\"></div></section>"
        "<section class=\"section\" aria-labelledby=\"ddl-title\"><div class=\"bar\"><h3 id=\"ddl-title\">" {texts::DDL}
        "</h3><div class=\"actions\"><label class=\"check\"><input type=\"checkbox\" id=\"mark-changes\">" {texts::MARK_CHANGES}
        "</label>" {Copy(texts::COPY_DDL, Text::Schema)} {Download(texts::DOWNLOAD_DDL, Text::Schema)}
        "</div></div><div id=\"schema\"></div></section>"
    );
}

/// Keeps the schema at the moment that is looked at. It is asked for while it is looked at.
pub fn keep(live: &Live, session: Session) {
    ask(session);
    moment::keep(live, session);
    diagram::keep(live, session);
    objects::keep(live, session);
    ddl::keep(live, session);
}

type Wanted = (u32, Moment, Against);

/// Has the reviewer make what is looked at. While it does, a slider may move on: only where it stands by then is asked for next.
fn ask(session: Session) {
    let wanted = Memo::new(move |_| -> Option<Wanted> {
        let number = session.shown.read().as_ref().map(|shown| shown.number);
        let number = number.filter(|_| session.tab.get() == Tab::Schema)?;
        Some((number, session.moment(), session.schema.against.get()))
    });
    let is_asking = StoredValue::new(false);
    Effect::new(move |_| {
        if wanted.get().is_none() {
            return session.schema.shown.set(None);
        }
        if is_asking.get_value() {
            return;
        }
        is_asking.set_value(true);
        spawn_local(async move {
            while let Some(asked) = wanted.get_untracked() {
                let (_, moment, against) = asked;
                let answer = session.ask(Request::Schema(moment, against)).await;
                if wanted.get_untracked() == Some(asked) {
                    session.schema.shown.set(match answer {
                        Ok(Answer::Schema(shown)) => {
                            Some(Arc::new(shown.map(|shown| *shown).unwrap_or_default()))
                        }
                        _ => None,
                    });
                    break;
                }
            }
            is_asking.set_value(false);
        });
    });
}

/// Goes one statement on or back.
pub fn step(session: Session, forward: bool) {
    let other = untrack(|| {
        let mut other = None;
        session.with_document(|document| {
            let moment = session.moment();
            other = if forward { next(document, moment) } else { previous(document, moment) };
        });
        other
    });
    if let Some(other) = other {
        session.go_to_moment(other);
    }
}

/// A slider was moved, or something typed into the search.
pub fn entered(session: Session, target: &Element) {
    let value = target.unchecked_ref::<HtmlInputElement>().value();
    match &*target.id() {
        MIGRATION => {
            if let Some(migration) = value.parse::<usize>().ok().and_then(|value| value.checked_sub(1)) {
                session.go_to_moment(Moment { migration, statements: None });
            }
        }
        STATEMENT => {
            let migration = session.migration.get_untracked();
            let mut moment = Moment { migration, statements: None };
            if let Ok(run) = value.parse() {
                untrack(|| session.with_document(|document| moment = after(document, migration, run)));
            }
            session.go_to_moment(moment);
        }
        SEARCH => {
            session.schema.found.set(0);
            session.schema.query.set(value);
        }
        _ => {}
    }
}

/// Enter in the search leads to the next table that it finds.
pub fn searched(session: Session, event: &KeyboardEvent) {
    if event.key() == "Enter" {
        diagram::find(session);
    }
}
