//! Cuts a script into statements, as psql does it (`psqlscan.l`): at semicolons that are in no
//! quotation, comment or parentheses and in no BEGIN ATOMIC body, and around psql's own lines and COPY's data.
//!
//! Splitting knows no grammar, so an opening quote or parenthesis without its partner takes in everything
//! up to the next one. Whoever finds that a piece does not parse therefore asks [`Splitter::cut`] for a
//! shorter one, and the rest is split anew.

use std::ops::Range;

use super::scan::{Lex, Lexeme, Scanner, is_space};

/// One statement's part of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its bytes, from its first token to its last.
    pub range: Range<usize>,
    /// The comments since the piece before, inside this one, and behind it on its last line.
    pub comments: Vec<Range<usize>>,
    /// Who reads it.
    pub kind: PieceKind,
}

/// Who reads a piece of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// The server.
    Sql,
    /// psql: a line that begins with a backslash.
    Psql,
    /// COPY … FROM STDIN: its data and the line `\.`.
    CopyData {
        /// Lines of data.
        rows: u32,
    },
}

/// Cuts a text into pieces, one after the other. Together they cover all of it but white space,
/// comments and semicolons (and a byte order mark at its beginning).
#[derive(Debug)]
pub(crate) struct Splitter<'a> {
    text: &'a str,
    at: usize,
    /// Where the data of the COPY that was just read begins.
    data: Option<usize>,
    /// No line `\.` follows any more.
    no_data: bool,
    /// How many bytes may still be read again after a cut. Without a bound, a text of nothing but
    /// opening parentheses and semicolons would take quadratic time.
    second_reading: usize,
}

impl<'a> Splitter<'a> {
    /// Starts at the beginning of a script.
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Splitter { text, at, data: None, no_data: false, second_reading: (8 * text.len()).max(4 << 20) }
    }

    /// Makes the piece that was given last end earlier, if it shows where it went wrong: at the first semicolon
    /// in its parentheses, or at the first one at a line's end in a quotation or comment that is not
    /// closed or whose opening quote looks like a closing one. What follows is split anew.
    ///
    /// For an SQL piece that does not parse; the shorter one does not parse either. False when there is nothing to cut.
    pub fn cut(&mut self, piece: &mut Piece) -> bool {
        let Some((end, next)) = suspect(self.text, piece.range.clone()) else { return false };
        let Some(left) = self.second_reading.checked_sub(self.at.saturating_sub(next)) else { return false };
        self.second_reading = left;
        piece.range.end = end;
        piece.comments.retain(|comment| comment.end <= next);
        self.at = next;
        self.data = None;
        self.trailing_comments(piece);
        true
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The end of the line that `at` is on, without its `\r`, and the beginning of the next line.
    fn line_end(&self, at: usize) -> (usize, usize) {
        let Some(found) = self.text[at..].find('\n') else { return (self.text.len(), self.text.len()) };
        let end = at + found;
        (if found > 0 && self.byte(end - 1) == b'\r' { end - 1 } else { end }, end + 1)
    }

    /// A backslash and a semicolon: psql sends what is before it together with what follows.
    fn is_escaped_semicolon(&self, at: usize) -> bool {
        self.byte(at) == b'\\' && self.byte(at + 1) == b';'
    }

    /// Does a psql command such as `\gexec` or `\!` begin here?
    fn is_psql(&self, at: usize) -> bool {
        let name = self.byte(at + 1);
        self.byte(at) == b'\\' && (name.is_ascii_alphabetic() || matches!(name, b'?' | b'!' | b'.'))
    }

    /// A psql command takes the rest of its line.
    fn psql(&mut self, start: usize, comments: Vec<Range<usize>>) -> Piece {
        let (line_end, next) = self.line_end(start);
        let end = start + trim_end(&self.text[start..line_end]).len();
        self.at = line_end;
        let mut progress = Progress::default();
        let line = &self.text[start + 1..end];
        Scanner::new(line, 0).for_each(|lex| progress.read(line, &lex));
        self.data = progress.from_stdin.then_some(next);
        Piece { range: start..end, comments, kind: PieceKind::Psql }
    }

    /// The lines from `start` to `\.`; none when that line is missing, for then they are SQL after all.
    fn copy_data(&mut self, start: usize) -> Option<Piece> {
        let mut rows = 0;
        let mut at = start;
        while at < self.text.len() {
            let (end, next) = self.line_end(at);
            if &self.text[at..end] == "\\." {
                self.at = end;
                return Some(Piece {
                    range: start..end,
                    comments: Vec::new(),
                    kind: PieceKind::CopyData { rows },
                });
            }
            rows += 1;
            at = next;
        }
        self.no_data = true;
        None
    }

    fn sql(&mut self, start: usize, comments: Vec<Range<usize>>) -> Piece {
        let mut piece = Piece { range: start..start, comments, kind: PieceKind::Sql };
        let mut progress = Progress::default();
        let mut next = self.text.len();
        for lex in Scanner::new(self.text, start) {
            let at = lex.range.start;
            match lex.kind {
                Lexeme::Space => {}
                Lexeme::Comment if lex.closed => piece.comments.push(lex.range),
                Lexeme::Punctuation if self.byte(at) == b';' && progress.is_complete() => {
                    next = at + 1;
                    break;
                }
                Lexeme::Punctuation if self.is_escaped_semicolon(at) => {
                    next = at + 2;
                    break;
                }
                Lexeme::Punctuation if self.is_psql(at) => {
                    next = at;
                    break;
                }
                _ => {
                    progress.read(self.text, &lex);
                    piece.range.end = lex.range.end;
                }
            }
        }
        self.at = next;
        self.trailing_comments(&mut piece);
        // Data begins on the next line, so a statement that follows on this one means that there is none.
        if progress.from_stdin {
            let rest = self.text[self.at..].trim_start_matches([' ', '\t', '\r']);
            self.data = rest.starts_with('\n').then(|| self.text.len() - rest.len() + 1);
        }
        piece
    }

    /// Takes the comments behind a statement on its last line, unless another statement follows there.
    fn trailing_comments(&mut self, piece: &mut Piece) {
        let mut found = Vec::new();
        for lex in Scanner::new(self.text, self.at) {
            match lex.kind {
                Lexeme::Space if self.text[lex.range.clone()].contains(['\n', '\r']) => break,
                Lexeme::Space => {}
                Lexeme::Comment if lex.closed => found.push(lex.range),
                _ => return,
            }
        }
        if let Some(last) = found.last() {
            self.at = last.end;
            piece.comments.append(&mut found);
        }
    }
}

impl Iterator for Splitter<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(start) = self.data.take().filter(|_| !self.no_data)
            && let Some(piece) = self.copy_data(start)
        {
            return Some(piece);
        }
        let mut comments = Vec::new();
        for lex in Scanner::new(self.text, self.at) {
            let start = lex.range.start;
            match lex.kind {
                Lexeme::Space => {}
                Lexeme::Comment if lex.closed => comments.push(lex.range),
                Lexeme::Punctuation if self.byte(start) == b';' || self.is_escaped_semicolon(start) => {}
                Lexeme::Punctuation if self.is_psql(start) => return Some(self.psql(start, comments)),
                _ => return Some(self.sql(start, comments)),
            }
        }
        self.at = self.text.len();
        None
    }
}

/// Every comment of a script that stands outside of quotations, psql's lines and COPY's data, in order.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut unread = 0;
    let mut read = |range: Range<usize>| {
        let lexes = Scanner::new(&text[..range.end], range.start).filter(|lex| lex.kind == Lexeme::Comment);
        found.extend(lexes.map(|lex| lex.range));
    };
    for piece in Splitter::new(text).filter(|piece| piece.kind != PieceKind::Sql) {
        read(unread..piece.range.start);
        unread = piece.range.end;
    }
    read(unread..text.len());
    found
}

/// How much of a statement has been read, as far as its end depends on it.
#[derive(Debug, Default)]
struct Progress {
    head: Head,
    /// Open parentheses.
    parentheses: u32,
    /// Open BEGIN ATOMIC, and CASE inside it.
    blocks: u32,
    /// The word before.
    previous: Previous,
    /// COPY … FROM STDIN.
    from_stdin: bool,
}

/// How the statement begins.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Head {
    #[default]
    Nothing,
    Create,
    CreateOr,
    CreateOrReplace,
    /// CREATE FUNCTION or PROCEDURE.
    Function,
    /// CREATE RULE.
    Rule,
    Copy,
    Other,
}

/// The token before, as far as the next one's meaning depends on it.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Previous {
    Begin,
    From,
    #[default]
    Other,
}

impl Progress {
    /// Would a semicolon end the statement?
    fn is_complete(&self) -> bool {
        self.parentheses == 0 && self.blocks == 0
    }

    fn read(&mut self, text: &str, lex: &Lex) {
        let token = &text[lex.range.clone()];
        let is = |word: &str| lex.kind == Lexeme::Word && token.eq_ignore_ascii_case(word);
        match lex.kind {
            Lexeme::Space | Lexeme::Comment => return,
            Lexeme::Punctuation if token == "(" => self.parentheses += 1,
            Lexeme::Punctuation if token == ")" => self.parentheses = self.parentheses.saturating_sub(1),
            _ => {}
        }
        let mut previous = Previous::Other;
        match self.head {
            Head::Nothing if is("create") => self.head = Head::Create,
            Head::Nothing if is("copy") => self.head = Head::Copy,
            Head::Create if is("or") => self.head = Head::CreateOr,
            Head::CreateOr if is("replace") => self.head = Head::CreateOrReplace,
            Head::Create | Head::CreateOrReplace if is("function") || is("procedure") => {
                self.head = Head::Function;
            }
            Head::Create | Head::CreateOrReplace if is("rule") => self.head = Head::Rule,
            Head::Function if self.parentheses == 0 => {
                if is("begin") {
                    previous = Previous::Begin;
                } else if is("atomic") && self.previous == Previous::Begin || is("case") && self.blocks > 0 {
                    self.blocks += 1;
                } else if is("end") {
                    self.blocks = self.blocks.saturating_sub(1);
                }
            }
            Head::Copy if self.parentheses == 0 => {
                if is("from") {
                    previous = Previous::From;
                } else if is("stdin") && self.previous == Previous::From {
                    self.from_stdin = true;
                }
            }
            Head::Function | Head::Rule | Head::Copy | Head::Other => {}
            Head::Nothing | Head::Create | Head::CreateOr | Head::CreateOrReplace => self.head = Head::Other,
        }
        self.previous = previous;
    }
}

/// Where a piece that does not parse should have ended: its last byte's end, and the first byte behind the semicolon.
fn suspect(text: &str, range: Range<usize>) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut progress = Progress::default();
    let mut end = range.start;
    // A semicolon where one may be, if only the parenthesis or block around it is closed later on.
    let mut allowed = None;
    for lex in Scanner::new(&text[..range.end], range.start) {
        let start = lex.range.start;
        match lex.kind {
            Lexeme::Space => continue,
            Lexeme::Comment if lex.closed => continue,
            Lexeme::Comment | Lexeme::String | Lexeme::QuotedName
                if !lex.closed || looks_closing(bytes, range.start, &lex) =>
            {
                if let Some(semicolon) = semicolon_at_line_end(text, lex.range.clone()) {
                    return Some((trim_end(&text[..semicolon]).len(), semicolon + 1));
                }
            }
            Lexeme::Punctuation if bytes[start] == b';' => {
                let place = (end, start + 1);
                if progress.parentheses > 0 && progress.head != Head::Rule {
                    return Some(place);
                }
                allowed = allowed.or(Some(place));
            }
            _ => {}
        }
        progress.read(text, &lex);
        end = lex.range.end;
    }
    allowed.filter(|_| !progress.is_complete())
}

/// Does a quotation begin where one would rather end, right behind a word: the `'` of `don't`?
/// Or is it a quoted name that goes over several lines?
fn looks_closing(bytes: &[u8], piece: usize, lex: &Lex) -> bool {
    if bytes[lex.range.start] == b'$' {
        return false;
    }
    let name_of_lines = lex.kind == Lexeme::QuotedName && bytes[lex.range.clone()].contains(&b'\n');
    let before = lex.range.start.checked_sub(1).filter(|at| *at >= piece).map(|at| bytes[at]);
    name_of_lines || before.is_some_and(|byte| !is_space(byte) && !b"([,=<>|+-*/~!@#%^&?:".contains(&byte))
}

/// The first semicolon with nothing behind it on its line but white space or a comment.
fn semicolon_at_line_end(text: &str, range: Range<usize>) -> Option<usize> {
    let mut semicolons = text[range.clone()].match_indices(';').map(|(found, _)| range.start + found);
    semicolons.find(|semicolon| {
        let rest = &text[semicolon + 1..];
        let rest = rest.trim_start_matches([' ', '\t', '\r']);
        rest.is_empty() || rest.starts_with('\n') || rest.starts_with("--")
    })
}

/// Without white space at its end, of the kind that SQL knows.
fn trim_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| u8::try_from(c).is_ok_and(is_space))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sql::parser::Tree;

    /// The pieces as `kind: text`, cut where PostgreSQL refuses them.
    fn pieces(text: &str) -> Vec<String> {
        let mut splitter = Splitter::new(text);
        let mut found = Vec::new();
        while let Some(mut piece) = splitter.next() {
            if piece.kind == PieceKind::Sql && Tree::parse(&text[piece.range.clone()]).is_err() {
                splitter.cut(&mut piece);
                assert!(Tree::parse(&text[piece.range.clone()]).is_err());
            }
            let part = &text[piece.range];
            found.push(match piece.kind {
                PieceKind::Sql => part.to_owned(),
                PieceKind::Psql => format!("psql: {part}"),
                PieceKind::CopyData { rows } => format!("{rows} rows: {part}"),
            });
        }
        found
    }

    #[test]
    fn statements_end_at_semicolons_of_their_own() {
        for (text, expected) in [
            ("", vec![]),
            (" ; \n;; -- nothing\n/* here */", vec![]),
            ("SELECT 1", vec!["SELECT 1"]),
            ("\u{feff}SELECT 1;\r\nSELECT 2 ;\r\n", vec!["SELECT 1", "SELECT 2"]),
            ("-- a;\nSELECT 1 -- b;\n; /* ; */ SELECT/*;*/2", vec!["SELECT 1", "SELECT/*;*/2"]),
            (
                "SELECT ';', \";\", E'\\';', $$;$$, $a$;$$;$a$, U&';';x",
                vec!["SELECT ';', \";\", E'\\';', $$;$$, $a$;$$;$a$, U&';'", "x"],
            ),
            (
                "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3",
                vec!["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"],
            ),
            (
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT 3",
                vec![
                    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END",
                    "SELECT 3",
                ],
            ),
            (
                "CREATE OR REPLACE PROCEDURE begin() BEGIN ATOMIC INSERT INTO t VALUES (1); END; x",
                vec!["CREATE OR REPLACE PROCEDURE begin() BEGIN ATOMIC INSERT INTO t VALUES (1); END", "x"],
            ),
            (
                "CREATE FUNCTION f() RETURNS int RETURN CASE WHEN true THEN 1 END; x",
                vec!["CREATE FUNCTION f() RETURNS int RETURN CASE WHEN true THEN 1 END", "x"],
            ),
            ("BEGIN; SELECT 1; END; x", vec!["BEGIN", "SELECT 1", "END", "x"]),
            ("DO $$ BEGIN; END $$; x", vec!["DO $$ BEGIN; END $$", "x"]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn psqls_lines_are_pieces_of_their_own() {
        for (text, expected) in [
            ("\\set x 'a;b'\nSELECT 1;", vec!["psql: \\set x 'a;b'", "SELECT 1"]),
            ("\\connect it's \r\nSELECT 1;\\q", vec!["psql: \\connect it's", "SELECT 1", "psql: \\q"]),
            ("SELECT 1 \\gexec\nSELECT 2;", vec!["SELECT 1", "psql: \\gexec", "SELECT 2"]),
            ("SELECT 1\\; SELECT 2;", vec!["SELECT 1", "SELECT 2"]),
            ("SELECT '\\g', \"\\g\", $$\n\\g$$", vec!["SELECT '\\g', \"\\g\", $$\n\\g$$"]),
            ("SELECT \\ 1; x", vec!["SELECT \\ 1", "x"]),
            ("\\.\nx", vec!["psql: \\.", "x"]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn data_follows_copy_from_stdin() {
        for (text, expected) in [
            (
                "COPY t FROM stdin;\n1\tit's\n2\t;\n\\.\nSELECT 1;",
                vec!["COPY t FROM stdin", "2 rows: 1\tit's\n2\t;\n\\.", "SELECT 1"],
            ),
            (
                "copy t (a) from STDIN WITH (FORMAT csv); -- c\r\n1\r\n\\.\r\nx",
                vec!["copy t (a) from STDIN WITH (FORMAT csv)", "1 rows: 1\r\n\\.", "x"],
            ),
            ("COPY t FROM stdin;\n\\.\n", vec!["COPY t FROM stdin", "0 rows: \\."]),
            ("\\copy t from stdin\n1\n\\.\nx", vec!["psql: \\copy t from stdin", "1 rows: 1\n\\.", "x"]),
            ("COPY t FROM stdin;\nSELECT 1;", vec!["COPY t FROM stdin", "SELECT 1"]),
            ("COPY t FROM stdin; SELECT 1;\n\\.\n", vec!["COPY t FROM stdin", "SELECT 1", "psql: \\."]),
            ("COPY t FROM 'stdin';\n1\n\\.\n", vec!["COPY t FROM 'stdin'", "1", "psql: \\."]),
            ("COPY (SELECT 1 FROM stdin) TO stdout;\nx", vec!["COPY (SELECT 1 FROM stdin) TO stdout", "x"]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn a_broken_statement_leaves_the_next_ones_alone() {
        for (text, expected) in [
            (
                "CREATE TABLE t (a int;\nSELECT 1;\nSELECT (2);",
                vec!["CREATE TABLE t (a int", "SELECT 1", "SELECT (2)"],
            ),
            ("SELECT 1));\nSELECT 2;", vec!["SELECT 1))", "SELECT 2"]),
            ("SELECT 'a;\nSELECT 1;\nSELECT 2;", vec!["SELECT 'a", "SELECT 1", "SELECT 2"]),
            (
                "SELECT 'it's ok';\nSELECT 'b';\nSELECT 'c';\n",
                vec!["SELECT 'it's ok'", "SELECT 'b'", "SELECT 'c'"],
            ),
            (
                "SELECT 'it's ok'; -- c\nSELECT 'b';\nSELECT 2;\n",
                vec!["SELECT 'it's ok'", "SELECT 'b'", "SELECT 2"],
            ),
            ("SELECT \"a;\r\nSELECT \"b\";\r\n", vec!["SELECT \"a", "SELECT \"b\""]),
            ("/* a\nSELECT 1;\nSELECT 2;", vec!["/* a\nSELECT 1", "SELECT 2"]),
            ("DO $a$ BEGIN\n x;\nSELECT 1;", vec!["DO $a$ BEGIN\n x", "SELECT 1"]),
            ("SELECT 'no end", vec!["SELECT 'no end"]),
            (
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;\nSELECT 2;",
                vec!["CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1", "SELECT 2"],
            ),
            // A string that is only in the company of an error keeps its semicolons.
            ("SELEKT 'a;\nb', $$;\n$$;\nSELECT 1;", vec!["SELEKT 'a;\nb', $$;\n$$", "SELECT 1"]),
            (
                "CREATE RULE r DO (SELECT 1;\nSELECT 2);\nx",
                vec!["CREATE RULE r DO (SELECT 1;\nSELECT 2)", "x"],
            ),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn comments_go_with_the_statement_they_are_about() {
        let text = "-- 1\n/* 2 */ SELECT 1 -- 3\n; -- 4\n-- 5\nSELECT 2; /* 6 */ SELECT 3;\n-- 7\n";
        let found: Vec<Vec<&str>> = Splitter::new(text)
            .map(|piece| piece.comments.into_iter().map(|comment| &text[comment]).collect())
            .collect();
        assert_eq!(found, [vec!["-- 1", "/* 2 */", "-- 3", "-- 4"], vec!["-- 5"], vec!["/* 6 */"]]);

        let all: Vec<&str> = comments(text).into_iter().map(|comment| &text[comment]).collect();
        assert_eq!(all, ["-- 1", "/* 2 */", "-- 3", "-- 4", "-- 5", "/* 6 */", "-- 7"]);
        assert!(comments("COPY t FROM stdin;\n-- data\n\\.\n\\echo -- no\nSELECT '-- no'").is_empty());
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for part in [
            "(;\n",
            "/*;\n",
            "'",
            "'a';\n(",
            "$a$;\n",
            "a'",
            "\"",
            "COPY t FROM stdin;\n",
            ";",
            "-- a\n",
            "a;/**/",
        ] {
            let text = part.repeat(300_000);
            let mut splitter = Splitter::new(&text);
            while let Some(mut piece) = splitter.next() {
                splitter.cut(&mut piece);
            }
            comments(&text);
        }
    }

    fn check_cover(text: &str, cut: bool) {
        let mut splitter = Splitter::new(text);
        let mut at = 0;
        let mut skipped = String::new();
        while let Some(mut piece) = splitter.next() {
            if cut && piece.kind == PieceKind::Sql {
                splitter.cut(&mut piece);
            }
            assert!(at <= piece.range.start && piece.range.start < piece.range.end);
            skipped.push_str(&text[at..piece.range.start]);
            skipped.push('\n');
            assert!(piece.comments.iter().all(|comment| text.get(comment.clone()).is_some()));
            at = piece.range.end;
        }
        skipped.push_str(&text[at..]);
        let skipped = skipped.strip_prefix('\u{feff}').unwrap_or(&skipped);
        for lex in Scanner::new(skipped, 0) {
            let token = &skipped[lex.range];
            assert!(
                matches!(lex.kind, Lexeme::Space | Lexeme::Comment) || matches!(token, ";" | "\\"),
                "{token:?} of {text:?} is in no piece"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_covered(text in any::<String>()) {
            check_cover(&text, false);
            check_cover(&text, true);
        }

        #[test]
        fn any_tokens_are_covered(
            parts in prop::collection::vec(prop::sample::select(vec![
                "'", "\"", "$$", "$a$", "(", ")", ";", ";\n", "\n", "\r\n", " ", "--", "/*", "*/", "\\", "\\.\n", "\\g",
                "E'", "U&\"", "é", "create", " function", " begin atomic ", " end ", "case ", "copy t from stdin;\n", "1", ".", "+", "-",
            ]), 0..40)
        ) {
            let text = parts.concat();
            check_cover(&text, false);
            check_cover(&text, true);
        }
    }
}
