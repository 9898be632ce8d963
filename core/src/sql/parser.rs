//! PostgreSQL's parsers for SQL and PL/pgSQL, called through the C library that the `pg_query` crate links.
//!
//! The crate's own wrappers keep an error's message and drop its position, and copy the tree twice on its way
//! to Rust. So the C functions they are made of are called here, and the tree is read [where it is](super::tree).

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::NonNull;

// In a browser the library finds its C functions there.
#[cfg(target_arch = "wasm32")]
use lockstep_wasm_libc as _;
// Links the library.
use pg_query as _;

use super::tree::{self, List, NodeKind};

/// What a server says of a NUL byte, which neither its text nor the library's can hold.
const NUL_BYTE: &str = "invalid byte sequence for encoding \"UTF8\": 0x00";

/// Why PostgreSQL's parser refuses a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ParseFailure {
    /// PostgreSQL's own words; a long quotation from the text is cut short.
    pub message: String,
    /// SQLSTATE.
    pub sqlstate: &'static str,
    /// Byte offset in the text, where one is known.
    pub cursor: Option<usize>,
}

/// The deepest tree that is read, in nodes: 593 operators in a chain, or 148 SELECTs within one another. An operator
/// is one node, a function call two with the list of its arguments, a SELECT within a SELECT four.
///
/// What lowers a tree, deparses it and drops what it was lowered to recurses into it, and in a browser an overflowing
/// stack ends the worker. V8 reads 1,240 nodes on a stack of 400 kB, which is less than any worker has, and 2,900 on
/// one of a megabyte.
const MAX_NESTING: usize = 600;

/// The parse trees of a text's statements, in the memory of PostgreSQL's parser; freed when dropped.
pub(super) struct Tree {
    context: NonNull<MemoryContext>,
    statements: List,
}

impl Tree {
    /// Parses the text of one or more statements.
    ///
    /// # Errors
    ///
    /// 42601 from the grammar, 54001 for what nests deeper than [`MAX_NESTING`],
    /// 22021 for a NUL byte, 0A000 for what the grammar knows and PostgreSQL has not implemented.
    pub fn parse(text: &str) -> Result<Tree, ParseFailure> {
        const DEFAULT_OPTIONS: c_int = 0;
        let input = CString::new(text).map_err(|error| ParseFailure {
            message: NUL_BYTE.to_owned(),
            sqlstate: "22021",
            cursor: Some(error.nul_position()),
        })?;
        // SAFETY: the library is outside of its memory contexts, here and after each of its functions. The tree
        // that it makes is in the context that is entered before, and only read by then.
        let (tree, error) = unsafe {
            let context = pg_query_enter_memory_context();
            let answer = pg_query_raw_parse(input.as_ptr(), DEFAULT_OPTIONS);
            lockstep_leave_memory_context();
            free(answer.stderr.cast());
            (Tree { context, statements: answer.tree }, answer.error.map(ParserError))
        };
        match error {
            Some(error) => Err(failure(error.get(), text)),
            None if tree::depth(&tree.statements) > MAX_NESTING => Err(too_deep()),
            None => Ok(tree),
        }
    }

    /// All of its statements.
    #[cfg(test)]
    pub fn statements(&self) -> &[tree::Node] {
        &self.statements
    }

    /// The statement, where it is only one.
    pub fn single(&self) -> Option<NodeKind<'_>> {
        match &*self.statements {
            [statement] => match statement.kind() {
                NodeKind::RawStmt(raw) => Some(raw.stmt.get()?.kind()),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        // SAFETY: the context was entered once, and all that is in it is borrowed from here.
        unsafe { pg_query_exit_memory_context(self.context) }
    }
}

/// An error of the parser's, freed when dropped.
struct ParserError(NonNull<CError>);

impl ParserError {
    fn get(&self) -> &CError {
        // SAFETY: the library made it, and it lives as long as this.
        unsafe { self.0.as_ref() }
    }
}

impl Drop for ParserError {
    fn drop(&mut self) {
        // SAFETY: the library made it, and it is freed once.
        unsafe { pg_query_free_error(self.0) }
    }
}

/// Parses the PL/pgSQL body of a CREATE FUNCTION, CREATE PROCEDURE or DO statement: gives the library's JSON of it.
///
/// # Errors
///
/// PostgreSQL's words. Where in the body, the library keeps to itself.
pub(super) fn parse_plpgsql(statement: &str) -> Result<String, String> {
    let input = CString::new(statement).map_err(|_| NUL_BYTE.to_owned())?;
    let answer = PlpgsqlAnswer::of(&input);
    if let Some(error) = answer.error() {
        return Err(shorten(&error.message()));
    }
    Ok(answer.json())
}

/// The refusals of the grammar that are no syntax errors: SQLSTATE, and how the message begins and ends. Source: `gram.y`.
const REFUSALS: &[(&str, &str, &str)] = &[
    ("54001", "memory exhausted", ""),
    ("0A000", "", "not yet implemented"),
    ("0A000", "", "not supported"),
    ("0A000", "", "constraints cannot be marked DEFERRABLE"),
    ("0A000", "", "constraints cannot be marked NOT ENFORCED"),
    ("0A000", "", "constraints cannot be marked NOT VALID"),
    ("0A000", "", "constraints cannot be marked NO INHERIT"),
    ("0A000", "CREATE SCHEMA IF NOT EXISTS cannot include", ""),
    ("0A000", "a column list with ", " is only supported for ON DELETE actions"),
    ("0A000", "current database cannot be changed", ""),
    ("0A000", "TO ROLE cannot be", ""),
    ("22023", "unrecognized partitioning strategy", ""),
    ("22023", "column number must be in range from", ""),
    ("42939", "role name ", " is reserved"),
    ("42939", "", " cannot be used as a role name here"),
];

fn failure(error: &CError, text: &str) -> ParseFailure {
    let message = error.message();
    if message.starts_with("stack depth limit exceeded")
        || message.starts_with("parse tree is nested too deeply")
    {
        return too_deep();
    }
    let sqlstate = REFUSALS
        .iter()
        .find(|(_, beginning, end)| message.starts_with(beginning) && message.ends_with(end))
        .map_or("42601", |(sqlstate, ..)| sqlstate);
    let cursor = usize::try_from(error.cursorpos)
        .ok()
        .and_then(|position| position.checked_sub(1))
        .map(|characters| text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at));
    ParseFailure { message: shorten(&message), sqlstate, cursor }
}

/// The failure of a statement that nests too deep, whether the library finds so itself, at a depth that is up to the
/// platform, or we do.
fn too_deep() -> ParseFailure {
    ParseFailure { message: "statement nests too deep".to_owned(), sqlstate: "54001", cursor: None }
}

/// PostgreSQL quotes all of an unterminated string; a reader wants its beginning.
fn shorten(message: &str) -> String {
    const MOST: usize = 120;
    let first_line = message.lines().next().unwrap_or_default();
    let mut short: String = first_line.chars().take(MOST).collect();
    if short.len() < message.len() {
        short.push('…');
        if message.ends_with('"') {
            short.push('"');
        }
    }
    short
}

/// What the library answers for PL/pgSQL, freed when dropped.
struct PlpgsqlAnswer(CPlpgsqlAnswer);

impl PlpgsqlAnswer {
    fn of(input: &CStr) -> Self {
        // SAFETY: the input is NUL-terminated and outlives the call, which keeps no pointer to it.
        PlpgsqlAnswer(unsafe { pg_query_parse_plpgsql(input.as_ptr()) })
    }

    fn error(&self) -> Option<&CError> {
        // SAFETY: null, or an error that lives until the answer is freed.
        unsafe { self.0.error.as_ref() }
    }

    fn json(&self) -> String {
        // SAFETY: the string lives until the answer is freed.
        unsafe { string(self.0.functions) }
    }
}

impl Drop for PlpgsqlAnswer {
    fn drop(&mut self) {
        // SAFETY: the answer came from the library and is freed once.
        unsafe { pg_query_free_plpgsql_parse_result(self.0) }
    }
}

// The layouts of `pg_query.h` and `pg_query_internal.h`.

/// PostgreSQL's; nothing is known of it but where it is.
type MemoryContext = c_void;

#[repr(C)]
struct CAnswer {
    tree: List,
    stderr: *mut c_char,
    error: Option<NonNull<CError>>,
}

#[derive(Clone, Copy)]
#[repr(C)]
struct CPlpgsqlAnswer {
    functions: *mut c_char,
    error: *mut CError,
}

#[repr(C)]
struct CError {
    message: *mut c_char,
    function: *mut c_char,
    file: *mut c_char,
    line: c_int,
    /// Counts characters from 1; 0 is unknown.
    cursorpos: c_int,
    context: *mut c_char,
}

impl CError {
    fn message(&self) -> String {
        // SAFETY: an error's strings live as long as the error.
        unsafe { string(self.message) }
    }
}

/// A string of the library's; empty where it gives none.
///
/// # Safety
///
/// The pointer is null or that of a string that ends in NUL.
unsafe fn string(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: as the caller says.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

unsafe extern "C" {
    fn pg_query_enter_memory_context() -> NonNull<MemoryContext>;
    fn pg_query_exit_memory_context(context: NonNull<MemoryContext>);
    fn pg_query_raw_parse(input: *const c_char, options: c_int) -> CAnswer;
    fn pg_query_free_error(error: NonNull<CError>);
    /// In `tree/guard.c`.
    fn lockstep_leave_memory_context();
    fn free(memory: *mut c_void);
    fn pg_query_parse_plpgsql(input: *const c_char) -> CPlpgsqlAnswer;
    fn pg_query_free_plpgsql_parse_result(answer: CPlpgsqlAnswer);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_come_out_as_trees() {
        assert_eq!(Tree::parse("SELECT 1; SELECT 2").unwrap().statements.len(), 2);
        assert_eq!(Tree::parse("").unwrap().statements.len(), 0);
    }

    #[test]
    fn errors_have_postgresqls_words_and_a_byte_offset() {
        for (text, message, sqlstate, cursor) in [
            ("SELECT * FORM t", "syntax error at or near \"FORM\"", "42601", Some(9)),
            ("SELECT 'äöü' FROM ,", "syntax error at or near \",\"", "42601", Some(21)),
            ("SELECT 1 +", "syntax error at end of input", "42601", Some(10)),
            ("SELECT (1", "syntax error at end of input", "42601", Some(9)),
            ("SELECT 'é', 'a", "unterminated quoted string at or near \"'a\"", "42601", Some(13)),
            ("SELECT \"a", "unterminated quoted identifier at or near \"\"a\"", "42601", Some(7)),
            ("SELECT $$a", "unterminated dollar-quoted string at or near \"$$a\"", "42601", Some(7)),
            ("SELECT /* a", "unterminated /* comment at or near \"/* a\"", "42601", Some(7)),
            ("SELECT 1 \0", "invalid byte sequence for encoding \"UTF8\": 0x00", "22021", Some(9)),
            ("CREATE ASSERTION a CHECK (true)", "CREATE ASSERTION is not yet implemented", "0A000", Some(0)),
        ] {
            let failure = Tree::parse(text).err().unwrap();
            let expected = ParseFailure { message: message.to_owned(), sqlstate, cursor };
            assert_eq!(failure, expected, "{text}");
        }
    }

    #[test]
    fn a_long_quotation_is_cut_short() {
        let failure = Tree::parse(&format!("SELECT '{}\nb", "ü".repeat(500))).err().unwrap();
        assert!(failure.message.starts_with("unterminated quoted string at or near \"'üüü"));
        assert!(failure.message.ends_with("ü…\"") && failure.message.chars().count() < 130);
        assert_eq!(failure.cursor, Some(7));
    }

    #[test]
    fn what_nests_too_deep_is_refused() {
        let chain = |part: &str, times| format!("SELECT 1{}", part.repeat(times));
        let nest =
            |open: &str, close: &str, times| format!("SELECT {}1{}", open.repeat(times), close.repeat(times));
        for (deepest, of_depth) in [
            (593, &(|n| chain(" || a", n)) as &dyn Fn(usize) -> String),
            (297, &|n| nest("NOT ", "", n)),
            (297, &|n| nest("f(", ")", n)),
            (197, &|n| nest("CASE WHEN a THEN ", " END", n)),
            (148, &|n| nest("(SELECT ", ")", n)),
        ] {
            assert!(Tree::parse(&of_depth(deepest)).is_ok(), "{}", of_depth(1));
            for too_deep in [deepest + 1, 1_000] {
                let failure = Tree::parse(&of_depth(too_deep)).err().unwrap();
                assert_eq!(
                    (failure.sqlstate, failure.message.as_str()),
                    ("54001", "statement nests too deep")
                );
            }
        }
        assert!(Tree::parse(&nest("(", ")", 9_000)).is_ok());
        let hostile = Tree::parse(&nest("(", "", 200_000)).err().unwrap();
        assert_eq!(hostile.message, "memory exhausted at or near \"(\"");
    }

    #[test]
    fn what_is_long_but_flat_is_parsed() {
        for text in [
            format!("INSERT INTO t VALUES {} (1)", "(1, -2, 'a' || f(b)), ".repeat(20_000)),
            format!("SELECT 1 WHERE {} true", "a = 1 OR b IS NOT NULL AND c IN (1, 2) OR ".repeat(5_000)),
            format!("SELECT CASE {} END", "WHEN a = 1 THEN b + 1 ".repeat(5_000)),
            format!("SELECT '{}'", "((+\n".repeat(50_000)),
        ] {
            assert!(Tree::parse(&text).is_ok(), "{}", &text[..60]);
        }
    }
}
