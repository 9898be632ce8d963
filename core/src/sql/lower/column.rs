//! Column definitions and constraints, of tables and of domains.

use pg_query::NodeEnum;
use pg_query::protobuf::{self as pg, ConstrType};

use super::{collation, expression_of, given, index, names, option, relation, string, type_name, types};
use crate::sql::command::{
    ColumnDefinition, ConstraintDefinition, ConstraintKind, ForeignKeyAction, ForeignKeyDefinition,
    Generated, Identity, KeyDefinition,
};
use crate::sql::{Expression, Name, name};

/// A column of CREATE TABLE, ADD COLUMN or a composite type.
pub(super) fn column(definition: &pg::ColumnDef) -> ColumnDefinition {
    let column = name(&definition.colname);
    let clauses = clauses(&definition.constraints, &column);
    ColumnDefinition {
        type_name: definition.type_name.as_ref().map(type_name),
        collation: collation(&definition.coll_clause),
        default: clauses.default,
        generated: clauses.generated,
        identity: clauses.identity,
        explicit_null: clauses.explicit_null,
        constraints: clauses.constraints,
        storage: given(&definition.storage_name),
        compression: given(&definition.compression),
        name: column,
    }
}

/// What stands behind a column's or a domain's type.
#[derive(Default)]
pub(super) struct Clauses {
    pub default: Option<Expression>,
    pub generated: Option<Generated>,
    pub identity: Option<Identity>,
    pub explicit_null: bool,
    pub constraints: Vec<ConstraintDefinition>,
}

/// Sorts out the list that the grammar calls constraints. DEFERRABLE, NOT ENFORCED and their kin are
/// elements of their own there and belong to the constraint before them.
pub(super) fn clauses(list: &[pg::Node], column: &Name) -> Clauses {
    let mut clauses = Clauses::default();
    for clause in list.iter().filter_map(constraint_node) {
        let last = clauses.constraints.last_mut();
        match (clause.contype(), last) {
            (ConstrType::ConstrNull, _) => clauses.explicit_null = true,
            (ConstrType::ConstrDefault, _) => clauses.default = expression_of(&clause.raw_expr),
            (ConstrType::ConstrIdentity, _) => clauses.identity = Some(identity(clause)),
            (ConstrType::ConstrGenerated, _) => clauses.generated = generated(clause),
            (ConstrType::ConstrAttrDeferrable, Some(last)) => last.deferrable = true,
            (ConstrType::ConstrAttrNotDeferrable, Some(last)) => last.deferrable = false,
            (ConstrType::ConstrAttrDeferred, Some(last)) => {
                last.deferrable = true;
                last.initially_deferred = true;
            }
            (ConstrType::ConstrAttrImmediate, Some(last)) => last.initially_deferred = false,
            (ConstrType::ConstrAttrEnforced, Some(last)) => last.enforced = true,
            (ConstrType::ConstrAttrNotEnforced, Some(last)) => {
                last.enforced = false;
                last.not_valid = true;
            }
            _ => clauses.constraints.extend(constraint(clause, Some(column))),
        }
    }
    clauses
}

fn constraint_node(node: &pg::Node) -> Option<&pg::Constraint> {
    match &node.node {
        Some(NodeEnum::Constraint(constraint)) => Some(constraint),
        _ => None,
    }
}

/// A constraint of a table, or of the column or domain it is written at.
pub(super) fn constraint(constraint: &pg::Constraint, column: Option<&Name>) -> Option<ConstraintDefinition> {
    let own_or = |list: &[pg::Node]| match column {
        Some(column) if list.is_empty() => vec![column.clone()],
        _ => names(list),
    };
    let kind = match constraint.contype() {
        ConstrType::ConstrNotnull => ConstraintKind::NotNull {
            column: own_or(&constraint.keys).into_iter().next()?,
            no_inherit: constraint.is_no_inherit,
        },
        ConstrType::ConstrCheck => ConstraintKind::Check {
            expression: expression_of(&constraint.raw_expr)?,
            no_inherit: constraint.is_no_inherit,
        },
        ConstrType::ConstrUnique => ConstraintKind::Unique(key(constraint, own_or(&constraint.keys))),
        ConstrType::ConstrPrimary => ConstraintKind::PrimaryKey(key(constraint, own_or(&constraint.keys))),
        ConstrType::ConstrExclusion => ConstraintKind::Exclude {
            method: name(&constraint.access_method),
            elements: constraint.exclusions.iter().filter_map(exclusion).collect(),
            include: names(&constraint.including),
            predicate: expression_of(&constraint.where_clause),
        },
        ConstrType::ConstrForeign => ConstraintKind::ForeignKey(ForeignKeyDefinition {
            columns: own_or(&constraint.fk_attrs),
            references: relation(&constraint.pktable)?,
            referenced_columns: names(&constraint.pk_attrs),
            match_full: constraint.fk_matchtype == "f",
            on_delete: foreign_key_action(&constraint.fk_del_action),
            on_delete_columns: names(&constraint.fk_del_set_cols),
            on_update: foreign_key_action(&constraint.fk_upd_action),
            period: constraint.fk_with_period,
        }),
        _ => return None,
    };
    // Only these two can be NOT ENFORCED; for the others the grammar leaves the flag unset.
    let enforceable = matches!(kind, ConstraintKind::Check { .. } | ConstraintKind::ForeignKey(_));
    Some(ConstraintDefinition {
        name: given(&constraint.conname),
        kind,
        deferrable: constraint.deferrable,
        initially_deferred: constraint.initdeferred,
        not_valid: constraint.skip_validation,
        enforced: constraint.is_enforced || !enforceable,
    })
}

fn key(constraint: &pg::Constraint, columns: Vec<Name>) -> KeyDefinition {
    KeyDefinition {
        columns: if constraint.indexname.is_empty() { columns } else { Vec::new() },
        include: names(&constraint.including),
        nulls_not_distinct: constraint.nulls_not_distinct,
        without_overlaps: constraint.without_overlaps,
        using_index: given(&constraint.indexname),
        options: option::values(&constraint.options),
        tablespace: given(&constraint.indexspace),
    }
}

/// An index element with its operator; of a qualified operator the name alone.
fn exclusion(node: &pg::Node) -> Option<(crate::sql::command::IndexElement, Name)> {
    let Some(NodeEnum::List(pair)) = &node.node else { return None };
    let [element, operator] = pair.items.as_slice() else { return None };
    let operator = match &operator.node {
        Some(NodeEnum::List(path)) => path.items.last().and_then(string),
        _ => None,
    };
    Some((index::element(element)?, name(operator?)))
}

fn foreign_key_action(code: &str) -> ForeignKeyAction {
    match code {
        "r" => ForeignKeyAction::Restrict,
        "c" => ForeignKeyAction::Cascade,
        "n" => ForeignKeyAction::SetNull,
        "d" => ForeignKeyAction::SetDefault,
        _ => ForeignKeyAction::NoAction,
    }
}

/// GENERATED … AS IDENTITY.
pub(super) fn identity(constraint: &pg::Constraint) -> Identity {
    Identity {
        always: constraint.generated_when == "a",
        options: types::sequence_options(&constraint.options),
    }
}

fn generated(constraint: &pg::Constraint) -> Option<Generated> {
    Some(Generated {
        expression: expression_of(&constraint.raw_expr)?,
        stored: constraint.generated_kind == "s",
    })
}
