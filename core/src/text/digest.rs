//! Telling whether a file is still the one that was read.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// SHA-256 (FIPS 180-4) in 64 hexadecimal digits, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Workspace;

    #[test]
    fn the_examples_of_the_standard() {
        for (text, expected) in [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ] {
            assert_eq!(sha256(text.as_bytes()), expected);
        }
    }

    #[test]
    fn it_is_of_the_bytes_even_where_they_are_no_text() {
        let mut workspace = Workspace::new();
        for bytes in [&b"a\xff"[..], b"a?", b"\xff\xfea\0", "\u{feff}ü".as_bytes()] {
            let id = workspace.add("a.sql", bytes);
            assert_eq!(workspace.file(id).sha256(), sha256(bytes));
        }
    }
}
