//! The migration README: read, copied, kept.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live::Live;
use crate::page::session::{Session, Tab};
use crate::page::show::html::html;
use crate::protocol::{Answer, Request};
use crate::texts;

/// Keeps the README. It is asked for while it is looked at.
pub fn keep(live: &Live, session: Session) {
    let wanted = Memo::new(move |_| {
        let number = session.shown.read().as_ref().map(|shown| shown.number);
        number.filter(|_| session.tab.get() == Tab::Readme)
    });
    Effect::new(move |_| {
        let Some(asked) = wanted.get() else { return session.readme.set(None) };
        spawn_local(async move {
            let answer = session.ask(Request::Readme).await;
            // A newer review may have come meanwhile.
            if wanted.get_untracked() == Some(asked)
                && let Ok(Answer::Readme(answer)) = answer
            {
                session.readme.set(answer);
            }
        });
    });
    live.checked("as-preview", move || !session.as_source.get());
    live.checked("as-source", move || session.as_source.get());
    live.drawn("readme", move |out| match &*session.readme.read() {
        None => html!(out, "<p class=\"quiet-text\">" {texts::WRITING} "</p>"),
        Some(readme) if session.as_source.get() => {
            html!(
                out,
                "<pre class=\"plain-code\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::SOURCE} "\">\n"
                {readme.markdown} "</pre>"
            );
        }
        Some(readme) => {
            html!(out, "<article class=\"document\">");
            out.written(&readme.html);
            html!(out, "</article>");
        }
    });
}
