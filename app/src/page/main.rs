//! The page.

mod browser;
mod session;
mod show;
mod views;

use wasm_bindgen::JsCast;

fn main() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    let Some(root) = leptos::prelude::document().get_element_by_id("page") else { return };
    root.set_inner_html("");
    leptos::mount::mount_to(root.unchecked_into(), views::Page).forget();
}
