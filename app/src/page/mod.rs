//! What people see. It never touches the parser: that is the worker's.

mod browser;
mod session;
mod show;
mod views;

use wasm_bindgen::JsCast;

/// Puts the page in the place of the one that says that it is loading.
pub fn start() {
    let Some(root) = leptos::prelude::document().get_element_by_id("page") else { return };
    // There is no view of Leptos's to mount, but its signals want to belong to something.
    leptos::mount::mount_to(root.clone().unchecked_into(), move || views::begin(&root)).forget();
}
