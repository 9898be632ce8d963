//! Queries laid out for reading. PostgreSQL's deparser writes each on one line.

use super::write::WIDTH;
use crate::sql::{TokenKind, tokens};

/// A new line before these, where they stand outside of parentheses.
const CLAUSES: &[&str] = &[
    "select",
    "from",
    "where",
    "group",
    "having",
    "window",
    "order",
    "limit",
    "offset",
    "fetch",
    "for",
    "union",
    "intersect",
    "except",
    "values",
];

/// The query with a line for each of its clauses and joins, when it is too long for one.
pub(super) fn lay_out(query: &str) -> String {
    if query.len() <= WIDTH {
        return query.to_owned();
    }
    let tokens = tokens(query, 0);
    let word = |index: usize| {
        let token = tokens.get(index)?;
        let text = &query[token.range.start as usize..token.range.end as usize];
        matches!(token.kind, TokenKind::Keyword | TokenKind::Type).then(|| text.to_ascii_lowercase())
    };
    let mut text = String::new();
    let mut done = 0;
    let mut depth = 0_i32;
    let mut in_list = false;
    for (index, token) in tokens.iter().enumerate() {
        let range = token.range.start as usize..token.range.end as usize;
        let before = index.checked_sub(1).and_then(word);
        let keyword = word(index);
        let breaks = depth == 0
            && keyword.as_deref().is_some_and(|keyword| match keyword {
                "for" | "from" | "select" if before.as_deref() == Some("distinct") => false,
                "join" => !before.as_deref().is_some_and(|word| {
                    matches!(word, "left" | "right" | "full" | "inner" | "outer" | "cross" | "natural")
                }),
                "left" | "right" | "full" | "inner" | "cross" | "natural" => joins(index, &word),
                keyword => CLAUSES.contains(&keyword),
            });
        let gap = &query[done..range.start];
        if breaks && index > 0 {
            text.push('\n');
        } else if in_list && depth == 0 && query[done..].starts_with(' ') && ends_with_comma(&text) {
            text.push_str("\n    ");
        } else {
            text.push_str(gap);
        }
        match &query[range.clone()] {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            _ => {}
        }
        if breaks {
            in_list = keyword.as_deref() == Some("select");
        }
        text.push_str(&query[range.clone()]);
        done = range.end;
    }
    text + &query[done..]
}

fn ends_with_comma(text: &str) -> bool {
    text.ends_with(',')
}

/// Do the keywords from here lead to JOIN? Some of them are functions too.
fn joins(index: usize, word: &dyn Fn(usize) -> Option<String>) -> bool {
    (index + 1..index + 4)
        .map_while(word)
        .take_while(|word| matches!(word.as_str(), "join" | "outer" | "left" | "right" | "full" | "inner"))
        .any(|word| word == "join")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_queries_stay_as_they_are() {
        assert_eq!(lay_out("SELECT a, b FROM t WHERE a > 1"), "SELECT a, b FROM t WHERE a > 1");
    }

    #[test]
    fn long_queries_get_a_line_per_clause_and_output() {
        let query = "SELECT o.id, left(c.name, 10) AS name, (SELECT max(x) FROM y ORDER BY 1) AS m, count(*) FROM orders o \
                     LEFT JOIN customers c ON c.id = o.customer_id AND c.a IS DISTINCT FROM o.b JOIN z USING (id) \
                     WHERE o.total > 10 AND extract(year FROM o.at) = 2024 GROUP BY 1, 2 ORDER BY 1";
        insta::assert_snapshot!(lay_out(query), @r"
        SELECT o.id,
            left(c.name, 10) AS name,
            (SELECT max(x) FROM y ORDER BY 1) AS m,
            count(*)
        FROM orders o
        LEFT JOIN customers c ON c.id = o.customer_id AND c.a IS DISTINCT FROM o.b
        JOIN z USING (id)
        WHERE o.total > 10 AND extract(year FROM o.at) = 2024
        GROUP BY 1, 2
        ORDER BY 1
        ");
    }
}
