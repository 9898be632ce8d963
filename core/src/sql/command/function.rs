//! Functions, procedures, triggers, DO and CALL.

use super::*;
use crate::sql::Once;
use crate::sql::plpgsql::{BodyError, BodyStatement};

/// CREATE FUNCTION or PROCEDURE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateFunction {
    /// Its name.
    pub name: QualifiedName,
    /// PROCEDURE; else a function.
    pub procedure: bool,
    /// OR REPLACE.
    pub or_replace: bool,
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// RETURNS; none for a procedure or with OUT arguments alone.
    pub returns: Option<TypeName>,
    /// What else is said.
    pub options: FunctionOptions,
    /// The body.
    pub body: FunctionBody,
    /// What is read of a body that is text.
    pub read: FunctionRead,
}

/// What is read of a function's body that is text, each once it is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FunctionRead {
    /// In PL/pgSQL.
    pub statements: Once<Result<Vec<BodyStatement>, BodyError>>,
    /// In SQL.
    pub commands: Once<Vec<Command>>,
}

/// CREATE AGGREGATE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateAggregate {
    /// Its name.
    pub name: QualifiedName,
    /// OR REPLACE.
    pub or_replace: bool,
    /// Its arguments; none is `*`.
    pub arguments: Vec<Argument>,
    /// STYPE.
    pub state: Option<TypeName>,
    /// SFUNC and the other support functions, by option.
    pub functions: Vec<(Name, QualifiedName)>,
    /// The names of all its options, in lower case.
    pub options: Vec<Name>,
    /// The statement from its arguments on.
    pub definition: Arc<str>,
}

/// One argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// IN, OUT, INOUT, VARIADIC or TABLE.
    pub mode: ArgumentMode,
    /// Its name.
    pub name: Option<Name>,
    /// Its type.
    pub type_name: TypeName,
    /// DEFAULT.
    pub default: Option<Expression>,
}

/// How an argument goes in and out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ArgumentMode {
    In,
    Out,
    InOut,
    Variadic,
    Table,
}

/// A function's options; none is not said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FunctionOptions {
    /// LANGUAGE.
    pub language: Option<Name>,
    /// IMMUTABLE, STABLE or VOLATILE.
    pub volatility: Option<Volatility>,
    /// STRICT (true) or CALLED ON NULL INPUT.
    pub strict: Option<bool>,
    /// SECURITY DEFINER (true) or INVOKER.
    pub security_definer: Option<bool>,
    /// LEAKPROOF.
    pub leakproof: Option<bool>,
    /// PARALLEL.
    pub parallel: Option<Name>,
    /// SET parameter: name and value as written (none is FROM CURRENT or DEFAULT).
    pub settings: Vec<(Name, Option<Name>)>,
    /// COST.
    pub cost: Option<Name>,
    /// ROWS.
    pub rows: Option<Name>,
}

/// How far a function's result depends on anything but its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volatility {
    /// On nothing.
    Immutable,
    /// The same within a statement.
    Stable,
    /// May differ at each call.
    Volatile,
}

/// A function's body.
#[derive(Debug, Clone, PartialEq)]
pub enum FunctionBody {
    /// AS 'text' in its language.
    Text(Arc<str>),
    /// AS 'file', 'symbol' of LANGUAGE C.
    Object(Arc<str>),
    /// SQL-standard body, parsed: RETURN expr or BEGIN ATOMIC. With it as it is written.
    Parsed(Vec<Command>, Arc<str>),
}

/// ALTER FUNCTION, PROCEDURE or ROUTINE with options.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterFunction {
    /// FUNCTION, PROCEDURE or ROUTINE.
    pub kind: ObjectKind,
    /// Which.
    pub object: ObjectName,
    /// What changes.
    pub options: FunctionOptions,
}

/// CREATE TRIGGER.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTrigger {
    /// Its name.
    pub name: Name,
    /// OR REPLACE.
    pub or_replace: bool,
    /// CONSTRAINT.
    pub constraint: bool,
    /// On which relation.
    pub table: QualifiedName,
    /// BEFORE, AFTER or INSTEAD OF.
    pub timing: TriggerTiming,
    /// FOR EACH ROW; else STATEMENT.
    pub for_each_row: bool,
    /// INSERT, UPDATE, DELETE, TRUNCATE.
    pub events: Vec<Name>,
    /// UPDATE OF.
    pub columns: Vec<Name>,
    /// WHEN.
    pub condition: Option<Expression>,
    /// What it calls.
    pub function: QualifiedName,
    /// The string arguments it passes.
    pub arguments: Vec<Name>,
    /// REFERENCING OLD (false) and NEW (true) TABLE AS.
    pub transition_tables: Vec<(bool, Name)>,
    /// DEFERRABLE, for a constraint trigger.
    pub deferrable: bool,
    /// INITIALLY DEFERRED.
    pub initially_deferred: bool,
    /// FROM, for a constraint trigger.
    pub from_table: Option<QualifiedName>,
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TriggerTiming {
    Before,
    After,
    InsteadOf,
}

/// DO.
#[derive(Debug, Clone, PartialEq)]
pub struct Do {
    /// LANGUAGE; plpgsql when not said.
    pub language: Name,
    /// The body.
    pub body: Arc<str>,
    /// What is read of it, once it is asked for.
    pub read: Once<Result<Vec<BodyStatement>, BodyError>>,
}

/// CALL.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The procedure and its arguments, as if it were a function.
    pub call: crate::sql::Node,
}
