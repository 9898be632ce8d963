//! Every expression that a statement holds, whatever the statement is.

use super::{
    AlterAction, Command, ConstraintDefinition, ConstraintKind, IndexElement, IndexKey, TableElement,
};
use crate::sql::{Dml, FromItem, Node, OnConflict, Query, Select, Source, Target, With};

/// What is still to be looked into.
enum Part<'a> {
    Command(&'a Command),
    Query(&'a Query),
    Dml(&'a Dml),
    From(&'a FromItem),
    Node(&'a Node),
}

impl Command {
    /// Its expressions, with those of its queries and subqueries; each holds further nodes below itself.
    /// What a function's text or a DO block's body holds is not among them.
    pub fn expressions(&self) -> Vec<&Node> {
        let mut found = Vec::new();
        let mut open = vec![Part::Command(self)];
        while let Some(part) = open.pop() {
            match part {
                Part::Command(command) => of_command(command, &mut open),
                Part::Query(query) => of_query(query, &mut open),
                Part::Dml(dml) => of_dml(dml, &mut open),
                Part::From(item) => of_from(item, &mut open),
                Part::Node(node) => {
                    open.extend(node.subqueries().into_iter().map(Part::Query));
                    found.push(node);
                }
            }
        }
        found
    }
}

fn of_command<'a>(command: &'a Command, open: &mut Vec<Part<'a>>) {
    match command {
        Command::Query(query) => open.push(Part::Query(query)),
        Command::Dml(dml) => open.push(Part::Dml(dml)),
        Command::Explain { command, .. } => open.push(Part::Command(command)),
        Command::CreateView(create) => open.push(Part::Query(&create.query)),
        Command::CreateTableAs(create) => open.extend(create.query.iter().map(|query| Part::Query(query))),
        Command::Call(call) => open.push(Part::Node(&call.call)),
        Command::Copy(copy) => open.extend(copy.query.iter().map(|query| Part::Query(query))),
        Command::CreateTable(create) => {
            for element in &create.elements {
                match element {
                    TableElement::Column(column) => of_column(column, open),
                    TableElement::Constraint(constraint) => of_constraint(constraint, open),
                    TableElement::Like { .. } => {}
                }
            }
        }
        Command::AlterTable(alter) => {
            for action in &alter.actions {
                match action {
                    AlterAction::AddColumn { column, .. } => of_column(column, open),
                    AlterAction::AlterType { using: Some(expression), .. }
                    | AlterAction::SetDefault { default: expression, .. }
                    | AlterAction::SetExpression { expression, .. } => {
                        open.push(Part::Node(&expression.node))
                    }
                    AlterAction::AddConstraint(constraint) => of_constraint(constraint, open),
                    _ => {}
                }
            }
        }
        Command::CreateIndex(create) => {
            create.elements.iter().for_each(|element| of_element(element, open));
            open.extend(create.predicate.iter().map(|predicate| Part::Node(&predicate.node)));
        }
        Command::CreatePolicy(create) => {
            let conditions = create.using.iter().chain(&create.with_check);
            open.extend(conditions.map(|condition| Part::Node(&condition.node)));
        }
        _ => {}
    }
}

fn of_column<'a>(column: &'a super::ColumnDefinition, open: &mut Vec<Part<'a>>) {
    open.extend(column.default.iter().map(|default| Part::Node(&default.node)));
    open.extend(column.generated.iter().map(|generated| Part::Node(&generated.expression.node)));
    column.constraints.iter().for_each(|constraint| of_constraint(constraint, open));
}

fn of_constraint<'a>(constraint: &'a ConstraintDefinition, open: &mut Vec<Part<'a>>) {
    match &constraint.kind {
        ConstraintKind::Check { expression, .. } => open.push(Part::Node(&expression.node)),
        ConstraintKind::Exclude { elements, predicate, .. } => {
            elements.iter().for_each(|(element, _)| of_element(element, open));
            open.extend(predicate.iter().map(|predicate| Part::Node(&predicate.node)));
        }
        ConstraintKind::NotNull { .. }
        | ConstraintKind::Unique(_)
        | ConstraintKind::PrimaryKey(_)
        | ConstraintKind::ForeignKey(_) => {}
    }
}

fn of_element<'a>(element: &'a IndexElement, open: &mut Vec<Part<'a>>) {
    if let IndexKey::Expression(expression) = &element.key {
        open.push(Part::Node(&expression.node));
    }
}

fn of_query<'a>(query: &'a Query, open: &mut Vec<Part<'a>>) {
    of_with(&query.with, open);
    open.extend(query.order_by.iter().chain(&query.limit).chain(&query.offset).map(Part::Node));
    match &query.select {
        Select::Simple { targets, from, condition, grouping, .. } => {
            of_targets(targets, open);
            open.extend(from.iter().map(Part::From));
            open.extend(condition.iter().chain(grouping).map(Part::Node));
        }
        Select::Values(rows) => open.extend(rows.iter().flatten().map(Part::Node)),
        Select::SetOperation(left, right) => open.extend([Part::Query(left), Part::Query(right)]),
    }
}

fn of_dml<'a>(dml: &'a Dml, open: &mut Vec<Part<'a>>) {
    of_with(dml.with(), open);
    open.extend(dml.condition().map(Part::Node));
    match dml {
        Dml::Insert { source, on_conflict, returning, .. } => {
            open.extend(source.iter().map(|query| Part::Query(query)));
            if let Some(OnConflict::Update(assignments)) = on_conflict {
                open.extend(assignments.iter().map(|(_, node)| Part::Node(node)));
            }
            of_targets(returning, open);
        }
        Dml::Update { assignments, from, returning, .. } => {
            open.extend(assignments.iter().map(|(_, node)| Part::Node(node)));
            open.extend(from.iter().map(Part::From));
            of_targets(returning, open);
        }
        Dml::Delete { using, returning, .. } => {
            open.extend(using.iter().map(Part::From));
            of_targets(returning, open);
        }
        Dml::Merge { source, condition, .. } => {
            open.push(Part::From(source));
            open.extend(condition.iter().map(Part::Node));
        }
    }
}

fn of_with<'a>(with: &'a [With], open: &mut Vec<Part<'a>>) {
    open.extend(with.iter().map(|with| match &with.source {
        Source::Query(query) => Part::Query(query),
        Source::Dml(dml) => Part::Dml(dml),
    }));
}

fn of_targets<'a>(targets: &'a [Target], open: &mut Vec<Part<'a>>) {
    open.extend(targets.iter().map(|target| Part::Node(&target.node)));
}

fn of_from<'a>(item: &'a FromItem, open: &mut Vec<Part<'a>>) {
    match item {
        FromItem::Relation { .. } => {}
        FromItem::Query { query, .. } => open.push(Part::Query(query)),
        FromItem::Function { node, .. } => open.push(Part::Node(node)),
        FromItem::Join { left, right, condition, .. } => {
            open.extend([Part::From(left), Part::From(right)]);
            open.extend(condition.iter().map(Part::Node));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::sql::{Literal, Node, parse};

    #[test]
    fn every_corner_is_looked_into() {
        for sql in [
            "SELECT 'x'",
            "SELECT 1 FROM a JOIN b ON a.c = (SELECT 'x')",
            "WITH w AS (DELETE FROM t WHERE a = 'x') SELECT 1",
            "INSERT INTO t VALUES (1, upper('x'))",
            "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 'x'",
            "UPDATE t SET a = 1 FROM (SELECT 'x' AS b) s",
            "MERGE INTO t USING s ON t.a = 'x' WHEN MATCHED THEN DELETE",
            "CREATE TABLE t (a text DEFAULT 'x')",
            "CREATE TABLE t (a text, CHECK (a <> 'x'))",
            "CREATE TABLE t AS SELECT 1 LIMIT length('x')",
            "ALTER TABLE t ALTER a SET DEFAULT 'x'",
            "ALTER TABLE t ADD COLUMN a text CHECK (a = 'x')",
            "CREATE INDEX i ON t ((a || 'x'))",
            "CREATE INDEX i ON t (a) WHERE a = 'x'",
            "CREATE VIEW v AS SELECT 1 UNION SELECT 2 WHERE 'x' = 'x'",
            "CREATE POLICY p ON t USING (a = 'x')",
            "EXPLAIN ANALYZE SELECT 'x'",
        ] {
            let command = &parse(sql, 0)[0].command;
            let mut found = false;
            for top in command.expressions() {
                top.walk(|node| {
                    found |= matches!(node, Node::Literal(Literal::String(text)) if &**text == "x")
                });
            }
            assert!(found, "{sql}");
        }
    }
}
