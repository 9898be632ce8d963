//! Functions and procedures.

use super::PgError;
use super::run::{Run, unquoted};
use super::typing::resolve_type;
use crate::schema::{DataType, Function, Id, Origin};
use crate::sql::command::{
    AlterFunction, ArgumentMode, CreateFunction, FunctionBody, FunctionOptions, Rename,
};
use crate::sql::{QualifiedName, TypeName};

/// The function of a written name, by its argument types where they are written. 42725 when that is not enough.
pub(super) fn find(
    run: &Run,
    written: &QualifiedName,
    arguments: Option<&[TypeName]>,
) -> Result<Option<Id>, PgError> {
    let path = match &written.schema {
        Some(schema) => vec![schema.clone()],
        None => run.search_path(),
    };
    for schema in &path {
        let named: Vec<_> = run.schema.functions_named(schema, &written.name).cloned().collect();
        match arguments {
            Some(types) => {
                let fits = |function: &&std::sync::Arc<Function>| {
                    function.signature.len() == types.len()
                        && function
                            .signature
                            .iter()
                            .zip(types)
                            .all(|(own, wanted)| same_type(run, own, wanted))
                };
                if let Some(found) = named.iter().find(fits) {
                    return Ok(Some(found.id));
                }
            }
            None => match named.as_slice() {
                [] => {}
                [only] => return Ok(Some(only.id)),
                _ => {
                    return Err(PgError::new(
                        "42725",
                        format!("function name \"{}\" is not unique", unquoted(written)),
                    )
                    .with_hint("Specify the argument list to select the function unambiguously."));
                }
            },
        }
    }
    Ok(None)
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

/// CREATE [OR REPLACE] FUNCTION: 42723 when it is there, 42P13 when a replacement returns another type.
pub(super) fn create(run: &mut Run, create: &CreateFunction) -> Result<(), PgError> {
    let namespace = run.namespace_of(&create.name)?;
    let mut signature = Vec::new();
    for argument in &create.arguments {
        let data_type = resolve_type(run, &argument.type_name)?;
        if matches!(argument.mode, ArgumentMode::In | ArgumentMode::InOut | ArgumentMode::Variadic) {
            signature.push(DataType { modifiers: Vec::new(), ..data_type });
        }
    }
    if let Some(returns) = &create.returns {
        resolve_type(run, returns)?;
    }
    let existing =
        run.schema.functions_named(&namespace, &create.name.name).find(|f| f.signature == signature).cloned();
    let what = if create.procedure { "procedure" } else { "function" };
    let body = match &create.body {
        FunctionBody::Text(text) => Some(text.clone()),
        FunctionBody::Object(_) | FunctionBody::Parsed(_) => None,
    };
    let returns = create.returns.as_ref().map(|returns| returns.text.clone());
    let mut made = Function {
        id: run.schema.fresh_id(),
        schema: namespace.clone(),
        name: create.name.name.clone(),
        origin: Origin::Created,
        procedure: create.procedure,
        arguments: create.arguments.clone(),
        signature,
        returns,
        options: create.options.clone(),
        body,
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
            if old.procedure != create.procedure {
                return Err(PgError::new("42809", "cannot change routine kind"));
            }
            let same = |a: &Option<std::sync::Arc<str>>, b: &Option<std::sync::Arc<str>>| match (a, b) {
                (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
                (None, None) => true,
                _ => false,
            };
            if !same(&old.returns, &made.returns) {
                return Err(PgError::new("42P13", "cannot change return type of existing function")
                    .with_hint(format!("Use DROP FUNCTION {} first.", old.signature_text(&run.schema))));
            }
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

/// ALTER FUNCTION with options.
pub(super) fn alter(run: &mut Run, alter: &AlterFunction) -> Result<(), PgError> {
    let shown = unquoted(&alter.object.name);
    let Some(id) = find(run, &alter.object.name, alter.object.arguments.as_deref())? else {
        if run.server.world.presumes_objects() {
            run.assume(format!("function {shown} exists"));
            run.change(format!("changes function {shown}"));
            return Ok(());
        }
        return Err(PgError::new("42883", format!("function {shown}() does not exist")));
    };
    let Some(found) = run.schema.function(id).map(|f| (**f).clone()) else { return Ok(()) };
    let (old, new) = (found.options.clone(), alter.options.clone());
    let mut settings = old.settings;
    for (name, value) in new.settings {
        settings.retain(|(own, _)| *own != name);
        settings.push((name, value));
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

/// ALTER FUNCTION … RENAME TO.
pub(super) fn rename(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let shown = unquoted(&rename.object.name);
    match find(run, &rename.object.name, rename.object.arguments.as_deref())?
        .and_then(|id| run.schema.function(id).cloned())
    {
        Some(found) => {
            let taken =
                run.schema.functions_named(&found.schema, &rename.to).any(|f| f.signature == found.signature);
            if taken {
                return Err(PgError::new(
                    "42723",
                    format!("function {} already exists in schema \"{}\"", rename.to, found.schema),
                ));
            }
            run.schema.put_function(Function { name: rename.to.clone(), ..(*found).clone() });
        }
        None if !run.server.world.presumes_objects() => {
            return Err(PgError::new("42883", format!("function {shown}() does not exist")));
        }
        None => run.assume(format!("function {shown} exists")),
    }
    run.change(format!("renames function {shown} to {}", rename.to));
    Ok(())
}
