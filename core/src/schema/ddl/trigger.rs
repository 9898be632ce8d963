//! What a table does on its own: triggers, rules, row level security.

use super::super::{Policy, Relation, Rule, Schema, Table, Trigger, qualified_sql};
use super::access;
use super::write::{clauses, comment_out, identifiers};
use crate::sql::command::{Firing, TriggerTiming};
use crate::sql::{Name, quote_identifier, quote_literal};

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
        .map(|event| match event.to_ascii_uppercase() {
            event if event == "UPDATE" && !columns.is_empty() => {
                format!("UPDATE OF {}", identifiers(&columns))
            }
            event => event,
        })
        .collect();
    let head = format!("CREATE {constraint}TRIGGER {}", quote_identifier(&trigger.name));
    let mut parts = vec![format!("{timing} {} ON {}", events.join(" OR "), relation.sql_name())];
    if trigger.constraint && trigger.deferrable {
        let initially = if trigger.initially_deferred { " INITIALLY DEFERRED" } else { "" };
        parts.push(format!("DEFERRABLE{initially}"));
    }
    if !trigger.transition_tables.is_empty() {
        let tables = trigger.transition_tables.iter().map(|(is_new, name)| {
            format!(" {} TABLE AS {}", if *is_new { "NEW" } else { "OLD" }, quote_identifier(name))
        });
        parts.push(format!("REFERENCING{}", tables.collect::<String>()));
    }
    parts.push(if trigger.for_each_row { "FOR EACH ROW" } else { "FOR EACH STATEMENT" }.to_owned());
    if let Some(condition) = &trigger.condition {
        parts.push(format!("WHEN ({})", condition.sql));
    }
    let function = match trigger.function_id.and_then(|id| schema.function(id)) {
        Some(function) => qualified_sql(&function.schema, &function.name),
        None => match &trigger.function.schema {
            Some(schema) => qualified_sql(schema, &trigger.function.name),
            None => trigger.function.to_string(),
        },
    };
    let arguments: Vec<_> = trigger.arguments.iter().map(|argument| quote_literal(argument)).collect();
    parts.push(format!("EXECUTE FUNCTION {function}({})", arguments.join(", ")));
    clauses(head, &parts)
}

/// CREATE TRIGGER and whether it is enabled. A partition's copy of its parent's row trigger is made with that.
pub(crate) fn trigger_statements(schema: &Schema, relation: &Relation, trigger: &Trigger) -> Vec<String> {
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
        parts.push(format!("FOR {}", policy.command.to_ascii_uppercase()));
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
    let (name, event) = (quote_identifier(&rule.name), rule.event.to_ascii_uppercase());
    comment_out(&format!(
        "not written: CREATE RULE {name} AS ON {event} TO {} DO {instead}…",
        relation.sql_name()
    ))
}

/// ENABLE / DISABLE, behind which the trigger's or rule's name stands.
pub(in crate::schema) fn firing(firing: Firing) -> &'static str {
    match firing {
        Firing::Origin => "ENABLE",
        Firing::Always => "ENABLE ALWAYS",
        Firing::Replica => "ENABLE REPLICA",
        Firing::Disabled => "DISABLE",
    }
}
