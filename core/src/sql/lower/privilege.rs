//! Roles and privileges.

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use super::{behavior, names, object, option, role, roles, session};
use crate::sql::command::{Grant, GrantRole, ObjectName, OptionValue, Role, RoleAction};
use crate::sql::{Command, Name, QualifiedName, name};

pub(super) fn grant(stmt: &pg::GrantStmt) -> Option<Grant> {
    let kind = object::kind(stmt.objtype())?;
    Some(Grant {
        grant: stmt.is_grant,
        privileges: stmt.privileges.iter().filter_map(privilege).collect(),
        kind,
        objects: stmt.objects.iter().filter_map(|node| object::object(kind, node)).collect(),
        all_in_schema: stmt.targtype() == pg::GrantTargetType::AclTargetAllInSchema,
        roles: roles(&stmt.grantees),
        grant_option: stmt.grant_option,
        behavior: behavior(stmt.behavior()),
    })
}

/// A privilege with its columns; without a name it is ALL of the columns it lists.
fn privilege(node: &pg::Node) -> Option<(Name, Vec<Name>)> {
    let Some(NodeEnum::AccessPriv(privilege)) = &node.node else { return None };
    let word = if privilege.priv_name.is_empty() { "all" } else { &privilege.priv_name };
    Some((name(&word.to_ascii_lowercase()), names(&privilege.cols)))
}

pub(super) fn default_privileges(stmt: &pg::AlterDefaultPrivilegesStmt) -> Option<Command> {
    let schemas = option::find(&stmt.options, "schemas").and_then(|element| element.arg.as_deref());
    let schemas = match schemas.and_then(|node| node.node.as_ref()) {
        Some(NodeEnum::List(list)) => names(&list.items),
        _ => Vec::new(),
    };
    let objects = schemas.iter().map(|schema| ObjectName {
        name: QualifiedName { schema: None, name: schema.clone() },
        part: None,
        arguments: None,
    });
    Some(Command::DefaultPrivileges(Grant {
        all_in_schema: !schemas.is_empty(),
        objects: objects.collect(),
        ..grant(stmt.action.as_ref()?)?
    }))
}

pub(super) fn grant_role(stmt: &pg::GrantRoleStmt) -> Option<Command> {
    let granted = stmt.granted_roles.iter().filter_map(|node| match &node.node {
        Some(NodeEnum::AccessPriv(granted)) => Some(name(&granted.priv_name)),
        _ => None,
    });
    Some(Command::GrantRole(GrantRole {
        grant: stmt.is_grant,
        granted: granted.collect(),
        roles: roles(&stmt.grantee_roles),
    }))
}

pub(super) fn create_role(stmt: &pg::CreateRoleStmt) -> Option<Command> {
    Some(command(RoleAction::Create, vec![name(&stmt.role)], role_options(&stmt.options)))
}

pub(super) fn alter_role(stmt: &pg::AlterRoleStmt) -> Option<Command> {
    Some(command(RoleAction::Alter, vec![role(stmt.role.as_ref()?)], role_options(&stmt.options)))
}

/// ALTER ROLE … SET: the parameter is the option. Without a role it is for ALL of them.
pub(super) fn set_role_parameter(stmt: &pg::AlterRoleSetStmt) -> Option<Command> {
    let set = session::set(stmt.setstmt.as_ref()?)?;
    let value = (!set.values.is_empty()).then(|| name(&set.values.join(", ")));
    let option = OptionValue { name: set.name.unwrap_or_else(|| name("all")), value };
    Some(command(RoleAction::Alter, stmt.role.iter().map(role).collect(), vec![option]))
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
