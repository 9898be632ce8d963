//! The page: written once, then kept up to date and listened to.

use leptos::prelude::*;
use web_sys::Element;

use super::live::Live;
use super::{dialogs, events, frame, header, input, parts, reviews, rewrite, share, status, timeline};
use crate::page::session::Session;
use crate::page::show::html::Html;

/// Makes the element the page. One that was built with the page's frame in it is taken over with what was typed there.
pub fn begin(root: &Element) {
    root.set_class_name("page");
    if root.query_selector("#migrations").ok().flatten().is_none() {
        root.set_inner_html(&Html::of(frame::write));
    }
    let session = Session::start();
    let live = Live::new(root.clone());
    header::keep(&live, session);
    status::keep(&live, session);
    input::keep(&live, session);
    timeline::keep(&live, session);
    parts::keep(&live, session);
    dialogs::keep(&live, session);
    reviews::keep(&live, session);
    share::keep(&live, session);
    rewrite::keep(&live, session);
    live.shown_when("drop-here", move || session.dragged.get() > 0);
    events::listen(session);
    events::take_over(session);
}
