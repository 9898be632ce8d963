//! The sample histories of `migrations/`, which `cargo xtask` packs into a file beside the page.

use std::sync::LazyLock;

use lockstep_core::json::Json;

use crate::{loaded, packed};

/// A sample history.
#[derive(Debug)]
pub struct Example {
    /// The name of its folder.
    pub folder: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Path within the folder and text of each of its files, in the order of their paths.
    pub files: Vec<(String, String)>,
}

/// The file that the folder is packed in.
const FILE: &str = "examples.json";

/// What says in its first sentence about each example what it is, each in a paragraph of its own.
const README: &str = "README.md";

/// What the name of a corrected twin ends in.
const CORRECTED: &str = "-corrected";

/// All sample histories, in the order of their folders' names. None where they could not be read.
pub fn all() -> &'static [Example] {
    static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
        let packed = loaded::data(FILE).and_then(|text| Json::parse(&text).ok());
        in_folder(packed.and_then(|packed| packed::unpack(&packed)).unwrap_or_default())
    });
    &EXAMPLES
}

/// Those of the repository that this was built from.
pub fn of_repository() -> Vec<Example> {
    in_folder(repository::samples())
}

mod repository {
    use std::fs;
    use std::path::Path;

    /// The files of the repository's samples, as the page gets them.
    pub fn samples() -> Vec<(String, Vec<u8>)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
        let mut files = Vec::new();
        collect(&root, &root, &mut files);
        files
    }

    fn collect(root: &Path, folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
        let entries = fs::read_dir(folder).expect("the repository has samples");
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                collect(root, &path, into);
            } else {
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                into.push((name, fs::read(path).expect("a sample can be read")));
            }
        }
    }
}

impl Example {
    /// Is it another one's corrected twin?
    pub fn is_corrected(&self) -> bool {
        self.folder.ends_with(CORRECTED)
    }

    /// Is that one the same history without its mistakes?
    pub fn is_corrected_by(&self, other: &Example) -> bool {
        other.folder.strip_suffix(CORRECTED) == Some(&self.folder)
    }
}

/// The examples of a folder that holds these files: each folder in it is one.
fn in_folder(files: Vec<(String, Vec<u8>)>) -> Vec<Example> {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    let readme = files
        .iter()
        .find(|(path, _)| path == README)
        .map_or_else(String::new, |(_, bytes)| text(bytes.clone()));
    let mut examples: Vec<Example> = Vec::new();
    for (path, bytes) in files {
        let Some((folder, path)) = path.split_once('/') else { continue };
        if examples.last().is_none_or(|example| example.folder != folder) {
            let about = first_sentence(&readme, folder);
            examples.push(Example { folder: folder.to_owned(), about, files: Vec::new() });
        }
        if let Some(example) = examples.last_mut() {
            example.files.push((path.to_owned(), text(bytes)));
        }
    }
    examples
}

/// The first sentence of the paragraph that begins with the folder's name in bold.
fn first_sentence(readme: &str, folder: &str) -> String {
    let name = format!("**`{folder}`**");
    let mut words = String::new();
    for line in readme.lines().skip_while(|line| !line.starts_with(&name)).take_while(|line| !line.is_empty())
    {
        words.push_str(line.strip_prefix(&name).unwrap_or(line).trim());
        words.push(' ');
    }
    let words = words.replace('`', "");
    words.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_files_and_says_what_it_is() {
        let examples = of_repository();
        assert!(examples.len() >= 5);
        for example in examples {
            assert!(!example.files.is_empty(), "{} is empty", example.folder);
            let about = &example.about;
            assert!(about.ends_with('.') && !about.contains(". "), "{}: {about}", example.folder);
        }
    }

    #[test]
    fn a_corrected_twin_belongs_to_another_example() {
        let examples = of_repository();
        for twin in examples.iter().filter(|example| example.is_corrected()) {
            let of = |example: &&Example| example.is_corrected_by(twin);
            assert_eq!(examples.iter().filter(of).count(), 1, "{}", twin.folder);
        }
    }

    #[test]
    fn what_an_example_is_stands_in_the_readme() {
        let readme = "# Samples\n\n**`a`** One\nof `many`. Not\nthis.\n\n**`a-b`** Two.\n";
        assert_eq!(first_sentence(readme, "a"), "One of many.");
        assert_eq!(first_sentence(readme, "a-b"), "Two.");
        assert_eq!(first_sentence(readme, "c"), "");
    }
}
