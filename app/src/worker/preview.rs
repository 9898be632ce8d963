//! Markdown made fit to be looked at in the page.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// Markdown as HTML in which nothing can load, run or lead away: HTML of its own is shown as text,
/// links and pictures as their words. What may be wider than the page can be scrolled with the keyboard.
pub fn preview(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(markdown, options).flat_map(tamed));
    out
}

fn tamed(event: Event<'_>) -> Vec<Event<'_>> {
    let ours = |html: &'static str| Event::Html(html.into());
    match event {
        Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
        Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::End(TagEnd::Link | TagEnd::Image) => {
            vec![]
        }
        // Boxes that cannot be ticked would be form fields without a name.
        Event::TaskListMarker(true) => vec![ours("<span class=\"task\">☑</span> ")],
        Event::TaskListMarker(false) => vec![ours("<span class=\"task\">☐</span> ")],
        Event::Start(Tag::CodeBlock(_)) => vec![ours("<pre tabindex=\"0\"><code>")],
        Event::End(TagEnd::CodeBlock) => vec![ours("</code></pre>\n")],
        Event::Start(Tag::Table(_)) => vec![ours("<div class=\"table\" tabindex=\"0\">"), event],
        Event::End(TagEnd::Table) => vec![event, ours("</div>\n")],
        event => vec![event],
    }
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

    #[test]
    fn code_and_tables_can_be_scrolled() {
        let html = preview("```sql\nSELECT '<b>';\n```\n\n| a |\n|---|\n| 1 |\n");
        assert!(html.contains("<pre tabindex=\"0\"><code>SELECT '&lt;b&gt;';\n</code></pre>"), "{html}");
        assert!(html.contains("<div class=\"table\" tabindex=\"0\"><table>"), "{html}");
    }
}
