//! Parse analysis: what every name in an expression or query means and of what type it is, as the server finds out before
//! it stores or runs it. Source: `src/backend/parser/parse_*.c`.
//!
//! Of what is not known (an assumed column, somebody else's extension) the type is not known either, and then nothing that
//! is made of it is refused.

mod call;
mod coerce;
mod expression;
mod follow;
mod literal;
mod query;
mod scope;
#[cfg(test)]
mod tests;

pub(super) use coerce::{Context, can_coerce, is_binary_coercible, is_known};
pub(super) use expression::Value;
pub(super) use follow::{Renamed, expanded, followers};
pub(super) use scope::{Column, Columns, columns_of};

use super::PgError;
use super::run::Run;
use crate::schema::{BaseType, DataType, Id, Reads, RelationKind};
use crate::sql::command::Volatility;
use crate::sql::{Dml, Name, Node, Query};
use follow::Mark;
use scope::{Scope, Table};

/// What an expression or query is made of.
#[derive(Debug, Clone, Default)]
pub(super) struct Used {
    /// Relations, with the columns of each.
    pub reads: Reads,
    /// The history's own functions.
    pub functions: Vec<Id>,
    /// The history's own types.
    pub types: Vec<Id>,
    /// The extensions whose functions are called.
    pub extensions: Vec<Name>,
}

impl Used {
    fn relation(&mut self, id: Id) {
        if self.reads.iter().all(|(known, _)| *known != id) {
            self.reads.push((id, Vec::new()));
        }
    }

    fn column(&mut self, column: &Column) {
        for (id, number) in column.origins.iter().flatten() {
            self.relation(*id);
            for (_, columns) in self.reads.iter_mut().filter(|(known, _)| known == id) {
                if !columns.contains(number) {
                    columns.push(*number);
                }
            }
        }
    }

    fn function(&mut self, id: Id) {
        if !self.functions.contains(&id) {
            self.functions.push(id);
        }
    }

    fn data_type(&mut self, data_type: &DataType) {
        if let BaseType::User(id) = data_type.base
            && !self.types.contains(&id)
        {
            self.types.push(id);
        }
    }
}

/// What was met in an expression.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// An aggregate, outside of subqueries.
    pub aggregate: bool,
    /// A window function, outside of subqueries.
    pub window: bool,
    /// A function that gives a set, outside of subqueries.
    pub set: bool,
    /// The least and the most volatile that the value can be.
    pub volatility: (Volatility, Volatility),
}

impl Default for Seen {
    fn default() -> Self {
        let volatility = (Volatility::Immutable, Volatility::Immutable);
        Seen { aggregate: false, window: false, set: false, volatility }
    }
}

/// Finds out types within one run.
pub(super) struct Analyzer<'a, 'r> {
    run: &'a mut Run<'r>,
    pub used: Used,
    pub seen: Seen,
    /// Where the text of a query names relations and columns.
    marks: Vec<Mark>,
    /// The relations that a name can only mean, where it means one of them.
    known: Vec<Id>,
}

/// What was found out about an expression.
pub(super) struct Analysis {
    /// Its type; of a string that nothing decides it is text.
    pub data_type: DataType,
    pub used: Used,
    pub seen: Seen,
}

/// What columns an expression can name.
pub(super) enum Names<'n> {
    /// None.
    Nothing,
    /// Those of one relation.
    Relation(Id),
    /// `VALUE`, of a domain on that type.
    Value(&'n DataType),
    /// OLD and NEW, rows of one relation.
    OldAndNew(Id),
}

impl<'a, 'r> Analyzer<'a, 'r> {
    pub fn new(run: &'a mut Run<'r>) -> Self {
        let (used, seen) = (Used::default(), Seen::default());
        Analyzer { run, used, seen, marks: Vec::new(), known: Vec::new() }
    }
}

/// A query: its columns, and what it uses.
pub(super) fn query(run: &mut Run, query: &Query) -> Result<(Columns, Used), PgError> {
    let outer = Scope { loose: run.in_body, ..Scope::default() };
    let mut analyzer = Analyzer::new(run);
    let columns = analyzer.query(query, &outer, false)?;
    Ok((columns, analyzer.used))
}

/// A data-modifying statement: what it uses.
pub(super) fn dml(run: &mut Run, statement: &Dml) -> Result<Used, PgError> {
    let outer = Scope { loose: run.in_body, ..Scope::default() };
    let mut analyzer = Analyzer::new(run);
    analyzer.dml(statement, &outer)?;
    Ok(analyzer.used)
}

/// An expression that stands by itself: 42703, 42883, 42804 and so on where the server would refuse it.
pub(super) fn expression(run: &mut Run, node: &Node, names: Names) -> Result<Analysis, PgError> {
    let scope = scope_of(run, names);
    let mut analyzer = Analyzer::new(run);
    let value = analyzer.value(node, &scope)?;
    let data_type =
        if coerce::is_undecided(&value.data_type) { DataType::built_in("text") } else { value.data_type };
    Ok(Analysis { data_type, used: analyzer.used, seen: analyzer.seen })
}

/// A condition: besides, 42804 when it is not boolean. `what` is what the message calls it.
pub(super) fn condition(run: &mut Run, node: &Node, names: Names, what: &str) -> Result<Analysis, PgError> {
    let scope = scope_of(run, names);
    let mut analyzer = Analyzer::new(run);
    analyzer.boolean(node, &scope, what)?;
    Ok(Analysis { data_type: DataType::built_in("bool"), used: analyzer.used, seen: analyzer.seen })
}

/// A value for a column: besides, 42804 when the column cannot hold it.
pub(super) fn value_for(
    run: &mut Run,
    node: &Node,
    names: Names,
    column: &Name,
    data_type: &DataType,
    words: &str,
) -> Result<Analysis, PgError> {
    let scope = scope_of(run, names);
    let mut analyzer = Analyzer::new(run);
    let value = analyzer.value(node, &scope)?;
    // How far it is fixed is asked before it is cast.
    let seen = analyzer.seen.clone();
    analyzer.assign_as(node, &value, data_type, |run| {
        let (wanted, given) = (run.schema.format_type(data_type), run.schema.format_type(&value.data_type));
        format!("column \"{column}\" is of type {wanted} but {words} is of type {given}")
    })?;
    Ok(Analysis { data_type: data_type.clone(), used: analyzer.used, seen })
}

fn scope_of<'s>(run: &Run, names: Names) -> Scope<'s> {
    let mut scope = Scope { loose: run.in_body, ..Scope::default() };
    let row = |id| DataType { base: BaseType::Row(id), ..DataType::unknown() };
    match names {
        Names::Nothing => {}
        Names::Relation(id) => {
            let columns = columns_of(run, id);
            if let Some(relation) = run.schema.relation(id) {
                scope.visible.extend(&columns);
                let (schema, name) = (Some(relation.schema.clone()), relation.name.clone());
                let is_stored = matches!(relation.kind, RelationKind::Table(_));
                let relation = is_stored.then_some(id);
                scope.tables.push(Table { schema, name, columns, relation, row: row(id) });
            }
        }
        Names::Value(data_type) => {
            scope.visible.list.push(Column::new("value".into(), data_type.clone()));
        }
        Names::OldAndNew(id) => {
            for name in ["old", "new"] {
                let columns = columns_of(run, id);
                scope.visible.extend(&columns);
                let name = name.into();
                scope.tables.push(Table { schema: None, name, columns, relation: Some(id), row: row(id) });
            }
        }
    }
    scope
}
