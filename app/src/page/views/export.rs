//! Taking text along: copying it, keeping it as a file.

use super::icon::Icon;
use crate::page::show::action::{Action, Text};
use crate::page::show::html::{Html, Piece, html};

/// A button of this name that copies a text, and room to say that it has.
pub struct Copy(pub &'static str, pub Text);

impl Piece for Copy {
    fn write(&self, out: &mut Html) {
        let Copy(label, text) = *self;
        html!(
            out,
            "<button type=\"button\" data-do=\"" {Action::Copy(text)} "\">" {Icon::Copy} {label} "</button>"
            "<span class=\"said\" role=\"status\"></span>"
        );
    }
}

/// A button of this name that offers a text as a file.
pub struct Download(pub &'static str, pub Text);

impl Piece for Download {
    fn write(&self, out: &mut Html) {
        let Download(label, text) = *self;
        html!(
            out,
            "<button type=\"button\" data-do=\"" {Action::Download(text)} "\">" {Icon::Download} {label} "</button>"
        );
    }
}
