//! What a data change touches: which table, every row of it or some, in one go or in batches.

use super::Place;
use super::body::{self, BodyPart};
use crate::schema::{Relation, Schema};
use crate::sql::{Command, Dml, FromItem, Literal, Name, Node, Query, Select, Source};
use crate::text::Span;

/// A statement that writes rows, at the top of a script, in a WITH list or in a DO block.
pub(crate) struct Write<'a> {
    /// The statement of the script that it is, or is part of.
    pub place: Place<'a>,
    /// Where it is.
    pub span: Span,
    /// What it says.
    pub dml: &'a Dml,
    /// The table, as it was before.
    pub table: &'a Relation,
    /// It runs again and again in a loop of a block.
    pub in_loop: bool,
}

/// What the statement at a place writes, as far as the tables are known or assumed.
pub(crate) fn writes<'a>(place: Place<'a>) -> Vec<Write<'a>> {
    let mut found = Vec::new();
    if place.step().error.is_some() {
        return found;
    }
    match place.command() {
        Command::Dml(dml) => collect(place, place.span(), dml, false, &mut found),
        Command::Query(query) => {
            for with in &query.with {
                if let Source::Dml(dml) = &with.source {
                    collect(place, place.span(), dml, false, &mut found);
                }
            }
        }
        Command::Do(_) => {
            let Some(body) = body::of(&place) else { return found };
            for line in &body.statements {
                if let BodyPart::Command(Command::Dml(dml)) = line.what {
                    collect(place, body.span_of(line.line), dml, !line.loops.is_empty(), &mut found);
                }
            }
        }
        _ => {}
    }
    found
}

fn collect<'a>(place: Place<'a>, span: Span, dml: &'a Dml, in_loop: bool, found: &mut Vec<Write<'a>>) {
    for with in dml.with() {
        if let Source::Dml(inner) = &with.source {
            collect(place, span, inner, in_loop, found);
        }
    }
    if let Some(table) = place.relation(dml.table()) {
        found.push(Write { place, span, dml, table, in_loop });
    }
}

impl Write<'_> {
    /// May the table be large, and in use?
    pub fn is_on_busy_table(&self) -> bool {
        self.table.table().is_some_and(|table| self.place.is_busy(self.table.id, table.rows))
    }

    /// Is every row written: an UPDATE or DELETE without WHERE, or with one that always holds?
    pub fn is_of_all_rows(&self) -> bool {
        match self.dml {
            Dml::Update { condition, from, .. } => {
                from.is_empty() && condition.as_ref().is_none_or(|node| always_true(node, self.table))
            }
            Dml::Delete { condition, using, .. } => {
                using.is_empty() && condition.as_ref().is_none_or(|node| always_true(node, self.table))
            }
            Dml::Insert { .. } | Dml::Merge { .. } => false,
        }
    }

    /// Does a LIMIT, or a range that is written out, bound how many rows one execution can touch?
    pub fn is_bounded(&self) -> bool {
        let mut queries: Vec<&Query> = Vec::new();
        for with in self.dml.with() {
            if let Source::Query(query) = &with.source {
                queries.push(query);
            }
        }
        let items: &[FromItem] = match self.dml {
            Dml::Update { from, .. } => from,
            Dml::Delete { using, .. } => using,
            Dml::Merge { source, .. } => std::slice::from_ref(source),
            Dml::Insert { source, .. } => {
                queries.extend(source.as_deref());
                &[]
            }
        };
        items.iter().for_each(|item| queries_of(item, &mut queries));
        if let Some(condition) = self.dml.condition() {
            queries.extend(condition.subqueries());
        }
        queries.iter().any(|query| query.limit.is_some()) || self.dml.condition().is_some_and(has_range)
    }

    /// Does WHERE pick rows by a key, so that it can only be a handful?
    pub fn is_by_key(&self, schema: &Schema) -> bool {
        let Some(condition) = self.dml.condition() else { return false };
        let mut pinned: Vec<&Name> = Vec::new();
        for part in conjuncts(condition) {
            let column = match part {
                Node::Operator { name, operands } if &**name == "=" => match operands.as_slice() {
                    [Node::Column(path, _), value] | [value, Node::Column(path, _)] if is_constant(value) => {
                        path.last()
                    }
                    _ => None,
                },
                Node::InList { operand, items, negated: false } if items.iter().all(is_constant) => {
                    match &**operand {
                        Node::Column(path, _) => path.last(),
                        _ => None,
                    }
                }
                _ => None,
            };
            pinned.extend(column);
        }
        let Some(table) = self.table.table() else { return false };
        let numbers: Vec<i16> =
            pinned.iter().filter_map(|name| table.column(name)).map(|column| column.number).collect();
        let by_index = schema.indexes_of(self.table.id).any(|(_, index)| {
            index.unique
                && index.predicate.is_none()
                && index.key_columns().is_some_and(|key| key.iter().all(|column| numbers.contains(column)))
        });
        by_index
            || schema.indexes_of(self.table.id).next().is_none()
                && pinned.iter().any(|name| names_a_key(name))
    }

    /// Does it set only columns that these files add to the table, so that no value is lost?
    pub fn fills_new_columns(&self) -> bool {
        let then = &self.place.run().before.schema;
        let is_new = |column: &&Name| {
            let Some(found) = self.table.table().and_then(|table| table.column(column)) else { return false };
            match then.relation(self.table.id).and_then(|table| table.table()) {
                // The set made the table: what this migration adds is new.
                Some(table) if !self.place.scene.is_old(self.table) => table.numbered(found.number).is_none(),
                _ => !self.place.scene.is_old_column(self.table, column),
            }
        };
        let assigned = self.assigned();
        !assigned.is_empty() && assigned.iter().all(is_new)
    }

    /// The columns it sets.
    pub fn assigned(&self) -> Vec<&Name> {
        match self.dml {
            Dml::Update { assignments, .. } => assignments.iter().map(|(column, _)| column).collect(),
            _ => Vec::new(),
        }
    }
}

/// Where no key is known: is it called as keys are?
fn names_a_key(column: &str) -> bool {
    ["id", "uuid", "guid", "key", "code", "slug", "name", "email"]
        .iter()
        .any(|usual| column.eq_ignore_ascii_case(usual))
}

fn conjuncts(condition: &Node) -> Vec<&Node> {
    let mut open = vec![condition];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        match node {
            Node::And(parts) => open.extend(parts),
            other => found.push(other),
        }
    }
    found
}

fn is_constant(node: &Node) -> bool {
    match node {
        Node::Literal(_) => true,
        Node::Cast { operand, .. } => is_constant(operand),
        _ => false,
    }
}

/// `id BETWEEN 1 AND 5000`, `id >= low AND id < high`.
fn has_range(condition: &Node) -> bool {
    let mut bounded: Vec<(&Name, bool)> = Vec::new();
    for part in conjuncts(condition) {
        let Node::Operator { name, operands } = part else { continue };
        let Some(Node::Column(path, _)) = operands.first() else { continue };
        let Some(column) = path.last() else { continue };
        match &**name {
            "BETWEEN" => return true,
            "<" | "<=" => bounded.push((column, true)),
            ">" | ">=" => bounded.push((column, false)),
            _ => {}
        }
    }
    bounded.iter().any(|(column, above)| *above && bounded.contains(&(*column, false)))
}

fn queries_of<'a>(item: &'a FromItem, queries: &mut Vec<&'a Query>) {
    match item {
        FromItem::Query { query, .. } => queries.push(query),
        FromItem::Join { left, right, .. } => {
            queries_of(left, queries);
            queries_of(right, queries);
        }
        FromItem::Relation { .. } | FromItem::Function { .. } => {}
    }
}

/// Does a condition hold for every row of the table?
pub(super) fn always_true(node: &Node, table: &Relation) -> bool {
    match node {
        Node::Literal(Literal::Boolean(value)) => *value,
        Node::Operator { name, operands } if &**name == "=" => {
            matches!(operands.as_slice(), [left, right] if left == right && (is_constant(left) || matches!(left, Node::Column(_, _))))
        }
        Node::And(parts) => parts.iter().all(|part| always_true(part, table)),
        Node::Or(parts) => parts.iter().any(|part| always_true(part, table)),
        Node::Not(operand) => matches!(&**operand, Node::Literal(Literal::Boolean(false))),
        Node::IsNull { operand, negated: true } => match &**operand {
            Node::Column(path, _) => path
                .last()
                .and_then(|column| table.table()?.column(column))
                .is_some_and(|column| column.not_null),
            _ => false,
        },
        _ => false,
    }
}

/// The relations that a query names in FROM, at any depth, WITH names left out.
pub(super) fn sources(query: &Query) -> Vec<&crate::sql::QualifiedName> {
    let mut found = Vec::new();
    let mut open = vec![query];
    while let Some(query) = open.pop() {
        let mut items: Vec<&FromItem> = Vec::new();
        match &query.select {
            Select::Simple { from, .. } => items.extend(from),
            Select::SetOperation(left, right) => open.extend([&**left, &**right]),
            Select::Values(_) => {}
        }
        while let Some(item) = items.pop() {
            match item {
                FromItem::Relation { name, .. } => found.push(name),
                FromItem::Query { query, .. } => open.push(query),
                FromItem::Join { left, right, .. } => items.extend([&**left, &**right]),
                FromItem::Function { .. } => {}
            }
        }
        open.extend(query.with.iter().filter_map(|with| match &with.source {
            Source::Query(query) => Some(&**query),
            Source::Dml(_) => None,
        }));
    }
    found.retain(|name| name.schema.is_some() || !query.with.iter().any(|with| with.name == name.name));
    found
}
