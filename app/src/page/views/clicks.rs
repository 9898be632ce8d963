//! What the buttons do that are drawn as HTML.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::level::SEVERITIES;
use crate::examples;
use crate::page::browser::{clipboard, download};
use crate::page::session::{Direction, Session};
use crate::page::show::action::{Action, Text};
use crate::protocol::{Answer, Request};
use crate::texts;

/// How long a button says that it has copied.
const THANKS: Duration = Duration::from_secs(2);

/// Does what the button says that was clicked, if it was one.
pub fn clicked(session: Session, event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(button) = target.and_then(|target| target.closest("[data-do]").ok().flatten()) else { return };
    let Some(action) = button.get_attribute("data-do").as_deref().and_then(Action::parse) else { return };
    match action {
        Action::Example(index) => {
            if let Some(example) = examples::all().get(index) {
                session.load_example(example);
            }
        }
        Action::OpenFile(index) => session.open_file.set(index),
        Action::RemoveFile(index) => session.remove(index),
        Action::Migration(index) => session.choose(index),
        Action::Finding(key) => session.look_at(key),
        Action::BackToFinding(key) => session.go_back_to(key),
        Action::Severity(index) => {
            if let Some(severity) = SEVERITIES.get(index) {
                session.filter.switch(*severity);
            }
        }
        Action::MoreFindings => session.filter.more(),
        Action::Line(line) => session.go_to(line),
        Action::LinesAround(line) => session.line.set(Some(line)),
        Action::Copy(text) => spawn_local(async move {
            let Some(text) = written(session, text).await else { return };
            let copied = clipboard::copy(&text).await;
            say(&button, if copied { texts::COPIED } else { texts::NOT_COPIED });
            set_timeout(move || say(&button, ""), THANKS);
        }),
        Action::Download(text) => spawn_local(async move {
            let (file, media_type) = match text {
                Text::Readme => (texts::README_FILE, "text/markdown;charset=utf-8"),
                Text::Report => (texts::REPORT_FILE, "text/markdown;charset=utf-8"),
                Text::Schema | Text::Script(..) => (texts::DDL_FILE, "application/sql;charset=utf-8"),
            };
            if let Some(text) = written(session, text).await {
                // A browser that forbids downloads says so itself.
                let _ = download::download(file, media_type, &text);
            }
        }),
    }
}

/// A text to take along; none where the reviewer has none.
async fn written(session: Session, text: Text) -> Option<String> {
    match text {
        Text::Readme => session.readme.read_untracked().as_ref().map(|readme| readme.markdown.clone()),
        Text::Schema => Some(session.ddl()),
        Text::Script(migration, direction) => script(session, migration, direction),
        Text::Report => match session.ask(Request::Report).await {
            Ok(Answer::Report(report)) => report,
            _ => None,
        },
    }
}

fn script(session: Session, migration: usize, direction: Direction) -> Option<String> {
    session.shown.with_untracked(|shown| {
        let shown = shown.as_ref()?;
        let script = direction.script(&shown.document, migration)?;
        let range = script.offset as usize..(script.offset + script.length) as usize;
        Some(shown.source(&script.path)?.text.get(range)?.to_owned())
    })
}

/// Says something beside a button that has room for it.
fn say(button: &Element, words: &str) {
    if let Some(room) = button.next_element_sibling() {
        room.set_text_content(Some(words));
    }
}
