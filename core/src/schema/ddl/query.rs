//! Queries laid out for reading. PostgreSQL's deparser writes each on one line.

use super::write::WIDTH;
use crate::sql::{Token, TokenKind, tokens};

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

/// Words that a join begins with.
const JOINS: &[&str] = &["join", "left", "right", "full", "inner", "outer", "cross", "natural"];

/// Other words that matter here.
const OTHERS: &[&str] = &["distinct", "on"];

/// The query with a line for each of its clauses, joins and outputs, when it is too long for one.
pub(super) fn lay_out(query: &str) -> String {
    if query.len() <= WIDTH {
        return query.to_owned();
    }
    let words = Words::of(query);
    let mut text = String::new();
    let mut done = 0;
    let mut in_outputs = false;
    for (index, token) in words.tokens.iter().enumerate() {
        let range = token.range.start as usize..token.range.end as usize;
        let begins_clause = index > 0 && words.begins_clause(index);
        let begins_output = in_outputs && words.depth[index] == 0 && words.begins_output(index);
        text.push_str(match () {
            () if begins_clause => "\n",
            () if begins_output => "\n    ",
            () => &query[done..range.start],
        });
        if words.keyword(index) == Some("select") && words.depth[index] == 0 {
            in_outputs = words.has_several_outputs(index);
        } else if begins_clause {
            in_outputs = false;
        }
        text.push_str(&query[range.clone()]);
        done = range.end;
    }
    text + &query[done..]
}

/// A query's tokens, with how many parentheses each stands in.
struct Words<'a> {
    query: &'a str,
    tokens: Vec<Token>,
    depth: Vec<usize>,
}

impl<'a> Words<'a> {
    fn of(query: &'a str) -> Self {
        let tokens = tokens(query, 0);
        let mut words = Words { query, tokens, depth: Vec::new() };
        let mut depth = 0_usize;
        for index in 0..words.tokens.len() {
            let text = words.text(index);
            if matches!(text, ")" | "]") {
                depth = depth.saturating_sub(1);
            }
            words.depth.push(depth);
            if matches!(text, "(" | "[") {
                depth += 1;
            }
        }
        words
    }

    fn text(&self, index: usize) -> &'a str {
        let range = &self.tokens[index].range;
        &self.query[range.start as usize..range.end as usize]
    }

    /// The keyword at that place, in lower case where the list of clauses and joins knows it.
    fn keyword(&self, index: usize) -> Option<&'static str> {
        let token = self.tokens.get(index)?;
        let text = self.text(index);
        let known = CLAUSES.iter().chain(JOINS).chain(OTHERS);
        known.copied().find(|word| token.kind == TokenKind::Keyword && word.eq_ignore_ascii_case(text))
    }

    fn before(&self, index: usize) -> Option<&'static str> {
        self.keyword(index.checked_sub(1)?)
    }

    fn begins_clause(&self, index: usize) -> bool {
        let Some(keyword) = self.keyword(index).filter(|_| self.depth[index] == 0) else { return false };
        match keyword {
            // IS DISTINCT FROM
            "from" => self.before(index) != Some("distinct"),
            "join" => !self.before(index).is_some_and(|word| JOINS.contains(&word)),
            // LEFT and RIGHT are functions too.
            word if JOINS.contains(&word) => {
                let next = self.keyword(index + 1);
                let joins = next == Some("join") || next.is_some_and(|next| JOINS.contains(&next));
                joins && !self.before(index).is_some_and(|word| JOINS.contains(&word))
            }
            word => CLAUSES.contains(&word),
        }
    }

    /// Is it the first token of one of a SELECT's outputs?
    fn begins_output(&self, index: usize) -> bool {
        match index.checked_sub(1) {
            Some(before) => {
                self.depth[before] == 0
                    && (self.text(before) == ","
                        || (self.before(index) == Some("select") && self.keyword(index) != Some("distinct"))
                        || (self.before(index) == Some("distinct") && self.keyword(index) != Some("on")))
            }
            None => false,
        }
    }

    fn has_several_outputs(&self, select: usize) -> bool {
        let list = (select + 1..self.tokens.len()).take_while(|index| !self.begins_clause(*index));
        list.filter(|index| self.depth[*index] == 0).any(|index| self.text(index) == ",")
    }
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
        insta::assert_snapshot!(lay_out(query), @r#"
        SELECT
            o.id,
            left(c.name, 10) AS name,
            (SELECT max(x) FROM y ORDER BY 1) AS m,
            count(*)
        FROM orders o
        LEFT JOIN customers c ON c.id = o.customer_id AND c.a IS DISTINCT FROM o.b
        JOIN z USING (id)
        WHERE o.total > 10 AND extract(year FROM o.at) = 2024
        GROUP BY 1, 2
        ORDER BY 1
        "#);
    }
}
