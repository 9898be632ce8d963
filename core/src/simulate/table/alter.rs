//! ALTER TABLE: the lock that its sub-commands ask for together, and each of them in turn.

use super::constraint::{self, Context};
use super::{column, computed, inherit, not_null, partition, retype};
use crate::locks::LockMode;
use crate::schema::{
    Column, CommentTarget, Constraint, ConstraintKind as Kind, Id, Publication, RelationKind, Table,
};
use crate::simulate::error::wrong_kind;
use crate::simulate::run::Run;
use crate::simulate::{PgError, WorkKind, index, options, privilege, user_type};
use crate::sorted;
use crate::sql::command::{
    AlterAction, AlterTable, ConstraintKind, ObjectKind, OptionValue, Persistence, ReplicaIdentity,
    TriggerSelection,
};
use crate::sql::{Name, name};

/// ALTER TABLE, and ALTER INDEX / VIEW / SEQUENCE / MATERIALIZED VIEW / TYPE in its grammar.
pub fn alter(run: &mut Run, alter: &AlterTable) -> Result<(), PgError> {
    if alter.kind == ObjectKind::Type {
        return user_type::alter_composite(run, alter);
    }
    // What is not known of a table is assumed; of an index there is nothing to know.
    let is_index = alter.kind == ObjectKind::Index;
    if alter.if_exists
        && run.find_relation(&alter.name).is_none()
        && (is_index || !may_be_assumed(run, alter))
    {
        run.change(format!("nothing: there is no {}", alter.name));
        return Ok(());
    }
    run.not_catalog(&alter.name)?;
    let id = run.relation(&alter.name)?;
    if matches!(alter.kind, ObjectKind::Index) || run.get(id)?.index().is_some() {
        return index::alter(run, id, alter);
    }
    fits_kind(run, id, alter)?;
    let mode = alter
        .actions
        .iter()
        .map(|action| lock_of(run, id, action))
        .max()
        .unwrap_or(LockMode::AccessExclusive);
    if alter.actions.iter().all(|action| recurses(run, id, action)) && !alter.only {
        run.lock_tree(id, mode);
    } else {
        run.lock(id, mode);
        for action in &alter.actions {
            if recurses(run, id, action) && !alter.only {
                run.lock_tree(id, lock_of(run, id, action));
            }
        }
    }
    // The server works in passes: drops first, then types, then columns, then constraints.
    let dropped: Vec<Name> = alter
        .actions
        .iter()
        .filter_map(|action| match action {
            AlterAction::DropConstraint { name, .. } => Some(name.clone()),
            _ => None,
        })
        .collect();
    let mut actions: Vec<&AlterAction> = alter.actions.iter().collect();
    sorted::sort_by_key(&mut actions, |action| pass(action));
    let retyped = |action: &AlterAction| match action {
        AlterAction::AlterType { column, .. } => Some(column.clone()),
        _ => None,
    };
    let columns: Vec<Name> = actions.iter().filter_map(|action| retyped(action)).collect();
    if let Some(twice) = columns.iter().enumerate().find(|(index, column)| columns[..*index].contains(column))
    {
        return Err(PgError::new("0A000", format!("cannot alter type of column \"{}\" twice", twice.1)));
    }
    for action in actions {
        perform(run, id, action, &dropped, alter.only)?;
    }
    run.settle_work();
    Ok(())
}

/// With IF EXISTS an unknown table may be there or not; without a baseline it is taken to be there.
fn may_be_assumed(run: &mut Run, alter: &AlterTable) -> bool {
    run.attempt(|run| run.relation(&alter.name).map(|_| ())).is_ok()
}

/// 42809 when the statement's kind and the relation's do not go together.
fn fits_kind(run: &Run, id: Id, alter: &AlterTable) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let wanted = match (&relation.kind, alter.kind) {
        (RelationKind::Table(_), ObjectKind::Table | ObjectKind::ForeignTable) => return Ok(()),
        (RelationKind::Table(_), _) if run.is_assumed(id) => return Ok(()),
        (RelationKind::View(_) | RelationKind::Sequence(_), ObjectKind::Table) => return Ok(()),
        (RelationKind::View(view), ObjectKind::View) if !view.materialized => return Ok(()),
        (RelationKind::View(view), ObjectKind::MaterializedView) if view.materialized => return Ok(()),
        (RelationKind::Sequence(_), ObjectKind::Sequence) => return Ok(()),
        (_, ObjectKind::View) => "view",
        (_, ObjectKind::MaterializedView) => "materialized view",
        (_, ObjectKind::Sequence) => "sequence",
        (_, ObjectKind::ForeignTable) => "foreign table",
        _ => "table",
    };
    Err(wrong_kind(&relation.name, wanted))
}

/// The order of work within one ALTER TABLE: the passes of `tablecmds.c`.
fn pass(action: &AlterAction) -> u8 {
    match action {
        AlterAction::DropColumn { .. }
        | AlterAction::DropConstraint { .. }
        | AlterAction::DropNotNull { .. }
        | AlterAction::DropDefault { .. }
        | AlterAction::DropExpression { .. }
        | AlterAction::DropIdentity { .. } => 0,
        AlterAction::AlterType { .. } => 1,
        AlterAction::SetExpression { .. } => 2,
        AlterAction::AddColumn { .. } => 3,
        AlterAction::SetNotNull { .. } | AlterAction::AddIdentity { .. } => 4,
        AlterAction::SetDefault { .. } => 4,
        AlterAction::AddConstraint(definition) => match definition.kind {
            ConstraintKind::ForeignKey(_) => 7,
            ConstraintKind::Check { .. } | ConstraintKind::NotNull { .. } => 5,
            _ => 6,
        },
        _ => 8,
    }
}

/// The lock of one sub-command. Source: `AlterTableGetLockLevel` in `tablecmds.c`.
fn lock_of(run: &Run, id: Id, action: &AlterAction) -> LockMode {
    let is_table = run.schema.relation(id).is_some_and(|relation| match &relation.kind {
        RelationKind::Table(_) => true,
        RelationKind::View(view) => view.materialized,
        RelationKind::Index(_) | RelationKind::Sequence(_) => false,
    });
    match action {
        AlterAction::AddConstraint(definition) => match definition.kind {
            ConstraintKind::ForeignKey(_) => LockMode::ShareRowExclusive,
            _ => LockMode::AccessExclusive,
        },
        AlterAction::Trigger { .. } => LockMode::ShareRowExclusive,
        AlterAction::SetStatistics { .. }
        | AlterAction::ColumnOptions { .. }
        | AlterAction::ValidateConstraint { .. }
        | AlterAction::ClusterOn(_)
        | AlterAction::AttachPartition { .. } => LockMode::ShareUpdateExclusive,
        AlterAction::DetachPartition { concurrently, finalize, .. } => {
            if *concurrently || *finalize {
                LockMode::ShareUpdateExclusive
            } else {
                LockMode::AccessExclusive
            }
        }
        AlterAction::Options { options, .. } if is_table => {
            options.iter().map(lock_of_option).max().unwrap_or(LockMode::AccessExclusive)
        }
        _ => LockMode::AccessExclusive,
    }
}

/// The lock that a storage option needs. Source: the tables in `reloptions.c`.
fn lock_of_option(option: &OptionValue) -> LockMode {
    let own = option.name.strip_prefix("toast.").unwrap_or(&option.name);
    match own {
        "user_catalog_table" => LockMode::AccessExclusive,
        _ => LockMode::ShareUpdateExclusive,
    }
}

/// Does the sub-command go down to partitions and children?
fn recurses(run: &Run, id: Id, action: &AlterAction) -> bool {
    let partitioned = run.table_of(id).is_ok_and(Table::is_partitioned);
    match action {
        // These lock the children as far down as they get: one that has the column itself ends it.
        AlterAction::AddColumn { .. }
        | AlterAction::DropColumn { .. }
        | AlterAction::DropConstraint { .. }
        | AlterAction::ValidateConstraint { .. } => false,
        // From 18 on it is that of the constraint, which may be the table's alone.
        AlterAction::DropNotNull { column } => {
            let alone = |table: &Table| {
                let number = table.column(column).map(|column| column.number);
                let is_it =
                    |own: &&Constraint| number.is_some_and(|number| own.kind == Kind::NotNull(number));
                table.constraints.iter().find(is_it).is_some_and(|own| own.no_inherit)
            };
            run.version() < 18 || !run.table_of(id).is_ok_and(alone)
        }
        AlterAction::AlterType { .. }
        | AlterAction::SetDefault { .. }
        | AlterAction::DropDefault { .. }
        | AlterAction::SetExpression { .. }
        | AlterAction::DropExpression { .. }
        | AlterAction::SetStorage { .. }
        | AlterAction::AlterConstraint { .. } => true,
        AlterAction::AddIdentity { .. }
        | AlterAction::SetIdentity { .. }
        | AlterAction::DropIdentity { .. } => partitioned && run.version() >= 17,
        // From 18 on as far down as a column is not NOT NULL yet, which `not_null` sees to.
        AlterAction::SetNotNull { column } => {
            let is_set =
                run.table_of(id).ok().and_then(|table| table.column(column)).is_some_and(|c| c.not_null);
            run.version() < 18 && !(partitioned && is_set)
        }
        AlterAction::SetStatistics { .. } => true,
        AlterAction::Trigger { which, .. } => partitioned && has_row_trigger(run, id, which),
        AlterAction::AddConstraint(definition) => match &definition.kind {
            // Before 18 a CHECK goes down as far as children that have it already, which `constraint` sees to.
            ConstraintKind::Check { .. } | ConstraintKind::NotNull { .. } => run.version() >= 18,
            // Before 18 a key's index is built on partitions under SHARE, which `index` sees to.
            ConstraintKind::Unique(_) | ConstraintKind::Exclude { .. } => run.version() >= 18,
            ConstraintKind::PrimaryKey(key) => run.version() >= 18 || constraint::sets_not_null(run, id, key),
            ConstraintKind::ForeignKey(_) => partitioned || run.version() >= 18,
        },
        _ => false,
    }
}

/// Is one of the chosen triggers for each row, so that partitions have a copy of it? Foreign keys' are.
fn has_row_trigger(run: &Run, id: Id, which: &TriggerSelection) -> bool {
    let Ok(table) = run.table_of(id) else { return false };
    let mut for_rows = table.triggers.iter().filter(|trigger| trigger.for_each_row);
    match which {
        TriggerSelection::Named(name) => for_rows.any(|trigger| trigger.name == *name),
        TriggerSelection::User => for_rows.next().is_some(),
        TriggerSelection::All => {
            for_rows.next().is_some()
                || table.constraints.iter().any(|own| matches!(own.kind, Kind::ForeignKey(_)))
        }
    }
}

fn perform(run: &mut Run, id: Id, action: &AlterAction, dropped: &[Name], only: bool) -> Result<(), PgError> {
    let needs_table = !matches!(
        action,
        AlterAction::Owner(_)
            | AlterAction::Options { .. }
            | AlterAction::SetTablespace(_)
            | AlterAction::SetAccessMethod(_)
            | AlterAction::SetStatistics { .. }
            | AlterAction::ClusterOn(_)
            | AlterAction::SetLogged(_)
            | AlterAction::SetStorage { .. }
            | AlterAction::SetCompression { .. }
            | AlterAction::ColumnOptions { .. }
            | AlterAction::SetDefault { .. }
            | AlterAction::DropDefault { .. }
    );
    if needs_table && run.get(id)?.table().is_none() {
        let relation = run.get(id)?;
        return Err(PgError::new(
            "42809",
            format!("ALTER action cannot be performed on relation \"{}\"", relation.name),
        )
        .with_hint(format!("This operation is not supported for {}s.", relation.kind_name())));
    }
    match action {
        AlterAction::AddColumn { column, if_not_exists, .. } => {
            column::add(run, id, column, *if_not_exists, only)
        }
        AlterAction::DropColumn { column, if_exists, behavior } => {
            column::drop(run, id, column, *if_exists, *behavior, only)
        }
        AlterAction::AlterType { column, type_name, collation, using, .. } => {
            retype::alter(run, id, column, type_name, collation.as_ref(), using.as_ref(), only)
        }
        AlterAction::SetDefault { column, default } if run.get(id)?.table().is_some() => {
            column::set_default(run, id, column, Some(default), only)
        }
        AlterAction::DropDefault { column } if run.get(id)?.table().is_some() => {
            column::set_default(run, id, column, None, only)
        }
        // A view's column default: nothing else of the catalog depends on it.
        AlterAction::SetDefault { .. } | AlterAction::DropDefault { .. } => Ok(()),
        AlterAction::SetNotNull { column } => not_null::set(run, id, column, dropped, only),
        AlterAction::DropNotNull { column } => not_null::drop(run, id, column, only),
        AlterAction::SetExpression { column, expression } => {
            computed::set_expression(run, id, column, Some(expression), only)
        }
        AlterAction::DropExpression { column, if_exists: true }
            if run.column(id, column)?.generated.is_none() =>
        {
            Ok(())
        }
        AlterAction::DropExpression { column, .. } => computed::set_expression(run, id, column, None, only),
        AlterAction::AddIdentity { column, identity } => {
            computed::not_of_part(run, id, "add identity to a column", only)?;
            computed::add_identity(run, id, column, identity)
        }
        AlterAction::SetIdentity { column, always, options } => {
            computed::not_of_part(run, id, "change identity column", only)?;
            computed::set_identity(run, id, column, *always, options)
        }
        AlterAction::DropIdentity { column, if_exists } => {
            computed::not_of_part(run, id, "drop identity from a column", only)?;
            computed::drop_identity(run, id, column, *if_exists)
        }
        AlterAction::SetStatistics { column, target } => {
            if target.is_some_and(|target| target < -1) {
                let message = format!("statistics target {} is too low", target.unwrap_or_default());
                return Err(PgError::new("22023", message));
            }
            let own = run.table_of(id).ok().and_then(|table| table.column(column));
            if own.is_some_and(Column::is_virtual) {
                let message = format!("cannot alter statistics on virtual generated column \"{column}\"");
                return Err(PgError::new("0A000", message));
            }
            let by_number = column.bytes().all(|byte| byte.is_ascii_digit());
            if by_number && run.table_of(id).is_ok_and(|table| table.column(column).is_none()) {
                return Err(PgError::new("0A000", "cannot refer to non-index column by number"));
            }
            // Above 10000 it is lowered with a warning; -1 is none.
            let target = target.filter(|target| *target >= 0).map(|target| target.min(10_000));
            with_column(run, id, column, only, |found| found.statistics = target)
        }
        AlterAction::SetStorage { column, storage } => {
            if run.get(id)?.table().is_some() {
                let own = run.column(id, column)?;
                let base = run.schema.base_type(&own.data_type);
                column::storage_fits(&base, &run.schema.format_type(&base), Some(storage))?;
            }
            with_column(run, id, column, only, |found| {
                found.storage = column::unless_usual(&found.data_type, storage)
            })
        }
        AlterAction::SetCompression { column, method } => {
            if run.get(id)?.table().is_some() {
                let own = run.column(id, column)?;
                let base = run.schema.base_type(&own.data_type);
                column::compression_fits(&base, &run.schema.format_type(&base), Some(method))?;
            }
            with_column(run, id, column, true, |found| found.compression = column::unless_default(method))
        }
        AlterAction::ColumnOptions { column, options, reset } => {
            for option in options {
                if !matches!(&*option.name, "n_distinct" | "n_distinct_inherited") {
                    return Err(PgError::new("22023", format!("unrecognized parameter \"{}\"", option.name)));
                }
            }
            with_column(run, id, column, true, |found| {
                for option in options {
                    found.options.retain(|own| own.name != option.name);
                    if !reset {
                        found.options.push(option.clone());
                    }
                }
            })
        }
        AlterAction::AddConstraint(definition) => {
            constraint::add(run, id, definition, Context::Existing, only)
        }
        AlterAction::AlterConstraint { name, deferrability, enforced, no_inherit } => {
            constraint::alter(run, id, name, *deferrability, *enforced, *no_inherit)
        }
        AlterAction::ValidateConstraint { name } => constraint::validate(run, id, name),
        AlterAction::DropConstraint { name, if_exists, behavior } => {
            constraint::drop(run, id, name, *if_exists, *behavior, only)
        }
        AlterAction::Trigger { which, firing } => set_triggers(run, id, which, *firing, only),
        AlterAction::Rule { name, .. } => {
            let known = run.table_of(id)?.rules.iter().any(|rule| rule.name == *name) || run.is_assumed(id);
            let relation = run.get(id)?.name.clone();
            if known {
                Ok(())
            } else {
                Err(PgError::new(
                    "42704",
                    format!("rule \"{name}\" for relation \"{relation}\" does not exist"),
                ))
            }
        }
        AlterAction::RowSecurity { enable } => {
            run.change_table(id, |table| table.row_security = *enable);
            let verb = if *enable { "enables" } else { "disables" };
            run.change(format!("{verb} row level security on {}", run.schema.display_name(id)));
            Ok(())
        }
        AlterAction::ForceRowSecurity { force } => {
            run.change_table(id, |table| table.force_row_security = *force);
            let verb = if *force { "forces" } else { "no longer forces" };
            run.change(format!("{verb} row level security on the owner of {}", run.schema.display_name(id)));
            Ok(())
        }
        AlterAction::ClusterOn(written) => cluster_on(run, id, written.as_ref()),
        AlterAction::SetWithoutOids | AlterAction::ForeignOptions { .. } => Ok(()),
        AlterAction::Of(of_type) => {
            let of_type = user_type::fits_table(run, id, of_type)?;
            run.change_table(id, |table| table.of_type = of_type);
            Ok(())
        }
        AlterAction::NotOf => {
            if run.table_of(id)?.of_type.is_none() && !run.is_assumed(id) {
                let relation = &run.get(id)?.name;
                return Err(PgError::new("42809", format!("\"{relation}\" is not a typed table")));
            }
            run.change_table(id, |table| table.of_type = None);
            Ok(())
        }
        AlterAction::SetLogged(logged) => set_logged(run, id, *logged),
        AlterAction::SetTablespace(tablespace) => {
            let kept = options::tablespace(run, Some(tablespace))?;
            let is_partitioned = run.get(id)?.table().is_some_and(Table::is_partitioned);
            let same = run.get(id)?.tablespace == kept && !run.is_assumed(id);
            run.schema.change_relation(id, |relation| relation.tablespace = kept);
            if !is_partitioned && !same {
                run.work(WorkKind::Rewrite, id, "the table is copied to another tablespace");
            }
            run.change(format!("moves {} to tablespace {tablespace}", run.schema.display_name(id)));
            Ok(())
        }
        AlterAction::SetAccessMethod(method) => {
            if run.version() < 15 {
                return Err(PgError::new("42601", "syntax error at or near \"ACCESS\"")
                    .with_hint("SET ACCESS METHOD exists from PostgreSQL 15 on."));
            }
            let method = method.clone().unwrap_or_else(|| name("heap"));
            options::access_method(run, &method, true)?;
            let current = run
                .get(id)?
                .table()
                .and_then(|table| table.access_method.clone())
                .unwrap_or_else(|| name("heap"));
            if current != method && !run.get(id)?.table().is_some_and(Table::is_partitioned) {
                run.rewrite(id, "the table is written anew by another access method");
            }
            run.change_table(id, |table| table.access_method = Some(method.clone()));
            run.change(format!("sets the access method of {} to {method}", run.schema.display_name(id)));
            Ok(())
        }
        AlterAction::Options { options, reset } => {
            if run.get(id)?.table().is_some_and(Table::is_partitioned) {
                let sqlstate = if run.version() >= 16 { "42809" } else { "22023" };
                return Err(PgError::new(
                    sqlstate,
                    "cannot specify storage parameters for a partitioned table",
                ));
            }
            let relation = run.get(id)?;
            let owner = match &relation.kind {
                RelationKind::View(view) if !view.materialized => Some(options::Owner::View),
                RelationKind::Table(table) => table
                    .access_method
                    .as_deref()
                    .is_none_or(|method| method == "heap")
                    .then_some(options::Owner::Table),
                _ => None,
            };
            match owner {
                Some(owner) if !run.is_assumed(id) && !reset => options::check(run, owner, options)?,
                _ => {}
            }
            if *reset && options.iter().any(|option| option.value.is_some()) {
                return Err(PgError::new("42601", "RESET must not include values for parameters"));
            }
            set_options(run, id, options, *reset);
            let list: Vec<_> = options.iter().map(|option| option.name.to_string()).collect();
            let verb = if *reset { "resets" } else { "sets" };
            run.change(format!("{verb} {} of {}", list.join(", "), run.schema.display_name(id)));
            Ok(())
        }
        AlterAction::Inherit(parent) => inherit::alter(run, id, parent, true),
        AlterAction::NoInherit(parent) => inherit::alter(run, id, parent, false),
        AlterAction::Owner(owner) => {
            run.change(format!("makes {owner} the owner of {}", run.schema.display_name(id)));
            privilege::role_exists(run, owner)?;
            let relation = run.get(id)?;
            if relation.sequence().is_some_and(|sequence| sequence.owned_by.is_some())
                && relation.owner.as_deref().unwrap_or("postgres") != &**owner
            {
                let message = format!("cannot change owner of sequence \"{}\"", relation.name);
                return Err(PgError::new("0A000", message));
            }
            privilege::own(run, &CommentTarget::Object(id), owner.clone());
            Ok(())
        }
        AlterAction::ReplicaIdentity(identity) => replica_identity(run, id, identity),
        AlterAction::AttachPartition { partition, bound } => {
            partition::attach(run, id, partition, bound.as_ref())
        }
        AlterAction::DetachPartition { partition, concurrently, finalize } => {
            partition::detach(run, id, partition, *concurrently, *finalize)
        }
    }
}

fn with_column(
    run: &mut Run,
    id: Id,
    column: &Name,
    only: bool,
    change: impl Fn(&mut crate::schema::Column),
) -> Result<(), PgError> {
    if run.get(id)?.table().is_none() {
        return Ok(());
    }
    run.column(id, column)?;
    let below = if only { Vec::new() } else { run.schema.descendants_of(id) };
    for table in std::iter::once(id).chain(below) {
        run.change_table(table, |table| table.column_mut(column).into_iter().for_each(&change));
    }
    run.change(format!("changes the settings of column {}.{column}", run.schema.display_name(id)));
    Ok(())
}

fn set_triggers(
    run: &mut Run,
    id: Id,
    which: &TriggerSelection,
    firing: crate::sql::command::Firing,
    only: bool,
) -> Result<(), PgError> {
    let relation = run.get(id)?.name.clone();
    if let TriggerSelection::Named(name) = which {
        let known = run.table_of(id)?.triggers.iter().any(|trigger| trigger.name == *name);
        if !known && !run.is_assumed(id) {
            let message = format!("trigger \"{name}\" for table \"{relation}\" does not exist");
            return Err(PgError::new("42704", message));
        }
    }
    // The partitions' copies follow.
    let mut everywhere = vec![id];
    if run.table_of(id)?.is_partitioned() && !only {
        everywhere.extend(run.schema.descendants_of(id));
    }
    for table in everywhere {
        run.change_table(table, |table| {
            for trigger in &mut table.triggers {
                let chosen = match which {
                    TriggerSelection::Named(name) => trigger.name == *name,
                    TriggerSelection::All | TriggerSelection::User => true,
                };
                if chosen {
                    trigger.firing = firing;
                }
            }
        });
    }
    let verb = if firing == crate::sql::command::Firing::Disabled { "disables" } else { "enables" };
    let what = match which {
        TriggerSelection::Named(name) => format!("trigger {name}"),
        TriggerSelection::All => "all triggers, those of foreign keys too,".to_owned(),
        TriggerSelection::User => "all user triggers".to_owned(),
    };
    run.change(format!("{verb} {what} on {}", run.schema.display_name(id)));
    Ok(())
}

fn cluster_on(run: &mut Run, id: Id, written: Option<&Name>) -> Result<(), PgError> {
    let index = match written {
        None => None,
        Some(written) => {
            let namespace = run.get(id)?.schema.clone();
            let found = run.schema.relation_named(&namespace, written).map(|relation| relation.id);
            if found.is_none() && !run.is_assumed(id) {
                let table = run.get(id)?.name.clone();
                return Err(PgError::new(
                    "42704",
                    format!("index \"{written}\" for table \"{table}\" does not exist"),
                ));
            }
            index::may_cluster(run, id, written)?;
            found
        }
    };
    if run.get(id)?.table().is_some_and(Table::is_partitioned) {
        return Err(PgError::new("0A000", "cannot mark index clustered in partitioned table"));
    }
    run.change_table(id, |table| table.cluster_on = index);
    run.change(format!("sets the clustering index of {}", run.schema.display_name(id)));
    Ok(())
}

fn set_logged(run: &mut Run, id: Id, logged: bool) -> Result<(), PgError> {
    let relation = run.get(id)?;
    if relation.sequence().is_some() {
        let wanted = if logged { Persistence::Permanent } else { Persistence::Unlogged };
        run.schema.change_relation(id, |relation| relation.persistence = wanted);
        return Ok(());
    }
    let shown = relation.display_name();
    if relation.table().is_some_and(Table::is_partitioned) {
        if run.version() >= 18 {
            let message = format!(
                "ALTER action SET {} cannot be performed on relation \"{}\"",
                if logged { "LOGGED" } else { "UNLOGGED" },
                relation.name
            );
            return Err(PgError::new("42809", message));
        }
        return Ok(());
    }
    let wanted = if logged { Persistence::Permanent } else { Persistence::Unlogged };
    if relation.persistence == Persistence::Temporary {
        return Err(PgError::new(
            "42P16",
            format!("cannot change logged status of table \"{}\" because it is temporary", relation.name),
        ));
    }
    let publishes = |own: &Publication| own.tables.iter().any(|published| published.table == id);
    if !logged && run.schema.publications.values().any(publishes) {
        let message = format!(
            "cannot change table \"{}\" to unlogged because it is part of a publication",
            relation.name
        );
        return Err(PgError::new("55000", message).with_hint("Unlogged relations cannot be replicated."));
    }
    references_allow(run, id, logged)?;
    let relation = run.get(id)?;
    if relation.persistence != wanted || run.is_assumed(id) {
        let why = if logged {
            "the table is copied into the write-ahead log"
        } else {
            "the table is copied without the write-ahead log"
        };
        run.rewrite(id, why);
    }
    run.schema.change_relation(id, |relation| relation.persistence = wanted);
    run.change(format!("makes {shown} {}", if logged { "logged" } else { "unlogged" }));
    Ok(())
}

/// 42P16: what is logged may reference only what is logged.
fn references_allow(run: &Run, id: Id, logged: bool) -> Result<(), PgError> {
    let name = &run.get(id)?.name;
    let is = |other: Id, persistence| {
        other != id && run.schema.relation(other).is_some_and(|r| r.persistence == persistence && !r.presumed)
    };
    let references = run.table_of(id)?.constraints.iter().filter_map(|own| match &own.kind {
        Kind::ForeignKey(key) => Some(key.references),
        _ => None,
    });
    let (partner, from, to) = if logged {
        (references.into_iter().find(|other| is(*other, Persistence::Unlogged)), "logged", "unlogged")
    } else {
        let referencing = run.schema.references_to(id);
        (
            referencing.iter().map(|(on, _)| on.id).find(|other| is(*other, Persistence::Permanent)),
            "unlogged",
            "logged",
        )
    };
    match partner {
        Some(partner) => Err(PgError::new(
            "42P16",
            format!(
                "could not change table \"{name}\" to {from} because it references {to} table \"{}\"",
                run.get(partner)?.name
            ),
        )),
        None => Ok(()),
    }
}

/// SET (…) and RESET (…) of storage options.
pub(in crate::simulate) fn set_options(run: &mut Run, id: Id, options: &[OptionValue], reset: bool) {
    run.schema.change_relation(id, |relation| {
        for option in options {
            relation.options.retain(|own| own.name != option.name);
            if !reset {
                relation.options.push(option.clone());
            }
        }
    });
}

fn replica_identity(run: &mut Run, id: Id, identity: &ReplicaIdentity) -> Result<(), PgError> {
    if let ReplicaIdentity::Index(written) = identity {
        let namespace = run.get(id)?.schema.clone();
        let relation_name = run.get(id)?.name.clone();
        let found = run.schema.relation_named(&namespace, written).cloned();
        let index_id = found.as_ref().map_or(id, |relation| relation.id);
        match found.as_ref().and_then(|relation| relation.index()) {
            Some(index) if index.table != id && !run.is_assumed(id) => {
                let message = format!("\"{written}\" is not an index for table \"{relation_name}\"");
                return Err(PgError::new("42809", message));
            }
            Some(index) if index.table == id => {
                if !index.unique {
                    return Err(PgError::new(
                        "42809",
                        format!("cannot use non-unique index \"{written}\" as replica identity"),
                    ));
                }
                let table = run.table_of(id)?;
                if table.constraints.iter().any(|own| own.kind.index() == Some(index_id) && own.deferrable) {
                    let message = format!("cannot use non-immediate index \"{written}\" as replica identity");
                    return Err(PgError::new("0A000", message));
                }
                let Some(columns) = index.key_columns() else {
                    let message = format!("cannot use expression index \"{written}\" as replica identity");
                    return Err(PgError::new("0A000", message));
                };
                let nullable =
                    |number: &&i16| table.numbered(**number).is_some_and(|column| !column.not_null);
                if let Some(number) = columns.iter().find(nullable)
                    && !run.is_assumed(id)
                {
                    let column = table.column_name(*number);
                    return Err(PgError::new(
                        "42809",
                        format!(
                            "index \"{written}\" cannot be used as replica identity because column \"{column}\" is nullable"
                        ),
                    ));
                }
                if index.predicate.is_some() {
                    return Err(PgError::new(
                        "0A000",
                        format!("cannot use partial index \"{written}\" as replica identity"),
                    ));
                }
            }
            _ if run.is_assumed(id) => {}
            _ => {
                return Err(PgError::new(
                    "42704",
                    format!("index \"{written}\" for table \"{relation_name}\" does not exist"),
                ));
            }
        }
    }
    let identity = identity.clone();
    run.change_table(id, |table| table.replica_identity = identity);
    run.change(format!("changes the replica identity of {}", run.schema.display_name(id)));
    Ok(())
}
