//! What people see. It never touches the parser: that is the worker's.

mod browser;
mod session;
mod show;
mod views;

use wasm_bindgen::JsCast;

/// The page as it stands before its module runs.
pub fn before() -> String {
    views::before(&crate::examples::of_repository())
}

/// Puts the page in the place of the one that says that it is loading, or takes over what stands there.
pub fn start() {
    let Some(root) = leptos::prelude::document().get_element_by_id("page") else { return };
    // There is no view of Leptos's to mount, but its signals want to belong to something.
    leptos::mount::mount_to(root.clone().unchecked_into(), move || views::begin(&root)).forget();
}
