//! What an expression may hold, by the place that it stands in.
//! Source: `transformColumnRef`, `transformSubLink`, `check_agglevels_and_constraints` and `check_srf_call_placement`.

use super::PgError;
use super::analyze::{self, Analysis, Names};
use super::run::Run;
use crate::schema::DataType;
use crate::sql::{Name, Node};

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// DEFAULT.
    Default,
    /// GENERATED ALWAYS AS.
    Generated,
    /// CHECK.
    Check,
    /// An element of an index's key.
    IndexKey,
    /// WHERE of a partial index.
    IndexPredicate,
    /// PARTITION BY.
    PartitionKey,
    /// FOR VALUES.
    PartitionBound,
    /// USING of ALTER COLUMN … TYPE.
    Transform,
    /// USING and WITH CHECK of a policy; these may hold subqueries.
    Policy,
}

impl Place {
    /// In the server's words, for one and for many.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Place::Default => ("DEFAULT expression", "DEFAULT expressions"),
            Place::Generated => ("column generation expression", "column generation expressions"),
            Place::Check => ("check constraint", "check constraints"),
            Place::IndexKey => ("index expression", "index expressions"),
            Place::IndexPredicate => ("index predicate", "index predicates"),
            Place::PartitionKey => ("partition key expression", "partition key expressions"),
            Place::PartitionBound => ("partition bound", "partition bound"),
            Place::Transform => ("transform expression", "transform expressions"),
            Place::Policy => ("policy expression", "policy expressions"),
        }
    }
}

/// What an expression is, where it stands in a place of that kind: 42703, 42883, 42804 and so on for what means nothing,
/// 0A000 for a column where there is none to name, a subquery or a function that returns a set; 42803 for an aggregate,
/// 42P20 for a window function.
pub(super) fn analyzed(run: &mut Run, node: &Node, place: Place, names: Names) -> Result<Analysis, PgError> {
    check(run, node, place, |run| analyze::expression(run, node, names))
}

/// As [`analyzed`], for a condition: 42804 when it is not boolean.
pub(super) fn condition(run: &mut Run, node: &Node, place: Place, names: Names) -> Result<Analysis, PgError> {
    let what = match place {
        Place::Check => "CHECK",
        Place::Policy => "POLICY",
        _ => "WHERE",
    };
    check(run, node, place, |run| analyze::condition(run, node, names, what))
}

/// As [`analyzed`], for what a column is to hold: 42804 when it cannot.
pub(super) fn value_for(
    run: &mut Run,
    node: &Node,
    place: Place,
    names: Names,
    column: &Name,
    data_type: &DataType,
) -> Result<Analysis, PgError> {
    let words = if place == Place::Default { "default expression" } else { "expression" };
    check(run, node, place, |run| analyze::value_for(run, node, names, column, data_type, words))
}

fn check(
    run: &mut Run,
    node: &Node,
    place: Place,
    analyze: impl FnOnce(&mut Run) -> Result<Analysis, PgError>,
) -> Result<Analysis, PgError> {
    let (one, many) = place.words();
    if matches!(place, Place::Default | Place::PartitionBound)
        && let Some(column) = node.columns().first()
    {
        let one = if place == Place::PartitionBound { "partition bound expression" } else { one };
        return Err(PgError::new("0A000", format!("cannot use column reference in {one}"))
            .with_hint(format!("it names {column}")));
    }
    if place != Place::Policy && !node.subqueries().is_empty() {
        return Err(PgError::new("0A000", format!("cannot use subquery in {one}")));
    }
    let analysis = analyze(run)?;
    let seen = &analysis.seen;
    let (sqlstate, what) = if seen.window {
        ("42P20", "window")
    } else if seen.aggregate {
        ("42803", "aggregate")
    } else if seen.set {
        ("0A000", "set-returning")
    } else {
        return Ok(analysis);
    };
    Err(PgError::new(sqlstate, format!("{what} functions are not allowed in {many}")))
}
