//! A column beside another that is to take its place: a trigger writes both, old rows are filled in batches, and what
//! stands on the old column (NOT NULL, indexes, keys) is built on the new one.

use super::batches::{self, Change};
use super::plan::Phase;
use super::set_not_null;
use super::text::{renamed_in_parentheses, with_new_name};
use crate::rules::Place;
use crate::schema::naming::object_name;
use crate::schema::{Column, ConstraintKind, Relation, Schema, index_definition, qualified_sql};
use crate::sql::{Name, quote_identifier};

/// Two columns of a table.
pub(super) struct Pair<'a> {
    /// The table as it was before.
    pub relation: &'a Relation,
    /// The table as the statement writes it.
    pub table: String,
    /// The column that is there.
    pub old: &'a Column,
    /// The name of the new one while both are there.
    pub new: Name,
    /// The new one's type, with its collation.
    pub type_text: String,
    /// The new one's value, from a row's other columns.
    pub value: String,
}

/// A key or an index that the new column gets before it takes the old one's place.
struct Index {
    /// As it is called.
    name: Name,
    /// As that of the new column is called until then.
    interim: Name,
    /// CREATE INDEX CONCURRENTLY of that.
    create: String,
    schema: Name,
    /// The words behind ADD CONSTRAINT … of the constraint that it backs.
    constraint: Option<&'static str>,
}

impl Pair<'_> {
    fn schema<'p>(&self, place: &Place<'p>) -> &'p Schema {
        &place.before().schema
    }

    /// The trigger, and its function.
    fn sync(&self) -> (String, String) {
        let name = object_name(&self.relation.name, Some(&self.new), "sync");
        (quote_identifier(&name), qualified_sql(&self.relation.schema, &name))
    }

    /// The new column, and the trigger that fills it whenever a row is written. `body` are the trigger's statements.
    pub fn expand(&self, body: &str) -> Phase {
        let (trigger, function) = self.sync();
        let (table, new) = (&self.table, quote_identifier(&self.new));
        let mut down = self.drop_sync();
        down.push(format!("ALTER TABLE {table} DROP COLUMN {new}"));
        Phase::briefly(
            format!("add {} {}", self.relation.name, self.new),
            vec![
                format!("ALTER TABLE {table} ADD COLUMN {new} {}", self.type_text),
                format!(
                    "CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n{body}    RETURN NEW;\nEND\n$$"
                ),
                format!("CREATE TRIGGER {trigger} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"),
            ],
            down,
        )
        .saying(format!("From here on every row that is written has its value in {} too.", self.new))
    }

    /// Takes the trigger away.
    pub fn drop_sync(&self) -> Vec<String> {
        let (trigger, function) = self.sync();
        vec![format!("DROP TRIGGER {trigger} ON {}", self.table), format!("DROP FUNCTION {function}()")]
    }

    /// Fills the rows that were there before the trigger.
    pub fn backfill(&self, place: &Place) -> Option<Phase> {
        let key = batches::key_of(self.schema(place), self.relation.id)?;
        let (rows, new) = (quote_identifier(&self.relation.name), quote_identifier(&self.new));
        let statement = format!("UPDATE {} SET {new} = {}", self.table, self.value);
        // The trigger keeps every row alike that was written since; not every type can be compared.
        let condition = format!("{rows}.{new} IS NULL AND ({}) IS NOT NULL", self.value);
        let change = Change {
            table: &self.table,
            rows: &rows,
            key: &key,
            statement: &statement,
            condition: Some(&condition),
        };
        let title = format!("backfill {} {}", self.relation.name, self.new);
        Some(
            Phase::outside(title, vec![batches::block(&change)], Vec::new())
                .saying("Each batch commits by itself, so this can be stopped and run again."),
        )
    }

    /// NOT NULL, where the old column has it, and the indexes.
    pub fn build(&self, place: &Place) -> Option<Vec<Phase>> {
        let mut phases = Vec::new();
        if self.old.not_null {
            phases.extend(set_not_null::phases(place, &self.relation.name, &self.table, &self.new));
        }
        for index in self.indexes(place)? {
            let make_room =
                format!("DROP INDEX CONCURRENTLY IF EXISTS {}", qualified_sql(&index.schema, &index.interim));
            phases.push(
                Phase::outside(
                    format!("create {}", index.interim),
                    vec![make_room.clone(), index.create],
                    vec![make_room],
                )
                .saying("Writes go on while the index is built."),
            );
        }
        Some(phases)
    }

    /// What gives the new column's keys and indexes the place of the old one's, once the new one bears its name.
    pub fn take_over(&self, place: &Place) -> Option<TakeOver> {
        let table = &self.table;
        let mut over = TakeOver { before: Vec::new(), after: Vec::new() };
        for index in self.indexes(place)? {
            let (name, interim) = (quote_identifier(&index.name), quote_identifier(&index.interim));
            match index.constraint {
                Some(kind) => {
                    over.before.push(format!("ALTER TABLE {table} DROP CONSTRAINT {name}"));
                    over.after.push(format!(
                        "ALTER TABLE {table} ADD CONSTRAINT {name} {kind} USING INDEX {interim}"
                    ));
                }
                None => {
                    // It goes with its column.
                    let gone = quote_identifier(&object_name(&index.name, None, "old"));
                    let (was, is) = (
                        qualified_sql(&index.schema, &index.name),
                        qualified_sql(&index.schema, &index.interim),
                    );
                    over.before.push(format!("ALTER INDEX {was} RENAME TO {gone}"));
                    over.after.push(format!("ALTER INDEX {is} RENAME TO {name}"));
                }
            }
        }
        Some(over)
    }

    /// The indexes that the old column is in. None where one cannot be built on the new one by exchanging the name.
    fn indexes(&self, place: &Place) -> Option<Vec<Index>> {
        let schema = self.schema(place);
        let table = self.relation.table()?;
        let mut found = Vec::new();
        for (relation, index) in
            schema.indexes_of(self.relation.id).filter(|(_, own)| own.uses(self.old.number))
        {
            let by_name = index.predicate.is_none() && index.key_columns().is_some();
            if !by_name || index.parent.is_some() {
                return None;
            }
            let backed = table.constraints.iter().find(|own| own.kind.index() == Some(relation.id));
            let constraint = match backed.map(|own| (&own.kind, own.deferrable)) {
                None => None,
                Some((ConstraintKind::PrimaryKey(_), false)) => Some("PRIMARY KEY"),
                Some((ConstraintKind::Unique(_), false)) => Some("UNIQUE"),
                Some(_) => return None,
            };
            let interim = object_name(&relation.name, None, "new");
            let definition = index_definition(schema, relation, true);
            let create = renamed_in_parentheses(&definition, &self.old.name, &self.new);
            found.push(Index {
                name: relation.name.clone(),
                create: with_new_name(&create, &relation.name, &interim)?,
                interim,
                schema: relation.schema.clone(),
                constraint,
            });
        }
        Some(found)
    }
}

/// Statements before and after the new column gets the old one's name.
pub(super) struct TakeOver {
    pub before: Vec<String>,
    pub after: Vec<String>,
}
