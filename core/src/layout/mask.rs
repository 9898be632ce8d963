//! Blanks parts of a text so that what is left keeps its place.

use std::ops::Range;

/// Spaces for everything but the line ends; as many bytes as `text` has.
pub(super) fn blank(text: &str) -> String {
    text.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }).collect()
}

/// The text with everything outside of `kept` blanked. The ranges are in order, apart, and at characters' borders.
pub(super) fn keep(text: &str, kept: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    for range in kept {
        masked.push_str(&blank(&text[masked.len()..range.start]));
        masked.push_str(&text[range.clone()]);
    }
    masked.push_str(&blank(&text[masked.len()..]));
    masked
}

/// The text with every `${name}` (or whatever encloses it) made a name of as many bytes: what a tool would put
/// there is not known. What steers the tool, as `{{ if .x }}` does, is blanked.
pub(super) fn placeholders(text: &str, open: &str, close: &str) -> String {
    const STEERING: &[&str] = &["block", "define", "else", "end", "if", "range", "template", "with"];
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((inside, behind)) = after.split_once(close).filter(|(inside, _)| !inside.contains('\n'))
        else {
            break;
        };
        masked.push_str(before);
        let whole = &rest[before.len()..rest.len() - behind.len()];
        let first = inside.trim_start_matches('-').split_whitespace().next().unwrap_or_default();
        if first.is_empty() || first.starts_with("/*") || STEERING.contains(&first) {
            masked.push_str(&blank(whole));
        } else {
            let kept = |byte: u8| if byte.is_ascii_alphanumeric() { byte as char } else { '_' };
            masked.extend(whole.bytes().map(kept));
        }
        rest = behind;
    }
    masked.push_str(rest);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_keeps_its_place() {
        let text = "prüfe\r\nSELECT 1;\nEnde";
        let masked = keep(text, &[8..17, 19..21]);
        assert_eq!(masked, "      \r\nSELECT 1;\n nd ");
        assert_eq!(masked.len(), text.len());
        assert_eq!(keep("abc", &[]), "   ");
    }

    #[test]
    fn placeholders_become_names() {
        for (text, expected) in [
            ("SELECT ${a.b};", "SELECT __a_b_;"),
            ("${schema}.t, ${flyway:user}", "__schema_.t, __flyway_user_"),
            ("a ${ if x } b", "a           b"),
            ("a ${open\nb}", "a ${open\nb}"),
            ("{{ index .Options \"é\" }}.t", "___index__Options________.t"),
            ("{{- end }}t", "          t"),
        ] {
            let (open, close) = if text.contains("{{") { ("{{", "}}") } else { ("${", "}") };
            let masked = placeholders(text, open, close);
            assert_eq!(masked, expected);
            assert_eq!(masked.len(), text.len());
        }
    }
}
