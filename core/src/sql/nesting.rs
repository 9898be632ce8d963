//! How deep the blocks of a PL/pgSQL body nest, told before it is parsed.

use super::scan::{Lexeme, Scanner};

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
