//! What keeps the page as the session is: elements are written once (see `frame.rs`), and what changes in them is
//! brought up to date when a signal changes that it was made from.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FocusOptions, HtmlElement};

use crate::page::show::html::Html;

/// How long something must be out of date to look so.
const LASTING: Duration = Duration::from_millis(500);

/// The page's element.
#[derive(Clone)]
pub struct Live {
    root: Element,
}

/// What an element is like, or nothing of the kind.
type State = Option<String>;

impl Live {
    /// Of that element.
    pub fn new(root: Element) -> Self {
        Live { root }
    }

    /// Keeps the element of that id filled with HTML.
    pub fn drawn(&self, id: &str, write: impl Fn(&mut Html) + 'static) {
        self.keep(id, Box::new(move || Some(Html::of(&write))), Box::new(fill));
    }

    /// Keeps an attribute.
    pub fn attribute(&self, id: &str, name: &'static str, value: impl Fn() -> State + 'static) {
        let apply = move |element: &Element, value: Option<&str>| {
            let _ = match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        };
        self.keep(id, Box::new(value), Box::new(apply));
    }

    /// Shows the element only where that is so.
    pub fn shown_when(&self, id: &str, is_so: impl Fn() -> bool + 'static) {
        self.attribute(id, "hidden", move || (!is_so()).then(String::new));
    }

    /// Gives the element a class where that is so.
    pub fn class_when(&self, id: &str, class: &'static str, is_so: impl Fn() -> bool + 'static) {
        let apply = move |element: &Element, so: Option<&str>| {
            let _ = element.class_list().toggle_with_force(class, so.is_some());
        };
        self.keep(id, Box::new(move || is_so().then(String::new)), Box::new(apply));
    }

    /// Marks the element as `stale` where that is so, and as `dimmed` once that lasts: to dim it and back with each letter
    /// that is typed would have the browser go through all that is in it.
    pub fn stale_when(&self, id: &str, is_so: impl Fn() -> bool + 'static) {
        let turn = Rc::new(Cell::new(0_u32));
        let apply = move |element: &Element, so: Option<&str>| {
            let set = |element: &Element, class, so| drop(element.class_list().toggle_with_force(class, so));
            let this = turn.get().wrapping_add(1);
            turn.set(this);
            set(element, "stale", so.is_some());
            if so.is_none() {
                return set(element, "dimmed", false);
            }
            let (element, turn) = (element.clone(), Rc::clone(&turn));
            set_timeout(move || set(&element, "dimmed", turn.get() == this), LASTING);
        };
        self.keep(id, Box::new(move || is_so().then(String::new)), Box::new(apply));
    }

    /// Keeps what stands in a text box.
    pub fn value(&self, id: &str, value: impl Fn() -> String + 'static) {
        let apply =
            |element: &Element, value: Option<&str>| set(element, "value", value.unwrap_or_default().into());
        self.keep(id, Box::new(move || Some(value())), Box::new(apply));
    }

    /// Keeps a slider: how far it reaches, where it stands, and what that means.
    pub fn slider(&self, id: &str, state: impl Fn() -> (usize, usize, String) + 'static) {
        let state = move || {
            let (last, value, words) = state();
            Some(format!("{last} {value} {words}"))
        };
        let apply = |element: &Element, state: Option<&str>| {
            let mut parts = state.unwrap_or_default().splitn(3, ' ');
            let mut part = || parts.next().unwrap_or_default();
            // A value beyond the end would be cut.
            let _ = element.set_attribute("max", part());
            set(element, "value", part().into());
            let _ = element.set_attribute("aria-valuetext", part());
        };
        self.keep(id, Box::new(state), Box::new(apply));
    }

    /// Keeps the tick of a checkbox or radio button.
    pub fn checked(&self, id: &str, is_checked: impl Fn() -> bool + 'static) {
        let apply = |element: &Element, so: Option<&str>| set(element, "checked", so.is_some().into());
        self.keep(id, Box::new(move || is_checked().then(String::new)), Box::new(apply));
    }

    fn keep(&self, id: &str, state: Box<dyn Fn() -> State>, apply: Box<Apply>) {
        let Ok(Some(element)) = self.root.query_selector(&format!("#{id}")) else { return };
        Effect::new(move |before: Option<State>| {
            let state = state();
            if before.as_ref() != Some(&state) {
                apply(&element, state.as_deref());
            }
            state
        });
    }
}

/// Gives an element its state; none takes away what the state gives.
type Apply = dyn Fn(&Element, Option<&str>);

fn set(element: &Element, property: &str, value: JsValue) {
    let _ = Reflect::set(element, &property.into(), &value);
}

/// Replaces what is in an element. What has the keyboard's focus keeps it if it is there again.
fn fill(element: &Element, html: Option<&str>) {
    let focused = document().active_element().filter(|focused| element.contains(Some(focused)));
    let of = |name: &str| {
        let value = focused.as_ref()?.get_attribute(name)?;
        Some(format!("[{name}=\"{value}\"]"))
    };
    let selector = of("data-do").or_else(|| of("id"));
    element.set_inner_html(html.unwrap_or_default());
    let Some(selector) = selector else { return };
    if let Ok(Some(again)) = element.query_selector(&selector) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = again.unchecked_into::<HtmlElement>().focus_with_options(&options);
    }
}

/// Gives a class to the elements of these ids, once what changes now has been drawn, and takes it from those that had it.
pub fn marked(class: &'static str, ids: impl Fn() -> Vec<String> + 'static) {
    mark(class, Box::new(ids));
}

fn mark(class: &'static str, ids: Box<dyn Fn() -> Vec<String>>) {
    Effect::new(move |before: Option<Vec<String>>| {
        let ids = ids();
        let marked = ids.clone();
        request_animation_frame(move || {
            let toggle = |ids: &[String], force| {
                for element in ids.iter().filter_map(|id| document().get_element_by_id(id)) {
                    let _ = element.class_list().toggle_with_force(class, force);
                }
            };
            toggle(before.as_deref().unwrap_or_default(), false);
            toggle(&marked, true);
        });
        ids
    });
}
