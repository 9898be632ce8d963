//! A CHECK that does not stay true.

use super::writes::sources;
use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Function, Origin};
use crate::sql::command::{AlterAction, ConstraintDefinition, ConstraintKind, TableElement, Volatility};
use crate::sql::{Command, Node, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "volatile-check",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP087"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A CHECK constraint depends on the time or on what else is in the database",
    why: "A CHECK is computed when a row is written, and taken to hold for ever. With `now()`, `random()` or a \
function that reads tables, rows that were right become wrong by themselves: an UPDATE of another column \
fails (23514), and a dump cannot be restored.

It does not apply to conditions that time makes only truer, such as `created_at <= now()`. Check it in a \
trigger, or in the application.",
    manual: "Constraints: Check Constraints",
    bad: &["CREATE TABLE offers (id bigint PRIMARY KEY, ends_at timestamptz CHECK (ends_at > now()));"],
    good: &["CREATE TABLE offers (id bigint PRIMARY KEY, created_at timestamptz CHECK (created_at <= now()));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let CheckOf { table, conditions } = checks(command);
        let changing = conditions.into_iter().find_map(|condition| changes(condition, &place));
        if let Some(by) = changing {
            findings.at(
                &place,
                format!("A CHECK of {} depends on {by}: rows that were right may stop being so, and then no UPDATE and no restore succeeds (23514).", table.map(ToString::to_string).unwrap_or_default()),
                "Check it in a trigger when the row is written, or in the application.",
            );
        }
    }
}

struct CheckOf<'a> {
    table: Option<&'a QualifiedName>,
    conditions: Vec<&'a Node>,
}

fn checks(command: &Command) -> CheckOf<'_> {
    let (table, constraints): (_, Vec<&ConstraintDefinition>) = match command {
        Command::CreateTable(create) => {
            let own = create.elements.iter().flat_map(|element| match element {
                TableElement::Column(column) => &column.constraints[..],
                TableElement::Constraint(own) => std::slice::from_ref(own),
                TableElement::Like { .. } => &[],
            });
            (Some(&create.name), own.collect())
        }
        Command::AlterTable(alter) => {
            let own = alter.actions.iter().flat_map(|action| match action {
                AlterAction::AddColumn { column, .. } => &column.constraints[..],
                AlterAction::AddConstraint(own) => std::slice::from_ref(own),
                _ => &[],
            });
            (Some(&alter.name), own.collect())
        }
        _ => (None, Vec::new()),
    };
    let conditions = constraints.into_iter().filter_map(|own| match &own.kind {
        ConstraintKind::Check { expression, .. } => Some(&expression.node),
        _ => None,
    });
    CheckOf { table, conditions: conditions.collect() }
}

/// What makes a condition give another answer later on.
fn changes(condition: &Node, place: &Place) -> Option<String> {
    if let Node::Operator { name, operands } = condition
        && let [left, right] = &operands[..]
        && (matches!(&**name, "<" | "<=") && of_time(right) && !of_time(left) || matches!(&**name, ">" | ">=") && of_time(left) && !of_time(right))
    {
        return None;
    }
    match condition {
        // A moment is there at any moment; whether the rest of an expression is does not hang on it.
        Node::IsNull { operand, .. } if of_time(operand) => None,
        Node::SqlValue(value) if value.starts_with("current_t") || value.starts_with("current_d") || value.starts_with("localt") => Some((*value).to_owned()),
        Node::Function { name, .. } if is_volatile(name, place) => Some(format!("{name}()")),
        _ => condition.children().into_iter().find_map(|child| changes(child, place)),
    }
}

/// Does the time of day come into it?
fn of_time(node: &Node) -> bool {
    let mut found = false;
    node.walk(|node| {
        found |= match node {
            Node::SqlValue(value) => value.starts_with("current_t") || value.starts_with("current_d") || value.starts_with("localt"),
            Node::Function { name, .. } => CLOCKS.contains(&&*name.name),
            _ => false,
        };
    });
    found
}

/// A clock, chance, or a function of the history's own that is not immutable.
fn is_volatile(name: &QualifiedName, place: &Place) -> bool {
    let own = || place.before().schema.functions().find(|own| own.name == name.name && own.origin == Origin::Created);
    CLOCKS.contains(&&*name.name)
        || CHANCE.contains(&&*name.name)
        || own().is_some_and(|own| {
            own.options.volatility != Some(Volatility::Immutable) && own.aggregate.is_none() && !is_pure(own)
        })
}

/// Does a function in SQL, of which nobody has said whether it is volatile, look at nothing but its arguments?
fn is_pure(function: &Function) -> bool {
    let is_changing = |name: &str| CLOCKS.contains(&name) || CHANCE.contains(&name);
    let depends = |node: &&Node| {
        let mut found = of_time(node) || node.subqueries().into_iter().any(|query| !sources(query).is_empty());
        node.walk(|part| found |= matches!(part, Node::Function { name, .. } if is_changing(&name.name)));
        found
    };
    let is_plain = |command: &Command| match command {
        Command::Query(query) => sources(query).is_empty() && !command.expressions().iter().any(depends),
        _ => false,
    };
    let options = &function.options;
    options.volatility.is_none()
        && options.language.as_deref() == Some("sql")
        && function.body.is_some()
        && function.commands().iter().all(is_plain)
}

const CHANCE: &[&str] = &["random", "gen_random_uuid"];

const CLOCKS: &[&str] = &["clock_timestamp", "now", "statement_timestamp", "timeofday", "transaction_timestamp"];
