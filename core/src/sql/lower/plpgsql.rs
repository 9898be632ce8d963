//! PL/pgSQL, from the JSON that PostgreSQL's parser for it is asked for.

use std::sync::Arc;

use super::expression::expression;
use super::query;
use crate::json::Json;
use crate::sorted;
use crate::sql::constant::{constant_elements, constant_text};
use crate::sql::parser::Tree;
use crate::sql::plpgsql::{BodyAction, BodyError, BodyStatement};
use crate::sql::scan::{Lexeme, Scanner};
use crate::sql::tree::{NodeKind, SelectStmt};
use crate::sql::{Command, Expression, Node, SubqueryForm, name};

/// The statements of a body. What its declarations evaluate comes first; its outermost block is
/// left out unless it has handlers.
pub(in crate::sql) fn body(json: &str) -> Result<Vec<BodyStatement>, BodyError> {
    let unreadable = |message: String| BodyError { message: message.into() };
    let tree = Json::parse(&repaired(json))
        .map_err(|error| unreadable(format!("body nests too deep, or its tree cannot be read: {error}")))?;
    let function = &tree[0]["PLpgSQL_function"];
    let variables = function["datums"].list();
    let mut lowering = Lowering { variables, runs_through: None, statements: Vec::new() };
    for variable in variables {
        let variable = &variable["PLpgSQL_var"];
        lowering.evaluate(line(variable), &variable["default_val"]);
    }
    sorted::sort_by_key(&mut lowering.statements, |statement| statement.line);
    let block = &function["action"]["PLpgSQL_stmt_block"];
    if block.is_null() {
        return Err(unreadable("body has no block".to_owned()));
    }
    match lowering.handlers(block) {
        None => lowering.lower_all(&block["body"]),
        handlers => {
            let action = BodyAction::Block { body: lowering.inner(&block["body"]), handlers };
            lowering.push(line(block), action);
        }
    }
    Ok(lowering.statements)
}

/// The library writes `{}}` for variables that it cannot describe, such as a trigger's `TG_OP`.
fn repaired(json: &str) -> String {
    let mut result = String::with_capacity(json.len());
    let mut in_string = false;
    let mut escaped = false;
    let mut copied = 0;
    let bytes = json.as_bytes();
    for (at, byte) in json.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'[' | b',' if !in_string && bytes[at + 1..].starts_with(b"{}}") => {
                result.push_str(&json[copied..at + 3]);
                copied = at + 4;
            }
            _ => {}
        }
    }
    result.push_str(&json[copied..]);
    result
}

/// What the statements are read with and into.
struct Lowering<'a> {
    /// The function's variables; statements refer to them by number.
    variables: &'a [Json],
    /// The variable of the innermost loop, and the constants that it runs through, where these are written out.
    runs_through: Option<(&'a str, Vec<String>)>,
    statements: Vec<BodyStatement>,
}

/// As many rounds of a loop are looked at.
const MAX_ROUNDS: usize = 32;

impl<'a> Lowering<'a> {
    fn push(&mut self, line: u32, action: BodyAction) {
        self.statements.push(BodyStatement { line, action });
    }

    /// The statements of a part of its own: a branch, a loop, a handler.
    fn inner(&self, statements: &Json) -> Vec<BodyStatement> {
        self.inner_of(statements, self.runs_through.clone())
    }

    fn inner_of(
        &self,
        statements: &Json,
        runs_through: Option<(&'a str, Vec<String>)>,
    ) -> Vec<BodyStatement> {
        let mut inner = Lowering { variables: self.variables, runs_through, statements: Vec::new() };
        inner.lower_all(statements);
        inner.statements
    }

    fn lower_all(&mut self, statements: &Json) {
        for statement in statements.list() {
            for (kind, statement) in statement.members() {
                self.lower(kind, statement);
            }
        }
    }

    fn lower(&mut self, kind: &str, statement: &Json) {
        let line = line(statement);
        match kind {
            "PLpgSQL_stmt_block" => {
                let body = self.inner(&statement["body"]);
                let handlers = self.handlers(statement);
                self.push(line, BodyAction::Block { body, handlers });
            }
            "PLpgSQL_stmt_assign" => {
                let assignment = text(&statement["expr"]);
                self.push(line, BodyAction::Evaluate(evaluated(assigned(assignment))));
            }
            "PLpgSQL_stmt_perform" => {
                let query = text(&statement["expr"]);
                let select = query.get(..6).filter(|word| word.eq_ignore_ascii_case("select"));
                let expression = select.and_then(|_| query.get(6..)).unwrap_or(query);
                self.push(line, BodyAction::Evaluate(evaluated(expression)));
            }
            "PLpgSQL_stmt_if" => {
                let first = (&statement["cond"], &statement["then_body"]);
                let others = statement["elsif_list"].list().iter().map(|branch| &branch["PLpgSQL_if_elsif"]);
                let others = others.map(|branch| (&branch["cond"], &branch["stmts"]));
                self.branches(line, std::iter::once(first).chain(others), &statement["else_body"]);
            }
            "PLpgSQL_stmt_case" => {
                self.evaluate(line, &statement["t_expr"]);
                let whens = statement["case_when_list"].list().iter().map(|when| &when["PLpgSQL_case_when"]);
                let whens = whens.map(|when| (&when["expr"], &when["stmts"]));
                self.branches(line, whens, &statement["else_stmts"]);
            }
            "PLpgSQL_stmt_loop" | "PLpgSQL_stmt_while" => {
                let runs_through = self.runs_through.clone();
                let mut body = Lowering { variables: self.variables, runs_through, statements: Vec::new() };
                body.evaluate(line, &statement["cond"]);
                body.lower_all(&statement["body"]);
                self.push(line, BodyAction::Loop { over: None, body: body.statements });
            }
            "PLpgSQL_stmt_fori" | "PLpgSQL_stmt_foreach_a" => {
                for bound in ["lower", "upper", "step", "expr"] {
                    self.evaluate(line, &statement[bound]);
                }
                self.for_loop(line, None, statement);
            }
            "PLpgSQL_stmt_fors" => self.for_loop(line, single(sql(text(&statement["query"]))), statement),
            "PLpgSQL_stmt_forc" => {
                self.evaluate(line, &statement["argquery"]);
                self.for_loop(line, self.cursor_query(statement), statement);
            }
            "PLpgSQL_stmt_dynfors" => {
                self.parameters(line, &statement["params"]);
                let over = match self.execute(&statement["query"]) {
                    BodyAction::Execute(commands) => single(commands),
                    dynamic => {
                        self.push(line, dynamic);
                        None
                    }
                };
                self.for_loop(line, over, statement);
            }
            "PLpgSQL_stmt_exit" => {
                self.evaluate(line, &statement["cond"]);
                self.push(line, BodyAction::Exit { conditional: !statement["cond"].is_null() });
            }
            // The parser puts a RETURN without a line at the end of a body that has none.
            "PLpgSQL_stmt_return" if line == 0 => {}
            "PLpgSQL_stmt_return" => {
                self.evaluate(line, &statement["expr"]);
                self.push(line, BodyAction::Return);
            }
            "PLpgSQL_stmt_return_next" => self.evaluate(line, &statement["expr"]),
            "PLpgSQL_stmt_return_query" | "PLpgSQL_stmt_open" => {
                self.parameters(line, &statement["params"]);
                self.evaluate(line, &statement["argquery"]);
                if !statement["query"].is_null() {
                    self.run(line, text(&statement["query"]));
                } else if !statement["dynquery"].is_null() {
                    self.push(line, self.execute(&statement["dynquery"]));
                } else {
                    let query = self.cursor_query(statement);
                    self.push(line, query.map_or_else(|| BodyAction::Other(name("open")), BodyAction::Sql));
                }
            }
            "PLpgSQL_stmt_raise" => {
                self.parameters(line, &statement["params"]);
                for option in statement["options"].list() {
                    self.evaluate(line, &option["PLpgSQL_raise_option"]["expr"]);
                }
                self.push(line, BodyAction::Raise(statement["elog_level"].number() == Some(ERROR)));
            }
            "PLpgSQL_stmt_assert" => {
                self.evaluate(line, &statement["cond"]);
                self.evaluate(line, &statement["message"]);
            }
            "PLpgSQL_stmt_execsql" => self.run(line, text(&statement["sqlstmt"])),
            "PLpgSQL_stmt_call" => self.run(line, text(&statement["expr"])),
            "PLpgSQL_stmt_dynexecute" => {
                self.parameters(line, &statement["params"]);
                self.push(line, self.execute(&statement["query"]));
            }
            "PLpgSQL_stmt_commit" => self.push(line, BodyAction::Commit),
            "PLpgSQL_stmt_rollback" => self.push(line, BodyAction::Rollback),
            other => {
                let word = other.strip_prefix("PLpgSQL_stmt_").unwrap_or(other);
                self.push(line, BodyAction::Other(name(word)));
            }
        }
    }

    /// An expression where there may be one.
    fn evaluate(&mut self, line: u32, expression: &Json) {
        if !expression.is_null() {
            self.push(line, BodyAction::Evaluate(evaluated(text(expression))));
        }
    }

    fn parameters(&mut self, line: u32, parameters: &Json) {
        for parameter in parameters.list() {
            self.evaluate(line, parameter);
        }
    }

    /// Embedded SQL.
    fn run(&mut self, line: u32, text: &str) {
        for command in sql(text) {
            self.push(line, BodyAction::Sql(command));
        }
    }

    fn branches<'v>(
        &mut self,
        line: u32,
        branches: impl Iterator<Item = (&'v Json, &'v Json)>,
        otherwise: &Json,
    ) {
        let mut found: Vec<_> = branches
            .map(|(condition, statements)| (Some(evaluated(text(condition))), self.inner(statements)))
            .collect();
        if !otherwise.is_null() {
            found.push((None, self.inner(otherwise)));
        }
        self.push(line, BodyAction::Branches(found));
    }

    fn for_loop(&mut self, line: u32, over: Option<Arc<Command>>, statement: &Json) {
        let runs_through = self.constants_of(statement).or_else(|| self.runs_through.clone());
        let body = self.inner_of(&statement["body"], runs_through);
        self.push(line, BodyAction::Loop { over, body });
    }

    /// The variable of a loop, and what it runs through, where that is an array of constants.
    fn constants_of(&self, statement: &Json) -> Option<(&'a str, Vec<String>)> {
        let query = text(&statement["query"]);
        let select = query.get(..6).filter(|word| word.eq_ignore_ascii_case("select"));
        let (variable, source) = match select {
            Some(_) => (&statement["var"]["PLpgSQL_row"]["fields"][0]["varno"], &query[6..]),
            None => (&statement["varno"], text(&statement["expr"])),
        };
        let name = self.variables.get(variable.number()? as usize)?["PLpgSQL_var"]["refname"].text();
        let elements = constant_elements(&evaluated(source).node)?;
        (elements.len() <= MAX_ROUNDS).then_some((name, elements))
    }

    /// EXECUTE: in a loop through constants, of what each of its rounds puts together.
    fn execute(&self, query: &Json) -> BodyAction {
        let expression = evaluated(text(query));
        if let Some(constant) = constant_text(&expression.node, &[]) {
            return BodyAction::Execute(sql(&constant));
        }
        let rounds = self.runs_through.as_ref().and_then(|(variable, elements)| {
            let round = |element: &String| constant_text(&expression.node, &[(variable, element)]);
            elements.iter().map(round).collect::<Option<Vec<String>>>()
        });
        match rounds {
            Some(rounds) => BodyAction::Execute(rounds.iter().flat_map(|round| sql(round)).collect()),
            None => BodyAction::ExecuteDynamic(expression),
        }
    }

    /// The handlers of a block; none without EXCEPTION.
    fn handlers(&self, block: &Json) -> Option<Vec<Vec<BodyStatement>>> {
        let exceptions = &block["exceptions"]["PLpgSQL_exception_block"];
        let handler = |handler: &Json| self.inner(&handler["PLpgSQL_exception"]["action"]);
        (!exceptions.is_null()).then(|| exceptions["exc_list"].list().iter().map(handler).collect())
    }

    /// The query of the declared cursor that a statement opens or runs through.
    fn cursor_query(&self, statement: &Json) -> Option<Arc<Command>> {
        let cursor = statement["curvar"].number().unwrap_or(0) as usize;
        let query = &self.variables.get(cursor)?["PLpgSQL_var"]["cursor_explicit_expr"];
        if query.is_null() { None } else { single(sql(text(query))) }
    }
}

/// `ERROR` in `elog.h`, the level of RAISE EXCEPTION.
const ERROR: u32 = 21;

/// The line of a statement; 0 where there is none.
fn line(statement: &Json) -> u32 {
    statement["lineno"].number().unwrap_or(0)
}

/// The text of an expression or of embedded SQL.
fn text(expression: &Json) -> &str {
    expression["PLpgSQL_expr"]["query"].text()
}

fn sql(text: &str) -> Vec<Arc<Command>> {
    crate::sql::parse(text, 0).into_iter().map(|statement| Arc::new(statement.command)).collect()
}

fn single(mut commands: Vec<Arc<Command>>) -> Option<Arc<Command>> {
    if commands.len() == 1 { commands.pop() } else { None }
}

/// The right side of an assignment.
fn assigned(assignment: &str) -> &str {
    let mut brackets = 0;
    for lex in Scanner::new(assignment, 0) {
        match (lex.kind, &assignment[lex.range.clone()]) {
            (Lexeme::Punctuation, "[" | "(") => brackets += 1,
            (Lexeme::Punctuation, "]" | ")") => brackets -= 1,
            (Lexeme::Operator, ":=" | "=") if brackets == 0 => return &assignment[lex.range.end..],
            _ => {}
        }
    }
    assignment
}

/// What PL/pgSQL evaluates is what stands behind a SELECT: an expression, but `count(*) FROM t` too.
fn evaluated(text: &str) -> Expression {
    let tree = Tree::parse(&format!("SELECT {text}"));
    let Some(NodeKind::SelectStmt(select)) = tree.as_ref().ok().and_then(Tree::single) else {
        return Expression {
            sql: text.trim().into(),
            node: Node::Other { what: "unknown", parts: Vec::new() },
        };
    };
    if let [target] = &*select.target_list
        && is_bare(select)
        && let NodeKind::ResTarget(target) = target.kind()
        && let Some(value) = target.val.get()
    {
        return expression(value);
    }
    let query = Box::new(query::inner_query(select));
    Expression {
        sql: text.trim().into(),
        node: Node::Subquery { form: SubqueryForm::Scalar, operand: None, query },
    }
}

/// Is it a list of targets and nothing else?
fn is_bare(select: &SelectStmt) -> bool {
    let lists = [
        &select.distinct_clause,
        &select.from_clause,
        &select.group_clause,
        &select.window_clause,
        &select.sort_clause,
        &select.locking_clause,
    ];
    let parts = [&select.where_clause, &select.having_clause, &select.limit_count, &select.limit_offset];
    lists.iter().all(|list| list.is_empty())
        && parts.iter().all(|part| part.get().is_none())
        && select.larg.is_none()
        && select.with_clause.is_none()
}
