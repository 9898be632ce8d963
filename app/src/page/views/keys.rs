//! What keys do. `texts.rs` tells of them in the dialog "Keys".

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::events::perform;
use super::{dialogs, parts::tab_id};
use crate::page::browser::focus;
use crate::page::session::dialog::Dialog;
use crate::page::session::{Session, Tab};
use crate::page::show::action::Action;

/// A key was pressed on that element.
pub fn pressed(session: Session, target: &Element, event: KeyboardEvent) {
    let key = event.key();
    let with_command = event.ctrl_key() || event.meta_key();
    let within = |selector: &str| target.closest(selector).is_ok_and(|found| found.is_some());
    if with_command && key.eq_ignore_ascii_case("k") {
        event.prevent_default();
        session.dialogs.show(Dialog::Commands);
    } else if with_command && key == "z" && session.can_undo() {
        // The browser knows nothing of what was not typed.
        event.prevent_default();
        session.undo_rewrite();
    } else if target.id() == "command" {
        of_commands(session, target, &key, event);
    } else if key == "Enter" && target.id().starts_with("reason-") {
        // What stands beside the box.
        if let Some(button) = target.next_element_sibling() {
            button.unchecked_into::<HtmlElement>().click();
        }
    } else if with_command || event.alt_key() || within("input, textarea, select, dialog") {
        // The browser's own.
    } else if within("[role=tablist]") && of_tabs(session, &key) {
        event.prevent_default();
    } else {
        let action = match &*key {
            "j" => Action::NextFinding,
            "k" => Action::PreviousFinding,
            "?" => Action::Keys,
            "/" => Action::Commands,
            "b" => match session.finding.get_untracked() {
                Some(finding) => Action::BackToFinding(finding),
                None => return,
            },
            "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" => {
                Action::Tab(key.parse::<usize>().unwrap_or(1) - 1)
            }
            _ => return,
        };
        event.prevent_default();
        perform(session, action, target.clone());
    }
}

/// In the dialog of all commands: arrows choose, Enter does.
fn of_commands(session: Session, target: &Element, key: &str, event: KeyboardEvent) {
    let found = dialogs::found(session);
    match key {
        "ArrowDown" | "ArrowUp" => session.dialogs.step(key == "ArrowDown", found.len()),
        "Enter" => {
            if let Some(command) = found.get(session.dialogs.chosen.get_untracked()) {
                session.dialogs.close();
                perform(session, command.action, target.clone());
            }
        }
        _ => return,
    }
    event.prevent_default();
}

/// The keys that move between tabs; whether it was one of them.
fn of_tabs(session: Session, key: &str) -> bool {
    let at = Tab::ALL.iter().position(|tab| *tab == session.tab.get_untracked()).unwrap_or_default();
    let last = Tab::ALL.len() - 1;
    let to = match key {
        "ArrowRight" => (at + 1) % Tab::ALL.len(),
        "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return false,
    };
    session.tab.set(Tab::ALL[to]);
    focus::focus(tab_id(Tab::ALL[to]));
    true
}
