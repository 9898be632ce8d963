//! What the reader does: one listener for each kind of event.

use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use lockstep_core::rules::SIZES_QUERY;
use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, DragEvent, Element, Event, HtmlInputElement, HtmlTextAreaElement};

use super::level::SEVERITIES;
use super::{keys, locks, papers, reviews, rewrite, schema, sections, share, signing, sizes};
use crate::examples;
use crate::page::browser::{clipboard, dialog, download, files, focus, theme};
use crate::page::session::dialog::Dialog;
use crate::page::session::input::{MAX_EDITABLE_BYTES, is_relevant_folder};
use crate::page::session::keep::Doomed;
use crate::page::session::reviewer::Failure;
use crate::page::session::saved::transaction;
use crate::page::session::signing::cut_sign_off;
use crate::page::session::{Direction, SECTIONS, Session, Status, Tab};
use crate::page::show::action::{Action, Text};
use crate::page::show::explorer::Taker;
use crate::page::show::moment;
use crate::protocol::{Answer, Decision, Request};
use crate::{rest, texts};

/// How long a button says that it has copied.
const THANKS: Duration = Duration::from_secs(2);

/// Listens to the page for as long as it is there.
pub fn listen(session: Session) {
    // Of the whole document: where nothing has the focus, keys are the body's.
    let document = document();
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| happened(session, event));
    for kind in ["click", "change", "input", "paste", "keydown", "dragenter", "dragover", "dragleave", "drop"]
    {
        let _ = document.add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

/// Takes in what was typed before anyone listened.
pub fn take_over(session: Session) {
    let textbox =
        document().get_element_by_id("migrations").map(JsCast::unchecked_into::<HtmlTextAreaElement>);
    if let Some(textbox) = textbox.filter(|textbox| !textbox.value().is_empty()) {
        typed(session, textbox);
    }
}

fn happened(session: Session, event: Event) {
    let event = match event.dyn_into::<DragEvent>() {
        Ok(event) => return dragged(session, event),
        Err(event) => event,
    };
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    match &*event.type_() {
        "input" if target.id() == "migrations" => typed(session, target.unchecked_into()),
        "paste" if target.id() == "migrations" => pasted(session, event.unchecked_into()),
        "change" if matches!(&*target.id(), "files" | "folder") => picked(session, target.unchecked_ref()),
        "click" if let Some(files) = asks_for_files(&target) => open(files),
        _ if rest::is_missing() => when_whole(session, move || act(session, &target, event)),
        _ => rest::behind(|| act(session, &target, event)),
    }
}

/// Does it when the whole module is here.
fn when_whole(session: Session, act: impl FnOnce() + 'static) {
    spawn_local(async move {
        match rest::comes().await {
            Ok(_) => rest::behind(act),
            Err(_) => session.status.set(Status::Failed(Failure::NotLoaded(String::new()))),
        }
    });
}

/// What waits until the whole module is here.
fn act(session: Session, target: &Element, event: Event) {
    match &*event.type_() {
        "click" => clicked(session, target),
        "change" => changed(session, target),
        "input" if target.id() == "command" => {
            session.dialogs.look_for(target.unchecked_ref::<HtmlInputElement>().value());
        }
        "input" if signing::entered(session, target) || sizes::entered(session, target) => {}
        "input" => schema::entered(session, target.unchecked_ref()),
        "keydown" if target.id() == schema::SEARCH => schema::searched(session, event.unchecked_ref()),
        "keydown" => keys::pressed(session, target, event.unchecked_into()),
        _ => {}
    }
}

fn action_of(target: &Element) -> Option<(Action, Element)> {
    let button = target.closest("[data-do]").ok()??;
    Some((Action::parse(&button.get_attribute("data-do")?)?, button))
}

/// The id of the file input that a button stands for.
fn asks_for_files(target: &Element) -> Option<&'static str> {
    match action_of(target)?.0 {
        Action::OpenFiles => Some("files"),
        Action::OpenFolder => Some("folder"),
        _ => None,
    }
}

fn clicked(session: Session, target: &Element) {
    let Some((action, button)) = action_of(target) else { return };
    // What is chosen in a dialog is done on the page.
    if button.get_attribute("role").as_deref() == Some("option") {
        session.dialogs.close();
    }
    perform(session, action, button);
}

/// Does what was asked for. What has to be said of it is said beside the button.
pub fn perform(session: Session, action: Action, button: Element) {
    match action {
        Action::OpenFiles => open("files"),
        Action::OpenFolder => open("folder"),
        Action::NextFinding => session.step_finding(true),
        Action::PreviousFinding => session.step_finding(false),
        Action::Postgres(version) => {
            session.settings.update(|settings| settings.postgres = Some(version as u32));
        }
        Action::Keys => session.dialogs.show(Dialog::Keys),
        Action::Commands => session.dialogs.show(Dialog::Commands),
        Action::Rule(index) => session.dialogs.show(Dialog::Rule(index)),
        Action::SwitchTheme => {
            session.dark.update(|dark| *dark = !*dark);
            theme::set_dark(session.dark.get_untracked());
        }
        Action::Clear => {
            session.begin_new();
            dialog::close_around(&button);
        }
        Action::Reviews => {
            session.list_kept();
            dialog::open(reviews::DIALOG);
        }
        Action::Share => {
            session.make_link();
            dialog::open(share::DIALOG);
        }
        Action::CloseDialog => dialog::close_around(&button),
        Action::OpenReview(id) => {
            session.open_kept(id as u32);
            dialog::close_around(&button);
        }
        Action::AskToDelete(id) => session.keeping.doomed.set(Some(doomed(id))),
        Action::Delete(id) => session.delete_kept(doomed(id)),
        Action::Spare => session.keeping.doomed.set(None),
        Action::Dismiss => session.notices.set(Vec::new()),
        Action::ReviewAgain => session.review(),
        Action::Reload => drop(window().location().reload()),
        Action::Tab(index) => {
            if let Some(tab) = Tab::ALL.get(index) {
                session.tab.set(*tab);
            }
        }
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
        Action::MoreSections => session.sections.update(|limit| *limit += SECTIONS),
        Action::Line(line) => session.go_to(line),
        Action::Locks(line) => sections::show_locks(session, line),
        Action::LinesAround(line) => session.line.set(Some(line)),
        Action::Step { forward } => schema::step(session, forward),
        Action::Fold(object) => session.schema.fold(object),
        Action::MoreObjects => session.schema.more(),
        Action::Object(object) => schema::show_object(session, object),
        Action::Zoom(how) => schema::zoom(session, how),
        Action::WriteWayBack(migration) => session.write_way_back(migration),
        Action::Rewrite(key) => {
            session.find_rewrites(key);
            dialog::open(rewrite::DIALOG);
        }
        Action::Apply(offer) => {
            dialog::close_around(&button);
            if session.apply(offer) {
                focus::focus(rewrite::UNDO.to_owned());
            }
        }
        Action::Undo => session.undo_rewrite(),
        Action::Sign(migration) => signing::decide(session, Decision::Reviewed(migration)),
        Action::SignAll => signing::decide(session, Decision::AllReviewed),
        Action::Unsign(migration) => session.decide(Decision::NotReviewed(migration)),
        Action::Accept(key) => signing::accept(session, key),
        Action::Refuse(key) => session.decide(Decision::NotAccepted(key)),
        Action::SignAgain => session.decide(Decision::Again),
        Action::ReviewFrom(migration) => session.review_from(migration),
        Action::Explore => {
            session.tab.set(Tab::Locks);
            locks::explorer::open();
            focus::focus(locks::explorer::FIRST.to_owned());
        }
        Action::Everything => papers::download_everything(session),
        Action::Copy(text) => spawn_local(async move {
            let Some(text) = written(session, text).await else { return };
            let copied = clipboard::copy(&text).await;
            say(&button, if copied { texts::COPIED } else { texts::NOT_COPIED });
            set_timeout(move || say(&button, ""), THANKS);
        }),
        Action::Download(text) => spawn_local(async move {
            let own_name;
            let (file, media_type) = match text {
                Text::WayBack(migration) => {
                    own_name = session.way_back(migration).map(|way_back| way_back.path).unwrap_or_default();
                    (own_name.rsplit('/').next().unwrap_or_default(), "application/sql;charset=utf-8")
                }
                Text::Readme => (texts::README_FILE, "text/markdown;charset=utf-8"),
                Text::Report => (texts::REPORT_FILE, "text/html;charset=utf-8"),
                Text::Paper(index) => {
                    own_name = papers::path(session, index);
                    (own_name.rsplit('/').next().unwrap_or_default(), "text/plain;charset=utf-8")
                }
                Text::SignOff => (texts::SIGN_OFF_FILE, "text/markdown;charset=utf-8"),
                Text::Diagram => (texts::SVG_FILE, "image/svg+xml;charset=utf-8"),
                Text::Schema | Text::Script(..) | Text::SizesQuery => {
                    (texts::DDL_FILE, "application/sql;charset=utf-8")
                }
                Text::Link | Text::Saved => (&*session.saved_file_name(), "application/json"),
            };
            if let Some(text) = written(session, text).await {
                // A browser that forbids downloads says so itself.
                let _ = download::download(file, media_type, text.as_bytes());
            }
        }),
    }
}

/// 0 is all of them.
fn doomed(id: usize) -> Doomed {
    if id == 0 { Doomed::All } else { Doomed::One(id as u32) }
}

/// Has the browser ask for files, by the file input of that id.
fn open(id: &str) {
    if let Some(input) = document().get_element_by_id(id) {
        let input: HtmlInputElement = input.unchecked_into();
        // The same file can be opened again.
        input.set_value("");
        input.click();
    }
}

/// A text to take along; none where the reviewer has none.
async fn written(session: Session, text: Text) -> Option<String> {
    match text {
        Text::Readme => session.readme.read_untracked().as_ref().map(|readme| readme.markdown.clone()),
        Text::Schema => Some(session.ddl()),
        Text::Diagram => Some(schema::exported(session)),
        Text::Script(migration, direction) => script(session, migration, direction),
        Text::WayBack(migration) => session.way_back(migration).map(|way_back| way_back.text),
        Text::Link => session.keeping.link.get_untracked(),
        Text::Saved => Some(session.saved()),
        Text::SizesQuery => Some(SIZES_QUERY.to_owned()),
        Text::SignOff => match session.signing.signed.get_untracked() {
            Some(Ok(signed)) => Some(signed.text),
            _ => None,
        },
        Text::Paper(index) => {
            session.papers.with_untracked(|papers| Some(papers.as_ref()?.get(index)?.text.clone()))
        }
        Text::Report => match session.ask(Request::Page).await {
            Ok(Answer::Page(page)) => page,
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
    if let Some(room) = button.next_element_sibling().filter(|room| room.class_name() == "said") {
        room.set_text_content(Some(words));
    }
}

/// Files were chosen.
fn picked(session: Session, chooser: &HtmlInputElement) {
    if let Some(list) = chooser.files() {
        let picked = files::from_list(list);
        when_whole(session, move || session.add_picked(picked));
    }
}

/// A choice was made: in a combobox, in a checkbox.
fn changed(session: Session, target: &Element) {
    let property = |name: &str| Reflect::get(target, &name.into()).ok();
    let value = property("value").and_then(|value| value.as_string()).unwrap_or_default();
    let is_checked = property("checked").is_some_and(|checked| checked.is_truthy());
    let some = |value: String| (!value.is_empty()).then_some(value);
    match &*target.id() {
        "examples" => {
            if let Some(example) = examples::all().iter().find(|example| example.folder == value) {
                session.load_example(example);
            }
        }
        "postgres" => {
            if let Ok(version) = value.parse() {
                session.settings.update(|settings| settings.postgres = Some(version));
            }
        }
        "layout" => session.settings.update(|settings| settings.layout = some(value)),
        "transaction" => session.settings.update(|settings| settings.transaction = transaction(&value)),
        "since" => session.settings.update(|settings| settings.since = some(value)),
        "of-rule" => session.filter.rule.set(value),
        "of-file" => session.filter.file.set(value),
        "only-selected" => session.filter.only_selected.set(is_checked),
        locks::explorer::FIRST | locks::explorer::SECOND => {
            if let Some(taker) = Taker::parse(&value) {
                session.takers[(target.id() == locks::explorer::SECOND) as usize].set(taker);
            }
        }
        "mark-changes" => session.schema.marks_changes.set(is_checked),
        "draw-changed" => session.schema.whole.set(false),
        "draw-whole" => session.schema.whole.set(true),
        "only-changed" => session.schema.only_changed.set(is_checked),
        "against" => session.schema.against.set(moment::against_of(&value)),
        "as-preview" => session.as_source.set(false),
        "as-source" => session.as_source.set(true),
        id => {
            if let Some(Ok(id)) = id.strip_prefix(reviews::NAME_OF).map(str::parse) {
                session.rename_kept(id, value.trim().to_owned());
            } else {
                sizes::assumed(session, target);
            }
        }
    }
}

fn typed(session: Session, textbox: HtmlTextAreaElement) {
    let mut text = textbox.value();
    if let Some((rest, sheet)) = cut_sign_off(&text) {
        when_whole(session, move || session.take_sign_off(sheet));
        // With nothing else in the paste, the sign-off is that of what stood there before.
        text = if rest.trim().is_empty() { session.open_text() } else { rest };
        textbox.set_value(&text);
    }
    if text.len() > MAX_EDITABLE_BYTES {
        // Put there by other means than the clipboard. The box is emptied: it would stall the page.
        textbox.set_value("");
        when_whole(session, move || session.add_pasted(text));
    } else {
        session.write(text);
    }
}

fn pasted(session: Session, event: ClipboardEvent) {
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
    if let Some(text) = text.filter(|text| text.len() > MAX_EDITABLE_BYTES) {
        event.prevent_default();
        when_whole(session, move || session.add_pasted(text));
    }
}

/// Files over the page, or dropped on it.
fn dragged(session: Session, event: DragEvent) {
    let Some(transfer) = event.data_transfer() else { return };
    if !transfer.types().includes(&"Files".into(), 0) {
        return;
    }
    match &*event.type_() {
        // Dragging over a child leaves the parent.
        "dragleave" => session.dragged.update(|entered| *entered -= 1),
        "dragenter" => session.dragged.update(|entered| *entered += 1),
        "drop" => {
            session.dragged.set(0);
            let picked = files::from_drop(&transfer, is_relevant_folder);
            spawn_local(async move {
                let picked = picked.await;
                when_whole(session, move || session.add_picked(picked));
            });
        }
        _ => {}
    }
    if event.type_() != "dragleave" {
        event.prevent_default();
    }
}
