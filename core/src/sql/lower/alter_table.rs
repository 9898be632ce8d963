//! ALTER TABLE, and the ALTERs of other kinds of object that share its grammar.

use super::{
    behavior, collation, column, expression, expression_of, given, object, option, range_var, role, string,
    table, type_name, types,
};
use crate::sql::command::{AlterAction, AlterTable, Firing, ReplicaIdentity, TriggerSelection};
use crate::sql::tree::{self as pg, AlterTableType as At, NodeKind};
use crate::sql::{Command, Expression, QualifiedName, TypeName, name};

pub(super) fn alter(stmt: &pg::AlterTableStmt) -> Option<Command> {
    let variable = stmt.relation.as_ref()?;
    let actions = stmt.cmds.iter().map(|node| match node.kind() {
        NodeKind::AlterTableCmd(command) => action(command),
        _ => None,
    });
    Some(Command::AlterTable(AlterTable {
        kind: object::kind(stmt.objtype)?,
        name: range_var(variable),
        if_exists: stmt.missing_ok,
        // A type's name has no ONLY; the grammar leaves the flag unset.
        only: !variable.inh && stmt.objtype != pg::ObjectType::ObjectType,
        // One action that is not understood makes the whole statement not modelled.
        actions: actions.collect::<Option<_>>()?,
    }))
}

fn action(command: &pg::AlterTableCmd) -> Option<AlterAction> {
    let named = name(&command.name);
    let if_exists = command.missing_ok;
    let behavior = behavior(command.behavior);
    Some(match command.subtype {
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
            target: match command.def.kind() {
                // -1 is what DEFAULT was called before PostgreSQL 17.
                NodeKind::Integer(target) if target.ival != -1 => Some(target.ival),
                _ => None,
            },
        },
        At::AtSetOptions | At::AtResetOptions => AlterAction::ColumnOptions {
            column: named,
            options: option::values(list(command)?),
            reset: command.subtype == At::AtResetOptions,
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
            reset: command.subtype == At::AtResetRelOptions,
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
                bound: partition.bound.as_deref().map(table::partition_bound),
            }
        }
        At::AtDetachPartition | At::AtDetachPartitionFinalize => {
            let partition = partition(command)?;
            AlterAction::DetachPartition {
                partition: range_var(partition.name.as_ref()?),
                concurrently: partition.concurrent,
                finalize: command.subtype == At::AtDetachPartitionFinalize,
            }
        }

        // What the server makes of the above for itself; no statement says it.
        At::AtCookedColumnDefault
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

fn argument(command: &pg::AlterTableCmd) -> Option<Expression> {
    command.def.get().map(expression)
}

fn column_definition(command: &pg::AlterTableCmd) -> Option<&pg::ColumnDef> {
    match command.def.kind() {
        NodeKind::ColumnDef(column) => Some(column),
        _ => None,
    }
}

fn constraint(command: &pg::AlterTableCmd) -> Option<&pg::Constraint> {
    match command.def.kind() {
        NodeKind::Constraint(constraint) => Some(constraint),
        _ => None,
    }
}

fn list(command: &pg::AlterTableCmd) -> Option<&[pg::Node]> {
    match command.def.kind() {
        NodeKind::List(list) => Some(list),
        _ => None,
    }
}

fn text(command: &pg::AlterTableCmd) -> Option<&str> {
    command.def.get().and_then(string)
}

fn parent(command: &pg::AlterTableCmd) -> Option<QualifiedName> {
    match command.def.kind() {
        NodeKind::RangeVar(variable) => Some(range_var(variable)),
        _ => None,
    }
}

fn of_type(command: &pg::AlterTableCmd) -> Option<TypeName> {
    match command.def.kind() {
        NodeKind::TypeName(of_type) => Some(type_name(of_type)),
        _ => None,
    }
}

fn partition(command: &pg::AlterTableCmd) -> Option<&pg::PartitionCmd> {
    match command.def.kind() {
        NodeKind::PartitionCmd(partition) => Some(partition),
        _ => None,
    }
}

/// ALWAYS or BY DEFAULT, which the grammar holds as the number of a letter.
fn is_always(element: &pg::DefElem) -> Option<bool> {
    option::integer(element).map(|letter| letter == i64::from(b'a'))
}

fn alter_constraint(command: &pg::AlterTableCmd) -> Option<AlterAction> {
    let NodeKind::AtAlterConstraint(change) = command.def.kind() else { return None };
    Some(AlterAction::AlterConstraint {
        name: name(&change.conname),
        deferrability: change.alter_deferrability.then_some((change.deferrable, change.initdeferred)),
        enforced: change.alter_enforceability.then_some(change.is_enforced),
        no_inherit: change.alter_inheritability.then_some(change.noinherit),
    })
}

fn replica_identity(command: &pg::AlterTableCmd) -> Option<ReplicaIdentity> {
    let NodeKind::ReplicaIdentityStmt(identity) = command.def.kind() else { return None };
    Some(match identity.identity_type {
        b'f' => ReplicaIdentity::Full,
        b'n' => ReplicaIdentity::Nothing,
        b'i' => ReplicaIdentity::Index(name(&identity.name)),
        _ => ReplicaIdentity::Default,
    })
}

fn trigger(which: TriggerSelection, firing: Firing) -> AlterAction {
    AlterAction::Trigger { which, firing }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{action, bare, column, expression, option, parsed, type_name};
    use super::*;
    use crate::sql::command::{
        Behavior, ConstraintDefinition, ConstraintKind, Identity, ObjectKind, PartitionBound, SequenceOptions,
    };

    #[test]
    fn every_action_is_lowered() {
        let c = || name("c");
        let restarted = SequenceOptions { restart: Some(Some(5)), increment: Some(2), ..Default::default() };
        let check = ConstraintDefinition {
            name: Some(name("positive")),
            kind: ConstraintKind::Check { expression: expression("a > 0"), no_inherit: false },
            deferrable: false,
            initially_deferred: false,
            not_valid: true,
            enforced: true,
        };
        for (sql, expected) in [
            (
                "ADD COLUMN IF NOT EXISTS c int",
                AlterAction::AddColumn {
                    column: Box::new(column("c int")),
                    if_not_exists: true,
                    behavior: Behavior::Restrict,
                },
            ),
            (
                "DROP COLUMN IF EXISTS c CASCADE",
                AlterAction::DropColumn { column: c(), if_exists: true, behavior: Behavior::Cascade },
            ),
            (
                "DROP c",
                AlterAction::DropColumn { column: c(), if_exists: false, behavior: Behavior::Restrict },
            ),
            (
                "ALTER c TYPE text",
                AlterAction::AlterType {
                    column: c(),
                    type_name: type_name("text"),
                    collation: None,
                    using: None,
                    behavior: Behavior::Restrict,
                },
            ),
            (
                "ALTER COLUMN c SET DATA TYPE varchar(9) COLLATE \"C\" USING left(c, 9)",
                AlterAction::AlterType {
                    column: c(),
                    type_name: type_name("varchar(9)"),
                    collation: Some(bare("C")),
                    using: Some(expression("left(c, 9)")),
                    behavior: Behavior::Restrict,
                },
            ),
            (
                "ALTER c SET DEFAULT 1 + 1",
                AlterAction::SetDefault { column: c(), default: expression("1 + 1") },
            ),
            ("ALTER c DROP DEFAULT", AlterAction::DropDefault { column: c() }),
            ("ALTER c SET NOT NULL", AlterAction::SetNotNull { column: c() }),
            ("ALTER c DROP NOT NULL", AlterAction::DropNotNull { column: c() }),
            (
                "ALTER c SET EXPRESSION AS (a * 2)",
                AlterAction::SetExpression { column: c(), expression: expression("a * 2") },
            ),
            ("ALTER c DROP EXPRESSION", AlterAction::DropExpression { column: c(), if_exists: false }),
            (
                "ALTER c DROP EXPRESSION IF EXISTS",
                AlterAction::DropExpression { column: c(), if_exists: true },
            ),
            (
                "ALTER c ADD GENERATED ALWAYS AS IDENTITY (RESTART WITH 5 INCREMENT 2)",
                AlterAction::AddIdentity {
                    column: c(),
                    identity: Identity { always: true, options: restarted.clone() },
                },
            ),
            (
                "ALTER c ADD GENERATED BY DEFAULT AS IDENTITY",
                AlterAction::AddIdentity {
                    column: c(),
                    identity: Identity { always: false, options: SequenceOptions::default() },
                },
            ),
            (
                "ALTER c SET GENERATED BY DEFAULT",
                AlterAction::SetIdentity {
                    column: c(),
                    always: Some(false),
                    options: SequenceOptions::default(),
                },
            ),
            (
                "ALTER c SET GENERATED ALWAYS SET INCREMENT 2 RESTART 5",
                AlterAction::SetIdentity { column: c(), always: Some(true), options: restarted },
            ),
            (
                "ALTER c RESTART",
                AlterAction::SetIdentity {
                    column: c(),
                    always: None,
                    options: SequenceOptions { restart: Some(None), ..Default::default() },
                },
            ),
            ("ALTER c DROP IDENTITY IF EXISTS", AlterAction::DropIdentity { column: c(), if_exists: true }),
            ("ALTER c SET STATISTICS 500", AlterAction::SetStatistics { column: c(), target: Some(500) }),
            ("ALTER c SET STATISTICS 0", AlterAction::SetStatistics { column: c(), target: Some(0) }),
            ("ALTER c SET STATISTICS -1", AlterAction::SetStatistics { column: c(), target: None }),
            ("ALTER c SET STATISTICS DEFAULT", AlterAction::SetStatistics { column: c(), target: None }),
            ("ALTER 2 SET STATISTICS 7", AlterAction::SetStatistics { column: name("2"), target: Some(7) }),
            (
                "ALTER c SET (n_distinct = -0.5)",
                AlterAction::ColumnOptions {
                    column: c(),
                    options: vec![option("n_distinct", Some("-0.5"))],
                    reset: false,
                },
            ),
            (
                "ALTER c RESET (n_distinct)",
                AlterAction::ColumnOptions {
                    column: c(),
                    options: vec![option("n_distinct", None)],
                    reset: true,
                },
            ),
            (
                "ALTER c SET STORAGE external",
                AlterAction::SetStorage { column: c(), storage: name("EXTERNAL") },
            ),
            (
                "ALTER c SET STORAGE DEFAULT",
                AlterAction::SetStorage { column: c(), storage: name("DEFAULT") },
            ),
            ("ALTER c SET COMPRESSION lz4", AlterAction::SetCompression { column: c(), method: name("lz4") }),
            (
                "ALTER c SET COMPRESSION DEFAULT",
                AlterAction::SetCompression { column: c(), method: name("default") },
            ),
            (
                "ALTER c OPTIONS (ADD a '1', DROP b)",
                AlterAction::ForeignOptions {
                    column: Some(c()),
                    options: vec![option("a", Some("1")), option("b", None)],
                },
            ),
            (
                "OPTIONS (SET a '1')",
                AlterAction::ForeignOptions { column: None, options: vec![option("a", Some("1"))] },
            ),
            ("ADD CONSTRAINT positive CHECK (a > 0) NOT VALID", AlterAction::AddConstraint(check)),
            (
                "ALTER CONSTRAINT x DEFERRABLE INITIALLY DEFERRED",
                AlterAction::AlterConstraint {
                    name: name("x"),
                    deferrability: Some((true, true)),
                    enforced: None,
                    no_inherit: None,
                },
            ),
            (
                "ALTER CONSTRAINT x NOT ENFORCED",
                AlterAction::AlterConstraint {
                    name: name("x"),
                    deferrability: None,
                    enforced: Some(false),
                    no_inherit: None,
                },
            ),
            (
                "ALTER CONSTRAINT x NO INHERIT",
                AlterAction::AlterConstraint {
                    name: name("x"),
                    deferrability: None,
                    enforced: None,
                    no_inherit: Some(true),
                },
            ),
            ("VALIDATE CONSTRAINT x", AlterAction::ValidateConstraint { name: name("x") }),
            (
                "DROP CONSTRAINT IF EXISTS x CASCADE",
                AlterAction::DropConstraint { name: name("x"), if_exists: true, behavior: Behavior::Cascade },
            ),
            ("ENABLE TRIGGER x", trigger(TriggerSelection::Named(name("x")), Firing::Origin)),
            ("ENABLE ALWAYS TRIGGER x", trigger(TriggerSelection::Named(name("x")), Firing::Always)),
            ("ENABLE REPLICA TRIGGER x", trigger(TriggerSelection::Named(name("x")), Firing::Replica)),
            ("DISABLE TRIGGER x", trigger(TriggerSelection::Named(name("x")), Firing::Disabled)),
            ("ENABLE TRIGGER ALL", trigger(TriggerSelection::All, Firing::Origin)),
            ("DISABLE TRIGGER ALL", trigger(TriggerSelection::All, Firing::Disabled)),
            ("ENABLE TRIGGER USER", trigger(TriggerSelection::User, Firing::Origin)),
            ("DISABLE TRIGGER USER", trigger(TriggerSelection::User, Firing::Disabled)),
            ("ENABLE RULE x", AlterAction::Rule { name: name("x"), firing: Firing::Origin }),
            ("ENABLE ALWAYS RULE x", AlterAction::Rule { name: name("x"), firing: Firing::Always }),
            ("ENABLE REPLICA RULE x", AlterAction::Rule { name: name("x"), firing: Firing::Replica }),
            ("DISABLE RULE x", AlterAction::Rule { name: name("x"), firing: Firing::Disabled }),
            ("ENABLE ROW LEVEL SECURITY", AlterAction::RowSecurity { enable: true }),
            ("DISABLE ROW LEVEL SECURITY", AlterAction::RowSecurity { enable: false }),
            ("FORCE ROW LEVEL SECURITY", AlterAction::ForceRowSecurity { force: true }),
            ("NO FORCE ROW LEVEL SECURITY", AlterAction::ForceRowSecurity { force: false }),
            ("CLUSTER ON x", AlterAction::ClusterOn(Some(name("x")))),
            ("SET WITHOUT CLUSTER", AlterAction::ClusterOn(None)),
            ("SET WITHOUT OIDS", AlterAction::SetWithoutOids),
            ("SET LOGGED", AlterAction::SetLogged(true)),
            ("SET UNLOGGED", AlterAction::SetLogged(false)),
            ("SET TABLESPACE fast", AlterAction::SetTablespace(name("fast"))),
            ("SET ACCESS METHOD heap", AlterAction::SetAccessMethod(Some(name("heap")))),
            ("SET ACCESS METHOD DEFAULT", AlterAction::SetAccessMethod(None)),
            (
                "SET (fillfactor = 70, toast.autovacuum_enabled = off)",
                AlterAction::Options {
                    options: vec![
                        option("fillfactor", Some("70")),
                        option("toast.autovacuum_enabled", Some("off")),
                    ],
                    reset: false,
                },
            ),
            (
                "RESET (fillfactor)",
                AlterAction::Options { options: vec![option("fillfactor", None)], reset: true },
            ),
            ("INHERIT s.p", AlterAction::Inherit(QualifiedName::qualified("s", "p"))),
            ("NO INHERIT p", AlterAction::NoInherit(bare("p"))),
            ("OF shape", AlterAction::Of(type_name("shape"))),
            ("NOT OF", AlterAction::NotOf),
            ("OWNER TO alice", AlterAction::Owner(name("alice"))),
            ("OWNER TO CURRENT_USER", AlterAction::Owner(name("current_user"))),
            ("REPLICA IDENTITY DEFAULT", AlterAction::ReplicaIdentity(ReplicaIdentity::Default)),
            ("REPLICA IDENTITY FULL", AlterAction::ReplicaIdentity(ReplicaIdentity::Full)),
            ("REPLICA IDENTITY NOTHING", AlterAction::ReplicaIdentity(ReplicaIdentity::Nothing)),
            (
                "REPLICA IDENTITY USING INDEX x",
                AlterAction::ReplicaIdentity(ReplicaIdentity::Index(name("x"))),
            ),
            (
                "ATTACH PARTITION p DEFAULT",
                AlterAction::AttachPartition { partition: bare("p"), bound: Some(PartitionBound::Default) },
            ),
            (
                "DETACH PARTITION p",
                AlterAction::DetachPartition { partition: bare("p"), concurrently: false, finalize: false },
            ),
            (
                "DETACH PARTITION p CONCURRENTLY",
                AlterAction::DetachPartition { partition: bare("p"), concurrently: true, finalize: false },
            ),
            (
                "DETACH PARTITION p FINALIZE",
                AlterAction::DetachPartition { partition: bare("p"), concurrently: false, finalize: true },
            ),
        ] {
            assert_eq!(action(sql), expected, "{sql}");
        }
    }

    #[test]
    fn other_kinds_of_object_share_the_grammar() {
        for (sql, kind, action) in [
            ("ALTER INDEX t SET TABLESPACE x", ObjectKind::Index, AlterAction::SetTablespace(name("x"))),
            (
                "ALTER INDEX t ATTACH PARTITION p",
                ObjectKind::Index,
                AlterAction::AttachPartition { partition: bare("p"), bound: None },
            ),
            ("ALTER VIEW t OWNER TO x", ObjectKind::View, AlterAction::Owner(name("x"))),
            (
                "ALTER VIEW t ALTER c DROP DEFAULT",
                ObjectKind::View,
                AlterAction::DropDefault { column: name("c") },
            ),
            (
                "ALTER MATERIALIZED VIEW t CLUSTER ON x",
                ObjectKind::MaterializedView,
                AlterAction::ClusterOn(Some(name("x"))),
            ),
            ("ALTER SEQUENCE t SET UNLOGGED", ObjectKind::Sequence, AlterAction::SetLogged(false)),
            ("ALTER SEQUENCE t OWNER TO x", ObjectKind::Sequence, AlterAction::Owner(name("x"))),
            (
                "ALTER FOREIGN TABLE t OPTIONS (a '1')",
                ObjectKind::ForeignTable,
                AlterAction::ForeignOptions { column: None, options: vec![option("a", Some("1"))] },
            ),
            (
                "ALTER TYPE t ADD ATTRIBUTE c int CASCADE",
                ObjectKind::Type,
                AlterAction::AddColumn {
                    column: Box::new(column("c int")),
                    if_not_exists: false,
                    behavior: Behavior::Cascade,
                },
            ),
            (
                "ALTER TYPE t DROP ATTRIBUTE IF EXISTS c",
                ObjectKind::Type,
                AlterAction::DropColumn { column: name("c"), if_exists: true, behavior: Behavior::Restrict },
            ),
            (
                "ALTER TYPE t ALTER ATTRIBUTE c TYPE text CASCADE",
                ObjectKind::Type,
                AlterAction::AlterType {
                    column: name("c"),
                    type_name: type_name("text"),
                    collation: None,
                    using: None,
                    behavior: Behavior::Cascade,
                },
            ),
        ] {
            let expected =
                AlterTable { kind, name: bare("t"), if_exists: false, only: false, actions: vec![action] };
            assert_eq!(parsed(sql), Command::AlterTable(expected), "{sql}");
        }
    }

    #[test]
    fn only_and_if_exists_and_the_order_of_actions() {
        let Command::AlterTable(alter) =
            parsed("ALTER TABLE IF EXISTS ONLY s.t DROP a, ALTER b SET NOT NULL")
        else {
            panic!()
        };
        assert_eq!(alter.name, QualifiedName::qualified("s", "t"));
        assert!(alter.if_exists && alter.only);
        assert!(matches!(
            alter.actions.as_slice(),
            [AlterAction::DropColumn { .. }, AlterAction::SetNotNull { .. }]
        ));
    }
}
