//! Files, byte spans, lines and columns. Knows nothing of SQL.
//!
//! A location always points into a file that the reader gave, at bytes of that
//! file as it was given, however the text was cut up on the way to a statement.

pub mod archive;
mod decimal;
mod decode;
mod digest;

pub(crate) use decimal::{decimal, signed_decimal};
pub use decode::MAX_FILE_BYTES;
pub use digest::sha256;

use std::ops::Range;
use std::sync::Arc;

/// How a line begins that stands under the title of what Lockstep wrote about migrations.
pub const OWN_DOCUMENT: &str = "<!-- Written by Lockstep.";

/// The last part of a path with `/` between its parts. Asked of every file many times over: a plain loop is faster than a
/// search made for long texts.
pub fn last_part(path: &str) -> &str {
    let begin = path.bytes().rposition(|byte| byte == b'/').map_or(0, |slash| slash + 1);
    &path[begin..]
}

/// The folders that all paths share, with a `/` behind each.
pub fn shared_folders<'a>(paths: &[&'a str]) -> &'a str {
    let Some(first) = paths.first() else { return "" };
    let mut folders = &first[..first.rfind('/').map_or(0, |at| at + 1)];
    while !paths.iter().all(|path| path.starts_with(folders)) {
        let upper = folders.trim_end_matches('/');
        folders = &upper[..upper.rfind('/').map_or(0, |at| at + 1)];
    }
    folders
}

/// All the files of one review, in the order they were given.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    files: Vec<SourceFile>,
}

/// Which file of a [`Workspace`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One file as the reader gave it.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path with `/` between its parts, as given otherwise.
    pub path: String,
    /// The text, byte for byte as long as the file: what is not UTF-8, and NUL,
    /// is replaced by `?` and told of in `problems`. A byte order mark stays.
    pub text: Arc<str>,
    /// What was wrong with the bytes.
    pub problems: Vec<TextProblem>,
    /// Where each line starts.
    lines: Vec<u32>,
    /// SHA-256 of the bytes, kept where the text is not they.
    digest: Option<String>,
}

/// What is wrong with a file before anyone reads it as SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextProblem {
    /// Bytes that are not UTF-8, the first of them at this offset; a server refuses them with SQLSTATE 22021.
    NotUtf8 {
        /// Byte offset of the first one.
        offset: u32,
        /// How many bytes.
        count: u32,
    },
    /// NUL bytes, which no PostgreSQL text can hold.
    Nul {
        /// Byte offset of the first one.
        offset: u32,
        /// How many.
        count: u32,
    },
    /// UTF-16 (by its byte order mark). The text is left empty.
    Utf16,
    /// More than [`MAX_FILE_BYTES`]. The text is left empty.
    TooLarge {
        /// The file's size in bytes.
        bytes: u64,
    },
}

/// Some bytes of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A place a person can find: both count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: Range<u32>) -> Self {
        Span { file, start: range.start, end: range.end }
    }

    /// As a byte range of its file.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Workspace {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, whatever its bytes are.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl AsRef<[u8]>) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(SourceFile::new(path.into(), bytes.as_ref()));
        id
    }

    /// The files, in the order they were given.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// One file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// One file, if there is such a one.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Are there no files?
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl SourceFile {
    fn new(path: String, bytes: &[u8]) -> Self {
        let (text, problems) = decode::decode(bytes);
        let lines = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1))
            .collect();
        let digest = (!problems.is_empty()).then(|| sha256(bytes));
        SourceFile { path: path.replace('\\', "/"), text: text.into(), problems, lines, digest }
    }

    /// SHA-256 of the file's bytes, in hexadecimal digits.
    pub fn sha256(&self) -> String {
        self.digest.clone().unwrap_or_else(|| sha256(self.text.as_bytes()))
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        last_part(&self.path)
    }

    /// Did Lockstep write it?
    pub fn is_own_document(&self) -> bool {
        self.text.lines().take(5).any(|line| line.starts_with(OWN_DOCUMENT))
    }

    /// Line and column of a byte offset; past the end it is the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len()) as u32;
        let line = self.lines.partition_point(|start| *start <= offset).max(1) - 1;
        let start = self.lines[line] as usize;
        let upto = &self.text.as_bytes()[start..offset as usize];
        // A character starts at every byte that does not continue one.
        let column = upto.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32;
        let column =
            if start == 0 && self.text.starts_with('\u{feff}') { column.saturating_sub(1) } else { column };
        Position { line: line as u32 + 1, column: column + 1 }
    }

    /// The bytes of a line (from 1) without its line end; empty when there is no such line.
    pub fn line(&self, line: u32) -> Range<u32> {
        let index = (line as usize).saturating_sub(1);
        let Some(&start) = self.lines.get(index) else { return 0..0 };
        let end = self.lines.get(index + 1).map_or(self.text.len() as u32, |next| next - 1);
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let mut workspace = Workspace::new();
        let id = workspace.add("a\\b.sql", "SELECT 'ü';\r\nx".as_bytes());
        let file = workspace.file(id);
        assert_eq!((file.path.as_str(), file.name()), ("a/b.sql", "b.sql"));
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(11), Position { line: 1, column: 11 });
        assert_eq!(file.position(14), Position { line: 2, column: 1 });
        assert_eq!(file.position(99), Position { line: 2, column: 2 });
        assert_eq!(file.line(2), 14..15);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let mut workspace = Workspace::new();
        let id = workspace.add("a.sql", "\u{feff}SELECT 1");
        assert_eq!(workspace.file(id).position(3), Position { line: 1, column: 1 });
    }
}
