//! Dialogs over the page: the browser's own, which hold the keyboard's focus and close with Escape.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// Opens the dialog of that id.
pub fn open(id: &str) {
    let dialog = leptos::prelude::document().get_element_by_id(id);
    if let Some(dialog) = dialog.map(JsCast::unchecked_into::<HtmlDialogElement>) {
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog that an element stands in, if it stands in one.
pub fn close_around(element: &Element) {
    if let Ok(Some(dialog)) = element.closest("dialog") {
        dialog.unchecked_into::<HtmlDialogElement>().close();
    }
}
