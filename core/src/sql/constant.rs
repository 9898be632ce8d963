//! Strings that an expression puts together from constants: what EXECUTE is given.

use super::{Literal, Node, QualifiedName, quote_identifier, quote_literal};

/// A variable of which the value is known: its name, and the value.
pub(super) type Known<'a> = (&'a str, &'a str);

/// The text that an expression always has; none when a column, an unknown function or any other variable than those
/// that are known has a part in it.
pub(super) fn constant_text(node: &Node, known: &[Known]) -> Option<String> {
    match value(node, known)? {
        Value::Null => None,
        Value::Text(text) => Some(text),
    }
}

/// The texts that an array of constants holds, written as ARRAY or as the rows that `unnest` makes of one.
pub(super) fn constant_elements(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::Cast { operand, .. } => constant_elements(operand),
        Node::Function { name, arguments } if &*name.name == "unnest" => match arguments.as_slice() {
            [array] => constant_elements(array),
            _ => None,
        },
        Node::Other { what: "ARRAY", parts } => parts.iter().map(|part| constant_text(part, &[])).collect(),
        _ => None,
    }
}

enum Value {
    Null,
    Text(String),
}

fn value(node: &Node, known: &[Known]) -> Option<Value> {
    match node {
        Node::Column(path, _) => {
            let [name] = path.as_slice() else { return None };
            let (_, text) = known.iter().find(|(known, _)| *known == &**name)?;
            Some(Value::Text((*text).to_owned()))
        }
        Node::Literal(Literal::Null) => Some(Value::Null),
        Node::Literal(Literal::String(text) | Literal::Number(text)) => Some(Value::Text(text.to_string())),
        Node::Literal(Literal::Integer(value)) => Some(Value::Text(value.to_string())),
        Node::Literal(Literal::Boolean(value)) => {
            Some(Value::Text(if *value { "t" } else { "f" }.to_owned()))
        }
        Node::Cast { operand, type_name } if is_text(&type_name.name) && type_name.array_dimensions == 0 => {
            value(operand, known)
        }
        Node::Operator { name, operands } if &**name == "||" => {
            let mut joined = String::new();
            for operand in operands {
                match value(operand, known)? {
                    Value::Null => return Some(Value::Null),
                    Value::Text(text) => joined.push_str(&text),
                }
            }
            Some(Value::Text(joined))
        }
        Node::Function { name, arguments }
            if name.schema.as_deref().is_none_or(|schema| schema == "pg_catalog") =>
        {
            let arguments =
                arguments.iter().map(|argument| value(argument, known)).collect::<Option<Vec<Value>>>()?;
            call(&name.name, &arguments)
        }
        _ => None,
    }
}

/// Types that a string is cast to without a change.
fn is_text(name: &QualifiedName) -> bool {
    matches!(&*name.name, "text" | "varchar")
}

fn call(function: &str, arguments: &[Value]) -> Option<Value> {
    match (function, arguments) {
        ("quote_ident", [Value::Text(text)]) => Some(Value::Text(quote_identifier(text))),
        ("quote_literal" | "quote_nullable", [Value::Text(text)]) => Some(Value::Text(quote_literal(text))),
        ("quote_nullable", [Value::Null]) => Some(Value::Text("NULL".to_owned())),
        ("quote_ident" | "quote_literal", [Value::Null]) => Some(Value::Null),
        ("concat", _) => Some(Value::Text(arguments.iter().filter_map(text).collect())),
        ("format", [Value::Text(pattern), arguments @ ..]) => format(pattern, arguments).map(Value::Text),
        _ => None,
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Null => None,
    }
}

/// PostgreSQL's `format()`, without widths.
fn format(pattern: &str, arguments: &[Value]) -> Option<String> {
    let mut result = String::new();
    let mut next = 0;
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        result.push_str(before);
        if let Some(after) = after.strip_prefix('%') {
            result.push('%');
            rest = after;
            continue;
        }
        // `%2$I` names its argument.
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after = match after[digits..].strip_prefix('$') {
            Some(after_position) => {
                next = after[..digits].parse::<usize>().ok()?.checked_sub(1)?;
                after_position
            }
            None if digits == 0 => after,
            None => return None,
        };
        let argument = arguments.get(next)?;
        next += 1;
        let mut letters = after.chars();
        match (letters.next()?, text(argument)) {
            ('s', text) => result.push_str(text.unwrap_or_default()),
            ('I', Some(text)) => result.push_str(&quote_identifier(text)),
            ('L', Some(text)) => result.push_str(&quote_literal(text)),
            ('L', None) => result.push_str("NULL"),
            _ => return None,
        }
        rest = letters.as_str();
    }
    result.push_str(rest);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::{Command, Select, parse};

    #[test]
    fn constants_are_put_together_as_the_server_would() {
        for (expression, expected) in [
            ("'a'", Some("a")),
            ("'a' || 'b' || 1", Some("ab1")),
            ("'a'::text || 'b'::varchar", Some("ab")),
            ("'a' || quote_ident('B') || quote_literal('it''s')", Some("a\"B\"'it''s'")),
            ("format('%s %I %L %%', 'a', 'order', 'x''y')", Some("a \"order\" 'x''y' %")),
            ("format('%2$s%1$s %s', 'a', 'b')", Some("ba b")),
            ("format('%s%L', NULL, NULL)", Some("NULL")),
            ("format('é%sé', 'ü')", Some("éüé")),
            ("concat('a', NULL, 2, true)", Some("a2t")),
            ("pg_catalog.concat('a')", Some("a")),
            ("'a' || NULL", None),
            ("'a' || b", None),
            ("format('%I', b)", None),
            ("format('%I', NULL)", None),
            ("format('%s')", None),
            ("format('%0$s', 1)", None),
            ("format('%5s', 'a')", None),
            ("format('%', 'a')", None),
            ("my.format('a')", None),
            ("now()::text", None),
        ] {
            let statement = parse(&format!("SELECT {expression}"), 0).remove(0).command;
            let Command::Query(query) = statement else { panic!("{expression}") };
            let Select::Simple { targets, .. } = query.select else { panic!("{expression}") };
            assert_eq!(constant_text(&targets[0].node, &[]).as_deref(), expected, "{expression}");
        }
    }
}
