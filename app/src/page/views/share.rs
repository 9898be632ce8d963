//! Passing a review on: as a link that holds it, or as a file.

use leptos::prelude::*;

use super::export::{Copy, Download};
use super::live::Live;
use super::reviews::write_head;
use crate::page::session::Session;
use crate::page::session::saved::MAX_LINK;
use crate::page::show::action::Text;
use crate::page::show::html::{Html, html};
use crate::texts;

/// The dialog's element.
pub const DIALOG: &str = "share-dialog";

/// Writes the dialog as it begins.
pub fn write(out: &mut Html) {
    write_head(DIALOG, texts::SHARE_TITLE, out);
    html!(
        out,
        "<p class=\"intro\">" {texts::SHARE_INTRO} "</p><div id=\"link\"></div><div class=\"actions\">"
        {Download(texts::SAVE_AS_FILE, Text::Saved)} "</div><p class=\"quiet-text\">" {texts::FILE_INTRO} "</p></dialog>"
    );
}

/// Keeps the dialog.
pub fn keep(live: &Live, session: Session) {
    live.drawn("link", move |out| {
        let Some(length) = session.keeping.link.read().as_ref().map(String::len) else { return };
        html!(
            out,
            "<p class=\"link-size\"><label for=\"link-size\">" {texts::link_size(length, MAX_LINK)} "</label><meter id=\"link-size\" max=\""
            {MAX_LINK} "\" high=\"" {MAX_LINK} "\" value=\"" {length} "\"></meter></p>"
        );
        if length <= MAX_LINK {
            html!(out, "<div class=\"actions\">" {Copy(texts::COPY_LINK, Text::Link)} "</div>");
        } else {
            html!(out, "<p>" {texts::LINK_TOO_LONG} "</p>");
        }
    });
}
