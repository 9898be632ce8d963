//! Markdown made fit to be looked at in the page.
//!
//! It reads the Markdown that the core writes READMEs and rules in, and no more: headings, paragraphs, lists,
//! checklists, tables, fenced code, bold words, code and escapes. Comments are left out.

/// The Markdown as HTML in which nothing can load, run or lead away. What may be wider than the
/// page can be scrolled with the keyboard.
pub fn preview(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 2);
    let mut lists = Lists::default();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(item) = Item::of(line) {
            lists.begin(&item, &mut out);
            continue;
        }
        lists.end_down_to(0, &mut out);
        if line.is_empty() || line.starts_with("<!--") {
            continue;
        }
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        if (1..=6).contains(&level) && line[level..].starts_with(' ') {
            element(&format!("h{level}"), |out| inline(&line[level + 1..], out), &mut out);
        } else if ticks >= 3 && !line[ticks..].contains('`') {
            let fence = &line[..ticks];
            out += "<pre tabindex=\"0\"><code>";
            for code in lines.by_ref().take_while(|line| *line != fence) {
                escape(code, &mut out);
                out.push('\n');
            }
            out += "</code></pre>\n";
        } else if line.starts_with('|') {
            out += "<div class=\"table\" tabindex=\"0\"><table><thead>";
            row("th", line, &mut out);
            out += "</thead><tbody>";
            // The line below the header only draws a rule.
            lines.next();
            while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
                row("td", line, &mut out);
            }
            out += "</tbody></table></div>\n";
        } else {
            let mut paragraph = line.to_owned();
            while let Some(more) = lines.next_if(|line| !line.is_empty() && Item::of(line).is_none()) {
                paragraph.push(' ');
                paragraph += more;
            }
            element("p", |out| inline(&paragraph, out), &mut out);
        }
    }
    lists.end_down_to(0, &mut out);
    out
}

fn element(name: &str, content: impl FnOnce(&mut String), out: &mut String) {
    *out += &format!("<{name}>");
    content(out);
    *out += &format!("</{name}>\n");
}

/// An item of a list.
struct Item<'a> {
    /// How many lists deep, from 1.
    depth: usize,
    list: &'static str,
    text: &'a str,
}

impl<'a> Item<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let text = line.trim_start_matches(' ');
        let depth = (line.len() - text.len()) / 2 + 1;
        if let Some(text) = text.strip_prefix("- ") {
            return Some(Item { depth, list: "ul", text });
        }
        let (number, text) = text.split_once(". ")?;
        let counts = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        counts.then_some(Item { depth, list: "ol", text })
    }
}

/// The lists that are open, the outermost first. The last item of each is open too.
#[derive(Default)]
struct Lists {
    open: Vec<&'static str>,
}

impl Lists {
    fn begin(&mut self, item: &Item<'_>, out: &mut String) {
        self.end_down_to(item.depth, out);
        match self.open.last() {
            Some(list) if self.open.len() == item.depth && *list == item.list => *out += "</li>\n",
            _ => {
                self.end_down_to(item.depth - 1, out);
                self.open.push(item.list);
                *out += &format!("<{}>", item.list);
            }
        }
        *out += "<li>";
        let boxes = [("[ ] ", "☐"), ("[x] ", "☑")];
        let ticked = boxes.iter().find_map(|(mark, sign)| Some((item.text.strip_prefix(mark)?, sign)));
        match ticked {
            // A box that cannot be ticked would be a form field without a name.
            Some((text, sign)) => {
                *out += &format!("<span class=\"task\">{sign}</span> ");
                inline(text, out);
            }
            None => inline(item.text, out),
        }
    }

    fn end_down_to(&mut self, depth: usize, out: &mut String) {
        while self.open.len() > depth {
            if let Some(list) = self.open.pop() {
                *out += &format!("</li></{list}>\n");
            }
        }
    }
}

/// A row of a table, each cell in an element of that name.
fn row(cell: &str, line: &str, out: &mut String) {
    *out += "<tr>";
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut start = 0;
    for (at, _) in line.match_indices('|').filter(|(at, _)| !line[..*at].ends_with('\\')) {
        // Between cells, a bar is a bar only behind a backslash, even in code.
        let text = line[start..at].trim().replace("\\|", "|");
        element(cell, |out| inline(&text, out), out);
        start = at + 1;
    }
    *out += "</tr>\n";
}

/// Words, with what is bold or code.
fn inline(text: &str, out: &mut String) {
    let mut bold = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("**") {
            bold = !bold;
            *out += if bold { "<strong>" } else { "</strong>" };
            rest = after;
            continue;
        }
        if first == '`' {
            let (ticks, after) = rest.split_at(rest.bytes().take_while(|byte| *byte == b'`').count());
            if let Some((code, after)) = until_same_run(after, ticks) {
                // A space beside the marks only keeps ticks apart from them.
                let within = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
                *out += "<code>";
                escape(within.unwrap_or(code), out);
                *out += "</code>";
                rest = after;
                continue;
            }
        }
        if let Some(after) = rest.strip_prefix("&amp;") {
            *out += "&amp;";
            rest = after;
            continue;
        }
        if first == '\\' && rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) {
            rest = &rest[1..];
        }
        let length = rest.chars().next().map_or(0, char::len_utf8);
        escape(&rest[..length], out);
        rest = &rest[length..];
    }
    if bold {
        *out += "</strong>";
    }
}

/// What stands before the next run of exactly these ticks, and what behind it.
fn until_same_run<'a>(text: &'a str, ticks: &str) -> Option<(&'a str, &'a str)> {
    let mut at = 0;
    loop {
        at += text[at..].find('`')?;
        let run = text[at..].bytes().take_while(|byte| *byte == b'`').count();
        if run == ticks.len() {
            return Some((&text[..at], &text[at + run..]));
        }
        at += run;
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '&' => *out += "&amp;",
            '"' => *out += "&quot;",
            other => out.push(other),
        }
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
    fn every_kind_of_block_is_shown() {
        for (markdown, html) in [
            ("## A `b`", "<h2>A <code>b</code></h2>\n"),
            ("one\ntwo\n\nthree", "<p>one two</p>\n<p>three</p>\n"),
            ("- a\n- b", "<ul><li>a</li>\n<li>b</li></ul>\n"),
            ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul>\n</li>\n<li>c</li></ul>\n"),
            ("1. a\n2. b\n\nc", "<ol><li>a</li>\n<li>b</li></ol>\n<p>c</p>\n"),
            (
                "- [ ] Backup\n- [x] Staging",
                "<ul><li><span class=\"task\">☐</span> Backup</li>\n<li><span class=\"task\">☑</span> Staging</li></ul>\n",
            ),
            (
                "```sql\nSELECT '<b>';\n```\nx",
                "<pre tabindex=\"0\"><code>SELECT '&lt;b&gt;';\n</code></pre>\n<p>x</p>\n",
            ),
            ("````\n```\n````", "<pre tabindex=\"0\"><code>```\n</code></pre>\n"),
            (
                "| a | b |\n|---|---|\n| `x\\|y` | \\| |",
                "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th>a</th>\n<th>b</th>\n</tr>\n</thead><tbody>\
                 <tr><td><code>x|y</code></td>\n<td>|</td>\n</tr>\n</tbody></table></div>\n",
            ),
        ] {
            assert_eq!(preview(markdown), html, "{markdown}");
        }
    }

    #[test]
    fn words_are_what_was_meant() {
        for (markdown, html) in [
            ("**a** b", "<strong>a</strong> b"),
            ("\\*a\\* a_b \\<c\\> &amp; \"d\"", "*a* a_b &lt;c&gt; &amp; &quot;d&quot;"),
            ("`` a `b` c ``", "<code>a `b` c</code>"),
            ("`a", "`a"),
            ("`**a**`", "<code>**a**</code>"),
            ("**open", "<strong>open</strong>"),
        ] {
            assert_eq!(preview(markdown), format!("<p>{html}</p>\n"), "{markdown}");
        }
    }
}
