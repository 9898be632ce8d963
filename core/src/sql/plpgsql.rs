//! Bodies in PL/pgSQL, lowered as far as SQL statements and control flow are concerned.

use std::ops::Range;
use std::sync::Arc;

use super::command::{ArgumentMode, CreateFunction, Do, FunctionBody};
use super::scan::{Lexeme, Scanner};
use super::{Command, Expression, Name, lower, nesting, parser, quote_identifier};
use crate::sorted::Set;

/// One statement of a PL/pgSQL body.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyStatement {
    /// Line in the body, from 1 for the line on which its text begins.
    pub line: u32,
    /// What it does.
    pub action: BodyAction,
}

/// What a PL/pgSQL statement does.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyAction {
    /// An SQL statement, written out.
    Sql(Arc<Command>),
    /// EXECUTE of a constant string, parsed.
    Execute(Vec<Arc<Command>>),
    /// EXECUTE of a string that is put together at run time.
    ExecuteDynamic(Expression),
    /// PERFORM, an assignment or any other expression that is evaluated.
    Evaluate(Expression),
    /// IF and CASE: each branch with its condition; the last may have none (ELSE).
    Branches(Vec<(Option<Expression>, Vec<BodyStatement>)>),
    /// LOOP, WHILE, FOR, FOREACH.
    Loop {
        /// The query a FOR loop runs through.
        over: Option<Arc<Command>>,
        /// The body.
        body: Vec<BodyStatement>,
    },
    /// BEGIN … END, with the handlers of its EXCEPTION part.
    Block {
        /// The statements.
        body: Vec<BodyStatement>,
        /// The handlers' statements; none without EXCEPTION.
        handlers: Option<Vec<Vec<BodyStatement>>>,
    },
    /// COMMIT.
    Commit,
    /// ROLLBACK.
    Rollback,
    /// EXIT or CONTINUE; conditional with WHEN.
    Exit {
        /// WHEN?
        conditional: bool,
    },
    /// RETURN, which ends the body. RETURN QUERY is the query, RETURN NEXT the value that it evaluates.
    Return,
    /// RAISE; true when it raises an error.
    Raise(bool),
    /// GET DIAGNOSTICS, cursors, ASSERT, NULL …: by PL/pgSQL's own word.
    Other(Name),
}

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyError {
    /// PostgreSQL's own words.
    pub message: Arc<str>,
}

/// Reads the body of a DO block.
///
/// # Errors
///
/// What PostgreSQL's PL/pgSQL parser refuses, and what nests too deep.
pub fn parse_body(body: &str) -> Result<Vec<BodyStatement>, BodyError> {
    read(body, |body| format!("DO {}", string_constant(body)))
}

/// Reads the body of a function or procedure. From its arguments and result follows which variables there
/// are, and what RETURN may look like.
fn parse_function_body(body: &str, function: &CreateFunction) -> Result<Vec<BodyStatement>, BodyError> {
    read(body, |body| create_function(body, function))
}

impl Do {
    /// The statements of a block in PL/pgSQL.
    ///
    /// # Errors
    ///
    /// What PostgreSQL's PL/pgSQL parser refuses, and what nests too deep.
    pub fn statements(&self) -> Result<&[BodyStatement], &BodyError> {
        self.read.get(|| parse_body(&self.body)).as_deref()
    }
}

impl CreateFunction {
    /// The statements of a body in PL/pgSQL; none when it is no text.
    ///
    /// # Errors
    ///
    /// What PostgreSQL's PL/pgSQL parser refuses, and what nests too deep.
    pub fn statements(&self) -> Option<Result<&[BodyStatement], &BodyError>> {
        let FunctionBody::Text(text) = &self.body else { return None };
        Some(self.read.statements.get(|| parse_function_body(text, self)).as_deref())
    }

    /// The commands of a body in SQL: of its text, or of what stands in its place.
    pub fn commands(&self) -> &[Command] {
        match &self.body {
            FunctionBody::Text(text) => self.read.commands.get(|| commands(text)),
            FunctionBody::Parsed(commands, _) => commands,
            FunctionBody::Object(_) => &[],
        }
    }
}

/// The commands of a body in SQL.
pub fn commands(text: &str) -> Vec<Command> {
    super::parse(text, 0).into_iter().map(|statement| statement.command).collect()
}

/// The deepest body that is parsed, in levels of blocks, loops and branches.
const MAX_BLOCKS: u32 = 200;

fn read(body: &str, statement: impl FnOnce(&str) -> String) -> Result<Vec<BodyStatement>, BodyError> {
    let levels = nesting::blocks(body);
    if levels > MAX_BLOCKS {
        let message = format!("body nests {levels} levels deep; the limit is {MAX_BLOCKS}");
        return Err(BodyError { message: message.into() });
    }
    let statement = statement(&without_types(body));
    match parser::parse_plpgsql(&statement) {
        Ok(json) => lower::plpgsql::body(&json),
        Err(message) => Err(BodyError { message: message.into() }),
    }
}

/// The body as a string constant, which, unlike a dollar-quoted one, no body can end early.
fn string_constant(body: &str) -> String {
    format!("E'{}'", body.replace('\\', "\\\\").replace('\'', "''"))
}

/// A CREATE statement around the body, for a parser that knows no type but PostgreSQL's own.
fn create_function(body: &str, function: &CreateFunction) -> String {
    let fields = names_with_fields(body);
    let mut arguments = Vec::new();
    let mut results = Vec::new();
    for argument in &function.arguments {
        let name = argument.name.as_deref();
        let has_fields = name.is_some_and(|name| fields.contains(name));
        let type_name = stand_in(&argument.type_name.name.name, has_fields);
        let mode = match argument.mode {
            ArgumentMode::In | ArgumentMode::Variadic => "IN",
            ArgumentMode::Out | ArgumentMode::Table => "OUT",
            ArgumentMode::InOut => "INOUT",
        };
        if mode != "IN" {
            results.push(type_name);
        }
        arguments.push(format!("{mode} {} {type_name}", name.map(quote_identifier).unwrap_or_default()));
    }
    // A single OUT argument's type is the function's; several are a record.
    let result = if let [single] = results.as_slice() { single } else { "record" };
    let set = function.arguments.iter().any(|argument| argument.mode == ArgumentMode::Table)
        || function.returns.as_ref().is_some_and(|returns| returns.set_of);
    let returns = match function.returns.as_ref().map(|returns| &*returns.name.name) {
        _ if function.procedure => String::new(),
        _ if set => format!("RETURNS SETOF {result}"),
        Some(pseudo @ ("void" | "trigger" | "event_trigger")) => format!("RETURNS {pseudo}"),
        _ => format!("RETURNS {result}"),
    };
    format!(
        "CREATE {} f({}) {returns} LANGUAGE plpgsql AS {}",
        if function.procedure { "PROCEDURE" } else { "FUNCTION" },
        arguments.join(", "),
        string_constant(body),
    )
}

/// A type in whose place the body is parsed. A variable whose fields are used is a record, any other is not: only
/// so can it stand in a list behind INTO. A cursor has statements of its own.
fn stand_in(type_name: &str, has_fields: bool) -> &'static str {
    match type_name {
        "refcursor" => "refcursor",
        "record" => "record",
        _ if has_fields => "record",
        _ => "text",
    }
}

/// Words with a point behind them: among them the variables whose fields are used.
fn names_with_fields(body: &str) -> Set<String> {
    Scanner::new(body, 0)
        .filter(|lex| matches!(lex.kind, Lexeme::Word | Lexeme::QuotedName))
        .filter(|lex| body[lex.range.end..].starts_with('.'))
        .map(|lex| folded(&body[lex.range]))
        .collect()
}

/// An identifier as the catalog would hold it.
fn folded(identifier: &str) -> String {
    match identifier.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted).replace("\"\"", "\""),
        None => identifier.to_ascii_lowercase(),
    }
}

/// The body with the types of its declarations replaced by [stand-ins](stand_in). Its lines stay where they are.
fn without_types(body: &str) -> String {
    let fields = names_with_fields(body);
    let mut result = String::with_capacity(body.len());
    let mut copied = 0;
    let mut place = Place::Statements;
    let mut parentheses = 0_i32;
    for lex in Scanner::new(body, 0).filter(|lex| !matches!(lex.kind, Lexeme::Space | Lexeme::Comment)) {
        let token = &body[lex.range.clone()];
        let is = |words: &[&str]| {
            lex.kind == Lexeme::Word && words.iter().any(|word| token.eq_ignore_ascii_case(word))
        };
        match token {
            "(" => parentheses += 1,
            ")" => parentheses -= 1,
            _ => {}
        }
        place = match place {
            _ if is(&["declare"]) => Place::Name,
            Place::Statements => Place::Statements,
            Place::Name if is(&["begin"]) => Place::Statements,
            Place::Name => {
                parentheses = 0;
                Place::Type { has_fields: fields.contains(&folded(token)), type_range: None }
            }
            Place::Type { type_range: None, .. } if is(&["alias", "cursor", "no", "scroll"]) => Place::Value,
            Place::Type { has_fields, type_range: None } if is(&["constant"]) => {
                Place::Type { has_fields, type_range: None }
            }
            Place::Type { has_fields, type_range } => {
                let ends = parentheses == 0
                    && (matches!(token, ";" | ":=" | "=") || is(&["collate", "not", "default"]));
                match type_range {
                    Some(range) if ends => {
                        replace_type(body, range, has_fields, &mut copied, &mut result);
                        if token == ";" { Place::Name } else { Place::Value }
                    }
                    None if ends => Place::Value,
                    None => Place::Type { has_fields, type_range: Some(lex.range) },
                    Some(range) => Place::Type { has_fields, type_range: Some(range.start..lex.range.end) },
                }
            }
            Place::Value if token == ";" && parentheses <= 0 => Place::Name,
            Place::Value => Place::Value,
        };
    }
    result.push_str(&body[copied..]);
    result
}

/// Where in a body a token stands.
enum Place {
    /// Outside of any DECLARE.
    Statements,
    /// Before a declaration.
    Name,
    /// Behind a declared name; the type as far as it is read.
    Type { has_fields: bool, type_range: Option<Range<usize>> },
    /// In the rest of a declaration.
    Value,
}

fn replace_type(body: &str, range: Range<usize>, has_fields: bool, copied: &mut usize, result: &mut String) {
    let words = &body[range.clone()];
    let lower = words.to_ascii_lowercase();
    let has_fields = has_fields || lower.ends_with("rowtype");
    result.push_str(&body[*copied..range.start]);
    result.push_str(stand_in(lower.trim_start_matches("pg_catalog."), has_fields));
    result.extend(words.chars().filter(|c| *c == '\n'));
    *copied = range.end;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sql::parse;

    /// One line for each statement: its line, what it is, indented by its depth.
    fn outline(statements: &[BodyStatement], depth: usize, lines: &mut Vec<String>) {
        let variant = |command: &Command| {
            let debug = format!("{command:?}");
            debug.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
        };
        let variants = |commands: &[Arc<Command>]| {
            commands.iter().map(|command| variant(command)).collect::<Vec<_>>().join(" ")
        };
        for BodyStatement { line, action } in statements {
            let mut push = |words: String| lines.push(format!("{}{line} {words}", "  ".repeat(depth)));
            match action {
                BodyAction::Sql(command) => push(format!("sql {}", variant(command))),
                BodyAction::Execute(commands) => push(format!("execute {}", variants(commands))),
                BodyAction::ExecuteDynamic(expression) => push(format!("dynamic {}", expression.sql)),
                BodyAction::Evaluate(expression) => push(format!("evaluate {}", expression.sql)),
                BodyAction::Branches(branches) => {
                    for (condition, body) in branches {
                        let condition = condition.as_ref().map_or("else", |condition| &condition.sql);
                        lines.push(format!("{}{line} if {condition}", "  ".repeat(depth)));
                        outline(body, depth + 1, lines);
                    }
                }
                BodyAction::Loop { over, body } => {
                    push(
                        ["loop".to_owned()]
                            .into_iter()
                            .chain(over.iter().map(|over| variant(over)))
                            .collect::<Vec<_>>()
                            .join(" "),
                    );
                    outline(body, depth + 1, lines);
                }
                BodyAction::Block { body, handlers } => {
                    push("block".to_owned());
                    outline(body, depth + 1, lines);
                    for handler in handlers.iter().flatten() {
                        lines.push(format!("{}handler", "  ".repeat(depth)));
                        outline(handler, depth + 1, lines);
                    }
                }
                BodyAction::Exit { conditional } => push(format!("exit {conditional}")),
                other => push(format!("{other:?}")),
            }
        }
    }

    fn block(body: &str) -> Result<Vec<String>, BodyError> {
        let mut lines = Vec::new();
        outline(&parse_body(body)?, 0, &mut lines);
        Ok(lines)
    }

    fn function(sql: &str) -> Result<Vec<String>, BodyError> {
        let Command::CreateFunction(create) = parse(sql, 0).remove(0).command else { panic!("{sql}") };
        let crate::sql::command::FunctionBody::Text(body) = &create.body else { panic!("{sql}") };
        let mut lines = Vec::new();
        outline(&parse_function_body(body, &create)?, 0, &mut lines);
        Ok(lines)
    }

    #[test]
    fn statements_of_every_kind_are_read() {
        let lines = block(
            "
DECLARE
  x users%ROWTYPE; y users.id%TYPE := (SELECT max(id) FROM users); z my.type; w my.ty[]; r record;
  c CURSOR FOR SELECT 1; cc NO SCROLL CURSOR (a int) FOR SELECT a; o refcursor; k CONSTANT my.enum NOT NULL := 'a';
BEGIN
  x.id := 1;
  SELECT id, 2 INTO y, z FROM users WHERE id = x.id;
  PERFORM f(1), 2 FROM t; PERFORM f(2);
  w[1] := count(*) FROM t WHERE a = 1;
  FOR r IN SELECT * FROM users LOOP
    UPDATE t SET a = 1;
  END LOOP;
  FOR i IN REVERSE 10..1 BY 2 LOOP NULL; END LOOP;
  FOR r IN c LOOP NULL; END LOOP;
  FOREACH y IN ARRAY w LOOP CONTINUE; END LOOP;
  WHILE y > 1 LOOP EXIT WHEN NOT FOUND; END LOOP;
  CASE y WHEN 1 THEN NULL; WHEN 2, 3 THEN DELETE FROM t; ELSE NULL; END CASE;
  IF a THEN RETURN; ELSIF b THEN COMMIT; ELSE ROLLBACK; END IF;
  RAISE NOTICE 'x %', 1; RAISE EXCEPTION 'foo'; RAISE;
  ASSERT true;
  GET DIAGNOSTICS y = ROW_COUNT;
  OPEN c; FETCH c INTO y; CLOSE c; OPEN o FOR SELECT 1; OPEN o FOR EXECUTE 'SELECT 1';
  CALL foo(1);
  DO $x$ BEGIN END $x$;
  BEGIN
    INSERT INTO t VALUES (1);
  EXCEPTION
    WHEN unique_violation OR others THEN NULL;
    WHEN SQLSTATE '22012' THEN x.a := 1;
  END;
END",
        )
        .unwrap();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        3 evaluate (SELECT max(id) FROM users)
        4 evaluate 'a'
        6 evaluate 1
        7 sql Query
        8 evaluate f(1), 2 FROM t
        8 evaluate f(2)
        9 evaluate count(*) FROM t WHERE a = 1
        10 loop Query
          11 sql Dml
        13 evaluate 10
        13 evaluate 1
        13 evaluate 2
        13 loop
        14 loop Query
        15 evaluate w
        15 loop
          15 exit false
        16 loop
          16 evaluate y > 1
          16 evaluate NOT found
          16 exit true
        17 evaluate y
        17 if "__Case__Variable_16__" IN (1)
        17 if "__Case__Variable_16__" IN (2, 3)
          17 sql Dml
        18 if a
          18 Return
        18 if b
          18 Commit
        18 if else
          18 Rollback
        19 evaluate 1
        19 Raise(false)
        19 Raise(true)
        19 Raise(true)
        20 evaluate true
        21 Other("getdiag")
        22 sql Query
        22 Other("fetch")
        22 Other("close")
        22 sql Query
        22 execute Query
        23 sql Call
        24 sql Do
        25 block
          26 sql Dml
        handler
        handler
          29 evaluate 1
        "#);
    }

    #[test]
    fn execute_is_parsed_when_its_text_is_constant() {
        let lines = block(
            "DECLARE r record; BEGIN
               EXECUTE 'ALTER TABLE t ADD a int; DROP TABLE u';
               EXECUTE format('CREATE INDEX %I ON %s (a)', 'I', 't') || ' WHERE true';
               EXECUTE 'DROP TABLE ' || quote_ident(name) USING f();
               FOR r IN EXECUTE 'SELECT 1' LOOP NULL; END LOOP;
             END",
        )
        .unwrap();
        assert_eq!(
            lines,
            [
                "2 execute AlterTable Drop",
                "3 execute CreateIndex",
                "4 evaluate f()",
                "4 dynamic 'DROP TABLE ' || quote_ident(name)",
                "5 loop Query",
            ]
        );
    }

    #[test]
    fn a_loop_through_constants_executes_what_each_round_puts_together() {
        let lines = block(
            "DECLARE t text; u text; BEGIN
               FOREACH t IN ARRAY ARRAY['a','b']::text[] LOOP EXECUTE format('DROP TABLE %I', t); END LOOP;
               FOR t IN SELECT unnest(ARRAY['a']) LOOP IF x THEN EXECUTE 'DROP VIEW ' || t; END IF; END LOOP;
               FOREACH t IN ARRAY names LOOP EXECUTE 'DROP TABLE ' || t; END LOOP;
               FOREACH t IN ARRAY ARRAY['a'] LOOP EXECUTE 'DROP TABLE ' || u; END LOOP;
             END",
        )
        .unwrap();
        assert_eq!(
            lines,
            [
                "2 evaluate ARRAY['a', 'b']::text[]",
                "2 loop",
                "  2 execute Drop Drop",
                "3 loop Query",
                "  3 if x",
                "    3 execute Drop",
                "4 evaluate names",
                "4 loop",
                "  4 dynamic 'DROP TABLE ' || t",
                "5 evaluate ARRAY['a']",
                "5 loop",
                "  5 dynamic 'DROP TABLE ' || u",
            ]
        );
    }

    #[test]
    fn functions_have_their_arguments_and_their_return() {
        for (head, body, expected) in [
            (
                "f() RETURNS trigger",
                "BEGIN NEW.a := TG_OP; RETURN NEW; END",
                vec!["1 evaluate tg_op", "1 Return"],
            ),
            ("f() RETURNS event_trigger", "BEGIN PERFORM tg_tag; END", vec!["1 evaluate tg_tag"]),
            ("f() RETURNS void", "BEGIN RETURN; END", vec!["1 Return"]),
            ("f() RETURNS my.type", "BEGIN RETURN 1; END", vec!["1 evaluate 1", "1 Return"]),
            (
                "f(a my.type, b int) RETURNS int",
                "BEGIN a.x := b; RETURN $2; END",
                vec!["1 evaluate b", "1 Return"],
            ),
            (
                "f(OUT a int, INOUT b my.t)",
                "BEGIN SELECT 1, 2 INTO a, b; RETURN; END",
                vec!["1 sql Query", "1 Return"],
            ),
            (
                "f(VARIADIC a text[]) RETURNS SETOF my.t",
                "BEGIN RETURN NEXT a || 'b'; RETURN QUERY SELECT 1; END",
                vec!["1 evaluate a || 'b'", "1 sql Query"],
            ),
            (
                "f() RETURNS TABLE (a int, \"B\" my.t)",
                "BEGIN a := 1; \"B\".c := 2; RETURN NEXT; END",
                vec!["1 evaluate 1", "1 evaluate 2"],
            ),
            (
                "f(c refcursor) RETURNS refcursor",
                "BEGIN OPEN c FOR SELECT 1; RETURN c; END",
                vec!["1 sql Query", "1 Return"],
            ),
        ] {
            let found = function(&format!("CREATE FUNCTION {head} LANGUAGE plpgsql AS $b$ {body} $b$"));
            assert_eq!(found.expect(body), expected, "{head} {body}");
        }
        let found = function(
            "CREATE PROCEDURE p(INOUT a int) LANGUAGE plpgsql AS 'BEGIN a := 1; COMMIT; RETURN; END'",
        );
        assert_eq!(found.unwrap(), ["1 evaluate 1", "1 Commit", "1 Return"]);
    }

    #[test]
    fn errors_have_postgresqls_words() {
        for (body, message) in [
            ("BEGIN\n\n  SELCT 1;\nEND", "syntax error at or near \"SELCT\""),
            ("BEGIN\n  IF true THEN\nEND", "syntax error at end of input"),
            ("", "syntax error at end of input"),
            ("BEGIN\n x := 1; END", "\"x\" is not a known variable"),
            ("BEGIN NULL; EXCEPTION WHEN foo THEN NULL; END", "unrecognized exception condition \"foo\""),
            ("BEGIN \0 END", "invalid byte sequence for encoding \"UTF8\": 0x00"),
        ] {
            let error = parse_body(body).unwrap_err();
            assert_eq!(error, BodyError { message: message.into() }, "{body}");
        }
        let nested = format!("BEGIN {} END", "IF true THEN ".repeat(5_000));
        assert_eq!(
            &*parse_body(&nested).unwrap_err().message,
            "body nests 5001 levels deep; the limit is 200"
        );
        let deep = format!("BEGIN {} NULL; {} END", "LOOP ".repeat(150), "END LOOP; ".repeat(150));
        assert!(parse_body(&deep).unwrap_err().message.starts_with("body nests too deep"));
        let fine = format!("BEGIN {} NULL; {} END", "LOOP ".repeat(30), "END LOOP; ".repeat(30));
        assert!(parse_body(&fine).is_ok());
    }

    #[test]
    fn quotes_in_a_body_do_not_end_it() {
        let body = "BEGIN EXECUTE $b$SELECT '\\', $$a$$$b$; PERFORM E'\\'', '''', $q$'$q$; END";
        assert_eq!(block(body).unwrap(), ["1 execute Query", "1 evaluate E'\\'', '''', $q$'$q$"]);
    }

    proptest! {
        #[test]
        fn any_body_is_read_or_refused(
            parts in prop::collection::vec(prop::sample::select(vec![
                "BEGIN ", "END; ", "END ", "DECLARE ", "x ", "int ", ":= ", "; ", "IF ", "THEN ", "ELSE ", "END IF; ", "LOOP ", "END LOOP; ",
                "FOR ", "IN ", "1..2 ", "SELECT 1 ", "INTO ", "EXECUTE ", "'a' ", "$$", "'", "/*", "*/", "--", "\n", "(", ")", "CASE ", "WHEN ",
                "RETURN ", "QUERY ", "my.t%ROWTYPE ", "x.y ", "EXCEPTION ", "others ", "CURSOR ", "OPEN ", "<<a>> ", "NULL; ", "\\", "é",
            ]), 0..40)
        ) {
            let _ = parse_body(&parts.concat());
        }
    }
}
