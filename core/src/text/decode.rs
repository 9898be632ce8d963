//! From a file's bytes to text of the same length.

use super::TextProblem;

/// The largest file that is read; what is larger is refused with a problem, and the other files are reviewed.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// The text of `bytes`, exactly as long as they are unless it had to be refused.
pub(super) fn decode(bytes: &[u8]) -> (String, Vec<TextProblem>) {
    if bytes.len() > MAX_FILE_BYTES {
        return (String::new(), vec![TextProblem::TooLarge { bytes: bytes.len() as u64 }]);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return (String::new(), vec![TextProblem::Utf16]);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut not_utf8: Option<(u32, u32)> = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            not_utf8.get_or_insert((text.len() as u32, 0)).1 += 1;
            text.push('?');
        }
    }
    let nul = text.bytes().position(|byte| byte == 0).map(|first| {
        let count = text.bytes().filter(|byte| *byte == 0).count();
        text = text.replace('\0', "?");
        (first as u32, count as u32)
    });
    let problems = [
        not_utf8.map(|(offset, count)| TextProblem::NotUtf8 { offset, count }),
        nul.map(|(offset, count)| TextProblem::Nul { offset, count }),
    ];
    (text, problems.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_as_long_as_the_bytes() {
        for bytes in [&b"SELECT 1"[..], b"a\xffb\xc3", b"\0\0x", "\u{feff}ü".as_bytes(), b""] {
            assert_eq!(decode(bytes).0.len(), bytes.len());
        }
    }

    #[test]
    fn problems_say_where_and_how_many() {
        assert_eq!(decode(b"ab\xff\xfec").1, vec![TextProblem::NotUtf8 { offset: 2, count: 2 }]);
        assert_eq!(decode(b"a\0").1, vec![TextProblem::Nul { offset: 1, count: 1 }]);
        assert_eq!(decode(b"\xff\xfeS\0"), (String::new(), vec![TextProblem::Utf16]));
    }
}
