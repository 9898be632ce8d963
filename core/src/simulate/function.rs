//! Functions and procedures.

use super::error::no_object;
use super::run::{Run, unquoted};
use super::typing::resolve_type;
use super::{PgError, body, dml, object, user_type};
use crate::schema::{BaseType, DataType, Function, Id, Origin};
use crate::sql::command::{
    AlterFunction, Argument, ArgumentMode, CreateAggregate, CreateFunction, FunctionBody, FunctionOptions,
    FunctionRead, ObjectKind, ObjectName, Rename, Volatility,
};
use crate::sql::{Command, Name, QualifiedName, TypeName};

/// The function or procedure of a written name, by its argument types where they are written. 42725 when that is not
/// enough, 42809 when it is of the other kind.
pub(super) fn find(
    run: &Run,
    kind: ObjectKind,
    written: &QualifiedName,
    arguments: Option<&[TypeName]>,
) -> Result<Option<Id>, PgError> {
    let path = match &written.schema {
        Some(schema) => vec![schema.clone()],
        None => run.search_path(),
    };
    let not_unique = |what: &str| {
        let message = format!("{what} name \"{}\" is not unique", unquoted(written));
        Err(PgError::new("42725", message)
            .with_hint("Specify the argument list to select the function unambiguously."))
    };
    let what = kind_name(kind);
    let is_of_kind = |function: &Function| match kind {
        ObjectKind::Routine => true,
        ObjectKind::Aggregate => function.aggregate.is_some(),
        ObjectKind::Procedure => function.procedure,
        _ => !function.procedure && function.aggregate.is_none(),
    };
    for schema in &path {
        let mut named =
            run.schema.functions_named(schema, &written.name).filter(|function| match arguments {
                Some(types) => takes(run, function, kind, types),
                None => is_of_kind(function) || kind == ObjectKind::Function && function.aggregate.is_some(),
            });
        let Some(found) = named.next() else { continue };
        if named.next().is_some() {
            return not_unique(what);
        }
        if !is_of_kind(found) {
            let article = if kind == ObjectKind::Aggregate { "an" } else { "a" };
            let message = format!("{} is not {article} {what}", found.signature_text(&run.schema));
            return Err(PgError::new("42809", message));
        }
        return Ok(Some(found.id));
    }
    Ok(None)
}

/// As [`find`]; none where it has to be assumed or cannot be known, 42883 where there is none.
pub(super) fn find_or_assume(
    run: &mut Run,
    kind: ObjectKind,
    object: &ObjectName,
) -> Result<Option<Id>, PgError> {
    let written = &object.name;
    if let Some(id) = find(run, kind, written, object.arguments.as_deref())? {
        return Ok(Some(id));
    }
    if !run.server.world.presumes_objects() {
        for argument in object.arguments.iter().flatten() {
            resolve_type(run, argument)?;
        }
    }
    if written.schema.as_deref() == Some("pg_catalog") {
        run.not_modelled();
    } else if run.server.world.presumes_objects() {
        run.assume(format!("{} {} exists", kind_name(kind), unquoted(written)));
    } else {
        let what = if kind == ObjectKind::Aggregate { "aggregate" } else { kind_name(kind) };
        let message = format!("{what} {}() does not exist", unquoted(written));
        return Err(PgError::new("42883", message));
    }
    Ok(None)
}

/// As [`find_or_assume`], for what RENAME, SET SCHEMA and OWNER call a function: an aggregate is one, too.
pub(super) fn find_movable(
    run: &mut Run,
    kind: ObjectKind,
    object: &ObjectName,
) -> Result<Option<Id>, PgError> {
    if kind == ObjectKind::Function
        && let Ok(Some(id)) = find(run, ObjectKind::Aggregate, &object.name, object.arguments.as_deref())
    {
        return Ok(Some(id));
    }
    find_or_assume(run, kind, object)
}

/// The kind in messages.
fn kind_name(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Procedure => "procedure",
        ObjectKind::Aggregate => "aggregate function",
        ObjectKind::Routine => "routine",
        _ => "function",
    }
}

/// Are these the types of its input arguments? A procedure is also known by the types of all.
fn takes(run: &Run, function: &Function, kind: ObjectKind, types: &[TypeName]) -> bool {
    let signature = &function.signature;
    let inputs = signature.len() == types.len()
        && signature.iter().zip(types).all(|(own, wanted)| same_type(run, own, wanted));
    let all = || {
        function.arguments.len() == types.len()
            && function.arguments.iter().zip(types).all(|(own, wanted)| own.type_name.text == wanted.text)
    };
    inputs || (function.procedure && kind != ObjectKind::Function && all())
}

/// Is the written type this one? Modifiers do not count in a signature.
fn same_type(run: &Run, own: &DataType, wanted: &TypeName) -> bool {
    let array = wanted.array_dimensions > 0;
    let name = &*wanted.name.name;
    own.array == array
        && match &own.base {
            crate::schema::BaseType::BuiltIn(known) => *known == name,
            crate::schema::BaseType::User(id) => run.schema.user_type(*id).is_some_and(|t| &*t.name == name),
            crate::schema::BaseType::Extension(known) => &**known == name,
            crate::schema::BaseType::Row(id) => run.schema.relation(*id).is_some_and(|r| &*r.name == name),
            crate::schema::BaseType::Unknown => true,
        }
}

/// CREATE [OR REPLACE] FUNCTION: 42723 when it is there, 42P13 when its parts do not fit together, or a replacement
/// does not fit the function that is there.
pub(super) fn create(run: &mut Run, create: &CreateFunction) -> Result<(), PgError> {
    let namespace = run.namespace_of(&create.name)?;
    let language = language(run, create)?;
    declared(create)?;
    let in_c = matches!(&*language, "c" | "internal");
    let mut signature = Vec::new();
    let mut outputs = Vec::new();
    for argument in &create.arguments {
        let data_type = resolve_type(run, &argument.type_name)?;
        let data_type = DataType { modifiers: Vec::new(), ..data_type };
        if matches!(argument.mode, ArgumentMode::In | ArgumentMode::InOut | ArgumentMode::Variadic) {
            signature.push(data_type.clone());
        }
        if matches!(argument.mode, ArgumentMode::Out | ArgumentMode::InOut | ArgumentMode::Table) {
            outputs.push(data_type);
        }
    }
    let by_outputs = match outputs.as_slice() {
        [] => None,
        [only] if !create.procedure => Some(only.clone()),
        _ => Some(DataType::built_in("record")),
    };
    let is_table = create.arguments.iter().any(|argument| argument.mode == ArgumentMode::Table);
    let result = match &create.returns {
        Some(returns) => {
            let data_type =
                if in_c { user_type::or_shell(run, returns)? } else { resolve_type(run, returns)? };
            let expected = by_outputs.filter(|outputs| {
                !is_table
                    && *outputs != data_type
                    && data_type.base != BaseType::Unknown
                    && !returns.percent_type
            });
            if let Some(expected) = expected {
                let expected = run.schema.format_type(&expected);
                let message = format!("function result type must be {expected} because of OUT parameters");
                return Err(PgError::new("42P13", message));
            }
            Some((DataType { modifiers: Vec::new(), ..data_type }, returns.set_of))
        }
        None if by_outputs.is_none() && !create.procedure => {
            return Err(PgError::new("42P13", "function result type must be specified"));
        }
        None => by_outputs.map(|data_type| (data_type, false)),
    };
    for given in result.iter().map(|(data_type, _)| data_type).chain(&outputs) {
        polymorphic_by(given, &signature)?;
    }
    if create.options.rows.is_some() && !result.as_ref().is_some_and(|(_, set)| *set) {
        return Err(PgError::new("22023", "ROWS is not applicable when function does not return a set"));
    }
    check_body(run, create, &language, &signature, result.as_ref())?;
    let existing =
        run.schema.functions_named(&namespace, &create.name.name).find(|f| f.signature == signature).cloned();
    let what = if create.procedure { "procedure" } else { "function" };
    let body = match &create.body {
        FunctionBody::Text(text) => Some(text.clone()),
        FunctionBody::Object(_) | FunctionBody::Parsed(..) => None,
    };
    let parsed_body = match &create.body {
        FunctionBody::Parsed(_, text) => Some(text.clone()),
        _ => None,
    };
    let returns = create.returns.as_ref().map(|returns| returns.text.clone());
    let mut made = Function {
        id: run.schema.fresh_id(),
        schema: namespace.clone(),
        name: create.name.name.clone(),
        origin: Origin::Created,
        procedure: create.procedure,
        aggregate: None,
        arguments: create.arguments.clone(),
        signature,
        returns,
        result,
        options: create.options.clone(),
        body,
        parsed_body,
        read: create.read.clone(),
    };
    let shown = format!("{namespace}.{}", create.name.name);
    match existing {
        Some(_) if !create.or_replace => {
            return Err(PgError::new(
                "42723",
                format!("function \"{}\" already exists with same argument types", create.name.name),
            ));
        }
        Some(old) => {
            replaceable(run, &old, &made)?;
            made.id = old.id;
            run.schema.put_function(made);
            run.change(format!("replaces {what} {shown}"));
        }
        None => {
            run.schema.put_function(made);
            run.change(format!("creates {what} {shown}"));
        }
    }
    Ok(())
}

/// The language: 42P13 when none is said, 42704 when nobody installed it.
fn language(run: &Run, create: &CreateFunction) -> Result<Name, PgError> {
    let incomplete = |what: &str| Err(PgError::new("42P13", format!("no {what} specified")));
    let Some(language) = &create.options.language else {
        return match create.body {
            FunctionBody::Parsed(..) => Ok("sql".into()),
            _ => incomplete("language"),
        };
    };
    let is_own = matches!(&**language, "sql" | "plpgsql" | "c" | "internal");
    if !is_own && !run.schema.extensions.contains_key(language) && !run.server.world.presumes_objects() {
        return Err(no_object("language", language));
    }
    Ok(language.clone())
}

/// What the arguments and options say of each other: `interpret_function_parameter_list` in `functioncmds.c`.
fn declared(create: &CreateFunction) -> Result<(), PgError> {
    let invalid = |message: &str| Err(PgError::new("42P13", message));
    if create.procedure && create.options.strict.is_some() {
        return invalid("invalid attribute in procedure definition");
    }
    let (mut has_default, mut variadic) = (false, false);
    for (index, argument) in create.arguments.iter().enumerate() {
        let output = matches!(argument.mode, ArgumentMode::Out | ArgumentMode::Table);
        if variadic && (!output || (create.procedure && argument.mode == ArgumentMode::Out)) {
            return invalid("VARIADIC parameter must be the last input parameter");
        }
        variadic |= argument.mode == ArgumentMode::Variadic;
        let is_array = argument.type_name.array_dimensions > 0
            || matches!(&*argument.type_name.name.name, "anyarray" | "anycompatiblearray" | "any");
        if argument.mode == ArgumentMode::Variadic && !is_array {
            return invalid("VARIADIC parameter must be an array");
        }
        if output && argument.default.is_some() {
            return invalid("only input parameters can have default values");
        }
        if has_default && argument.default.is_none() {
            if !output {
                return invalid("input parameters after one with a default value must also have defaults");
            }
            if create.procedure {
                return invalid("procedure OUT parameters cannot appear after one with a default value");
            }
        }
        has_default |= argument.default.is_some();
        let side = |mode| match mode {
            ArgumentMode::In | ArgumentMode::Variadic => Some(true),
            ArgumentMode::Out | ArgumentMode::Table => Some(false),
            ArgumentMode::InOut => None,
        };
        let clashes = |other: &&Argument| {
            other.name == argument.name
                && (side(other.mode).is_none()
                    || side(argument.mode).is_none()
                    || side(other.mode) == side(argument.mode))
        };
        if let (Some(name), Some(_)) = (&argument.name, create.arguments[..index].iter().find(clashes)) {
            return invalid(&format!("parameter name \"{name}\" used more than once"));
        }
    }
    Ok(())
}

/// 42P13 for a polymorphic result that no argument decides: `check_valid_polymorphic_signature` in `parse_coerce.c`.
fn polymorphic_by(result: &DataType, signature: &[DataType]) -> Result<(), PgError> {
    let family = |data_type: &DataType| match data_type.base {
        BaseType::BuiltIn(name) if name.starts_with("anycompatible") => {
            Some(("anycompatible", name.contains("range")))
        }
        BaseType::BuiltIn("any") => None,
        BaseType::BuiltIn(name) if name.starts_with("any") => Some(("anyelement", name.contains("range"))),
        _ => None,
    };
    let Some((wanted, is_range)) = family(result) else { return Ok(()) };
    let decides = |argument: &DataType| {
        family(argument).is_some_and(|(own, range)| own == wanted && (range || !is_range))
    };
    if signature.iter().any(decides) {
        return Ok(());
    }
    Err(PgError::new("42P13", "cannot determine result data type"))
}

/// 42809 and 42P13: OR REPLACE keeps the kind, the result, the names and the defaults of the arguments.
fn replaceable(run: &mut Run, old: &Function, new: &Function) -> Result<(), PgError> {
    if old.procedure != new.procedure {
        return Err(PgError::new("42809", "cannot change routine kind"));
    }
    let hint = format!("Use DROP FUNCTION {} first.", old.signature_text(&run.schema));
    let refused = |message: String| Err(PgError::new("42P13", message).with_hint(hint.clone()));
    let unknown = |function: &Function| {
        function.result.as_ref().is_some_and(|(data_type, _)| data_type.base == BaseType::Unknown)
    };
    if old.result != new.result && !unknown(old) && !unknown(new) {
        return refused("cannot change return type of existing function".to_owned());
    }
    let is_record = matches!(&old.result, Some((data_type, _)) if data_type.is("record"));
    if is_record && outputs(run, old) != outputs(run, new) {
        return refused("cannot change return type of existing function".to_owned());
    }
    let inputs = |function: &Function| -> Vec<Argument> {
        let is_input =
            |argument: &&Argument| !matches!(argument.mode, ArgumentMode::Out | ArgumentMode::Table);
        function.arguments.iter().filter(is_input).cloned().collect()
    };
    for (old, new) in inputs(old).iter().zip(inputs(new)) {
        if let Some(name) = old.name.as_ref().filter(|name| new.name.as_ref() != Some(name)) {
            return refused(format!("cannot change name of input parameter \"{name}\""));
        }
        if old.default.is_some() && new.default.is_none() {
            return refused("cannot remove parameter defaults from existing function".to_owned());
        }
    }
    Ok(())
}

/// The names and types of what it gives; no type where it is not there any more.
fn outputs(run: &mut Run, function: &Function) -> Vec<(Option<Name>, Option<DataType>)> {
    let is_output =
        |argument: &&Argument| !matches!(argument.mode, ArgumentMode::In | ArgumentMode::Variadic);
    let resolved = |argument: &Argument| {
        let data_type = resolve_type(run, &argument.type_name).ok();
        (argument.name.clone(), data_type.map(|found| DataType { modifiers: Vec::new(), ..found }))
    };
    function.arguments.iter().filter(is_output).map(resolved).collect()
}

/// Is it an error that follows from the body's text alone? The parser here knows no catalog, the server's does.
fn is_plain(message: &str) -> bool {
    ["syntax error", "missing", "RETURN cannot", "too many", "too few", "not enough", "value for parameter"]
        .iter()
        .any(|start| message.starts_with(start))
}

/// What the server checks of a body when it is created, unless `check_function_bodies` is off: that PL/pgSQL can be
/// read, and that the relations of SQL statements are there, which are locked on the way.
fn check_body(
    run: &mut Run,
    create: &CreateFunction,
    language: &str,
    signature: &[DataType],
    result: Option<&(DataType, bool)>,
) -> Result<(), PgError> {
    let is_trigger =
        result.is_some_and(|(data_type, _)| data_type.is("trigger") || data_type.is("event_trigger"));
    if is_trigger && language == "plpgsql" && !signature.is_empty() {
        return Err(PgError::new("42P13", "trigger functions cannot have declared arguments"));
    }
    if is_trigger && language == "sql" {
        return Err(PgError::new("42P13", "SQL functions cannot return type trigger"));
    }
    let off = run
        .session
        .get("check_function_bodies")
        .is_some_and(|v| matches!(&**v, "off" | "false" | "0" | "no"));
    if language == "plpgsql"
        && !off
        && let Some(read) = create.statements()
    {
        return match read {
            Err(error) if is_plain(&error.message) => Err(body::refused(error)),
            _ => Ok(()),
        };
    }
    match &create.body {
        FunctionBody::Parsed(..) => {}
        FunctionBody::Text(_) if language == "sql" && !off => {}
        _ => return Ok(()),
    }
    let in_body = std::mem::replace(&mut run.in_body, true);
    let outcome = run.unseen(|run| {
        create.commands().iter().try_for_each(|command| match command {
            Command::Query(query) => dml::read_query(run, query, false).map(|_| ()),
            Command::Dml(statement) => dml::dml(run, statement),
            Command::Invalid(error) => Err(PgError::new(error.sqlstate, error.message.clone())),
            _ => Ok(()),
        })
    });
    run.in_body = in_body;
    outcome
}

/// ALTER FUNCTION with options.
pub(super) fn alter(run: &mut Run, alter: &AlterFunction) -> Result<(), PgError> {
    let shown = unquoted(&alter.object.name);
    if alter.options.strict.is_some() && alter.kind == ObjectKind::Procedure {
        return Err(PgError::new("42P13", "invalid attribute in procedure definition"));
    }
    let Some(id) = find_or_assume(run, alter.kind, &alter.object)? else {
        run.change(format!("changes function {shown}"));
        return Ok(());
    };
    let Some(found) = run.schema.function(id).map(|f| (**f).clone()) else { return Ok(()) };
    if alter.options.rows.is_some() && !found.result.as_ref().is_some_and(|(_, set)| *set) {
        return Err(PgError::new("22023", "ROWS is not applicable when function does not return a set"));
    }
    let (old, new) = (found.options.clone(), alter.options.clone());
    let mut settings = old.settings;
    for (name, value) in new.settings {
        settings.retain(|(own, _)| *own != name && &*name != "all");
        // RESET leaves none.
        if value.is_some() {
            settings.push((name, value));
        }
    }
    let options = FunctionOptions {
        language: old.language,
        volatility: new.volatility.or(old.volatility),
        strict: new.strict.or(old.strict),
        security_definer: new.security_definer.or(old.security_definer),
        leakproof: new.leakproof.or(old.leakproof),
        parallel: new.parallel.or(old.parallel),
        settings,
        cost: new.cost.or(old.cost),
        rows: new.rows.or(old.rows),
    };
    run.schema.put_function(Function { options, ..found });
    run.change(format!("changes function {shown}"));
    Ok(())
}

/// CREATE AGGREGATE: 42P13 without SFUNC and STYPE, 42883 for a support function that is not there, 42723 when a function
/// of these arguments is there.
pub(super) fn create_aggregate(run: &mut Run, create: &CreateAggregate) -> Result<(), PgError> {
    let namespace = run.namespace_of(&create.name)?;
    let has = |option: &str| {
        create.options.iter().any(|own| &**own == option || own.strip_suffix('1') == Some(option))
    };
    let Some(state) = create.state.as_ref().filter(|_| has("stype")) else {
        return Err(PgError::new("42P13", "aggregate stype must be specified"));
    };
    if !has("sfunc") {
        return Err(PgError::new("42P13", "aggregate sfunc must be specified"));
    }
    for (first, second) in
        [("msfunc", "minvfunc"), ("minvfunc", "msfunc"), ("msfunc", "mstype"), ("mstype", "msfunc")]
    {
        if has(first) && !has(second) {
            let message = format!("aggregate {second} must be specified when {first} is specified");
            return Err(PgError::new("42P13", message));
        }
    }
    let mut signature = Vec::new();
    for argument in &create.arguments {
        let data_type = resolve_type(run, &argument.type_name)?;
        signature.push(DataType { modifiers: Vec::new(), ..data_type });
    }
    let state = DataType { modifiers: Vec::new(), ..resolve_type(run, state)? };
    let mut result = Some((state, false));
    for (option, called) in &create.functions {
        let known = find(run, ObjectKind::Function, called, None).ok().flatten();
        if &**option == "finalfunc" {
            result = known.and_then(|id| run.schema.function(id)).and_then(|found| found.result.clone());
        }
    }
    let existing =
        run.schema.functions_named(&namespace, &create.name.name).find(|f| f.signature == signature).cloned();
    if let Some(old) = &existing
        && (!create.or_replace || old.aggregate.is_none())
    {
        if create.or_replace {
            return Err(PgError::new(
                "42809",
                format!("\"{}\" is not an aggregate function", create.name.name),
            ));
        }
        let message = format!("function \"{}\" already exists with same argument types", create.name.name);
        return Err(PgError::new("42723", message));
    }
    let id = match &existing {
        Some(old) => old.id,
        None => run.schema.fresh_id(),
    };
    run.schema.put_function(Function {
        id,
        schema: namespace.clone(),
        name: create.name.name.clone(),
        origin: Origin::Created,
        procedure: false,
        aggregate: Some(create.definition.clone()),
        arguments: create.arguments.clone(),
        signature,
        returns: None,
        result,
        options: FunctionOptions {
            language: Some("internal".into()),
            volatility: Some(Volatility::Immutable),
            ..FunctionOptions::default()
        },
        body: None,
        parsed_body: None,
        read: FunctionRead::default(),
    });
    run.change(format!("creates aggregate {namespace}.{}", create.name.name));
    Ok(())
}

/// ALTER FUNCTION … RENAME TO.
pub(super) fn rename(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let shown = unquoted(&rename.object.name);
    if let Some(found) =
        find_movable(run, rename.kind, &rename.object)?.and_then(|id| run.schema.function(id).cloned())
    {
        name_is_free(run, &found, &found.schema, &rename.to)?;
        object::put_function(run, &found, &found.schema, &rename.to);
    }
    run.change(format!("renames function {shown} to {}", rename.to));
    Ok(())
}

/// 42723 when a function of these arguments is there already.
pub(super) fn name_is_free(
    run: &Run,
    function: &Function,
    schema: &Name,
    name: &Name,
) -> Result<(), PgError> {
    let taken = run.schema.functions_named(schema, name).any(|other| other.signature == function.signature);
    if taken {
        let message = format!("function {name} already exists in schema \"{schema}\"");
        return Err(PgError::new("42723", message));
    }
    Ok(())
}
