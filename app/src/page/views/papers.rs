//! The report and all else that is written about a review, to be taken along.

use leptos::prelude::*;
use leptos::task::spawn_local;
use lockstep_core::text::archive;

use super::export::Copy;
use super::icon::Icon;
use super::live::Live;
use crate::page::browser::apart;
use crate::page::browser::download::download;
use crate::page::session::{Session, Tab};
use crate::page::show::action::{Action, Text};
use crate::page::show::html::{Html, html};
use crate::protocol::{Answer, Paper, PaperKind, Request};
use crate::{rest, texts};

/// The element in which the report is shown.
const REPORT: &str = "report-page";

/// A report of more bytes than this is not drawn here: browsers take seconds for it.
const DRAWN: usize = 2_000_000;

/// Writes where the report is shown.
pub fn write_frame(out: &mut Html) {
    html!(
        out,
        "<section class=\"section\" id=\"report-section\" hidden><h3>" {texts::PAPER_REPORT} "</h3><p class=\"quiet-text remark\" id=\"report-note\"></p>"
        "<div class=\"page-within\" id=\"" {REPORT} "\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::PAPER_REPORT}
        "\"></div></section>"
    );
}

/// Keeps it. The papers are asked for while they are looked at.
pub fn keep(live: &Live, session: Session) {
    let wanted = Memo::new(move |_| {
        let number = session.shown.read().as_ref().map(|shown| shown.number);
        let is_looked_at = session.tab.get() == Tab::Report;
        number.filter(|_| is_looked_at).map(|number| (number, session.signing.sheet.get()))
    });
    Effect::new(move |_| {
        let asked = wanted.get();
        session.papers.set(None);
        let Some((_, sheet)) = asked.clone() else { return };
        spawn_local(async move {
            let answer = session.ask(Request::Papers(sheet)).await;
            // A newer review may have come meanwhile.
            if wanted.get_untracked() == asked
                && let Ok(Answer::Papers(papers)) = answer
            {
                session.papers.set(Some(papers));
            }
        });
    });
    live.shown_when("report-section", move || session.papers.read().is_some());
    let is_drawn = move || with_report(session, |report| report.len() <= DRAWN).unwrap_or(false);
    live.shown_when(REPORT, is_drawn);
    live.drawn("report-note", move |out| html!(out, { (!is_drawn()).then_some(texts::REPORT_TOO_LONG) }));
    Effect::new(move |_| {
        if is_drawn() {
            with_report(session, |report| apart::show(REPORT, report));
        }
    });
    live.drawn("papers", move |out| match session.papers.read().as_deref() {
        None => html!(out, "<p class=\"quiet-text\" role=\"status\">" {texts::WRITING} "</p>"),
        Some(papers) => rest::behind(|| write(session, papers, out)),
    });
}

fn with_report<T>(session: Session, read: impl FnOnce(&str) -> T) -> Option<T> {
    let papers = session.papers.read();
    papers.as_ref()?.iter().find(|paper| paper.kind == PaperKind::Report).map(|paper| read(&paper.text))
}

fn write(session: Session, papers: &[Paper], out: &mut Html) {
    let own = session.input.read_untracked().files().len();
    html!(
        out,
        "<section class=\"section\"><div class=\"bar\"><h3>" {texts::EVERYTHING} "</h3><button type=\"button\" class=\"strong\" data-do=\""
        {Action::Everything} "\">" {Icon::Download} {texts::DOWNLOAD_EVERYTHING} "</button></div><p class=\"quiet-text\">"
        {texts::in_the_zip(own, papers.len())} "</p><ul class=\"decisions\" aria-label=\"" {texts::PAPERS} "\">"
    );
    for (index, Paper { kind, path, .. }) in papers.iter().enumerate() {
        html!(
            out,
            "<li><div class=\"what\"><code>" {path} "</code> <span class=\"quiet-text\">" {words(*kind)} "</span></div>"
            "<button type=\"button\" class=\"small-button\" data-do=\"" {Action::Download(Text::Paper(index))} "\">" {Icon::Download}
            {texts::DOWNLOAD} "<span class=\"unseen\"> " {path} "</span></button></li>"
        );
    }
    html!(out, "</ul></section>");
    if let Some((index, comment)) =
        papers.iter().enumerate().find(|(_, paper)| paper.kind == PaperKind::Comment)
    {
        html!(
            out,
            "<section class=\"section\"><div class=\"bar\"><h3>" {texts::COMMENT_TITLE} "</h3><div class=\"actions\">"
            {Copy(texts::COPY_COMMENT, Text::Paper(index))} "</div></div>"
            "<pre class=\"plain-code folded\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::COMMENT_TITLE} "\">\n" {comment.text}
            "</pre></section>"
        );
    }
}

fn words(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Readme => texts::PAPER_README,
        PaperKind::Report => texts::PAPER_REPORT,
        PaperKind::Comment => texts::PAPER_COMMENT,
        PaperKind::WayBack => texts::PAPER_WAY_BACK,
        PaperKind::SignOff => texts::PAPER_SIGN_OFF,
    }
}

/// Where the paper of that index belongs.
pub fn path(session: Session, index: usize) -> String {
    let path = session.papers.with_untracked(|papers| Some(papers.as_ref()?.get(index)?.path.clone()));
    path.unwrap_or_default()
}

/// Offers the reader's files and the papers as one archive. A paper takes the place of the file that it goes on from.
pub fn download_everything(session: Session) {
    let Some(papers) = session.papers.get_untracked() else { return };
    let mut files: Vec<(String, Vec<u8>)> = session.input.with_untracked(|input| {
        input.files().iter().map(|file| (file.path.clone(), file.bytes().to_vec())).collect()
    });
    for Paper { path, text, .. } in papers {
        match files.iter_mut().find(|(other, _)| *other == path) {
            Some((_, bytes)) => *bytes = text.into_bytes(),
            None => files.push((path, text.into_bytes())),
        }
    }
    let _ = download(texts::EVERYTHING_FILE, "application/zip", &archive::pack(&files));
}
