//! What runs along with a statement: the bodies of the triggers that it fires, and of the functions and procedures that it
//! calls. They lock and work like statements of their own. What they change of the catalog is not followed.

use super::run::Run;
use super::{PgError, dml, execute};
use crate::schema::{Function, Id, Rows, Trigger};
use crate::sql::command::{Call, Firing};
use crate::sql::plpgsql::{BodyAction, BodyStatement};
use crate::sql::{Command, Literal, Name, Node};

/// How deep bodies that run bodies are followed.
const MAX_CALLS: u8 = 4;

/// CALL: 42883 for a procedure that is not there, 42809 for what is none.
pub(super) fn call(run: &mut Run, call: &Call) -> Result<(), PgError> {
    let Node::Function { name, arguments } = &call.call else { return Ok(()) };
    let named: Vec<_> = run.schema.functions_called(name, &run.search_path()).cloned().collect();
    let takes = |own: &&std::sync::Arc<Function>| {
        let given = own.arguments.iter().filter(|argument| argument.default.is_none()).count();
        (given..=own.arguments.len()).contains(&arguments.len())
    };
    match named.iter().find(|own| own.procedure && takes(own)) {
        Some(procedure) => {
            if !run_body(run, procedure.id, None) {
                run.not_modelled();
            }
            Ok(())
        }
        None if run.server.world.presumes_objects() => {
            run.not_modelled();
            Ok(())
        }
        None if named.iter().any(|own| !own.procedure) => {
            Err(PgError::new("42809", format!("{name}() is not a procedure"))
                .with_hint("To call a function, use SELECT."))
        }
        None => Err(PgError::new("42883", format!("procedure {name}() does not exist"))),
    }
}

/// Runs the triggers of a table that one of these events fires. `columns` are those that an UPDATE writes.
pub(super) fn fire(run: &mut Run, table: Id, event: &'static str, columns: &[Name], has_rows: bool) {
    let Ok(found) = run.table_of(table) else { return };
    let fires = |own: &&Trigger| {
        let names = || own.columns.iter().map(|number| found.column_name(*number));
        matches!(own.firing, Firing::Origin | Firing::Always)
            && own.events.iter().any(|own| &**own == event)
            && (has_rows || !own.for_each_row)
            && (own.columns.is_empty() || event != "UPDATE" || names().any(|name| columns.contains(&name)))
    };
    let functions: Vec<Id> = found.triggers.iter().filter(fires).filter_map(|own| own.function_id).collect();
    for function in functions {
        run_body(run, function, Some(event));
    }
}

/// Runs the functions of the history that a query calls.
pub(super) fn run_all(run: &mut Run, functions: &[Id]) {
    for function in functions {
        run_body(run, *function, None);
    }
}

/// Runs a body. False when it may change the catalog, or is not known.
fn run_body(run: &mut Run, function: Id, event: Option<&'static str>) -> bool {
    let Some(function) = run.schema.function(function).cloned() else { return false };
    if run.calls >= MAX_CALLS || !run.executes {
        return false;
    }
    if run.calls == 0 {
        run.ran.clear();
    }
    if run.ran.contains(&(function.id, event)) {
        return true;
    }
    run.ran.push((function.id, event));
    let mut plain = true;
    run.aside(|run| {
        if function.options.language.as_deref() == Some("plpgsql") {
            match function.statements() {
                Some(statements) => {
                    walk(run, statements, event, &mut plain);
                }
                None => plain = false,
            }
        } else {
            function.commands().iter().for_each(|command| run_command(run, command, &mut plain));
            plain &= function.body.is_some();
        }
    });
    plain
}

/// Runs statements one after the other: what a condition or a handler decides may run. True when they return for sure.
fn walk(run: &mut Run, statements: &[BodyStatement], event: Option<&str>, plain: &mut bool) -> bool {
    for statement in statements {
        match &statement.action {
            BodyAction::Sql(command) => run_command(run, command, plain),
            BodyAction::Execute(commands) => {
                commands.iter().for_each(|command| run_command(run, command, plain));
            }
            BodyAction::ExecuteDynamic(_) => *plain = false,
            BodyAction::Branches(branches) => {
                for (condition, body) in branches {
                    let decided = condition.as_ref().map(|condition| decided(&condition.node, event));
                    if decided == Some(Some(false)) {
                        continue;
                    }
                    if let Some(condition) = condition {
                        read(run, &condition.node);
                    }
                    let returns = walk(run, body, event, plain);
                    if decided == Some(Some(true)) {
                        if returns {
                            return true;
                        }
                        break;
                    }
                }
            }
            BodyAction::Loop { over, body } => {
                if let Some(over) = over {
                    run_command(run, over, plain);
                }
                walk(run, body, event, plain);
            }
            BodyAction::Block { body, .. } => {
                if walk(run, body, event, plain) {
                    return true;
                }
            }
            BodyAction::Evaluate(expression) => read(run, &expression.node),
            BodyAction::Return => return true,
            BodyAction::Commit
            | BodyAction::Rollback
            | BodyAction::Exit { .. }
            | BodyAction::Raise(_)
            | BodyAction::Other(_) => {}
        }
    }
    false
}

/// Its names may be variables, so nothing that is wrong with it counts.
fn run_command(run: &mut Run, command: &Command, plain: &mut bool) {
    *plain &= matches!(command, Command::Query(_) | Command::Dml(_) | Command::Set(_));
    let _unchecked = run.attempt(|run| execute(run, command));
}

fn read(run: &mut Run, node: &Node) {
    let _unchecked = run.attempt(|run| dml::read_expression(run, node, false));
}

/// Does a condition on the event that fires the trigger hold? None where it asks for anything else.
fn decided(condition: &Node, event: Option<&str>) -> Option<bool> {
    let is_event = |node: &Node| matches!(node, Node::Column(path, _) if path.last().is_some_and(|name| &**name == "tg_op"));
    let is_this = |node: &Node| match node {
        Node::Literal(Literal::String(text)) => event.map(|event| **text == *event),
        _ => None,
    };
    match condition {
        Node::Operator { name, operands } => match operands.as_slice() {
            [left, right] if is_event(left) && &**name == "=" => is_this(right),
            [left, right] if is_event(left) && &**name == "<>" => is_this(right).map(|same| !same),
            _ => None,
        },
        Node::InList { operand, items, negated } if is_event(operand) => {
            let any: Option<Vec<bool>> = items.iter().map(is_this).collect();
            any.map(|any| any.contains(&true) != *negated)
        }
        Node::Or(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| decided(part, event)).collect();
            let none = || parts.iter().all(|part| *part == Some(false)).then_some(false);
            if parts.contains(&Some(true)) { Some(true) } else { none() }
        }
        Node::And(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| decided(part, event)).collect();
            let all = || parts.iter().all(|part| *part == Some(true)).then_some(true);
            if parts.contains(&Some(false)) { Some(false) } else { all() }
        }
        Node::Not(inner) => decided(inner, event).map(|holds| !holds),
        _ => None,
    }
}

/// Has the table rows that a statement may touch?
pub(super) fn may_have_rows(run: &Run, table: Id) -> bool {
    run.table_of(table).is_ok_and(|table| table.rows != Rows::None)
}

#[cfg(test)]
mod tests {
    use crate::{Settings, Workspace, review};

    /// The errors of a script's statements. To follow every call of these would take years.
    fn errors(script: &str) -> Vec<String> {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", script);
        let review = review(&workspace, &Settings::default());
        let moments = review.timeline.ups.iter().flat_map(|up| &up.moments);
        moments.filter_map(|moment| Some(moment.step.error.as_ref()?.message.clone())).collect()
    }

    #[test]
    fn functions_that_call_each_other_many_times_are_followed_once() {
        let mut script = "CREATE FUNCTION f9() RETURNS int LANGUAGE sql AS 'SELECT 1';".to_owned();
        for number in (0..9).rev() {
            let calls = format!("PERFORM f{}();", number + 1).repeat(60);
            script += &format!(
                "CREATE FUNCTION f{number}() RETURNS int LANGUAGE plpgsql AS $$ BEGIN {calls} RETURN 1; END $$;"
            );
        }
        assert_eq!(
            errors(&(script + "SELECT f0(); DO $$ BEGIN PERFORM f0(); END $$;")),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_function_that_calls_itself_many_times_is_followed_once() {
        let body = format!("SELECT {}", vec!["g()"; 300].join(" + "));
        let script = format!(
            "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';
             CREATE OR REPLACE FUNCTION g() RETURNS int LANGUAGE sql AS '{body}';
             CREATE TABLE t (id int); ALTER TABLE t ADD COLUMN x int DEFAULT g();"
        );
        assert_eq!(errors(&script), Vec::<String>::new());
    }

    #[test]
    fn a_trigger_that_fires_itself_is_followed_once() {
        let inserts = "INSERT INTO t VALUES (1);".repeat(200);
        let script = format!(
            "CREATE TABLE t (id int);
             CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {inserts} RETURN NEW; END $$;
             CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
             INSERT INTO t VALUES (1);"
        );
        assert_eq!(errors(&script), Vec::<String>::new());
    }
}
