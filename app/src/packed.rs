//! Many files in one text: a JSON array of arrays, each a path and the text of that file.

use lockstep_core::json::{Json, quoted};

/// What stands behind the text of a file that is no UTF-8: each letter of that text is one byte.
const BYTES: &str = "bytes";

/// The files in one text.
pub fn pack<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut packed = String::from("[");
    for (path, bytes) in files {
        packed += if packed.len() == 1 { "[" } else { ",[" };
        packed += &quoted(path);
        packed.push(',');
        match std::str::from_utf8(bytes) {
            Ok(text) => packed += &quoted(text),
            Err(_) => {
                packed += &quoted(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>());
                packed.push(',');
                packed += &quoted(BYTES);
            }
        }
        packed.push(']');
    }
    packed + "]"
}

/// The files of such a text; none where one of them is something else.
pub fn unpack(packed: &Json) -> Option<Vec<(String, Vec<u8>)>> {
    let file = |file: &Json| match file.list() {
        [Json::String(path), Json::String(text)] => Some((path.clone(), text.clone().into_bytes())),
        [Json::String(path), Json::String(text), kind] if kind.text() == BYTES => {
            let bytes: Result<_, _> = text.chars().map(u8::try_from).collect();
            Some((path.clone(), bytes.ok()?))
        }
        _ => None,
    };
    match packed {
        Json::Array(files) => files.iter().map(file).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_whatever_is_in_them() {
        let files: [(&str, &[u8]); 4] = [
            ("a.sql", b"SELECT 1;\r\n"),
            ("</b> \"é\".sql", "'\\ é\u{0}🦀'".as_bytes()),
            ("", b""),
            ("x", b"\xff\x00a\xe9"),
        ];
        let packed = pack(files.into_iter());
        let expected = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).to_vec();
        assert_eq!(unpack(&Json::parse(&packed).unwrap()), Some(expected), "{packed}");
    }

    #[test]
    fn what_holds_no_files_is_refused() {
        for text in [
            "null",
            "{}",
            "[1]",
            "[[]]",
            "[[\"a\"]]",
            "[[\"a\",1]]",
            "[[\"a\",\"b\",\"c\"]]",
            "[[\"a\",\"😀\",\"bytes\"]]",
        ] {
            assert_eq!(unpack(&Json::parse(text).unwrap()), None, "{text}");
        }
    }
}
