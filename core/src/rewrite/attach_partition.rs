//! ATTACH PARTITION of a table with rows: a validated CHECK proves that they are within the bound.

use super::plan::{Phase, Plan};
use super::{Kind, altering};
use crate::rules::Place;
use crate::schema::naming::object_name;
use crate::sql::command::{AlterAction, IndexKey, PartitionBound};
use crate::sql::{Expression, Node, quote_identifier};

pub(super) static KIND: Kind = Kind {
    id: "attach-proven",
    title: "Prove by a validated CHECK that the rows are within the bound, then attach",
    answers: &["attach-partition-scans"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let altering = altering::find(place, |action| {
        matches!(action, AlterAction::AttachPartition { bound: Some(_), .. })
    })?;
    let AlterAction::AttachPartition { partition, bound: Some(bound) } = altering.action else { return None };
    let keys = &altering.relation.table()?.partition_by.as_ref()?.keys;
    let [key] = keys.as_slice() else { return None };
    let IndexKey::Column(column) = &key.key else { return None };
    let condition = within(bound, &quote_identifier(column))?;
    let attached = place.known_before(partition)?;
    let check = quote_identifier(&object_name(&attached.name, None, "within_bound"));
    let alter = |what: String| format!("ALTER TABLE {partition} {what}");
    let add = alter(format!("ADD CONSTRAINT {check} CHECK ({condition}) NOT VALID"));
    let drop = alter(format!("DROP CONSTRAINT {check}"));
    let detach = format!("ALTER TABLE {} DETACH PARTITION {partition}", altering.table);
    let name = &attached.name;
    Some(Plan::of(vec![
        Phase::briefly(format!("check {name} bound"), vec![add.clone()], vec![drop.clone()])
            .saying("New rows are checked from here on; those that are there are not read yet."),
        Phase::new(
            format!("validate {name} bound"),
            vec![alter(format!("VALIDATE CONSTRAINT {check}"))],
            vec![drop.clone(), add.clone()],
        )
        .saying(format!("Reads every row of {partition} while reads and writes go on.")),
        Phase::briefly(
            format!("attach {name}"),
            vec![place.text().to_owned(), drop],
            vec![detach, add, alter(format!("VALIDATE CONSTRAINT {check}"))],
        )
        .saying("The CHECK proves the bound, so nothing is read."),
    ]))
}

/// The bound as a condition on the column. None for what the server cannot prove by one.
fn within(bound: &PartitionBound, column: &str) -> Option<String> {
    let is_open = |limit: &Expression| {
        matches!(&limit.node, Node::Column(path, _) if path.last().is_some_and(|last| {
            matches!(&**last, "minvalue" | "maxvalue")
        }))
    };
    match bound {
        PartitionBound::Range { from, to } => {
            let ([from], [to]) = (from.as_slice(), to.as_slice()) else { return None };
            let mut text = format!("{column} IS NOT NULL");
            if !is_open(from) {
                text += &format!(" AND {column} >= {}", from.sql);
            }
            if !is_open(to) {
                text += &format!(" AND {column} < {}", to.sql);
            }
            Some(text)
        }
        PartitionBound::List(values) if !values.iter().any(|value| value.node.is_null()) => {
            let values: Vec<&str> = values.iter().map(|value| &*value.sql).collect();
            Some(format!("{column} IS NOT NULL AND {column} IN ({})", values.join(", ")))
        }
        PartitionBound::List(_) | PartitionBound::Default | PartitionBound::Hash { .. } => None,
    }
}
