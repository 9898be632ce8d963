//! Parts of tables and views: constraints, triggers, rules, policies.

use super::super::ddl::{
    constraint_definition, firing, policy_definition, rule_definition, trigger_definition,
};
use super::super::{Constraint, ConstraintKind, Relation, Schema, Table, Trigger};
use super::relation::Pair;
use super::{Difference, Subject, naming};
use crate::sorted::Map;
use crate::sql::Name;

/// A difference in a part of a table: column, constraint, trigger …
pub(super) struct Part {
    /// The part's name.
    pub name: Name,
    /// The table has it from its parent.
    pub inherited: bool,
    /// The difference.
    pub difference: Difference,
}

/// Constraints, triggers, rules and policies.
pub(super) fn compare_parts(
    pair: &Pair,
    (was, old): (&Relation, &Table),
    (is, new): (&Relation, &Table),
    parts: &mut Vec<Part>,
) {
    let keeps_columns = old
        .columns
        .iter()
        .all(|column| new.numbered(column.number).is_some_and(|now| now.name == column.name));
    // Is the definition the same for certain, because all that has a say in it is?
    let is_alike = |name: &Name| {
        let (Some(one), Some(other)) = (old.constraint(name), new.constraint(name)) else { return false };
        let rests_on = match &one.kind {
            ConstraintKind::NotNull(_) | ConstraintKind::Check(..) => None,
            ConstraintKind::Unique(index)
            | ConstraintKind::PrimaryKey(index)
            | ConstraintKind::Exclude(index, _) => Some(*index),
            ConstraintKind::ForeignKey(key) => Some(key.references),
        };
        let is_alike =
            keeps_columns && one == other && rests_on.is_none_or(|id| pair.before.shares(pair.after, id));
        debug_assert!(
            !is_alike
                || constraint_definition(pair.before, was, one)
                    == constraint_definition(pair.after, is, other)
        );
        is_alike
    };
    // NOT NULL is compared as part of its column.
    let named = |table: &Table, schema: &Schema, relation: &Relation| -> Map<Name, (String, bool)> {
        let shown = table.constraints.iter().filter(|c| !matches!(c.kind, ConstraintKind::NotNull(_)));
        let shown = shown.filter(|c| !is_alike(&c.name));
        let text = |c: &Constraint| (constraint_definition(schema, relation, c), c.inherited);
        shown.map(|c| (c.name.clone(), text(c))).collect()
    };
    let (before, after) = (named(old, pair.before, was), named(new, pair.after, is));
    compare_named(Subject::Constraint, "constraint", is, before, after, parts);
    compare_triggers(pair, (was, &old.triggers), (is, &new.triggers), parts);
    let rules = |table: &Table, relation: &Relation| {
        table.rules.iter().map(|rule| (rule.name.clone(), (rule_definition(relation, rule), false))).collect()
    };
    compare_named(Subject::Rule, "rule", is, rules(old, was), rules(new, is), parts);
    let policies = |table: &Table, relation: &Relation| {
        let short = |text: String, name: &Name| {
            let text = without_head(text, name);
            let on_table = format!("ON {} ", relation.sql_name());
            text.strip_prefix(&on_table).map_or(text.clone(), str::to_owned)
        };
        let policies = table.policies.iter();
        policies.map(|p| (p.name.clone(), (short(policy_definition(relation, p), &p.name), false))).collect()
    };
    compare_named(Subject::Policy, "policy", is, policies(old, was), policies(new, is), parts);
}

pub(super) fn compare_triggers(
    pair: &Pair,
    (was, old): (&Relation, &[Trigger]),
    (is, new): (&Relation, &[Trigger]),
    parts: &mut Vec<Part>,
) {
    let named = |triggers: &[Trigger], schema: &Schema, relation: &Relation| -> Map<Name, (String, bool)> {
        let is_partition = relation.table().is_some_and(|table| table.bound.is_some());
        let text = |trigger: &Trigger| {
            let definition = without_head(trigger_definition(schema, relation, trigger), &trigger.name);
            let state = match firing(trigger.firing) {
                "ENABLE" => String::new(),
                state => format!(" {state}"),
            };
            (definition + &state, is_partition && trigger.for_each_row)
        };
        triggers.iter().map(|trigger| (trigger.name.clone(), text(trigger))).collect()
    };
    let (before, after) = (named(old, pair.before, was), named(new, pair.after, is));
    compare_named(Subject::Trigger, "trigger", is, before, after, parts);
}

/// A definition on one line and without what the object's own name already says.
pub(super) fn without_head(definition: String, name: &Name) -> String {
    let one_line = definition.replace("\n    ", " ");
    let name = crate::sql::quote_identifier(name);
    match one_line.split_once(&format!(" {name} ")) {
        Some((_, rest)) => rest.to_owned(),
        None => one_line,
    }
}

/// Parts by name: definition, and whether it is from a parent.
fn compare_named(
    subject: Subject,
    kind: &str,
    relation: &Relation,
    mut before: Map<Name, (String, bool)>,
    mut after: Map<Name, (String, bool)>,
    parts: &mut Vec<Part>,
) {
    let mut push = |name: Name, inherited: bool, difference: Option<Difference>| {
        parts.extend(difference.map(|difference| Part { name, inherited, difference }));
    };
    let common: Vec<Name> = before.keys().filter(|name| after.contains_key(*name)).cloned().collect();
    for name in common {
        if let (Some((old, _)), Some((new, inherited))) = (before.remove(&name), after.remove(&name)) {
            let object = naming::part(kind, &name, relation);
            push(name, inherited, Difference::changed(subject, object, old, new));
        }
    }
    for (name, (old, inherited)) in before {
        let object = naming::part(kind, &name, relation);
        let renamed = after.iter().find(|(_, (new, _))| *new == old).map(|(new_name, _)| new_name.clone());
        let difference = match renamed {
            Some(new_name) => {
                after.remove(&new_name);
                Difference::renamed(subject, object, name.to_string(), new_name.to_string())
            }
            None => Difference::removed(subject, object, old),
        };
        push(name, inherited, Some(difference));
    }
    for (name, (new, inherited)) in after {
        let object = naming::part(kind, &name, relation);
        push(name, inherited, Some(Difference::added(subject, object, new)));
    }
}
