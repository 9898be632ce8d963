//! Row level security policies, publications.

use super::{expression_of, names, option, relation, roles};
use crate::sql::command::{
    AlterPolicy, AlterPublication, CreatePolicy, CreatePublication, PublicationChange, Published,
};
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{Command, Name, name};

pub(super) fn create(stmt: &pg::CreatePolicyStmt) -> Option<Command> {
    Some(Command::CreatePolicy(CreatePolicy {
        name: name(&stmt.policy_name),
        table: relation(&stmt.table)?,
        permissive: stmt.permissive,
        command: name(&stmt.cmd_name),
        roles: roles(&stmt.roles),
        using: expression_of(&stmt.qual),
        with_check: expression_of(&stmt.with_check),
    }))
}

pub(super) fn alter(stmt: &pg::AlterPolicyStmt) -> Option<Command> {
    Some(Command::AlterPolicy(AlterPolicy {
        name: name(&stmt.policy_name),
        table: relation(&stmt.table)?,
        roles: (!stmt.roles.is_empty()).then(|| roles(&stmt.roles)),
        using: expression_of(&stmt.qual),
        with_check: expression_of(&stmt.with_check),
    }))
}

pub(super) fn create_publication(stmt: &pg::CreatePublicationStmt) -> Option<Command> {
    let (tables, schemas) = published(&stmt.pubobjects);
    Some(Command::CreatePublication(CreatePublication {
        name: name(&stmt.pubname),
        all_tables: stmt.for_all_tables,
        tables,
        schemas,
        options: option::values(&stmt.options),
    }))
}

pub(super) fn alter_publication(stmt: &pg::AlterPublicationStmt) -> Option<Command> {
    let (tables, schemas) = published(&stmt.pubobjects);
    let change = match stmt.action {
        pg::AlterPublicationAction::ApAddObjects => PublicationChange::Add,
        pg::AlterPublicationAction::ApDropObjects => PublicationChange::Drop,
        pg::AlterPublicationAction::ApSetObjects => PublicationChange::Set,
    };
    Some(Command::AlterPublication(AlterPublication {
        name: name(&stmt.pubname),
        change: (!stmt.pubobjects.is_empty()).then_some(change),
        tables,
        schemas,
        options: option::values(&stmt.options),
    }))
}

/// The tables and the schemas of a publication's list.
fn published(objects: &[pg::Node]) -> (Vec<Published>, Vec<Name>) {
    let (mut tables, mut schemas) = (Vec::new(), Vec::new());
    for node in objects {
        let NodeKind::PublicationObjSpec(object) = node.kind() else { continue };
        match object.pubobjtype {
            pg::PublicationObjSpecType::PublicationobjTablesInSchema => schemas.push(name(&object.name)),
            pg::PublicationObjSpecType::PublicationobjTablesInCurSchema => {
                schemas.push(name("current_schema"))
            }
            _ => tables.extend(object.pubtable.as_ref().and_then(|table| {
                Some(Published {
                    table: relation(&table.relation)?,
                    only: table.relation.as_ref().is_some_and(|variable| !variable.inh),
                    columns: (!table.columns.is_empty()).then(|| names(&table.columns)),
                    condition: expression_of(&table.where_clause),
                })
            })),
        }
    }
    (tables, schemas)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, expression, option, parsed, words};
    use super::*;
    use crate::sql::QualifiedName;

    fn whole(table: QualifiedName) -> Published {
        Published { table, only: false, columns: None, condition: None }
    }

    #[test]
    fn policies() {
        let plain = CreatePolicy {
            name: name("p"),
            table: bare("t"),
            permissive: true,
            command: name("all"),
            roles: words(&["public"]),
            using: None,
            with_check: None,
        };
        for (sql, expected) in [
            ("CREATE POLICY p ON t", plain.clone()),
            (
                "CREATE POLICY p ON s.t AS RESTRICTIVE FOR UPDATE TO alice, CURRENT_USER \
                 USING (a > 0) WITH CHECK (a > 1)",
                CreatePolicy {
                    table: QualifiedName::qualified("s", "t"),
                    permissive: false,
                    command: name("update"),
                    roles: words(&["alice", "current_user"]),
                    using: Some(expression("a > 0")),
                    with_check: Some(expression("a > 1")),
                    ..plain
                },
            ),
        ] {
            assert_eq!(parsed(sql), Command::CreatePolicy(expected), "{sql}");
        }
        let unchanged =
            AlterPolicy { name: name("p"), table: bare("t"), roles: None, using: None, with_check: None };
        for (sql, expected) in [
            (
                "ALTER POLICY p ON t TO PUBLIC",
                AlterPolicy { roles: Some(words(&["public"])), ..unchanged.clone() },
            ),
            (
                "ALTER POLICY p ON t USING (a > 0)",
                AlterPolicy { using: Some(expression("a > 0")), ..unchanged },
            ),
        ] {
            assert_eq!(parsed(sql), Command::AlterPolicy(expected), "{sql}");
        }
    }

    #[test]
    fn publications() {
        let plain = CreatePublication {
            name: name("p"),
            all_tables: false,
            tables: Vec::new(),
            schemas: Vec::new(),
            options: Vec::new(),
        };
        for (sql, expected) in [
            (
                "CREATE PUBLICATION p FOR ALL TABLES WITH (publish = 'insert')",
                CreatePublication {
                    all_tables: true,
                    options: vec![option("publish", Some("insert"))],
                    ..plain.clone()
                },
            ),
            (
                "CREATE PUBLICATION p FOR TABLE a, s.b (c) WHERE (c > 0), TABLES IN SCHEMA x, CURRENT_SCHEMA",
                CreatePublication {
                    tables: vec![
                        whole(bare("a")),
                        Published {
                            columns: Some(words(&["c"])),
                            condition: Some(expression("c > 0")),
                            ..whole(QualifiedName::qualified("s", "b"))
                        },
                    ],
                    schemas: words(&["x", "current_schema"]),
                    ..plain
                },
            ),
        ] {
            assert_eq!(parsed(sql), Command::CreatePublication(expected), "{sql}");
        }
        for (sql, change, tables, schemas) in [
            ("ADD TABLE a", Some(PublicationChange::Add), vec![whole(bare("a"))], words(&[])),
            ("SET TABLES IN SCHEMA s", Some(PublicationChange::Set), Vec::new(), words(&["s"])),
            ("DROP TABLE a", Some(PublicationChange::Drop), vec![whole(bare("a"))], words(&[])),
        ] {
            let expected = AlterPublication { name: name("p"), change, tables, schemas, options: Vec::new() };
            let found = parsed(&format!("ALTER PUBLICATION p {sql}"));
            assert_eq!(found, Command::AlterPublication(expected), "{sql}");
        }
        let Command::AlterPublication(options) = parsed("ALTER PUBLICATION p SET (publish = 'insert')")
        else {
            panic!()
        };
        assert_eq!((options.change, options.options), (None, vec![option("publish", Some("insert"))]));
    }
}
