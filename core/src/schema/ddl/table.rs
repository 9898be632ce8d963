//! Tables, but for the parts that have a file of their own.

use super::super::{Column, Constraint, ConstraintKind, Origin, Relation, Schema, Table};
use super::Belongings;
use super::column::{
    column_definition, column_parts, column_settings, not_null_name, overrides, parent_column,
};
use super::constraint::constraint_definition;
use super::partition::{follows_parents, partition_bound, partition_key};
use super::relation::is_made_by_column;
use super::write::{aligned, clauses, option_list};
use crate::sorted;
use crate::sql::command::{Persistence, ReplicaIdentity};
use crate::sql::quote_identifier;

/// The statements that make one table.
#[derive(Default)]
pub(super) struct CreateTable {
    /// CREATE TABLE; none for a table that is only assumed.
    pub create: Option<String>,
    /// What CREATE TABLE cannot say.
    pub alter: Vec<String>,
    /// The table is made on its own first and gets its own copies of what its parents' keys and indexes demand.
    pub alone: bool,
    /// What has to wait for its indexes: ATTACH PARTITION, INHERIT, CLUSTER ON, REPLICA IDENTITY.
    pub behind_indexes: Vec<String>,
}

/// CREATE TABLE with all but foreign keys, indexes and what fires or filters.
pub(super) fn create(
    schema: &Schema,
    relation: &Relation,
    table: &Table,
    belongings: &Belongings,
) -> CreateTable {
    if relation.presumed {
        return CreateTable {
            alter: additions(schema, relation, table),
            behind_indexes: cluster_and_replication(schema, relation, table),
            ..CreateTable::default()
        };
    }
    let alone = !table.parents.is_empty() && !follows_parents(schema, relation, table, belongings);
    let mut behind_indexes = cluster_and_replication(schema, relation, table);
    if alone {
        let name = relation.sql_name();
        for parent in &table.parents {
            let parent = schema.sql_name(*parent);
            behind_indexes.push(match &table.bound {
                Some(bound) => {
                    format!("ALTER TABLE {parent} ATTACH PARTITION {name} {};", partition_bound(bound))
                }
                None => format!("ALTER TABLE {name} INHERIT {parent};"),
            });
        }
    }
    CreateTable {
        create: Some(create_statement(schema, relation, table, alone)),
        alter: alterations(schema, relation, table, belongings, alone),
        alone,
        behind_indexes,
    }
}

fn create_statement(schema: &Schema, relation: &Relation, table: &Table, alone: bool) -> String {
    let kind = match (table.foreign_server.is_some(), relation.persistence) {
        (true, _) => "FOREIGN TABLE",
        (_, Persistence::Temporary) => "TEMPORARY TABLE",
        (_, Persistence::Unlogged) => "UNLOGGED TABLE",
        _ => "TABLE",
    };
    let known_parents =
        table.parents.iter().all(|id| schema.relation(*id).is_some_and(|r| r.origin != Origin::Assumed));
    let note = if relation.origin == Origin::Assumed && known_parents {
        "-- It has more columns than are known.\n"
    } else {
        ""
    };
    let mut text = format!("{note}CREATE {kind} {}", relation.sql_name());
    let parents: Vec<_> = if alone { Vec::new() } else { table.parents.clone() };
    let is_partition = !parents.is_empty() && table.bound.is_some();
    if is_partition {
        text += &format!(" PARTITION OF {}", schema.sql_name(parents[0]));
    }
    let own_columns = table.columns.iter().filter(|column| alone || column.local || parents.is_empty());
    let rows: Vec<_> = own_columns.map(|column| column_parts(schema, relation, column)).collect();
    let mut elements = aligned(&rows);
    let mut constraints: Vec<&Constraint> = table.constraints.iter().collect();
    sorted::sort_by_key(&mut constraints, |constraint| place(&constraint.kind));
    for constraint in constraints {
        if is_inline(schema, table, constraint) && (alone || parents.is_empty() || constraint.local) {
            let name = quote_identifier(&constraint.name);
            elements
                .push(format!("CONSTRAINT {name} {}", constraint_definition(schema, relation, constraint)));
        }
    }
    if !elements.is_empty() {
        text += &format!(" (\n    {}\n)", elements.join(",\n    "));
    } else if !is_partition {
        text += " ()";
    }
    let mut tail = Vec::new();
    match &table.bound {
        Some(bound) if is_partition => tail.push(partition_bound(bound)),
        _ if !parents.is_empty() => {
            let parents: Vec<_> = parents.iter().map(|parent| schema.sql_name(*parent)).collect();
            tail.push(format!("INHERITS ({})", parents.join(", ")));
        }
        _ => {}
    }
    if let Some(server) = &table.foreign_server {
        tail.push(format!("SERVER {}", quote_identifier(server)));
    }
    if let Some(partition_by) = &table.partition_by {
        tail.push(format!("PARTITION BY {}", partition_key(partition_by)));
    }
    if let Some(method) = &table.access_method {
        tail.push(format!("USING {}", quote_identifier(method)));
    }
    if !relation.options.is_empty() {
        tail.push(format!("WITH ({})", option_list(&relation.options)));
    }
    if let Some(tablespace) = &relation.tablespace {
        tail.push(format!("TABLESPACE {}", quote_identifier(tablespace)));
    }
    // Behind the closing parenthesis the clauses share its line.
    let text = if elements.is_empty() {
        clauses(text, &tail)
    } else {
        tail.iter().fold(text, |text, clause| text + " " + clause)
    };
    text + ";"
}

/// What has to be said once the table is there.
fn alterations(
    schema: &Schema,
    relation: &Relation,
    table: &Table,
    belongings: &Belongings,
    alone: bool,
) -> Vec<String> {
    let mut statements = Vec::new();
    for column in &table.columns {
        let inherited =
            if alone || !column.inherited { None } else { parent_column(schema, table, &column.name) };
        if let Some(inherited) = inherited {
            statements.extend(overrides(schema, relation, column, inherited));
        }
        statements.extend(column_settings(relation, column, inherited));
    }
    for constraint in &table.constraints {
        let inherited = constraint.inherited && !alone && !table.parents.is_empty();
        if !inherited
            && !is_inline(schema, table, constraint)
            && needs_alter(relation, table, constraint, alone)
        {
            statements.push(add_constraint(schema, relation, constraint));
        }
    }
    for sequence in belongings.sequences(schema, relation.id) {
        let owner = sequence.sequence().and_then(|own| table.numbered(own.owned_by?.1));
        if let Some(column) = owner
            && !is_made_by_column(schema, sequence)
        {
            let owner = format!("{}.{}", relation.sql_name(), quote_identifier(&column.name));
            statements.push(format!("ALTER SEQUENCE {} OWNED BY {owner};", sequence.sql_name()));
        }
    }
    statements
}

/// Where a constraint stands among those of its table when written by hand.
fn place(kind: &ConstraintKind) -> u8 {
    match kind {
        ConstraintKind::PrimaryKey(_) => 0,
        ConstraintKind::Unique(_) => 1,
        ConstraintKind::Exclude(..) => 2,
        ConstraintKind::NotNull(_) | ConstraintKind::Check(..) => 3,
        ConstraintKind::ForeignKey(_) => 4,
    }
}

/// CREATE TABLE writes these in its parentheses; foreign keys come last, and what is not valid must be added to the table.
fn is_inline(schema: &Schema, table: &Table, constraint: &Constraint) -> bool {
    match constraint.kind {
        ConstraintKind::NotNull(_) | ConstraintKind::ForeignKey(_) => false,
        // Of two keys on the same columns in one CREATE TABLE the server makes one.
        ConstraintKind::Unique(_) if repeats_a_key(schema, table, constraint) => false,
        _ => constraint.validated || !constraint.enforced,
    }
}

/// Is there another key on the same columns that is written before this one?
fn repeats_a_key(schema: &Schema, table: &Table, constraint: &Constraint) -> bool {
    let index = |constraint: &Constraint| schema.relation(constraint.kind.index()?)?.index().cloned();
    let Some(own) = index(constraint) else { return false };
    let before = |other: &&Constraint| {
        (place(&other.kind), other.kind.index()) < (place(&constraint.kind), constraint.kind.index())
    };
    let others = table.constraints.iter().filter(before);
    others.filter_map(index).any(|other| other.keys == own.keys && other.include == own.include)
}

/// Of the constraints that are not in CREATE TABLE's list: does it take an ALTER TABLE here?
fn needs_alter(relation: &Relation, table: &Table, constraint: &Constraint, alone: bool) -> bool {
    match &constraint.kind {
        ConstraintKind::ForeignKey(_) => false,
        ConstraintKind::NotNull(number) => match table.numbered(*number) {
            // The column's own definition says it …
            Some(column)
                if !relation.presumed && (alone || !column.inherited || table.parents.is_empty()) =>
            {
                !constraint.validated
            }
            // … unless the column is the parent's.
            _ => true,
        },
        _ => true,
    }
}

/// What the history added to a table that it did not create.
fn additions(schema: &Schema, relation: &Relation, table: &Table) -> Vec<String> {
    let name = relation.sql_name();
    let mut statements = Vec::new();
    for column in &table.columns {
        if column.origin == Origin::Assumed {
            let assumed = Column {
                default: None,
                identity: None,
                not_null: false,
                statistics: None,
                storage: None,
                compression: None,
                ..column.clone()
            };
            statements.extend(overrides(schema, relation, column, &assumed));
        } else {
            statements.push(format!(
                "ALTER TABLE {name} ADD COLUMN {};",
                column_definition(schema, relation, column)
            ));
        }
        statements.extend(column_settings(relation, column, None));
    }
    for constraint in &table.constraints {
        let of_created_column = match constraint.kind {
            ConstraintKind::NotNull(number) => {
                table.numbered(number).is_some_and(|c| c.origin != Origin::Assumed)
            }
            _ => false,
        };
        let is_foreign_key = matches!(constraint.kind, ConstraintKind::ForeignKey(_));
        if !constraint.inherited && !is_foreign_key && (!of_created_column || !constraint.validated) {
            statements.push(add_constraint(schema, relation, constraint));
        }
    }
    statements
}

/// ALTER TABLE … ADD CONSTRAINT, or SET NOT NULL where that says the same.
pub(crate) fn add_constraint(schema: &Schema, relation: &Relation, constraint: &Constraint) -> String {
    let table = relation.sql_name();
    if let ConstraintKind::NotNull(number) = constraint.kind
        && constraint.validated
        && !constraint.no_inherit
        && let Some(column) = relation.table().and_then(|table| table.numbered(number))
        && constraint.name == not_null_name(relation, column)
    {
        return format!("ALTER TABLE {table} ALTER COLUMN {} SET NOT NULL;", quote_identifier(&column.name));
    }
    let name = quote_identifier(&constraint.name);
    let definition = constraint_definition(schema, relation, constraint);
    clauses(format!("ALTER TABLE {table}"), &[format!("ADD CONSTRAINT {name} {definition};")])
}

/// Foreign keys, each an ALTER TABLE.
pub(super) fn foreign_keys(schema: &Schema, relation: &Relation) -> Vec<String> {
    let Some(table) = relation.table() else { return Vec::new() };
    let own = table.constraints.iter().filter(|constraint| {
        matches!(constraint.kind, ConstraintKind::ForeignKey(_))
            && (!constraint.inherited || table.parents.is_empty())
    });
    own.map(|constraint| add_constraint(schema, relation, constraint)).collect()
}

/// CLUSTER ON and REPLICA IDENTITY.
fn cluster_and_replication(schema: &Schema, relation: &Relation, table: &Table) -> Vec<String> {
    let name = relation.sql_name();
    let mut statements = Vec::new();
    if let Some(index) = table.cluster_on.and_then(|id| schema.relation(id)) {
        statements.push(format!("ALTER TABLE {name} CLUSTER ON {};", quote_identifier(&index.name)));
    }
    if table.replica_identity != ReplicaIdentity::Default {
        statements.push(format!(
            "ALTER TABLE {name} REPLICA IDENTITY {};",
            replica_identity(&table.replica_identity)
        ));
    }
    statements
}

/// FULL, NOTHING, USING INDEX …
pub(in crate::schema) fn replica_identity(identity: &ReplicaIdentity) -> String {
    match identity {
        ReplicaIdentity::Default => "DEFAULT".to_owned(),
        ReplicaIdentity::Full => "FULL".to_owned(),
        ReplicaIdentity::Nothing => "NOTHING".to_owned(),
        ReplicaIdentity::Index(index) => format!("USING INDEX {}", quote_identifier(index)),
    }
}
