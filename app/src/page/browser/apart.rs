//! A page within the page: HTML with styles of its own, which ours do not reach and which do not reach ours.

use js_sys::{Array, Reflect};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::{ShadowRootInit, ShadowRootMode};

#[wasm_bindgen]
extern "C" {
    /// A sheet of styles that the page's policy lets a script make; one in the HTML it does not.
    #[wasm_bindgen(js_name = CSSStyleSheet)]
    type Sheet;

    #[wasm_bindgen(constructor, js_class = "CSSStyleSheet")]
    fn new() -> Sheet;

    #[wasm_bindgen(method, js_class = "CSSStyleSheet", js_name = replaceSync)]
    fn replace_sync(this: &Sheet, styles: &str);
}

/// Shows a whole page of ours (with one `<style>` and no script) in the element of that id.
pub fn show(id: &str, page: &str) {
    let Some(host) = document().get_element_by_id(id) else { return };
    let Some((styles, body)) = parts(page) else { return };
    let root =
        host.shadow_root().or_else(|| host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok());
    let Some(root) = root else { return };
    let sheet = Sheet::new();
    sheet.replace_sync(&styles);
    let _ = Reflect::set(&root, &"adoptedStyleSheets".into(), &Array::of1(&sheet));
    root.set_inner_html(&body);
}

/// The styles, and what stands in the body, as they are in an element rather than in a window: light or dark as the page
/// around it, and its links, which lead within it, no links of the page's.
fn parts(page: &str) -> Option<(String, String)> {
    let between = |from: &str, to: &str| Some(page.split_once(from)?.1.split_once(to)?.0);
    let styles = between("<style>", "</style>")?;
    let styles = styles.replace(":root", ":host").replace("color-scheme: light dark;", "");
    let body = between("<body>", "</body>")?.replace("<a href=\"#", "<a data-to=\"#");
    Some((styles.replace("\nbody {", "\n.body {"), format!("<div class=\"body\">{body}</div>")))
}

#[cfg(test)]
mod tests {
    use lockstep_core::report::html;
    use lockstep_core::{Settings, Workspace, review};

    use super::parts;

    #[test]
    fn the_report_can_be_shown_within_a_page() {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", "CREATE INDEX i ON orders (total);");
        let (styles, body) = parts(&html::render(&review(&workspace, &Settings::default()))).unwrap();
        assert!(styles.contains(":host {") && styles.contains("\n.body {") && !styles.contains(":root"));
        assert!(!styles.contains("light dark"), "the page says which");
        assert!(body.contains("index-not-concurrent") && !body.contains("<style") && !body.contains("href="));
    }
}
