//! Column definitions and constraints, of tables and of domains.

use super::{collation, expression_of, given, index, names, option, relation, string, type_name, types};
use crate::sql::command::{
    ColumnDefinition, ConstraintDefinition, ConstraintKind, ForeignKeyAction, ForeignKeyDefinition,
    Generated, Identity, KeyDefinition,
};
use crate::sql::tree::{self as pg, ConstrType, NodeKind};
use crate::sql::{Expression, Name, name};

/// A column of CREATE TABLE, ADD COLUMN or a composite type.
pub(super) fn column(definition: &pg::ColumnDef) -> ColumnDefinition {
    let column = name(&definition.colname);
    let clauses = clauses(&definition.constraints, &column);
    ColumnDefinition {
        type_name: definition.type_name.as_deref().map(type_name),
        collation: collation(&definition.coll_clause),
        default: clauses.default,
        generated: clauses.generated,
        identity: clauses.identity,
        explicit_null: clauses.explicit_null,
        constraints: clauses.constraints,
        storage: given(&definition.storage_name.to_ascii_uppercase()),
        compression: given(&definition.compression.to_ascii_lowercase()),
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
        match (clause.contype, last) {
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
    match node.kind() {
        NodeKind::Constraint(constraint) => Some(constraint),
        _ => None,
    }
}

/// A constraint of a table, or of the column or domain it is written at.
pub(super) fn constraint(constraint: &pg::Constraint, column: Option<&Name>) -> Option<ConstraintDefinition> {
    let own_or = |list: &[pg::Node]| match column {
        Some(column) if list.is_empty() => vec![column.clone()],
        _ => names(list),
    };
    let kind = match constraint.contype {
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
            elements: constraint.exclusions.iter().map(exclusion).collect::<Option<_>>()?,
            include: names(&constraint.including),
            predicate: expression_of(&constraint.where_clause),
        },
        ConstrType::ConstrForeign => ConstraintKind::ForeignKey(ForeignKeyDefinition {
            columns: own_or(&constraint.fk_attrs),
            references: relation(&constraint.pktable)?,
            referenced_columns: names(&constraint.pk_attrs),
            match_full: constraint.fk_matchtype == b'f',
            on_delete: foreign_key_action(constraint.fk_del_action),
            on_delete_columns: names(&constraint.fk_del_set_cols),
            on_update: foreign_key_action(constraint.fk_upd_action),
            period: constraint.fk_with_period,
            referenced_period: constraint.pk_with_period,
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
    let NodeKind::List(pair) = node.kind() else { return None };
    let [element, operator] = pair else { return None };
    let operator = match operator.kind() {
        NodeKind::List(path) => path.last().and_then(string),
        _ => None,
    };
    Some((index::element(element)?, name(operator?)))
}

fn foreign_key_action(code: u8) -> ForeignKeyAction {
    match code {
        b'r' => ForeignKeyAction::Restrict,
        b'c' => ForeignKeyAction::Cascade,
        b'n' => ForeignKeyAction::SetNull,
        b'd' => ForeignKeyAction::SetDefault,
        _ => ForeignKeyAction::NoAction,
    }
}

/// GENERATED … AS IDENTITY.
pub(super) fn identity(constraint: &pg::Constraint) -> Identity {
    Identity {
        always: constraint.generated_when == b'a',
        options: types::sequence_options(&constraint.options),
    }
}

fn generated(constraint: &pg::Constraint) -> Option<Generated> {
    Some(Generated {
        expression: expression_of(&constraint.raw_expr)?,
        stored: constraint.generated_kind == b's',
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{action, bare, column, expression, option, type_name, words};
    use super::*;
    use crate::sql::QualifiedName;
    use crate::sql::command::{AlterAction, IndexElement, IndexKey};

    fn table_constraint(sql: &str) -> ConstraintDefinition {
        match action(&format!("ADD {sql}")) {
            AlterAction::AddConstraint(constraint) => constraint,
            other => panic!("{sql}: {other:?}"),
        }
    }

    fn unnamed(kind: ConstraintKind) -> ConstraintDefinition {
        ConstraintDefinition {
            name: None,
            kind,
            deferrable: false,
            initially_deferred: false,
            not_valid: false,
            enforced: true,
        }
    }

    fn foreign_key(columns: &[&str], references: &str) -> ForeignKeyDefinition {
        ForeignKeyDefinition {
            columns: words(columns),
            references: bare(references),
            referenced_columns: Vec::new(),
            match_full: false,
            on_delete: ForeignKeyAction::NoAction,
            on_delete_columns: Vec::new(),
            on_update: ForeignKeyAction::NoAction,
            period: false,
            referenced_period: false,
        }
    }

    #[test]
    fn a_column_with_everything() {
        let definition = column(
            "\"Price\" varchar(9) STORAGE main COMPRESSION pglz COLLATE pg_catalog.\"C\" \
             CONSTRAINT given NOT NULL DEFAULT 'x' CHECK (a > 0) NO INHERIT \
             UNIQUE NULLS NOT DISTINCT WITH (fillfactor = 70) USING INDEX TABLESPACE fast DEFERRABLE \
             REFERENCES s.other (id) MATCH FULL ON DELETE CASCADE ON UPDATE SET NULL INITIALLY DEFERRED",
        );
        let column = name("Price");
        let expected = ColumnDefinition {
            name: column.clone(),
            type_name: Some(type_name("varchar(9)")),
            collation: Some(QualifiedName::qualified("pg_catalog", "C")),
            default: Some(expression("'x'")),
            generated: None,
            identity: None,
            explicit_null: false,
            constraints: vec![
                ConstraintDefinition {
                    name: Some(name("given")),
                    ..unnamed(ConstraintKind::NotNull { column: column.clone(), no_inherit: false })
                },
                unnamed(ConstraintKind::Check { expression: expression("a > 0"), no_inherit: true }),
                ConstraintDefinition {
                    deferrable: true,
                    ..unnamed(ConstraintKind::Unique(KeyDefinition {
                        columns: vec![column],
                        nulls_not_distinct: true,
                        options: vec![option("fillfactor", Some("70"))],
                        tablespace: Some(name("fast")),
                        ..Default::default()
                    }))
                },
                ConstraintDefinition {
                    deferrable: true,
                    initially_deferred: true,
                    ..unnamed(ConstraintKind::ForeignKey(ForeignKeyDefinition {
                        references: QualifiedName::qualified("s", "other"),
                        referenced_columns: words(&["id"]),
                        match_full: true,
                        on_delete: ForeignKeyAction::Cascade,
                        on_update: ForeignKeyAction::SetNull,
                        ..foreign_key(&["Price"], "other")
                    }))
                },
            ],
            storage: Some(name("MAIN")),
            compression: Some(name("pglz")),
        };
        assert_eq!(definition, expected);
    }

    #[test]
    fn generated_and_identity_columns() {
        let stored = |sql| column(sql).generated.map(|generated| generated.stored);
        assert_eq!(stored("c int GENERATED ALWAYS AS (a * 2) STORED"), Some(true));
        assert_eq!(stored("c int GENERATED ALWAYS AS (a * 2) VIRTUAL"), Some(false));
        assert_eq!(stored("c int GENERATED ALWAYS AS (a * 2)"), Some(false));
        assert_eq!(
            column("c int GENERATED ALWAYS AS (a * 2) STORED").generated.unwrap().expression,
            expression("a * 2")
        );

        let always = |sql| column(sql).identity.map(|identity| identity.always);
        assert_eq!(always("c int GENERATED ALWAYS AS IDENTITY"), Some(true));
        assert_eq!(always("c int GENERATED BY DEFAULT AS IDENTITY (START 7)"), Some(false));
        assert_eq!(always("c int"), None);
        let options = column("c int GENERATED BY DEFAULT AS IDENTITY (START 7)").identity.unwrap().options;
        assert_eq!(options.start, Some(7));
    }

    #[test]
    fn null_primary_key_and_enforcement_at_a_column() {
        assert!(column("c int NULL").explicit_null && !column("c int").explicit_null);
        assert!(column("c int PRIMARY KEY").not_null() && column("c int NOT NULL").not_null());
        assert!(!column("c int NULL").not_null());
        let enforced = |sql| {
            let constraint = column(sql).constraints.remove(0);
            (constraint.enforced, constraint.not_valid)
        };
        assert_eq!(enforced("c int CHECK (c > 0) NOT ENFORCED"), (false, true));
        assert_eq!(enforced("c int CHECK (c > 0) ENFORCED"), (true, false));
        assert_eq!(enforced("c int REFERENCES p NOT ENFORCED"), (false, true));
        assert_eq!(enforced("c int UNIQUE"), (true, false));
    }

    #[test]
    fn table_constraints() {
        let key = |columns: &[&str]| KeyDefinition { columns: words(columns), ..Default::default() };
        for (sql, expected) in [
            (
                "CHECK (a > 0) NO INHERIT",
                unnamed(ConstraintKind::Check { expression: expression("a > 0"), no_inherit: true }),
            ),
            (
                "CONSTRAINT x NOT NULL c NO INHERIT NOT VALID",
                ConstraintDefinition {
                    name: Some(name("x")),
                    not_valid: true,
                    ..unnamed(ConstraintKind::NotNull { column: name("c"), no_inherit: true })
                },
            ),
            (
                "UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (c)",
                unnamed(ConstraintKind::Unique(KeyDefinition {
                    include: words(&["c"]),
                    nulls_not_distinct: true,
                    ..key(&["a", "b"])
                })),
            ),
            (
                "PRIMARY KEY (a, b WITHOUT OVERLAPS)",
                unnamed(ConstraintKind::PrimaryKey(KeyDefinition {
                    without_overlaps: true,
                    ..key(&["a", "b"])
                })),
            ),
            (
                "CONSTRAINT x PRIMARY KEY USING INDEX i DEFERRABLE INITIALLY DEFERRED",
                ConstraintDefinition {
                    name: Some(name("x")),
                    deferrable: true,
                    initially_deferred: true,
                    ..unnamed(ConstraintKind::PrimaryKey(KeyDefinition {
                        using_index: Some(name("i")),
                        ..key(&[])
                    }))
                },
            ),
            (
                "FOREIGN KEY (a, b) REFERENCES p (x, y) ON DELETE SET NULL (b) ON UPDATE RESTRICT NOT VALID",
                ConstraintDefinition {
                    not_valid: true,
                    ..unnamed(ConstraintKind::ForeignKey(ForeignKeyDefinition {
                        referenced_columns: words(&["x", "y"]),
                        on_delete: ForeignKeyAction::SetNull,
                        on_delete_columns: words(&["b"]),
                        on_update: ForeignKeyAction::Restrict,
                        ..foreign_key(&["a", "b"], "p")
                    }))
                },
            ),
            (
                "FOREIGN KEY (a, PERIOD b) REFERENCES p (x, PERIOD y) ON DELETE SET DEFAULT",
                unnamed(ConstraintKind::ForeignKey(ForeignKeyDefinition {
                    referenced_columns: words(&["x", "y"]),
                    on_delete: ForeignKeyAction::SetDefault,
                    period: true,
                    referenced_period: true,
                    ..foreign_key(&["a", "b"], "p")
                })),
            ),
            (
                "FOREIGN KEY (a) REFERENCES p NOT ENFORCED",
                ConstraintDefinition {
                    enforced: false,
                    not_valid: true,
                    ..unnamed(ConstraintKind::ForeignKey(foreign_key(&["a"], "p")))
                },
            ),
            (
                "EXCLUDE USING gist (room WITH =, lower(during) DESC WITH OPERATOR(pg_catalog.&&)) \
                 INCLUDE (c) WHERE (a > 0)",
                unnamed(ConstraintKind::Exclude {
                    method: name("gist"),
                    elements: vec![
                        (
                            IndexElement {
                                key: IndexKey::Column(name("room")),
                                collation: None,
                                operator_class: None,
                                descending: false,
                                nulls_first: None,
                            },
                            name("="),
                        ),
                        (
                            IndexElement {
                                key: IndexKey::Expression(expression("lower(during)")),
                                collation: None,
                                operator_class: None,
                                descending: true,
                                nulls_first: None,
                            },
                            name("&&"),
                        ),
                    ],
                    include: words(&["c"]),
                    predicate: Some(expression("a > 0")),
                }),
            ),
        ] {
            assert_eq!(table_constraint(sql), expected, "{sql}");
        }
    }

    #[test]
    fn names_are_folded_and_cut_as_the_server_does() {
        assert_eq!(&*column("Price int").name, "price");
        assert_eq!(&*column("\"Price\" int").name, "Price");
        assert_eq!(&*column("\"a\"\"b\" int").name, "a\"b");
        assert_eq!(&*column("U&\"d\\0061t\" int").name, "dat");
        assert_eq!(column(&format!("{} int", "a".repeat(70))).name.len(), 63);
        // 31 letters of two bytes and one of one; a letter is never cut in half.
        assert_eq!(&*column(&format!("a{} int", "é".repeat(40))).name, format!("a{}", "é".repeat(31)));
        assert_eq!(&*column(&format!("{} int", "é".repeat(40))).name, "é".repeat(31));
    }
}
