//! ALTER COLUMN TYPE that rewrites a table in use: a column of the new type beside the old one, kept alike by a trigger,
//! filled in batches, and put in the old one's place in one short transaction. An enum loses a value in the same way.

use super::beside::Pair;
use super::plan::{Phase, Plan};
use super::{Kind, altering};
use crate::rules::Place;
use crate::schema::naming::object_name;
use crate::schema::{
    BaseType, DataType, Difference, DifferenceKind, Relation, Schema, TypeKind, qualified_sql,
};
use crate::sql::command::{AlterAction, ObjectKind};
use crate::sql::{Command, Name, Node, quote_identifier, quote_literal};

pub(super) static KIND: Kind = Kind {
    id: "change-type-beside",
    title: "Add a column of the new type beside the old one, write both, fill it in batches, and exchange the two",
    answers: &["type-change-rewrites"],
    hides: &["type-narrowing"],
    plan: |place| plan(place, |schema, data_type| !is_enum(schema, data_type)),
};

pub(super) static ENUM: Kind = Kind {
    id: "enum-value-removal",
    title: "Move the column to the new enum beside the old one, and exchange the two",
    answers: &["type-change-rewrites"],
    hides: &["type-narrowing"],
    plan: |place| plan(place, is_enum),
};

fn is_enum(schema: &Schema, data_type: &DataType) -> bool {
    match data_type.base {
        BaseType::User(id) => {
            schema.user_type(id).is_some_and(|found| matches!(found.kind, TypeKind::Enum(_)))
        }
        _ => false,
    }
}

fn plan(place: &Place, wanted: fn(&Schema, &DataType) -> bool) -> Option<Plan> {
    let altering = altering::find(place, |action| matches!(action, AlterAction::AlterType { .. }))?;
    let AlterAction::AlterType { column, collation, using, .. } = altering.action else { return None };
    let after = &place.after().schema;
    let made = after.relation(altering.relation.id)?.table()?.column(column)?;
    // As it was before the migration, which may have taken its default off for the time being.
    let then = place.run().before.schema.relation(altering.relation.id);
    let relation = then.map_or(altering.relation, |then| &**then);
    let old = relation.table()?.column(column)?;
    if !wanted(after, &made.data_type) || old.identity.is_some() || old.generated.is_some() || old.inherited {
        return None;
    }
    let successor = Successor::of(place, &made.data_type);
    let around = Around::of(place, relation, column, successor.as_ref());
    let type_name = match &successor {
        Some(successor) => qualified_sql(&successor.schema, &successor.interim),
        None => after.format_type(&made.data_type),
    };
    let mut type_text = type_name.clone();
    if let Some(collation) = collation {
        type_text += &format!(" COLLATE {collation}");
    }
    let written = quote_identifier(column);
    let value = match (using, &successor) {
        (None, _) => format!("{written}::{type_name}"),
        // From one enum to the other there is only the way by text.
        (Some(_), Some(_)) => format!("{written}::text::{type_name}"),
        (Some(using), None) => using.sql.to_string(),
    };
    let pair = Pair {
        relation,
        table: altering.table.clone(),
        old,
        new: object_name(column, None, "new"),
        type_text,
        value,
    };
    let new = quote_identifier(&pair.new);
    // The expression names the columns of the row as if it were the table's.
    let rows = quote_identifier(&relation.name);
    let set = format!("    NEW.{new} := (SELECT {} FROM (SELECT (NEW).*) AS {rows});\n", pair.value);
    let mut expand = pair.expand(&set);
    let default = around.default.or_else(|| made.default.as_ref().map(|default| default.sql.to_string()));
    let (mut exchange, mut contract) = exchange(place, &pair, default.as_deref())?;
    // Back the values come by a cast; what else USING computes can only be guessed.
    let is_cast = using.as_ref().is_none_or(|using| is_cast_of(&using.node, column));
    if is_cast {
        let mut type_name = place.before().schema.format_type(&old.data_type);
        let mut by_text = "";
        if let Some(successor) = &successor {
            type_name = qualified_sql(&successor.schema, &successor.name);
            by_text = "::text";
        }
        let gone = quote_identifier(&object_name(column, None, "old"));
        let (table, new) = (&pair.table, quote_identifier(&pair.new));
        let fill = |to: &str, from: &str, type_name: &str| {
            Some(format!("UPDATE {table} SET {to} = {from}{by_text}::{type_name}"))
        };
        let gone_type = match &successor {
            Some(successor) => qualified_sql(&successor.schema, &successor.gone),
            None => type_name.clone(),
        };
        contract = contract.refilling(&gone, fill(&gone, &written, &gone_type));
        exchange = exchange.refilling(&written, fill(&written, &new, &type_name));
    }
    if let Some(successor) = &successor {
        successor.join(&mut expand, &mut exchange, &mut contract);
    }
    let mut phases = vec![expand, pair.backfill(place)?];
    phases.extend(pair.build(place)?);
    phases.extend([exchange, contract]);
    Some(Plan {
        instead: altering.others.into_iter().collect(),
        takes: around.takes,
        intends: |difference: &Difference| difference.kind == DifferenceKind::Moved,
        ..Plan::of(phases)
    })
}

/// Is it the column and nothing else, but for casts?
fn is_cast_of(node: &Node, column: &Name) -> bool {
    match node {
        Node::Cast { operand, .. } => is_cast_of(operand, column),
        Node::Column(path, _) => path.last() == Some(column),
        _ => false,
    }
}

/// A new enum that takes the name of the old one: the migration renames the old one, creates it, and drops the old one
/// in the end. In steps, the new one bears another name until the columns are exchanged.
struct Successor {
    schema: Name,
    name: Name,
    interim: Name,
    gone: Name,
    values: Vec<Name>,
}

impl Successor {
    fn of(place: &Place, data_type: &DataType) -> Option<Successor> {
        let BaseType::User(id) = data_type.base else { return None };
        let made = place.after().schema.user_type(id)?;
        let TypeKind::Enum(values) = &made.kind else { return None };
        let gone = place.earlier_in_migration().find_map(|own| match own.command() {
            Command::Rename(rename)
                if rename.kind == ObjectKind::Type && rename.object.name.name == made.name =>
            {
                Some(rename.to.clone())
            }
            _ => None,
        })?;
        Some(Successor {
            schema: made.schema.clone(),
            name: made.name.clone(),
            interim: object_name(&made.name, None, "new"),
            gone,
            values: values.clone(),
        })
    }

    fn join(&self, expand: &mut Phase, exchange: &mut Phase, contract: &mut Phase) {
        let called = |name: &Name| qualified_sql(&self.schema, name);
        let values: Vec<String> = self.values.iter().map(|value| quote_literal(value)).collect();
        let interim = called(&self.interim);
        // Behind the limit to the wait for locks.
        expand.up.insert(1, format!("CREATE TYPE {interim} AS ENUM ({})", values.join(", ")));
        expand.down.push(format!("DROP TYPE {interim}"));
        let rename = |from: &Name, to: &Name| {
            format!("ALTER TYPE {} RENAME TO {}", called(from), quote_identifier(to))
        };
        exchange.up.insert(1, rename(&self.name, &self.gone));
        exchange.up.insert(2, rename(&self.interim, &self.name));
        contract.up.push(format!("DROP TYPE {}", called(&self.gone)));
    }
}

/// The statements around ALTER TYPE that belong to it.
struct Around {
    takes: Vec<usize>,
    default: Option<String>,
}

impl Around {
    fn of(place: &Place, relation: &Relation, column: &Name, successor: Option<&Successor>) -> Around {
        let mut around = Around { takes: Vec::new(), default: None };
        let own = |index: usize| Place { index, ..*place };
        for (index, statement) in place.run().statements.iter().enumerate() {
            let belongs = match &statement.command {
                Command::Rename(rename) => {
                    rename.kind == ObjectKind::Type
                        && successor.is_some_and(|successor| rename.to == successor.gone)
                }
                Command::CreateType(create) => {
                    successor.is_some_and(|successor| create.name.name == successor.name)
                }
                Command::Drop(drop) => {
                    let [object] = drop.objects.as_slice() else { continue };
                    drop.kind == ObjectKind::Type
                        && successor.is_some_and(|successor| object.name.name == successor.gone)
                }
                Command::AlterTable(alter)
                    if own(index).relation(&alter.name).map(|own| own.id) == Some(relation.id) =>
                {
                    match alter.actions.as_slice() {
                        [AlterAction::DropDefault { column: own }] if index < place.index => own == column,
                        [AlterAction::SetDefault { column: own, default }]
                            if index > place.index && own == column =>
                        {
                            around.default = Some(default.sql.to_string());
                            true
                        }
                        _ => false,
                    }
                }
                _ => false,
            };
            if belongs {
                around.takes.push(index);
            }
        }
        around
    }
}

/// The new column takes the name of the old one, which goes later.
fn exchange(place: &Place, pair: &Pair, default: Option<&str>) -> Option<(Phase, Phase)> {
    let table = &pair.table;
    let (old, new) = (quote_identifier(&pair.old.name), quote_identifier(&pair.new));
    let gone: Name = object_name(&pair.old.name, None, "old");
    let gone = quote_identifier(&gone);
    let alter = |what: String| format!("ALTER TABLE {table} {what}");
    let over = pair.take_over(place)?;
    let mut up = pair.drop_sync();
    up.extend(over.before);
    if pair.old.default.is_some() {
        up.push(alter(format!("ALTER COLUMN {old} DROP DEFAULT")));
    }
    if pair.old.not_null {
        up.push(alter(format!("ALTER COLUMN {old} DROP NOT NULL")));
    }
    up.push(alter(format!("RENAME COLUMN {old} TO {gone}")));
    up.push(alter(format!("RENAME COLUMN {new} TO {old}")));
    if let Some(default) = default {
        up.push(alter(format!("ALTER COLUMN {old} SET DEFAULT {default}")));
    }
    if let Some(sequence) = pair.old.sequence.and_then(|id| place.before().schema.relation(id)) {
        let drawn = qualified_sql(&sequence.schema, &sequence.name);
        up.push(format!("ALTER SEQUENCE {drawn} OWNED BY {table}.{old}"));
    }
    up.extend(over.after);
    if place.scene.version() >= 18 && pair.old.not_null {
        let interim = object_name(&pair.relation.name, Some(&pair.new), "not_null");
        let name = object_name(&pair.relation.name, Some(&pair.old.name), "not_null");
        up.push(alter(format!(
            "RENAME CONSTRAINT {} TO {}",
            quote_identifier(&interim),
            quote_identifier(&name)
        )));
    }
    let title = format!("exchange {} {}", pair.relation.name, pair.old.name);
    let exchange = Phase::briefly(title, up, Vec::new())
        .saying("Nothing is read or written here but the catalog.")
        .after(format!("no row of {table} has another value in {old} than in {new}."));
    let drop = format!(
        "-- lockstep-ignore drop-column: its values are in {old}, and nothing names {gone}\nALTER TABLE {table} DROP COLUMN {gone}"
    );
    let contract = Phase::briefly(format!("drop {} {gone}", pair.relation.name), vec![drop], Vec::new())
        .after("the exchange has proven itself; going back from here on reads every row.");
    Some((exchange, contract))
}
