//! A schema as a list of objects and their parts, each with what differs from another schema: what a table or a
//! diagram of it shows.

use serde::{Deserialize, Serialize};

use super::super::ddl::{
    column_parts, constraint_definition, index_definition, policy_definition, rule_definition,
    sequence_definition, trigger_definition,
};
use super::super::{
    BaseType, Column, ConstraintKind, Function, Id, Origin, Relation, RelationKind, Schema, Table, Type,
    TypeKind,
};
use super::part::without_head;
use super::{Difference, DifferenceKind, naming};
use crate::sorted::{self, Map};
use crate::sql::Name;

/// How a thing compares with the other schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Change {
    /// It is the same in both.
    #[default]
    Same,
    /// Only this schema has it.
    Added,
    /// Only the other schema has it.
    Removed,
    /// It is in both and not the same.
    Changed,
}

/// A table, a view, a type, a function, a sequence that nothing owns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Object {
    /// Its identity in the history, [`Id`], for what is known by one.
    pub id: u32,
    /// `table`, `partitioned table`, `view`, `enum`, `function` …
    pub kind: String,
    /// Its name, without quotes and without the schema `public`.
    pub name: String,
    /// How it compares as a whole, its parts included.
    pub change: Change,
    /// No statement created it: it was there before all that was read.
    pub assumed: bool,
    /// What there is to say of it in one line: a view's query, what a function returns.
    pub definition: String,
    /// What differs in the object itself, one line each: its name, its owner.
    pub notes: Vec<String>,
    /// The columns of a table, a view or a composite type.
    pub columns: Vec<OutlineColumn>,
    /// Constraints, indexes, triggers, rules and policies of a table; the values of an enum.
    pub parts: Vec<OutlinePart>,
    /// The names of the tables that it is a partition of or inherits from, or that it reads as a view.
    pub parents: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutlineColumn {
    /// Its name.
    pub name: String,
    /// Its type; empty where a view's query does not tell it, `?` where it is not known.
    pub data_type: String,
    /// NOT NULL is in force.
    pub not_null: bool,
    /// DEFAULT, GENERATED or identity, as SQL.
    pub default: String,
    /// It is part of the primary key.
    pub primary: bool,
    /// It is part of a foreign key.
    pub foreign: bool,
    /// How it compares.
    pub change: Change,
    /// What it was before, where that is something else.
    pub was: Option<String>,
}

/// A part that is no column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutlinePart {
    /// `constraint`, `index`, `trigger`, `rule`, `policy`, `value`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What it is, as SQL.
    pub definition: String,
    /// How it compares.
    pub change: Change,
    /// What it was before, where that is something else.
    pub was: Option<String>,
    /// The name of the table that a foreign key references.
    pub references: Option<String>,
    /// The columns of a foreign key.
    pub columns: Vec<String>,
}

/// What there is in `after`, and what was in `before` only, by kind and name. `differences` are those of [`super::diff`].
pub fn outline(before: &Schema, after: &Schema, differences: &[Difference]) -> Vec<Object> {
    let mut found: Map<&str, Vec<&Difference>> = Map::default();
    for difference in differences {
        found.entry(&difference.object, Vec::new).push(difference);
    }
    let marks = Marks { before, found };
    let (here, there) = (Side::of(after), Side::of(before));
    let mut objects = Vec::new();
    for relation in after.relations().filter(|relation| is_shown(relation)) {
        objects.push(marks.relation(&here, &there, relation));
    }
    for relation in before.relations().filter(|relation| is_shown(relation)) {
        if marks.has(&naming::relation(relation), DifferenceKind::Removed) {
            objects.push(Object { change: Change::Removed, ..whole(&there, relation) });
        }
    }
    for user_type in after.types().filter(|user_type| !matches!(user_type.kind, TypeKind::Multirange(_))) {
        objects.push(marks.user_type(after, user_type));
    }
    for user_type in before.types() {
        if marks.has(&naming::user_type(user_type), DifferenceKind::Removed) {
            objects.push(Object { change: Change::Removed, ..type_object(before, user_type) });
        }
    }
    for function in after.functions() {
        objects.push(marks.function(after, function));
    }
    for function in before.functions() {
        if marks.has(&naming::function(before, function), DifferenceKind::Removed) {
            objects.push(Object { change: Change::Removed, ..function_object(before, function) });
        }
    }
    sorted::sort_by(&mut objects, |a, b| {
        rank(&a.kind).cmp(&rank(&b.kind)).then_with(|| a.name.cmp(&b.name)).then(a.change.cmp(&b.change))
    });
    objects
}

/// Tables first, then what is made of them, then the rest.
fn rank(kind: &str) -> usize {
    match kind {
        "table" | "partitioned table" | "foreign table" => 0,
        "view" | "materialized view" => 1,
        "sequence" => 3,
        "function" | "procedure" | "aggregate" => 4,
        _ => 2,
    }
}

/// Indexes, and sequences that belong to a column, are told with their tables.
fn is_shown(relation: &Relation) -> bool {
    match &relation.kind {
        RelationKind::Table(_) | RelationKind::View(_) => true,
        RelationKind::Sequence(sequence) => !sequence.identity && sequence.owned_by.is_none(),
        RelationKind::Index(_) => false,
    }
}

/// `orders`, `billing.invoices`.
fn shown_name(schema: &str, name: &str) -> String {
    if schema == "public" { name.to_owned() } else { format!("{schema}.{name}") }
}

fn relation_name(schema: &Schema, id: Id) -> Option<String> {
    schema.relation(id).map(|relation| shown_name(&relation.schema, &relation.name))
}

/// A schema, with the indexes of each table that make no constraint.
struct Side<'a> {
    schema: &'a Schema,
    indexes: Map<Id, Vec<&'a Relation>>,
}

impl<'a> Side<'a> {
    fn of(schema: &'a Schema) -> Self {
        let mut indexes: Map<Id, Vec<&Relation>> = Map::default();
        for relation in schema.relations() {
            if let Some(index) = relation.index().filter(|index| !index.constraint) {
                indexes.entry(index.table, Vec::new).push(relation);
            }
        }
        Side { schema, indexes }
    }
}

/// An object, and nothing about what differs.
fn whole(side: &Side, relation: &Relation) -> Object {
    let schema = side.schema;
    let mut object = Object {
        id: relation.id.0,
        kind: relation.kind_name().to_owned(),
        name: shown_name(&relation.schema, &relation.name),
        assumed: relation.presumed || relation.origin == Origin::Assumed,
        ..Object::default()
    };
    match &relation.kind {
        RelationKind::Table(table) => {
            object.columns =
                table.columns.iter().map(|column| column_of(schema, relation, table, column)).collect();
            object.parents = table.parents.iter().filter_map(|id| relation_name(schema, *id)).collect();
        }
        RelationKind::View(view) => {
            object.definition = view.query.to_string();
            let types = view.column_types.iter().map(|data_type| schema.format_type(data_type));
            let mut types: Vec<String> = types.collect();
            types.resize(view.columns.len(), String::new());
            let columns = view.columns.iter().zip(types);
            object.columns = columns
                .map(|(name, data_type)| OutlineColumn {
                    name: name.to_string(),
                    data_type,
                    ..OutlineColumn::default()
                })
                .collect();
            object.parents = view.reads.iter().filter_map(|(id, _)| relation_name(schema, *id)).collect();
        }
        RelationKind::Sequence(_) => {
            let definition = sequence_definition(relation);
            object.definition =
                definition.split_once(&relation.sql_name()).map_or("", |(_, rest)| rest).trim().to_owned();
        }
        RelationKind::Index(_) => {}
    }
    object.parts = parts_of(side, relation);
    object
}

fn column_of(schema: &Schema, relation: &Relation, table: &Table, column: &Column) -> OutlineColumn {
    let [_, data_type, rest] = column_parts(schema, relation, column);
    let (mut primary, mut foreign) = (false, false);
    for constraint in &table.constraints {
        match &constraint.kind {
            ConstraintKind::PrimaryKey(index) => {
                let index = schema.relation(*index).and_then(|relation| relation.index());
                primary |= index.is_some_and(|index| index.uses(column.number));
            }
            ConstraintKind::ForeignKey(key) => foreign |= key.columns.contains(&column.number),
            _ => {}
        }
    }
    let default =
        ["DEFAULT ", "GENERATED "].iter().find_map(|word| rest.find(word).map(|at| rest[at..].to_owned()));
    let unknown = column.data_type.base == BaseType::Unknown;
    OutlineColumn {
        name: column.name.to_string(),
        data_type: if unknown { "?".to_owned() } else { data_type },
        not_null: column.not_null,
        default: default.unwrap_or_default(),
        primary,
        foreign,
        ..OutlineColumn::default()
    }
}

fn parts_of(side: &Side, relation: &Relation) -> Vec<OutlinePart> {
    let schema = side.schema;
    let part = |kind: &str, name: &Name, definition: String| OutlinePart {
        kind: kind.to_owned(),
        name: name.to_string(),
        definition,
        ..OutlinePart::default()
    };
    let mut parts = Vec::new();
    if let Some(table) = relation.table() {
        // NOT NULL is told with its column.
        for own in table.constraints.iter().filter(|own| !matches!(own.kind, ConstraintKind::NotNull(_))) {
            let (references, columns) = match &own.kind {
                ConstraintKind::ForeignKey(key) => {
                    let columns = key.columns.iter().map(|number| table.column_name(*number).to_string());
                    (relation_name(schema, key.references), columns.collect())
                }
                _ => (None, Vec::new()),
            };
            let definition = constraint_definition(schema, relation, own);
            parts.push(OutlinePart { references, columns, ..part("constraint", &own.name, definition) });
        }
        for policy in &table.policies {
            let definition = without_head(policy_definition(relation, policy), &policy.name);
            parts.push(part("policy", &policy.name, definition));
        }
    }
    for index in side.indexes.get(&relation.id).into_iter().flatten() {
        let definition = index_definition(schema, index, false).replace("\n    ", " ");
        parts.push(part("index", &index.name, definition));
    }
    for trigger in relation.triggers() {
        let definition = without_head(trigger_definition(schema, relation, trigger), &trigger.name);
        parts.push(part("trigger", &trigger.name, definition));
    }
    for rule in relation.rules() {
        parts.push(part("rule", &rule.name, rule_definition(relation, rule)));
    }
    parts
}

fn type_object(schema: &Schema, user_type: &Type) -> Object {
    let mut object = Object {
        id: user_type.id.0,
        kind: match &user_type.kind {
            TypeKind::Enum(_) => "enum",
            TypeKind::Composite(_) => "composite type",
            TypeKind::Domain(_) => "domain",
            TypeKind::Range(_) => "range type",
            _ => "type",
        }
        .to_owned(),
        name: shown_name(&user_type.schema, &user_type.name),
        assumed: user_type.origin == Origin::Assumed,
        ..Object::default()
    };
    match &user_type.kind {
        TypeKind::Enum(values) => {
            let value = |name: &Name| OutlinePart {
                kind: "value".to_owned(),
                name: name.to_string(),
                ..OutlinePart::default()
            };
            object.parts = values.iter().map(value).collect();
        }
        TypeKind::Composite(attributes) => {
            let column = |attribute: &crate::sql::command::ColumnDefinition| OutlineColumn {
                name: attribute.name.to_string(),
                data_type: attribute.type_name.as_ref().map(|name| name.text.to_string()).unwrap_or_default(),
                ..OutlineColumn::default()
            };
            object.columns = attributes.iter().map(column).collect();
        }
        _ => {
            let definition = user_type.definition(schema).unwrap_or_default();
            object.definition =
                definition.split_once(&user_type.sql_name()).map_or("", |(_, rest)| rest).trim().to_owned();
        }
    }
    object
}

fn function_object(schema: &Schema, function: &Function) -> Object {
    let kind = match function {
        Function { procedure: true, .. } => "procedure",
        Function { aggregate: Some(_), .. } => "aggregate",
        _ => "function",
    };
    let name = naming::function_name(schema, function);
    Object {
        id: function.id.0,
        kind: kind.to_owned(),
        name: name.strip_prefix("public.").map_or_else(|| name.clone(), str::to_owned),
        assumed: function.origin == Origin::Assumed,
        definition: function.returns.as_ref().map(|returns| format!("RETURNS {returns}")).unwrap_or_default(),
        ..Object::default()
    }
}

/// The differences, by the name of the object that each is about.
struct Marks<'a> {
    before: &'a Schema,
    found: Map<&'a str, Vec<&'a Difference>>,
}

impl Marks<'_> {
    fn of(&self, key: &str) -> &[&Difference] {
        self.found.get(key).map_or(&[], Vec::as_slice)
    }

    fn has(&self, key: &str, kind: DifferenceKind) -> bool {
        self.of(key).iter().any(|difference| difference.kind == kind)
    }

    /// Marks an object with what is said of it under the names that it has and had.
    fn mark(&self, object: &mut Object, key: &str, key_before: Option<&str>) {
        for difference in self.of(key) {
            match difference.kind {
                DifferenceKind::Added => object.change = Change::Added,
                // One of the same name that is gone is listed by itself.
                DifferenceKind::Removed | DifferenceKind::Renamed => {}
                DifferenceKind::Changed | DifferenceKind::Moved => {
                    object.change = Change::Changed;
                    let text = difference.text.strip_prefix(key).unwrap_or(&difference.text);
                    object.notes.push(text.trim_start_matches([':', ' ']).to_owned());
                }
            }
        }
        for difference in key_before.map_or(&[][..], |key| self.of(key)) {
            if let (DifferenceKind::Renamed, Some(before)) = (difference.kind, &difference.before) {
                object.change = Change::Changed;
                object.notes.push(format!("was called {}", before.strip_prefix("public.").unwrap_or(before)));
            }
        }
    }

    fn relation(&self, here: &Side, there: &Side, relation: &Relation) -> Object {
        let mut object = whole(here, relation);
        let old = self.before.relation(relation.id);
        let old = old.or_else(|| self.before.relation_named(&relation.schema, &relation.name));
        let old_key = old.map(|old| naming::relation(old));
        let key = naming::relation(relation);
        self.mark(&mut object, &key, old_key.as_deref());
        if let Some(old) = old
            && object.change != Change::Added
        {
            self.mark_columns(&mut object.columns, relation, old, there.schema);
            self.mark_parts(&mut object.parts, relation, parts_of(there, old));
            let differs = object.columns.iter().any(|column| column.change != Change::Same)
                || object.parts.iter().any(|part| part.change != Change::Same);
            if differs {
                object.change = Change::Changed;
            }
        }
        object
    }

    fn mark_columns(
        &self,
        columns: &mut Vec<OutlineColumn>,
        relation: &Relation,
        old: &Relation,
        before: &Schema,
    ) {
        let (Some(table), Some(old_table)) = (relation.table(), old.table()) else { return };
        for (column, own) in columns.iter_mut().zip(&table.columns) {
            for difference in self.of(&naming::column(relation, &own.name)) {
                match difference.kind {
                    DifferenceKind::Added => column.change = Change::Added,
                    DifferenceKind::Changed => {
                        column.change = Change::Changed;
                        column.was = difference.before.clone();
                    }
                    DifferenceKind::Moved => column.change = Change::Changed,
                    DifferenceKind::Removed | DifferenceKind::Renamed => {}
                }
            }
            if let Some(was) = old_table.numbered(own.number).filter(|was| was.name != own.name)
                && self.has(&naming::column(old, &was.name), DifferenceKind::Renamed)
            {
                column.change = Change::Changed;
                let definition =
                    column.was.take().map(|definition| format!(" {definition}")).unwrap_or_default();
                column.was = Some(format!("{}{definition}", was.name));
            }
        }
        for (place, was) in old_table.columns.iter().enumerate() {
            if self.has(&naming::column(relation, &was.name), DifferenceKind::Removed) {
                let gone =
                    OutlineColumn { change: Change::Removed, ..column_of(before, old, old_table, was) };
                columns.insert(place.min(columns.len()), gone);
            }
        }
    }

    fn mark_parts(&self, parts: &mut Vec<OutlinePart>, relation: &Relation, old: Vec<OutlinePart>) {
        let key = |part: &OutlinePart| match &*part.kind {
            "index" => format!("index {}.{}", relation.schema, part.name),
            kind => naming::part(kind, &part.name, relation),
        };
        for part in parts.iter_mut() {
            for difference in self.of(&key(part)) {
                match difference.kind {
                    DifferenceKind::Added => part.change = Change::Added,
                    DifferenceKind::Changed | DifferenceKind::Moved => {
                        part.change = Change::Changed;
                        part.was = difference.before.clone();
                    }
                    DifferenceKind::Removed | DifferenceKind::Renamed => {}
                }
            }
        }
        for gone in old {
            for difference in self.of(&key(&gone)) {
                match (difference.kind, &difference.after) {
                    (DifferenceKind::Removed, _) => {
                        parts.push(OutlinePart { change: Change::Removed, ..gone.clone() });
                    }
                    (DifferenceKind::Renamed, Some(now)) => {
                        let now = now.rsplit_once('.').map_or(now.as_str(), |(_, name)| name);
                        let same = |part: &&mut OutlinePart| part.kind == gone.kind && part.name == now;
                        if let Some(part) = parts.iter_mut().find(same) {
                            part.change = Change::Changed;
                            part.was = Some(gone.name.clone());
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn user_type(&self, after: &Schema, user_type: &Type) -> Object {
        let mut object = type_object(after, user_type);
        let old = self.before.user_type(user_type.id);
        let old_key = old.map(|old| naming::user_type(old));
        self.mark(&mut object, &naming::user_type(user_type), old_key.as_deref());
        if object.change == Change::Changed
            && let Some(old) = old
            && matches!(old.kind, TypeKind::Enum(_))
        {
            let old = type_object(self.before, old).parts;
            // No value of an enum can go, but by making the type again.
            for part in object.parts.iter_mut().filter(|part| old.iter().all(|was| was.name != part.name)) {
                part.change = Change::Added;
            }
        }
        object
    }

    fn function(&self, after: &Schema, function: &Function) -> Object {
        let mut object = function_object(after, function);
        let old = self.before.function(function.id).map(|old| naming::function(self.before, old));
        self.mark(&mut object, &naming::function(after, function), old.as_deref());
        object
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_of, then};
    use super::super::diff;
    use super::*;

    /// A line for each object and each marked part of it.
    fn outlined(before: &str, change: &str) -> Vec<String> {
        let before = schema_of(before);
        let after = then(&before, change);
        let sign = |change: Change| match change {
            Change::Same => "=",
            Change::Added => "+",
            Change::Removed => "-",
            Change::Changed => "~",
        };
        let was = |was: &Option<String>| was.as_ref().map(|was| format!(" (was {was})")).unwrap_or_default();
        let mut lines = Vec::new();
        for object in outline(&before, &after, &diff(&before, &after)) {
            let notes: String = object.notes.iter().map(|note| format!(" [{note}]")).collect();
            lines.push(format!("{} {} {}{notes}", sign(object.change), object.kind, object.name));
            for column in object.columns.iter().filter(|column| column.change != Change::Same) {
                lines.push(format!(
                    "  {} {} {}{}",
                    sign(column.change),
                    column.name,
                    column.data_type,
                    was(&column.was)
                ));
            }
            for part in object.parts.iter().filter(|part| part.change != Change::Same) {
                lines.push(format!("  {} {} {}{}", sign(part.change), part.kind, part.name, was(&part.was)));
            }
        }
        lines
    }

    #[test]
    fn what_differs_is_marked() {
        let tables =
            "CREATE TABLE a (id int PRIMARY KEY, x text, y int); CREATE TABLE b (id int PRIMARY KEY);";
        for (change, lines) in [
            ("SELECT 1", &["= table a", "= table b"][..]),
            ("ALTER TABLE a ADD COLUMN z int", &["~ table a", "  + z integer", "= table b"]),
            ("ALTER TABLE a DROP COLUMN x", &["~ table a", "  - x text", "= table b"]),
            (
                "ALTER TABLE a ALTER COLUMN y TYPE bigint",
                &["~ table a", "  ~ y bigint (was integer)", "= table b"],
            ),
            ("ALTER TABLE a RENAME COLUMN y TO z", &["~ table a", "  ~ z integer (was y)", "= table b"]),
            ("DROP TABLE b", &["= table a", "- table b"]),
            ("CREATE TABLE c (id int)", &["= table a", "= table b", "+ table c"]),
            ("ALTER TABLE b RENAME TO c", &["= table a", "~ table c [was called b]"]),
            ("CREATE INDEX i ON a (y)", &["~ table a", "  + index i", "= table b"]),
            (
                "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (y) REFERENCES b",
                &["~ table a", "  + constraint f", "= table b"],
            ),
            ("CREATE VIEW v AS SELECT id FROM a", &["= table a", "= table b", "+ view v"]),
            ("CREATE SEQUENCE s", &["= table a", "= table b", "+ sequence s"]),
            (
                "ALTER TABLE b ENABLE ROW LEVEL SECURITY",
                &["= table a", "~ table b [row level security was off, is on]"],
            ),
        ] {
            assert_eq!(outlined(tables, change), lines, "{change}");
        }
    }

    #[test]
    fn parts_that_get_another_name_or_go_are_marked() {
        let before = "CREATE TABLE a (id int CONSTRAINT c CHECK (id > 0)); CREATE INDEX i ON a (id);";
        assert_eq!(
            outlined(before, "ALTER INDEX i RENAME TO j; ALTER TABLE a RENAME CONSTRAINT c TO d"),
            ["~ table a", "  ~ constraint d (was c)", "  ~ index j (was i)"]
        );
        assert_eq!(
            outlined(before, "DROP INDEX i; ALTER TABLE a DROP CONSTRAINT c"),
            ["~ table a", "  - constraint c", "  - index i"]
        );
    }

    #[test]
    fn types_and_functions_are_listed() {
        let before =
            "CREATE TYPE e AS ENUM ('x'); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';";
        assert_eq!(
            outlined(before, "ALTER TYPE e ADD VALUE 'y'; DROP FUNCTION f()"),
            ["~ enum e [was ENUM ('x'), is ENUM ('x', 'y')]", "  + value y", "- function f()"]
        );
    }

    #[test]
    fn keys_and_defaults_are_told_at_the_column() {
        let schema = schema_of(
            "CREATE TABLE b (id int PRIMARY KEY);
             CREATE TABLE a (id bigserial PRIMARY KEY, b_id int REFERENCES b, n int NOT NULL DEFAULT 7,
                             g int GENERATED ALWAYS AS (n * 2) STORED);",
        );
        let objects = outline(&schema, &schema, &[]);
        let lines: Vec<String> = objects[0]
            .columns
            .iter()
            .map(|column| {
                let marks: String =
                    [(column.primary, " PK"), (column.foreign, " FK"), (column.not_null, " NN")]
                        .iter()
                        .filter_map(|(is_so, mark)| is_so.then_some(*mark))
                        .collect();
                format!("{} {}{marks} {}", column.name, column.data_type, column.default)
            })
            .collect();
        assert_eq!(
            lines,
            [
                "id bigserial PK NN ",
                "b_id integer FK ",
                "n integer NN DEFAULT 7",
                "g integer GENERATED ALWAYS AS (n * 2) STORED"
            ]
        );
        let key = objects[0].parts.iter().find(|part| part.references.is_some()).unwrap();
        assert_eq!(key.references.as_deref(), Some("b"));
    }
}
