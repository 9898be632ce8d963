//! Which type a name means, what a change from one type to another costs, and how far a default is fixed.

use super::PgError;
use super::error::no_object;
use super::run::{Run, unquoted};
use crate::schema::{
    BaseType, DataType, Function, Id, Origin, Type, TypeKind, built_in_type, built_in_types, builtin,
};
use crate::sql::command::Volatility;
use crate::sql::{Name, Node, QualifiedName, TypeName};

use super::world::is_near_miss;

/// What ALTER COLUMN TYPE does to data already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeChange {
    /// Nothing.
    Free,
    /// The rows stay, indexes on the column are rebuilt.
    RebuildIndexes,
    /// Every row is written anew.
    Rewrite,
}

/// Types that widespread extensions bring besides PostgreSQL's own, with the extension.
const EXTENSION_TYPES: &[(&str, &str)] = &[
    ("box2d", "postgis"),
    ("box3d", "postgis"),
    ("geography", "postgis"),
    ("geometry", "postgis"),
    ("halfvec", "vector"),
    ("raster", "postgis_raster"),
    ("sparsevec", "vector"),
    ("vector", "vector"),
];

/// The newest version whose functions are known.
const NEWEST: u32 = 18;

/// The extension that brings a type of that name.
fn extension_of(name: &str) -> Option<&'static str> {
    let other = EXTENSION_TYPES.iter().find(|(known, _)| *known == name).map(|(_, extension)| *extension);
    other.or_else(|| builtin::extension_of_type(name))
}

/// `serial` and its kin: the integer type behind each.
pub(super) fn serial_type(type_name: &TypeName) -> Option<&'static str> {
    if type_name.name.schema.is_some() || type_name.array_dimensions > 0 {
        return None;
    }
    match &*type_name.name.name {
        "smallserial" | "serial2" => Some("int2"),
        "serial" | "serial4" => Some("int4"),
        "bigserial" | "serial8" => Some("int8"),
        _ => None,
    }
}

/// The type that a name means: 42704 when there is none.
pub(super) fn resolve_type(run: &mut Run, written: &TypeName) -> Result<DataType, PgError> {
    if written.percent_type {
        return Ok(DataType::unknown());
    }
    let array = written.array_dimensions > 0;
    let base = resolve_base(run, written)?;
    let mut modifiers = written.modifiers.clone();
    // `char` is character(1), and numeric(p) is numeric(p,0).
    match base {
        BaseType::BuiltIn("bpchar" | "bit") if modifiers.is_empty() && is_standard_spelling(written) => {
            modifiers.push("1".to_owned());
        }
        BaseType::BuiltIn("numeric") if modifiers.len() == 1 => modifiers.push("0".to_owned()),
        _ => {}
    }
    if let BaseType::BuiltIn(name) = base {
        modifiers_fit(name, &mut modifiers)?;
    }
    Ok(DataType { base, modifiers, array })
}

/// 42601 for modifiers of a type that takes none, 22023 for a length or precision out of its range; a time's precision is cut
/// to the greatest. Source: `anychar_typmodin`, `numerictypmodin`, `anytimestamp_typmod_check` and their kin.
fn modifiers_fit(name: &'static str, modifiers: &mut [String]) -> Result<(), PgError> {
    let Some(first) = modifiers.first().cloned() else { return Ok(()) };
    let invalid = |message: String| Err(PgError::new("22023", message));
    let Some(facts) = builtin::type_facts(builtin::CORE, name) else { return Ok(()) };
    if !facts.takes_modifiers() {
        let message = format!("type modifier is not allowed for type \"{name}\"");
        return Err(PgError::new("42601", message));
    }
    let Ok(number) = first.parse::<i64>() else { return Ok(()) };
    match name {
        "varchar" | "bpchar" | "bit" | "varbit" => {
            let shown = match name {
                "bpchar" => "char",
                "varbit" => "varbit",
                other => other,
            };
            let most = if name.ends_with("char") { 10_485_760 } else { 83_886_080 };
            if number < 1 {
                return invalid(format!("length for type {shown} must be at least 1"));
            }
            if number > most {
                return invalid(format!("length for type {shown} cannot exceed {most}"));
            }
        }
        "numeric" if !(1..=1000).contains(&number) => {
            return invalid(format!("NUMERIC precision {number} must be between 1 and 1000"));
        }
        "time" | "timetz" | "timestamp" | "timestamptz" => {
            if number < 0 {
                return invalid(format!("{name}({number}) precision must not be negative"));
            }
            if let Some(precision) = modifiers.first_mut().filter(|_| number > 6) {
                *precision = "6".to_owned();
            }
        }
        _ => {}
    }
    Ok(())
}

/// `character` and `bit` without length mean length 1; `bpchar` written so does not.
fn is_standard_spelling(written: &TypeName) -> bool {
    !written.text.trim_start().to_ascii_lowercase().starts_with("bpchar")
}

fn resolve_base(run: &mut Run, written: &TypeName) -> Result<BaseType, PgError> {
    let QualifiedName { schema, name } = &written.name;
    if schema.as_deref().is_none_or(|schema| schema == "pg_catalog")
        && let Some(known) = built_in_type(name)
    {
        return Ok(BaseType::BuiltIn(known));
    }
    let path = match schema {
        Some(schema) => vec![schema.clone()],
        None => std::iter::once(crate::sql::name("pg_temp")).chain(run.search_path()).collect(),
    };
    for schema in &path {
        if let Some(found) = run.schema.type_named(schema, name) {
            return Ok(BaseType::User(found.id));
        }
        if let Some(found) = run.schema.relation_named(schema, name)
            && found.index().is_none()
            && found.sequence().is_none()
        {
            return Ok(BaseType::Row(found.id));
        }
    }
    if let Some(extension) = extension_of(name) {
        if run.schema.extensions.contains_key(extension) {
            return Ok(BaseType::Extension(name.clone()));
        }
        if run.server.world.presumes_objects() {
            run.assume(format!("extension {extension} is installed"));
            return Ok(BaseType::Extension(name.clone()));
        }
    }
    let slip = if schema.is_none() { slip_of_a_type(run, name) } else { None };
    if let Some(meant) = slip {
        return Err(no_object("type", &unquoted(&written.name)).with_hint(format!("did you mean {meant}?")));
    }
    if !run.server.world.presumes_objects() {
        if let Some(schema) = schema {
            run.namespace(schema)?;
        }
        return Err(no_object("type", &unquoted(&written.name)));
    }
    let namespace = run.namespace_of(&written.name)?;
    run.assume(format!("type {namespace}.{name} exists"));
    let id = run.schema.fresh_id();
    run.schema.put_type(Type {
        id,
        schema: namespace,
        name: name.clone(),
        origin: Origin::Assumed,
        kind: TypeKind::Unknown,
    });
    Ok(BaseType::User(id))
}

/// Does a value of this type hold a row of that table: as it is, in an array, a domain, a composite, another table's row?
pub(super) fn holds_row_of(run: &mut Run, data_type: &DataType, table: Id) -> bool {
    let mut open = vec![data_type.base.clone()];
    let mut seen = Vec::new();
    while let Some(base) = open.pop() {
        if base == BaseType::Row(table) {
            return true;
        }
        if seen.contains(&base) {
            continue;
        }
        match &base {
            BaseType::Row(id) => {
                if let Ok(table) = run.table_of(*id) {
                    open.extend(table.columns.iter().map(|column| column.data_type.base.clone()));
                }
            }
            BaseType::User(id) => match run.schema.user_type(*id).map(|known| known.kind.clone()) {
                Some(TypeKind::Domain(domain)) => open.push(domain.base.base),
                Some(TypeKind::Composite(attributes)) => {
                    for written in attributes.iter().filter_map(|attribute| attribute.type_name.as_ref()) {
                        open.extend(resolve_type(run, written).ok().map(|found| found.base));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        seen.push(base);
    }
    false
}

/// A known type that the writer probably meant.
fn slip_of_a_type(run: &Run, written: &Name) -> Option<String> {
    let own = run.schema.types().map(|known| known.name.to_string());
    let spellings = [
        "integer",
        "bigint",
        "smallint",
        "boolean",
        "varchar",
        "timestamp",
        "timestamptz",
        "serial",
        "bigserial",
    ];
    own.chain(spellings.iter().map(|text| (*text).to_owned()))
        .chain(built_in_types().map(str::to_owned))
        .find(|known| is_near_miss(known, written))
}

/// What changing a column does whose values go through these types: the old one first, the new one last, and between
/// them what USING casts to.
pub(super) fn type_change(run: &Run, types: &[DataType], utc: bool) -> TypeChange {
    let (Some(from), Some(to)) = (types.first(), types.last()) else { return TypeChange::Free };
    if types.windows(2).any(|step| rewrites(run, &step[0], &step[1], utc)) {
        TypeChange::Rewrite
    } else if same_operators(run, from, to) {
        TypeChange::Free
    } else {
        TypeChange::RebuildIndexes
    }
}

/// Are the rows written anew when a value of one type becomes one of another?
///
/// A row stays as it is when the cast is binary coercible or only widens: `ATColumnChangeRequiresRewrite` in
/// `tablecmds.c`, and the support functions that drop length coercions (`varchar_support` and its kin).
fn rewrites(run: &Run, from: &DataType, to: &DataType, utc: bool) -> bool {
    if from == to {
        return false;
    }
    // A domain without constraints is its base type; one with them has to be checked row by row.
    if run.schema.has_domain_constraints(to) && from.base != to.base {
        return true;
    }
    let (mut old, new) = (run.schema.base_type(from), run.schema.base_type(to));
    if old.base != from.base {
        // The length that a domain's base type has is not known of its values.
        old.modifiers.clear();
    }
    if old == new {
        return false;
    }
    if old.array || new.array {
        // Element by element: even a wider length goes through every array.
        return !(old.array && new.array && old.base == new.base && new.modifiers.is_empty());
    }
    let (BaseType::BuiltIn(old_name), BaseType::BuiltIn(new_name)) = (&old.base, &new.base) else {
        return !is_citext_and_text(&old, &new);
    };
    let number = |data_type: &DataType, index: usize| {
        data_type.modifiers.get(index).and_then(|m| m.parse::<i64>().ok())
    };
    let (from_length, to_length) = (number(&old, 0), number(&new, 0));
    // No limit is the widest; a limit where there was none has to be checked.
    let widens = match (from_length, to_length) {
        (_, None) => true,
        (Some(from), Some(to)) => to >= from,
        (None, Some(_)) => false,
    };
    let stays = match (*old_name, *new_name) {
        ("varchar", "varchar") | ("varbit", "varbit") => widens,
        ("varchar", "text")
        | ("text", "varchar")
        | ("text" | "varchar" | "bpchar", "bpchar")
        | ("bit", "varbit")
        | ("xml", "text" | "varchar") => to_length.is_none(),
        ("numeric", "numeric") => {
            let same_scale = number(&old, 1) == number(&new, 1);
            new.modifiers.is_empty() || (same_scale && from_length.is_some() && widens)
        }
        ("timestamp" | "timestamptz" | "time" | "timetz", _) if old_name == new_name => {
            to_length.is_none_or(|to| to >= 6) || (from_length.is_some() && widens)
        }
        ("interval", "interval") => interval_widens(&old, &new),
        ("timestamp", "timestamptz") | ("timestamptz", "timestamp") => {
            utc && to_length.is_none_or(|to| to >= from_length.unwrap_or(6))
        }
        ("cidr", "inet") | ("int4", "oid") | ("oid", "int4") => true,
        ("oid", reg) | (reg, "oid") => reg.starts_with("reg"),
        _ => false,
    };
    !stays
}

/// Text and citext are the same bytes.
fn is_citext_and_text(old: &DataType, new: &DataType) -> bool {
    let is_citext = |data_type: &DataType| match &data_type.base {
        BaseType::Extension(name) => &**name == "citext",
        _ => false,
    };
    let is_string = |data_type: &DataType| matches!(data_type.base, BaseType::BuiltIn("text" | "varchar"));
    (is_citext(old) && is_string(new) && new.modifiers.is_empty()) || (is_string(old) && is_citext(new))
}

/// Do indexes compare values of both types by the same operators? Then an index stays when its table does.
/// Source: `CheckIndexCompatible` in `indexcmds.c`.
fn same_operators(run: &Run, from: &DataType, to: &DataType) -> bool {
    let (old, new) = (run.schema.base_type(from), run.schema.base_type(to));
    let is_own = |data_type: &DataType| match &data_type.base {
        BaseType::BuiltIn(name) => data_type.array || name.ends_with("range"),
        _ => true,
    };
    if is_own(&old) || is_own(&new) {
        // Operators that serve any array, enum or range are bound to the very type.
        let bound = match old.base {
            BaseType::Extension(_) => old.array,
            _ => true,
        };
        return if bound { from.base == to.base && old.array == new.array } else { old.base == new.base };
    }
    let class = |data_type: &DataType| match data_type.base {
        BaseType::BuiltIn("varchar") => "text",
        BaseType::BuiltIn("cidr") => "inet",
        BaseType::BuiltIn(name) if name.starts_with("reg") => "oid",
        BaseType::BuiltIn(name) => name,
        _ => "",
    };
    class(&old) == class(&new)
}

/// Does every old interval fit as it is? Source: `interval_support` in `timestamp.c`.
fn interval_widens(old: &DataType, new: &DataType) -> bool {
    const FINEST: i64 = 6;
    let precision = |data_type: &DataType| {
        data_type.modifiers.iter().find_map(|modifier| modifier.parse::<i64>().ok()).unwrap_or(FINEST)
    };
    // The smallest field that is kept; seconds unless fields are named.
    let least = |data_type: &DataType| {
        let fields = data_type.modifiers.first().map(|fields| fields.to_ascii_lowercase());
        let last = fields.as_deref().and_then(|fields| fields.rsplit(' ').next()).unwrap_or("second");
        ["second", "minute", "hour", "day", "month", "year"]
            .iter()
            .position(|field| *field == last)
            .unwrap_or(0)
    };
    let (old_precision, new_precision) = (precision(old), precision(new));
    least(new) <= least(old)
        && (least(old) > 0 || new_precision >= FINEST || (new_precision >= old_precision))
}

/// The functions that an expression calls and of which nothing is known here.
pub(super) fn unknown_functions(run: &Run, node: &Node) -> Vec<String> {
    let is_known = |name: &QualifiedName| {
        run.schema.functions().any(|own| own.name == name.name)
            || builtin::sections().any(|section| builtin::has(section, b'f', &name.name))
    };
    node.functions().into_iter().filter(|name| !is_known(name)).map(unquoted).collect()
}

/// The least and the most volatile that a function of the history's own can be.
pub(super) fn sql_volatility(function: &Function) -> (Volatility, Volatility) {
    let declared = function.options.volatility.unwrap_or(Volatility::Volatile);
    // What is written in SQL may be taken into the expression, and then its body counts.
    let inlined = function.options.language.as_deref() == Some("sql")
        && function.body.as_deref().is_none_or(|body| !calls_what_changes(body));
    (if inlined { Volatility::Immutable } else { declared }, declared)
}

/// Does a function's body in SQL name one of PostgreSQL's own functions that are not immutable?
fn calls_what_changes(body: &str) -> bool {
    crate::sql::tokens(body, 0).iter().any(|token| {
        let word = body[token.range.start as usize..token.range.end as usize].to_ascii_lowercase();
        let signatures = builtin::items(builtin::CORE, b'f', &word, NEWEST).map(builtin::Signature::parse);
        let least = signatures.map(|signature| signature.volatility()).min();
        least.is_some_and(|least| least > Volatility::Immutable) || word.starts_with("current_")
    })
}
