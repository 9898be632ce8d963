//! Queries and data-modifying statements, as far as relations, columns and batching are concerned.

use std::sync::Arc;

use super::{At, Expression, Name, Node, QualifiedName, SubqueryForm, TypeName};

/// A SELECT, VALUES or TABLE, with its WITH list.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// SQL text, as PostgreSQL's deparser writes it; empty for a query inside another statement.
    pub sql: Arc<str>,
    /// `WITH` names and what they stand for.
    pub with: Vec<With>,
    /// The select itself.
    pub select: Select,
    /// ORDER BY, as expressions.
    pub order_by: Vec<Node>,
    /// LIMIT or FETCH FIRST.
    pub limit: Option<Node>,
    /// OFFSET.
    pub offset: Option<Node>,
    /// FOR UPDATE and its kin.
    pub lock_rows: Option<LockRows>,
    /// OF: the tables whose rows are locked, as FROM calls them; empty is all of them.
    pub lock_rows_of: Vec<Name>,
}

/// An element of WITH.
#[derive(Debug, Clone, PartialEq)]
pub struct With {
    /// The name by which it can be read.
    pub name: Name,
    /// The names that it gives the first of its columns.
    pub columns: Vec<Name>,
    /// RECURSIVE: it may read itself.
    pub recursive: bool,
    /// What the name stands for.
    pub source: Source,
    /// SEARCH or CYCLE gives it more columns.
    pub extended: bool,
}

/// What stands behind a WITH name or feeds an INSERT.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A query.
    Query(Box<Query>),
    /// A data-modifying statement in WITH.
    Dml(Box<Dml>),
}

/// The body of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Select {
    /// SELECT … FROM … WHERE …
    Simple {
        /// What it gives.
        targets: Vec<Target>,
        /// Where from.
        from: Vec<FromItem>,
        /// WHERE.
        condition: Option<Node>,
        /// GROUP BY, HAVING, DISTINCT ON, WINDOW expressions, all together.
        grouping: Vec<Node>,
        /// Is there GROUP BY, DISTINCT or an aggregate's HAVING?
        grouped: bool,
    },
    /// VALUES: rows of expressions.
    Values(Vec<Vec<Node>>),
    /// UNION, INTERSECT, EXCEPT.
    SetOperation(Box<Query>, Box<Query>),
}

/// One output column of a SELECT.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The name it is given with AS.
    pub alias: Option<Name>,
    /// What it is.
    pub node: Node,
    /// Where it begins.
    pub at: At,
}

/// One thing in FROM.
#[derive(Debug, Clone, PartialEq)]
pub enum FromItem {
    /// A relation.
    Relation {
        /// Its name; may be a WITH name.
        name: QualifiedName,
        /// Its alias.
        alias: Option<Name>,
        /// The names that it gives the first of its columns.
        columns: Vec<Name>,
        /// ONLY: without the tables that inherit from it.
        only: bool,
        /// Where its name begins.
        at: At,
    },
    /// A subquery.
    Query {
        /// The query.
        query: Box<Query>,
        /// Its alias.
        alias: Option<Name>,
        /// The names that it gives the first of its columns.
        columns: Vec<Name>,
    },
    /// A function call or anything else that makes rows.
    Function {
        /// The expression.
        node: Node,
        /// Its alias.
        alias: Option<Name>,
        /// The names that it gives the first of its columns.
        columns: Vec<Name>,
        /// The columns, where they are written out with types: `AS t(a int)`, JSON_TABLE, XMLTABLE.
        definitions: Vec<(Name, TypeName)>,
        /// WITH ORDINALITY.
        ordinality: bool,
    },
    /// A join.
    Join {
        /// Which rows without a partner it keeps.
        kind: JoinKind,
        /// Left side.
        left: Box<FromItem>,
        /// Right side.
        right: Box<FromItem>,
        /// ON.
        condition: Option<Node>,
        /// USING columns.
        using: Vec<Name>,
        /// NATURAL: USING all columns that both sides have.
        natural: bool,
        /// The alias of the columns of USING.
        using_alias: Option<Name>,
        /// Its alias, which hides those of both sides.
        alias: Option<Name>,
        /// The names that it gives the first of its columns.
        columns: Vec<Name>,
    },
}

/// What a join does with rows that have no partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// None is kept.
    Inner,
    /// Those of the left side.
    Left,
    /// Those of the right side.
    Right,
    /// Those of both.
    Full,
}

/// How strongly a SELECT locks its rows, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockRows {
    /// FOR KEY SHARE.
    KeyShare,
    /// FOR SHARE.
    Share,
    /// FOR NO KEY UPDATE.
    NoKeyUpdate,
    /// FOR UPDATE.
    Update,
}

/// INSERT, UPDATE, DELETE or MERGE.
#[derive(Debug, Clone, PartialEq)]
pub enum Dml {
    /// INSERT.
    Insert {
        /// WITH.
        with: Vec<With>,
        /// Into which table.
        table: QualifiedName,
        /// The column list; empty when it is left out.
        columns: Vec<Name>,
        /// OVERRIDING SYSTEM VALUE or USER VALUE.
        overriding: bool,
        /// The rows; none for DEFAULT VALUES.
        source: Option<Box<Query>>,
        /// ON CONFLICT.
        on_conflict: Option<OnConflict>,
        /// RETURNING.
        returning: Vec<Target>,
    },
    /// UPDATE.
    Update {
        /// WITH.
        with: Vec<With>,
        /// Which table.
        table: QualifiedName,
        /// Its alias.
        alias: Option<Name>,
        /// ONLY.
        only: bool,
        /// SET.
        assignments: Vec<(Name, Node)>,
        /// FROM.
        from: Vec<FromItem>,
        /// WHERE.
        condition: Option<Node>,
        /// RETURNING.
        returning: Vec<Target>,
    },
    /// DELETE.
    Delete {
        /// WITH.
        with: Vec<With>,
        /// Which table.
        table: QualifiedName,
        /// Its alias.
        alias: Option<Name>,
        /// ONLY.
        only: bool,
        /// USING.
        using: Vec<FromItem>,
        /// WHERE.
        condition: Option<Node>,
        /// RETURNING.
        returning: Vec<Target>,
    },
    /// MERGE.
    Merge {
        /// WITH.
        with: Vec<With>,
        /// Which table.
        table: QualifiedName,
        /// USING.
        source: Box<FromItem>,
        /// ON.
        condition: Option<Node>,
    },
}

/// INSERT … ON CONFLICT.
#[derive(Debug, Clone, PartialEq)]
pub enum OnConflict {
    /// DO NOTHING.
    Nothing,
    /// DO UPDATE.
    Update(Vec<(Name, Node)>),
}

impl Dml {
    /// The table it writes to.
    pub fn table(&self) -> &QualifiedName {
        match self {
            Dml::Insert { table, .. }
            | Dml::Update { table, .. }
            | Dml::Delete { table, .. }
            | Dml::Merge { table, .. } => table,
        }
    }

    /// Its WITH list.
    pub fn with(&self) -> &[With] {
        match self {
            Dml::Insert { with, .. }
            | Dml::Update { with, .. }
            | Dml::Delete { with, .. }
            | Dml::Merge { with, .. } => with,
        }
    }

    /// WHERE, of an UPDATE or DELETE.
    pub fn condition(&self) -> Option<&Node> {
        match self {
            Dml::Update { condition, .. } | Dml::Delete { condition, .. } => condition.as_ref(),
            Dml::Insert { .. } | Dml::Merge { .. } => None,
        }
    }
}

impl Query {
    /// The names of its output columns; none where a `*` stands for some.
    pub fn output_names(&self) -> Option<Vec<Name>> {
        match &self.select {
            Select::Simple { targets, .. }
                if targets.iter().any(|target| matches!(target.node, Node::Star(_))) =>
            {
                None
            }
            Select::Simple { targets, .. } => Some(targets.iter().map(Target::output_name).collect()),
            Select::Values(rows) => {
                let width = rows.first().map_or(0, Vec::len);
                Some((1..=width).map(|number| Name::from(format!("column{number}"))).collect())
            }
            Select::SetOperation(left, _) => left.output_names(),
        }
    }
}

impl Target {
    /// The name of this output column: its alias, or the name that PostgreSQL makes up.
    pub fn output_name(&self) -> Name {
        let made_up = || self.node.output_name().map_or_else(|| Name::from("?column?"), |(name, _)| name);
        self.alias.clone().unwrap_or_else(made_up)
    }
}

impl Node {
    /// The name of an output column that is this expression, and whether it is a good one; none is `?column?`.
    /// Source: `FigureColnameInternal` in `parse_target.c`.
    pub(crate) fn output_name(&self) -> Option<(Name, bool)> {
        match self {
            Node::Column(path, _) => path.last().map(|column| (column.clone(), true)),
            Node::Function { name, .. } => Some((name.name.clone(), true)),
            Node::SqlValue(value) => Some((Name::from(*value), true)),
            Node::Cast { operand, type_name } => match operand.output_name() {
                Some((name, true)) => Some((name, true)),
                _ => Some((type_name.name.name.clone(), false)),
            },
            Node::Collate { operand, .. } => operand.output_name(),
            Node::Other { what: what @ ("CASE" | "CASE OF"), parts } => {
                let default = parts.last().filter(|_| has_else(what, parts));
                default
                    .and_then(Node::output_name)
                    .filter(|(_, good)| *good)
                    .or(Some((Name::from("case"), false)))
            }
            Node::Field(_, name) => Some((name.clone(), true)),
            Node::Named(_, operand) => operand.output_name(),
            Node::Other {
                what: "OVER" | "FILTER" | "WITHIN GROUP" | "ORDER BY" | "subscript" | "slice",
                parts,
            } => parts.first()?.output_name(),
            Node::Subquery { form: SubqueryForm::Exists, .. } => Some((Name::from("exists"), true)),
            Node::Subquery { form: SubqueryForm::Array, .. } => Some((Name::from("array"), true)),
            Node::Subquery { query, operand: None, .. } => match &query.select {
                Select::Simple { targets, .. } => match targets.as_slice() {
                    [Target { alias: Some(alias), .. }] => Some((alias.clone(), true)),
                    [only] => only.node.output_name(),
                    _ => None,
                },
                _ => None,
            },
            Node::Other {
                what: "IS DOCUMENT" | "IS JSON" | "DEFAULT" | "PARAMETER" | "unknown" | "nothing" | "LIST",
                ..
            } => None,
            Node::Other { what, .. } => Some((Name::from(what.to_ascii_lowercase()), true)),
            _ => None,
        }
    }
}

/// Has a CASE of these parts an ELSE? It has WHEN and THEN in pairs, and CASE OF has what they are compared with first.
pub(crate) fn has_else(what: &str, parts: &[Node]) -> bool {
    (parts.len() % 2 == 1) == (what == "CASE")
}

/// An expression from text and tree.
impl From<(&str, Node)> for Expression {
    fn from((sql, node): (&str, Node)) -> Self {
        Expression { sql: sql.into(), node }
    }
}
