//! Views and rules.

use super::{commands, expression_of, names, option, persistence, query_of, range_var, relation};
use crate::sql::command::{CreateRule, CreateView, Refresh};
use crate::sql::tree as pg;
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
        check_option: match stmt.with_check_option {
            pg::ViewCheckOption::LocalCheckOption => Some(name("local")),
            pg::ViewCheckOption::CascadedCheckOption => Some(name("cascaded")),
            pg::ViewCheckOption::NoCheckOption => None,
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
        event: name(match stmt.event {
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

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, expression, option, parsed, words};
    use super::*;
    use crate::sql::QualifiedName;
    use crate::sql::command::Persistence;

    #[test]
    fn views() {
        let Command::CreateView(view) = parsed(
            "CREATE OR REPLACE TEMP VIEW v (a, b) WITH (security_barrier) AS SELECT 1, 2 WITH CASCADED CHECK OPTION",
        ) else {
            panic!()
        };
        assert_eq!((view.name, view.or_replace, view.persistence), (bare("v"), true, Persistence::Temporary));
        assert_eq!(view.columns, words(&["a", "b"]));
        assert_eq!(view.options, vec![option("security_barrier", None)]);
        assert_eq!(view.check_option, Some(name("cascaded")));
        assert_eq!(&*view.query.sql, "SELECT 1, 2");

        let Command::CreateView(view) = parsed("CREATE VIEW s.v AS SELECT 1 WITH LOCAL CHECK OPTION") else {
            panic!()
        };
        assert_eq!((view.name, view.or_replace), (QualifiedName::qualified("s", "v"), false));
        assert_eq!(view.check_option, Some(name("local")));

        let Command::CreateView(view) =
            parsed("CREATE RECURSIVE VIEW v (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM v")
        else {
            panic!()
        };
        assert!(view.query.sql.starts_with("WITH RECURSIVE v"));
        assert_eq!(view.check_option, None);
    }

    #[test]
    fn refresh_and_rules() {
        for (sql, concurrently, with_data) in [
            ("REFRESH MATERIALIZED VIEW v", false, true),
            ("REFRESH MATERIALIZED VIEW CONCURRENTLY v WITH DATA", true, true),
            ("REFRESH MATERIALIZED VIEW v WITH NO DATA", false, false),
        ] {
            assert_eq!(
                parsed(sql),
                Command::Refresh(Refresh { name: bare("v"), concurrently, with_data }),
                "{sql}"
            );
        }

        let nothing = CreateRule {
            name: name("r"),
            or_replace: true,
            table: bare("t"),
            event: name("DELETE"),
            instead: true,
            condition: Some(expression("old.a > 0")),
            actions: Vec::new(),
        };
        assert_eq!(
            parsed("CREATE OR REPLACE RULE r AS ON DELETE TO t WHERE old.a > 0 DO INSTEAD NOTHING"),
            Command::CreateRule(nothing)
        );
        let Command::CreateRule(rule) =
            parsed("CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; NOTIFY b)")
        else {
            panic!()
        };
        assert!(!rule.instead && matches!(rule.actions.as_slice(), [Command::Dml(_), Command::Other]));
    }
}
