//! What the whole deployment locks: a row for each table, a column for each migration.

use lockstep_core::report::json::Document;

use super::parts::{Mode, who_waits};
use crate::page::show::action::Action;
use crate::page::show::deployment::{Cell, Deployment};
use crate::page::show::html::{Html, html};
use crate::page::views::icon::Icon;
use crate::texts;

/// How many tables and migrations are drawn at most.
const LIMIT: usize = 40;

/// Writes it, where several migrations lock something.
pub fn write(document: &Document, out: &mut Html) {
    let Deployment { migrations, tables } = Deployment::of(document);
    if migrations.len() < 2 {
        return;
    }
    html!(
        out,
        "<section class=\"section\"><h3 id=\"deployment-title\">" {texts::DEPLOYMENT} "</h3><p class=\"quiet-text\">"
        {texts::DEPLOYMENT_INTRO}
        "</p><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"deployment-title\"><table class=\"held\">"
        "<thead><tr><th scope=\"col\">" {texts::RELATION} "</th>"
    );
    for &index in migrations.iter().take(LIMIT) {
        let migration = &document.migrations[index];
        html!(
            out,
            "<th scope=\"col\"><button type=\"button\" class=\"link\" title=\"" {migration.name} "\" data-do=\""
            {Action::Migration(index)} "\">" {migration.version} "</button></th>"
        );
    }
    html!(out, "</tr></thead><tbody>");
    for table in tables.iter().take(LIMIT) {
        html!(out, "<tr><th scope=\"row\" class=\"relation\">" {table.relation} "</th>");
        for (cell, &migration) in table.cells.iter().zip(&migrations).take(LIMIT) {
            html!(out, "<td>");
            if let Some(cell) = cell {
                write_cell(cell, migration, out);
            }
            html!(out, "</td>");
        }
        html!(out, "</tr>");
    }
    html!(out, "</tbody></table></div>");
    for (left_out, words) in [
        (tables.len().saturating_sub(LIMIT), texts::more_tables as fn(usize) -> String),
        (migrations.len().saturating_sub(LIMIT), texts::more_migrations),
    ] {
        if left_out > 0 {
            html!(out, "<p class=\"quiet-text\">" {words(left_out)} "</p>");
        }
    }
    html!(out, "</section>");
}

fn write_cell(cell: &Cell<'_>, migration: usize, out: &mut Html) {
    let waits = format!("{}: {}", texts::WHO_WAITS, who_waits(&cell.lock.blocks));
    html!(
        out,
        "<button type=\"button\" class=\"held-bar" {Mode(&cell.lock.mode).stops()} "\" title=\"" {waits} "\" data-do=\""
        {Action::Migration(migration)} "\"><span class=\"held-mode\">" {cell.lock.mode} {cell.works.then_some(Icon::Work)}
        "</span></button>"
    );
}
