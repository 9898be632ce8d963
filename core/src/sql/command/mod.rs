//! The statements of a migration, in small types of our own: a file per kind of object.

mod expressions;
mod function;
mod index;
mod object;
mod policy;
mod privilege;
mod session;
mod table;
mod types;
mod view;

pub use function::*;
pub use index::*;
pub use object::*;
pub use policy::*;
pub use privilege::*;
pub use session::*;
pub use table::*;
pub use types::*;
pub use view::*;

use std::sync::Arc;

use super::{Dml, Expression, Name, QualifiedName, Query, SyntaxError, TypeName};

/// What a statement says.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// CREATE TABLE and CREATE FOREIGN TABLE.
    CreateTable(CreateTable),
    /// CREATE TABLE … AS, SELECT INTO, CREATE MATERIALIZED VIEW.
    CreateTableAs(CreateTableAs),
    /// ALTER TABLE, and ALTER INDEX / VIEW / SEQUENCE / … in the forms that share its grammar.
    AlterTable(AlterTable),
    /// CREATE INDEX.
    CreateIndex(CreateIndex),
    /// REINDEX.
    Reindex(Reindex),
    /// CREATE VIEW.
    CreateView(CreateView),
    /// REFRESH MATERIALIZED VIEW.
    Refresh(Refresh),
    /// CREATE SEQUENCE.
    CreateSequence(CreateSequence),
    /// ALTER SEQUENCE.
    AlterSequence(AlterSequence),
    /// CREATE TYPE: enum, composite, range or base.
    CreateType(CreateType),
    /// ALTER TYPE … ADD VALUE / RENAME VALUE.
    AlterEnum(AlterEnum),
    /// CREATE DOMAIN.
    CreateDomain(CreateDomain),
    /// ALTER DOMAIN.
    AlterDomain(AlterDomain),
    /// CREATE SCHEMA.
    CreateSchema(CreateSchema),
    /// CREATE EXTENSION.
    CreateExtension(CreateExtension),
    /// ALTER EXTENSION … UPDATE, ADD, DROP.
    AlterExtension(AlterExtension),
    /// CREATE FUNCTION and CREATE PROCEDURE.
    CreateFunction(CreateFunction),
    /// CREATE AGGREGATE.
    CreateAggregate(CreateAggregate),
    /// ALTER FUNCTION, PROCEDURE or ROUTINE with options.
    AlterFunction(AlterFunction),
    /// CREATE TRIGGER.
    CreateTrigger(CreateTrigger),
    /// CREATE RULE.
    CreateRule(CreateRule),
    /// CREATE POLICY.
    CreatePolicy(CreatePolicy),
    /// ALTER POLICY.
    AlterPolicy(AlterPolicy),
    /// CREATE STATISTICS.
    CreateStatistics(CreateStatistics),
    /// ALTER STATISTICS … SET STATISTICS.
    AlterStatistics(AlterStatistics),
    /// CREATE PUBLICATION.
    CreatePublication(CreatePublication),
    /// ALTER PUBLICATION.
    AlterPublication(AlterPublication),
    /// CREATE of an operator, collation, foreign server, text search object …
    CreateObject(CreateObject),
    /// ALTER of one.
    AlterObject(AlterObject),
    /// DROP of anything but a role, a database or a tablespace.
    Drop(Drop),
    /// ALTER … RENAME.
    Rename(Rename),
    /// ALTER … SET SCHEMA.
    SetSchema(SetSchema),
    /// ALTER … OWNER TO, of what is not altered through [`Command::AlterTable`].
    Owner(Owner),
    /// COMMENT ON.
    Comment(Comment),
    /// GRANT or REVOKE on objects.
    Grant(Grant),
    /// GRANT or REVOKE of roles.
    GrantRole(GrantRole),
    /// ALTER DEFAULT PRIVILEGES.
    DefaultPrivileges(Grant),
    /// CREATE, ALTER or DROP ROLE / USER / GROUP.
    Role(Role),
    /// DROP OWNED and REASSIGN OWNED.
    Owned(Owned),
    /// TRUNCATE.
    Truncate(Truncate),
    /// LOCK TABLE.
    Lock(Lock),
    /// VACUUM or ANALYZE.
    Vacuum(Vacuum),
    /// CLUSTER.
    Cluster(Cluster),
    /// INSERT, UPDATE, DELETE, MERGE.
    Dml(Dml),
    /// SELECT, VALUES, TABLE.
    Query(Query),
    /// COPY.
    Copy(Copy),
    /// BEGIN, COMMIT, SAVEPOINT …
    Transaction(Transaction),
    /// SET, RESET.
    Set(Set),
    /// DO.
    Do(Do),
    /// CALL.
    Call(Call),
    /// EXPLAIN, with the statement it explains. It is executed only with ANALYZE.
    Explain {
        /// ANALYZE?
        analyze: bool,
        /// What is explained.
        command: Box<Command>,
    },
    /// A line that psql reads itself: `\set`, `\i`, `\connect`.
    Psql(Name),
    /// The rows after COPY … FROM STDIN, to the line `\.`.
    CopyData {
        /// How many lines.
        rows: u32,
    },
    /// A statement that PostgreSQL's grammar accepts and that is not modelled; the tag says which.
    Other,
    /// Text that PostgreSQL's grammar refuses.
    Invalid(SyntaxError),
}

/// RESTRICT or CASCADE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Behavior {
    /// Refuse when something depends on it (the default).
    #[default]
    Restrict,
    /// Drop what depends on it too.
    Cascade,
}

/// What kind of object a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ObjectKind {
    AccessMethod,
    Aggregate,
    Cast,
    Collation,
    Column,
    Constraint,
    Conversion,
    Database,
    Domain,
    DomainConstraint,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    ForeignTable,
    Function,
    Index,
    Language,
    LargeObject,
    MaterializedView,
    Operator,
    OperatorClass,
    OperatorFamily,
    Policy,
    Procedure,
    Publication,
    Role,
    Routine,
    Rule,
    Schema,
    Sequence,
    Server,
    Statistics,
    Subscription,
    Table,
    Tablespace,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    Transform,
    Trigger,
    Type,
    UserMapping,
    View,
}

/// An option in parentheses or after WITH: `fillfactor = 70`. The value is as written, none for a bare word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionValue {
    /// Name, with its namespace (`toast.`) when it has one.
    pub name: Name,
    /// Value.
    pub value: Option<Name>,
}

/// The object a DROP, RENAME, COMMENT, GRANT … names.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectName {
    /// The relation or object itself; for a column, constraint, trigger, rule or policy the relation (or domain) it is on.
    pub name: QualifiedName,
    /// The column, constraint, trigger, rule or policy.
    pub part: Option<Name>,
    /// The argument types of a function, procedure, aggregate or operator; none when the list is left out.
    pub arguments: Option<Vec<TypeName>>,
}

/// DROP TABLE, INDEX, VIEW, TYPE, FUNCTION, TRIGGER, POLICY, SCHEMA, EXTENSION …
#[derive(Debug, Clone, PartialEq)]
pub struct Drop {
    /// What kind.
    pub kind: ObjectKind,
    /// Which ones.
    pub objects: Vec<ObjectName>,
    /// IF EXISTS.
    pub if_exists: bool,
    /// CASCADE or RESTRICT.
    pub behavior: Behavior,
    /// CONCURRENTLY, for indexes.
    pub concurrently: bool,
}

/// ALTER … RENAME [COLUMN | CONSTRAINT | ATTRIBUTE …] TO.
#[derive(Debug, Clone, PartialEq)]
pub struct Rename {
    /// The kind of thing that gets the new name.
    pub kind: ObjectKind,
    /// For a column, attribute or constraint: the kind the statement says it is on (ALTER VIEW … RENAME COLUMN).
    pub relation_kind: Option<ObjectKind>,
    /// The thing.
    pub object: ObjectName,
    /// The new name.
    pub to: Name,
    /// IF EXISTS.
    pub if_exists: bool,
    /// CASCADE, for an attribute of a composite type.
    pub behavior: Behavior,
    /// ONLY.
    pub only: bool,
}

/// ALTER … SET SCHEMA.
#[derive(Debug, Clone, PartialEq)]
pub struct SetSchema {
    /// The kind of object.
    pub kind: ObjectKind,
    /// The object.
    pub object: ObjectName,
    /// Where it goes.
    pub to: Name,
    /// IF EXISTS.
    pub if_exists: bool,
}

/// ALTER … OWNER TO.
#[derive(Debug, Clone, PartialEq)]
pub struct Owner {
    /// The kind of object.
    pub kind: ObjectKind,
    /// The object.
    pub object: ObjectName,
    /// The new owner's role.
    pub to: Name,
}

/// COMMENT ON.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// The kind of object.
    pub kind: ObjectKind,
    /// The object.
    pub object: ObjectName,
    /// The comment; none removes it.
    pub text: Option<Arc<str>>,
}
