//! Which type a name means, what a change from one type to another costs, and how far a default is fixed.

use super::PgError;
use super::error::no_object;
use super::run::{Run, unquoted};
use crate::schema::{BaseType, DataType, Id, Origin, Type, TypeKind, built_in_type, built_in_types};
use crate::sql::command::Volatility;
use crate::sql::{Literal, Name, Node, QualifiedName, TypeName};

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

/// Types that PostgreSQL's own and other widespread extensions bring, with the extension.
const EXTENSION_TYPES: &[(&str, &str)] = &[
    ("box2d", "postgis"),
    ("box3d", "postgis"),
    ("citext", "citext"),
    ("cube", "cube"),
    ("earth", "earthdistance"),
    ("ean13", "isn"),
    ("geography", "postgis"),
    ("geometry", "postgis"),
    ("halfvec", "vector"),
    ("hstore", "hstore"),
    ("isbn", "isn"),
    ("isbn13", "isn"),
    ("issn", "isn"),
    ("lo", "lo"),
    ("lquery", "ltree"),
    ("ltree", "ltree"),
    ("ltxtquery", "ltree"),
    ("raster", "postgis_raster"),
    ("seg", "seg"),
    ("sparsevec", "vector"),
    ("upc", "isn"),
    ("vector", "vector"),
];

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
    Ok(DataType { base, modifiers, array })
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
    if let Some((_, extension)) = EXTENSION_TYPES.iter().find(|(known, _)| **known == **name) {
        if run.schema.extensions.contains_key(*extension) {
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

/// How far the value of an expression is fixed: the least and the most volatile that it can be, as far as is known here.
pub(super) fn volatility(run: &Run, node: &Node) -> (Volatility, Volatility) {
    let mut range = (Volatility::Immutable, Volatility::Immutable);
    node.walk(|part| {
        let (least, most) = match part {
            Node::Function { name, .. } => function_volatility(run, name),
            Node::SqlValue(_) => (Volatility::Stable, Volatility::Stable),
            _ => return,
        };
        range = (range.0.max(least), range.1.max(most));
    });
    range
}

/// The functions that an expression calls and of which nothing is known here.
pub(super) fn unknown_functions(run: &Run, node: &Node) -> Vec<String> {
    let unknown = (Volatility::Immutable, Volatility::Volatile);
    let called = node.functions();
    called.into_iter().filter(|name| function_volatility(run, name) == unknown).map(unquoted).collect()
}

/// PostgreSQL's own functions that are volatile and that one may meet in a default or a CHECK.
const VOLATILE: &[&str] = &[
    "clock_timestamp",
    "currval",
    "gen_random_bytes",
    "gen_random_uuid",
    "gen_salt",
    "lastval",
    "nextval",
    "pg_advisory_lock",
    "pg_advisory_xact_lock",
    "pg_notify",
    "pg_sleep",
    "pg_try_advisory_lock",
    "random",
    "random_normal",
    "set_config",
    "setseed",
    "setval",
    "timeofday",
    "txid_current",
    "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4",
    "uuidv4",
    "uuidv7",
];

/// Those of PostgreSQL's own functions that are stable.
const STABLE: &[&str] = &[
    "array_to_string",
    "concat",
    "concat_ws",
    "current_database",
    "current_schema",
    "current_setting",
    "format",
    "inet_client_addr",
    "json_build_array",
    "json_build_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "make_timestamptz",
    "now",
    "pg_backend_pid",
    "statement_timestamp",
    "to_char",
    "to_date",
    "to_json",
    "to_jsonb",
    "to_number",
    "transaction_timestamp",
];

/// Those that are stable for some types of argument and immutable for others.
const STABLE_OR_IMMUTABLE: &[&str] =
    &["age", "date_part", "date_trunc", "extract", "timezone", "to_timestamp", "to_tsvector"];

/// Those that are immutable.
const IMMUTABLE: &[&str] = &[
    "abs",
    "array_append",
    "array_cat",
    "array_fill",
    "array_length",
    "array_position",
    "array_prepend",
    "array_remove",
    "ascii",
    "box",
    "btrim",
    "cardinality",
    "ceil",
    "ceiling",
    "char_length",
    "character_length",
    "chr",
    "coalesce",
    "daterange",
    "decode",
    "digest",
    "div",
    "encode",
    "exp",
    "floor",
    "greatest",
    "hmac",
    "hstore",
    "initcap",
    "int4range",
    "int8range",
    "isfinite",
    "json_extract_path_text",
    "jsonb_array_length",
    "jsonb_extract_path",
    "jsonb_extract_path_text",
    "jsonb_set",
    "jsonb_typeof",
    "json_typeof",
    "least",
    "left",
    "length",
    "like_escape",
    "ln",
    "log",
    "lower",
    "lpad",
    "ltrim",
    "make_date",
    "make_interval",
    "make_time",
    "make_timestamp",
    "md5",
    "mod",
    "nullif",
    "numrange",
    "octet_length",
    "overlay",
    "point",
    "position",
    "power",
    "regexp_match",
    "regexp_replace",
    "repeat",
    "replace",
    "reverse",
    "right",
    "round",
    "rpad",
    "rtrim",
    "setweight",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sign",
    "similar_to_escape",
    "split_part",
    "sqrt",
    "st_geographyfromtext",
    "st_geomfromtext",
    "st_makepoint",
    "st_setsrid",
    "starts_with",
    "string_to_array",
    "strpos",
    "substr",
    "substring",
    "translate",
    "trim",
    "trunc",
    "tsrange",
    "tstzrange",
    "upper",
    "uuid_nil",
    "uuid_ns_dns",
    "uuid_ns_url",
];

/// A function's volatility, least and most: the history's own by what it declares, PostgreSQL's own by the lists above.
/// Somebody else's may be anything.
fn function_volatility(run: &Run, function: &QualifiedName) -> (Volatility, Volatility) {
    let exactly = |volatility| (volatility, volatility);
    let path = match &function.schema {
        Some(schema) => vec![schema.clone()],
        None => run.search_path(),
    };
    for schema in &path {
        let mut own = run.schema.functions_named(schema, &function.name).map(|f| {
            let declared = f.options.volatility.unwrap_or(Volatility::Volatile);
            // What is written in SQL may be taken into the expression, and then its body counts.
            let inlined = f.options.language.as_deref() == Some("sql")
                && f.body.as_deref().is_none_or(|body| !calls_what_changes(body));
            (if inlined { Volatility::Immutable } else { declared }, declared)
        });
        if let Some(first) = own.next() {
            // Which of several functions of that name is called, their arguments decide.
            return own.fold(first, |(least, most), next| (least.min(next.0), most.max(next.1)));
        }
    }
    // An extension's functions may be in any schema.
    let name = &*function.name;
    if VOLATILE.contains(&name) {
        exactly(Volatility::Volatile)
    } else if STABLE.contains(&name) {
        exactly(Volatility::Stable)
    } else if STABLE_OR_IMMUTABLE.contains(&name) {
        (Volatility::Immutable, Volatility::Stable)
    } else if IMMUTABLE.contains(&name) || function.schema.as_deref() == Some("pg_catalog") {
        exactly(Volatility::Immutable)
    } else {
        (Volatility::Immutable, Volatility::Volatile)
    }
}

/// Does a function's body in SQL name one of PostgreSQL's own functions that are not immutable?
fn calls_what_changes(body: &str) -> bool {
    crate::sql::tokens(body, 0).iter().any(|token| {
        let word = body[token.range.start as usize..token.range.end as usize].to_ascii_lowercase();
        VOLATILE.contains(&word.as_str()) || STABLE.contains(&word.as_str()) || word.starts_with("current_")
    })
}

/// The type of an expression over the columns of known tables, where it is plain to see.
pub(super) fn expression_type(
    run: &mut Run,
    node: &Node,
    column: &dyn Fn(&[Name]) -> Option<DataType>,
) -> DataType {
    match node {
        Node::Column(path) => column(path).unwrap_or_else(DataType::unknown),
        Node::Cast { type_name, .. } => resolve_type(run, type_name).unwrap_or_else(|_| DataType::unknown()),
        Node::Literal(Literal::Integer(value)) if i32::try_from(*value).is_ok() => DataType::built_in("int4"),
        Node::Literal(Literal::Integer(_)) => DataType::built_in("int8"),
        Node::Literal(Literal::Number(_)) => DataType::built_in("numeric"),
        Node::Literal(Literal::String(_) | Literal::Null) => DataType::built_in("text"),
        Node::Literal(Literal::Boolean(_))
        | Node::And(_)
        | Node::Or(_)
        | Node::Not(_)
        | Node::IsNull { .. }
        | Node::InList { .. }
        | Node::IsBoolean(_)
        | Node::IsDistinctFrom(..)
        | Node::IsNotDistinctFrom(..) => DataType::built_in("bool"),
        Node::Operator { name, .. }
            if matches!(&**name, "=" | "<>" | "<" | ">" | "<=" | ">=" | "~" | "~~" | "~*" | "~~*") =>
        {
            DataType::built_in("bool")
        }
        Node::Operator { name, .. } if &**name == "||" => DataType::built_in("text"),
        Node::SqlValue(value) => match *value {
            "current_timestamp" => DataType::built_in("timestamptz"),
            "current_date" => DataType::built_in("date"),
            "localtimestamp" => DataType::built_in("timestamp"),
            "current_user" | "session_user" | "user" | "current_role" | "current_catalog"
            | "current_schema" => DataType::built_in("name"),
            _ => DataType::unknown(),
        },
        Node::Function { name, .. } => match &*name.name {
            "now" | "clock_timestamp" | "statement_timestamp" | "to_timestamp" => {
                DataType::built_in("timestamptz")
            }
            "count" | "nextval" | "row_number" | "rank" => DataType::built_in("int8"),
            "lower" | "upper" | "concat" | "string_agg" | "to_char" | "trim" | "btrim" | "left" | "right" => {
                DataType::built_in("text")
            }
            "gen_random_uuid" | "uuid_generate_v4" | "uuidv7" => DataType::built_in("uuid"),
            "jsonb_build_object" | "jsonb_agg" | "to_jsonb" => DataType::built_in("jsonb"),
            _ => DataType::unknown(),
        },
        _ => DataType::unknown(),
    }
}
