//! The frame: header on top, input and timeline at the side, the review in the middle.

use leptos::prelude::*;
use web_sys::DragEvent;

use super::clicks::clicked;
use super::header::Header;
use super::input::InputPanel;
use super::parts::Parts;
use super::status::Failed;
use super::timeline::Timeline;
use crate::page::browser::files;
use crate::page::session::{Session, input::is_relevant_folder};
use crate::texts;

/// The whole page.
#[component]
pub fn Page() -> impl IntoView {
    let session = Session::start();
    provide_context(session);

    // Dragging over a child leaves the parent: only the balance tells whether the pointer is still here.
    let entered = RwSignal::new(0i32);
    let carries_files = |event: &DragEvent| {
        event.data_transfer().is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
    };
    let on_enter = move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
            entered.update(|entered| *entered += 1);
        }
    };
    let on_over = move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
        }
    };
    let on_leave = move |event: DragEvent| {
        if carries_files(&event) {
            entered.update(|entered| *entered -= 1);
        }
    };
    let on_drop = move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
            entered.set(0);
            if let Some(transfer) = event.data_transfer() {
                let picked = files::from_drop(&transfer, is_relevant_folder);
                leptos::task::spawn_local(async move { session.add_picked(picked.await) });
            }
        }
    };

    view! {
        <div class="page" on:click=move |event| clicked(session, &event) on:dragenter=on_enter on:dragover=on_over on:dragleave=on_leave on:drop=on_drop>
            <a class="skip" href="#review">{texts::SKIP_TO_REVIEW}</a>
            <Header />
            <div class="desk">
                <aside class="side" aria-label=texts::MIGRATIONS>
                    <InputPanel />
                    <Show when=move || session.has_review.get()>
                        <Timeline />
                    </Show>
                </aside>
                <main class="main" id="review" tabindex="-1">
                    <Failed />
                    <Parts />
                </main>
            </div>
            <Show when=move || { entered.get() > 0 }>
                <div class="drop-here">
                    <p>{texts::DROP_HERE}</p>
                </div>
            </Show>
        </div>
    }
}
