//! Parts of the page that only show: HTML, written anew whenever it changes.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

use crate::page::show::html::Html;

/// Keeps an element filled with what is written: `<div use:drawn=write>`. Its buttons say in `data-do` what they do.
pub fn drawn(element: Element, write: Write) {
    let html = Memo::new(move |_| Html::of(|out| write.0(out)));
    Effect::new(move |_| fill(&element, &html.read()));
}

/// Gives a class to the elements of these ids, once what changes now has been drawn, and takes it from those that had it.
pub fn marked(class: &'static str, ids: impl Fn() -> Vec<String> + Send + Sync + 'static) {
    Effect::new(move |before: Option<Vec<String>>| {
        let ids = ids();
        let marked = ids.clone();
        request_animation_frame(move || {
            let element = |id: &String| document().get_element_by_id(id);
            for element in before.iter().flatten().filter_map(element) {
                let _ = element.class_list().remove_1(class);
            }
            for element in marked.iter().filter_map(element) {
                let _ = element.class_list().add_1(class);
            }
        });
        ids
    });
}

/// What writes HTML. It is run again when a signal changes that it has read.
#[derive(Clone)]
pub struct Write(Arc<Writer>);

type Writer = dyn Fn(&mut Html) + Send + Sync;

impl Write {
    /// Of a function.
    pub fn new(write: impl Fn(&mut Html) + Send + Sync + 'static) -> Self {
        Write(Arc::new(write))
    }
}

/// Replaces what is in an element. The button that has the keyboard's focus keeps it if it is there again.
fn fill(element: &Element, html: &str) {
    let focused = document().active_element().filter(|focused| element.contains(Some(focused)));
    let action = focused.and_then(|focused| focused.get_attribute("data-do"));
    element.set_inner_html(html);
    let Some(action) = action else { return };
    if let Ok(Some(again)) = element.query_selector(&format!("[data-do=\"{action}\"]")) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = again.unchecked_into::<HtmlElement>().focus_with_options(&options);
    }
}
