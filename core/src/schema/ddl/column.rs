//! Columns: type, NOT NULL, default, identity, and what is set apart from these.

use super::super::naming::object_name;
use super::super::{
    BaseType, Column, Constraint, ConstraintKind, DataType, Relation, Schema, Sequence, Table,
};
use super::relation::sequence_options;
use super::write::default_expression;
use crate::sql::{Expression, Name, Node, quote_identifier};

/// The first parent's column of that name.
pub(super) fn parent_column<'a>(schema: &'a Schema, table: &Table, column: &str) -> Option<&'a Column> {
    table.parents.iter().find_map(|parent| schema.relation(*parent)?.table()?.column(column))
}

/// Where a child's inherited column differs from its parent's.
pub(super) fn overrides(schema: &Schema, relation: &Relation, own: &Column, theirs: &Column) -> Vec<String> {
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
        statements.push(format!("{alter} SET STORAGE {};", storage.to_ascii_uppercase()));
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
        say(format!("STORAGE {}", storage.to_ascii_uppercase()));
    }
    if let Some(method) = &column.compression {
        say(format!("COMPRESSION {method}"));
    }
    text
}

/// Is [`column_state`] of both the same for certain? Most columns of a table that changes stay as they are.
pub(in crate::schema) fn is_surely_alike(
    (before, was, old): (&Schema, &Relation, &Column),
    (after, is, new): (&Schema, &Relation, &Column),
) -> bool {
    // What other objects have a say in is written out, unless these are the same.
    old.sequence.is_none_or(|sequence| before.shares(after, sequence) && was.id == is.id)
        && matches!(old.data_type.base, BaseType::BuiltIn(_) | BaseType::Extension(_))
        && old == new
        && (&was.schema, &was.name) == (&is.schema, &is.name)
        && not_null_constraint(was, old) == not_null_constraint(is, new)
}

/// The name, the type, and all that a definition says behind them.
pub(in crate::schema) fn column_parts(schema: &Schema, relation: &Relation, column: &Column) -> [String; 3] {
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

pub(super) fn not_null_name(relation: &Relation, column: &Column) -> Name {
    object_name(&relation.name, Some(&column.name), "not_null")
}

/// The default; that of a column with a sequence of its own names the sequence as it is called now.
pub(crate) fn default_text(schema: &Schema, column: &Column) -> Option<String> {
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
pub(crate) fn identity_text(schema: &Schema, relation: &Relation, column: &Column) -> Option<String> {
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
