//! Columns whose values are computed: generated from others, or numbered by a sequence.

use super::not_null;
use crate::schema::naming;
use crate::schema::{
    BaseType, Constraint, ConstraintKind, DataType, Id, Relation, RelationKind, Sequence, TypeKind,
};
use crate::simulate::analyze::Names;
use crate::simulate::error::no_column;
use crate::simulate::expression::{self, Place};
use crate::simulate::run::{Run, is_system_column, new_relation};
use crate::simulate::sequence;
use crate::simulate::{PgError, WorkKind};
use crate::sql::command::{Identity, Persistence, SequenceOptions, Volatility};
use crate::sql::{Expression, Name, Node, QualifiedName};

/// Why an identity column cannot be of any other type.
pub(super) const IDENTITY_TYPE: &str = "identity column type must be smallint, integer, or bigint";

/// Can a sequence number a column of that type? An unknown one may.
pub(super) fn numbers(run: &Run, data_type: &DataType) -> bool {
    let base = run.schema.base_type(data_type);
    match base.base {
        BaseType::BuiltIn(known) => !base.array && matches!(known, "int2" | "int4" | "int8"),
        BaseType::User(id) => run.schema.user_type(id).is_none_or(|found| found.kind == TypeKind::Unknown),
        BaseType::Unknown => true,
        BaseType::Extension(_) | BaseType::Row(_) => false,
    }
}

/// A generation expression: of the table's plain columns, and always the same for the same row.
pub(super) fn check_generation(
    run: &mut Run,
    id: Id,
    name: &Name,
    data_type: &DataType,
    expression: &Expression,
    stored: bool,
) -> Result<(), PgError> {
    let own_type = match data_type.base {
        BaseType::User(id) if !stored => run.schema.user_type(id).map(|found| &found.kind),
        _ => None,
    };
    match own_type {
        Some(TypeKind::Domain(_)) => {
            let message = format!("virtual generated column \"{name}\" cannot have a domain type");
            return Err(PgError::new("0A000", message));
        }
        Some(TypeKind::Unknown) | None => {}
        Some(_) => {
            let message = format!("virtual generated column \"{name}\" cannot have a user-defined type");
            return Err(PgError::new("0A000", message));
        }
    }
    for name in expression.node.columns() {
        if is_system_column(&name) && &*name != "tableoid" {
            let message = format!("cannot use system column \"{name}\" in column generation expression");
            return Err(PgError::new("42P10", message));
        }
        if run.table_of(id)?.column(&name).is_some_and(|column| column.generated.is_some()) {
            return Err(PgError::new(
                "42P17",
                format!("cannot use generated column \"{name}\" in column generation expression"),
            )
            .with_hint("A generated column cannot reference another generated column."));
        }
    }
    let table = run.get(id)?;
    let is_row =
        |name: &Name| *name == table.name && run.table_of(id).is_ok_and(|t| t.column(name).is_none());
    if expression.node.columns().iter().any(is_row) {
        let message = "cannot use whole-row variable in column generation expression";
        return Err(PgError::new("42P17", message)
            .with_hint("This would cause the generated column to depend on its own value."));
    }
    run.expression_columns(id, &expression.node)?;
    let names = Names::Relation(id);
    let analysis = expression::value_for(run, &expression.node, Place::Generated, names, name, data_type)?;
    if analysis.seen.volatility.0 != Volatility::Immutable {
        return Err(PgError::new("42P17", "generation expression is not immutable"));
    }
    let used = &analysis.used;
    let what = match () {
        () if stored => return Ok(()),
        () if !used.functions.is_empty() || !used.extensions.is_empty() => "function",
        () if !used.types.is_empty() => "type",
        () => return Ok(()),
    };
    Err(PgError::new("0A000", format!("generation expression uses user-defined {what}")).with_hint(
        "Virtual generated columns that make use of user-defined functions or types are not yet supported.",
    ))
}

/// 42P16, from PostgreSQL 17 on, for the identity of a partition's column: it is the partitioned table's.
pub(super) fn not_of_part(run: &Run, id: Id, action: &str, only: bool) -> Result<(), PgError> {
    let table = run.table_of(id)?;
    let part = match table.bound {
        Some(_) => "a partition",
        None if only && table.is_partitioned() => "only the partitioned table",
        None => return Ok(()),
    };
    match run.version() {
        ..17 => Ok(()),
        _ => Err(PgError::new("42P16", format!("cannot {action} of {part}"))),
    }
}

/// Gives a column, and from PostgreSQL 17 on that of every partition, another identity: ALWAYS or BY DEFAULT.
fn put_identity(run: &mut Run, id: Id, name: &Name, identity: Option<bool>) -> Result<(), PgError> {
    let below = match run.table_of(id)?.is_partitioned() && run.version() >= 17 {
        true => run.schema.descendants_of(id),
        false => Vec::new(),
    };
    for table in std::iter::once(id).chain(below) {
        run.change_table(table, |table| {
            table.column_mut(name).into_iter().for_each(|column| column.identity = identity);
        });
    }
    Ok(())
}

/// ADD GENERATED … AS IDENTITY: 55000 unless the column is NOT NULL.
pub(super) fn add_identity(run: &mut Run, id: Id, name: &Name, identity: &Identity) -> Result<(), PgError> {
    let column = run.column(id, name)?;
    let relation = run.get(id)?;
    let (relation_name, shown) = (relation.name.clone(), relation.display_name());
    if !numbers(run, &column.data_type) {
        return Err(PgError::new("22023", IDENTITY_TYPE));
    }
    if column.identity.is_some() {
        let message =
            format!("column \"{name}\" of relation \"{relation_name}\" is already an identity column");
        return Err(PgError::new("55000", message));
    }
    if column.default.is_some() {
        let message =
            format!("column \"{name}\" of relation \"{relation_name}\" already has a default value");
        return Err(PgError::new("55000", message));
    }
    if !column.not_null && !run.is_assumed(id) {
        let message = format!(
            "column \"{name}\" of relation \"{relation_name}\" must be declared NOT NULL before identity can be added"
        );
        return Err(PgError::new("55000", message));
    }
    let is_not_null = |own: &&Constraint| own.kind == ConstraintKind::NotNull(column.number);
    if let Some(own) = run.table_of(id)?.constraints.iter().find(is_not_null).filter(|_| run.version() >= 18)
    {
        not_null::compatible(run, id, own, own.no_inherit, false)?;
    }
    put_identity(run, id, name, Some(identity.always))?;
    run.change_table(id, |table| {
        table.column_mut(name).into_iter().for_each(|column| column.not_null = true);
    });
    identity_sequence(run, id, column.number, &identity.options)?;
    run.change(format!("makes {shown}.{name} an identity column"));
    Ok(())
}

/// SET GENERATED and the sequence options of an identity column.
pub(super) fn set_identity(
    run: &mut Run,
    id: Id,
    name: &Name,
    always: Option<bool>,
    options: &SequenceOptions,
) -> Result<(), PgError> {
    let column = run.column(id, name)?;
    let relation_name = run.get(id)?.name.clone();
    if column.identity.is_none() && !run.is_assumed(id) {
        return Err(PgError::new(
            "55000",
            format!("column \"{name}\" of relation \"{relation_name}\" is not an identity column"),
        ));
    }
    if options.name.is_some() {
        return Err(PgError::new("42601", "invalid sequence option SEQUENCE NAME"));
    }
    if always.is_some() {
        put_identity(run, id, name, always)?;
    }
    if let Some(sequence) = column.sequence {
        sequence::change(run, sequence, options)?;
    }
    run.change(format!("changes the identity of {}.{name}", run.schema.display_name(id)));
    Ok(())
}

/// DROP IDENTITY.
pub(super) fn drop_identity(run: &mut Run, id: Id, name: &Name, if_exists: bool) -> Result<(), PgError> {
    let column = run.column(id, name)?;
    let relation_name = run.get(id)?.name.clone();
    if column.identity.is_none() && !run.is_assumed(id) {
        if if_exists {
            return Ok(());
        }
        return Err(PgError::new(
            "55000",
            format!("column \"{name}\" of relation \"{relation_name}\" is not an identity column"),
        ));
    }
    if let Some(sequence) = column.sequence {
        run.schema.remove_relation(sequence);
    }
    put_identity(run, id, name, None)?;
    run.change_table(id, |table| {
        table.column_mut(name).into_iter().for_each(|column| column.sequence = None);
    });
    run.change(format!("drops the identity of {}.{name}", run.schema.display_name(id)));
    Ok(())
}

/// SET EXPRESSION (PostgreSQL 17 on) and DROP EXPRESSION of a generated column.
pub(super) fn set_expression(
    run: &mut Run,
    id: Id,
    name: &Name,
    expression: Option<&Expression>,
    only: bool,
) -> Result<(), PgError> {
    let below = run.schema.descendants_of(id);
    if only && expression.is_none() && !below.is_empty() {
        let message = "ALTER TABLE / DROP EXPRESSION must be applied to child tables too";
        return Err(PgError::new("0A000", message));
    }
    let column = run.column(id, name)?;
    if expression.is_none() && column.inherited {
        let message = "cannot drop generation expression from inherited column";
        return Err(PgError::new("42P16", message));
    }
    let relation_name = run.get(id)?.name.clone();
    let Some((_, stored)) = column.generated else {
        if run.is_assumed(id) {
            return Ok(());
        }
        let message = format!("column \"{name}\" of relation \"{relation_name}\" is not a generated column");
        return Err(PgError::new("55000", message));
    };
    if expression.is_some() && run.version() < 17 {
        return Err(PgError::new("42601", "syntax error at or near \"EXPRESSION\"")
            .with_hint("SET EXPRESSION exists from PostgreSQL 17 on."));
    }
    if expression.is_none() && !stored {
        return Err(PgError::new(
            "0A000",
            "ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns",
        ));
    }
    if let Some(expression) = expression {
        let has_check = |own: &Constraint| matches!(own.kind, ConstraintKind::Check(..));
        if !stored && run.table_of(id)?.constraints.iter().any(has_check) {
            let what = "virtual generated columns in tables with check constraints";
            let message = format!("ALTER TABLE / SET EXPRESSION is not supported for {what}");
            return Err(PgError::new("0A000", message));
        }
        check_generation(run, id, name, &column.data_type, expression, stored)?;
    }
    let new = expression.map(|expression| (expression.clone(), stored));
    let below = if only { Vec::new() } else { below };
    for table in std::iter::once(id).chain(below) {
        run.change_table(table, |table| {
            table.column_mut(name).into_iter().for_each(|column| column.generated = new.clone());
        });
        // The rows of a partitioned table are its partitions'.
        if expression.is_some() && stored && !run.table_of(table)?.is_partitioned() {
            run.rewrite(table, "the generated column is computed anew for every row");
        }
        let number = run.column(table, name)?.number;
        let checked =
            run.table_of(table)?.constraints.iter().any(|own| own.kind.own_columns().contains(&number));
        if expression.is_some() && !stored && checked {
            run.work(WorkKind::Scan, table, "constraints on the column are checked on every row");
        }
    }
    run.change(format!("changes the expression of {}.{name}", run.schema.display_name(id)));
    Ok(())
}

/// The sequence of a serial column, and the default that draws from it.
pub(super) fn serial_sequence(run: &mut Run, id: Id, number: i16) -> Result<(), PgError> {
    let sequence = owned_sequence(run, id, number, &SequenceOptions::default(), false)?;
    let (schema, name) = match run.schema.relation(sequence) {
        Some(relation) => (relation.schema.clone(), relation.name.clone()),
        None => return Ok(()),
    };
    let text = crate::sql::quote_literal(&crate::schema::qualified_sql(&schema, &name));
    let node = Node::Function {
        name: QualifiedName::bare("nextval"),
        arguments: vec![Node::Literal(crate::sql::Literal::String(schema_qualified(&schema, &name)))],
    };
    let default = Expression { sql: format!("nextval({text}::regclass)").into(), node };
    run.change_table(id, |table| {
        if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
            column.default = Some(default);
            column.sequence = Some(sequence);
        }
    });
    Ok(())
}

fn schema_qualified(schema: &Name, name: &Name) -> Name {
    crate::sql::name(&format!("{schema}.{name}"))
}

/// The sequence of an identity column.
pub(super) fn identity_sequence(
    run: &mut Run,
    id: Id,
    number: i16,
    options: &SequenceOptions,
) -> Result<(), PgError> {
    let sequence = owned_sequence(run, id, number, options, true)?;
    run.change_table(id, |table| {
        if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
            column.sequence = Some(sequence);
        }
    });
    Ok(())
}

fn owned_sequence(
    run: &mut Run,
    id: Id,
    number: i16,
    options: &SequenceOptions,
    identity: bool,
) -> Result<Id, PgError> {
    let relation: &Relation = run.get(id)?;
    let (namespace, table_name) = (relation.schema.clone(), relation.name.clone());
    let column = run.table_of(id)?.numbered(number).cloned().ok_or_else(|| no_column("?", &table_name))?;
    let name = match &options.name {
        Some(written) => written.name.clone(),
        None => naming::free_name(&table_name, Some(&column.name), "seq", |candidate| {
            run.schema.relation_name_taken(&namespace, candidate)
        }),
    };
    let data_type = crate::sql::name(&run.schema.format_type(&column.data_type));
    let mut made: Sequence = sequence::with_options(options, Some(data_type))?;
    made.owned_by = Some((id, number));
    made.identity = identity;
    let sequence = run.schema.fresh_id();
    // Before PostgreSQL 15 there are no unlogged sequences.
    let persistence = match run.get(id)?.persistence {
        Persistence::Unlogged if run.version() < 15 => Persistence::Permanent,
        of_table => of_table,
    };
    let relation = new_relation(sequence, namespace, name, RelationKind::Sequence(Box::new(made)));
    run.schema.insert_relation(Relation { persistence, ..relation });
    Ok(sequence)
}
