//! The one place where the page's world meets the reviewer's.

#[path = "fixture.rs"]
mod fixture;

use lockstep_app::protocol::{Change, Job, Readme, Reviewed, SchemaLine};
use similar::{ChangeTag, TextDiff};

/// The reviewer and its last review.
#[derive(Default)]
pub struct Engine {
    last: Option<Reviewed>,
}

/// Name and title of every layout.
pub fn layouts() -> Vec<(String, String)> {
    vec![("prisma".into(), "Prisma".into()), ("drizzle".into(), "Drizzle".into())]
}

impl Engine {
    /// Reviews the files and keeps the review.
    pub fn review(&mut self, job: Job) -> Reviewed {
        let reviewed = fixture::review(&job);
        self.last = Some(reviewed.clone());
        reviewed
    }

    /// The schema after a migration, compared with the one before.
    pub fn schema(&self, migration: usize) -> Option<Vec<SchemaLine>> {
        let document = &self.last.as_ref()?.document;
        document.migrations.get(migration)?;
        let before =
            migration.checked_sub(1).map(|before| fixture::ddl(document, before)).unwrap_or_default();
        Some(compare(&before, &fixture::ddl(document, migration)))
    }

    /// The migration README.
    pub fn readme(&self) -> Option<Readme> {
        let markdown = fixture::readme(&self.last.as_ref()?.document);
        let html = preview(&markdown);
        Some(Readme { markdown, html })
    }

    /// The review as Markdown.
    pub fn report(&self) -> Option<String> {
        Some(fixture::readme(&self.last.as_ref()?.document))
    }
}

/// Line by line.
fn compare(before: &str, after: &str) -> Vec<SchemaLine> {
    TextDiff::from_lines(before, after)
        .iter_all_changes()
        .map(|change| {
            let text = change.value().trim_end_matches(['\r', '\n']).to_owned();
            let tokens = fixture::tokens(&text, 0);
            let change = match change.tag() {
                ChangeTag::Equal => Change::Same,
                ChangeTag::Insert => Change::Added,
                ChangeTag::Delete => Change::Removed,
            };
            SchemaLine { change, text, tokens }
        })
        .collect()
}

/// Markdown as HTML in which nothing can load, run or lead away: HTML of its own is shown as text, links and pictures as their words.
fn preview(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

    let events =
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS).filter_map(|event| {
            match event {
                Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
                Event::TaskListMarker(done) => {
                    let mark = if done { "☑" } else { "☐" };
                    Some(Event::InlineHtml(format!("<span class=\"task\">{mark}</span> ").into()))
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. })
                | Event::End(TagEnd::Link | TagEnd::Image) => None,
                event => Some(event),
            }
        });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_holds_nothing_that_loads_or_leads_away() {
        let html = preview(
            "<img src=x onerror=a()> [go](javascript:a()) ![p](https://example.org/p.png)\n\n<script>a()</script>\n",
        );
        assert!(!html.contains("<img") && !html.contains("<a") && !html.contains("<script"), "{html}");
        assert!(html.contains("go") && html.contains("&lt;script"), "{html}");
    }

    #[test]
    fn lines_are_compared() {
        let lines = compare("a\nb\n", "a\nc\n");
        let short: Vec<_> = lines.iter().map(|line| (line.change, line.text.as_str())).collect();
        assert_eq!(short, [(Change::Same, "a"), (Change::Removed, "b"), (Change::Added, "c")]);
    }
}
