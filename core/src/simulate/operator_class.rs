//! Operator classes: how an access method compares values of a type.
//! Source: `ResolveOpClass` in `indexcmds.c`, `IsBinaryCoercible` in `parse_coerce.c`.

use super::PgError;
use super::analyze::{is_binary_coercible, is_known};
use super::run::Run;
use crate::schema::{DataType, builtin};
use crate::sql::QualifiedName;

/// 42704 when there is no such class, or no default one for the type; 42804 when the class is for another type.
pub(super) fn fits(
    run: &Run,
    data_type: &DataType,
    given: Option<&QualifiedName>,
    method: &str,
) -> Result<(), PgError> {
    if !run.knows_all_operators() || !is_known(run, data_type) || !builtin::has(builtin::CORE, b'k', method) {
        return Ok(());
    }
    let data_type = run.schema.base_type(data_type);
    let fits = |own: &str| is_binary_coercible(run, &data_type, own);
    // Most types have a default class of the server's own: then nothing else need be looked through.
    let mut own_classes = builtin::items(builtin::CORE, b'k', method, run.version());
    let is_own = |item: &str| default_of(item).is_some_and(|(_, own)| data_type.is(own) && fits(own));
    if given.is_none() && own_classes.any(is_own) {
        return Ok(());
    }
    // Where no history is read, an extension may have been installed before.
    let open = run.server.world.presumes_objects();
    let sections = builtin::sections()
        .filter(|section| *section == builtin::CORE || open || run.schema.extensions.contains_key(*section));
    let classes = sections
        .flat_map(|section| builtin::items(section, b'k', method, run.version()))
        .filter_map(|item| item.split_once(':'));
    let shown = run.schema.format_type(&data_type);
    if let Some(given) = given {
        let named = classes.filter(|(name, _)| **name == *given.name);
        let types: Vec<&str> = named.map(|(_, own)| own.trim_end_matches('!')).collect();
        return match types.as_slice() {
            [] if open => Ok(()),
            [] => {
                let message =
                    format!("operator class \"{given}\" does not exist for access method \"{method}\"");
                Err(PgError::new("42704", message))
            }
            types if types.iter().any(|own| fits(own)) => Ok(()),
            _ => {
                let message = format!("operator class \"{}\" does not accept data type {shown}", given.name);
                Err(PgError::new("42804", message))
            }
        };
    }
    let mut defaults = classes.filter_map(|(_, own)| own.strip_suffix('!'));
    if defaults.any(fits) {
        return Ok(());
    }
    let message = format!("data type {shown} has no default operator class for access method \"{method}\"");
    Err(PgError::new("42704", message).with_hint(
        "You must specify an operator class for the index or define a default operator class for the data type.",
    ))
}

/// The default class for a type, PostgreSQL's own before one of an extension.
pub(super) fn default_for(run: &Run, data_type: &DataType, method: &str) -> Option<&'static str> {
    let sections =
        std::iter::once(builtin::CORE).chain(builtin::sections().filter(|section| *section != builtin::CORE));
    let is_there = |section: &&str| *section == builtin::CORE || run.schema.extensions.contains_key(*section);
    let data_type = run.schema.base_type(data_type);
    sections
        .filter(is_there)
        .flat_map(|section| builtin::items(section, b'k', method, run.version()))
        .filter_map(default_of)
        .find(|(_, own)| is_binary_coercible(run, &data_type, own))
        .map(|(class, _)| class)
}

/// Name and type of a class that is the default of its type.
fn default_of(item: &str) -> Option<(&str, &str)> {
    item.strip_suffix('!')?.split_once(':')
}
