//! CREATE TABLE and ALTER TABLE.

use super::*;

/// How long a relation lives and whether it is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Persistence {
    /// An ordinary, logged relation.
    #[default]
    Permanent,
    /// UNLOGGED.
    Unlogged,
    /// TEMPORARY.
    Temporary,
}

/// ON COMMIT of a temporary table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCommit {
    /// Not said: it stays, with its rows.
    Unsaid,
    /// PRESERVE ROWS, DELETE ROWS.
    Stay,
    /// DROP.
    Drop,
}

/// CREATE TABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTable {
    /// Its name.
    pub name: QualifiedName,
    /// FOREIGN TABLE, on this server.
    pub foreign_server: Option<Name>,
    /// TEMPORARY, UNLOGGED.
    pub persistence: Persistence,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Columns, table constraints and LIKE clauses, in order.
    pub elements: Vec<TableElement>,
    /// INHERITS.
    pub inherits: Vec<QualifiedName>,
    /// PARTITION BY.
    pub partition_by: Option<PartitionBy>,
    /// PARTITION OF.
    pub partition_of: Option<(QualifiedName, PartitionBound)>,
    /// OF type.
    pub of_type: Option<TypeName>,
    /// WITH (…).
    pub options: Vec<OptionValue>,
    /// TABLESPACE.
    pub tablespace: Option<Name>,
    /// USING access method.
    pub access_method: Option<Name>,
    /// ON COMMIT.
    pub on_commit: OnCommit,
}

/// One element of CREATE TABLE's list.
#[derive(Debug, Clone, PartialEq)]
// Most elements are columns: a box would save no room.
#[allow(clippy::large_enum_variant)]
pub enum TableElement {
    /// A column.
    Column(ColumnDefinition),
    /// A table constraint.
    Constraint(ConstraintDefinition),
    /// LIKE table INCLUDING …
    Like {
        /// The table whose definition is taken.
        source: QualifiedName,
        /// What is taken besides names, types and NOT NULL.
        including: LikeOptions,
    },
}

/// LIKE's INCLUDING list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct LikeOptions {
    pub comments: bool,
    pub compression: bool,
    pub constraints: bool,
    pub defaults: bool,
    pub generated: bool,
    pub identity: bool,
    pub indexes: bool,
    pub statistics: bool,
    pub storage: bool,
}

/// A column as CREATE TABLE or ADD COLUMN defines it.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnDefinition {
    /// Its name.
    pub name: Name,
    /// Its type; none in `OF type` and `PARTITION OF` column lists.
    pub type_name: Option<TypeName>,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// DEFAULT.
    pub default: Option<Expression>,
    /// GENERATED ALWAYS AS (…).
    pub generated: Option<Generated>,
    /// GENERATED … AS IDENTITY.
    pub identity: Option<Identity>,
    /// NULL was written.
    pub explicit_null: bool,
    /// NOT NULL, CHECK, UNIQUE, PRIMARY KEY, REFERENCES written at the column, in order.
    pub constraints: Vec<ConstraintDefinition>,
    /// STORAGE.
    pub storage: Option<Name>,
    /// COMPRESSION.
    pub compression: Option<Name>,
}

impl ColumnDefinition {
    /// The constraint of one kind written at the column, if there is one.
    pub fn constraint(&self, matches: impl Fn(&ConstraintKind) -> bool) -> Option<&ConstraintDefinition> {
        self.constraints.iter().find(|constraint| matches(&constraint.kind))
    }

    /// Is NOT NULL or PRIMARY KEY written at the column?
    pub fn not_null(&self) -> bool {
        self.constraint(|kind| matches!(kind, ConstraintKind::NotNull { .. } | ConstraintKind::PrimaryKey(_)))
            .is_some()
    }
}

/// A generated column's expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Generated {
    /// The expression.
    pub expression: Expression,
    /// STORED; else VIRTUAL (PostgreSQL 18 on, and its default there).
    pub stored: bool,
}

/// An identity column's kind and sequence options.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// ALWAYS; else BY DEFAULT.
    pub always: bool,
    /// The sequence's options.
    pub options: SequenceOptions,
}

/// A constraint as a statement defines it.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstraintDefinition {
    /// CONSTRAINT name.
    pub name: Option<Name>,
    /// What it demands.
    pub kind: ConstraintKind,
    /// DEFERRABLE.
    pub deferrable: bool,
    /// INITIALLY DEFERRED.
    pub initially_deferred: bool,
    /// NOT VALID.
    pub not_valid: bool,
    /// NOT ENFORCED makes this false (PostgreSQL 18 on).
    pub enforced: bool,
}

/// The kinds of constraint.
#[derive(Debug, Clone, PartialEq)]
pub enum ConstraintKind {
    /// NOT NULL.
    NotNull {
        /// The column; at a column definition it is that column.
        column: Name,
        /// NO INHERIT.
        no_inherit: bool,
    },
    /// CHECK.
    Check {
        /// What must not be false.
        expression: Expression,
        /// NO INHERIT.
        no_inherit: bool,
    },
    /// UNIQUE.
    Unique(KeyDefinition),
    /// PRIMARY KEY.
    PrimaryKey(KeyDefinition),
    /// EXCLUDE.
    Exclude {
        /// The index access method; gist when not said (btree by grammar default).
        method: Name,
        /// Index elements, each with its operator.
        elements: Vec<(IndexElement, Name)>,
        /// INCLUDE.
        include: Vec<Name>,
        /// WHERE.
        predicate: Option<Expression>,
    },
    /// FOREIGN KEY or REFERENCES.
    ForeignKey(ForeignKeyDefinition),
}

/// UNIQUE or PRIMARY KEY.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KeyDefinition {
    /// The columns; at a column definition it is that column. Empty with `using_index`.
    pub columns: Vec<Name>,
    /// INCLUDE.
    pub include: Vec<Name>,
    /// NULLS NOT DISTINCT.
    pub nulls_not_distinct: bool,
    /// WITHOUT OVERLAPS on the last column (PostgreSQL 18 on).
    pub without_overlaps: bool,
    /// USING INDEX.
    pub using_index: Option<Name>,
    /// WITH (…).
    pub options: Vec<OptionValue>,
    /// USING INDEX TABLESPACE.
    pub tablespace: Option<Name>,
}

/// FOREIGN KEY.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignKeyDefinition {
    /// The referencing columns; at a column definition it is that column.
    pub columns: Vec<Name>,
    /// The referenced table.
    pub references: QualifiedName,
    /// The referenced columns; empty means the primary key.
    pub referenced_columns: Vec<Name>,
    /// MATCH FULL.
    pub match_full: bool,
    /// ON DELETE.
    pub on_delete: ForeignKeyAction,
    /// The columns of ON DELETE SET NULL (…) / SET DEFAULT (…).
    pub on_delete_columns: Vec<Name>,
    /// ON UPDATE.
    pub on_update: ForeignKeyAction,
    /// PERIOD on the last column (PostgreSQL 18 on).
    pub period: bool,
    /// PERIOD on the last referenced column.
    pub referenced_period: bool,
}

/// ON DELETE and ON UPDATE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum ForeignKeyAction {
    #[default]
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// PARTITION BY.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionBy {
    /// RANGE, LIST or HASH.
    pub strategy: PartitionStrategy,
    /// The key: columns and expressions.
    pub keys: Vec<IndexElement>,
}

/// RANGE, LIST or HASH.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PartitionStrategy {
    Range,
    List,
    Hash,
}

/// FOR VALUES.
#[derive(Debug, Clone, PartialEq)]
pub enum PartitionBound {
    /// DEFAULT.
    Default,
    /// IN (…).
    List(Vec<Expression>),
    /// FROM (…) TO (…); MINVALUE and MAXVALUE are columns of that name to the grammar and kept so.
    Range {
        /// FROM, inclusive.
        from: Vec<Expression>,
        /// TO, exclusive.
        to: Vec<Expression>,
    },
    /// WITH (MODULUS m, REMAINDER r).
    Hash {
        /// MODULUS.
        modulus: i32,
        /// REMAINDER.
        remainder: i32,
    },
}

/// CREATE TABLE … AS, SELECT INTO, CREATE MATERIALIZED VIEW.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTableAs {
    /// Its name.
    pub name: QualifiedName,
    /// MATERIALIZED VIEW; else a table.
    pub materialized_view: bool,
    /// TEMPORARY, UNLOGGED.
    pub persistence: Persistence,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// The column names; empty means the query's.
    pub columns: Vec<Name>,
    /// The query; none for EXECUTE of a prepared statement.
    pub query: Option<Box<Query>>,
    /// WITH DATA.
    pub with_data: bool,
    /// WITH (…).
    pub options: Vec<OptionValue>,
    /// TABLESPACE.
    pub tablespace: Option<Name>,
    /// ON COMMIT.
    pub on_commit: OnCommit,
}

/// ALTER TABLE and the ALTERs that share its grammar.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterTable {
    /// TABLE, INDEX, VIEW, MATERIALIZED VIEW, SEQUENCE, FOREIGN TABLE or TYPE, as the statement says.
    pub kind: ObjectKind,
    /// The relation.
    pub name: QualifiedName,
    /// IF EXISTS.
    pub if_exists: bool,
    /// ONLY.
    pub only: bool,
    /// The sub-commands, in order.
    pub actions: Vec<AlterAction>,
}

/// One sub-command of ALTER TABLE.
#[derive(Debug, Clone, PartialEq)]
pub enum AlterAction {
    /// ADD COLUMN, or ADD ATTRIBUTE of a composite type.
    AddColumn {
        /// The column.
        column: Box<ColumnDefinition>,
        /// IF NOT EXISTS.
        if_not_exists: bool,
        /// CASCADE, for an attribute.
        behavior: Behavior,
    },
    /// DROP COLUMN or ATTRIBUTE.
    DropColumn {
        /// The column.
        column: Name,
        /// IF EXISTS.
        if_exists: bool,
        /// CASCADE or RESTRICT.
        behavior: Behavior,
    },
    /// ALTER COLUMN … TYPE.
    AlterType {
        /// The column.
        column: Name,
        /// The new type.
        type_name: TypeName,
        /// COLLATE.
        collation: Option<QualifiedName>,
        /// USING.
        using: Option<Expression>,
        /// CASCADE, for an attribute.
        behavior: Behavior,
    },
    /// ALTER COLUMN … SET DEFAULT.
    SetDefault {
        /// The column.
        column: Name,
        /// The default.
        default: Expression,
    },
    /// ALTER COLUMN … DROP DEFAULT.
    DropDefault {
        /// The column.
        column: Name,
    },
    /// ALTER COLUMN … SET NOT NULL.
    SetNotNull {
        /// The column.
        column: Name,
    },
    /// ALTER COLUMN … DROP NOT NULL.
    DropNotNull {
        /// The column.
        column: Name,
    },
    /// ALTER COLUMN … SET EXPRESSION AS.
    SetExpression {
        /// The column.
        column: Name,
        /// The new expression.
        expression: Expression,
    },
    /// ALTER COLUMN … DROP EXPRESSION.
    DropExpression {
        /// The column.
        column: Name,
        /// IF EXISTS.
        if_exists: bool,
    },
    /// ALTER COLUMN … ADD GENERATED … AS IDENTITY.
    AddIdentity {
        /// The column.
        column: Name,
        /// The identity.
        identity: Identity,
    },
    /// ALTER COLUMN … SET GENERATED / SET sequence option / RESTART.
    SetIdentity {
        /// The column.
        column: Name,
        /// ALWAYS or BY DEFAULT, where said.
        always: Option<bool>,
        /// Sequence options, where said.
        options: SequenceOptions,
    },
    /// ALTER COLUMN … DROP IDENTITY.
    DropIdentity {
        /// The column.
        column: Name,
        /// IF EXISTS.
        if_exists: bool,
    },
    /// ALTER COLUMN … SET STATISTICS; the column may be an index column's number.
    SetStatistics {
        /// The column.
        column: Name,
        /// The target; none is DEFAULT.
        target: Option<i32>,
    },
    /// ALTER COLUMN … SET (…) or RESET (…).
    ColumnOptions {
        /// The column.
        column: Name,
        /// The options.
        options: Vec<OptionValue>,
        /// RESET.
        reset: bool,
    },
    /// ALTER COLUMN … SET STORAGE.
    SetStorage {
        /// The column.
        column: Name,
        /// PLAIN, EXTERNAL, EXTENDED, MAIN or DEFAULT.
        storage: Name,
    },
    /// ALTER COLUMN … SET COMPRESSION.
    SetCompression {
        /// The column.
        column: Name,
        /// pglz, lz4 or default.
        method: Name,
    },
    /// ADD table constraint.
    AddConstraint(ConstraintDefinition),
    /// ALTER CONSTRAINT.
    AlterConstraint {
        /// Its name.
        name: Name,
        /// DEFERRABLE or NOT, with INITIALLY DEFERRED or not, where said.
        deferrability: Option<(bool, bool)>,
        /// ENFORCED or NOT ENFORCED, where said.
        enforced: Option<bool>,
        /// INHERIT or NO INHERIT, where said (true is NO INHERIT).
        no_inherit: Option<bool>,
    },
    /// VALIDATE CONSTRAINT.
    ValidateConstraint {
        /// Its name.
        name: Name,
    },
    /// DROP CONSTRAINT.
    DropConstraint {
        /// Its name.
        name: Name,
        /// IF EXISTS.
        if_exists: bool,
        /// CASCADE or RESTRICT.
        behavior: Behavior,
    },
    /// ENABLE / DISABLE TRIGGER.
    Trigger {
        /// Which.
        which: TriggerSelection,
        /// What becomes of it.
        firing: Firing,
    },
    /// ENABLE / DISABLE RULE.
    Rule {
        /// Which.
        name: Name,
        /// What becomes of it.
        firing: Firing,
    },
    /// ENABLE / DISABLE ROW LEVEL SECURITY.
    RowSecurity {
        /// ENABLE?
        enable: bool,
    },
    /// FORCE / NO FORCE ROW LEVEL SECURITY.
    ForceRowSecurity {
        /// FORCE?
        force: bool,
    },
    /// CLUSTER ON; none is SET WITHOUT CLUSTER.
    ClusterOn(Option<Name>),
    /// SET WITHOUT OIDS, which does nothing.
    SetWithoutOids,
    /// SET LOGGED or UNLOGGED.
    SetLogged(bool),
    /// SET TABLESPACE.
    SetTablespace(Name),
    /// SET ACCESS METHOD; none is DEFAULT.
    SetAccessMethod(Option<Name>),
    /// SET (…) or RESET (…).
    Options {
        /// The options.
        options: Vec<OptionValue>,
        /// RESET.
        reset: bool,
    },
    /// INHERIT.
    Inherit(QualifiedName),
    /// NO INHERIT.
    NoInherit(QualifiedName),
    /// OF type.
    Of(TypeName),
    /// NOT OF.
    NotOf,
    /// OWNER TO.
    Owner(Name),
    /// REPLICA IDENTITY.
    ReplicaIdentity(ReplicaIdentity),
    /// ATTACH PARTITION, of a table or an index.
    AttachPartition {
        /// The partition.
        partition: QualifiedName,
        /// Its bound; none for an index.
        bound: Option<PartitionBound>,
    },
    /// DETACH PARTITION.
    DetachPartition {
        /// The partition.
        partition: QualifiedName,
        /// CONCURRENTLY.
        concurrently: bool,
        /// FINALIZE.
        finalize: bool,
    },
    /// OPTIONS (…) of a foreign table or its column.
    ForeignOptions {
        /// The column, if it is one's.
        column: Option<Name>,
        /// The options.
        options: Vec<OptionValue>,
    },
}

/// The name after ENABLE / DISABLE TRIGGER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriggerSelection {
    /// One.
    Named(Name),
    /// ALL: foreign keys' too.
    All,
    /// USER: all but those of constraints.
    User,
}

/// When a trigger or rule fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Firing {
    /// ENABLE: unless the session replicates.
    #[default]
    Origin,
    /// ENABLE ALWAYS.
    Always,
    /// ENABLE REPLICA.
    Replica,
    /// DISABLE.
    Disabled,
}

/// REPLICA IDENTITY.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ReplicaIdentity {
    /// The primary key.
    #[default]
    Default,
    /// The whole row.
    Full,
    /// Nothing.
    Nothing,
    /// USING INDEX.
    Index(Name),
}

/// TRUNCATE.
#[derive(Debug, Clone, PartialEq)]
pub struct Truncate {
    /// The tables, each with ONLY or not.
    pub tables: Vec<(QualifiedName, bool)>,
    /// RESTART IDENTITY.
    pub restart_identity: bool,
    /// CASCADE or RESTRICT.
    pub behavior: Behavior,
}
