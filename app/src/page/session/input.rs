//! The reader's files, as they stand in the input.

use std::sync::Arc;

use lockstep_core::layout::is_candidate_path;
use lockstep_core::text::{MAX_FILE_BYTES, Workspace, archive};

use crate::examples::Example;
use crate::protocol::{Job, Settings};
use crate::texts;

/// The most files that are taken in.
pub const MAX_FILES: usize = 20_000;

/// The most bytes of one file that a textbox can bear; longer ones are reviewed, but not edited here.
pub const MAX_EDITABLE_BYTES: usize = 1024 * 1024;

/// The most bytes of all files together: a review takes up to a hundred times as much memory.
pub const MAX_BYTES: usize = MAX_FILE_BYTES;

/// With more bytes than this, memory can run out.
const LARGE_BYTES: usize = 1024 * 1024;

/// The files under review, in the order of their paths.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Input {
    files: Vec<InputFile>,
    origin: Origin,
}

/// Where the files came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// One file, typed or pasted into the textbox.
    #[default]
    Pasted,
    /// Opened or dropped.
    Opened,
    /// The sample history in this folder.
    Example(&'static str),
}

/// One file.
#[derive(Debug, Clone, PartialEq)]
pub struct InputFile {
    /// Its path, as it came in.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Text that can be edited.
    Text(Arc<str>),
    /// Bytes that are not UTF-8, or too many for a textbox.
    Bytes(Arc<[u8]>),
}

/// What did not make it into the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// More bytes than a review reads.
    TooLarge {
        /// The file.
        path: String,
        /// Its size.
        bytes: usize,
    },
    /// The browser could not read it.
    Unreadable {
        /// The file.
        path: String,
    },
    /// A zip archive that cannot be taken apart.
    Archive {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// More than [`MAX_FILES`].
    TooMany {
        /// How many were left out.
        left_out: usize,
    },
    /// More than [`MAX_BYTES`].
    TooMuch {
        /// How many were left out.
        left_out: usize,
    },
}

impl Content {
    /// What the textbox shows: nothing of a file that is too long for it, and a `?` for each byte that is not UTF-8.
    pub fn editable(&self) -> String {
        match self {
            Content::Text(text) => text.to_string(),
            Content::Bytes(bytes) if bytes.len() > MAX_EDITABLE_BYTES => String::new(),
            Content::Bytes(bytes) => {
                let mut workspace = Workspace::new();
                let file = workspace.add("", bytes);
                workspace.file(file).text.to_string()
            }
        }
    }
}

impl InputFile {
    /// A file of these bytes.
    pub fn new(path: String, bytes: Vec<u8>) -> Self {
        let content = match String::from_utf8(bytes) {
            Ok(text) if text.len() <= MAX_EDITABLE_BYTES => Content::Text(text.into()),
            Ok(text) => Content::Bytes(text.into_bytes().into()),
            Err(error) => Content::Bytes(error.into_bytes().into()),
        };
        InputFile { path, content }
    }

    /// Its size.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }
}

impl Input {
    /// A sample history.
    pub fn example(example: &'static Example) -> Self {
        let files = example
            .files
            .iter()
            .map(|(path, text)| InputFile { path: path.clone(), content: Content::Text((&**text).into()) });
        Input { files: files.collect(), origin: Origin::Example(&example.folder) }
    }

    /// Files that were opened, as they were kept.
    pub fn restored(files: Vec<InputFile>) -> Self {
        let origin = match files.as_slice() {
            [file] if file.path == texts::PASTED_FILE => Origin::Pasted,
            _ => Origin::Opened,
        };
        Input { files, origin }
    }

    /// The files.
    pub fn files(&self) -> &[InputFile] {
        &self.files
    }

    /// Where they came from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The bytes of all files.
    pub fn size(&self) -> usize {
        self.files.iter().map(|file| file.bytes().len()).sum()
    }

    /// Is it so much that a review may take more memory than there is?
    pub fn is_large(&self) -> bool {
        self.size() > LARGE_BYTES
    }

    /// Is there nothing to review? A file that was opened is reviewed even if it is empty.
    pub fn is_blank(&self) -> bool {
        let is_white = |file: &InputFile| file.bytes().iter().all(u8::is_ascii_whitespace);
        self.files.is_empty() || self.origin == Origin::Pasted && self.files.iter().all(is_white)
    }

    /// Puts text into a file, or makes it the pasted one where there is none. A sample history becomes the reader's own.
    pub fn write(&mut self, index: usize, text: String) {
        if matches!(self.origin, Origin::Example(_)) {
            self.origin = Origin::Opened;
        }
        match self.files.get_mut(index) {
            Some(_) if text.is_empty() && self.origin == Origin::Pasted => self.files.clear(),
            Some(file) => file.content = Content::Text(text.into()),
            None => self
                .files
                .push(InputFile { path: texts::PASTED_FILE.to_owned(), content: Content::Text(text.into()) }),
        }
    }

    /// Takes in files, each in the place of one with the same path. They replace a
    /// sample history and join anything else. Returns the place of the first one.
    pub fn add(&mut self, files: Vec<InputFile>, refused: &mut Vec<Refused>) -> usize {
        if matches!(self.origin, Origin::Example(_)) {
            self.files.clear();
        }
        self.origin = Origin::Opened;
        let first = files.iter().map(|file| file.path.clone()).min().unwrap_or_default();
        let (mut too_many, mut too_much) = (0, 0);
        let mut size = self.size();
        for file in files {
            let place = self.files.binary_search_by(|other| other.path.cmp(&file.path));
            let replaced = place.map_or(0, |place| self.files[place].bytes().len());
            let grown = size - replaced + file.bytes().len();
            match place {
                _ if grown > MAX_BYTES => too_much += 1,
                Err(_) if self.files.len() == MAX_FILES => too_many += 1,
                _ => {
                    size = grown;
                    match place {
                        Ok(place) => self.files[place] = file,
                        Err(place) => self.files.insert(place, file),
                    }
                }
            }
        }
        if too_many > 0 {
            refused.push(Refused::TooMany { left_out: too_many });
        }
        if too_much > 0 {
            refused.push(Refused::TooMuch { left_out: too_much });
        }
        self.files.iter().position(|file| file.path == first).unwrap_or_default()
    }

    /// Gives files other texts, or adds them where they are new. A sample history becomes the reader's own. Returns
    /// the place of the first one.
    pub fn rewrite(&mut self, files: impl Iterator<Item = (String, String)>) -> usize {
        if matches!(self.origin, Origin::Example(_)) {
            self.origin = Origin::Opened;
        }
        let mut first = None;
        for (path, text) in files {
            let content = Content::Text(text.into());
            match self.files.iter_mut().find(|file| file.path == path) {
                Some(file) => file.content = content,
                None => {
                    self.origin = Origin::Opened;
                    let place = self.files.partition_point(|file| file.path < path);
                    self.files.insert(place, InputFile { path: path.clone(), content });
                }
            }
            first.get_or_insert(path);
        }
        self.files.iter().position(|file| Some(&file.path) == first.as_ref()).unwrap_or_default()
    }

    /// Takes a file away.
    pub fn remove(&mut self, index: usize) {
        if index < self.files.len() {
            self.files.remove(index);
        }
        if self.files.is_empty() {
            *self = Input::default();
        }
    }

    /// What the worker is asked to review.
    pub fn job(&self, settings: Settings) -> Job {
        let files = self.files.iter().map(|file| (file.path.clone(), file.bytes().to_vec()));
        Job { files: files.collect(), settings }
    }
}

/// Files as they came in, with those of zip archives in the archives' places.
pub fn unpacked(files: Vec<(String, Vec<u8>)>, refused: &mut Vec<Refused>) -> Vec<InputFile> {
    let mut all = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        if !archive::is_archive(&bytes) {
            all.push(InputFile::new(path, bytes));
            continue;
        }
        match archive::unpack(&bytes, is_candidate_path) {
            Ok(files) if files.is_empty() => {
                refused
                    .push(Refused::Archive { path, reason: "there are no migration files in it".to_owned() });
            }
            Ok(files) => all.extend(files.into_iter().map(|(path, bytes)| InputFile::new(path, bytes))),
            Err(reason) => refused.push(Refused::Archive { path, reason }),
        }
    }
    all
}

/// Of many files, those that can belong to migrations. A single one was meant, whatever it is called.
pub fn relevant<T>(files: Vec<T>, path: impl Fn(&T) -> &str) -> Vec<T> {
    if files.len() == 1 {
        return files;
    }
    files.into_iter().filter(|file| is_relevant(path(file))).collect()
}

/// Can a folder of that name hold migrations?
pub fn is_relevant_folder(name: &str) -> bool {
    !name.starts_with('.') && !matches!(name, "node_modules" | "target" | "dist" | "vendor" | "__pycache__")
}

fn is_relevant(path: &str) -> bool {
    const EXTENSIONS: &[&str] = &[
        "sql", "ddl", "psql", "pgsql", "md", "markdown", "txt", "json", "toml", "conf", "plan", "sum", "yml",
        "yaml", "zip",
    ];
    let mut folders = path.split('/').rev();
    let name = folders.next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    folders.all(is_relevant_folder)
        && extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> InputFile {
        InputFile::new(path.into(), text.into())
    }

    fn paths(input: &Input) -> Vec<&str> {
        input.files().iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn typing_makes_one_file_and_emptying_takes_it_away() {
        let mut input = Input::default();
        input.write(0, "SELECT 1".into());
        assert_eq!((paths(&input), input.is_blank()), (vec![texts::PASTED_FILE], false));
        input.write(0, String::new());
        assert_eq!(input, Input::default());
    }

    #[test]
    fn an_example_that_is_edited_is_the_readers_own() {
        let example =
            Example { folder: "crm".into(), about: String::new(), files: vec![("1.sql".into(), "a".into())] };
        let mut input = Input::example(Box::leak(Box::new(example)));
        assert_eq!(input.origin(), Origin::Example("crm"));
        input.write(0, "b".into());
        assert_eq!((input.origin(), input.files()[0].bytes()), (Origin::Opened, &b"b"[..]));
    }

    #[test]
    fn opened_files_replace_an_example_and_join_other_files() {
        let files = vec![("1.sql".into(), "SELECT 1".into())];
        let example = Example { folder: "crm".into(), about: String::new(), files };
        let mut input = Input::example(Box::leak(Box::new(example)));
        assert_eq!(input.add(vec![file("b.sql", "b"), file("a.sql", "a")], &mut Vec::new()), 0);
        assert_eq!(paths(&input), ["a.sql", "b.sql"]);
        assert_eq!(input.add(vec![file("b.sql", "new"), file("c.sql", "c")], &mut Vec::new()), 1);
        assert_eq!(paths(&input), ["a.sql", "b.sql", "c.sql"]);
        assert_eq!(input.files()[1].bytes(), b"new");
        (0..3).for_each(|_| input.remove(0));
        assert_eq!(input, Input::default());
    }

    #[test]
    fn files_are_taken_in_up_to_a_size_in_all() {
        let of = |path: &str, bytes| InputFile::new(path.into(), vec![b'x'; bytes]);
        let (mut input, mut refused) = (Input::default(), Vec::new());
        input.add(vec![of("a", MAX_BYTES - 1), of("b", 2), of("c", 1)], &mut refused);
        assert_eq!((paths(&input), &*refused), (vec!["a", "c"], &[Refused::TooMuch { left_out: 1 }][..]));
        input.add(vec![of("a", 1), of("b", 2)], &mut refused);
        assert_eq!((paths(&input), refused.len()), (vec!["a", "b", "c"], 1));
    }

    #[test]
    fn a_rewrite_changes_files_and_adds_them_in_their_order() {
        let mut input = Input::default();
        input.add(
            vec![
                InputFile::new("1.sql".into(), b"a".to_vec()),
                InputFile::new("3.sql".into(), b"c".to_vec()),
            ],
            &mut Vec::new(),
        );
        let of = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        assert_eq!(input.rewrite([of("3.sql", "d"), of("2.sql", "b")].into_iter()), 2);
        assert_eq!(paths(&input), ["1.sql", "2.sql", "3.sql"]);
        assert_eq!(input.files()[2].bytes(), b"d");
    }

    #[test]
    fn what_is_not_text_or_too_long_stays_bytes() {
        assert!(matches!(InputFile::new("a".into(), vec![0xff]).content, Content::Bytes(_)));
        assert!(matches!(
            InputFile::new("a".into(), vec![b'x'; MAX_EDITABLE_BYTES + 1]).content,
            Content::Bytes(_)
        ));
        assert!(matches!(
            InputFile::new("a".into(), vec![b'x'; MAX_EDITABLE_BYTES]).content,
            Content::Text(_)
        ));
        assert_eq!(InputFile::new("a".into(), b"a\xffb".to_vec()).content.editable(), "a?b");
    }

    #[test]
    fn a_folder_is_searched_for_migrations() {
        for (path, expected) in [
            ("app/migrations/001_a.sql", true),
            ("drizzle/meta/_journal.json", true),
            ("docs/MIGRATION.MD", true),
            ("app/node_modules/x/y.sql", false),
            ("app/.git/a.sql", false),
            ("src/main.rs", false),
            ("Makefile", false),
        ] {
            assert_eq!(is_relevant(path), expected, "{path}");
        }
        assert_eq!(relevant(vec!["x.bin"], |path| path), ["x.bin"]);
    }
}
