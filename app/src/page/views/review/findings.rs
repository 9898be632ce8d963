//! The list of findings. Each leads to its place in the code.

use leptos::prelude::*;
use lockstep_core::report::json::{Document, Finding};
use lockstep_core::sorted::Map;

use crate::page::session::filter::Filter;
use crate::page::session::{FindingKey, Session, finding_id};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, Markup, html};
use crate::page::show::{place, rulebook};
use crate::page::views::header::write_option;
use crate::page::views::icon::Icon;
use crate::page::views::level::{SEVERITIES, severity_class, severity_icon, severity_word};
use crate::page::views::live::Live;
use crate::page::views::rewrite;
use crate::page::views::sql::Sentence;
use crate::texts;

/// Keeps the list "Findings", and what filters it.
pub fn keep(live: &Live, session: Session) {
    let filter = session.filter;
    live.drawn("filters", move |out| {
        session.with_review(|shown| write_filters(&shown.document, filter, out));
    });
    for (id, chosen, of, all) in [
        ("of-rule", filter.rule, (|finding| &finding.rule) as fn(&Finding) -> &String, texts::EVERY_RULE),
        ("of-file", filter.file, |finding| &finding.path, texts::EVERY_FILE),
    ] {
        live.drawn(id, move |out| {
            session.with_review(|shown| write_choices(&shown.document, of, &chosen.read(), all, out));
        });
    }
    live.checked("only-selected", move || filter.only_selected.get());
    live.drawn("listed", move |out| {
        let looked_at = session.finding.get();
        // Which migration is looked at only matters where the others' are left out.
        let migration = if filter.only_selected.get() { session.migration.get() } else { 0 };
        session.with_review(|shown| {
            let listed = filter.listed(&shown.document, migration);
            write_list(session, &shown.document, &listed, filter.limit.get(), looked_at, out);
        });
    });
}

/// A button for every severity, with how many there are.
fn write_filters(document: &Document, filter: Filter, out: &mut Html) {
    let hidden = filter.hidden.read();
    for (index, severity) in SEVERITIES.into_iter().enumerate() {
        let all = place::all(document);
        let count = all.iter().filter(|(_, finding)| finding.severity == severity).count();
        html!(
            out,
            "<button type=\"button\" class=\"filter " {severity_class(severity)} "\" data-do=\"" {Action::Severity(index)}
            "\" aria-pressed=\"" {if hidden.contains(&severity) { "false" } else { "true" }} "\""
            {(count == 0).then_some(Markup(" disabled"))} ">" {severity_icon(severity)}
            {texts::how_many(count, severity_word(severity))} "</button>"
        );
    }
}

/// What there is to choose from, with how many findings are of each.
fn write_choices(document: &Document, of: fn(&Finding) -> &String, chosen: &str, all: &str, out: &mut Html) {
    let mut counts: Map<&str, usize> = Map::default();
    if !chosen.is_empty() {
        counts.insert(chosen, 0);
    }
    for (_, finding) in place::all(document) {
        let count = counts.get(&**of(finding)).copied().unwrap_or_default();
        counts.insert(of(finding), count + 1);
    }
    write_option("", all, chosen.is_empty(), out);
    for (name, count) in counts.iter().filter(|(name, _)| !name.is_empty()) {
        write_option(name, &texts::with_count(name, *count), *name == chosen, out);
    }
}

fn write_list(
    session: Session,
    document: &Document,
    listed: &[(FindingKey, &Finding)],
    limit: usize,
    looked_at: Option<FindingKey>,
    out: &mut Html,
) {
    html!(out, "<ul aria-labelledby=\"findings\">");
    for (key, finding) in listed.iter().take(limit) {
        write_item(session, document, *key, finding, looked_at == Some(*key), out);
    }
    html!(out, "</ul>");
    if listed.is_empty() {
        let words =
            if place::all(document).is_empty() { texts::NO_FINDINGS } else { texts::NO_FINDINGS_FILTERED };
        html!(out, "<p class=\"quiet-text\">" {words} "</p>");
    }
    if listed.len() > limit {
        html!(out, "<button type=\"button\" data-do=\"" {Action::MoreFindings} "\">" {texts::SHOW_MORE} "</button>");
    }
}

/// Where a finding is: `002, line 7`.
pub fn place_words(document: &Document, key: FindingKey, Finding { path, line, .. }: &Finding) -> String {
    let version = key.0.map(|migration| &*document.migrations[migration].version);
    match (version, &**path) {
        (Some(version), _) => texts::in_migration(version, *line),
        (None, "") => texts::WHOLE_SET.to_owned(),
        (None, path) => texts::in_migration(path.rsplit('/').next().unwrap_or(path), *line),
    }
}

fn write_item(
    session: Session,
    document: &Document,
    key: FindingKey,
    finding: &Finding,
    is_looked_at: bool,
    out: &mut Html,
) {
    let Finding { severity, rule, path, line, column, message, help, aliases, .. } = finding;
    let place = place_words(document, key, finding);
    let (looked_at, current) = if is_looked_at { (" looked-at", "true") } else { ("", "false") };
    html!(
        out,
        "<li class=\"finding " {severity_class(*severity)} {looked_at} "\">"
        "<button type=\"button\" class=\"head\" id=\"" {finding_id(key)} "\" aria-current=\"" {current} "\" data-do=\"" {Action::Finding(key)} "\">"
        "<span class=\"level\">" {severity_icon(*severity)} {severity_word(*severity)} "</span> <code class=\"rule\""
    );
    if !aliases.is_empty() {
        html!(out, " title=\"= " {aliases.join(", ")} "\"");
    }
    html!(
        out,
        ">" {rule} "</code> <span class=\"place\" title=\"" {path} ":" {line} ":" {column} "\">" {place} "</span></button>"
        "<p>" {Sentence(message)} "</p>"
    );
    if !help.is_empty() {
        html!(out, "<p class=\"help\">" {Sentence(help)} "</p>");
    }
    let known = if is_looked_at && rewrite::answers(rule) { session.known_rewrite(key) } else { None };
    if let Some(rewrite) = &known {
        let words = rewrite.as_deref().unwrap_or(texts::NO_PROVEN_REWRITE);
        html!(out, "<p class=\"proven\">" {words} "</p>");
    }
    html!(out, "<p class=\"actions\">");
    if key.0.is_some() && known != Some(None) && rewrite::answers(rule) {
        html!(
            out,
            "<button type=\"button\" class=\"small-button\" aria-haspopup=\"dialog\" data-do=\"" {Action::Rewrite(key)} "\">" {Icon::Shield}
            {texts::REWRITE} "<span class=\"unseen\"> " {rule} "</span></button>"
        );
    }
    if let Some(index) = rulebook::place(rule) {
        html!(
            out,
            "<button type=\"button\" class=\"link small-link\" data-do=\"" {Action::Rule(index)} "\">" {texts::ABOUT_RULE}
            "<span class=\"unseen\"> " {rule} "</span></button>"
        );
    }
    html!(out, "</p></li>");
}
