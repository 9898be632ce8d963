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
}
