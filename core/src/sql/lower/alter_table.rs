//! ALTER TABLE, and the ALTERs of other kinds of object that share its grammar.

use pg_query::NodeEnum;
use pg_query::protobuf::{self as pg, AlterTableType as At};

use super::{
    behavior, collation, column, expression, expression_of, given, object, option, range_var, role, string,
    table, type_name, types,
};
use crate::sql::command::{AlterAction, AlterTable, Firing, ReplicaIdentity, TriggerSelection};
use crate::sql::{Command, Expression, QualifiedName, TypeName, name};

pub(super) fn alter(stmt: &pg::AlterTableStmt) -> Option<Command> {
    let variable = stmt.relation.as_ref()?;
    let actions = stmt.cmds.iter().map(|node| match &node.node {
        Some(NodeEnum::AlterTableCmd(command)) => action(command),
        _ => None,
    });
    Some(Command::AlterTable(AlterTable {
        kind: object::kind(stmt.objtype())?,
        name: range_var(variable),
        if_exists: stmt.missing_ok,
        only: !variable.inh,
        // One action that is not understood makes the whole statement not modelled.
        actions: actions.collect::<Option<_>>()?,
    }))
}

fn action(command: &pg::AlterTableCmd) -> Option<AlterAction> {
    let named = name(&command.name);
    let if_exists = command.missing_ok;
    let behavior = behavior(command.behavior());
    Some(match command.subtype() {
        At::AtAddColumn | At::AtAddColumnToView => AlterAction::AddColumn {
            column: Box::new(column::column(column_definition(command)?)),
            if_not_exists: command.missing_ok,
            behavior,
        },
        At::AtDropColumn => AlterAction::DropColumn { column: named, if_exists, behavior },
        At::AtAlterColumnType => {
            let definition = column_definition(command)?;
            AlterAction::AlterType {
                column: named,
                type_name: type_name(definition.type_name.as_ref()?),
                collation: collation(&definition.coll_clause),
                using: expression_of(&definition.raw_default),
                behavior,
            }
        }
        At::AtColumnDefault => match expression_of(&command.def) {
            Some(default) => AlterAction::SetDefault { column: named, default },
            None => AlterAction::DropDefault { column: named },
        },
        At::AtSetNotNull => AlterAction::SetNotNull { column: named },
        At::AtDropNotNull => AlterAction::DropNotNull { column: named },
        At::AtSetExpression => AlterAction::SetExpression { column: named, expression: argument(command)? },
        At::AtDropExpression => AlterAction::DropExpression { column: named, if_exists },
        At::AtAddIdentity => {
            AlterAction::AddIdentity { column: named, identity: column::identity(constraint(command)?) }
        }
        At::AtSetIdentity => {
            let options = list(command)?;
            AlterAction::SetIdentity {
                column: named,
                always: option::find(options, "generated").and_then(is_always),
                options: types::sequence_options(options),
            }
        }
        At::AtDropIdentity => AlterAction::DropIdentity { column: named, if_exists },
        At::AtSetStatistics => AlterAction::SetStatistics {
            column: if command.name.is_empty() { name(&command.num.to_string()) } else { named },
            target: match definition(command) {
                // -1 is what DEFAULT was called before PostgreSQL 17.
                Some(NodeEnum::Integer(target)) if target.ival != -1 => Some(target.ival),
                _ => None,
            },
        },
        At::AtSetOptions | At::AtResetOptions => AlterAction::ColumnOptions {
            column: named,
            options: option::values(list(command)?),
            reset: command.subtype() == At::AtResetOptions,
        },
        At::AtSetStorage => {
            AlterAction::SetStorage { column: named, storage: name(&text(command)?.to_ascii_uppercase()) }
        }
        At::AtSetCompression => {
            AlterAction::SetCompression { column: named, method: name(&text(command)?.to_ascii_lowercase()) }
        }
        At::AtAlterColumnGenericOptions => {
            AlterAction::ForeignOptions { column: Some(named), options: option::values(list(command)?) }
        }
        At::AtGenericOptions => {
            AlterAction::ForeignOptions { column: None, options: option::values(list(command)?) }
        }

        At::AtAddConstraint => AlterAction::AddConstraint(column::constraint(constraint(command)?, None)?),
        At::AtAlterConstraint => alter_constraint(command)?,
        At::AtValidateConstraint => AlterAction::ValidateConstraint { name: named },
        At::AtDropConstraint => AlterAction::DropConstraint { name: named, if_exists, behavior },

        At::AtEnableTrig => trigger(TriggerSelection::Named(named), Firing::Origin),
        At::AtEnableAlwaysTrig => trigger(TriggerSelection::Named(named), Firing::Always),
        At::AtEnableReplicaTrig => trigger(TriggerSelection::Named(named), Firing::Replica),
        At::AtDisableTrig => trigger(TriggerSelection::Named(named), Firing::Disabled),
        At::AtEnableTrigAll => trigger(TriggerSelection::All, Firing::Origin),
        At::AtDisableTrigAll => trigger(TriggerSelection::All, Firing::Disabled),
        At::AtEnableTrigUser => trigger(TriggerSelection::User, Firing::Origin),
        At::AtDisableTrigUser => trigger(TriggerSelection::User, Firing::Disabled),
        At::AtEnableRule => AlterAction::Rule { name: named, firing: Firing::Origin },
        At::AtEnableAlwaysRule => AlterAction::Rule { name: named, firing: Firing::Always },
        At::AtEnableReplicaRule => AlterAction::Rule { name: named, firing: Firing::Replica },
        At::AtDisableRule => AlterAction::Rule { name: named, firing: Firing::Disabled },
        At::AtEnableRowSecurity => AlterAction::RowSecurity { enable: true },
        At::AtDisableRowSecurity => AlterAction::RowSecurity { enable: false },
        At::AtForceRowSecurity => AlterAction::ForceRowSecurity { force: true },
        At::AtNoForceRowSecurity => AlterAction::ForceRowSecurity { force: false },

        At::AtClusterOn => AlterAction::ClusterOn(Some(named)),
        At::AtDropCluster => AlterAction::ClusterOn(None),
        At::AtDropOids => AlterAction::SetWithoutOids,
        At::AtSetLogged => AlterAction::SetLogged(true),
        At::AtSetUnLogged => AlterAction::SetLogged(false),
        At::AtSetTableSpace => AlterAction::SetTablespace(named),
        At::AtSetAccessMethod => AlterAction::SetAccessMethod(given(&command.name)),
        At::AtSetRelOptions | At::AtResetRelOptions => AlterAction::Options {
            options: option::values(list(command)?),
            reset: command.subtype() == At::AtResetRelOptions,
        },
        At::AtAddInherit => AlterAction::Inherit(parent(command)?),
        At::AtDropInherit => AlterAction::NoInherit(parent(command)?),
        At::AtAddOf => AlterAction::Of(of_type(command)?),
        At::AtDropOf => AlterAction::NotOf,
        At::AtChangeOwner => AlterAction::Owner(role(command.newowner.as_ref()?)),
        At::AtReplicaIdentity => AlterAction::ReplicaIdentity(replica_identity(command)?),

        At::AtAttachPartition => {
            let partition = partition(command)?;
            AlterAction::AttachPartition {
                partition: range_var(partition.name.as_ref()?),
                bound: partition.bound.as_ref().map(table::partition_bound),
            }
        }
        At::AtDetachPartition | At::AtDetachPartitionFinalize => {
            let partition = partition(command)?;
            AlterAction::DetachPartition {
                partition: range_var(partition.name.as_ref()?),
                concurrently: partition.concurrent,
                finalize: command.subtype() == At::AtDetachPartitionFinalize,
            }
        }

        // What the server makes of the above for itself; no statement says it.
        At::Undefined
        | At::AtCookedColumnDefault
        | At::AtAddIndex
        | At::AtReAddIndex
        | At::AtReAddConstraint
        | At::AtReAddDomainConstraint
        | At::AtAddIndexConstraint
        | At::AtReAddComment
        | At::AtReplaceRelOptions
        | At::AtReAddStatistics => return None,
    })
}

fn definition(command: &pg::AlterTableCmd) -> Option<&NodeEnum> {
    command.def.as_deref()?.node.as_ref()
}

fn argument(command: &pg::AlterTableCmd) -> Option<Expression> {
    command.def.as_deref().map(expression)
}

fn column_definition(command: &pg::AlterTableCmd) -> Option<&pg::ColumnDef> {
    match definition(command)? {
        NodeEnum::ColumnDef(column) => Some(column),
        _ => None,
    }
}

fn constraint(command: &pg::AlterTableCmd) -> Option<&pg::Constraint> {
    match definition(command)? {
        NodeEnum::Constraint(constraint) => Some(constraint),
        _ => None,
    }
}

fn list(command: &pg::AlterTableCmd) -> Option<&[pg::Node]> {
    match definition(command)? {
        NodeEnum::List(list) => Some(&list.items),
        _ => None,
    }
}

fn text(command: &pg::AlterTableCmd) -> Option<&str> {
    command.def.as_deref().and_then(string)
}

fn parent(command: &pg::AlterTableCmd) -> Option<QualifiedName> {
    match definition(command)? {
        NodeEnum::RangeVar(variable) => Some(range_var(variable)),
        _ => None,
    }
}

fn of_type(command: &pg::AlterTableCmd) -> Option<TypeName> {
    match definition(command)? {
        NodeEnum::TypeName(of_type) => Some(type_name(of_type)),
        _ => None,
    }
}

fn partition(command: &pg::AlterTableCmd) -> Option<&pg::PartitionCmd> {
    match definition(command)? {
        NodeEnum::PartitionCmd(partition) => Some(partition),
        _ => None,
    }
}

/// ALWAYS or BY DEFAULT, which the grammar holds as the number of a letter.
fn is_always(element: &pg::DefElem) -> Option<bool> {
    option::integer(element).map(|letter| letter == i64::from(b'a'))
}

fn alter_constraint(command: &pg::AlterTableCmd) -> Option<AlterAction> {
    let NodeEnum::AtalterConstraint(change) = definition(command)? else { return None };
    Some(AlterAction::AlterConstraint {
        name: name(&change.conname),
        deferrability: change.alter_deferrability.then_some((change.deferrable, change.initdeferred)),
        enforced: change.alter_enforceability.then_some(change.is_enforced),
        no_inherit: change.alter_inheritability.then_some(change.noinherit),
    })
}

fn replica_identity(command: &pg::AlterTableCmd) -> Option<ReplicaIdentity> {
    let NodeEnum::ReplicaIdentityStmt(identity) = definition(command)? else { return None };
    Some(match identity.identity_type.as_str() {
        "f" => ReplicaIdentity::Full,
        "n" => ReplicaIdentity::Nothing,
        "i" => ReplicaIdentity::Index(name(&identity.name)),
        _ => ReplicaIdentity::Default,
    })
}

fn trigger(which: TriggerSelection, firing: Firing) -> AlterAction {
    AlterAction::Trigger { which, firing }
}
