//! The page as it begins: header on top, input and timeline at the side, the review in the middle.
//!
//! Every element that changes has an id, by which the other files of this folder keep it up to date.

use super::dialogs;
use super::export::{Copy, Download};
use super::icon::Icon;
use super::parts::{panel_id, tab_id};
use super::{locks, papers, reviews, rewrite, schema, share, signing, sizes};
use crate::page::session::Tab;
use crate::page::show::action::{Action, Text};
use crate::page::show::html::{Html, html};
use crate::texts;

/// Writes all of it.
pub fn write(out: &mut Html) {
    html!(out, "<a class=\"skip\" href=\"#review\">" {texts::SKIP_TO_REVIEW} "</a>");
    write_header(out);
    html!(out, "<div class=\"desk\"><aside class=\"side\" aria-label=\"" {texts::MIGRATIONS} "\">");
    write_input(out);
    html!(
        out,
        "<section class=\"timeline\" id=\"timeline-part\" hidden><div class=\"bar\"><h2 id=\"timeline\">" {texts::TIMELINE}
        "</h2><span class=\"quiet-text\" id=\"migration-count\"></span></div>"
        "<ol aria-labelledby=\"timeline\" id=\"entries\"></ol></section></aside>"
        "<main class=\"main\" id=\"review\" tabindex=\"-1\"><div role=\"alert\" id=\"failure\"></div>"
        // Shown by boot.js, which also listens to the button.
        "<div class=\"notices\" id=\"new-version\" role=\"status\" hidden><p>" {texts::NEW_VERSION} "</p><button type=\"button\">"
        {texts::RELOAD} "</button></div><div class=\"tab-bar\">"
        "<div class=\"tabs\" role=\"tablist\" aria-label=\"" {texts::REVIEW_PARTS} "\" id=\"tabs\"></div>"
        "<div id=\"report\" hidden><button type=\"button\" aria-haspopup=\"dialog\" data-do=\"" {Action::Share} "\">" {Icon::Share} {texts::SHARE} "</button>"
        {Download(texts::DOWNLOAD_REPORT, Text::Report)} "</div></div>"
    );
    for tab in Tab::ALL {
        html!(
            out,
            "<div class=\"panel\" role=\"tabpanel\" tabindex=\"0\" hidden id=\"" {panel_id(tab)} "\" aria-labelledby=\"" {tab_id(tab)}
            "\"><div id=\"no-review-" {tab_id(tab)} "\"></div>"
        );
        if tab == Tab::Locks {
            locks::explorer::write_frame(out);
        }
        if tab == Tab::Review {
            // Filled where the page is built with a sample review.
            html!(out, "<section class=\"sample\" id=\"sample\" aria-label=\"" {texts::SAMPLE} "\"></section>");
        }
        html!(
            out,
            "<div id=\"of-" {tab_id(tab)} "\" hidden>"
        );
        match tab {
            Tab::Review => write_review(out),
            Tab::Locks => {
                html!(out, "<p class=\"intro\">" {texts::LOCKS_INTRO} "</p><div id=\"deployment\"></div><div id=\"locks\"></div>")
            }
            Tab::Schema => schema::write_frame(out),
            Tab::Rollback => html!(
                out,
                "<p class=\"intro\">" {texts::ROLLBACK_INTRO} "</p><div id=\"rollback-of-all\"></div><div id=\"rollback\"></div>"
            ),
            Tab::Readme => write_readme(out),
            Tab::Report => {
                html!(out, "<p class=\"intro\">" {texts::REPORT_INTRO} "</p><div id=\"papers\"></div>");
                papers::write_frame(out);
            }
            Tab::SignOff => signing::write_frame(out),
            Tab::Sizes => sizes::write_frame(out),
        }
        html!(out, "</div></div>");
    }
    html!(out, "</main></div>");
    reviews::write(out);
    share::write(out);
    rewrite::write(out);
    html!(out, "<div class=\"drop-here\" id=\"drop-here\" hidden><p>" {texts::DROP_HERE} "</p></div>");
    dialogs::write(out);
}

/// Name, server version, examples, opening files, colours.
fn write_header(out: &mut Html) {
    html!(
        out,
        "<header class=\"header\"><div class=\"brand\">"
        "<svg class=\"logo\" viewBox=\"0 0 32 32\" width=\"28\" height=\"28\" aria-hidden=\"true\">"
        "<rect width=\"32\" height=\"32\" rx=\"7\"/><path d=\"M8 10h10M8 16h16M8 22h10\"/>"
        "<circle class=\"first\" cx=\"23\" cy=\"10\" r=\"2.6\"/><circle class=\"second\" cx=\"23\" cy=\"22\" r=\"2.6\"/></svg>"
        "<div><h1>" {texts::NAME} "</h1><p>" {texts::TAGLINE} "</p></div></div>"
        "<p class=\"progress\" id=\"progress\" role=\"status\"></p><div class=\"tools\">"
        "<select id=\"postgres\" aria-label=\"" {texts::POSTGRES_VERSION} "\"></select>"
        "<select id=\"examples\" aria-label=\"" {texts::EXAMPLES} "\"></select>"
        // The buttons, and the file inputs behind them.
        "<button type=\"button\" data-do=\"" {Action::OpenFiles} "\">" {Icon::Files} {texts::OPEN_FILES} "</button>"
        "<input type=\"file\" id=\"files\" hidden multiple>"
        "<button type=\"button\" data-do=\"" {Action::OpenFolder} "\">" {Icon::Folder} {texts::OPEN_FOLDER} "</button>"
        "<input type=\"file\" id=\"folder\" hidden webkitdirectory>"
        "<button type=\"button\" aria-haspopup=\"dialog\" data-do=\"" {Action::Reviews} "\">" {Icon::Shelf} {texts::REVIEWS} "</button>"
        "<button type=\"button\" class=\"quiet\" title=\"" {texts::COMMANDS_TITLE} "\" aria-label=\"" {texts::COMMANDS} "\" data-do=\""
        {Action::Commands} "\">" {Icon::Search} "</button>"
        "<button type=\"button\" class=\"quiet\" title=\"" {texts::KEYS_TITLE} "\" aria-label=\"" {texts::KEYS} "\" data-do=\"" {Action::Keys}
        "\">" {Icon::Question} "</button>"
        "<button type=\"button\" class=\"quiet\" id=\"theme\" aria-label=\"" {texts::THEME} "\" data-do=\"" {Action::SwitchTheme}
        "\"></button></div></header>"
    );
}

/// Where migrations come in: a textbox, the files behind it, and how to read them.
fn write_input(out: &mut Html) {
    html!(
        out,
        "<section class=\"input alone\" id=\"input\"><div class=\"bar\"><h2><label for=\"migrations\">" {texts::MIGRATIONS} "</label></h2>"
        "<button type=\"button\" class=\"quiet small\" id=\"clear\" hidden data-do=\"" {Action::Clear} "\">" {texts::CLEAR} "</button></div>"
        "<div role=\"alert\" id=\"notices\"></div><div role=\"status\" id=\"taken\"></div>"
        "<ul class=\"files\" id=\"file-list\" hidden aria-label=\"" {texts::FILES} "\"></ul>"
        "<textarea id=\"migrations\" spellcheck=\"false\" autocapitalize=\"off\" autocomplete=\"off\" aria-describedby=\"stays remark\" placeholder=\""
        {texts::PASTE_HERE} "\"></textarea><p class=\"quiet-text remark\" id=\"remark\"></p>"
        "<p class=\"stays\" id=\"stays\">" {Icon::Shield} {texts::STAYS_HERE} "</p>"
        "<p class=\"quiet-text\" id=\"not-kept\" role=\"status\" hidden>" {texts::NOT_KEPT} "</p>"
        "<details class=\"options\"><summary>" {texts::OPTIONS} "</summary><div class=\"fields\">"
        "<label>" {texts::LAYOUT} "<select id=\"layout\"></select></label>"
        "<label>" {texts::TRANSACTION} "<select id=\"transaction\"></select></label>"
        "<label>" {texts::SINCE} "<select id=\"since\"></select></label></div></details></section>"
    );
}

fn write_review(out: &mut Html) {
    html!(
        out,
        "<div id=\"verdict\"></div><div class=\"read\"><section class=\"findings\"><div class=\"bar\"><h3 id=\"findings\">"
        {texts::FINDINGS} "</h3><div class=\"filters\" id=\"filters\"></div></div>"
        "<div class=\"only\"><select id=\"of-rule\" aria-label=\"" {texts::RULE} "\"></select><select id=\"of-file\" aria-label=\"" {texts::FILE}
        "\"></select></div><label class=\"check\"><input type=\"checkbox\" id=\"only-selected\">" {texts::ONLY_THIS_MIGRATION} "</label>"
        "<div class=\"listed\" id=\"listed\"></div></section>"
        "<section class=\"code\" aria-labelledby=\"code\"><div class=\"bar\" id=\"code-head\"></div>"
    );
    for way in ["up", "down", "all"] {
        html!(
            out,
            "<div class=\"script-of-code\" id=\"script-" {way} "\"><div class=\"script-head\" id=\"head-" {way}
            "\"></div><div class=\"lines-of-code\" role=\"group\" id=\"lines-" {way} "\"></div></div>"
        );
    }
    html!(out, "</section></div>");
}

fn write_readme(out: &mut Html) {
    html!(
        out,
        "<div class=\"bar\"><fieldset class=\"choice\"><legend class=\"unseen\">" {texts::README} "</legend>"
        "<label class=\"check\"><input type=\"radio\" name=\"readme-form\" id=\"as-preview\">" {texts::PREVIEW} "</label>"
        "<label class=\"check\"><input type=\"radio\" name=\"readme-form\" id=\"as-source\">" {texts::SOURCE} "</label></fieldset>"
        "<div class=\"actions\">" {Copy(texts::COPY_README, Text::Readme)} {Download(texts::DOWNLOAD_README, Text::Readme)}
        "</div></div><div id=\"readme\"></div>"
    );
}
