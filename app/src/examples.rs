//! The sample histories under `migrations/`, embedded when the page is built.

/// A sample history.
#[derive(Debug)]
pub struct Example {
    /// The name of its folder.
    pub folder: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Path within the folder and text of each of its files, in the order of their paths.
    pub files: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// What the name of a corrected twin ends in.
const CORRECTED: &str = "-corrected";

impl Example {
    /// Is it another one's corrected twin?
    pub fn is_corrected(&self) -> bool {
        self.folder.ends_with(CORRECTED)
    }

    /// The same history without its mistakes.
    pub fn corrected(&self) -> Option<&'static Example> {
        EXAMPLES.iter().find(|other| other.folder.strip_suffix(CORRECTED) == Some(self.folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_files_and_says_what_it_is() {
        assert!(EXAMPLES.len() >= 5);
        for example in EXAMPLES {
            assert!(!example.files.is_empty(), "{} is empty", example.folder);
            assert!(example.about.ends_with('.'), "{} is not described: {}", example.folder, example.about);
        }
    }

    #[test]
    fn a_corrected_twin_belongs_to_another_example() {
        for example in EXAMPLES.iter().filter(|example| example.is_corrected()) {
            let of = |other: &&Example| other.corrected().map(|twin| twin.folder) == Some(example.folder);
            assert_eq!(EXAMPLES.iter().filter(of).count(), 1, "{}", example.folder);
        }
    }
}
