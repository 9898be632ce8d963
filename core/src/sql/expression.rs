//! Scalar expressions: defaults, checks, index keys, WHERE.

use std::sync::Arc;

use super::{Name, QualifiedName, Query, TokenKind, TypeName, quote_identifier, quote_literal};

/// An expression: its text for people and its shape for the simulator.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// SQL text, as PostgreSQL's deparser writes the tree.
    pub sql: Arc<str>,
    /// The tree.
    pub node: Node,
}

/// The shape of an expression, as far as anything here asks for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A constant.
    Literal(Literal),
    /// A column, with what qualifies it before it; `*` is not one.
    Column(Vec<Name>, At),
    /// `*` or `t.*`.
    Star(Option<Name>),
    /// A call: `now()`, `lower(email)`, also aggregates and window functions.
    Function {
        /// The function.
        name: QualifiedName,
        /// Its arguments.
        arguments: Vec<Node>,
    },
    /// `name => value`, an argument.
    Named(Name, Box<Node>),
    /// `CURRENT_TIMESTAMP`, `CURRENT_USER` and the like, in lower case: the grammar's functions without parentheses.
    SqlValue(&'static str),
    /// A unary or binary operator, also LIKE (`~~`), ILIKE, SIMILAR TO, BETWEEN, `= ANY`.
    Operator {
        /// The operator's name: `=`, `~`, `||`, `BETWEEN`.
        name: Arc<str>,
        /// Left to right; one for a prefix operator.
        operands: Vec<Node>,
    },
    /// `IS DISTINCT FROM`.
    IsDistinctFrom(Box<Node>, Box<Node>),
    /// `IS NOT DISTINCT FROM`.
    IsNotDistinctFrom(Box<Node>, Box<Node>),
    /// `x IN (a, b, …)`; negated: NOT IN.
    InList {
        /// What is looked for.
        operand: Box<Node>,
        /// Where.
        items: Vec<Node>,
        /// NOT IN?
        negated: bool,
    },
    /// AND of two or more.
    And(Vec<Node>),
    /// OR of two or more.
    Or(Vec<Node>),
    /// NOT.
    Not(Box<Node>),
    /// IS NULL, or IS NOT NULL when negated.
    IsNull {
        /// What is tested.
        operand: Box<Node>,
        /// IS NOT NULL?
        negated: bool,
    },
    /// IS [NOT] TRUE / FALSE / UNKNOWN.
    IsBoolean(Box<Node>),
    /// `x::type`, `CAST(x AS type)`, `type 'text'`.
    Cast {
        /// What is cast.
        operand: Box<Node>,
        /// To what.
        type_name: Box<TypeName>,
    },
    /// `x COLLATE c`.
    Collate {
        /// What is collated.
        operand: Box<Node>,
        /// By what.
        collation: QualifiedName,
    },
    /// `(x).field`.
    Field(Box<Node>, Name),
    /// A subquery: scalar, EXISTS, IN, ANY, ALL. The operand, where there is one, comes first.
    Subquery {
        /// What is made of its rows.
        form: SubqueryForm,
        /// `x` of `x IN (SELECT …)`.
        operand: Option<Box<Node>>,
        /// The query.
        query: Box<Query>,
    },
    /// Everything else (CASE, COALESCE, ROW, ARRAY, subscripts, XML, JSON …) with what it is made of.
    Other {
        /// A short name: `CASE`, `COALESCE`, `ARRAY`, `ROW` …
        what: &'static str,
        /// Its parts.
        parts: Vec<Node>,
    },
}

/// Where something stands in the text that was parsed, in bytes. What is compared is what is written, not where: all are equal.
#[derive(Debug, Clone, Copy, Default)]
pub struct At(pub u32);

impl PartialEq for At {
    fn eq(&self, _: &At) -> bool {
        true
    }
}

/// What is made of the rows of a subquery in an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum SubqueryForm {
    /// `EXISTS (…)`.
    Exists,
    /// Its only value.
    Scalar,
    /// `ARRAY(…)`.
    Array,
    /// Each is compared with the operand, by that operator: IN, ANY, ALL, and `(a, b) = (…)`.
    Compared(Arc<str>),
}

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// NULL.
    Null,
    /// true or false.
    Boolean(bool),
    /// An integer that fits.
    Integer(i64),
    /// Any other number, as written.
    Number(Arc<str>),
    /// A string, unescaped.
    String(Arc<str>),
    /// A bit string, as written.
    Bits(Arc<str>),
}

impl Expression {
    /// The expression after a column that it names got another name.
    ///
    /// The text is one expression over one relation, so every identifier of that name is the column,
    /// but for one that is called as a function.
    pub fn with_column_renamed(&self, from: &Name, to: &Name) -> Expression {
        if !self.node.columns().contains(from) {
            return self.clone();
        }
        let mut node = self.node.clone();
        node.rename_column(from, to);
        let to = quote_identifier(to);
        let sql = self.respelled(from, |_, after| (!after.starts_with('(')).then(|| (0, to.clone())));
        Expression { sql: sql.into(), node }
    }

    /// The expression after a function that it calls got another name or schema: none where it does not call it.
    pub fn with_function_renamed(&self, from: &QualifiedName, to: &QualifiedName) -> Option<Expression> {
        let mut node = self.node.clone();
        let (mut open, mut found) = (vec![&mut node], false);
        while let Some(part) = open.pop() {
            if let Node::Function { name, .. } = part
                && name.name == from.name
                && (name.schema.is_none() || name.schema == from.schema)
            {
                found = true;
                name.name = to.name.clone();
                if name.schema.is_some() || from.schema != to.schema {
                    name.schema = to.schema.clone();
                }
            }
            open.extend(part.children_mut());
        }
        let sql = || {
            self.respelled(&from.name, |before, after| {
                after.starts_with('(').then(|| spelled(before, from, to))
            })
        };
        found.then(|| Expression { sql: sql().into(), node })
    }

    /// The expression after a type that it casts to got another name: none where it does not cast to it.
    pub fn with_type_renamed(
        &self,
        from: &Name,
        to: &QualifiedName,
        is_meant: impl Fn(&QualifiedName) -> bool,
    ) -> Option<Expression> {
        if !self.casts_to(&is_meant) {
            return None;
        }
        let mut node = self.node.clone();
        let mut open = vec![&mut node];
        while let Some(part) = open.pop() {
            if let Node::Cast { type_name, .. } = part
                && is_meant(&type_name.name)
            {
                **type_name = type_name.named(to);
            }
            open.extend(part.children_mut());
        }
        let written = QualifiedName { schema: None, name: from.clone() };
        let sql = self.respelled(from, |before, _| {
            let (length, to) = spelled(before, &written, to);
            let before = before[..before.len() - length].trim_end().to_ascii_lowercase();
            (before.ends_with("::") || before.ends_with(" as")).then_some((length, to))
        });
        Some(Expression { sql: sql.into(), node })
    }

    /// Does it cast something to a type that is meant?
    pub fn casts_to(&self, is_meant: impl Fn(&QualifiedName) -> bool) -> bool {
        let mut found = false;
        self.node.walk(|part| {
            found |= matches!(part, Node::Cast { type_name, .. } if is_meant(&type_name.name));
        });
        found
    }

    /// The text with other words for a name. For each place, told by the text before and after it, there is what to put
    /// there, and how much of what is before goes with the name.
    fn respelled(&self, name: &Name, other: impl Fn(&str, &str) -> Option<(usize, String)>) -> String {
        let mut sql = String::with_capacity(self.sql.len());
        let mut copied = 0;
        for token in super::tokens(&self.sql, 0) {
            let range = token.range.start as usize..token.range.end as usize;
            let is_word = matches!(token.kind, TokenKind::Identifier | TokenKind::Keyword | TokenKind::Type);
            if !is_word || folded(&self.sql[range.clone()]) != **name {
                continue;
            }
            let (before, after) = (&self.sql[..range.start], self.sql[range.end..].trim_start());
            if let Some((taken, text)) = other(before, after) {
                sql.push_str(&self.sql[copied..range.start - taken]);
                sql.push_str(&text);
                copied = range.end;
            }
        }
        sql.push_str(&self.sql[copied..]);
        sql
    }
}

/// How a name is written from now on, and how many bytes its schema takes before it.
fn spelled(before: &str, from: &QualifiedName, to: &QualifiedName) -> (usize, String) {
    let qualified = before.ends_with('.');
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '"');
    let schema = before.trim_end_matches('.').trim_end_matches(is_word);
    let taken = if qualified { before.len() - schema.len() } else { 0 };
    let moved = from.schema != to.schema;
    let name = quote_identifier(&to.name);
    match &to.schema {
        Some(schema) if qualified || moved => (taken, format!("{}.{name}", quote_identifier(schema))),
        _ => (taken, name),
    }
}

impl Expression {
    /// The expression with another text for a string constant.
    pub fn with_string_replaced(&self, from: &str, to: &str) -> Expression {
        let mut node = self.node.clone();
        let mut open = vec![&mut node];
        while let Some(part) = open.pop() {
            match part {
                Node::Literal(Literal::String(text)) if **text == *from => *text = to.into(),
                other => open.extend(other.children_mut()),
            }
        }
        Expression { sql: self.sql.replace(&quote_literal(from), &quote_literal(to)).into(), node }
    }
}

/// An identifier as the catalog holds it.
fn folded(text: &str) -> String {
    match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => text.to_ascii_lowercase(),
    }
}

impl Node {
    /// Gives every reference to a column another name.
    fn rename_column(&mut self, from: &Name, to: &Name) {
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            if let Node::Column(path, _) = node
                && let Some(column) = path.last_mut()
                && column == from
            {
                *column = to.clone();
                continue;
            }
            open.extend(node.children_mut());
        }
    }

    /// The nodes right below.
    pub fn children_mut(&mut self) -> Vec<&mut Node> {
        match self {
            Node::Literal(_) | Node::Column(_, _) | Node::Star(_) | Node::SqlValue(_) => Vec::new(),
            Node::Function { arguments, .. } => arguments.iter_mut().collect(),
            Node::Operator { operands, .. } => operands.iter_mut().collect(),
            Node::IsDistinctFrom(a, b) | Node::IsNotDistinctFrom(a, b) => vec![a, b],
            Node::InList { operand, items, .. } => std::iter::once(&mut **operand).chain(items).collect(),
            Node::And(parts) | Node::Or(parts) | Node::Other { parts, .. } => parts.iter_mut().collect(),
            Node::Not(operand)
            | Node::IsBoolean(operand)
            | Node::IsNull { operand, .. }
            | Node::Cast { operand, .. }
            | Node::Named(_, operand)
            | Node::Field(operand, _)
            | Node::Collate { operand, .. } => vec![operand],
            Node::Subquery { operand, .. } => operand.iter_mut().map(|node| &mut **node).collect(),
        }
    }

    /// The nodes right below this one. A subquery's inside is not among them.
    pub fn children(&self) -> Vec<&Node> {
        match self {
            Node::Literal(_) | Node::Column(_, _) | Node::Star(_) | Node::SqlValue(_) => Vec::new(),
            Node::Function { arguments, .. } => arguments.iter().collect(),
            Node::Operator { operands, .. } => operands.iter().collect(),
            Node::IsDistinctFrom(a, b) | Node::IsNotDistinctFrom(a, b) => vec![a, b],
            Node::InList { operand, items, .. } => std::iter::once(&**operand).chain(items).collect(),
            Node::And(parts) | Node::Or(parts) | Node::Other { parts, .. } => parts.iter().collect(),
            Node::Not(operand)
            | Node::IsBoolean(operand)
            | Node::IsNull { operand, .. }
            | Node::Cast { operand, .. }
            | Node::Named(_, operand)
            | Node::Field(operand, _)
            | Node::Collate { operand, .. } => vec![operand],
            Node::Subquery { operand, .. } => operand.iter().map(|node| &**node).collect(),
        }
    }

    /// Calls `visit` on this node and all below it, without recursion; a subquery's inside is not visited.
    pub fn walk<'a>(&'a self, mut visit: impl FnMut(&'a Node)) {
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            visit(node);
            open.extend(node.children().into_iter().rev());
        }
    }

    /// The columns it names (the last part of each reference), in order of first mention.
    pub fn columns(&self) -> Vec<Name> {
        let mut found: Vec<Name> = Vec::new();
        self.walk(|node| {
            if let Node::Column(path, _) = node
                && let Some(column) = path.last()
                && !found.contains(column)
            {
                found.push(column.clone());
            }
        });
        found
    }

    /// The functions it calls.
    pub fn functions(&self) -> Vec<&QualifiedName> {
        let mut found = Vec::new();
        self.walk(|node| {
            if let Node::Function { name, .. } = node {
                found.push(name);
            }
        });
        found
    }

    /// The subqueries in it, not those within those.
    pub fn subqueries(&self) -> Vec<&Query> {
        let mut found = Vec::new();
        self.walk(|node| {
            if let Node::Subquery { query, .. } = node {
                found.push(&**query);
            }
        });
        found
    }

    /// Is it the constant NULL, perhaps cast?
    pub fn is_null(&self) -> bool {
        match self {
            Node::Literal(Literal::Null) => true,
            Node::Cast { operand, .. } => operand.is_null(),
            _ => false,
        }
    }
}
