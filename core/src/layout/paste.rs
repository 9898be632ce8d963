//! Several files in one paste: `-- file: name.sql` lines cut it into the files they name.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::files::File;
use super::outline;

/// The files that a text names, or the text itself when it names none.
///
/// What stands before the first line that names a file is a file of its own if it holds a statement.
/// The rest of a workspace knows its own names, so a single naming line counts only when there is no other file.
pub(super) fn cut(whole: File<'_>) -> Vec<File<'_>> {
    let mut parts: Vec<(usize, usize, &str)> = Vec::new();
    let mut at = whole.head;
    for line in whole.text().split_inclusive('\n') {
        if let Some(name) = named_file(line) {
            parts.push((at, at + line.len(), name));
        }
        at += line.len();
    }
    let names_itself = |name: &str| name.rsplit('/').next() == Some(whole.name());
    let enough = if whole.alone { 1 } else { 2 };
    if parts.len() < enough || parts.len() == 1 && names_itself(parts[0].2) {
        return vec![whole];
    }
    let part = |start: usize, text: usize, end: usize, path: Cow<'static, str>| File {
        id: whole.id,
        path,
        range: whole.range.start + start as u32..whole.range.start + end as u32,
        head: text - start,
        source: &whole.source[start..end],
        document: false,
        alone: false,
        said: OnceCell::new(),
        sql: OnceCell::new(),
    };
    let first = parts[0].0;
    let mut files = Vec::new();
    if outline::statements(&whole.source[whole.head..first]).next().is_none() {
        parts[0].0 = 0;
    } else {
        files.push(part(0, whole.head, first, Cow::Owned(whole.path.clone().into_owned())));
    }
    for (index, (start, text, name)) in parts.iter().enumerate() {
        let end = parts.get(index + 1).map_or(whole.source.len(), |next| next.0);
        let mut file = part(*start, *text, end, Cow::Owned(name.replace('\\', "/")));
        file.document = file.is_document_by_name();
        files.push(file);
    }
    files
}

/// The name in a line such as `-- file: db/001_add_users.sql`, `-- ==== File: a.sql ====`.
pub(super) fn named_file(line: &str) -> Option<&str> {
    let is_decoration = |character: char| matches!(character, '-' | '=' | '*' | '#' | ' ' | '\t');
    let comment = line.trim().strip_prefix("--")?.trim_matches(is_decoration);
    let (label, name) = comment.split_once(':')?;
    let is_label =
        ["file", "filename", "file name", "path"].iter().any(|word| label.trim().eq_ignore_ascii_case(word));
    let name = name.trim().trim_matches(['`', '"', '\'']);
    let first = name.split_whitespace().next()?.trim_matches(['`', '"', '\'']);
    let has_ending = |name: &str| {
        name.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty()
                && (1..=8).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    // A name with blanks is one name only if its first word has no ending of its own.
    [first, name].into_iter().find(|name| is_label && has_ending(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Files;
    use crate::text::Workspace;

    #[test]
    fn a_line_names_a_file() {
        for (line, expected) in [
            ("-- file: 001_a.sql", Some("001_a.sql")),
            ("-- File: db/migrations/001_a.sql\r\n", Some("db/migrations/001_a.sql")),
            ("--filename: `a.sql` (new)", Some("a.sql")),
            ("-- ===== FILE: C:\\db\\a.sql =====", Some("C:\\db\\a.sql")),
            ("-- file: my changes.sql", Some("my changes.sql")),
            ("-- file: meta/_journal.json", Some("meta/_journal.json")),
            ("-- file: nothing here", None),
            ("-- see file: a.sql", None),
            ("-- file:", None),
            ("file: a.sql", None),
        ] {
            assert_eq!(named_file(line), expected, "{line}");
        }
    }

    /// Paths and texts after cutting.
    fn files(sources: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut workspace = Workspace::new();
        for (path, text) in sources {
            workspace.add(*path, text);
        }
        let files = Files::of(&workspace, &[]);
        files.iter().map(|file| (file.path.to_string(), file.text().to_owned())).collect()
    }

    fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
    }

    #[test]
    fn a_paste_is_cut_where_it_names_files() {
        let paste = "-- all of them\n-- file: 001_a.sql\nSELECT 1;\n-- file: 002_b.sql\nSELECT 2;";
        assert_eq!(
            files(&[("paste.sql", paste)]),
            owned(&[("001_a.sql", "SELECT 1;\n"), ("002_b.sql", "SELECT 2;")])
        );
        let with_statements_before = "SELECT 0;\n-- file: 001_a.sql\nSELECT 1;";
        assert_eq!(
            files(&[("paste.sql", with_statements_before)]),
            owned(&[("paste.sql", "SELECT 0;\n"), ("001_a.sql", "SELECT 1;")])
        );
    }

    #[test]
    fn a_file_that_has_its_place_is_not_cut() {
        let text = "-- file: a.sql\nSELECT 1;\n-- file: b.sql\nSELECT 2;";
        for path in ["003_c.sql", "20240101000000_c/migration.sql"] {
            assert_eq!(files(&[(path, text)]), owned(&[(path, text)]));
        }
        let one = "-- file: old_name.sql\nSELECT 1;";
        assert_eq!(files(&[("a.sql", one), ("b.sql", "")]), owned(&[("a.sql", one), ("b.sql", "")]));
    }
}
