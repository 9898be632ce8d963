//! What a migration is called on the page.

use lockstep_core::report::json::Migration;

use super::html::{Html, Piece, html};

/// The version that is worth showing beside the name, and the name: the one is often the other in other letters.
pub fn version_and_name(version: &str, name: &str) -> (Option<String>, String) {
    let letters = |text: &str| {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .map(|letter| letter.to_ascii_lowercase())
            .collect::<String>()
    };
    match name {
        "" => (Some(version.to_owned()), String::new()),
        name if letters(name) == letters(version) => (None, name.to_owned()),
        name => (Some(version.to_owned()), name.to_owned()),
    }
}

/// A migration's title in HTML.
pub struct Title<'a>(pub &'a Migration);

impl Piece for Title<'_> {
    fn write(&self, out: &mut Html) {
        let (version, name) = version_and_name(&self.0.version, &self.0.name);
        if let Some(version) = version {
            html!(out, "<span class=\"version\">" {version} "</span> ");
        }
        html!(out, { name });
    }
}

/// The same in one line.
pub fn title(version: &str, name: &str) -> String {
    match version_and_name(version, name) {
        (Some(version), name) if name.is_empty() => version,
        (Some(version), name) => format!("{version} {name}"),
        (None, name) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_is_the_name_is_not_said_twice() {
        assert_eq!(title("002", "add variants"), "002 add variants");
        assert_eq!(title("index-strategy", "Index Strategy"), "Index Strategy");
        assert_eq!(title("pasted", "pasted"), "pasted");
        assert_eq!(title("003", ""), "003");
    }
}
