//! Which function or operator is meant: `parse_func.c` and `parse_oper.c`.

use super::coerce::{
    Context, base, can_coerce, category, is_composite, is_known, is_polymorphic, is_undecided, key, named,
    plain, result_for, undecided,
};
use crate::schema::{BaseType, DataType, Function, Id, builtin};
use crate::simulate::PgError;
use crate::simulate::error::no_schema;
use crate::simulate::run::{Run, unquoted};
use crate::simulate::typing::{resolve_type, sql_volatility};
use crate::sql::command::{ArgumentMode, Volatility};
use crate::sql::{Name, QualifiedName};

/// What a function is, besides an ordinary one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Aggregate,
    Window,
    Procedure,
}

/// A function that may be meant, for the arguments at hand: defaults are filled in, VARIADIC is spread.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The types that it takes.
    pub arguments: Vec<DataType>,
    result: DataType,
    pub kind: Kind,
    pub gives_set: bool,
    pub volatility: (Volatility, Volatility),
    /// The history's own.
    pub id: Option<Id>,
    /// The extension that brought it.
    pub extension: Option<Name>,
    /// The columns of the row that it gives.
    pub columns: Vec<(Name, DataType)>,
    /// For each argument of the call the one that it is for.
    pub order: Vec<usize>,
    is_spread: bool,
}

/// What was found.
pub(super) enum Found {
    /// This one, and the type that it gives.
    One(Box<Candidate>, DataType),
    /// Which one cannot be told here: those that it may be.
    Unclear(Vec<Candidate>),
}

/// The arguments of a call.
pub(super) struct Arguments<'a> {
    pub types: &'a [DataType],
    /// The names of the last of them.
    pub names: &'a [Name],
    /// The last one is an array that stands for many.
    pub variadic: bool,
}

/// The function that a call means: 42883 when there is none, 42725 when there are several.
pub(super) fn function(run: &mut Run, name: &QualifiedName, given: &Arguments) -> Result<Found, PgError> {
    if let Some(schema) = &name.schema
        && !run.server.world.presumes_objects()
        && !run.schema.namespaces.contains_key(schema)
        && &**schema != "pg_temp"
    {
        return Err(no_schema(schema));
    }
    let (candidates, any) = candidates(run, name, given);
    // The input functions of types are not among the known ones.
    if !any && given.types.iter().any(|data_type| data_type.is("cstring")) {
        return Ok(Found::Unclear(candidates));
    }
    let unsure = !run.knows_all_functions() || (!any && run.server.world.presumes_objects());
    if given.types.iter().any(|data_type| !is_known(run, data_type)) {
        return match candidates.is_empty() && !any && !unsure {
            true => Err(no_function(run, name, given.types)),
            false => Ok(Found::Unclear(candidates)),
        };
    }
    let mut exact = candidates.iter().filter(|candidate| {
        candidate
            .arguments
            .iter()
            .zip(ordered(candidate, given.types))
            .all(|(wanted, given)| *wanted == plain(given))
    });
    let exact = exact.next().cloned();
    let chosen = match exact {
        Some(exact) => vec![exact],
        None => {
            let fitting = fitting(run, candidates.clone(), given.types);
            choose(run, fitting, given.types)
        }
    };
    match <[Candidate; 1]>::try_from(chosen) {
        Ok([one]) => {
            let actual: Vec<DataType> = ordered(&one, given.types).cloned().collect();
            match result_for(run, &one.arguments, &actual, &one.result) {
                Some(result) if is_undecided(&result) && is_polymorphic(&one.result) => Err(PgError::new(
                    "42804",
                    "could not determine polymorphic type because input has type unknown",
                )),
                Some(result) => Ok(Found::One(Box::new(one), result)),
                None => Ok(Found::Unclear(vec![one])),
            }
        }
        Err(_) if unsure => Ok(Found::Unclear(candidates)),
        Err(none) if none.is_empty() => Err(no_function(run, name, given.types)),
        Err(_) => {
            Err(PgError::new("42725", format!("function {} is not unique", shown(run, name, given.types))))
        }
    }
}

/// The types of a call's arguments in the order in which the function takes them.
fn ordered<'a>(candidate: &'a Candidate, types: &'a [DataType]) -> impl Iterator<Item = &'a DataType> {
    candidate.order.iter().filter_map(|place| types.get(*place))
}

fn shown(run: &Run, name: &QualifiedName, types: &[DataType]) -> String {
    let types: Vec<String> = types.iter().map(|data_type| run.schema.format_type(data_type)).collect();
    format!("{}({})", unquoted(name), types.join(", "))
}

fn no_function(run: &Run, name: &QualifiedName, types: &[DataType]) -> PgError {
    PgError::new("42883", format!("function {} does not exist", shown(run, name, types)))
}

/// The functions of that name that can be called so, and whether there are any of that name at all.
fn candidates(run: &mut Run, name: &QualifiedName, given: &Arguments) -> (Vec<Candidate>, bool) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut any = false;
    let path = match &name.schema {
        Some(schema) => vec![schema.clone()],
        None => {
            let mut path = run.search_path();
            if !path.iter().any(|schema| &**schema == builtin::CORE) {
                path.insert(0, builtin::CORE.into());
            }
            path
        }
    };
    for schema in &path {
        let extensions: Vec<Name> = run
            .schema
            .extensions
            .iter()
            .filter(|(_, own)| own.schema == *schema)
            .map(|(name, _)| name.clone())
            .collect();
        let sections = extensions.iter().map(|name| &**name);
        let sections: Vec<&str> = if &**schema == builtin::CORE {
            sections.chain([builtin::CORE]).collect()
        } else {
            sections.collect()
        };
        let mut here = Vec::new();
        for section in sections {
            for item in builtin::items(section, b'f', &name.name, run.version()) {
                any = true;
                let made = of_builtin(builtin::Signature::parse(item), given);
                let extension = (section != builtin::CORE).then(|| section.into());
                here.extend(made.map(|made| Candidate { extension, ..made }));
            }
        }
        let own: Vec<_> = run.schema.functions_named(schema, &name.name).cloned().collect();
        for function in own {
            any = true;
            here.extend(of_own(run, &function, given));
        }
        // One further down the path is hidden by one that takes the same.
        here.retain(|candidate| !found.iter().any(|known| known.arguments == candidate.arguments));
        found.extend(here);
    }
    if found.is_empty() && run.server.world.presumes_objects() {
        // An extension may have been installed before.
        let known = builtin::sections().filter(|section| *section != builtin::CORE);
        let items = known.flat_map(|section| builtin::items(section, b'f', &name.name, run.version()));
        found.extend(items.filter_map(|item| of_builtin(builtin::Signature::parse(item), given)));
    }
    // One that need not be spread hides those that are.
    let unspread: Vec<_> = found.iter().filter(|c| !c.is_spread).map(|c| c.arguments.clone()).collect();
    found.retain(|candidate| !candidate.is_spread || !unspread.contains(&candidate.arguments));
    (found, any)
}

fn of_builtin(signature: builtin::Signature, given: &Arguments) -> Option<Candidate> {
    let takes: Vec<DataType> = signature.arguments().map(named).collect();
    let names: Vec<&str> = signature.names.split(',').collect();
    let (arguments, order, is_spread) =
        matched(takes, signature.is_variadic(), signature.defaults(), &names, given)?;
    let kind = if signature.is_aggregate() {
        Kind::Aggregate
    } else if signature.is_window() {
        Kind::Window
    } else if signature.is_procedure() {
        Kind::Procedure
    } else {
        Kind::Plain
    };
    Some(Candidate {
        arguments,
        result: named(signature.result),
        kind,
        gives_set: signature.gives_set(),
        volatility: (signature.volatility(), signature.volatility()),
        id: None,
        extension: None,
        columns: signature.columns().map(|(name, data_type)| (name.into(), named(data_type))).collect(),
        order,
        is_spread,
    })
}

fn of_own(run: &mut Run, function: &Function, given: &Arguments) -> Option<Candidate> {
    let inputs = || {
        function.arguments.iter().filter(|argument| {
            matches!(argument.mode, ArgumentMode::In | ArgumentMode::InOut | ArgumentMode::Variadic)
        })
    };
    let names: Vec<&str> = inputs().map(|argument| argument.name.as_deref().unwrap_or_default()).collect();
    let defaults = inputs().filter(|argument| argument.default.is_some()).count();
    let variadic = inputs().any(|argument| argument.mode == ArgumentMode::Variadic);
    let (arguments, order, is_spread) =
        matched(function.signature.clone(), variadic, defaults, &names, given)?;
    let outputs: Vec<_> = function
        .arguments
        .iter()
        .filter(|argument| {
            matches!(argument.mode, ArgumentMode::Out | ArgumentMode::InOut | ArgumentMode::Table)
        })
        .map(|argument| (argument.name.clone(), argument.type_name.clone()))
        .collect();
    let columns = outputs
        .into_iter()
        .enumerate()
        .map(|(place, (name, written))| {
            let data_type = resolve_type(run, &written).unwrap_or_else(|_| DataType::unknown());
            (name.unwrap_or_else(|| format!("column{}", place + 1).into()), plain(&data_type))
        })
        .collect();
    let (result, gives_set) = function.result.clone().unwrap_or((DataType::built_in("void"), false));
    Some(Candidate {
        arguments,
        result,
        kind: if function.procedure { Kind::Procedure } else { Kind::Plain },
        gives_set,
        volatility: sql_volatility(function),
        id: Some(function.id),
        extension: None,
        columns,
        order,
        is_spread,
    })
}

/// The types that a function takes from this call, which of the call's arguments each is, and whether the last one is spread
/// over several; none where it cannot be called so.
fn matched(
    mut takes: Vec<DataType>,
    variadic: bool,
    defaults: usize,
    names: &[&str],
    given: &Arguments,
) -> Option<(Vec<DataType>, Vec<usize>, bool)> {
    let count = given.types.len();
    let mut is_spread = false;
    if variadic && !given.variadic && given.names.is_empty() {
        let last = takes.pop()?;
        if count < takes.len() + 1 {
            if count + defaults < takes.len() + 1 {
                return None;
            }
            takes.push(last);
        } else {
            let each = match last.base {
                BaseType::BuiltIn("anyarray") => DataType::built_in("anyelement"),
                BaseType::BuiltIn("anycompatiblearray") => DataType::built_in("anycompatible"),
                _ => DataType { array: false, ..last },
            };
            takes.resize(count, each);
            is_spread = true;
        }
    }
    if count > takes.len() || count + defaults < takes.len() {
        return None;
    }
    let positional = count - given.names.len();
    let mut order: Vec<usize> = (0..positional).collect();
    let mut arguments: Vec<DataType> = takes.get(..positional)?.to_vec();
    for (place, name) in (positional..).zip(given.names) {
        let target = names.iter().position(|own| *own == &**name)?;
        if target < positional {
            return None;
        }
        arguments.push(takes.get(target)?.clone());
        order.push(place);
    }
    Some((arguments, order, is_spread))
}

/// Those that take what is given, perhaps after an implicit cast: `func_match_argtypes`.
fn fitting(run: &Run, mut candidates: Vec<Candidate>, types: &[DataType]) -> Vec<Candidate> {
    candidates.retain(|candidate| {
        candidate
            .arguments
            .iter()
            .zip(ordered(candidate, types))
            .all(|(wanted, given)| can_coerce(run, given, wanted, Context::Implicit))
            && result_for(
                run,
                &candidate.arguments,
                &ordered(candidate, types).cloned().collect::<Vec<_>>(),
                &candidate.result,
            )
            .is_some()
    });
    candidates
}

/// The best of several: `func_select_candidate`. Several are left where none is.
fn choose(run: &Run, mut candidates: Vec<Candidate>, types: &[DataType]) -> Vec<Candidate> {
    if candidates.len() < 2 {
        return candidates;
    }
    let bases: Vec<DataType> = types.iter().map(|data_type| base(run, data_type)).collect();
    let categories: Vec<u8> = bases.iter().map(|data_type| category(run, data_type).0).collect();
    keep_best(&mut candidates, |candidate| {
        let pairs = candidate.arguments.iter().zip(&bases);
        pairs.filter(|(wanted, given)| !is_undecided(given) && wanted == given).count()
    });
    if candidates.len() < 2 {
        return candidates;
    }
    keep_best(&mut candidates, |candidate| {
        let pairs = candidate.arguments.iter().zip(bases.iter().zip(&categories));
        pairs
            .filter(|(wanted, (given, own))| {
                let (category, preferred) = category(run, wanted);
                !is_undecided(given) && (wanted == given || (category == **own && preferred))
            })
            .count()
    });
    let unknowns: Vec<usize> = (0..bases.len()).filter(|place| is_undecided(&bases[*place])).collect();
    if candidates.len() < 2 || unknowns.is_empty() {
        return candidates;
    }
    let mut slots = Vec::new();
    for place in &unknowns {
        let mut slot: Option<(u8, bool)> = None;
        let mut conflict = false;
        for candidate in &candidates {
            let Some(wanted) = candidate.arguments.get(*place) else { continue };
            let (own, preferred) = category(run, wanted);
            slot = match slot {
                None => Some((own, preferred)),
                Some((known, has)) if known == own => Some((known, has || preferred)),
                Some(_) if own == b'S' => Some((own, preferred)),
                known => {
                    conflict = true;
                    known
                }
            };
        }
        match slot {
            Some(slot) if !conflict || slot.0 == b'S' => slots.push((*place, slot)),
            _ => {
                slots.clear();
                break;
            }
        }
    }
    if !slots.is_empty() {
        let agreeing: Vec<Candidate> = candidates
            .iter()
            .filter(|candidate| {
                slots.iter().all(|(place, (wanted, has_preferred))| {
                    candidate.arguments.get(*place).is_some_and(|data_type| {
                        let (own, preferred) = category(run, data_type);
                        own == *wanted && (preferred || !has_preferred)
                    })
                })
            })
            .cloned()
            .collect();
        if agreeing.len() == 1 {
            return agreeing;
        }
        if !agreeing.is_empty() {
            candidates = agreeing;
        }
    }
    // Perhaps the strings are of the type that all others are of.
    let mut known = bases.iter().filter(|data_type| !is_undecided(data_type));
    if let Some(first) = known.next()
        && known.all(|other| other == first)
    {
        let takes = |candidate: &&Candidate| {
            unknowns.iter().all(|place| {
                candidate
                    .arguments
                    .get(*place)
                    .is_some_and(|wanted| can_coerce(run, first, wanted, Context::Implicit))
            })
        };
        let likely: Vec<Candidate> = candidates.iter().filter(takes).cloned().collect();
        if likely.len() == 1 {
            return likely;
        }
    }
    candidates
}

fn keep_best(candidates: &mut Vec<Candidate>, score: impl Fn(&Candidate) -> usize) {
    let best = candidates.iter().map(&score).max().unwrap_or(0);
    candidates.retain(|candidate| score(candidate) == best);
}

/// What each polymorphic argument stands for.
pub(super) fn solved(run: &Run, declared: &[DataType], actual: &[DataType]) -> Vec<DataType> {
    let solve = |wanted: &DataType| match is_polymorphic(wanted) {
        true => result_for(run, declared, actual, wanted).unwrap_or_else(DataType::unknown),
        false => wanted.clone(),
    };
    declared.iter().map(solve).collect()
}

/// The type that all of these give, where they agree.
pub(super) fn agreed(candidates: &[Candidate]) -> DataType {
    match candidates.split_first() {
        Some((first, rest))
            if !is_polymorphic(&first.result) && rest.iter().all(|other| other.result == first.result) =>
        {
            first.result.clone()
        }
        _ => DataType::unknown(),
    }
}

/// What an operator comes to.
pub(super) struct Operation {
    /// The type that it gives.
    pub result: DataType,
    /// The types that it takes, where that is known; of a prefix operator only the second counts.
    pub takes: Option<[DataType; 2]>,
    pub volatility: (Volatility, Volatility),
}

impl Operation {
    fn unclear(result: DataType) -> Operation {
        Operation { result, takes: None, volatility: (Volatility::Immutable, Volatility::Stable) }
    }
}

/// The operator that is meant: 42883 when there is none, 42725 when there are several. `left` is none for a prefix operator.
pub(super) fn operator(
    run: &mut Run,
    name: &str,
    left: Option<&DataType>,
    right: &DataType,
) -> Result<Operation, PgError> {
    let is_comparison = matches!(
        name,
        "=" | "<>" | "<" | ">" | "<=" | ">=" | "~~" | "!~~" | "~" | "!~" | "~*" | "!~*" | "~~*" | "!~~*"
    );
    let guess = || if is_comparison { DataType::built_in("bool") } else { DataType::unknown() };
    if left.is_some_and(|left| !is_known(run, left)) || !is_known(run, right) {
        return Ok(Operation::unclear(guess()));
    }
    let types: Vec<DataType> = left.into_iter().chain([right]).map(plain).collect();
    let sections: Vec<Name> = run.schema.extensions.keys().cloned().chain([builtin::CORE.into()]).collect();
    let items: Vec<&'static str> = sections
        .iter()
        .flat_map(|section| builtin::items(section, b'o', name, run.version()))
        .filter(|item| item.starts_with(',') == left.is_none())
        .collect();
    if let Some(found) = exact(run, &items, &types) {
        return Ok(found);
    }
    let candidates: Vec<Candidate> = items
        .iter()
        .map(|item| {
            let signature = builtin::Signature::parse(item);
            let arguments = signature.arguments().filter(|name| !name.is_empty()).map(named).collect();
            Candidate {
                arguments,
                result: named(signature.result),
                kind: Kind::Plain,
                gives_set: false,
                volatility: (signature.volatility(), signature.volatility()),
                id: None,
                extension: None,
                columns: Vec::new(),
                order: (0..types.len()).collect(),
                is_spread: false,
            }
        })
        .collect();
    let fitting = fitting(run, candidates, &types);
    let mut chosen = choose(run, fitting, &types);
    // Of an extension that nothing installed here only unusual operators can come.
    let unsure = !run.knows_all_operators()
        || run.server.world.presumes_objects()
            && !(is_comparison || matches!(name, "+" | "-" | "*" | "/" | "||"));
    if chosen.len() == 1 && !(unsure && types.iter().any(|own| key(own).is_none())) {
        let one = chosen.remove(0);
        let Some(result) = result_for(run, &one.arguments, &types, &one.result) else {
            return Ok(Operation::unclear(guess()));
        };
        let mut volatility = one.volatility;
        if name == "||" && one.arguments.iter().any(|own| own.is("anynonarray")) {
            // Its body in SQL takes the place of the call: a cast to text.
            let spread = one.arguments.iter().zip(&types).find(|(wanted, _)| wanted.is("anynonarray"));
            let stable = spread.is_some_and(|(_, own)| super::coerce::is_written_by_settings(run, own));
            let own = if stable { Volatility::Stable } else { Volatility::Immutable };
            volatility = (own, own);
        }
        let solved = solved(run, &one.arguments, &types);
        let mut takes = solved.into_iter();
        let takes = match (left.is_some(), takes.next(), takes.next()) {
            (true, Some(left), Some(right)) => [left, right],
            (_, Some(right), _) => [DataType::unknown(), right],
            _ => return Ok(Operation::unclear(result)),
        };
        return Ok(Operation { result, takes: Some(takes), volatility });
    }
    if unsure || types.iter().any(|own| is_composite(run, own) || own.is("record")) {
        return Ok(Operation::unclear(guess()));
    }
    let words: Vec<String> = types.iter().map(|data_type| run.schema.format_type(data_type)).collect();
    let shown = match words.as_slice() {
        [left, right] => format!("{left} {name} {right}"),
        [right] => format!("{name} {right}"),
        _ => name.to_owned(),
    };
    Err(if chosen.is_empty() {
        PgError::new("42883", format!("operator does not exist: {shown}"))
    } else {
        PgError::new("42725", format!("operator is not unique: {shown}"))
    })
}

/// The operator for exactly these types; a string is taken for the other side's: `binary_oper_exact`.
fn exact(run: &Run, items: &[&'static str], types: &[DataType]) -> Option<Operation> {
    let mut types = types.to_vec();
    if let [left, right] = types.as_mut_slice() {
        let mut other = None;
        if is_undecided(left) && !is_undecided(right) {
            *left = right.clone();
            other = Some(base(run, right));
        } else if is_undecided(right) && !is_undecided(left) {
            *right = left.clone();
            other = Some(base(run, left));
        }
        let found = exactly(items, left, right);
        return found.or_else(|| {
            let under = other?;
            exactly(items, &under, &under)
        });
    }
    let right = key(types.first()?)?;
    found_in(items, &format!(",{right}"), [undecided(), types.pop()?])
}

fn exactly(items: &[&'static str], left: &DataType, right: &DataType) -> Option<Operation> {
    found_in(items, &format!("{},{}", key(left)?, key(right)?), [left.clone(), right.clone()])
}

fn found_in(items: &[&'static str], wanted: &str, takes: [DataType; 2]) -> Option<Operation> {
    let item = items.iter().find(|item| item.split('>').next() == Some(wanted))?;
    let signature = builtin::Signature::parse(item);
    let volatility = (signature.volatility(), signature.volatility());
    Some(Operation { result: named(signature.result), takes: Some(takes), volatility })
}
