//! NOT IN over a column that may hold NULL.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::{FromItem, Node, Query, Select, SubqueryForm};

pub(super) static RULE: Rule = Rule {
    id: "not-in-nullable",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["pgrubic:GN026", "eslint-plugin-postgresql:no-not-in"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "NOT IN (SELECT …) over a column that may be NULL: one NULL, and no row matches",
    why: "`x NOT IN (…)` is not true for any x as soon as one of the values is NULL, since x might be equal to that. \
An UPDATE or DELETE then does nothing, an INSERT … SELECT inserts nothing, and there is no error.

It does not apply when the column is NOT NULL or the subquery says IS NOT NULL, nor when the column is not \
known here. Write NOT EXISTS.",
    manual: "Subquery Expressions: NOT IN",
    bad: &["CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY, a_id bigint);\nDELETE FROM a WHERE id NOT IN (SELECT a_id FROM b);"],
    good: &["CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY, a_id bigint);\nDELETE FROM a WHERE NOT EXISTS (SELECT FROM b WHERE b.a_id = a.id);\nDELETE FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE a_id IS NOT NULL);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let mut found = None;
        for top in command.expressions() {
            top.walk(|node| {
                if let Node::Not(inner) = node
                    && let Node::Subquery { form: SubqueryForm::Compared(operator), query, .. } = &**inner
                    && &**operator == "="
                {
                    found = found.take().or_else(|| nullable(&place, query));
                }
            });
        }
        if let Some(column) = found {
            findings.at(
                &place,
                format!("As soon as one {column} is NULL, NOT IN holds for no row at all, without an error."),
                "Write NOT EXISTS (SELECT FROM … WHERE …), or leave NULLs out of the subquery.",
            );
        }
    }
}

/// The only column that the query gives, where it is one of a table that may hold NULL in it.
fn nullable(place: &Place, query: &Query) -> Option<String> {
    let Select::Simple { targets, from, condition, grouped: false, .. } = &query.select else { return None };
    let ([target], [FromItem::Relation { name, .. }]) = (&targets[..], &from[..]) else { return None };
    let Node::Column(path, _) = &target.node else { return None };
    let column = path.last()?;
    let table = place.known_before(name)?;
    let own = table.table()?.column(column).filter(|own| own.origin == Origin::Created)?;
    let excluded = condition.as_ref().is_some_and(|condition| condition.columns().contains(column));
    (!own.not_null && !excluded).then(|| format!("{}.{column}", table.display_name()))
}
