//! Functions and procedures.

use super::super::{BaseType, CommentTarget, Function, Schema, qualified_sql};
use super::access;
use super::write::{comment_out, dollar_quoted, option_value};
use crate::sql::command::{Argument, ArgumentMode, Volatility};
use crate::sql::quote_identifier;

/// CREATE FUNCTION with its comment.
pub(super) fn function_block(schema: &Schema, function: &Function) -> String {
    let is_known = function.body.is_some() || function.parsed_body.is_some() || function.aggregate.is_some();
    let mut text = match is_known {
        true => format!("{};", function_definition(schema, function, false)),
        false => comment_out(&format!(
            "not written: the body of this function is not known\n{};",
            function_definition(schema, function, false)
        )),
    };
    if let Some(comment) = access::comment_on(schema, &CommentTarget::Object(function.id)) {
        let comment = if is_known { comment } else { comment_out(&comment) };
        text += &format!("\n{comment}");
    }
    text
}

/// CREATE FUNCTION or PROCEDURE, without semicolon. Without a body where that is not known.
pub fn function_definition(schema: &Schema, function: &Function, or_replace: bool) -> String {
    let or_replace = if or_replace { "OR REPLACE " } else { "" };
    if let Some(definition) = &function.aggregate {
        return format!(
            "CREATE {or_replace}AGGREGATE {} {definition}",
            qualified_sql(&function.schema, &function.name)
        );
    }
    let kind = if function.procedure { "PROCEDURE" } else { "FUNCTION" };
    let name = qualified_sql(&function.schema, &function.name);
    let mut signature = function.signature.iter();
    let mut arguments = Vec::new();
    let mut columns = Vec::new();
    for argument in &function.arguments {
        let is_input = !matches!(argument.mode, ArgumentMode::Out | ArgumentMode::Table);
        let resolved = if is_input { signature.next() } else { None };
        let data_type = match resolved {
            Some(data_type) if data_type.base != BaseType::Unknown => schema.format_type(data_type),
            _ => argument.type_name.text.to_string(),
        };
        let list = if argument.mode == ArgumentMode::Table { &mut columns } else { &mut arguments };
        list.push(argument_text(argument, &data_type));
    }
    let mut parts = vec![format!("CREATE {or_replace}{kind} {name}({})", arguments.join(", "))];
    match &function.returns {
        _ if !columns.is_empty() => parts.push(format!("RETURNS TABLE({})", columns.join(", "))),
        Some(returns) if !function.procedure => parts.push(format!("RETURNS {returns}")),
        _ => {}
    }
    parts.extend(function_options(function));
    if let Some(body) = &function.body {
        parts.push(format!("AS {}", dollar_quoted(body)));
    }
    if let Some(body) = &function.parsed_body {
        parts.push(body.to_string());
    }
    parts.join("\n    ")
}

fn argument_text(argument: &Argument, data_type: &str) -> String {
    let mode = match argument.mode {
        ArgumentMode::In | ArgumentMode::Table => "",
        ArgumentMode::Out => "OUT ",
        ArgumentMode::InOut => "INOUT ",
        ArgumentMode::Variadic => "VARIADIC ",
    };
    let name = argument.name.as_ref().map_or_else(String::new, |name| quote_identifier(name) + " ");
    let default =
        argument.default.as_ref().map_or_else(String::new, |default| format!(" DEFAULT {}", default.sql));
    format!("{mode}{name}{data_type}{default}")
}

/// LANGUAGE, then one line with what is short, then settings.
fn function_options(function: &Function) -> Vec<String> {
    let options = &function.options;
    let mut parts = Vec::new();
    parts
        .extend(options.language.as_ref().map(|language| format!("LANGUAGE {}", quote_identifier(language))));
    let mut words = Vec::new();
    match options.volatility {
        Some(Volatility::Immutable) => words.push("IMMUTABLE".to_owned()),
        Some(Volatility::Stable) => words.push("STABLE".to_owned()),
        Some(Volatility::Volatile) | None => {}
    }
    if options.strict == Some(true) {
        words.push("STRICT".to_owned());
    }
    if options.security_definer == Some(true) {
        words.push("SECURITY DEFINER".to_owned());
    }
    if options.leakproof == Some(true) {
        words.push("LEAKPROOF".to_owned());
    }
    if let Some(parallel) =
        options.parallel.as_ref().filter(|parallel| !parallel.eq_ignore_ascii_case("unsafe"))
    {
        words.push(format!("PARALLEL {}", parallel.to_ascii_uppercase()));
    }
    words.extend(options.cost.as_ref().map(|cost| format!("COST {cost}")));
    words.extend(options.rows.as_ref().map(|rows| format!("ROWS {rows}")));
    if !words.is_empty() {
        parts.push(words.join(" "));
    }
    for (name, value) in &options.settings {
        let name: Vec<_> = name.split('.').map(quote_identifier).collect();
        let name = name.join(".");
        parts.push(match value {
            Some(value) => {
                let values: Vec<_> = value.split(", ").map(option_value).collect();
                format!("SET {name} TO {}", values.join(", "))
            }
            None => format!("SET {name} FROM CURRENT"),
        });
    }
    parts
}
