//! How deep a statement's tree can be, told from its tokens.
//!
//! Everything that handles a tree recurses into it: the parser's own C code, the
//! decoding of its answer, lowering, dropping. A stack that overflows in a
//! browser takes the whole page's worker with it, so what nests too deep is
//! refused before anyone parses it.

use super::scan::{Lexeme, Scanner};

/// The deepest tree that is parsed.
pub(super) const MAX_NESTING: u32 = 1_000;

/// What has been read between two brackets, or between CASE and END.
#[derive(Default)]
struct Level {
    /// Opened by CASE, to be closed by END?
    case: bool,
    /// UNION, INTERSECT and EXCEPT: each holds all before it.
    sets: u32,
    /// JOINs of the current SELECT: each holds all before it.
    joins: u32,
    /// Operators since the last comma, AND or OR.
    operators: u32,
    /// The deepest bracket since then.
    inner: u32,
    /// The deepest of what came before that comma, AND or OR: lists are flat.
    list: u32,
    /// The deepest of the SELECTs before the last UNION.
    selects: u32,
    /// A BETWEEN still waits for its AND.
    between: bool,
}

impl Level {
    fn end_item(&mut self) {
        self.list = self.list.max(self.operators + self.inner);
        self.operators = 0;
        self.inner = 0;
    }

    fn end_select(&mut self) {
        self.end_item();
        self.selects = self.selects.max(self.joins + self.list);
        self.joins = 0;
        self.list = 0;
        self.between = false;
    }

    fn depth(mut self) -> u32 {
        self.end_select();
        self.sets + self.selects
    }
}

/// How deep the tree of `text` can be at most, in levels of brackets, operators and the like.
pub(super) fn nesting(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut outer: Vec<Level> = Vec::new();
    let mut level = Level::default();
    for lex in Scanner::new(text, 0) {
        match lex.kind {
            Lexeme::Operator => level.operators += 1,
            Lexeme::Punctuation => match bytes[lex.range.start] {
                b'(' | b'[' => outer.push(std::mem::take(&mut level)),
                b')' | b']' => close(&mut level, &mut outer),
                b',' => level.end_item(),
                b';' => level.end_select(),
                _ => {}
            },
            Lexeme::Word => match keyword(&text[lex.range]) {
                Some(Keyword::Case) => {
                    outer.push(std::mem::replace(&mut level, Level { case: true, ..Level::default() }));
                }
                Some(Keyword::End) if level.case => close(&mut level, &mut outer),
                Some(Keyword::Branch) if level.case => level.end_item(),
                // A chain of BETWEEN … AND NOT … BETWEEN … AND nests; in a list of conditions AND is flat.
                Some(Keyword::And) if level.between => level.between = false,
                Some(Keyword::And | Keyword::Or) => level.end_item(),
                Some(Keyword::Between) => {
                    level.between = true;
                    level.operators += 1;
                }
                Some(Keyword::Operator) => level.operators += 1,
                Some(Keyword::Join) => level.joins += 1,
                Some(Keyword::Set) => {
                    level.end_select();
                    level.sets += 1;
                }
                _ => {}
            },
            _ => {}
        }
    }
    while !outer.is_empty() {
        close(&mut level, &mut outer);
    }
    level.depth()
}

/// How deep blocks, loops and branches of a PL/pgSQL body can nest at most.
pub(super) fn blocks(body: &str) -> u32 {
    let mut open = 0_u32;
    let mut deepest = 0;
    // Not every IF begins a statement: DROP TABLE IF EXISTS.
    let mut statement_start = true;
    let mut after_end = false;
    for lex in Scanner::new(body, 0).filter(|lex| !matches!(lex.kind, Lexeme::Space | Lexeme::Comment)) {
        let token = &body[lex.range];
        let is = |words: &[&str]| words.iter().any(|word| token.eq_ignore_ascii_case(word));
        let end = is(&["end"]);
        if end {
            open = open.saturating_sub(1);
        } else if !after_end && (is(&["begin", "case", "loop"]) || statement_start && is(&["if"])) {
            open += 1;
            deepest = deepest.max(open);
        }
        after_end = end;
        statement_start = is(&["begin", "then", "else", "loop", ";", ">>"]);
    }
    deepest
}

/// Closes the innermost level; a bracket without its partner closes nothing.
fn close(level: &mut Level, outer: &mut Vec<Level>) {
    if let Some(parent) = outer.pop() {
        let depth = std::mem::replace(level, parent).depth() + 1;
        level.inner = level.inner.max(depth);
    }
}

#[derive(Clone, Copy)]
enum Keyword {
    And,
    Between,
    /// WHEN, THEN, ELSE.
    Branch,
    Case,
    End,
    Join,
    /// A word that works like an operator.
    Operator,
    Or,
    /// UNION, INTERSECT, EXCEPT.
    Set,
}

/// The words that make a tree deeper or flatter; the longest has nine letters.
static KEYWORDS: [(&str, Keyword); 19] = [
    ("and", Keyword::And),
    ("at", Keyword::Operator),
    ("between", Keyword::Between),
    ("case", Keyword::Case),
    ("collate", Keyword::Operator),
    ("else", Keyword::Branch),
    ("end", Keyword::End),
    ("except", Keyword::Set),
    ("ilike", Keyword::Operator),
    ("in", Keyword::Operator),
    ("intersect", Keyword::Set),
    ("is", Keyword::Operator),
    ("join", Keyword::Join),
    ("like", Keyword::Operator),
    ("not", Keyword::Operator),
    ("or", Keyword::Or),
    ("then", Keyword::Branch),
    ("union", Keyword::Set),
    ("when", Keyword::Branch),
];

fn keyword(word: &str) -> Option<Keyword> {
    if word.len() > 9 {
        return None;
    }
    KEYWORDS.iter().find(|(text, _)| word.eq_ignore_ascii_case(text)).map(|(_, keyword)| *keyword)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_flat_and_nests_are_deep() {
        let chain = |part: &str| format!("SELECT {}", part.repeat(5_000));
        for (text, at_least, at_most) in [
            ("SELECT 1".to_owned(), 0, 0),
            ("SELECT ((1))".to_owned(), 2, 2),
            (format!("INSERT INTO t VALUES {} (1)", "(1, -2, 'a' || f(b)), ".repeat(50_000)), 1, 10),
            (
                format!("SELECT 1 WHERE {} true", "a = 1 OR b IS NOT NULL AND c IN (1, 2) OR ".repeat(5_000)),
                1,
                10,
            ),
            (format!("SELECT 1 WHERE a IN ({} 1)", "1, ".repeat(50_000)), 1, 3),
            (format!("SELECT CASE {} END", "WHEN a = 1 THEN b + 1 ".repeat(5_000)), 1, 10),
            (format!("CREATE TABLE t ({} int)", "a int NOT NULL DEFAULT 1 + 1, b ".repeat(1_500)), 1, 10),
            (format!("SELECT (1; {}", "SELECT 1 + 1; ".repeat(5_000)), 1, 10),
            (format!("SELECT 'x{}'", "((+".repeat(5_000)), 0, 0),
            (chain("("), 5_000, 5_000),
            (chain("array["), 5_000, 5_000),
            (chain("1 + "), 5_000, 5_000),
            (chain("a || "), 5_000, 5_000),
            (chain("NOT "), 5_000, 5_000),
            (chain("- "), 5_000, 5_000),
            (chain("a::b"), 5_000, 5_000),
            (chain("a UNION SELECT "), 5_000, 5_000),
            (chain("a BETWEEN 1 AND NOT "), 5_000, 15_000),
            (chain("CASE WHEN a THEN "), 5_000, 5_000),
            (chain("CASE WHEN a THEN 1 ELSE "), 5_000, 5_000),
            (chain("f(1, "), 5_000, 5_000),
            (chain("a AT TIME ZONE "), 5_000, 5_000),
            (format!("SELECT FROM a {}", "JOIN b ON a.x = b.x AND a.y = b.y ".repeat(5_000)), 5_000, 5_010),
            // Each SELECT of a UNION has its own joins.
            (
                format!("SELECT {} 1", "1 FROM a JOIN b ON c JOIN d ON e UNION ALL SELECT ".repeat(400)),
                400,
                410,
            ),
            (format!("SELECT {}1{}", "(1 + ".repeat(300), " + 2) + 3".repeat(300)), 600, 1_200),
        ] {
            let found = nesting(&text);
            assert!((at_least..=at_most).contains(&found), "{found} {}", &text[..text.len().min(60)]);
        }
    }

    #[test]
    fn blocks_nest_and_follow_each_other() {
        for (body, expected) in [
            ("BEGIN END", 1),
            ("BEGIN IF a THEN b; ELSIF c THEN d; ELSE e; END IF; LOOP EXIT; END LOOP; END", 2),
            (
                "BEGIN FOR i IN 1..2 LOOP IF CASE WHEN a THEN b END THEN BEGIN x; END; END IF; END LOOP; END",
                4,
            ),
            ("BEGIN DROP TABLE IF EXISTS a; DROP TABLE IF EXISTS b; <<l>> IF true THEN x; END IF; END", 2),
            ("BEGIN x := 'begin begin'; END; END; END", 1),
        ] {
            assert_eq!(blocks(body), expected, "{body}");
        }
        assert_eq!(blocks(&"IF a THEN ".repeat(5_000)), 5_000);
    }

    #[test]
    fn brackets_without_partners_close_nothing() {
        for text in [")))", "END END", "SELECT (]", "CASE )", "( END )"] {
            assert!(nesting(text) < 4, "{text}");
        }
    }
}
