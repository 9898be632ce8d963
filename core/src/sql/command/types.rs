//! Types, domains, sequences, schemas, extensions.

use super::*;

/// CREATE TYPE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateType {
    /// Its name.
    pub name: QualifiedName,
    /// What it is.
    pub definition: TypeDefinition,
}

/// The forms of CREATE TYPE.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeDefinition {
    /// AS ENUM.
    Enum(Vec<Name>),
    /// AS (…).
    Composite(Vec<ColumnDefinition>),
    /// AS RANGE.
    Range(Vec<OptionValue>),
    /// A base type written in C.
    Base(Vec<OptionValue>),
    /// Only the name, to be defined later.
    Shell,
}

/// ALTER TYPE … ADD VALUE, RENAME VALUE.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterEnum {
    /// The type.
    pub name: QualifiedName,
    /// What is done.
    pub action: EnumAction,
}

/// What is done to an enum.
#[derive(Debug, Clone, PartialEq)]
pub enum EnumAction {
    /// ADD VALUE.
    Add {
        /// The new value.
        value: Name,
        /// IF NOT EXISTS.
        if_not_exists: bool,
        /// BEFORE (true) or AFTER (false) another value.
        position: Option<(bool, Name)>,
    },
    /// RENAME VALUE.
    Rename {
        /// The value.
        from: Name,
        /// Its new name.
        to: Name,
    },
}

/// CREATE DOMAIN.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateDomain {
    /// Its name.
    pub name: QualifiedName,
    /// The type under it.
    pub base: TypeName,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// DEFAULT.
    pub default: Option<Expression>,
    /// NULL, written out.
    pub explicit_null: bool,
    /// NOT NULL and CHECK.
    pub constraints: Vec<ConstraintDefinition>,
}

/// ALTER DOMAIN.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterDomain {
    /// The domain.
    pub name: QualifiedName,
    /// What is done.
    pub action: DomainAction,
}

/// What is done to a domain.
#[derive(Debug, Clone, PartialEq)]
pub enum DomainAction {
    /// SET DEFAULT; none is DROP DEFAULT.
    Default(Option<Expression>),
    /// SET NOT NULL (true) or DROP NOT NULL.
    NotNull(bool),
    /// ADD CONSTRAINT.
    AddConstraint(ConstraintDefinition),
    /// DROP CONSTRAINT.
    DropConstraint {
        /// Its name.
        name: Name,
        /// IF EXISTS.
        if_exists: bool,
        /// CASCADE or RESTRICT.
        behavior: Behavior,
    },
    /// VALIDATE CONSTRAINT.
    ValidateConstraint(Name),
}

/// CREATE SEQUENCE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateSequence {
    /// Its name.
    pub name: QualifiedName,
    /// TEMPORARY, UNLOGGED.
    pub persistence: Persistence,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its options.
    pub options: SequenceOptions,
}

/// ALTER SEQUENCE, with options.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterSequence {
    /// The sequence.
    pub name: QualifiedName,
    /// IF EXISTS.
    pub if_exists: bool,
    /// What changes.
    pub options: SequenceOptions,
}

/// The options of a sequence; none is not said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SequenceOptions {
    /// AS type.
    pub data_type: Option<TypeName>,
    /// START.
    pub start: Option<i64>,
    /// INCREMENT.
    pub increment: Option<i64>,
    /// MINVALUE; the inner none is NO MINVALUE.
    pub minimum: Option<Option<i64>>,
    /// MAXVALUE; the inner none is NO MAXVALUE.
    pub maximum: Option<Option<i64>>,
    /// CACHE.
    pub cache: Option<i64>,
    /// CYCLE (true) or NO CYCLE.
    pub cycle: Option<bool>,
    /// OWNED BY; the inner none is NONE.
    pub owned_by: Option<Option<(QualifiedName, Name)>>,
    /// Why the server refuses the options as they are written: 42601.
    pub refused: Option<&'static str>,
    /// RESTART; the inner none is without WITH.
    pub restart: Option<Option<i64>>,
    /// SEQUENCE NAME, which pg_dump writes for identity columns.
    pub name: Option<QualifiedName>,
}

/// CREATE SCHEMA.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateSchema {
    /// Its name; none with AUTHORIZATION alone.
    pub name: Option<Name>,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// AUTHORIZATION.
    pub owner: Option<Name>,
    /// The statements inside it.
    pub elements: Vec<Command>,
}

/// CREATE EXTENSION.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateExtension {
    /// Its name.
    pub name: Name,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// SCHEMA.
    pub schema: Option<Name>,
    /// VERSION.
    pub version: Option<Name>,
    /// CASCADE.
    pub cascade: bool,
}

/// ALTER EXTENSION.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterExtension {
    /// Its name.
    pub name: Name,
    /// UPDATE TO, where it is UPDATE; none for ADD or DROP of a member.
    pub update_to: Option<Option<Name>>,
}
