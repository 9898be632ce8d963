//! Functions, procedures, triggers, DO and CALL.

use std::sync::Arc;

use super::expression::function_call;
use super::{
    expression_of, given, names, object, option, qualified, query, relation, session, string, type_name,
};
use crate::sql::command::{
    AlterFunction, Argument, ArgumentMode, Call, CreateAggregate, CreateFunction, CreateTrigger, Do,
    FunctionBody, FunctionOptions, ObjectKind, TriggerTiming, Volatility,
};
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{Command, Name, name};

pub(super) fn create(stmt: &pg::CreateFunctionStmt) -> Option<Command> {
    Some(Command::CreateFunction(CreateFunction {
        name: qualified(&stmt.funcname),
        procedure: stmt.is_procedure,
        or_replace: stmt.replace,
        arguments: stmt.parameters.iter().map(argument).collect::<Option<_>>()?,
        returns: stmt.return_type.as_deref().map(type_name),
        options: options(&stmt.options),
        body: body(stmt),
        read: Default::default(),
    }))
}

pub(super) fn create_aggregate(stmt: &pg::DefineStmt) -> Option<Command> {
    let typed = |type_name| Argument { mode: ArgumentMode::In, name: None, type_name, default: None };
    let type_of = |option: &str| match option::find(&stmt.definition, option)?.arg.kind() {
        NodeKind::TypeName(found) => Some(type_name(found)),
        _ => None,
    };
    let arguments = match stmt.args.first().map(pg::Node::kind) {
        Some(NodeKind::List(list)) => list.iter().map(argument).collect::<Option<_>>()?,
        // The old syntax has one argument, BASETYPE, of which `"any"` is none.
        _ => type_of("basetype").filter(|base| !base.text.contains("any\"")).map(typed).into_iter().collect(),
    };
    let path = |element: &pg::DefElem| match element.arg.kind() {
        NodeKind::TypeName(found) => Some(type_name(found).name),
        NodeKind::List(path) => Some(qualified(path)),
        _ => None,
    };
    let called = option::elements(&stmt.definition)
        .filter(|element| element.defname.ends_with("func"))
        .filter_map(|element| Some((name(&element.defname), path(element)?)));
    Some(Command::CreateAggregate(CreateAggregate {
        name: qualified(&stmt.defnames),
        or_replace: stmt.replace,
        arguments,
        state: type_of("stype").or_else(|| type_of("stype1")),
        functions: called.collect(),
        options: option::elements(&stmt.definition).map(|element| name(&element.defname)).collect(),
        definition: Arc::from(""),
    }))
}

fn argument(node: &pg::Node) -> Option<Argument> {
    let NodeKind::FunctionParameter(parameter) = node.kind() else { return None };
    Some(Argument {
        mode: match parameter.mode {
            pg::FunctionParameterMode::FuncParamOut => ArgumentMode::Out,
            pg::FunctionParameterMode::FuncParamInout => ArgumentMode::InOut,
            pg::FunctionParameterMode::FuncParamVariadic => ArgumentMode::Variadic,
            pg::FunctionParameterMode::FuncParamTable => ArgumentMode::Table,
            pg::FunctionParameterMode::Unset
            | pg::FunctionParameterMode::FuncParamIn
            | pg::FunctionParameterMode::FuncParamDefault => ArgumentMode::In,
        },
        name: given(&parameter.name),
        type_name: type_name(parameter.arg_type.as_ref()?),
        default: expression_of(&parameter.defexpr),
    })
}

fn options(list: &[pg::Node]) -> FunctionOptions {
    let mut options = FunctionOptions::default();
    for element in option::elements(list) {
        let argument = || option::argument(element);
        match &*element.defname {
            "language" => options.language = argument(),
            "volatility" => {
                options.volatility = match argument().as_deref() {
                    Some("immutable") => Some(Volatility::Immutable),
                    Some("stable") => Some(Volatility::Stable),
                    _ => Some(Volatility::Volatile),
                }
            }
            "strict" => options.strict = Some(option::is_on(element)),
            "security" => options.security_definer = Some(option::is_on(element)),
            "leakproof" => options.leakproof = Some(option::is_on(element)),
            "parallel" => options.parallel = argument(),
            "cost" => options.cost = argument(),
            "rows" => options.rows = argument(),
            "set" => options.settings.extend(setting(element)),
            _ => {}
        }
    }
    options
}

/// SET parameter TO value, of the function; a list of values as one.
fn setting(element: &pg::DefElem) -> Option<(Name, Option<Name>)> {
    let NodeKind::VariableSetStmt(stmt) = element.arg.kind() else { return None };
    let set = session::set(stmt)?;
    let value = (!set.values.is_empty()).then(|| name(&set.values.join(", ")));
    Some((set.name.unwrap_or_else(|| name("all")), value))
}

fn body(stmt: &pg::CreateFunctionStmt) -> FunctionBody {
    if let Some(body) = stmt.sql_body.get() {
        return FunctionBody::Parsed(parsed_body(body), Arc::from(""));
    }
    match option::find(&stmt.options, "as").map(|element| element.arg.kind()) {
        Some(NodeKind::List([text])) => FunctionBody::Text(text_of(text)),
        Some(NodeKind::List([object, ..])) => FunctionBody::Object(text_of(object)),
        _ => FunctionBody::Text(Arc::from("")),
    }
}

fn text_of(node: &pg::Node) -> Arc<str> {
    Arc::from(string(node).unwrap_or_default())
}

/// RETURN expression, or BEGIN ATOMIC, which the grammar wraps in two lists.
fn parsed_body(body: &pg::Node) -> Vec<Command> {
    match body.kind() {
        // RETURN x is SELECT x.
        NodeKind::ReturnStmt(stmt) => vec![Command::Query(pg::selecting(&stmt.returnval, query))],
        NodeKind::List(list) => list.iter().filter_map(pg::Node::get).flat_map(parsed_body).collect(),
        stmt => vec![super::command(stmt)],
    }
}

pub(super) fn alter(stmt: &pg::AlterFunctionStmt) -> Option<Command> {
    let kind = object::kind(stmt.objtype)?;
    if !matches!(kind, ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine) {
        return None;
    }
    Some(Command::AlterFunction(AlterFunction {
        kind,
        object: object::with_arguments(stmt.func.as_ref()?),
        options: options(&stmt.actions),
    }))
}

pub(super) fn create_trigger(stmt: &pg::CreateTrigStmt) -> Option<Command> {
    let has = |event: pg_query::TriggerType| i32::from(stmt.events) & event as i32 != 0;
    let events = [
        (pg_query::TriggerType::Insert, "INSERT"),
        (pg_query::TriggerType::Delete, "DELETE"),
        (pg_query::TriggerType::Update, "UPDATE"),
        (pg_query::TriggerType::Truncate, "TRUNCATE"),
    ];
    let transition_tables = stmt.transition_rels.iter().filter_map(|node| match node.kind() {
        NodeKind::TriggerTransition(transition) => Some((transition.is_new, name(&transition.name))),
        _ => None,
    });
    Some(Command::CreateTrigger(CreateTrigger {
        name: name(&stmt.trigname),
        or_replace: stmt.replace,
        constraint: stmt.isconstraint,
        table: relation(&stmt.relation)?,
        timing: if i32::from(stmt.timing) & pg_query::TriggerType::Before as i32 != 0 {
            TriggerTiming::Before
        } else if i32::from(stmt.timing) & pg_query::TriggerType::Instead as i32 != 0 {
            TriggerTiming::InsteadOf
        } else {
            TriggerTiming::After
        },
        for_each_row: stmt.row,
        events: events.into_iter().filter(|(event, _)| has(*event)).map(|(_, word)| name(word)).collect(),
        columns: names(&stmt.columns),
        condition: expression_of(&stmt.when_clause),
        function: qualified(&stmt.funcname),
        arguments: names(&stmt.args),
        transition_tables: transition_tables.collect(),
        deferrable: stmt.deferrable,
        initially_deferred: stmt.initdeferred,
        from_table: relation(&stmt.constrrel),
    }))
}

pub(super) fn run(stmt: &pg::DoStmt) -> Option<Command> {
    let argument = |option| option::find(&stmt.args, option).and_then(option::argument);
    Some(Command::Do(Do {
        language: argument("language").unwrap_or_else(|| name("plpgsql")),
        body: argument("as")?,
        read: Default::default(),
    }))
}

pub(super) fn call(stmt: &pg::CallStmt) -> Option<Command> {
    Some(Command::Call(Call { call: function_call(stmt.funccall.as_ref()?) }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, expression, parsed, type_name, words};
    use super::*;
    use crate::sql::QualifiedName;
    use crate::sql::command::ObjectName;
    use crate::sql::{Literal, Node};

    fn created(sql: &str) -> CreateFunction {
        match parsed(sql) {
            Command::CreateFunction(function) => function,
            other => panic!("{sql}: {other:?}"),
        }
    }

    #[test]
    fn a_function_with_everything() {
        let function = created(
            "CREATE OR REPLACE FUNCTION s.f(a int, b text DEFAULT 'x', INOUT c int, OUT d int, VARIADIC e int[]) \
             RETURNS record LANGUAGE PLpgSQL STABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL safe COST 5 ROWS 10 \
             SET search_path TO public, pg_temp SET work_mem FROM CURRENT AS $$ BEGIN END $$",
        );
        let argument = |mode, argument: &str, of_type: &str| Argument {
            mode,
            name: Some(name(argument)),
            type_name: type_name(of_type),
            default: None,
        };
        let expected = CreateFunction {
            name: QualifiedName::qualified("s", "f"),
            procedure: false,
            or_replace: true,
            arguments: vec![
                argument(ArgumentMode::In, "a", "int"),
                Argument { default: Some(expression("'x'")), ..argument(ArgumentMode::In, "b", "text") },
                argument(ArgumentMode::InOut, "c", "int"),
                argument(ArgumentMode::Out, "d", "int"),
                argument(ArgumentMode::Variadic, "e", "int[]"),
            ],
            returns: Some(type_name("record")),
            options: FunctionOptions {
                language: Some(name("plpgsql")),
                volatility: Some(Volatility::Stable),
                strict: Some(true),
                security_definer: Some(true),
                leakproof: Some(true),
                parallel: Some(name("safe")),
                settings: vec![
                    (name("search_path"), Some(name("public, pg_temp"))),
                    (name("work_mem"), None),
                ],
                cost: Some(name("5")),
                rows: Some(name("10")),
            },
            body: FunctionBody::Text(" BEGIN END ".into()),
            read: Default::default(),
        };
        assert_eq!(function, expected);
    }

    #[test]
    fn bodies() {
        let body = |sql: &str| created(&format!("CREATE FUNCTION f() RETURNS int {sql}")).body;
        assert_eq!(body("LANGUAGE sql AS 'SELECT 1'"), FunctionBody::Text("SELECT 1".into()));
        assert_eq!(body("LANGUAGE c AS 'lib', 'symbol'"), FunctionBody::Object("lib".into()));
        assert_eq!(body("LANGUAGE sql"), FunctionBody::Text("".into()));
        let FunctionBody::Parsed(commands, text) = body("RETURN 1 + 1") else { panic!() };
        assert_eq!(&*text, "RETURN 1 + 1");
        assert!(matches!(commands.as_slice(), [Command::Query(query)] if &*query.sql == "SELECT 1 + 1"));
        let FunctionBody::Parsed(commands, _) = body("BEGIN ATOMIC DELETE FROM t; SELECT 1; RETURN 2; END")
        else {
            panic!()
        };
        assert!(matches!(commands.as_slice(), [Command::Dml(_), Command::Query(_), Command::Query(_)]));
    }

    #[test]
    fn procedures_and_tables() {
        let procedure = created("CREATE PROCEDURE p(int) LANGUAGE sql AS ''");
        assert!(procedure.procedure && !procedure.or_replace && procedure.returns.is_none());
        assert_eq!(procedure.arguments[0].name, None);
        let table = created("CREATE FUNCTION f() RETURNS TABLE (a int) LANGUAGE sql IMMUTABLE AS ''");
        assert_eq!(table.arguments[0].mode, ArgumentMode::Table);
        assert_eq!(table.options.volatility, Some(Volatility::Immutable));
        assert!(table.returns.is_some_and(|returns| returns.set_of));
    }

    #[test]
    fn altered_functions() {
        let altered = |kind, arguments, options| {
            let object = ObjectName { name: bare("f"), part: None, arguments };
            Command::AlterFunction(AlterFunction { kind, object, options })
        };
        for (sql, expected) in [
            (
                "ALTER FUNCTION f(int, OUT text) VOLATILE CALLED ON NULL INPUT SECURITY INVOKER NOT LEAKPROOF",
                altered(
                    ObjectKind::Function,
                    Some(vec![type_name("int")]),
                    FunctionOptions {
                        volatility: Some(Volatility::Volatile),
                        strict: Some(false),
                        security_definer: Some(false),
                        leakproof: Some(false),
                        ..Default::default()
                    },
                ),
            ),
            (
                "ALTER PROCEDURE f SET work_mem = '1MB'",
                altered(
                    ObjectKind::Procedure,
                    None,
                    FunctionOptions {
                        settings: vec![(name("work_mem"), Some(name("1MB")))],
                        ..Default::default()
                    },
                ),
            ),
            (
                "ALTER ROUTINE f() RESET work_mem",
                altered(
                    ObjectKind::Routine,
                    Some(Vec::new()),
                    FunctionOptions { settings: vec![(name("work_mem"), None)], ..Default::default() },
                ),
            ),
        ] {
            assert_eq!(parsed(sql), expected, "{sql}");
        }
    }

    #[test]
    fn triggers() {
        let plain = CreateTrigger {
            name: name("g"),
            or_replace: false,
            constraint: false,
            table: bare("t"),
            timing: TriggerTiming::After,
            for_each_row: false,
            events: words(&["INSERT"]),
            columns: Vec::new(),
            condition: None,
            function: bare("f"),
            arguments: Vec::new(),
            transition_tables: Vec::new(),
            deferrable: false,
            initially_deferred: false,
            from_table: None,
        };
        for (sql, expected) in [
            ("CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()", plain.clone()),
            (
                "CREATE OR REPLACE TRIGGER g BEFORE UPDATE OF a, b OR DELETE ON t FOR EACH ROW \
                 WHEN (old.a > 0) EXECUTE PROCEDURE s.f('x', 2)",
                CreateTrigger {
                    or_replace: true,
                    timing: TriggerTiming::Before,
                    for_each_row: true,
                    events: words(&["DELETE", "UPDATE"]),
                    columns: words(&["a", "b"]),
                    condition: Some(expression("old.a > 0")),
                    function: QualifiedName::qualified("s", "f"),
                    arguments: words(&["x", "2"]),
                    ..plain.clone()
                },
            ),
            (
                "CREATE TRIGGER g INSTEAD OF INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
                CreateTrigger { timing: TriggerTiming::InsteadOf, for_each_row: true, ..plain.clone() },
            ),
            (
                "CREATE TRIGGER g AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n EXECUTE FUNCTION f()",
                CreateTrigger {
                    events: words(&["UPDATE"]),
                    transition_tables: vec![(false, name("o")), (true, name("n"))],
                    ..plain.clone()
                },
            ),
            (
                "CREATE TRIGGER g BEFORE TRUNCATE ON t EXECUTE FUNCTION f()",
                CreateTrigger {
                    timing: TriggerTiming::Before,
                    events: words(&["TRUNCATE"]),
                    ..plain.clone()
                },
            ),
            (
                "CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t FROM u DEFERRABLE INITIALLY DEFERRED \
                 FOR EACH ROW EXECUTE FUNCTION f()",
                CreateTrigger {
                    constraint: true,
                    for_each_row: true,
                    deferrable: true,
                    initially_deferred: true,
                    from_table: Some(bare("u")),
                    ..plain
                },
            ),
        ] {
            assert_eq!(parsed(sql), Command::CreateTrigger(expected), "{sql}");
        }
    }

    #[test]
    fn blocks_and_calls() {
        for (sql, language) in [
            ("DO $$ BEGIN END $$", "plpgsql"),
            ("DO LANGUAGE plperl $$ BEGIN END $$", "plperl"),
            ("DO $$ BEGIN END $$ LANGUAGE plperl", "plperl"),
        ] {
            let expected =
                Do { language: name(language), body: " BEGIN END ".into(), read: Default::default() };
            assert_eq!(parsed(sql), Command::Do(expected), "{sql}");
        }
        let arguments = vec![Node::Literal(Literal::Integer(1))];
        let call = Node::Function { name: QualifiedName::qualified("s", "p"), arguments };
        assert_eq!(parsed("CALL s.p(1)"), Command::Call(Call { call }));
    }
}
