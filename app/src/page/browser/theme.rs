//! Light or dark: the system's choice until the reader makes one.

use super::storage;

/// Where the choice is kept. `boot.js` reads it before anything is drawn.
const KEY: &str = "lockstep.theme";

/// Is the page dark at the moment?
pub fn is_dark() -> bool {
    match storage::load(KEY).as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => leptos::prelude::window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches()),
    }
}

/// The colour that a custom property of the theme stands for at the moment.
pub fn colour(property: &str) -> String {
    let root = leptos::prelude::document().document_element();
    let styles = root.and_then(|root| leptos::prelude::window().get_computed_style(&root).ok().flatten());
    let value = styles.and_then(|styles| styles.get_property_value(property).ok()).unwrap_or_default();
    // A browser gives custom properties as they are written, `light-dark(…, …)` too.
    let both = value.strip_prefix("light-dark(").and_then(|both| both.strip_suffix(')'));
    match both.and_then(|both| both.split_once(", ")) {
        Some((light, dark)) => (if is_dark() { dark } else { light }).to_owned(),
        None => value,
    }
}

/// Makes the page dark or light and keeps the choice.
pub fn set_dark(dark: bool) {
    let name = if dark { "dark" } else { "light" };
    storage::save(KEY, name);
    if let Some(root) = leptos::prelude::document().document_element() {
        let _ = root.set_attribute("data-theme", name);
    }
}
