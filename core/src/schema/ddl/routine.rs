//! Types, functions and what calls them: triggers, policies, rules.

use super::super::{CommentTarget, Function, Policy, Relation, Rule, Schema, Table, Trigger, Type, TypeKind};
use super::table::firing;
use super::write::{clauses, comment_out, dollar_quoted, identifiers, option_value};
use super::{access, lines};
use crate::sql::command::{Argument, ArgumentMode, Firing, TriggerTiming, Volatility};
use crate::sql::{Name, quote_identifier, quote_literal};

/// CREATE TYPE or CREATE DOMAIN with its comment; none for what is only assumed.
pub(super) fn type_block(schema: &Schema, user_type: &Type) -> Option<String> {
    let mut statements = vec![user_type.definition(schema)? + ";"];
    if let TypeKind::Domain(domain) = &user_type.kind {
        for (name, condition, _) in domain.checks.iter().filter(|(_, _, valid)| !valid) {
            let (domain, name) = (user_type.sql_name(), quote_identifier(name));
            statements.push(format!(
                "ALTER DOMAIN {domain} ADD CONSTRAINT {name} CHECK ({}) NOT VALID;",
                condition.sql
            ));
        }
    }
    statements.extend(access::comments_of(schema, user_type.id, |_| true));
    lines(statements)
}

/// CREATE FUNCTION with its comment.
pub(super) fn function_block(schema: &Schema, function: &Function) -> String {
    let mut text = match function.body {
        Some(_) => format!("{};", function_definition(schema, function, false)),
        None => comment_out(&format!(
            "not written: the body of this function is not known\n{};",
            function_definition(schema, function, false)
        )),
    };
    if let Some(comment) = access::comment_on(schema, &CommentTarget::Object(function.id)) {
        let comment = if function.body.is_some() { comment } else { comment_out(&comment) };
        text += &format!("\n{comment}");
    }
    text
}

/// CREATE FUNCTION or PROCEDURE, without semicolon. Without a body where that is not known.
pub fn function_definition(schema: &Schema, function: &Function, or_replace: bool) -> String {
    let or_replace = if or_replace { "OR REPLACE " } else { "" };
    let kind = if function.procedure { "PROCEDURE" } else { "FUNCTION" };
    let name = super::super::qualified_sql(&function.schema, &function.name);
    let mut signature = function.signature.iter();
    let mut arguments = Vec::new();
    let mut columns = Vec::new();
    for argument in &function.arguments {
        let is_input = !matches!(argument.mode, ArgumentMode::Out | ArgumentMode::Table);
        let resolved = if is_input { signature.next() } else { None };
        let data_type = match resolved {
            Some(data_type) if data_type.base != super::super::BaseType::Unknown => {
                schema.format_type(data_type)
            }
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
        words.push(format!("PARALLEL {}", parallel.to_uppercase()));
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

/// CREATE TRIGGER, without semicolon.
pub fn trigger_definition(schema: &Schema, relation: &Relation, trigger: &Trigger) -> String {
    let constraint = if trigger.constraint { "CONSTRAINT " } else { "" };
    let timing = match trigger.timing {
        TriggerTiming::Before => "BEFORE",
        TriggerTiming::After => "AFTER",
        TriggerTiming::InsteadOf => "INSTEAD OF",
    };
    let columns: Vec<Name> =
        trigger.columns.iter().filter_map(|number| Some(relation.table()?.column_name(*number))).collect();
    let events: Vec<_> = trigger
        .events
        .iter()
        .map(|event| match event.to_uppercase() {
            event if event == "UPDATE" && !columns.is_empty() => {
                format!("UPDATE OF {}", identifiers(&columns))
            }
            event => event,
        })
        .collect();
    let head = format!("CREATE {constraint}TRIGGER {}", quote_identifier(&trigger.name));
    let mut parts = vec![format!("{timing} {} ON {}", events.join(" OR "), relation.sql_name())];
    parts.push(if trigger.for_each_row { "FOR EACH ROW" } else { "FOR EACH STATEMENT" }.to_owned());
    if let Some(condition) = &trigger.condition {
        parts.push(format!("WHEN ({})", condition.sql));
    }
    let function = match trigger.function_id.and_then(|id| schema.function(id)) {
        Some(function) => super::super::qualified_sql(&function.schema, &function.name),
        None => match &trigger.function.schema {
            Some(schema) => super::super::qualified_sql(schema, &trigger.function.name),
            None => trigger.function.to_string(),
        },
    };
    let arguments: Vec<_> = trigger.arguments.iter().map(|argument| quote_literal(argument)).collect();
    parts.push(format!("EXECUTE FUNCTION {function}({})", arguments.join(", ")));
    clauses(head, &parts)
}

/// CREATE TRIGGER and whether it is enabled. A partition's copy of its parent's row trigger is made with that.
pub(super) fn trigger_statements(schema: &Schema, relation: &Relation, trigger: &Trigger) -> Vec<String> {
    let parents =
        relation.table().filter(|table| table.bound.is_some()).map_or(&[][..], |table| &table.parents);
    let original = parents.iter().find_map(|parent| {
        let triggers = &schema.relation(*parent)?.table()?.triggers;
        triggers.iter().find(|original| original.name == trigger.name && original.for_each_row)
    });
    let mut statements = Vec::new();
    if original.is_none() {
        statements.push(format!("{};", trigger_definition(schema, relation, trigger)));
    }
    if trigger.firing != original.map_or(Firing::Origin, |original| original.firing) {
        let (table, name) = (relation.sql_name(), quote_identifier(&trigger.name));
        statements.push(format!("ALTER TABLE {table} {} TRIGGER {name};", firing(trigger.firing)));
    }
    statements
}

/// ENABLE and FORCE ROW LEVEL SECURITY.
pub(super) fn row_security(relation: &Relation, table: &Table) -> Vec<String> {
    let name = relation.sql_name();
    let mut statements = Vec::new();
    if table.row_security {
        statements.push(format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;"));
    }
    if table.force_row_security {
        statements.push(format!("ALTER TABLE {name} FORCE ROW LEVEL SECURITY;"));
    }
    statements
}

/// CREATE POLICY, without semicolon.
pub fn policy_definition(relation: &Relation, policy: &Policy) -> String {
    let head = format!("CREATE POLICY {} ON {}", quote_identifier(&policy.name), relation.sql_name());
    let mut parts = Vec::new();
    if !policy.permissive {
        parts.push("AS RESTRICTIVE".to_owned());
    }
    if !policy.command.eq_ignore_ascii_case("all") {
        parts.push(format!("FOR {}", policy.command.to_uppercase()));
    }
    if policy.roles.iter().any(|role| &**role != "public") {
        let roles: Vec<_> = policy.roles.iter().map(access::role).collect();
        parts.push(format!("TO {}", roles.join(", ")));
    }
    if let Some(condition) = &policy.using {
        parts.push(format!("USING ({})", condition.sql));
    }
    if let Some(condition) = &policy.with_check {
        parts.push(format!("WITH CHECK ({})", condition.sql));
    }
    clauses(head, &parts)
}

/// What is known of a rewrite rule, as an SQL comment: its condition and its commands are not kept.
pub fn rule_definition(relation: &Relation, rule: &Rule) -> String {
    let instead = if rule.instead { "INSTEAD " } else { "" };
    let (name, event) = (quote_identifier(&rule.name), rule.event.to_uppercase());
    comment_out(&format!(
        "not written: CREATE RULE {name} AS ON {event} TO {} DO {instead}…",
        relation.sql_name()
    ))
}
