//! Small pieces of SQL text.

use crate::sql::command::OptionValue;
use crate::sql::{Expression, Name, Node, quote_identifier, quote_literal};

/// Longer statements are broken into a line per clause.
pub(super) const WIDTH: usize = 100;

/// Names or types that are longer than this do not push the others to the right.
const ALIGNED: usize = 32;

/// `head clause clause`, on one line where that is short enough, else a clause a line.
pub(super) fn clauses(head: String, clauses: &[String]) -> String {
    let length = head.len() + clauses.iter().map(|clause| clause.len() + 1).sum::<usize>();
    let separator = if length <= WIDTH { " " } else { "\n    " };
    clauses.iter().fold(head, |text, clause| text + separator + clause)
}

/// `a, b`, each quoted as it must be.
pub(super) fn identifiers<'a>(names: impl IntoIterator<Item = &'a Name>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| quote_identifier(name)).collect();
    names.join(", ")
}

/// `fillfactor = 70, "weird" = 'x y'`.
pub(crate) fn option_list(options: &[OptionValue]) -> String {
    let options: Vec<_> = options.iter().map(option).collect();
    options.join(", ")
}

fn option(option: &OptionValue) -> String {
    let name: Vec<_> = option.name.split('.').map(quote_identifier).collect();
    let name = name.join(".");
    match &option.value {
        Some(value) => format!("{name} = {}", option_value(value)),
        None => name,
    }
}

/// A word or a number as it is, anything else as a string.
pub(super) fn option_value(value: &str) -> String {
    let is_word = value.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && (quote_identifier(value) == value || matches!(value, "true" | "false" | "on"));
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() <= 1;
    if is_word || is_number { value.to_owned() } else { quote_literal(value) }
}

/// The expression where the grammar wants a `b_expr` (DEFAULT): in parentheses unless it is a constant, a call or a cast.
pub(super) fn default_expression(expression: &Expression) -> String {
    let bare = match &expression.node {
        Node::Literal(_) | Node::SqlValue(_) | Node::Cast { .. } => true,
        Node::Operator { operands, .. } => matches!(operands.as_slice(), [Node::Literal(_)]),
        Node::Other { what, .. } => matches!(*what, "ARRAY" | "COALESCE"),
        _ => is_call(expression),
    };
    if bare { expression.sql.to_string() } else { format!("({})", expression.sql) }
}

/// The expression as an element of an index's or a partition's key: only a call may stand without parentheses.
pub(super) fn key_expression(expression: &Expression) -> String {
    if is_call(expression) { expression.sql.to_string() } else { format!("({})", expression.sql) }
}

/// Is it written as `name(…)`? Some of the grammar's own forms (AT TIME ZONE, OVERLAY …) are calls too, and written otherwise.
fn is_call(expression: &Expression) -> bool {
    let Node::Function { name, .. } = &expression.node else { return false };
    let with_schema = format!("{name}(");
    let without_schema = format!("{}(", quote_identifier(&name.name));
    expression.sql.ends_with(')')
        && (expression.sql.starts_with(&with_schema) || expression.sql.starts_with(&without_schema))
}

/// Text as SQL comment lines.
pub(super) fn comment_out(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| format!("-- {line}")).collect();
    lines.join("\n")
}

/// A string in dollar quotes, with a tag that cannot end it early.
pub(super) fn dollar_quoted(text: &str) -> String {
    let mut delimiter = "$$".to_owned();
    let mut number = 0;
    while format!("{text}{delimiter}").find(&delimiter) != Some(text.len()) {
        number += 1;
        delimiter = if number == 1 { "$body$".to_owned() } else { format!("$body{number}$") };
    }
    format!("{delimiter}{text}{delimiter}")
}

/// Rows of three: the first two are padded so that the columns stand in line.
pub(super) fn aligned(rows: &[[String; 3]]) -> Vec<String> {
    let width = |index: usize| {
        let lengths = rows.iter().map(|row| row[index].chars().count());
        lengths.filter(|length| *length <= ALIGNED).max().unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    rows.iter()
        .map(|[name, data_type, rest]| {
            format!("{name:first$} {data_type:second$} {rest}").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::{Literal, QualifiedName};

    #[test]
    fn dollar_quotes_never_occur_in_what_they_quote() {
        for (text, quoted) in [
            ("begin end", "$$begin end$$"),
            ("a $$ b", "$body$a $$ b$body$"),
            ("ends in $", "$body$ends in $$body$"),
            ("$$ $body$", "$body2$$$ $body$$body2$"),
        ] {
            assert_eq!(dollar_quoted(text), quoted);
        }
    }

    #[test]
    fn defaults_are_parenthesized_where_the_grammar_asks_for_it() {
        let call = |name: &str| Node::Function { name: QualifiedName::bare(name), arguments: Vec::new() };
        for (sql, node, written) in [
            ("0", Node::Literal(Literal::Integer(0)), "0"),
            ("now()", call("now"), "now()"),
            ("now() AT TIME ZONE 'utc'", call("timezone"), "(now() AT TIME ZONE 'utc')"),
            ("a AND b", Node::And(Vec::new()), "(a AND b)"),
        ] {
            assert_eq!(default_expression(&(sql, node).into()), written);
        }
    }

    #[test]
    fn option_values_are_quoted_unless_they_are_words_or_numbers() {
        for (value, written) in [
            ("70", "70"),
            ("0.05", "0.05"),
            ("-1", "-1"),
            ("on", "on"),
            ("auto", "auto"),
            ("", "''"),
            ("1GB", "'1GB'"),
        ] {
            assert_eq!(option_value(value), written);
        }
    }
}
