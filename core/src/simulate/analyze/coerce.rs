//! Which type can stand for which: `parse_coerce.c`.

use crate::schema::{BaseType, DataType, TypeKind, builtin};
use crate::simulate::PgError;
use crate::simulate::run::Run;

/// How a value comes to a place of another type, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::simulate) enum Context {
    /// By itself, in an expression.
    Implicit,
    /// On its way into a column.
    Assignment,
    /// By a cast that is written out.
    Explicit,
}

/// The type of a constant that is still to be found: a string or NULL.
pub(in crate::simulate) fn undecided() -> DataType {
    DataType::built_in("unknown")
}

/// Is it a string or NULL whose type is still to be found?
pub(super) fn is_undecided(data_type: &DataType) -> bool {
    data_type.is("unknown")
}

/// The type without its modifiers.
pub(super) fn plain(data_type: &DataType) -> DataType {
    DataType { modifiers: Vec::new(), ..data_type.clone() }
}

/// The type under domains, without modifiers.
pub(super) fn base(run: &Run, data_type: &DataType) -> DataType {
    plain(&run.schema.base_type(data_type))
}

fn user_kind<'r>(run: &'r Run, data_type: &DataType) -> Option<&'r TypeKind> {
    match data_type.base {
        BaseType::User(id) => run.schema.user_type(id).map(|found| &found.kind),
        _ => None,
    }
}

/// The facts of a type of PostgreSQL's or of an extension, and the extension's name.
fn facts(data_type: &DataType) -> Option<builtin::TypeFacts> {
    match &data_type.base {
        BaseType::BuiltIn(name) => builtin::type_facts(builtin::CORE, name),
        BaseType::Extension(name) => builtin::type_facts(builtin::extension_of_type(name)?, name),
        _ => None,
    }
}

/// Is enough known of the type to say what can be done with it?
pub(in crate::simulate) fn is_known(run: &Run, data_type: &DataType) -> bool {
    match &data_type.base {
        BaseType::BuiltIn(_) | BaseType::Row(_) => true,
        BaseType::Extension(_) => facts(data_type).is_some(),
        BaseType::User(id) => match run.schema.user_type(*id).map(|found| &found.kind) {
            Some(TypeKind::Domain(domain)) => is_known(run, &domain.base),
            Some(TypeKind::Enum(_) | TypeKind::Composite(_)) => true,
            Some(TypeKind::Range(_) | TypeKind::Multirange(_)) => subtype(run, data_type).is_some(),
            _ => false,
        },
        BaseType::Unknown => false,
    }
}

/// The category, and whether the type is preferred in it: `get_type_category_preferred`.
pub(super) fn category(run: &Run, data_type: &DataType) -> (u8, bool) {
    let data_type = base(run, data_type);
    if data_type.array {
        return (b'A', false);
    }
    if is_undecided(&data_type) {
        return (b'X', false);
    }
    match (&data_type.base, user_kind(run, &data_type)) {
        (_, Some(TypeKind::Enum(_))) => (b'E', false),
        (_, Some(TypeKind::Composite(_))) | (BaseType::Row(_), _) => (b'C', false),
        (_, Some(TypeKind::Range(_) | TypeKind::Multirange(_))) => (b'R', false),
        _ => facts(&data_type).map_or((b'U', false), |facts| (facts.category(), facts.is_preferred())),
    }
}

/// What its elements are, of an array or a type of fixed parts.
pub(super) fn element(run: &Run, data_type: &DataType) -> Option<DataType> {
    let data_type = base(run, data_type);
    if data_type.array {
        return Some(DataType { array: false, ..data_type });
    }
    facts(&data_type).and_then(|facts| facts.element()).map(named)
}

/// An array of it; of an array that is the same type.
pub(super) fn array_of(data_type: &DataType) -> DataType {
    DataType { array: true, ..data_type.clone() }
}

/// What a range is of, or a multirange's range is of.
fn subtype(run: &Run, data_type: &DataType) -> Option<DataType> {
    if data_type.array {
        return None;
    }
    match user_kind(run, data_type) {
        Some(TypeKind::Range(range)) => {
            let written = range.iter().find(|option| &*option.name == "subtype")?.value.as_deref()?;
            let written = written.strip_prefix("pg_catalog.").unwrap_or(written);
            let name = builtin::type_facts(builtin::CORE, written)
                .map(|facts| facts.name)
                .or_else(|| builtin::names(builtin::CORE, b't').find(|name| shown_as(name, written)))?;
            Some(named(name))
        }
        Some(TypeKind::Multirange(range)) => {
            subtype(run, &DataType { base: BaseType::User(*range), ..data_type.clone() })
        }
        _ => {
            let facts = facts(data_type)?;
            facts.subtype().map(named).or_else(|| subtype(run, &named(facts.range()?)))
        }
    }
}

fn shown_as(name: &str, written: &str) -> bool {
    let shown = builtin::type_facts(builtin::CORE, name).and_then(|facts| facts.shown());
    shown.is_some_and(|shown| shown.replace('_', " ") == written)
}

/// The range of a multirange, or the multirange of a range.
fn partner(run: &Run, data_type: &DataType) -> Option<DataType> {
    match (&data_type.base, user_kind(run, data_type)) {
        (_, Some(TypeKind::Multirange(range))) => {
            Some(DataType { base: BaseType::User(*range), ..data_type.clone() })
        }
        (BaseType::User(range), Some(TypeKind::Range(_))) => {
            let multirange = run.schema.types().find(|other| other.kind == TypeKind::Multirange(*range))?;
            Some(DataType { base: BaseType::User(multirange.id), ..data_type.clone() })
        }
        (BaseType::BuiltIn(name), _) => {
            let facts = builtin::type_facts(builtin::CORE, name)?;
            match facts.range() {
                Some(range) => Some(named(range)),
                None => builtin::names(builtin::CORE, b't')
                    .find(|other| {
                        builtin::type_facts(builtin::CORE, other).and_then(|facts| facts.range())
                            == Some(*name)
                    })
                    .map(named),
            }
        }
        _ => None,
    }
}

fn is_range(run: &Run, data_type: &DataType) -> bool {
    let own = facts(data_type).is_some_and(|facts| facts.subtype().is_some());
    !data_type.array && (own || matches!(user_kind(run, data_type), Some(TypeKind::Range(_))))
}

fn is_multirange(run: &Run, data_type: &DataType) -> bool {
    let own = facts(data_type).is_some_and(|facts| facts.range().is_some());
    !data_type.array && (own || matches!(user_kind(run, data_type), Some(TypeKind::Multirange(_))))
}

/// Does it have columns of its own: a composite type or a relation's row?
pub(super) fn is_composite(run: &Run, data_type: &DataType) -> bool {
    !data_type.array
        && (matches!(data_type.base, BaseType::Row(_))
            || matches!(user_kind(run, data_type), Some(TypeKind::Composite(_))))
}

/// A type as the file of facts names it.
pub(super) fn named(name: &'static str) -> DataType {
    let (bare, array) = name.strip_suffix("[]").map_or((name, false), |bare| (bare, true));
    let base = match builtin::type_facts(builtin::CORE, bare) {
        Some(facts) => BaseType::BuiltIn(facts.name),
        None if bare.contains('.') => BaseType::Unknown,
        None => BaseType::Extension(bare.into()),
    };
    DataType { base, modifiers: Vec::new(), array }
}

/// The name of a type in the file of facts.
pub(super) fn key(data_type: &DataType) -> Option<String> {
    let name = match &data_type.base {
        BaseType::BuiltIn(name) => *name,
        BaseType::Extension(name) => name,
        _ => return None,
    };
    Some(if data_type.array { format!("{name}[]") } else { name.to_owned() })
}

/// A cast in the catalog.
struct Cast {
    context: Context,
    /// What it gives depends on settings.
    is_stable: bool,
}

/// The cast from one type to another, where the catalog has one.
fn cast(run: &Run, from: &DataType, to: &DataType) -> Option<Cast> {
    let (from, to) = (key(from)?, key(to)?);
    let extensions = run.schema.extensions.keys().map(|name| &**name);
    for section in extensions.chain([builtin::CORE]) {
        for item in builtin::items(section, b'c', &from, run.version()) {
            let Some((target, flags)) = item.split_once('/') else { continue };
            if target == to {
                let context = match flags.as_bytes().first() {
                    Some(b'i') => Context::Implicit,
                    Some(b'a') => Context::Assignment,
                    _ => Context::Explicit,
                };
                return Some(Cast { context, is_stable: flags.contains('s') });
            }
        }
    }
    None
}

fn is_pseudo(data_type: &DataType) -> bool {
    !data_type.array && facts(data_type).is_some_and(|facts| facts.is_pseudo())
}

/// Is it one that stands for any type: `anyelement` and its kin?
pub(super) fn is_polymorphic(data_type: &DataType) -> bool {
    !data_type.array
        && matches!(data_type.base, BaseType::BuiltIn(name) if name.starts_with("any") && name != "any")
}

/// Can a value of one type stand where the other is wanted? Both have to be known: `can_coerce_type`.
pub(in crate::simulate) fn can_coerce(run: &Run, from: &DataType, to: &DataType, context: Context) -> bool {
    if plain(from) == plain(to) || to.is("any") || is_polymorphic(to) || is_undecided(from) {
        return true;
    }
    let (from, to) = (base(run, from), base(run, to));
    if from == to {
        return true;
    }
    if let Some(cast) = cast(run, &from, &to) {
        return context >= cast.context;
    }
    if from.is("record") && is_composite(run, &to) || is_composite(run, &from) && to.is("record") {
        return true;
    }
    if let (BaseType::Row(child), BaseType::Row(parent)) = (&from.base, &to.base) {
        return from.array == to.array && run.schema.descendants_of(*parent).contains(child);
    }
    let is_string = |data_type: &DataType| category(run, data_type).0 == b'S';
    if is_pseudo(&to) {
        // Its input function decides: `cstring` and `void` take any text.
        return context == Context::Explicit && is_string(&from);
    }
    if to.array && (from.array || from.is("oidvector") || from.is("int2vector")) {
        let (from, to) = (element(run, &from).unwrap_or(from), DataType { array: false, ..to });
        return can_coerce(run, &from, &to, context);
    }
    let of_range = context == Context::Explicit && partner(run, &from).as_ref() == Some(&to);
    of_range
        || (context >= Context::Assignment && is_string(&to))
        || (context == Context::Explicit && is_string(&from))
}

/// Is a value of the type one of the other as it is? The other goes by its name in the file of facts.
pub(in crate::simulate) fn is_binary_coercible(run: &Run, from: &DataType, to: &str) -> bool {
    let from = base(run, from);
    let kind = user_kind(run, &from);
    match to {
        "anyarray" => from.array,
        "anyenum" => !from.array && matches!(kind, Some(TypeKind::Enum(_))),
        "anyrange" => is_range(run, &from),
        "anymultirange" => is_multirange(run, &from),
        "record" => is_composite(run, &from) || from.is("record"),
        _ => {
            let Some(from) = key(&from) else { return false };
            let is_free = |item: &str| {
                item.split_once('/').is_some_and(|(own, flags)| own == to && flags.starts_with("ib"))
            };
            let extensions = run.schema.extensions.keys().map(|name| &**name);
            let mut sections = extensions.chain([builtin::CORE]);
            from == to
                || sections.any(|section| builtin::items(section, b'c', &from, run.version()).any(is_free))
        }
    }
}

/// May a cast give another value under other settings? Source: the volatility of casts and of types' text forms.
pub(super) fn depends_on_settings(run: &Run, from: &DataType, to: &DataType) -> bool {
    let (from, to) = (base(run, from), base(run, to));
    if from == to || is_undecided(&from) {
        return false;
    }
    if let Some(cast) = cast(run, &from, &to) {
        return cast.is_stable;
    }
    if from.array && to.array {
        let (from, to) = (DataType { array: false, ..from }, DataType { array: false, ..to });
        return depends_on_settings(run, &from, &to);
    }
    if is_composite(run, &from) || is_composite(run, &to) {
        return false;
    }
    // By way of text.
    let written = from.array
        || user_kind(run, &from).is_some()
        || facts(&from).is_some_and(|facts| facts.is_written_by_settings());
    let read = to.array
        || user_kind(run, &to).is_some()
        || facts(&to).is_some_and(|facts| facts.is_read_by_settings());
    written || read
}

/// Does the text form of the type depend on settings?
pub(super) fn is_written_by_settings(run: &Run, data_type: &DataType) -> bool {
    depends_on_settings(run, data_type, &DataType::built_in("text"))
}

/// The type that all of these come to, in UNION, CASE and the like: `select_common_type`. Where there is none, a type that
/// does not fit the one so far: 42804.
pub(super) fn common_type(run: &Run, what: &str, types: &[DataType]) -> Result<DataType, PgError> {
    let Some(first) = types.first() else { return Ok(DataType::unknown()) };
    if types.iter().any(|data_type| !is_known(run, data_type)) {
        return Ok(DataType::unknown());
    }
    if !is_undecided(first) && types.iter().all(|other| plain(other) == plain(first)) {
        let same = types.iter().all(|other| other.modifiers == first.modifiers);
        return Ok(if same { first.clone() } else { plain(first) });
    }
    let mut common = base(run, first);
    for other in &types[1..] {
        let other = base(run, other);
        if is_undecided(&other) || other == common {
            continue;
        }
        if is_undecided(&common) {
            common = other;
            continue;
        }
        let ((own, preferred), (their, _)) = (category(run, &common), category(run, &other));
        if own != their {
            let (own, their) = (run.schema.format_type(&common), run.schema.format_type(&other));
            return Err(PgError::new("42804", format!("{what} types {own} and {their} cannot be matched")));
        }
        if !preferred
            && can_coerce(run, &common, &other, Context::Implicit)
            && !can_coerce(run, &other, &common, Context::Implicit)
        {
            common = other;
        }
    }
    if is_undecided(&common) {
        return Ok(DataType::built_in("text"));
    }
    for other in types {
        if !can_coerce(run, other, &common, Context::Implicit) {
            let (own, their) = (run.schema.format_type(&common), run.schema.format_type(other));
            return Err(PgError::new("42846", format!("{what} could not convert type {their} to {own}")));
        }
    }
    Ok(common)
}

/// What polymorphic arguments are given, and so what a polymorphic result is.
#[derive(Default)]
struct Solution {
    element: Option<DataType>,
    array: Option<DataType>,
    range: Option<DataType>,
    multirange: Option<DataType>,
}

/// The result of a function for these arguments, none where they do not fit together:
/// `enforce_generic_type_consistency`.
pub(super) fn result_for(
    run: &Run,
    declared: &[DataType],
    actual: &[DataType],
    result: &DataType,
) -> Option<DataType> {
    if !is_polymorphic(result) && !declared.iter().any(is_polymorphic) {
        return Some(result.clone());
    }
    let name = |data_type: &DataType| match data_type.base {
        BaseType::BuiltIn(name) if is_polymorphic(data_type) => name,
        _ => "",
    };
    let mut exact = Solution::default();
    let mut compatible: Vec<DataType> = Vec::new();
    let mut compatible_range = None;
    let mut has_compatible = false;
    for (declared, actual) in declared.iter().zip(actual) {
        let name = name(declared);
        has_compatible |= name.starts_with("anycompatible");
        if name.is_empty() || is_undecided(actual) {
            continue;
        }
        let under = base(run, actual);
        let slot = match name.trim_start_matches("any").trim_start_matches("compatible") {
            "element" | "enum" | "" | "nonarray" if name.starts_with("anycompatible") => {
                if name.ends_with("nonarray") && under.array {
                    return None;
                }
                compatible.push(plain(actual));
                continue;
            }
            "array" if name.starts_with("anycompatible") => {
                compatible.push(element(run, &under)?);
                continue;
            }
            "range" | "multirange" if name.starts_with("anycompatible") => {
                let fits = if name.ends_with("multirange") {
                    is_multirange(run, &under)
                } else {
                    is_range(run, &under)
                };
                if !fits {
                    return None;
                }
                compatible.push(subtype(run, &under)?);
                compatible_range =
                    Some(if name.ends_with("multirange") { partner(run, &under)? } else { under });
                continue;
            }
            "array" => {
                under.array.then_some(())?;
                &mut exact.array
            }
            "range" => {
                is_range(run, &under).then_some(())?;
                &mut exact.range
            }
            "multirange" => {
                is_multirange(run, &under).then_some(())?;
                &mut exact.multirange
            }
            kind => {
                let is_enum = matches!(user_kind(run, &under), Some(TypeKind::Enum(_))) && !under.array;
                if kind == "nonarray" && under.array || kind == "enum" && !is_enum {
                    return None;
                }
                &mut exact.element
            }
        };
        let given =
            if matches!(name, "anyarray" | "anyrange" | "anymultirange") { under } else { plain(actual) };
        match slot {
            Some(known) if *known != given => return None,
            _ => *slot = Some(given),
        }
    }
    let mut agrees = |found: Option<DataType>| match (&exact.element, found) {
        (Some(known), Some(found)) => *known == found || base(run, known) == base(run, &found),
        (None, Some(found)) => {
            exact.element = Some(found);
            true
        }
        _ => true,
    };
    if !agrees(exact.array.as_ref().and_then(|array| element(run, array)))
        || !agrees(exact.range.as_ref().and_then(|range| subtype(run, range)))
        || !agrees(exact.multirange.as_ref().and_then(|range| subtype(run, range)))
    {
        return None;
    }
    let common = if has_compatible {
        Some(match compatible.as_slice() {
            [] => DataType::built_in("text"),
            types => common_type(run, "arguments", types).ok()?,
        })
    } else {
        None
    };
    Some(match name(result) {
        "" => result.clone(),
        "anycompatible" | "anycompatiblenonarray" => common?,
        "anycompatiblearray" => array_of(&common?),
        "anycompatiblerange" => compatible_range?,
        "anycompatiblemultirange" => partner(run, &compatible_range?)?,
        "anyarray" => exact.array.or_else(|| exact.element.as_ref().map(array_of)).unwrap_or_else(undecided),
        "anyrange" => {
            exact.range.or_else(|| partner(run, exact.multirange.as_ref()?)).unwrap_or_else(undecided)
        }
        "anymultirange" => {
            exact.multirange.or_else(|| partner(run, exact.range.as_ref()?)).unwrap_or_else(undecided)
        }
        _ => exact.element.unwrap_or_else(undecided),
    })
}
