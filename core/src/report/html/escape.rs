//! HTML, written so that no text of a migration can break out of its place.

use crate::report::markup;

/// Text for an element or an attribute. What would steer the reader's eye or is not allowed in HTML is shown as �:
/// control characters, and those that turn the direction of the text behind them.
pub(super) fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for character in plain.chars() {
        match character {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\n' | '\t' => out.push(character),
            '\r' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A name or a short piece of SQL.
pub(super) fn code(plain: &str) -> String {
    format!("<code>{}</code>", text(plain))
}

/// A message of ours, in which names are set as code.
pub(super) fn prose(message: &str) -> String {
    let words = message.split(' ').map(|word| match markup::name_in(word) {
        Some((before, name, after)) => {
            format!("{}{}{}", text(before), code(name.trim_matches('"')), text(after))
        }
        None => text(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(text("<b a='\"'>&\r\n"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;\n");
        assert_eq!(text("a\u{202e}b\u{1b}c"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(
            prose("waits for public.orders, <always>."),
            "waits for <code>public.orders</code>, &lt;always&gt;."
        );
    }
}
