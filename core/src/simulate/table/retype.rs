//! ALTER COLUMN … TYPE.

use super::remake::remake;
use super::{column, computed, inherit};
use crate::locks::LockMode;
use crate::schema::{BaseType, ConstraintKind, DataType, Id, PublishedTable};
use crate::simulate::analyze::{Context, Names, can_coerce, is_known};
use crate::simulate::error::no_column;
use crate::simulate::expression::{self, Place};
use crate::simulate::run::Run;
use crate::simulate::typing::{TypeChange, resolve_type, type_change};
use crate::simulate::{PgError, WorkKind, plain, sequence};
use crate::sql::command::{ObjectKind, SequenceOptions};
use crate::sql::{Expression, Name, Node, QualifiedName, TypeName};

/// Changes a column's type: whether rows, indexes and constraints are worked through follows from both types.
pub(super) fn alter(
    run: &mut Run,
    id: Id,
    name: &Name,
    type_name: &TypeName,
    collation: Option<&QualifiedName>,
    using: Option<&Expression>,
    only: bool,
) -> Result<(), PgError> {
    if only && !run.schema.children_of(id).is_empty() {
        let message = format!("type of inherited column \"{name}\" must be changed in child tables too");
        return Err(PgError::new("42P16", message));
    }
    if run.table_of(id)?.of_type.is_some() {
        return Err(PgError::new("42809", "cannot alter column type of typed table"));
    }
    let column = run.column(id, name)?;
    let relation = run.get(id)?;
    let (relation_name, shown) = (relation.name.clone(), relation.display_name());
    if column.inherited {
        return Err(PgError::new("42P16", format!("cannot alter inherited column \"{name}\"")));
    }
    column::not_in_partition_key(run, id, name, "alter")?;
    inherit::from_one_tree(run, id, name, "alter")?;
    let to = resolve_type(run, type_name)?;
    if let Some(collation) = collation {
        plain::named(run, ObjectKind::Collation, collation)?;
        if !has_collation(run, &to) {
            let to = run.schema.format_type(&to);
            return Err(PgError::new("42804", format!("collations are not supported by type {to}")));
        }
    }
    column::not_itself(run, id, &to)?;
    row_type_is_unused(run, id)?;
    for table in std::iter::once(id).chain(run.schema.descendants_of(id)) {
        let number = run.column(table, name)?.number;
        blocked_by_dependants(run, table, number, name)?;
    }
    if column.identity.is_some() && !computed::numbers(run, &to) {
        return Err(PgError::new("22023", computed::IDENTITY_TYPE));
    }
    if column.generated.is_some() && using.is_some() {
        return Err(PgError::new("42611", "cannot specify USING when altering type of generated column"));
    }
    let from = column.data_type.clone();
    if let Some(using) = using {
        using_fits(run, id, name, &to, using)?;
    }
    if using.is_none() && !castable(run, &from, &to) {
        let to_text = run.schema.format_type(&to);
        return Err(PgError::new(
            "42804",
            format!("column \"{name}\" cannot be cast automatically to type {to_text}"),
        )
        .with_hint(format!(
            "You might need to specify \"USING {}::{to_text}\".",
            crate::sql::quote_identifier(name)
        )));
    }
    if let Some(default) = &column.default
        && column.sequence.is_none()
        && !default_castable(run, default, &from, &to)
    {
        let to_text = run.schema.format_type(&to);
        return Err(PgError::new(
            "42804",
            format!("default for column \"{name}\" cannot be cast automatically to type {to_text}"),
        ));
    }
    let change = match using {
        _ if from == DataType::unknown() => TypeChange::Rewrite,
        _ if column.generated.as_ref().is_some_and(|(_, stored)| !stored) => TypeChange::Free,
        Some(expression) => match casts(run, &expression.node, name)? {
            Some(casts) => {
                let types: Vec<DataType> =
                    std::iter::once(from.clone()).chain(casts).chain([to.clone()]).collect();
                type_change(run, &types, time_zone_is_utc(run))
            }
            None => TypeChange::Rewrite,
        },
        None => type_change(run, &[from.clone(), to.clone()], time_zone_is_utc(run)),
    };
    let collation_changes =
        collation != column.collation.as_ref() && (collation.is_some() || column.collation.is_some());
    if from == DataType::unknown() {
        run.assume(format!(
            "the type of {shown}.{name} is not known, so the change may or may not rewrite the table"
        ));
    }
    let mut everywhere = vec![id];
    everywhere.extend(run.schema.descendants_of(id));
    for table in everywhere {
        work(run, table, name, change, collation_changes);
        let (to, collation) = (to.clone(), collation.cloned());
        run.change_table(table, |table| {
            if let Some(column) = table.column_mut(name) {
                column.data_type = to;
                column.collation = collation;
            }
        });
    }
    lock_key_partners(run, id, column.number, change, &from, &to);
    for table in std::iter::once(id).chain(run.schema.descendants_of(id)) {
        remake(run, table, name, &from)?;
    }
    if let (Some(_), Some(sequence)) = (column.identity, column.sequence) {
        let options = SequenceOptions { data_type: Some(type_name.clone()), ..SequenceOptions::default() };
        sequence::change(run, sequence, &options)?;
    }
    let (from, to) = (run.schema.format_type(&from), run.schema.format_type(&to));
    run.change(format!("changes the type of {shown}.{name} from {from} to {to}"));
    if run.table_of(id)?.column(name).is_none() {
        return Err(no_column(name, &relation_name));
    }
    Ok(())
}

/// Do values of this type compare by a collation? What is not built in may.
pub(in crate::simulate) fn has_collation(run: &Run, data_type: &DataType) -> bool {
    match run.schema.base_type(data_type).base {
        BaseType::BuiltIn(name) => matches!(name, "text" | "varchar" | "bpchar" | "name" | "citext"),
        _ => true,
    }
}

/// 0A000 while another table has a column of this one's row type.
pub(super) fn row_type_is_unused(run: &Run, id: Id) -> Result<(), PgError> {
    for relation in run.schema.users_of(id).filter(|relation| relation.id != id) {
        let Some(table) = relation.table() else { continue };
        if let Some(column) = table.columns.iter().find(|c| c.data_type.base == BaseType::Row(id)) {
            let message = format!(
                "cannot alter table \"{}\" because column \"{}.{}\" uses its row type",
                run.get(id)?.name,
                relation.name,
                column.name
            );
            return Err(PgError::new("0A000", message));
        }
    }
    Ok(())
}

/// A typed table's column follows the attribute of its type.
pub(in crate::simulate) fn retype_followed(
    run: &mut Run,
    id: Id,
    name: &Name,
    to: &DataType,
) -> Result<(), PgError> {
    let from = run.column(id, name)?.data_type;
    let change = type_change(run, &[from, to.clone()], time_zone_is_utc(run));
    work(run, id, name, change, false);
    run.change_table(id, |table| {
        if let Some(column) = table.column_mut(name) {
            column.data_type = to.clone();
        }
    });
    Ok(())
}

/// What the change does to one table's rows and indexes.
fn work(run: &mut Run, id: Id, name: &Name, change: TypeChange, collation_changes: bool) {
    let Some(number) = run.table_of(id).ok().and_then(|table| table.column(name)).map(|column| column.number)
    else {
        return;
    };
    if change == TypeChange::Rewrite {
        run.rewrite(id, "the stored form of the values changes");
        return;
    }
    let is_partition = run.table_of(id).is_ok_and(|table| table.bound.is_some());
    let rebuilds = run.schema.indexes_of(id).any(|(_, index)| {
        let keys = index.key_columns();
        let compared = keys.as_ref().is_some_and(|keys| keys.contains(&number));
        let compared = compared && (change == TypeChange::RebuildIndexes || collation_changes);
        let plain = keys.is_some() && index.predicate.is_none();
        index.uses(number) && (compared || !plain || is_partition)
    });
    if rebuilds {
        run.work(WorkKind::BuildIndex, id, "an index on the column is rebuilt");
    }
    let checked = run.table_of(id).is_ok_and(|table| {
        table.constraints.iter().any(|c| {
            c.validated && matches!(&c.kind, ConstraintKind::Check(_, columns) if columns.contains(&number))
        })
    });
    if checked {
        run.work(WorkKind::Scan, id, "a CHECK on the column is checked on every row");
    }
}

/// A foreign key from or to the column is made anew: its other table is locked, and rows are looked up when the comparison changes.
fn lock_key_partners(run: &mut Run, id: Id, number: i16, change: TypeChange, from: &DataType, to: &DataType) {
    let mut pairs = Vec::new();
    if let Ok(table) = run.table_of(id) {
        for own in &table.constraints {
            if let ConstraintKind::ForeignKey(key) = &own.kind
                && key.columns.contains(&number)
            {
                pairs.push((id, key.references, own.enforced));
            }
        }
    }
    for (on, constraint) in run.schema.references_to(id) {
        if let ConstraintKind::ForeignKey(key) = &constraint.kind
            && key.referenced_columns.contains(&number)
        {
            pairs.push((on.id, on.id, constraint.enforced));
        }
    }
    for (referencing, partner, enforced) in pairs {
        run.lock(partner, LockMode::AccessExclusive);
        if enforced && change != TypeChange::Free && from.base != to.base {
            run.work(WorkKind::ValidateForeignKey, referencing, "the foreign key compares another type now");
        }
    }
}

/// Views, rules, policies, triggers and generated columns on the column forbid the change.
fn blocked_by_dependants(run: &Run, id: Id, number: i16, name: &Name) -> Result<(), PgError> {
    let blocked = |by: String, what: &str| {
        Err(PgError::new("0A000", format!("cannot alter type of a column used by {what}"))
            .with_hint(format!("{by} depends on column \"{name}\"")))
    };
    for relation in run.schema.users_of(id) {
        if let Some(view) = relation.view()
            && view.reads.iter().any(|(read, columns)| *read == id && columns.contains(&number))
        {
            return blocked(
                format!("{} {}", relation.kind_name(), relation.display_name()),
                "a view or rule",
            );
        }
    }
    let table = run.table_of(id)?;
    if let Some(column) = table.columns.iter().find(|column| {
        column.number != number
            && column.generated.as_ref().is_some_and(|(e, _)| e.node.columns().contains(name))
    }) {
        let sqlstate = if run.version() >= 15 { "0A000" } else { "42601" };
        return Err(PgError::new(sqlstate, "cannot alter type of a column used by a generated column")
            .with_hint(format!("Column \"{name}\" is used by generated column \"{}\".", column.name)));
    }
    if let Some(policy) = table.policies.iter().find(|policy| {
        [&policy.using, &policy.with_check].into_iter().flatten().any(|e| e.node.columns().contains(name))
    }) {
        return blocked(format!("policy {}", policy.name), "a policy definition");
    }
    if let Some(trigger) = table.triggers.iter().find(|trigger| {
        trigger.columns.contains(&number)
            || trigger.condition.as_ref().is_some_and(|c| c.node.columns().contains(name))
    }) {
        return blocked(format!("trigger {}", trigger.name), "a trigger definition");
    }
    for (publication, own) in run.schema.publications.iter() {
        let names = |own: &PublishedTable| {
            own.table == id && own.condition.as_ref().is_some_and(|c| c.node.columns().contains(name))
        };
        if own.tables.iter().any(names) {
            return blocked(format!("publication {publication}"), "a publication WHERE clause");
        }
    }
    Ok(())
}

/// The types that USING casts the column to, one after the other; none when it is more than casts.
fn casts(run: &mut Run, node: &Node, column: &Name) -> Result<Option<Vec<DataType>>, PgError> {
    let mut types = Vec::new();
    let mut node = node;
    loop {
        match node {
            Node::Column(path, _) if path.last() == Some(column) => break,
            Node::Cast { operand, type_name } => {
                types.push(resolve_type(run, type_name)?);
                node = operand;
            }
            Node::Collate { operand, .. } => node = operand,
            _ => return Ok(None),
        }
    }
    types.reverse();
    Ok(Some(types))
}

/// TimeZone as the session or the server has it: UTC makes timestamp and timestamptz alike.
fn time_zone_is_utc(run: &Run) -> bool {
    let zone = run
        .session
        .get("timezone")
        .map(|zone| zone.to_string())
        .or_else(|| run.server.world.timezone.clone());
    zone.is_some_and(|zone| {
        ["utc", "gmt", "etc/utc", "etc/gmt", "zulu", "universal", "uct", "0"]
            .contains(&zone.to_ascii_lowercase().as_str())
    })
}

/// Is there an assignment cast, so that no USING is needed?
fn castable(run: &Run, from: &DataType, to: &DataType) -> bool {
    !is_known(run, from)
        || !is_known(run, to)
        || !run.knows_all_operators()
        || can_coerce(run, from, to, Context::Assignment)
}

/// USING: what it gives has to become the new type by assignment.
fn using_fits(run: &mut Run, id: Id, name: &Name, to: &DataType, using: &Expression) -> Result<(), PgError> {
    let to_text = run.schema.format_type(to);
    // It is read before any of the statement's actions is done.
    let fits = run.as_before(id, |run| {
        expression::value_for(run, &using.node, Place::Transform, Names::Relation(id), name, to)
    });
    fits.map(drop).map_err(|error| match error.sqlstate {
        "42804" => {
            let message = format!(
                "result of USING clause for column \"{name}\" cannot be cast automatically to type {to_text}"
            );
            PgError::new("42804", message).with_hint("You might need to add an explicit cast.")
        }
        _ => error,
    })
}

/// A default that is a bare literal was turned into the old type; it can follow only where a cast leads.
fn default_castable(run: &Run, default: &Expression, from: &DataType, to: &DataType) -> bool {
    default.node.is_null() || castable(run, from, to)
}
