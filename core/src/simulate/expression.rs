//! What an expression may hold, by the place that it stands in.
//! Source: `transformColumnRef`, `transformSubLink`, `check_agglevels_and_constraints` and `check_srf_call_placement`.

use super::PgError;
use super::run::Run;
use crate::sql::{Node, QualifiedName};

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

/// 0A000 for a column where there is none to name, a subquery or a function that returns a set; 42803 for an aggregate,
/// 42P20 for a window function.
pub(super) fn allowed(run: &Run, node: &Node, place: Place) -> Result<(), PgError> {
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
    for function in node.functions() {
        let (sqlstate, what) = match &*function.name {
            _ if is_own(run, function) => {
                if !returns_set(run, function) {
                    continue;
                }
                ("0A000", "set-returning")
            }
            name if AGGREGATES.contains(&name) => ("42803", "aggregate"),
            name if WINDOW.contains(&name) => ("42P20", "window"),
            name if RETURN_SETS.contains(&name) => ("0A000", "set-returning"),
            _ => continue,
        };
        return Err(PgError::new(sqlstate, format!("{what} functions are not allowed in {many}")));
    }
    Ok(())
}

/// PostgreSQL's own aggregates that one meets.
pub(super) const AGGREGATES: &[&str] = &[
    "array_agg",
    "avg",
    "bool_and",
    "bool_or",
    "count",
    "every",
    "json_agg",
    "json_object_agg",
    "jsonb_agg",
    "jsonb_object_agg",
    "max",
    "min",
    "stddev",
    "string_agg",
    "sum",
    "variance",
];

const WINDOW: &[&str] = &[
    "cume_dist",
    "dense_rank",
    "first_value",
    "lag",
    "last_value",
    "lead",
    "ntile",
    "percent_rank",
    "rank",
    "row_number",
];

const RETURN_SETS: &[&str] = &[
    "generate_series",
    "generate_subscripts",
    "json_array_elements",
    "json_each",
    "jsonb_array_elements",
    "jsonb_each",
    "jsonb_object_keys",
    "regexp_matches",
    "regexp_split_to_table",
    "unnest",
];

/// Has the history a function of that name?
fn is_own(run: &Run, function: &QualifiedName) -> bool {
    run.schema.functions().any(|own| own.name == function.name)
}

/// Do all of the history's functions of that name return sets?
fn returns_set(run: &Run, function: &QualifiedName) -> bool {
    run.schema.functions().filter(|own| own.name == function.name).all(|own| {
        own.returns.as_deref().is_some_and(|returns| {
            let returns = returns.trim_start().to_ascii_lowercase();
            returns.starts_with("setof ") || returns.starts_with("table")
        })
    })
}
