//! The schema as a list of objects, each with tables of its columns and parts: what the diagram shows, for the keyboard
//! and for screen readers.

use leptos::prelude::*;
use lockstep_core::schema::{Change, Object, OutlineColumn, OutlinePart};

use super::change::{Mark, class};
use crate::page::browser::focus::lead_to;
use crate::page::session::Session;
use crate::page::session::schema::SchemaLook;
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::page::views::live::Live;
use crate::protocol::SchemaShown;
use crate::{rest, texts};

/// Keeps the list.
pub fn keep(live: &Live, session: Session) {
    let look = session.schema;
    live.drawn("schema-changes", move |out| {
        if let Some(shown) = &*look.shown.read() {
            rest::behind(|| write_changes(&shown.changes, out));
        }
    });
    live.checked("only-changed", move || look.only_changed.get());
    live.drawn("how-many-objects", move |out| {
        if let Some(shown) = &*look.shown.read() {
            let listed = look.listed(shown);
            let changed = listed.iter().filter(|object| object.change != Change::Same).count();
            html!(out, { texts::how_many_objects(listed.len(), changed) });
        }
    });
    live.drawn("objects", move |out| {
        if let Some(shown) = &*look.shown.read() {
            rest::behind(|| write(look, shown, out));
        }
    });
}

fn write(look: SchemaLook, shown: &SchemaShown, out: &mut Html) {
    let listed = look.listed(shown);
    if listed.is_empty() {
        let words = if look.only_changed.get() && look.query.read().is_empty() {
            texts::NOTHING_CHANGED
        } else {
            texts::NO_OBJECTS
        };
        return html!(out, "<p class=\"quiet-text\">" {words} "</p>");
    }
    let (folded, limit) = (look.folded.read(), look.limit.get());
    for object in listed.iter().take(limit) {
        write_object(object, is_open(object, listed.len()) != folded.contains(&object.id), out);
    }
    if listed.len() > limit {
        html!(
            out,
            "<p><button type=\"button\" data-do=\"" {Action::MoreObjects} "\">" {texts::SHOW_MORE} "</button> "
            {texts::of(limit, listed.len())} "</p>"
        );
    }
}

/// Is an object open until the reader folds it? What changed is, and so is everything where there is little.
fn is_open(object: &Object, listed: usize) -> bool {
    const FEW: usize = 8;
    listed <= FEW || object.change != Change::Same
}

/// Leads to an object in the list, and opens it.
pub fn show(session: Session, id: u32) {
    let look = session.schema;
    let Some(shown) = look.shown.get_untracked() else { return };
    let find = || {
        untrack(|| {
            let listed = look.listed(&shown);
            let place = listed.iter().position(|object| object.id == id)?;
            Some((place, is_open(listed[place], listed.len())))
        })
    };
    if find().is_none() {
        look.only_changed.set(false);
        look.query.set(String::new());
    }
    let Some((place, is_open)) = find() else { return };
    if is_open == look.folded.read_untracked().contains(&id) {
        look.fold(id);
    }
    look.limit.update(|limit| *limit = (*limit).max(place + 1));
    lead_to(object_id(id));
}

/// The element that names an object.
fn object_id(id: u32) -> String {
    format!("object-{id}")
}

/// What differs, one line each.
fn write_changes(changes: &[String], out: &mut Html) {
    if changes.is_empty() {
        return;
    }
    html!(
        out,
        "<section class=\"section\" aria-labelledby=\"changes-title\"><h3 id=\"changes-title\">" {texts::WHAT_CHANGED} "</h3><ul class=\"lines\">"
    );
    for change in changes.iter().take(CHANGES) {
        html!(out, "<li>" {change} "</li>");
    }
    html!(out, "</ul>");
    if changes.len() > CHANGES {
        html!(out, "<p class=\"quiet-text\">" {texts::more_changes(changes.len() - CHANGES)} "</p>");
    }
    html!(out, "</section>");
}

/// How many lines of changes are listed.
const CHANGES: usize = 100;

fn write_object(object: &Object, is_open: bool, out: &mut Html) {
    let expanded = if is_open { "true" } else { "false" };
    html!(
        out,
        "<section class=\"object " {class(object.change)} "\" aria-label=\"" {object.kind} " " {object.name} "\"><h4><button type=\"button\" class=\"quiet\" id=\"" {object_id(object.id)} "\" aria-expanded=\""
        {expanded} "\" data-do=\"" {Action::Fold(object.id)} "\"><span class=\"kind\">" {object.kind} "</span> <span class=\"name\">"
        {object.name} "</span> " {Mark(object.change)}
        {object.assumed.then_some(texts::ASSUMED_OBJECT)} "</button></h4>"
    );
    if is_open {
        for note in &object.notes {
            html!(out, "<p class=\"note\">" {note} "</p>");
        }
        if !object.definition.is_empty() {
            html!(out, "<pre class=\"definition\" tabindex=\"0\">" {object.definition} "</pre>");
        }
        if !object.columns.is_empty() {
            write_columns(object, out);
        }
        if !object.parts.is_empty() {
            write_parts(object, out);
        }
    }
    html!(out, "</section>");
}

fn write_columns(object: &Object, out: &mut Html) {
    html!(
        out,
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::columns_of(&object.name)} "\"><table><thead><tr><th scope=\"col\">"
        {texts::COLUMN} "</th><th scope=\"col\">" {texts::DATA_TYPE} "</th><th scope=\"col\">" {texts::NULLABILITY}
        "</th><th scope=\"col\">" {texts::DEFAULT} "</th><th scope=\"col\">" {texts::KEY} "</th><th scope=\"col\">" {texts::CHANGE}
        "</th></tr></thead><tbody>"
    );
    for column in &object.columns {
        let OutlineColumn { name, data_type, not_null, default, primary, foreign, change, was } = column;
        // What a view's query gives, it does not say.
        let null = match (data_type.as_str(), not_null) {
            ("" | "?", false) => "",
            (_, true) => texts::NOT_NULL,
            _ => texts::NULLABLE,
        };
        html!(
            out,
            "<tr class=\"" {class(*change)} "\"><th scope=\"row\">" {name} "</th><td>" {data_type} "</td><td>" {null} "</td><td data-head=\"" {texts::DEFAULT} "\">"
            {default.strip_prefix("DEFAULT ").unwrap_or(default)} "</td><td>" {primary.then_some(texts::PRIMARY)}
            {(*primary && *foreign).then_some(", ")} {foreign.then_some(texts::FOREIGN)} "</td><td>" {Mark(*change)} " "
            {was.as_ref().map(|was| texts::was(was))} "</td></tr>"
        );
    }
    html!(out, "</tbody></table></div>");
}

fn write_parts(object: &Object, out: &mut Html) {
    html!(
        out,
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::parts_of(&object.name)} "\"><table><thead><tr><th scope=\"col\">"
        {texts::PART} "</th><th scope=\"col\">" {texts::NAME_OF} "</th><th scope=\"col\">" {texts::DEFINITION}
        "</th><th scope=\"col\">" {texts::CHANGE} "</th></tr></thead><tbody>"
    );
    for part in &object.parts {
        let OutlinePart { kind, name, definition, change, was, .. } = part;
        html!(
            out,
            "<tr class=\"" {class(*change)} "\"><td>" {kind} "</td><th scope=\"row\">" {name} "</th><td><code>" {definition}
            "</code></td><td>" {Mark(*change)} " " {was.as_ref().map(|was| texts::was(was))} "</td></tr>"
        );
    }
    html!(out, "</tbody></table></div>");
}
