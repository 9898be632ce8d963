//! Tables: columns, constraints, inheritance and partitions.

use super::super::naming::{columns_part, object_name};
use super::super::{
    BaseType, Column, Constraint, ConstraintKind, DataType, ForeignKey, Id, Index, Key, KeyPart, Origin,
    Relation, Rows, Schema, Sequence, Table,
};
use super::Belongings;
use super::relation::{index_tail, is_made_by_column, key_list, lacks_partitions, sequence_options};
use super::write::{aligned, clauses, default_expression, identifiers, key_expression, option_list};
use crate::sql::command::{
    Firing, ForeignKeyAction, IndexKey, PartitionBound, PartitionBy, PartitionStrategy, Persistence,
    ReplicaIdentity,
};
use crate::sql::{Expression, Name, Node, quote_identifier};

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
    if relation.origin == Origin::Assumed {
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
        table.parents.iter().all(|id| schema.relation(*id).is_some_and(|r| !r.may_have_more_columns()));
    let note =
        if table.more_columns && known_parents { "-- It has more columns than are known.\n" } else { "" };
    let mut text = format!("{note}CREATE {kind} {}", relation.sql_name());
    let parents: Vec<_> = if alone { Vec::new() } else { table.parents.clone() };
    let is_partition = !parents.is_empty() && table.bound.is_some();
    if is_partition {
        text += &format!(" PARTITION OF {}", schema.sql_name(parents[0]));
    }
    let own_columns = table.columns.iter().filter(|column| alone || !column.inherited || parents.is_empty());
    let rows: Vec<_> = own_columns.map(|column| column_parts(schema, relation, column)).collect();
    let mut elements = aligned(&rows);
    let mut constraints: Vec<&Constraint> = table.constraints.iter().collect();
    constraints.sort_by_key(|constraint| place(&constraint.kind));
    for constraint in constraints {
        if is_inline(constraint) && (alone || parents.is_empty() || !constraint.inherited) {
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
        if !inherited && !is_inline(constraint) && needs_alter(relation, table, constraint, alone) {
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
fn is_inline(constraint: &Constraint) -> bool {
    match constraint.kind {
        ConstraintKind::NotNull(_) | ConstraintKind::ForeignKey(_) => false,
        _ => constraint.validated || !constraint.enforced,
    }
}

/// Of the constraints that are not in CREATE TABLE's list: does it take an ALTER TABLE here?
fn needs_alter(relation: &Relation, table: &Table, constraint: &Constraint, alone: bool) -> bool {
    match &constraint.kind {
        ConstraintKind::ForeignKey(_) => false,
        ConstraintKind::NotNull(number) => match table.numbered(*number) {
            // The column's own definition says it …
            Some(column)
                if relation.origin != Origin::Assumed
                    && (alone || !column.inherited || table.parents.is_empty()) =>
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
fn add_constraint(schema: &Schema, relation: &Relation, constraint: &Constraint) -> String {
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

/// The first parent's column of that name.
fn parent_column<'a>(schema: &'a Schema, table: &Table, column: &str) -> Option<&'a Column> {
    table.parents.iter().find_map(|parent| schema.relation(*parent)?.table()?.column(column))
}

/// Where a child's inherited column differs from its parent's.
fn overrides(schema: &Schema, relation: &Relation, own: &Column, theirs: &Column) -> Vec<String> {
    let alter = format!("ALTER TABLE {} ALTER COLUMN {}", relation.sql_name(), quote_identifier(&own.name));
    let mut statements = Vec::new();
    match (&own.generated, &theirs.generated) {
        (Some((own, _)), Some((theirs, _))) if own.sql != theirs.sql => {
            statements.push(format!("{alter} SET EXPRESSION AS ({});", own.sql));
        }
        _ => {}
    }
    let default = default_text(schema, own);
    if own.default != theirs.default && default != default_text(schema, theirs) {
        statements.push(match default {
            Some(default) => format!("{alter} SET DEFAULT {default};"),
            None => format!("{alter} DROP DEFAULT;"),
        });
    }
    if own.identity != theirs.identity
        && let Some(identity) = identity_text(schema, relation, own)
    {
        statements.push(format!("{alter} ADD {identity};"));
    }
    let has_constraint = not_null_constraint(relation, own).is_some();
    if own.not_null && !theirs.not_null && !has_constraint {
        statements.push(format!("{alter} SET NOT NULL;"));
    }
    statements
}

/// SET STATISTICS, STORAGE and COMPRESSION: what a column's definition cannot say in every version.
/// Nothing is said that the parent's column says already.
pub fn column_settings(relation: &Relation, column: &Column, parent: Option<&Column>) -> Vec<String> {
    let alter =
        format!("ALTER TABLE {} ALTER COLUMN {}", relation.sql_name(), quote_identifier(&column.name));
    let mut statements = Vec::new();
    if let Some(target) = column.statistics {
        statements.push(format!("{alter} SET STATISTICS {target};"));
    }
    if let Some(storage) = &column.storage
        && parent.is_none_or(|parent| parent.storage.as_ref() != Some(storage))
    {
        statements.push(format!("{alter} SET STORAGE {};", storage.to_uppercase()));
    }
    if let Some(method) = &column.compression
        && parent.is_none_or(|parent| parent.compression.as_ref() != Some(method))
    {
        statements.push(format!("{alter} SET COMPRESSION {};", quote_identifier(method)));
    }
    statements
}

/// A column as CREATE TABLE and ADD COLUMN define it: `total numeric(10,2) NOT NULL DEFAULT 0`.
pub fn column_definition(schema: &Schema, relation: &Relation, column: &Column) -> String {
    let [name, data_type, rest] = column_parts(schema, relation, column);
    let separator = if rest.is_empty() { "" } else { " " };
    format!("{name} {data_type}{separator}{rest}")
}

/// All that a column is, behind its name, in one line: also what takes statements of their own to say.
pub(in crate::schema) fn column_state(schema: &Schema, relation: &Relation, column: &Column) -> String {
    let [_, mut text, rest] = column_parts(schema, relation, column);
    if column.data_type.base == BaseType::Unknown {
        text = "of an unknown type".to_owned();
    }
    let mut say = |part: String| {
        text.push(' ');
        text += &part;
    };
    if !rest.is_empty() {
        say(rest);
    }
    if let Some(constraint) = not_null_constraint(relation, column).filter(|constraint| !constraint.validated)
    {
        say(format!("CONSTRAINT {} NOT NULL NOT VALID", quote_identifier(&constraint.name)));
    }
    if let Some(target) = column.statistics {
        say(format!("STATISTICS {target}"));
    }
    if let Some(storage) = &column.storage {
        say(format!("STORAGE {}", storage.to_uppercase()));
    }
    if let Some(method) = &column.compression {
        say(format!("COMPRESSION {method}"));
    }
    text
}

fn column_parts(schema: &Schema, relation: &Relation, column: &Column) -> [String; 3] {
    let serial = serial_name(schema, relation, column);
    let data_type = match serial {
        Some(serial) => serial.to_owned(),
        None => type_text(schema, &column.data_type),
    };
    let mut rest = Vec::new();
    if let Some(collation) = &column.collation {
        rest.push(format!("COLLATE {collation}"));
    }
    let identity = identity_text(schema, relation, column);
    rest.extend(not_null_text(relation, column, serial.is_some() || identity.is_some()));
    if serial.is_none() {
        rest.extend(default_text(schema, column).map(|default| format!("DEFAULT {default}")));
    }
    if let Some((expression, stored)) = &column.generated {
        let kind = if *stored { "STORED" } else { "VIRTUAL" };
        rest.push(format!("GENERATED ALWAYS AS ({}) {kind}", expression.sql));
    }
    rest.extend(identity);
    [quote_identifier(&column.name), data_type, rest.join(" ")]
}

/// The type; one that is not known is `text`, and says so.
fn type_text(schema: &Schema, data_type: &DataType) -> String {
    match data_type.base {
        BaseType::Unknown => "text /* the type is not known */".to_owned(),
        _ => schema.format_type(data_type),
    }
}

/// NOT NULL, with its constraint's name where that is not the one PostgreSQL would give. Since PostgreSQL 18
/// these constraints are in the catalog; a constraint that is not valid yet cannot be written at the column.
fn not_null_text(relation: &Relation, column: &Column, implied: bool) -> Option<String> {
    if !column.not_null {
        return None;
    }
    let Some(constraint) = not_null_constraint(relation, column) else {
        return (!implied).then(|| "NOT NULL".to_owned());
    };
    if !constraint.validated {
        return None;
    }
    let inherit = if constraint.no_inherit { " NO INHERIT" } else { "" };
    if constraint.name != not_null_name(relation, column) {
        Some(format!("CONSTRAINT {} NOT NULL{inherit}", quote_identifier(&constraint.name)))
    } else if implied && inherit.is_empty() {
        None
    } else {
        Some(format!("NOT NULL{inherit}"))
    }
}

fn not_null_constraint<'a>(relation: &'a Relation, column: &Column) -> Option<&'a Constraint> {
    let is_its =
        |c: &&Constraint| matches!(c.kind, ConstraintKind::NotNull(number) if number == column.number);
    relation.table()?.constraints.iter().find(is_its)
}

fn not_null_name(relation: &Relation, column: &Column) -> Name {
    object_name(&relation.name, Some(&column.name), "not_null")
}

/// The default; that of a column with a sequence of its own names the sequence as it is called now.
fn default_text(schema: &Schema, column: &Column) -> Option<String> {
    let default = column.default.as_ref()?;
    match column.sequence.and_then(|id| schema.relation(id)) {
        Some(sequence) if column.identity.is_none() && calls_nextval(default) => {
            Some(format!("nextval({}::regclass)", crate::sql::quote_literal(&sequence.sql_name())))
        }
        _ => Some(default_expression(default)),
    }
}

fn calls_nextval(expression: &Expression) -> bool {
    matches!(&expression.node, Node::Function { name, .. } if &*name.name == "nextval")
}

/// `GENERATED ALWAYS AS IDENTITY` with what its sequence does not have by default.
fn identity_text(schema: &Schema, relation: &Relation, column: &Column) -> Option<String> {
    let kind = if column.identity? { "ALWAYS" } else { "BY DEFAULT" };
    if column.inherited && column.sequence.is_none() {
        // A partition draws from its parent's sequence, and gets the identity from it.
        return None;
    }
    let mut text = format!("GENERATED {kind} AS IDENTITY");
    let Some(sequence) = column.sequence.and_then(|id| schema.relation(id)) else { return Some(text) };
    let mut options = Vec::new();
    if sequence.name != sequence_name(relation, column) || sequence.schema != relation.schema {
        options.push(format!("SEQUENCE NAME {}", sequence.sql_name()));
    }
    if let Some(own) = sequence.sequence() {
        options.extend(sequence_options(own, sequence_type(&column.data_type)));
    }
    if !options.is_empty() {
        text += &format!(" ({})", options.join(" "));
    }
    Some(text)
}

fn sequence_name(relation: &Relation, column: &Column) -> Name {
    object_name(&relation.name, Some(&column.name), "seq")
}

/// The type of the sequence that PostgreSQL makes for a column of that type.
fn sequence_type(data_type: &DataType) -> &'static str {
    match data_type.base {
        BaseType::BuiltIn("int2") => "smallint",
        BaseType::BuiltIn("int4") => "integer",
        _ => "bigint",
    }
}

/// `serial` and its kin, where everything about the column and its sequence is as they would make it.
pub(super) fn serial_name(schema: &Schema, relation: &Relation, column: &Column) -> Option<&'static str> {
    let serial = match column.data_type.base {
        BaseType::BuiltIn("int2") => "smallserial",
        BaseType::BuiltIn("int4") => "serial",
        BaseType::BuiltIn("int8") => "bigserial",
        _ => return None,
    };
    let made_by_it = schema.relation(column.sequence?)?;
    let sequence: &Sequence = made_by_it.sequence()?;
    let same = !column.data_type.array
        && column.identity.is_none()
        && column.not_null
        && column.default.as_ref().is_some_and(calls_nextval)
        && !sequence.identity
        && sequence.owned_by == Some((relation.id, column.number))
        && made_by_it.schema == relation.schema
        && made_by_it.name == sequence_name(relation, column)
        && sequence.data_type == sequence_type(&column.data_type).into()
        && sequence_options(sequence, &sequence.data_type).is_empty();
    same.then_some(serial)
}

/// A constraint behind `CONSTRAINT name`, as `pg_get_constraintdef` writes it.
pub fn constraint_definition(schema: &Schema, relation: &Relation, constraint: &Constraint) -> String {
    let table = relation.table();
    let column = |number: &i16| table.map_or_else(|| Name::from("?"), |table| table.column_name(*number));
    let columns = |numbers: &[i16]| identifiers(&numbers.iter().map(column).collect::<Vec<_>>());
    let mut text = match &constraint.kind {
        ConstraintKind::NotNull(number) => format!("NOT NULL {}", columns(&[*number])),
        ConstraintKind::Check(condition, _) => format!("CHECK ({})", condition.sql),
        ConstraintKind::Unique(index) => key_text(schema, relation, "UNIQUE", *index),
        ConstraintKind::PrimaryKey(index) => key_text(schema, relation, "PRIMARY KEY", *index),
        ConstraintKind::Exclude(index, operators) => exclude_text(schema, relation, *index, operators),
        ConstraintKind::ForeignKey(key) => foreign_key_text(schema, key, &columns),
    };
    if constraint.no_inherit {
        text += " NO INHERIT";
    }
    if constraint.deferrable {
        text += " DEFERRABLE";
    }
    if constraint.initially_deferred {
        text += " INITIALLY DEFERRED";
    }
    if !constraint.enforced {
        text += " NOT ENFORCED";
    } else if !constraint.validated {
        text += " NOT VALID";
    }
    text
}

fn key_text(schema: &Schema, relation: &Relation, kind: &str, index: Id) -> String {
    let Some((backing, index)) = schema.relation(index).and_then(|r| Some((r, r.index()?))) else {
        return format!("{kind} (?)");
    };
    let distinct = if index.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    format!(
        "{kind}{distinct} ({}){}",
        key_list(relation, index, &[]),
        index_tail(relation, backing, index, true)
    )
}

fn exclude_text(schema: &Schema, relation: &Relation, index: Id, operators: &[Name]) -> String {
    let Some((backing, index)) = schema.relation(index).and_then(|r| Some((r, r.index()?))) else {
        return "EXCLUDE (?)".to_owned();
    };
    let method = quote_identifier(&index.method);
    let mut text = format!("EXCLUDE USING {method} ({})", key_list(relation, index, operators));
    text += &index_tail(relation, backing, index, true);
    if let Some((condition, _)) = &index.predicate {
        text += &format!(" WHERE ({})", condition.sql);
    }
    text
}

fn foreign_key_text(schema: &Schema, key: &ForeignKey, columns: &dyn Fn(&[i16]) -> String) -> String {
    let mut text =
        format!("FOREIGN KEY ({}) REFERENCES {}", columns(&key.columns), schema.sql_name(key.references));
    let referenced = schema.relation(key.references).and_then(|relation| relation.table());
    if let Some(referenced) = referenced
        && !key.referenced_columns.is_empty()
    {
        let names: Vec<_> =
            key.referenced_columns.iter().map(|number| referenced.column_name(*number)).collect();
        text += &format!(" ({})", identifiers(&names));
    }
    if key.match_full {
        text += " MATCH FULL";
    }
    if let Some(action) = action_text(key.on_update) {
        text += &format!(" ON UPDATE {action}");
    }
    if let Some(action) = action_text(key.on_delete) {
        text += &format!(" ON DELETE {action}");
        if !key.on_delete_columns.is_empty() {
            text += &format!(" ({})", columns(&key.on_delete_columns));
        }
    }
    text
}

fn action_text(action: ForeignKeyAction) -> Option<&'static str> {
    match action {
        ForeignKeyAction::NoAction => None,
        ForeignKeyAction::Restrict => Some("RESTRICT"),
        ForeignKeyAction::Cascade => Some("CASCADE"),
        ForeignKeyAction::SetNull => Some("SET NULL"),
        ForeignKeyAction::SetDefault => Some("SET DEFAULT"),
    }
}

/// `RANGE (created_at)`.
pub(in crate::schema) fn partition_key(partition_by: &PartitionBy) -> String {
    let strategy = match partition_by.strategy {
        PartitionStrategy::Range => "RANGE",
        PartitionStrategy::List => "LIST",
        PartitionStrategy::Hash => "HASH",
    };
    let keys: Vec<_> = partition_by
        .keys
        .iter()
        .map(|element| {
            let mut text = match &element.key {
                IndexKey::Column(column) => quote_identifier(column),
                IndexKey::Expression(expression) => key_expression(expression),
            };
            if let Some(collation) = &element.collation {
                text += &format!(" COLLATE {collation}");
            }
            if let Some(class) = &element.operator_class {
                text += &format!(" {class}");
            }
            text
        })
        .collect();
    format!("{strategy} ({})", keys.join(", "))
}

/// `FOR VALUES …` or `DEFAULT`.
pub(in crate::schema) fn partition_bound(bound: &PartitionBound) -> String {
    let list = |values: &[Expression]| {
        let values: Vec<_> = values.iter().map(bound_value).collect();
        values.join(", ")
    };
    match bound {
        PartitionBound::Default => "DEFAULT".to_owned(),
        PartitionBound::List(values) => format!("FOR VALUES IN ({})", list(values)),
        PartitionBound::Range { from, to } => format!("FOR VALUES FROM ({}) TO ({})", list(from), list(to)),
        PartitionBound::Hash { modulus, remainder } => {
            format!("FOR VALUES WITH (MODULUS {modulus}, REMAINDER {remainder})")
        }
    }
}

fn bound_value(value: &Expression) -> String {
    match &value.node {
        Node::Column(path) if matches!(path.as_slice(), [word] if matches!(&**word, "minvalue" | "maxvalue")) => {
            value.sql.to_uppercase()
        }
        _ => value.sql.to_string(),
    }
}

/// ENABLE / DISABLE, behind which the trigger's or rule's name stands.
pub(in crate::schema) fn firing(firing: Firing) -> &'static str {
    match firing {
        Firing::Origin => "ENABLE",
        Firing::Always => "ENABLE ALWAYS",
        Firing::Replica => "ENABLE REPLICA",
        Firing::Disabled => "DISABLE",
    }
}

/// Would PARTITION OF or INHERITS make the same table? A child whose parent got columns after it has them in
/// another order then, as after `pg_dump`; made on its own it would keep them when the parent drops them.
fn follows_parents(schema: &Schema, relation: &Relation, table: &Table, belongings: &Belongings) -> bool {
    let parents: Vec<&Relation> =
        table.parents.iter().filter_map(|id| schema.relation(*id)).map(|r| &**r).collect();
    if parents.len() < table.parents.len() || parents.iter().any(|parent| parent.may_have_more_columns()) {
        // Nothing is known to compare with; what the history wrote was PARTITION OF or INHERITS.
        return true;
    }
    let mut theirs = parents.iter().filter_map(|parent| parent.table()).flat_map(|table| &table.columns);
    match table.bound {
        None => theirs.all(|theirs| table.column(&theirs.name).is_some_and(|own| own.inherited)),
        Some(_) => {
            theirs.map(|column| &column.name).eq(table.columns.iter().map(|column| &column.name))
                && partition_names_are_made_up(schema, relation, table, belongings)
        }
    }
}

/// Have all the indexes that a partition has from its parent the names that PARTITION OF would choose?
fn partition_names_are_made_up(
    schema: &Schema,
    relation: &Relation,
    table: &Table,
    belongings: &Belongings,
) -> bool {
    let own = belongings.indexes(schema, relation.id);
    let is_made_by_parent =
        |index: &Index| index.parent.is_some_and(|parent| !lacks_partitions(schema, parent));
    own.filter_map(|r| Some((r, r.index()?))).filter(|(_, index)| is_made_by_parent(index)).all(
        |(found, index)| {
            let is_primary = table.primary_key() == Some(found.id);
            found.name == made_up_index_name(relation, index, is_primary)
        },
    )
}

/// The name that PostgreSQL gives an index, before it looks whether that is free.
fn made_up_index_name(relation: &Relation, index: &Index, is_primary: bool) -> Name {
    if is_primary {
        return object_name(&relation.name, None, "pkey");
    }
    let Some(table) = relation.table() else { return Name::from("") };
    let part = |key: &Key| match &key.part {
        KeyPart::Column(number) => table.column_name(*number),
        KeyPart::Expression(expression, _) => match &expression.node {
            Node::Function { name, .. } => name.name.clone(),
            _ => Name::from("expr"),
        },
    };
    let included = index.include.iter().map(|number| table.column_name(*number));
    let names: Vec<Name> = index.keys.iter().map(part).chain(included).collect();
    let label = match (index.constraint, index.unique) {
        (true, true) => "key",
        (true, false) => "excl",
        (false, _) => "idx",
    };
    object_name(&relation.name, Some(&columns_part(names.iter().map(|name| &**name))), label)
}

/// A table of that name of which nothing is known: what an assumed table is compared with.
pub(in crate::schema) fn blank(relation: &Relation) -> Relation {
    let table = Table { rows: Rows::Unknown, ..Table::default() };
    Relation {
        persistence: Persistence::Permanent,
        owner: None,
        options: Vec::new(),
        tablespace: None,
        kind: super::super::RelationKind::Table(Box::new(table)),
        ..relation.clone()
    }
}
