//! Markdown made fit to be looked at in the page.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// Markdown as HTML in which nothing can load, run or lead away: HTML of its own is shown as text,
/// links and pictures as their words.
pub fn preview(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let events = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        // Boxes that cannot be ticked would be form fields without a name.
        Event::TaskListMarker(done) => {
            let mark = if done { "☑" } else { "☐" };
            Some(Event::InlineHtml(format!("<span class=\"task\">{mark}</span> ").into()))
        }
        Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::End(TagEnd::Link | TagEnd::Image) => None,
        event => Some(event),
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
    fn a_checklist_is_readable() {
        let html = preview("- [ ] Backup\n- [x] Staging\n");
        assert!(html.contains("☐") && html.contains("☑") && !html.contains("<input"), "{html}");
    }
}
