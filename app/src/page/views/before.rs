//! The page as it stands before its module runs: what can be seen and typed into at once, with a finished review to look
//! at. Written when the page is built; `page.rs` takes it over.

use lockstep_core::report::json::{Document, Finding};
use lockstep_core::text::Workspace;

use super::level::{severity_class, severity_icon, severity_word};
use super::review::{notes, verdict};
use super::sql::{Coloured, Sentence};
use super::{empty, frame, header, parts};
use crate::edit::JobEdit;
use crate::examples::Example;
use crate::page::session::{Direction, LineOfScript, Tab};
use crate::page::show::html::{Html, Markup, html};
use crate::page::show::{code, place};
use crate::protocol::{Job, POSTGRES_VERSIONS, Settings};
use crate::texts;
use crate::worker::Engine;

/// The sample history that is shown, and the migration under review, with which it ends.
const SAMPLE: (&str, &str) = ("crm-prisma", "20250203101530_add_job_priority");

/// The version of the migration before it.
const APPLIED: &str = "20250118140512";

/// How many findings are shown.
const FINDINGS: usize = 3;

/// Writes it.
pub fn write(examples: &[Example]) -> String {
    let mut page = Html::of(frame::write);
    let panel = parts::panel_id(Tab::Review);
    page = page.replace(&format!(" hidden id=\"{panel}\""), &format!(" id=\"{panel}\""));
    for (id, content) in [
        ("tabs", Html::of(|out| parts::write_tabs(Tab::Review, out))),
        ("progress", Html::of(|out| html!(out, { texts::STARTING }))),
        ("postgres", Html::of(|out| header::write_versions(POSTGRES_VERSIONS[0], out))),
        ("examples", Html::of(|out| header::write_examples(examples, "", out))),
        ("no-review-tab-review", Html::of(|out| empty::write_empty(examples, out))),
        ("sample", Html::of(|out| write_sample(examples, out))),
    ] {
        page = filled(&page, id, &content);
    }
    page
}

/// The page with something in the empty element of that id.
fn filled(page: &str, id: &str, content: &str) -> String {
    let at = page.find(&format!(" id=\"{id}\"")).expect("the frame has this element");
    let begin = at + page[at..].find('>').expect("it is closed") + 1;
    format!("{}{content}{}", &page[..begin], &page[begin..])
}

/// A review of a sample, as the page would show it, of which nothing can be pressed.
fn write_sample(examples: &[Example], out: &mut Html) {
    let (folder, migration) = SAMPLE;
    let example = examples.iter().find(|example| example.folder == folder).expect("the sample is there");
    let files = example.files.iter().filter(|(path, _)| path.split('/').next() <= Some(migration));
    let files: Vec<_> = files.map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    let mut sources = Workspace::new();
    for (path, bytes) in &files {
        sources.add(path.clone(), bytes);
    }
    let settings = Settings { since: Some(APPLIED.to_owned()), ..Settings::default() };
    let edit = JobEdit::of(&Job { files, settings }, None);
    let reviewed = Engine::default().review(edit).reviewed(&[], &[]).expect("all of it is new");
    let document = &reviewed.document;
    let last = document.migrations.len() - 1;
    let script = &document.migrations[last].up;
    let source =
        sources.files().map(|(_, file)| file).find(|file| file.path == script.path).expect("its file");
    let numbers = code::line_numbers(source, script);
    html!(
        out,
        "<h2>" {texts::SAMPLE_TITLE} "</h2><p class=\"intro\">" {texts::SAMPLE_INTRO} "</p>"
    );
    html!(out, "<div class=\"verdict " {verdict::class(document)} "\">");
    verdict::write_judgement(document, out);
    html!(out, "</div><div class=\"read\"><ul class=\"findings\">");
    for (_, finding) in gravest(document) {
        write_finding(finding, out);
    }
    html!(out, "</ul><div class=\"code\"><div class=\"script-of-code\"><div class=\"lines-of-code\">");
    for line in code::lines(source, script, &reviewed.tokens[last].up, &[], numbers) {
        html!(
            out,
            "<div class=\"line" {line.aside.then_some(Markup(" aside"))} "\"><span class=\"bracket\"></span><span class=\"number\">"
            {line.number} "</span><span class=\"marks\"></span><code class=\"text\">" {Coloured(&line.pieces)} "</code></div>"
        );
        for statement in line.ends.iter().map(|at| &script.statements[*at]) {
            if statement.locks.is_empty() && statement.work.is_empty() {
                continue;
            }
            let nowhere = LineOfScript { migration: last, direction: Direction::Down, line: statement.line };
            html!(out, "<div class=\"notes\"><span class=\"bracket\"></span><div class=\"said-here\">");
            notes::write_chips(statement, nowhere, out);
            html!(out, "</div></div>");
        }
    }
    html!(out, "</div></div></div></div>");
}

fn gravest(document: &Document) -> impl Iterator<Item = (crate::page::session::FindingKey, &Finding)> {
    place::all(document).into_iter().take(FINDINGS)
}

fn write_finding(Finding { severity, rule, message, line, .. }: &Finding, out: &mut Html) {
    html!(
        out,
        "<li class=\"finding " {severity_class(*severity)} "\"><p class=\"head\"><span class=\"level\">" {severity_icon(*severity)}
        {severity_word(*severity)} "</span> <code class=\"rule\">" {rule} "</code> <span class=\"place\">" {texts::line(*line)}
        "</span></p><p>" {Sentence(message)} "</p></li>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples;

    #[test]
    fn the_page_before_is_small_and_shows_a_whole_review() {
        let page = write(&examples::of_repository());
        assert!(page.len() < 40_000, "{} bytes", page.len());
        for words in ["ACCESS EXCLUSIVE", texts::STAYS_HERE, texts::STARTING, "work-under-lock"] {
            assert!(page.contains(words), "{words}");
        }
        // What drives the page finds a review by these names, and must not take the sample for one.
        let sample = &page[page.find(texts::SAMPLE_TITLE).unwrap()..];
        let sample = &sample[..sample.find("of-tab-review").unwrap()];
        for attribute in ["aria-label=", "data-do=", "tabindex=", "<button"] {
            assert!(!sample.contains(attribute), "{attribute}");
        }
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands for one element");
    }
}
