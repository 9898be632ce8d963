//! IF NOT EXISTS over something else of that name.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{BaseType, DataType, Origin, Relation, built_in_type};
use crate::sql::command::{AlterAction, ColumnDefinition, CreateIndex, CreateTable, IndexKey, TableElement};
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "if-not-exists-keeps-old",
    severity: Severity::Warning,
    axis: Axis::Compatibility,
    aliases: &["safe-migrate:schema-drift"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "IF NOT EXISTS finds something of that name that is not what the statement describes",
    why: "The statement does nothing but say NOTICE (42P07, 42701): the table keeps its old columns, the index its old \
ones, the column its old type. The migration succeeds, and code that relies on the new shape fails later, on \
those databases only that had the old one.

It does not apply when what is there has all that the statement describes. ALTER what is there.",
    manual: "CREATE TABLE",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 002_b.sql\nCREATE TABLE IF NOT EXISTS a (id bigint PRIMARY KEY, note text);"],
    good: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY, note text);\n-- file: 002_b.sql\nCREATE TABLE IF NOT EXISTS a (id bigint PRIMARY KEY, note text);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let differs = match command {
            Command::CreateTable(create) if create.if_not_exists => table_differs(&place, create),
            Command::CreateIndex(create) if create.if_not_exists => index_differs(&place, create),
            Command::AlterTable(alter) => place.known_before(&alter.name).and_then(|relation| {
                alter.actions.iter().find_map(|action| match action {
                    AlterAction::AddColumn { column, if_not_exists: true, .. } => column_differs(&place, relation, column),
                    _ => None,
                })
            }),
            _ => None,
        };
        if let Some(differs) = differs {
            findings.at(&place, format!("{differs}, and IF NOT EXISTS leaves it so."), "ALTER what is there, in a migration that says what changes.");
        }
    }
}

fn table_differs(place: &Place, create: &CreateTable) -> Option<String> {
    let relation = place.known_before(&create.name)?;
    let table = relation.table().filter(|_| relation.origin == Origin::Created && create.inherits.is_empty())?;
    let columns = create.elements.iter().filter_map(|element| match element {
        TableElement::Column(column) => Some(column),
        TableElement::Constraint(_) | TableElement::Like { .. } => None,
    });
    let lacking: Vec<&str> = columns.clone().map(|column| &*column.name).filter(|name| table.column(name).is_none()).collect();
    if lacking.is_empty() {
        return columns.into_iter().find_map(|column| column_differs(place, relation, column));
    }
    Some(format!("{} is there without {}", relation.display_name(), lacking.join(", ")))
}

fn column_differs(place: &Place, relation: &Relation, column: &ColumnDefinition) -> Option<String> {
    let old = relation.table()?.column(&column.name).filter(|old| old.origin == Origin::Created)?;
    let written = column.type_name.as_ref()?;
    let BaseType::BuiltIn(_) = old.data_type.base else { return None };
    let known = built_in_type(&written.name.name)?;
    let wanted = DataType { modifiers: written.modifiers.clone(), array: written.array_dimensions > 0, ..DataType::built_in(known) };
    let shown = |data_type| place.before().schema.format_type(data_type);
    let (is, wanted) = (shown(&old.data_type), shown(&wanted));
    (is != wanted).then(|| format!("{}.{} is there as {is}, not {wanted}", relation.display_name(), column.name))
}

fn index_differs(place: &Place, create: &CreateIndex) -> Option<String> {
    let table = place.known_before(&create.table)?;
    let name = QualifiedName { schema: Some(table.schema.clone()), name: create.name.clone()? };
    let relation = place.known_before(&name)?;
    let (index, columns) = (relation.index()?, table.table()?);
    if index.table != table.id {
        return Some(format!("Index {} is there on another table", relation.name));
    }
    let wanted: Option<Vec<i16>> = create
        .elements
        .iter()
        .map(|element| match &element.key {
            IndexKey::Column(column) => columns.column(column).map(|column| column.number),
            IndexKey::Expression(_) => None,
        })
        .collect();
    let differs = wanted.zip(index.key_columns()).is_some_and(|(wanted, is)| wanted != is);
    (differs || index.unique != create.unique).then(|| format!("Index {} is there with another definition", relation.name))
}
