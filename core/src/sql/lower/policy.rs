//! Row level security policies, publications.

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use super::{expression_of, option, relation, roles};
use crate::sql::command::{
    AlterPolicy, AlterPublication, CreatePolicy, CreatePublication, PublicationChange,
};
use crate::sql::{Command, Name, QualifiedName, name};

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
    let change = match stmt.action() {
        pg::AlterPublicationAction::ApAddObjects => PublicationChange::Add,
        pg::AlterPublicationAction::ApDropObjects => PublicationChange::Drop,
        pg::AlterPublicationAction::ApSetObjects => PublicationChange::Set,
        pg::AlterPublicationAction::Undefined => return None,
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
fn published(objects: &[pg::Node]) -> (Vec<QualifiedName>, Vec<Name>) {
    let (mut tables, mut schemas) = (Vec::new(), Vec::new());
    for node in objects {
        let Some(NodeEnum::PublicationObjSpec(object)) = &node.node else { continue };
        match object.pubobjtype() {
            pg::PublicationObjSpecType::PublicationobjTablesInSchema => schemas.push(name(&object.name)),
            pg::PublicationObjSpecType::PublicationobjTablesInCurSchema => {
                schemas.push(name("current_schema"))
            }
            _ => tables.extend(object.pubtable.as_ref().and_then(|table| relation(&table.relation))),
        }
    }
    (tables, schemas)
}
