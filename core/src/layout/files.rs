//! The files as a layout sees them: those of the workspace, and one paste of several files cut into these.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::diff::{Change, Patched};
use super::file_name::{FileName, has_sql_ending};
use super::{Script, TransactionMode, mask, outline, paste};
use crate::text::{FileId, SourceFile, Workspace, last_part};

/// Everything a layout may read.
#[derive(Debug, Clone)]
pub struct Files<'a> {
    files: Vec<File<'a>>,
}

/// A file, or the part of a paste that a `-- file: name.sql` line makes a file.
#[derive(Debug, Clone)]
pub struct File<'a> {
    /// The file of the workspace that it is in.
    pub id: FileId,
    /// Its path, with `/` between the parts.
    pub path: Cow<'a, str>,
    /// Its bytes in the workspace's file.
    pub range: Range<u32>,
    /// How many of those bytes come before its text: a byte order mark, the line that names the part.
    pub(super) head: usize,
    /// The text of `range`.
    pub(super) source: &'a str,
    /// Whether it is a Markdown document.
    pub(super) document: bool,
    /// Whether it is the only file of the workspace, so that its name need not say that it is SQL.
    pub(super) alone: bool,
    /// What [`File::says`] and [`File::is_sql`] give, once asked: every layout asks.
    pub(super) said: OnceCell<FileName>,
    pub(super) sql: OnceCell<bool>,
}

impl<'a> Files<'a> {
    /// The files of a workspace, in its order; a diff's in the place of the diff. What Lockstep itself wrote about
    /// them is left out.
    pub fn of(workspace: &'a Workspace, patched: &'a [Patched]) -> Self {
        let given = || workspace.files().filter(|(_, source)| !source.is_own_document());
        let alone = given().count() == 1;
        let files = given().flat_map(|(id, source)| {
            let own = || patched.iter().filter(|patched| patched.diff == id);
            if own().next().is_some() {
                return own().filter(|patched| patched.change == Change::Added).map(File::added).collect();
            }
            let whole = File::whole(id, source, alone);
            if whole.document || whole.is_placed() { vec![whole] } else { paste::cut(whole) }
        });
        Files { files: files.collect() }
    }

    /// Takes the files of that path away, and gives them.
    pub(super) fn take_out(&mut self, path: &str) -> Vec<File<'a>> {
        let (taken, left) = std::mem::take(&mut self.files).into_iter().partition(|file| file.path == path);
        self.files = left;
        taken
    }

    /// In the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = &File<'a>> {
        self.files.iter()
    }

    /// The files with SQL in them.
    pub fn sql(&self) -> impl Iterator<Item = &File<'a>> {
        self.iter().filter(|file| file.is_sql())
    }

    /// The files with SQL in them whose names have a version.
    pub(super) fn numbered(&self) -> impl Iterator<Item = &File<'a>> {
        self.sql().filter(|file| file.says().version.is_some())
    }

    /// Does the script, or the file it is in, begin with `-- lockstep: no-transaction`?
    pub(super) fn says_no_transaction(&self, script: &Script) -> bool {
        // The files are in the order of the workspace, and the parts of one in the order of its text.
        let after = self
            .files
            .partition_point(|file| (file.id, file.range.start) <= (script.file, script.range.start));
        let file = after.checked_sub(1).map(|last| &self.files[last]).filter(|file| file.id == script.file);
        begins_with_no_transaction(&script.text)
            || file.is_some_and(|file| begins_with_no_transaction(file.text()))
    }
}

fn begins_with_no_transaction(text: &str) -> bool {
    let comment = text.trim_start().lines().next().and_then(|line| line.strip_prefix("--"));
    let said = comment.and_then(|comment| comment.trim().strip_prefix("lockstep:"));
    said.is_some_and(|said| said.trim().eq_ignore_ascii_case("no-transaction"))
}

impl<'a> File<'a> {
    /// A file that a diff adds.
    fn added(patched: &'a Patched) -> Self {
        File {
            id: patched.diff,
            path: Cow::Borrowed(&patched.path),
            range: patched.range.clone(),
            head: 0,
            source: &patched.text,
            document: false,
            alone: false,
            said: OnceCell::new(),
            sql: OnceCell::new(),
        }
    }

    fn whole(id: FileId, source: &'a SourceFile, alone: bool) -> Self {
        let head = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut file = File {
            id,
            path: Cow::Borrowed(&source.path),
            range: 0..source.text.len() as u32,
            head,
            source: &source.text,
            document: false,
            alone,
            said: OnceCell::new(),
            sql: OnceCell::new(),
        };
        file.document =
            file.is_document_by_name() || may_be_a_paste(file.name()) && looks_like_a_document(file.text());
        file
    }

    /// Does its name end as Markdown documents do?
    pub(super) fn is_document_by_name(&self) -> bool {
        ["md", "markdown", "mdx"].iter().any(|document| ending(self.name()).eq_ignore_ascii_case(document))
    }

    /// What its path says.
    pub(super) fn says(&self) -> &FileName {
        self.said.get_or_init(|| FileName::parse(&self.path))
    }

    /// Does the path itself say which migration this is? Then a comment in the file does not.
    fn is_placed(&self) -> bool {
        self.says().version.is_some() || FileName::parse(self.folder()).version.is_some()
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        last_part(&self.path)
    }

    /// The name of the folder that it is in; empty at the top.
    pub fn folder(&self) -> &str {
        self.path.rsplit('/').nth(1).unwrap_or_default()
    }

    /// The path of the folder that it is in; empty at the top.
    pub fn folder_path(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What is in it.
    pub fn text(&self) -> &'a str {
        &self.source[self.head..]
    }

    /// Is it a Markdown document?
    pub fn is_document(&self) -> bool {
        self.document
    }

    /// Is it SQL, by its ending, or by its first statement where the ending says nothing?
    pub fn is_sql(&self) -> bool {
        *self.sql.get_or_init(|| {
            !self.document
                && (has_sql_ending(self.name())
                    || self.alone && !is_other_language(self.name())
                    || may_be_a_paste(self.name()) && outline::looks_like_sql(self.text()))
        })
    }

    /// All of it as a script.
    pub fn script(&self, transaction: TransactionMode) -> Script {
        self.script_of(self.text(), transaction)
    }

    /// All of it as a script whose text is `text`: the file's own, of the same length, with parts blanked or masked.
    pub(super) fn script_of(&self, text: &str, transaction: TransactionMode) -> Script {
        debug_assert_eq!(text.len(), self.text().len());
        Script {
            title: self.name().to_owned(),
            file: self.id,
            range: self.range.clone(),
            text: (mask::blank(&self.source[..self.head]) + text).into(),
            transaction,
            missing: false,
        }
    }
}

/// Does the ending say that it is something else than SQL?
fn is_other_language(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "cs", "go", "java", "js", "json", "kt", "mjs", "php", "prisma", "py", "rb", "rs", "sh", "toml", "ts",
        "xml", "yaml", "yml",
    ];
    OTHERS.iter().any(|other| ending(name).eq_ignore_ascii_case(other))
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Is the name one that says nothing about what is in the file, as that of a paste or of standard input does?
fn may_be_a_paste(name: &str) -> bool {
    has_sql_ending(name) || !name.contains('.') || ending(name).eq_ignore_ascii_case("txt")
}

/// Markdown has headings and fences, which SQL has only inside of comments and strings.
fn looks_like_a_document(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let is_comment =
        |line: &str| line.starts_with("/*") || line.starts_with("--") && line.trim_end() != "---";
    if lines.clone().find(|line| !line.is_empty()).is_none_or(is_comment) {
        return false;
    }
    let is_marked = lines.any(|line| {
        let heading = line.trim_start_matches('#');
        let level = line.len() - heading.len();
        line.starts_with("```")
            || line.starts_with("~~~")
            || (1..=6).contains(&level) && heading.starts_with(' ')
    });
    is_marked && !outline::looks_like_sql(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_from_sql() {
        for (path, text, expected) in [
            ("plan.md", "CREATE TABLE a ()", true),
            ("PLAN.MD", "", true),
            ("-", "# Plan\n", true),
            ("paste.sql", "Don't run this yet:\n\n```sql\nSELECT 1\n```\n", true),
            ("notes.txt", "Update the server.\n## Then\n", true),
            ("a.sql", "CREATE TABLE a ();\n# not a heading\n", false),
            ("a.sql", "/*\n# Title\n```\n*/ SELECT 1", false),
            ("a.sql", "", false),
            ("run.py", "# a comment\n", false),
            ("a.toml", "# a comment\n", false),
        ] {
            let mut workspace = Workspace::new();
            workspace.add(path, text);
            assert_eq!(Files::of(&workspace, &[]).iter().all(File::is_document), expected, "{path}: {text}");
        }
    }

    #[test]
    fn no_transaction_is_said_in_the_first_line() {
        for (text, expected) in [
            ("-- lockstep: no-transaction\nVACUUM;", true),
            ("\r\n--lockstep:no-transaction \r\nVACUUM;", true),
            ("VACUUM; -- lockstep: no-transaction", false),
            ("-- a title\n-- lockstep: no-transaction", false),
            ("-- lockstep: no-transactions", false),
        ] {
            assert_eq!(begins_with_no_transaction(text), expected, "{text}");
        }
    }
}
