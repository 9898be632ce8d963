//! Relations: tables, views, indexes, sequences. They share one set of names, as in `pg_class`.

use std::sync::Arc;

use super::{DataType, Id, qualified_sql};
use crate::sql::command::{
    Firing, ForeignKeyAction, IndexKey, OptionValue, PartitionBound, PartitionBy, Persistence,
    ReplicaIdentity, TriggerTiming,
};
use crate::sql::{Expression, Literal, Name, Node, QualifiedName};

/// Where knowledge of an object comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Every database has it.
    BuiltIn,
    /// A statement that was read created it.
    #[default]
    Created,
    /// A statement used it and no statement that was read created it.
    Assumed,
}

/// What is known of a table's rows, fewest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Rows {
    /// It was created here and nothing has filled it.
    #[default]
    None,
    /// It was created here, and statements that were read put the few rows into it that they write out.
    Few,
    /// It was created here, and statements that were read filled it from elsewhere.
    Some,
    /// It was there before; it may hold any number.
    Unknown,
}

/// A table, view, index, sequence …
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Its identity.
    pub id: Id,
    /// Its schema.
    pub schema: Name,
    /// Its name.
    pub name: Name,
    /// Created or assumed.
    pub origin: Origin,
    /// It was there before all that was read: a statement used it and none created it. A table that was created with
    /// columns that are not known is assumed without being presumed.
    pub presumed: bool,
    /// Logged, unlogged, temporary.
    pub persistence: Persistence,
    /// The owner's role, where a statement set it.
    pub owner: Option<Name>,
    /// Storage options, `fillfactor` and so on.
    pub options: Vec<OptionValue>,
    /// The tablespace, where a statement set it.
    pub tablespace: Option<Name>,
    /// What it is.
    pub kind: RelationKind,
}

/// The kinds of relation.
#[derive(Debug, Clone, PartialEq)]
pub enum RelationKind {
    /// A table, partitioned or not, or a foreign table.
    Table(Box<Table>),
    /// A view or materialized view.
    View(Box<View>),
    /// An index.
    Index(Box<Index>),
    /// A sequence.
    Sequence(Box<Sequence>),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Its columns in order; dropped ones are gone.
    pub columns: Vec<Column>,
    /// The number that the next column gets.
    pub next_column: i16,
    /// Its constraints by age. NOT NULL ones are among them.
    pub constraints: Vec<Constraint>,
    /// PARTITION BY.
    pub partition_by: Option<PartitionBy>,
    /// The tables it is a partition of (one, with `bound`) or inherits from.
    pub parents: Vec<Id>,
    /// The composite type of a typed table.
    pub of_type: Option<Id>,
    /// FOR VALUES, of a partition.
    pub bound: Option<PartitionBound>,
    /// Triggers by name.
    pub triggers: Vec<Trigger>,
    /// Row level security policies by age.
    pub policies: Vec<Policy>,
    /// Rewrite rules by age.
    pub rules: Vec<Rule>,
    /// ENABLE ROW LEVEL SECURITY.
    pub row_security: bool,
    /// FORCE ROW LEVEL SECURITY.
    pub force_row_security: bool,
    /// REPLICA IDENTITY.
    pub replica_identity: ReplicaIdentity,
    /// The server of a foreign table.
    pub foreign_server: Option<Name>,
    /// The table access method, where a statement set it.
    pub access_method: Option<Name>,
    /// The index that CLUSTER ON names.
    pub cluster_on: Option<Id>,
    /// What is known of its rows.
    pub rows: Rows,
    /// ON COMMIT DROP.
    pub drop_on_commit: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its number: stays when it is renamed, is never used again.
    pub number: i16,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub data_type: DataType,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// DEFAULT.
    pub default: Option<Expression>,
    /// GENERATED ALWAYS AS, with STORED or not.
    pub generated: Option<(Expression, bool)>,
    /// Identity: ALWAYS (true) or BY DEFAULT.
    pub identity: Option<bool>,
    /// The sequence behind SERIAL or identity.
    pub sequence: Option<Id>,
    /// NOT NULL is in force (perhaps NOT VALID).
    pub not_null: bool,
    /// Comes from a parent table.
    pub inherited: bool,
    /// Is the table's own, perhaps besides being inherited: it stays when the parent loses it.
    pub local: bool,
    /// SET STATISTICS.
    pub statistics: Option<i32>,
    /// SET STORAGE.
    pub storage: Option<Name>,
    /// SET COMPRESSION.
    pub compression: Option<Name>,
    /// SET (n_distinct = …).
    pub options: Vec<OptionValue>,
    /// Created or assumed.
    pub origin: Origin,
}

/// A constraint of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    /// Its name.
    pub name: Name,
    /// What it demands.
    pub kind: ConstraintKind,
    /// False after NOT VALID until VALIDATE.
    pub validated: bool,
    /// False with NOT ENFORCED.
    pub enforced: bool,
    /// DEFERRABLE.
    pub deferrable: bool,
    /// INITIALLY DEFERRED.
    pub initially_deferred: bool,
    /// NO INHERIT.
    pub no_inherit: bool,
    /// Comes from a parent table.
    pub inherited: bool,
    /// Is the table's own, perhaps besides being inherited: it stays when the parent loses it.
    pub local: bool,
}

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq)]
pub enum ConstraintKind {
    /// NOT NULL.
    NotNull(i16),
    /// CHECK, with the columns it names.
    Check(Expression, Vec<i16>),
    /// UNIQUE, by an index.
    Unique(Id),
    /// PRIMARY KEY, by an index.
    PrimaryKey(Id),
    /// EXCLUDE, by an index, with an operator for each key.
    Exclude(Id, Vec<Name>),
    /// FOREIGN KEY.
    ForeignKey(Box<ForeignKey>),
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignKey {
    /// The referencing columns.
    pub columns: Vec<i16>,
    /// The referenced table.
    pub references: Id,
    /// The referenced columns.
    pub referenced_columns: Vec<i16>,
    /// The unique index on them, where known.
    pub index: Option<Id>,
    /// MATCH FULL.
    pub match_full: bool,
    /// ON DELETE.
    pub on_delete: ForeignKeyAction,
    /// ON DELETE SET NULL (…).
    pub on_delete_columns: Vec<i16>,
    /// ON UPDATE.
    pub on_update: ForeignKeyAction,
    /// PERIOD on the last column, and on the last one referenced.
    pub period: bool,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// Its name.
    pub name: Name,
    /// CREATE CONSTRAINT TRIGGER.
    pub constraint: bool,
    /// When it fires.
    pub timing: TriggerTiming,
    /// FOR EACH ROW.
    pub for_each_row: bool,
    /// INSERT, UPDATE …
    pub events: Vec<Name>,
    /// UPDATE OF.
    pub columns: Vec<i16>,
    /// WHEN.
    pub condition: Option<Expression>,
    /// What it calls: schema and name.
    pub function: QualifiedName,
    /// The function, where the history created it.
    pub function_id: Option<Id>,
    /// Its arguments.
    pub arguments: Vec<Name>,
    /// REFERENCING OLD (false) and NEW (true) TABLE AS.
    pub transition_tables: Vec<(bool, Name)>,
    /// DEFERRABLE, of a constraint trigger.
    pub deferrable: bool,
    /// INITIALLY DEFERRED.
    pub initially_deferred: bool,
    /// A partition's copy of its parent's row trigger.
    pub inherited: bool,
    /// ENABLE / DISABLE.
    pub firing: Firing,
}

/// A row level security policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its name.
    pub name: Name,
    /// PERMISSIVE.
    pub permissive: bool,
    /// `all`, `select`, `insert`, `update` or `delete`.
    pub command: Name,
    /// TO.
    pub roles: Vec<Name>,
    /// USING.
    pub using: Option<Expression>,
    /// WITH CHECK.
    pub with_check: Option<Expression>,
    /// The relations that its subqueries read, with the columns of each.
    pub reads: Reads,
    /// The functions that its subqueries call, where the history created them.
    pub functions: Vec<Id>,
}

/// A rewrite rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name.
    pub name: Name,
    /// SELECT, INSERT, UPDATE or DELETE.
    pub event: Name,
    /// INSTEAD.
    pub instead: bool,
}

/// Relations that are read, with the columns that are named of each.
pub type Reads = Vec<(Id, Vec<i16>)>;

/// The name of the rule that is a view's query.
pub const SELECT_RULE: &str = "_RETURN";

/// A view or materialized view.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Materialized?
    pub materialized: bool,
    /// The query's text as the statement has it.
    pub written: Arc<str>,
    /// The query's text, in which `*` is the columns that it stood for, and what got another name since has it.
    pub query: Arc<str>,
    /// The names of its columns, where the query tells them.
    pub columns: Vec<Name>,
    /// The relations it reads, with the columns it names of each.
    pub reads: Reads,
    /// The functions it calls, where the history created them.
    pub functions: Vec<Id>,
    /// The types it casts to, where the history created them.
    pub types: Vec<Id>,
    /// The extensions whose functions it calls.
    pub extensions: Vec<Name>,
    /// WITH CHECK OPTION.
    pub check_option: Option<Name>,
    /// A materialized view that holds data.
    pub populated: bool,
    /// INSTEAD OF triggers, and statement triggers.
    pub triggers: Vec<Trigger>,
    /// Rewrite rules by age, without the one that is the query.
    pub rules: Vec<Rule>,
    /// The types of its columns, where they are plain to see.
    pub column_types: Vec<DataType>,
    /// Created or assumed columns: an assumed view may have any.
    pub columns_known: bool,
}

/// An index.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    /// The table or materialized view it is on.
    pub table: Id,
    /// UNIQUE.
    pub unique: bool,
    /// NULLS NOT DISTINCT.
    pub nulls_not_distinct: bool,
    /// The access method.
    pub method: Name,
    /// Its key.
    pub keys: Vec<Key>,
    /// INCLUDE.
    pub include: Vec<i16>,
    /// WHERE, with the columns it names.
    pub predicate: Option<(Expression, Vec<i16>)>,
    /// False after a CONCURRENTLY that failed, or ON ONLY a partitioned table.
    pub valid: bool,
    /// Backs a constraint of its table.
    pub constraint: bool,
    /// The partitioned index it is attached to.
    pub parent: Option<Id>,
}

/// One element of an index's key.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Column or expression.
    pub part: KeyPart,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// Operator class.
    pub operator_class: Option<QualifiedName>,
    /// DESC.
    pub descending: bool,
    /// NULLS FIRST / LAST, where said.
    pub nulls_first: Option<bool>,
}

/// What an index key is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyPart {
    /// A column.
    Column(i16),
    /// An expression, with the columns it names.
    Expression(Expression, Vec<i16>),
}

/// A sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequence {
    /// `smallint`, `integer` or `bigint`.
    pub data_type: Name,
    /// START.
    pub start: i64,
    /// INCREMENT.
    pub increment: i64,
    /// MINVALUE.
    pub minimum: i64,
    /// MAXVALUE.
    pub maximum: i64,
    /// CACHE.
    pub cache: i64,
    /// CYCLE.
    pub cycle: bool,
    /// OWNED BY: table and column number; identity's is internal.
    pub owned_by: Option<(Id, i16)>,
    /// Belongs to an identity column.
    pub identity: bool,
}

impl Relation {
    /// `schema.name`, without quotes.
    pub fn display_name(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    /// As SQL, without the schema when it is `public`.
    pub fn sql_name(&self) -> String {
        qualified_sql(&self.schema, &self.name)
    }

    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.kind {
            RelationKind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// What is known of its rows. What is neither a table nor a materialized view that waits for its first REFRESH may
    /// hold any number.
    pub fn rows(&self) -> Rows {
        match &self.kind {
            RelationKind::Table(table) => table.rows,
            RelationKind::View(view) if view.materialized && !view.populated => Rows::None,
            _ => Rows::Unknown,
        }
    }

    /// The table, if it is one, to change.
    pub fn table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.kind {
            RelationKind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The index, if it is one.
    pub fn index(&self) -> Option<&Index> {
        match &self.kind {
            RelationKind::Index(index) => Some(index),
            _ => None,
        }
    }

    /// The view, if it is one.
    pub fn view(&self) -> Option<&View> {
        match &self.kind {
            RelationKind::View(view) => Some(view),
            _ => None,
        }
    }

    /// Its triggers.
    pub fn triggers(&self) -> &[Trigger] {
        match &self.kind {
            RelationKind::Table(table) => &table.triggers,
            RelationKind::View(view) => &view.triggers,
            _ => &[],
        }
    }

    /// Its triggers, to change; none for what can have no triggers.
    pub fn triggers_mut(&mut self) -> Option<&mut Vec<Trigger>> {
        match &mut self.kind {
            RelationKind::Table(table) => Some(&mut table.triggers),
            RelationKind::View(view) => Some(&mut view.triggers),
            _ => None,
        }
    }

    /// Its rewrite rules.
    pub fn rules(&self) -> &[Rule] {
        match &self.kind {
            RelationKind::Table(table) => &table.rules,
            RelationKind::View(view) => &view.rules,
            _ => &[],
        }
    }

    /// Its rewrite rules, to change; none for what can have no rules.
    pub fn rules_mut(&mut self) -> Option<&mut Vec<Rule>> {
        match &mut self.kind {
            RelationKind::Table(table) => Some(&mut table.rules),
            RelationKind::View(view) => Some(&mut view.rules),
            _ => None,
        }
    }

    /// The sequence, if it is one.
    pub fn sequence(&self) -> Option<&Sequence> {
        match &self.kind {
            RelationKind::Sequence(sequence) => Some(sequence),
            _ => None,
        }
    }

    /// The text by which an expression draws from this sequence: `nextval('s')` names it for good; a name cast to
    /// text is looked up each time.
    pub fn drawn_by(&self, expression: &Expression) -> Option<Arc<str>> {
        let mut found = None;
        let is_full = |written: &str| {
            written.strip_prefix(&*self.schema).and_then(|rest| rest.strip_prefix('.')) == Some(&*self.name)
        };
        expression.node.walk(|part| {
            let Node::Function { arguments, .. } = part else { return };
            let named = match arguments.first() {
                Some(Node::Cast { operand, type_name }) if &*type_name.name.name == "regclass" => &**operand,
                Some(argument) => argument,
                None => return,
            };
            if let Node::Literal(Literal::String(text)) = named {
                let plain = text.replace('"', "");
                if plain == *self.name || is_full(&plain) {
                    found = Some(text.clone());
                }
            }
        });
        found
    }

    /// What people call its kind: `table`, `partitioned table`, `view` …
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            RelationKind::Table(table) if table.foreign_server.is_some() => "foreign table",
            RelationKind::Table(table) if table.partition_by.is_some() => "partitioned table",
            RelationKind::Table(_) => "table",
            RelationKind::View(view) if view.materialized => "materialized view",
            RelationKind::View(_) => "view",
            RelationKind::Index(_) => "index",
            RelationKind::Sequence(_) => "sequence",
        }
    }
}

impl Column {
    /// The column without what statements say of one that is there: its default, NOT NULL, storage and the like.
    pub fn bare(&self) -> Column {
        Column {
            default: None,
            generated: None,
            identity: None,
            sequence: None,
            not_null: false,
            statistics: None,
            storage: None,
            compression: None,
            ..self.clone()
        }
    }
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.name == name)
    }

    /// The column of that name, to change.
    pub fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| &*column.name == name)
    }

    /// The column of that number.
    pub fn numbered(&self, number: i16) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }

    /// The name of a column by number, or `?`.
    pub fn column_name(&self, number: i16) -> Name {
        self.numbered(number).map_or_else(|| Name::from("?"), |column| column.name.clone())
    }

    /// The constraint of that name.
    pub fn constraint(&self, name: &str) -> Option<&Constraint> {
        self.constraints.iter().find(|constraint| &*constraint.name == name)
    }

    /// The primary key's index.
    pub fn primary_key(&self) -> Option<Id> {
        self.constraints.iter().find_map(|constraint| match constraint.kind {
            ConstraintKind::PrimaryKey(index) => Some(index),
            _ => None,
        })
    }

    /// Gives a column another name, also in the table's expressions.
    pub(super) fn rename_column(&mut self, from: &Name, to: &Name) {
        let renamed = |expression: &mut Expression| *expression = expression.with_column_renamed(from, to);
        for column in &mut self.columns {
            if column.name == *from {
                column.name = to.clone();
            }
            if let Some((expression, _)) = &mut column.generated {
                renamed(expression);
            }
        }
        for own in &mut self.constraints {
            if let ConstraintKind::Check(expression, _) = &mut own.kind {
                renamed(expression);
            }
        }
        for policy in &mut self.policies {
            policy.using.iter_mut().for_each(renamed);
            policy.with_check.iter_mut().for_each(renamed);
        }
        for trigger in &mut self.triggers {
            trigger.condition.iter_mut().for_each(renamed);
        }
        for element in self.partition_by.iter_mut().flat_map(|by| &mut by.keys) {
            match &mut element.key {
                IndexKey::Column(column) if column == from => *column = to.clone(),
                IndexKey::Expression(expression) => renamed(expression),
                IndexKey::Column(_) => {}
            }
        }
    }

    /// Is it divided into partitions?
    pub fn is_partitioned(&self) -> bool {
        self.partition_by.is_some()
    }
}

impl Column {
    /// GENERATED ALWAYS AS … VIRTUAL?
    pub fn is_virtual(&self) -> bool {
        matches!(self.generated, Some((_, false)))
    }

    /// Does the expression that it is generated from name this column?
    pub fn is_generated_from(&self, column: &Name) -> bool {
        self.generated.as_ref().is_some_and(|(expression, _)| expression.node.columns().contains(column))
    }
}

impl Index {
    /// The columns of its key, where every element is a plain column.
    pub fn key_columns(&self) -> Option<Vec<i16>> {
        self.keys
            .iter()
            .map(|key| match key.part {
                KeyPart::Column(number) => Some(number),
                KeyPart::Expression(..) => None,
            })
            .collect()
    }

    /// Follows a column of the table that gets another name.
    pub(super) fn rename_column(&mut self, from: &Name, to: &Name) {
        for key in &mut self.keys {
            if let KeyPart::Expression(expression, _) = &mut key.part {
                *expression = expression.with_column_renamed(from, to);
            }
        }
        if let Some((predicate, _)) = &mut self.predicate {
            *predicate = predicate.with_column_renamed(from, to);
        }
    }

    /// Is it that of a key WITHOUT OVERLAPS? No other GiST index is unique.
    pub fn is_temporal(&self) -> bool {
        self.unique && &*self.method == "gist"
    }

    /// Does it use this column anywhere: key, INCLUDE or WHERE?
    pub fn uses(&self, column: i16) -> bool {
        let in_keys = self.keys.iter().any(|key| match &key.part {
            KeyPart::Column(number) => *number == column,
            KeyPart::Expression(_, columns) => columns.contains(&column),
        });
        in_keys
            || self.include.contains(&column)
            || self.predicate.as_ref().is_some_and(|(_, columns)| columns.contains(&column))
    }
}

impl ConstraintKind {
    /// The condition of a CHECK.
    pub fn condition_mut(&mut self) -> Option<&mut Expression> {
        match self {
            ConstraintKind::Check(condition, _) => Some(condition),
            _ => None,
        }
    }

    /// The columns of the table that it concerns; a key's are its index's.
    pub fn own_columns(&self) -> &[i16] {
        match self {
            ConstraintKind::NotNull(column) => std::slice::from_ref(column),
            ConstraintKind::Check(_, columns) => columns,
            ConstraintKind::ForeignKey(key) => &key.columns,
            ConstraintKind::Unique(_) | ConstraintKind::PrimaryKey(_) | ConstraintKind::Exclude(..) => &[],
        }
    }

    /// The index behind it.
    pub fn index(&self) -> Option<Id> {
        match self {
            ConstraintKind::Unique(index)
            | ConstraintKind::PrimaryKey(index)
            | ConstraintKind::Exclude(index, _) => Some(*index),
            _ => None,
        }
    }
}
