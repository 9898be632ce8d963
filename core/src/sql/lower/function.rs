//! Functions, procedures, triggers, DO and CALL.

use std::sync::Arc;

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use super::{
    expression_of, given, names, object, option, qualified, query, relation, session, string, type_name,
};
use crate::sql::command::{
    AlterFunction, Argument, ArgumentMode, Call, CreateFunction, CreateTrigger, Do, FunctionBody,
    FunctionOptions, ObjectKind, TriggerTiming, Volatility,
};
use crate::sql::{Command, Name, name};

pub(super) fn create(stmt: &pg::CreateFunctionStmt) -> Option<Command> {
    Some(Command::CreateFunction(CreateFunction {
        name: qualified(&stmt.funcname),
        procedure: stmt.is_procedure,
        or_replace: stmt.replace,
        arguments: stmt.parameters.iter().filter_map(argument).collect(),
        returns: stmt.return_type.as_ref().map(type_name),
        options: options(&stmt.options),
        body: body(stmt),
    }))
}

fn argument(node: &pg::Node) -> Option<Argument> {
    let Some(NodeEnum::FunctionParameter(parameter)) = &node.node else { return None };
    Some(Argument {
        mode: match parameter.mode() {
            pg::FunctionParameterMode::FuncParamOut => ArgumentMode::Out,
            pg::FunctionParameterMode::FuncParamInout => ArgumentMode::InOut,
            pg::FunctionParameterMode::FuncParamVariadic => ArgumentMode::Variadic,
            pg::FunctionParameterMode::FuncParamTable => ArgumentMode::Table,
            pg::FunctionParameterMode::FuncParamIn
            | pg::FunctionParameterMode::FuncParamDefault
            | pg::FunctionParameterMode::Undefined => ArgumentMode::In,
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
        match element.defname.as_str() {
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
    let NodeEnum::VariableSetStmt(stmt) = element.arg.as_deref()?.node.as_ref()? else { return None };
    let set = session::set(stmt)?;
    let value = (!set.values.is_empty()).then(|| name(&set.values.join(", ")));
    Some((set.name.unwrap_or_else(|| name("all")), value))
}

fn body(stmt: &pg::CreateFunctionStmt) -> FunctionBody {
    if let Some(body) = stmt.sql_body.as_deref().and_then(|node| node.node.as_ref()) {
        return FunctionBody::Parsed(parsed_body(body));
    }
    let source = option::find(&stmt.options, "as").and_then(|element| element.arg.as_deref());
    match source.and_then(|node| node.node.as_ref()) {
        Some(NodeEnum::List(parts)) => match parts.items.as_slice() {
            [text] => FunctionBody::Text(text_of(text)),
            [object, ..] => FunctionBody::Object(text_of(object)),
            [] => FunctionBody::Text(Arc::from("")),
        },
        _ => FunctionBody::Text(Arc::from("")),
    }
}

fn text_of(node: &pg::Node) -> Arc<str> {
    Arc::from(string(node).unwrap_or_default())
}

/// RETURN expression, or BEGIN ATOMIC, which the grammar wraps in two lists.
fn parsed_body(body: &NodeEnum) -> Vec<Command> {
    match body {
        NodeEnum::ReturnStmt(stmt) => vec![returned(stmt)],
        NodeEnum::List(list) => {
            list.items.iter().filter_map(|node| node.node.as_ref()).flat_map(parsed_body).collect()
        }
        stmt => vec![super::command(stmt)],
    }
}

/// RETURN x is SELECT x.
fn returned(stmt: &pg::ReturnStmt) -> Command {
    let target = pg::ResTarget { val: stmt.returnval.clone(), ..Default::default() };
    Command::Query(query(&pg::SelectStmt {
        target_list: vec![pg::Node { node: Some(NodeEnum::ResTarget(Box::new(target))) }],
        limit_option: pg::LimitOption::Default.into(),
        op: pg::SetOperation::SetopNone.into(),
        ..Default::default()
    }))
}

pub(super) fn alter(stmt: &pg::AlterFunctionStmt) -> Option<Command> {
    let kind = object::kind(stmt.objtype())?;
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
    let has = |event: pg_query::TriggerType| stmt.events & event as i32 != 0;
    let events = [
        (pg_query::TriggerType::Insert, "INSERT"),
        (pg_query::TriggerType::Delete, "DELETE"),
        (pg_query::TriggerType::Update, "UPDATE"),
        (pg_query::TriggerType::Truncate, "TRUNCATE"),
    ];
    let transition_tables = stmt.transition_rels.iter().filter_map(|node| match &node.node {
        Some(NodeEnum::TriggerTransition(transition)) => Some(name(&transition.name)),
        _ => None,
    });
    Some(Command::CreateTrigger(CreateTrigger {
        name: name(&stmt.trigname),
        or_replace: stmt.replace,
        constraint: stmt.isconstraint,
        table: relation(&stmt.relation)?,
        timing: if stmt.timing & pg_query::TriggerType::Before as i32 != 0 {
            TriggerTiming::Before
        } else if stmt.timing & pg_query::TriggerType::Instead as i32 != 0 {
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
    }))
}

pub(super) fn call(stmt: &pg::CallStmt) -> Option<Command> {
    Some(Command::Call(Call { procedure: qualified(&stmt.funccall.as_ref()?.funcname) }))
}
