//! HTML, written as text. Markup is the page's own and stands in literals; all else is escaped here. Only what
//! was Markdown comes as HTML, from `preview.rs`, which escapes what it reads as it writes it.

/// HTML that is being written, by [`html!`].
#[derive(Default)]
pub struct Html {
    text: String,
}

impl Html {
    /// What this writes.
    pub fn of(write: impl FnOnce(&mut Html)) -> String {
        let mut html = Html::default();
        write(&mut html);
        html.text
    }

    /// Writes markup, which no data can be.
    pub fn markup(&mut self, markup: &'static str) {
        self.text.push_str(markup);
    }

    /// Writes HTML that was made of Markdown, and made harmless: `preview.rs`.
    pub fn written(&mut self, html: &str) {
        self.text.push_str(html);
    }

    /// Writes text, which may stand in an element or in a quoted attribute.
    pub fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&#39;"),
                other => self.text.push(other),
            }
        }
    }
}

/// What can stand between markup.
pub trait Piece {
    /// Writes it.
    fn write(&self, html: &mut Html);
}

impl Piece for str {
    fn write(&self, html: &mut Html) {
        html.text(self);
    }
}

impl Piece for String {
    fn write(&self, html: &mut Html) {
        html.text(self);
    }
}

impl Piece for u32 {
    fn write(&self, html: &mut Html) {
        html.text(&self.to_string());
    }
}

impl Piece for i32 {
    fn write(&self, html: &mut Html) {
        html.text(&self.to_string());
    }
}

impl Piece for usize {
    fn write(&self, html: &mut Html) {
        html.text(&self.to_string());
    }
}

/// Markup that stands there or not: `{is_empty.then_some(Markup(" disabled"))}`.
pub struct Markup(pub &'static str);

impl Piece for Markup {
    fn write(&self, html: &mut Html) {
        html.markup(self.0);
    }
}

impl<T: Piece> Piece for Option<T> {
    fn write(&self, html: &mut Html) {
        if let Some(piece) = self {
            piece.write(html);
        }
    }
}

impl<T: Piece + ?Sized> Piece for &T {
    fn write(&self, html: &mut Html) {
        (**self).write(html);
    }
}

/// Writes literals as markup and what stands in braces as text, or as the HTML that such a thing is:
/// `html!(out, "<li title=\"" {title} "\">" {Icon::Lock} "</li>")`.
macro_rules! html {
    (@ $html:expr;) => {};
    (@ $html:expr; $markup:literal $($rest:tt)*) => {
        $html.markup($markup);
        $crate::page::show::html::html!(@ $html; $($rest)*);
    };
    (@ $html:expr; { $piece:expr } $($rest:tt)*) => {
        $crate::page::show::html::Piece::write(&$piece, $html);
        $crate::page::show::html::html!(@ $html; $($rest)*);
    };
    ($html:expr, $($pieces:tt)+) => {{
        $crate::page::show::html::html!(@ $html; $($pieces)+);
    }};
}

pub(crate) use html;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_in_elements_and_attributes() {
        for text in
            ["<script>a()</script>", "a & b", "\" onclick=\"a()", "' onclick='a()", "&lt;", "é\u{0}\n"]
        {
            let html = Html::of(|out| {
                html!(out, "<b title=\"" {text} "\">" {text.to_owned()} "</b>");
            });
            let within = html.strip_prefix("<b title=\"").unwrap().strip_suffix("</b>").unwrap();
            assert_eq!(within.matches(['<', '>', '"', '\'']).collect::<String>(), "\">", "{html}");
            let unescaped = within
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
            assert_eq!(unescaped, format!("{text}\">{text}"));
        }
    }

    #[test]
    fn numbers_are_written() {
        assert_eq!(
            Html::of(|out| {
                html!(out, "<i>" {7_u32} "</i>" {8_usize});
            }),
            "<i>7</i>8"
        );
    }
}
