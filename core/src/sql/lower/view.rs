//! Views and rules.

use pg_query::protobuf as pg;

use super::{commands, expression_of, names, option, persistence, query_of, range_var, relation};
use crate::sql::command::{CreateRule, CreateView, Refresh};
use crate::sql::{Command, name};

pub(super) fn create(stmt: &pg::ViewStmt) -> Option<Command> {
    let variable = stmt.view.as_ref()?;
    Some(Command::CreateView(CreateView {
        name: range_var(variable),
        or_replace: stmt.replace,
        persistence: persistence(variable),
        columns: names(&stmt.aliases),
        query: query_of(&stmt.query)?,
        options: option::values(&stmt.options),
        check_option: match stmt.with_check_option() {
            pg::ViewCheckOption::LocalCheckOption => Some(name("local")),
            pg::ViewCheckOption::CascadedCheckOption => Some(name("cascaded")),
            pg::ViewCheckOption::NoCheckOption | pg::ViewCheckOption::Undefined => None,
        },
    }))
}

pub(super) fn refresh(stmt: &pg::RefreshMatViewStmt) -> Option<Command> {
    Some(Command::Refresh(Refresh {
        name: relation(&stmt.relation)?,
        concurrently: stmt.concurrent,
        with_data: !stmt.skip_data,
    }))
}

pub(super) fn create_rule(stmt: &pg::RuleStmt) -> Option<Command> {
    Some(Command::CreateRule(CreateRule {
        name: name(&stmt.rulename),
        or_replace: stmt.replace,
        table: relation(&stmt.relation)?,
        event: name(match stmt.event() {
            pg::CmdType::CmdSelect => "SELECT",
            pg::CmdType::CmdInsert => "INSERT",
            pg::CmdType::CmdUpdate => "UPDATE",
            pg::CmdType::CmdDelete => "DELETE",
            _ => return None,
        }),
        instead: stmt.instead,
        condition: expression_of(&stmt.where_clause),
        actions: commands(&stmt.actions),
    }))
}
