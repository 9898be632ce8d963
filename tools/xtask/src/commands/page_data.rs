//! What the page loads beside its module, made from files of the repository.

use crate::{Outcome, files, repository};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Writes the data files into the page that trunk is building; trunk calls it.
pub fn run() -> Outcome {
    let page =
        std::env::var_os("TRUNK_STAGING_DIR").ok_or("page-data is for trunk to call, see Trunk.toml")?;
    let path = PathBuf::from(page).join("examples.json");
    let packed = pack(&repository::root().join("migrations"))?;
    files::write(&path, &packed)
}

/// All files of a folder in one text, as app/src/packed.rs reads it: a JSON array of arrays, each a path and a text.
fn pack(folder: &Path) -> Outcome<String> {
    let mut packed = String::from("[");
    for file in files::below(folder)? {
        let path = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let separator = if packed.len() == 1 { "" } else { ",\n" };
        packed += &format!("{separator}[{},{}]", json(&path), json(&files::read(&file)?));
    }
    packed.push(']');
    Ok(packed)
}

/// A string in JSON.
fn json(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted += "\\n",
            '\0'..' ' => {
                write!(quoted, "\\u{:04x}", u32::from(character)).expect("a String takes everything")
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_as_json_has_it() {
        assert_eq!(json("a \"b\"\\\n\t\u{feff}é"), "\"a \\\"b\\\"\\\\\\n\\u0009\u{feff}é\"");
    }

    #[test]
    fn the_samples_are_packed_with_their_readme() {
        let packed = pack(&repository::root().join("migrations")).unwrap();
        assert!(packed.starts_with("[[\"README.md\",\"# Sample histories\\n"), "{}", &packed[..40]);
        assert!(packed.contains("[\"crm-prisma/"));
        assert!(packed.ends_with("\"]]"));
    }
}
