//! The sample histories under `migrations/`, embedded when the page is built.

/// A sample history.
#[derive(Debug)]
pub struct Example {
    /// The name of its folder.
    pub folder: &'static str,
    /// Path within the folder and text of each of its files, in the order of their paths.
    pub files: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

impl Example {
    /// Its name for people: the folder's name in words.
    pub fn title(&self) -> String {
        let words = self.folder.replace(['-', '_'], " ");
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_a_title() {
        let example = Example { folder: "project-variants_fixed", files: &[] };
        assert_eq!(example.title(), "Project variants fixed");
    }

    #[test]
    fn every_example_has_files() {
        for example in EXAMPLES {
            assert!(!example.files.is_empty(), "{} is empty", example.folder);
        }
    }
}
