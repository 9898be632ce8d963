//! Views, indexes, sequences, and what is said about several tables at once: statistics, publications.

use super::super::{
    FullName, Id, Index, Key, KeyPart, Publication, PublishedTable, Relation, RelationKind, Schema, Sequence,
    Statistics, View, qualified_sql,
};
use super::query::lay_out;
use super::write::{clauses, identifiers, key_expression, option_list};
use crate::sql::command::Persistence;
use crate::sql::{Command, Name, parse, quote_identifier};

/// CREATE INDEX, without semicolon; empty when the relation is no index.
pub fn index_definition(schema: &Schema, relation: &Relation, concurrently: bool) -> String {
    let Some(index) = relation.index() else { return String::new() };
    let unique = if index.unique && !index.is_temporal() { "UNIQUE " } else { "" };
    let concurrently = if concurrently { "CONCURRENTLY " } else { "" };
    let table = schema.relation(index.table);
    let only = if lacks_partitions(schema, relation.id) { "ONLY " } else { "" };
    let mut head =
        format!("CREATE {unique}INDEX {concurrently}{} ON {only}", quote_identifier(&relation.name));
    head += &schema.sql_name(index.table);
    if &*index.method != "btree" {
        head += &format!(" USING {}", quote_identifier(&index.method));
    }
    if let Some(table) = table {
        head += &format!(" ({})", key_list(table, index, &[]));
        head += &index_tail(table, relation, index, false);
    }
    let condition = index.predicate.as_ref().map(|(condition, _)| format!("WHERE {}", condition.sql));
    clauses(head, condition.as_slice())
}

/// CREATE INDEX where something else does not make the index: its constraint, or its parent's index
/// unless the table was made `alone`. An index that lacks its partitions' waits for the partitions.
pub(crate) fn index_statement(schema: &Schema, relation: &Relation, alone: bool) -> Option<String> {
    let index = relation.index()?;
    let made_by_parent = !alone && index.parent.is_some_and(|parent| !lacks_partitions(schema, parent));
    if index.constraint || made_by_parent || lacks_partitions(schema, relation.id) {
        return None;
    }
    let note = if index.valid { "" } else { "-- not valid: its CONCURRENTLY failed\n" };
    Some(format!("{note}{};", index_definition(schema, relation, false)))
}

/// Is it an index of a partitioned table made ON ONLY that, for which some partition has none yet?
pub(super) fn lacks_partitions(schema: &Schema, index: Id) -> bool {
    let Some(index) = schema.relation(index).and_then(|relation| relation.index()) else { return false };
    let is_partitioned = || schema.relation(index.table)?.table().map(|table| table.is_partitioned());
    !index.valid && is_partitioned() == Some(true)
}

/// CREATE INDEX ON ONLY of those indexes, and ATTACH PARTITION of what they have already.
pub(super) fn lacking_indexes(schema: &Schema) -> Vec<String> {
    let mut statements = Vec::new();
    for relation in schema.relations().filter(|relation| lacks_partitions(schema, relation.id)) {
        statements.push(format!("{};", index_definition(schema, relation, false)));
        let is_part = |other: &&std::sync::Arc<Relation>| {
            other.index().is_some_and(|own| own.parent == Some(relation.id))
        };
        for part in schema.relations().filter(is_part) {
            statements.push(format!(
                "ALTER INDEX {} ATTACH PARTITION {};",
                relation.sql_name(),
                part.sql_name()
            ));
        }
    }
    statements
}

/// The elements of a key, each followed by `WITH operator` in an exclusion constraint.
pub(super) fn key_list(table: &Relation, index: &Index, operators: &[Name]) -> String {
    let mut elements: Vec<_> = index.keys.iter().map(|key| key_text(table, key)).collect();
    for (element, operator) in elements.iter_mut().zip(operators) {
        let is_plain = !operator.contains(|c: char| c.is_alphanumeric());
        *element +=
            &if is_plain { format!(" WITH {operator}") } else { format!(" WITH OPERATOR({operator})") };
    }
    elements.join(", ")
}

fn key_text(table: &Relation, key: &Key) -> String {
    let mut text = match &key.part {
        KeyPart::Column(number) => quote_identifier(&column_name(table, *number)),
        KeyPart::Expression(expression, _) => key_expression(expression),
    };
    if let Some(collation) = &key.collation {
        text += &format!(" COLLATE {collation}");
    }
    if let Some(class) = &key.operator_class {
        text += &format!(" {class}");
    }
    if key.descending {
        text += " DESC";
    }
    match key.nulls_first {
        // What DESC and ASC mean anyway is left out.
        Some(first) if first != key.descending => text += if first { " NULLS FIRST" } else { " NULLS LAST" },
        _ => {}
    }
    text
}

fn column_name(relation: &Relation, number: i16) -> Name {
    match &relation.kind {
        RelationKind::Table(table) => table.column_name(number),
        RelationKind::View(view) => {
            let position = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
            position
                .and_then(|position| view.columns.get(position))
                .cloned()
                .unwrap_or_else(|| Name::from("?"))
        }
        RelationKind::Index(_) | RelationKind::Sequence(_) => Name::from("?"),
    }
}

/// What follows a key but for WHERE: INCLUDE, NULLS NOT DISTINCT, storage options, tablespace.
pub(super) fn index_tail(table: &Relation, backing: &Relation, index: &Index, as_constraint: bool) -> String {
    let mut text = String::new();
    if !index.include.is_empty() {
        let names: Vec<_> = index.include.iter().map(|number| column_name(table, *number)).collect();
        text += &format!(" INCLUDE ({})", identifiers(&names));
    }
    if index.nulls_not_distinct && !as_constraint {
        text += " NULLS NOT DISTINCT";
    }
    if !backing.options.is_empty() {
        text += &format!(" WITH ({})", option_list(&backing.options));
    }
    if let Some(tablespace) = &backing.tablespace {
        let using_index = if as_constraint { " USING INDEX" } else { "" };
        text += &format!("{using_index} TABLESPACE {}", quote_identifier(tablespace));
    }
    text
}

/// CREATE VIEW or CREATE MATERIALIZED VIEW, without semicolon; empty when the relation is neither.
/// OR REPLACE is for views only.
pub fn view_definition(relation: &Relation, or_replace: bool) -> String {
    let Some(view) = relation.view() else { return String::new() };
    let or_replace = if or_replace && !view.materialized { "OR REPLACE " } else { "" };
    let kind = match (view.materialized, relation.persistence) {
        (true, _) => "MATERIALIZED VIEW",
        (_, Persistence::Temporary) => "TEMPORARY VIEW",
        _ => "VIEW",
    };
    let mut text = format!("CREATE {or_replace}{kind} {}", relation.sql_name());
    if view.columns_known && !view.columns.is_empty() && !names_its_columns(view) {
        text += &format!(" ({})", identifiers(&view.columns));
    }
    if !relation.options.is_empty() {
        text += &format!(" WITH ({})", option_list(&relation.options));
    }
    if let Some(tablespace) = &relation.tablespace {
        text += &format!(" TABLESPACE {}", quote_identifier(tablespace));
    }
    text += &format!(" AS\n{}", lay_out(&view.query));
    if let Some(option) = &view.check_option {
        text += &format!("\nWITH {} CHECK OPTION", option.to_ascii_uppercase());
    }
    if view.materialized && !view.populated {
        text += "\nWITH NO DATA";
    }
    text
}

/// Do the columns have the names that the query gives them?
fn names_its_columns(view: &View) -> bool {
    let statements = parse(&view.query, 0);
    match statements.first().map(|statement| &statement.command) {
        Some(Command::Query(query)) => query.output_names().as_ref() == Some(&view.columns),
        _ => false,
    }
}

/// CREATE SEQUENCE with the options that are not the default, without OWNED BY and semicolon; empty when the relation is no sequence.
pub fn sequence_definition(relation: &Relation) -> String {
    let Some(sequence) = relation.sequence() else { return String::new() };
    let kind = match relation.persistence {
        Persistence::Permanent => "SEQUENCE",
        Persistence::Unlogged => "UNLOGGED SEQUENCE",
        Persistence::Temporary => "TEMPORARY SEQUENCE",
    };
    clauses(format!("CREATE {kind} {}", relation.sql_name()), &sequence_clauses(sequence))
}

/// Type and options that are not the default.
pub(in crate::schema) fn sequence_clauses(sequence: &Sequence) -> Vec<String> {
    let mut clauses = Vec::new();
    if &*sequence.data_type != "bigint" {
        clauses.push(format!("AS {}", sequence.data_type));
    }
    clauses.extend(sequence_options(sequence, &sequence.data_type));
    clauses
}

/// The options that are not what a sequence of type `data_type` has by default.
/// Source: PostgreSQL manual, CREATE SEQUENCE.
pub(super) fn sequence_options(sequence: &Sequence, data_type: &str) -> Vec<String> {
    let (lowest, highest) = match data_type {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let descends = sequence.increment < 0;
    let (minimum, maximum) = if descends { (lowest, -1) } else { (1, highest) };
    let start = if descends { sequence.maximum } else { sequence.minimum };
    let mut options = Vec::new();
    if sequence.increment != 1 {
        options.push(format!("INCREMENT BY {}", sequence.increment));
    }
    if sequence.minimum != minimum {
        options.push(format!("MINVALUE {}", sequence.minimum));
    }
    if sequence.maximum != maximum {
        options.push(format!("MAXVALUE {}", sequence.maximum));
    }
    if sequence.start != start {
        options.push(format!("START WITH {}", sequence.start));
    }
    if sequence.cache != 1 {
        options.push(format!("CACHE {}", sequence.cache));
    }
    if sequence.cycle {
        options.push("CYCLE".to_owned());
    }
    options
}

/// CREATE STATISTICS, without semicolon.
pub fn statistics_definition(schema: &Schema, key: &FullName, statistics: &Statistics) -> String {
    let mut text = format!("CREATE STATISTICS {}", qualified_sql(&key.0, &key.1));
    if !statistics.kinds.is_empty() {
        text += &format!(" ({})", identifiers(&statistics.kinds));
    }
    let table = schema.relation(statistics.table);
    let names: Vec<_> = statistics
        .columns
        .iter()
        .filter_map(|number| table.map(|table| column_name(table, *number)))
        .collect();
    let mut keys: Vec<String> = names.iter().map(|name| quote_identifier(name)).collect();
    keys.extend(statistics.expressions.iter().map(|expression| format!("({})", expression.sql)));
    text + &format!(" ON {} FROM {}", keys.join(", "), schema.sql_name(statistics.table))
}

/// CREATE PUBLICATION, without semicolon.
pub(crate) fn publication_definition(schema: &Schema, name: &Name, publication: &Publication) -> String {
    let mut parts = Vec::new();
    if publication.all_tables {
        parts.push("ALL TABLES".to_owned());
    }
    if !publication.tables.is_empty() {
        let tables: Vec<_> = publication.tables.iter().map(|table| published(schema, table)).collect();
        parts.push(format!("TABLE {}", tables.join(", ")));
    }
    if !publication.schemas.is_empty() {
        parts.push(format!("TABLES IN SCHEMA {}", identifiers(&publication.schemas)));
    }
    let what = if parts.is_empty() { String::new() } else { format!(" FOR {}", parts.join(", ")) };
    let options = option_list(&publication.options);
    let options = if options.is_empty() { options } else { format!(" WITH ({options})") };
    format!("CREATE PUBLICATION {}{what}{options}", quote_identifier(name))
}

/// A table of a publication, with its columns and its condition.
pub fn published(schema: &Schema, published: &PublishedTable) -> String {
    let mut text = schema.sql_name(published.table);
    let table = schema.relation(published.table);
    if let (Some(columns), Some(table)) = (&published.columns, table) {
        let names: Vec<_> = columns.iter().map(|number| column_name(table, *number)).collect();
        text += &format!(" ({})", identifiers(&names));
    }
    if let Some(condition) = &published.condition {
        text += &format!(" WHERE ({})", condition.sql);
    }
    text
}

/// Is the sequence made by its column's definition (identity, serial) or assumed, so that nothing is to be written?
pub(crate) fn is_made_by_column(schema: &Schema, relation: &Relation) -> bool {
    let Some(sequence) = relation.sequence() else { return false };
    if sequence.identity || relation.presumed {
        return true;
    }
    let owner = sequence.owned_by.and_then(|(table, number)| {
        let table = schema.relation(table)?;
        Some((table, table.table()?.numbered(number)?))
    });
    owner.is_some_and(|(table, column)| {
        column.sequence == Some(relation.id) && super::column::serial_name(schema, table, column).is_some()
    })
}
