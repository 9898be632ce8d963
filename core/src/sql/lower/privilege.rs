//! Roles and privileges.

use super::{behavior, names, object, option, role, roles, session};
use crate::sql::command::{Grant, GrantRole, ObjectName, OptionValue, Role, RoleAction};
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{Command, Name, QualifiedName, name};

pub(super) fn grant(stmt: &pg::GrantStmt) -> Option<Grant> {
    let kind = object::kind(stmt.objtype)?;
    Some(Grant {
        grant: stmt.is_grant,
        privileges: stmt.privileges.iter().map(privilege).collect::<Option<_>>()?,
        kind,
        objects: stmt.objects.iter().map(|node| object::object(kind, node)).collect::<Option<_>>()?,
        all_in_schema: stmt.targtype == pg::GrantTargetType::AclTargetAllInSchema,
        roles: roles(&stmt.grantees),
        grant_option: stmt.grant_option,
        behavior: behavior(stmt.behavior),
        creators: Vec::new(),
    })
}

/// A privilege with its columns; without a name it is ALL of the columns it lists.
fn privilege(node: &pg::Node) -> Option<(Name, Vec<Name>)> {
    let NodeKind::AccessPriv(privilege) = node.kind() else { return None };
    let word = if privilege.priv_name.is_empty() { "all" } else { &privilege.priv_name };
    Some((name(&word.to_ascii_lowercase()), names(&privilege.cols)))
}

pub(super) fn default_privileges(stmt: &pg::AlterDefaultPrivilegesStmt) -> Option<Command> {
    let schemas = option::find(&stmt.options, "schemas").map(|element| element.arg.kind());
    let schemas = match schemas {
        Some(NodeKind::List(list)) => names(list),
        _ => Vec::new(),
    };
    let objects = schemas.iter().map(|schema| ObjectName {
        name: QualifiedName { schema: None, name: schema.clone() },
        part: None,
        arguments: None,
    });
    let creators = match option::find(&stmt.options, "roles").map(|element| element.arg.kind()) {
        Some(NodeKind::List(list)) => roles(list),
        _ => Vec::new(),
    };
    Some(Command::DefaultPrivileges(Grant {
        all_in_schema: !schemas.is_empty(),
        creators,
        objects: objects.collect(),
        ..grant(stmt.action.as_ref()?)?
    }))
}

pub(super) fn grant_role(stmt: &pg::GrantRoleStmt) -> Option<Command> {
    let granted = stmt.granted_roles.iter().filter_map(|node| match node.kind() {
        NodeKind::AccessPriv(granted) => Some(name(&granted.priv_name)),
        _ => None,
    });
    Some(Command::GrantRole(GrantRole {
        grant: stmt.is_grant,
        granted: granted.collect(),
        roles: roles(&stmt.grantee_roles),
        option_only: !stmt.is_grant && !stmt.opt.is_empty(),
    }))
}

pub(super) fn create_role(stmt: &pg::CreateRoleStmt) -> Option<Command> {
    let mut options = role_options(&stmt.options);
    // A user is a role that may log in, unless the statement says that it may not.
    if stmt.stmt_type == pg::RoleStmtType::RolestmtUser
        && options.iter().all(|option| &*option.name != "canlogin")
    {
        options.push(OptionValue { name: name("canlogin"), value: Some(name("true")) });
    }
    Some(command(RoleAction::Create, vec![name(&stmt.role)], options))
}

pub(super) fn alter_role(stmt: &pg::AlterRoleStmt) -> Option<Command> {
    Some(command(RoleAction::Alter, vec![role(stmt.role.as_ref()?)], role_options(&stmt.options)))
}

/// ALTER ROLE … SET: the parameter is the option. Without a role it is for ALL of them.
pub(super) fn set_role_parameter(stmt: &pg::AlterRoleSetStmt) -> Option<Command> {
    let set = session::set(stmt.setstmt.as_ref()?)?;
    let value = (!set.values.is_empty()).then(|| name(&set.values.join(", ")));
    let parameter = set.name.unwrap_or_else(|| name("all"));
    let option = OptionValue { name: name(&format!("set {parameter}")), value };
    Some(command(RoleAction::Alter, stmt.role.as_deref().map(role).into_iter().collect(), vec![option]))
}

pub(super) fn drop_role(stmt: &pg::DropRoleStmt) -> Option<Command> {
    Some(Command::Role(Role {
        action: RoleAction::Drop,
        names: roles(&stmt.roles),
        options: Vec::new(),
        if_exists: stmt.missing_ok,
    }))
}

fn role_options(list: &[pg::Node]) -> Vec<OptionValue> {
    let lower = |option: OptionValue| OptionValue { name: name(&option.name.to_ascii_lowercase()), ..option };
    option::values(list).into_iter().map(lower).collect()
}

fn command(action: RoleAction, names: Vec<Name>, options: Vec<OptionValue>) -> Command {
    Command::Role(Role { action, names, options, if_exists: false })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, option, parsed, type_name, words};
    use super::*;
    use crate::sql::command::{Behavior, ObjectKind};

    fn objects(names: &[&str]) -> Vec<ObjectName> {
        let object = |object| ObjectName { name: bare(object), part: None, arguments: None };
        names.iter().copied().map(object).collect()
    }

    fn select_on(kind: ObjectKind, names: &[&str]) -> Grant {
        Grant {
            grant: true,
            privileges: vec![(name("select"), Vec::new())],
            kind,
            objects: objects(names),
            all_in_schema: false,
            roles: words(&["x"]),
            grant_option: false,
            behavior: Behavior::Restrict,
            creators: Vec::new(),
        }
    }

    #[test]
    fn privileges_on_objects() {
        let all = |kind, names| Grant { privileges: Vec::new(), ..select_on(kind, names) };
        for (sql, expected) in [
            ("GRANT SELECT ON a TO x", select_on(ObjectKind::Table, &["a"])),
            (
                "GRANT SELECT (b, c), UPDATE ON TABLE a, d TO x, PUBLIC WITH GRANT OPTION",
                Grant {
                    privileges: vec![(name("select"), words(&["b", "c"])), (name("update"), Vec::new())],
                    roles: words(&["x", "public"]),
                    grant_option: true,
                    ..select_on(ObjectKind::Table, &["a", "d"])
                },
            ),
            ("GRANT ALL PRIVILEGES ON a TO x", all(ObjectKind::Table, &["a"])),
            (
                "GRANT ALL (b) ON a TO x",
                Grant {
                    privileges: vec![(name("all"), words(&["b"]))],
                    ..select_on(ObjectKind::Table, &["a"])
                },
            ),
            (
                "REVOKE GRANT OPTION FOR SELECT ON ALL TABLES IN SCHEMA s FROM x CASCADE",
                Grant {
                    grant: false,
                    all_in_schema: true,
                    grant_option: true,
                    behavior: Behavior::Cascade,
                    ..select_on(ObjectKind::Table, &["s"])
                },
            ),
            ("GRANT ALL ON SEQUENCE a TO x", all(ObjectKind::Sequence, &["a"])),
            ("GRANT ALL ON SCHEMA a TO x", all(ObjectKind::Schema, &["a"])),
            ("GRANT ALL ON DATABASE a TO x", all(ObjectKind::Database, &["a"])),
            ("GRANT ALL ON DOMAIN a TO x", all(ObjectKind::Domain, &["a"])),
            ("GRANT ALL ON TYPE a TO x", all(ObjectKind::Type, &["a"])),
            ("GRANT ALL ON LANGUAGE a TO x", all(ObjectKind::Language, &["a"])),
            ("GRANT ALL ON LARGE OBJECT 5 TO x", all(ObjectKind::LargeObject, &["5"])),
            ("GRANT ALL ON TABLESPACE a TO x", all(ObjectKind::Tablespace, &["a"])),
            ("GRANT ALL ON FOREIGN SERVER a TO x", all(ObjectKind::Server, &["a"])),
            ("GRANT ALL ON FOREIGN DATA WRAPPER a TO x", all(ObjectKind::ForeignDataWrapper, &["a"])),
            (
                "GRANT EXECUTE ON FUNCTION f(int) TO x",
                Grant {
                    privileges: vec![(name("execute"), Vec::new())],
                    objects: vec![ObjectName {
                        name: bare("f"),
                        part: None,
                        arguments: Some(vec![type_name("int")]),
                    }],
                    ..select_on(ObjectKind::Function, &[])
                },
            ),
        ] {
            assert_eq!(parsed(sql), Command::Grant(expected), "{sql}");
        }
    }

    #[test]
    fn default_privileges() {
        for (sql, expected) in [
            (
                "ALTER DEFAULT PRIVILEGES FOR ROLE y IN SCHEMA s, u GRANT SELECT ON TABLES TO x",
                Grant {
                    all_in_schema: true,
                    creators: words(&["y"]),
                    ..select_on(ObjectKind::Table, &["s", "u"])
                },
            ),
            (
                "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON SEQUENCES FROM x",
                Grant { grant: false, ..select_on(ObjectKind::Sequence, &[]) },
            ),
        ] {
            assert_eq!(parsed(sql), Command::DefaultPrivileges(expected), "{sql}");
        }
    }

    #[test]
    fn roles_and_their_members() {
        for (sql, grant) in [("GRANT a, b TO x", true), ("REVOKE a, b FROM x", false)] {
            let expected =
                GrantRole { grant, granted: words(&["a", "b"]), roles: words(&["x"]), option_only: false };
            assert_eq!(parsed(sql), Command::GrantRole(expected), "{sql}");
        }
        for (sql, action, names, options) in [
            (
                "CREATE ROLE a NOSUPERUSER CONNECTION LIMIT 5 VALID UNTIL 'infinity' IN ROLE b, c",
                RoleAction::Create,
                &["a"][..],
                vec![
                    option("superuser", Some("false")),
                    option("connectionlimit", Some("5")),
                    option("validuntil", Some("infinity")),
                    option("addroleto", Some("b, c")),
                ],
            ),
            ("CREATE USER a", RoleAction::Create, &["a"], vec![option("canlogin", Some("true"))]),
            ("ALTER ROLE a PASSWORD NULL", RoleAction::Alter, &["a"], vec![option("password", None)]),
            (
                "ALTER ROLE a SET search_path TO b, c",
                RoleAction::Alter,
                &["a"],
                vec![option("set search_path", Some("b, c"))],
            ),
            ("ALTER ROLE ALL RESET ALL", RoleAction::Alter, &[], vec![option("set all", None)]),
        ] {
            let expected = Role { action, names: words(names), options, if_exists: false };
            assert_eq!(parsed(sql), Command::Role(expected), "{sql}");
        }
        assert_eq!(
            parsed("DROP ROLE IF EXISTS a, b"),
            Command::Role(Role {
                action: RoleAction::Drop,
                names: words(&["a", "b"]),
                options: Vec::new(),
                if_exists: true,
            })
        );
    }
}
