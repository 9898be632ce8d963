//! NOT NULL: set, dropped, and when it is proven without reading the rows.

use super::column;
use super::constraint::{self, Context};
use crate::schema::{Constraint, ConstraintKind, Id};
use crate::simulate::run::Run;
use crate::simulate::{PgError, WorkKind};
use crate::sql::command::ConstraintDefinition;
use crate::sql::{Name, Node};

/// NOT NULL as a constraint: at a column, in a table's list, or ADD CONSTRAINT … NOT NULL (PostgreSQL 18 on).
pub(super) fn add_constraint(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    name: &Name,
    no_inherit: bool,
    context: Context,
) -> Result<(), PgError> {
    if context == Context::Existing && run.version() < 18 {
        return Err(PgError::new("42601", "syntax error at or near \"NOT\"").with_hint(
            "ADD CONSTRAINT … NOT NULL exists from PostgreSQL 18 on; use ALTER COLUMN … SET NOT NULL.",
        ));
    }
    let column = run.column(id, name)?;
    let existing = run
        .table_of(id)?
        .constraints
        .iter()
        .find(|c| c.kind == ConstraintKind::NotNull(column.number))
        .cloned();
    if let Some(existing) = existing {
        // A serial, identity or primary key column is NOT NULL already; the written name wins while it is new.
        if let Some(written) = &definition.name
            && context != Context::Existing
        {
            run.change_table(id, |table| {
                for own in table.constraints.iter_mut().filter(|own| own.name == existing.name) {
                    own.name = written.clone();
                }
            });
        }
        return Ok(());
    }
    let constraint_name = constraint::named(run, id, definition, Some(name), "not_null")?;
    let proven = is_proven(run, id, column.number, &[]);
    constraint::put(
        run,
        id,
        Constraint {
            name: constraint_name.clone(),
            kind: ConstraintKind::NotNull(column.number),
            no_inherit,
            ..constraint::plain(definition)
        },
    );
    set_flag(run, id, column.number, true);
    if context == Context::Existing {
        if !definition.not_valid && !proven {
            run.work(WorkKind::Scan, id, "NOT NULL is checked on every row");
        }
        constraint::report(run, id, context, &constraint_name);
        for child in run.schema.children_of(id) {
            if run.table_of(child)?.column(name).is_some_and(|c| !c.not_null) {
                let own = ConstraintDefinition { name: None, ..definition.clone() };
                add_constraint(run, child, &own, name, no_inherit, context)?;
            }
        }
    }
    Ok(())
}

/// ALTER COLUMN … SET NOT NULL. `dropped` are constraints that the same ALTER TABLE drops: they prove nothing.
pub(super) fn set(run: &mut Run, id: Id, name: &Name, dropped: &[Name]) -> Result<(), PgError> {
    let column = run.column(id, name)?;
    let shown = run.get(id)?.display_name();
    let not_valid = run
        .table_of(id)?
        .constraints
        .iter()
        .any(|own| own.kind == ConstraintKind::NotNull(column.number) && !own.validated);
    if column.not_null && !not_valid {
        run.change(format!("nothing: {shown}.{name} is NOT NULL already"));
        return Ok(());
    }
    if not_valid {
        run.change_table(id, |table| {
            for own in
                table.constraints.iter_mut().filter(|own| own.kind == ConstraintKind::NotNull(column.number))
            {
                own.validated = true;
            }
        });
        run.work(WorkKind::Scan, id, "NOT NULL is checked on every row");
    } else {
        if !is_proven(run, id, column.number, dropped) {
            run.work(WorkKind::Scan, id, "NOT NULL is checked on every row: no valid CHECK proves it");
        }
        imply(run, id, column.number)?;
    }
    run.change(format!("sets {shown}.{name} NOT NULL"));
    for child in run.schema.children_of(id) {
        if run.table_of(child)?.column(name).is_some_and(|own| !own.not_null) {
            set(run, child, name, dropped)?;
        }
    }
    Ok(())
}

/// ALTER COLUMN … DROP NOT NULL. 42P16 when the column is in a primary key or an identity column.
pub(super) fn drop(run: &mut Run, id: Id, name: &Name) -> Result<(), PgError> {
    let column = run.column(id, name)?;
    let relation = run.get(id)?;
    let (relation_name, shown) = (relation.name.clone(), relation.display_name());
    if column.identity.is_some() {
        return Err(PgError::new(
            "42601",
            format!("column \"{name}\" of relation \"{relation_name}\" is an identity column"),
        ));
    }
    if column::in_primary_key(run, id, column.number) {
        return Err(PgError::new("42P16", format!("column \"{name}\" is in a primary key")));
    }
    let inherited = run
        .table_of(id)?
        .constraints
        .iter()
        .any(|own| own.kind == ConstraintKind::NotNull(column.number) && own.inherited);
    if inherited && run.version() >= 18 {
        return Err(PgError::new(
            "42P16",
            format!(
                "cannot drop inherited constraint \"{relation_name}_{name}_not_null\" of relation \"{relation_name}\""
            ),
        ));
    }
    let mut everywhere = vec![id];
    everywhere.extend(run.schema.descendants_of(id));
    for table in everywhere {
        let Some(number) = run.table_of(table)?.column(name).map(|own| own.number) else { continue };
        set_flag(run, table, number, false);
        run.change_table(table, |table| {
            table.constraints.retain(|own| own.kind != ConstraintKind::NotNull(number))
        });
    }
    run.change(format!("lets {shown}.{name} be NULL"));
    Ok(())
}

fn set_flag(run: &mut Run, id: Id, number: i16, not_null: bool) {
    run.change_table(id, |table| {
        if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
            column.not_null = not_null;
        }
    });
}

/// Does a valid CHECK prove that the column holds no NULL? Source: `NotNullImpliedByRelConstraints` in `tablecmds.c`.
pub(super) fn is_proven(run: &Run, id: Id, number: i16, dropped: &[Name]) -> bool {
    let Ok(table) = run.table_of(id) else { return false };
    let name = table.column_name(number);
    table.constraints.iter().any(|own| match &own.kind {
        ConstraintKind::Check(expression, _) => {
            own.validated && !dropped.contains(&own.name) && proves(&expression.node, &name)
        }
        _ => false,
    })
}

/// Can the condition not be true while the column is NULL, in a form that the server's prover sees?
pub(super) fn proves(condition: &Node, column: &Name) -> bool {
    let is_column = |node: &Node| matches!(node, Node::Column(path) if path.last() == Some(column));
    match condition {
        Node::IsNull { operand, negated: true } => is_column(operand),
        Node::Not(inner) => {
            matches!(&**inner, Node::IsNull { operand, negated: false } if is_column(operand))
        }
        Node::IsDistinctFrom(left, right) => {
            (is_column(left) && right.is_null()) || (is_column(right) && left.is_null())
        }
        Node::And(parts) => parts.iter().any(|part| proves(part, column)),
        _ => false,
    }
}

/// A column that something else makes NOT NULL: a primary key, serial, identity.
pub(super) fn imply(run: &mut Run, id: Id, number: i16) -> Result<(), PgError> {
    let table_name = run.get(id)?.name.clone();
    let column = run.table_of(id)?.column_name(number);
    let has_one = run.table_of(id)?.constraints.iter().any(|c| c.kind == ConstraintKind::NotNull(number));
    if !has_one {
        let constraint_name =
            constraint::free_constraint_name(run, id, &table_name, Some(&column), "not_null");
        constraint::put(
            run,
            id,
            Constraint {
                name: constraint_name,
                kind: ConstraintKind::NotNull(number),
                validated: true,
                enforced: true,
                deferrable: false,
                initially_deferred: false,
                no_inherit: false,
                inherited: false,
            },
        );
    }
    run.change_table(id, |table| {
        if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
            column.not_null = true;
        }
    });
    Ok(())
}
