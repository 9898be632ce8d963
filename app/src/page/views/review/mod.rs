//! The review itself: verdict, findings, and the code they are about.

mod code;
mod findings;
mod notes;
mod verdict;

use leptos::prelude::*;

use super::drawn::{Write, drawn};
use crate::page::session::session;
use code::Code;
use findings::Findings;

/// Verdict, findings and code.
#[component]
pub fn ReviewPart() -> impl IntoView {
    let session = session();
    let verdict = Write::new(move |out| {
        session.with_document(|document| verdict::write(document, out));
    });
    view! {
        <div use:drawn=verdict></div>
        <div class="read">
            <Findings />
            <Code />
        </div>
    }
}
