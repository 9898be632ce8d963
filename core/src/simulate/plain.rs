//! Objects of which little is kept: operators, collations, foreign servers, text search …: that they are there, what they
//! need and what needs them.

use std::sync::Arc;

use super::error::{no_object, object_exists, still_needed};
use super::object::{Dependant, remove_dependant};
use super::run::{Run, unquoted};
use super::typing::resolve_type;
use super::{PgError, function, user_type};
use crate::schema::{BaseType, CommentTarget, Id, Plain, PlainKey, kind_name};
use crate::sql::command::{
    AlterObject, Behavior, CreateObject, Drop, ObjectKind, ObjectName, Rename, SetSchema,
};
use crate::sql::{Name, QualifiedName, TypeName, name, quote_identifier};

/// The languages that every database has.
const LANGUAGES: &[&str] = &["c", "internal", "plpgsql", "sql"];

/// The access methods that every database has.
const ACCESS_METHODS: &[&str] = &["brin", "btree", "gin", "gist", "hash", "heap", "spgist"];

/// The languages of the text search configurations that every database has; a dictionary's name ends in `_stem`.
const TEXT_SEARCH: &[&str] = &[
    "arabic",
    "armenian",
    "basque",
    "catalan",
    "danish",
    "dutch",
    "english",
    "estonian",
    "finnish",
    "french",
    "german",
    "greek",
    "hindi",
    "hungarian",
    "indonesian",
    "irish",
    "italian",
    "lithuanian",
    "nepali",
    "norwegian",
    "portuguese",
    "romanian",
    "russian",
    "serbian",
    "simple",
    "spanish",
    "swedish",
    "tamil",
    "turkish",
    "yiddish",
];

/// Is it an object of which little is kept?
pub(super) fn is_plain(kind: ObjectKind) -> bool {
    kind_name(kind) != "object"
}

/// Objects that extensions bring, with the extension; of operators and their classes and of casts they bring more.
const OF_EXTENSIONS: &[(ObjectKind, &str, &str)] = &[
    (ObjectKind::AccessMethod, "bloom", "bloom"),
    (ObjectKind::ForeignDataWrapper, "dblink_fdw", "dblink"),
    (ObjectKind::ForeignDataWrapper, "file_fdw", "file_fdw"),
    (ObjectKind::ForeignDataWrapper, "postgres_fdw", "postgres_fdw"),
    (ObjectKind::TextSearchDictionary, "intdict", "dict_int"),
    (ObjectKind::TextSearchDictionary, "unaccent", "unaccent"),
    (ObjectKind::TextSearchDictionary, "xsyn", "dict_xsyn"),
    (ObjectKind::TextSearchTemplate, "intdict_template", "dict_int"),
    (ObjectKind::TextSearchTemplate, "unaccent", "unaccent"),
    (ObjectKind::TextSearchTemplate, "xsyn_template", "dict_xsyn"),
];

fn may_be_an_extensions(run: &Run, kind: ObjectKind, own: &str) -> bool {
    let installed = |extension: &str| run.schema.extensions.contains_key(extension);
    match kind {
        ObjectKind::Operator
        | ObjectKind::OperatorClass
        | ObjectKind::OperatorFamily
        | ObjectKind::Cast
        | ObjectKind::Transform => run.schema.extensions.keys().any(|extension| &**extension != "plpgsql"),
        ObjectKind::Language => installed(own),
        kind => OF_EXTENSIONS
            .iter()
            .any(|(of, name, extension)| *of == kind && *name == own && installed(extension)),
    }
}

/// Is it in a schema?
fn has_schema(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::Collation
            | ObjectKind::Conversion
            | ObjectKind::Operator
            | ObjectKind::OperatorClass
            | ObjectKind::OperatorFamily
            | ObjectKind::TextSearchConfiguration
            | ObjectKind::TextSearchDictionary
            | ObjectKind::TextSearchParser
            | ObjectKind::TextSearchTemplate
    )
}

/// Is it there in every database? None where that is not known.
fn is_built_in(run: &Run, kind: ObjectKind, object: &ObjectName) -> Option<bool> {
    let written = &object.name;
    let own = &*written.name;
    if written.schema.as_deref().is_some_and(|schema| schema != "pg_catalog") {
        return Some(false);
    }
    Some(match kind {
        ObjectKind::Language => LANGUAGES.contains(&own),
        ObjectKind::AccessMethod => ACCESS_METHODS.contains(&own),
        ObjectKind::Collation => {
            let since = match own {
                "default" | "C" | "POSIX" | "ucs_basic" => 0,
                "unicode" => 16,
                "pg_c_utf8" => 17,
                "pg_unicode_fast" => 18,
                own if own.ends_with("-x-icu") => 0,
                // The operating system's own, such as "en_US".
                own if own.contains('_') || own.contains('.') => return None,
                _ => u32::MAX,
            };
            run.version() >= since
        }
        ObjectKind::TextSearchConfiguration => TEXT_SEARCH.contains(&own),
        ObjectKind::TextSearchDictionary => {
            own == "simple"
                || own.strip_suffix("_stem").is_some_and(|language| TEXT_SEARCH.contains(&language))
        }
        ObjectKind::TextSearchParser => own == "default",
        ObjectKind::TextSearchTemplate => {
            matches!(own, "simple" | "synonym" | "ispell" | "thesaurus" | "snowball")
        }
        ObjectKind::OperatorClass | ObjectKind::OperatorFamily if own.ends_with("_ops") => return None,
        // PostgreSQL has some hundred of each.
        ObjectKind::Operator if own.len() < 3 => return None,
        ObjectKind::Conversion if own.contains("_to_") => return None,
        ObjectKind::Cast | ObjectKind::Transform => {
            let types = object.arguments.iter().flatten();
            let is_users = types.clone().any(|written| user_type::find(run, &written.name).is_some());
            if is_users { false } else { return None }
        }
        _ => false,
    })
}

/// What else is part of the name.
fn detail(run: &mut Run, kind: ObjectKind, object: &ObjectName) -> Result<Option<Name>, PgError> {
    Ok(match kind {
        ObjectKind::Operator => {
            let mut types = Vec::new();
            for written in object.arguments.iter().flatten() {
                types.push(type_text(run, written)?);
            }
            Some(name(&types.join(",")))
        }
        ObjectKind::UserMapping => object.part.as_ref().map(|role| super::privilege::meant(run, role)),
        _ => object.part.clone(),
    })
}

/// A cast's name is its two types, as the server writes them.
fn own_name(run: &mut Run, kind: ObjectKind, object: &ObjectName) -> Result<Name, PgError> {
    if kind != ObjectKind::Cast {
        return Ok(object.name.name.clone());
    }
    let mut types = Vec::new();
    for written in object.arguments.iter().flatten() {
        types.push(type_text(run, written)?);
    }
    Ok(name(&types.join(" AS ")))
}

/// A type, always with its schema where it is the user's.
fn type_text(run: &mut Run, written: &TypeName) -> Result<String, PgError> {
    let data_type = resolve_type(run, written)?;
    let (schema, own) = match &data_type.base {
        BaseType::User(id) => {
            run.schema.user_type(*id).map(|found| (found.schema.clone(), found.name.clone()))
        }
        BaseType::Row(id) => run.schema.relation(*id).map(|found| (found.schema.clone(), found.name.clone())),
        _ => None,
    }
    .unzip();
    Ok(match (schema, own) {
        (Some(schema), Some(own)) => {
            let array = if data_type.array { "[]" } else { "" };
            format!("{}.{}{array}", quote_identifier(&schema), quote_identifier(&own))
        }
        _ => run.schema.format_type(&data_type),
    })
}

/// The object of that name, where the history created it.
fn find(run: &mut Run, kind: ObjectKind, object: &ObjectName) -> Result<Option<PlainKey>, PgError> {
    let wanted = own_name(run, kind, object)?;
    let detail = detail(run, kind, object)?;
    let schemas: Vec<Option<Name>> = match &object.name.schema {
        _ if !has_schema(kind) => vec![None],
        Some(schema) => vec![Some(schema.clone())],
        None => run.search_path().into_iter().map(Some).collect(),
    };
    Ok(schemas.into_iter().find_map(|schema| {
        let key = PlainKey { kind, schema, name: wanted.clone(), detail: detail.clone() };
        run.schema.plain.iter().any(|own| own.key == key).then_some(key)
    }))
}

/// As [`find`]; none for one that is built in, an extension's, assumed, or may be any of these; an error for one that is
/// not there: 42704, of operators 42883.
pub(super) fn find_or_assume(
    run: &mut Run,
    kind: ObjectKind,
    object: &ObjectName,
) -> Result<Option<PlainKey>, PgError> {
    if let Some(schema) = object.name.schema.clone().filter(|_| has_schema(kind)) {
        run.namespace(&schema)?;
    }
    if let Some(found) = find(run, kind, object)? {
        return Ok(Some(found));
    }
    match is_built_in(run, kind, object) {
        Some(true) | None => return Ok(None),
        Some(false) => {}
    }
    let shown = unquoted(&object.name);
    if run.server.world.presumes_objects() {
        run.assume(format!("{} {shown} exists", kind_name(kind)));
        return Ok(None);
    }
    if may_be_an_extensions(run, kind, &object.name.name) {
        return Ok(None);
    }
    Err(missing(kind, object))
}

/// 42704 for a name that means none of the kind: a collation, an access method, a server …
pub(super) fn named(
    run: &mut Run,
    kind: ObjectKind,
    written: &QualifiedName,
) -> Result<Option<PlainKey>, PgError> {
    let object = ObjectName { name: written.clone(), part: None, arguments: None };
    find_or_assume(run, kind, &object)
}

fn missing(kind: ObjectKind, object: &ObjectName) -> PgError {
    let shown = unquoted(&object.name);
    match (kind, &object.part) {
        (ObjectKind::Operator, _) => PgError::new("42883", format!("operator does not exist: {shown}")),
        (ObjectKind::UserMapping, Some(role)) => PgError::new(
            "42704",
            format!("user mapping for \"{role}\" does not exist for server \"{shown}\""),
        ),
        (ObjectKind::OperatorClass | ObjectKind::OperatorFamily, Some(method)) => PgError::new(
            "42704",
            format!("{} \"{shown}\" does not exist for access method \"{method}\"", kind_name(kind)),
        ),
        (ObjectKind::Cast, _) => PgError::new("42704", format!("cast {shown} does not exist")),
        _ => no_object(kind_name(kind), &shown),
    }
}

/// CREATE of one: 42710 when it is there, of operators 42723; an error for what it needs and is not there.
pub(super) fn create(run: &mut Run, create: &CreateObject) -> Result<(), PgError> {
    let (kind, object) = (create.kind, &create.object);
    let schema = if has_schema(kind) { Some(run.namespace_of(&object.name)?) } else { None };
    let (mut needs, mut needs_plain) = (Vec::new(), Vec::new());
    for (kind, needed) in &create.needs {
        match kind {
            ObjectKind::Type => {
                let Some(written) = needed.arguments.as_ref().and_then(|types| types.first()) else {
                    continue;
                };
                match resolve_type(run, written)?.base {
                    BaseType::User(id) | BaseType::Row(id) => needs.push(id),
                    _ => {}
                }
            }
            ObjectKind::Function => {
                needs.extend(
                    function::find(run, *kind, &needed.name, needed.arguments.as_deref()).ok().flatten(),
                );
            }
            kind => needs_plain.extend(find_or_assume(run, *kind, needed)?),
        }
    }
    let own = own_name(run, kind, object)?;
    if kind == ObjectKind::UserMapping
        && let Some(role) = &object.part
    {
        super::privilege::role_exists(run, role)?;
    }
    let key = PlainKey { kind, schema, name: own, detail: detail(run, kind, object)? };
    let is_there = run.schema.plain.iter().any(|plain| plain.key == key);
    let built_in =
        object.name.schema.is_none() && !has_schema(kind) && is_built_in(run, kind, object) == Some(true);
    if is_there || built_in {
        if create.if_not_exists {
            run.change(format!("nothing: {} exists already", key.describe()));
            return Ok(());
        }
        if !create.or_replace {
            let shown = unquoted(&object.name);
            return Err(match kind {
                ObjectKind::Operator => PgError::new("42723", format!("operator {shown} already exists")),
                kind if kind_name(kind).starts_with("text search") => PgError::new(
                    "23505",
                    format!("duplicate key value violates unique constraint: {} {shown}", kind_name(kind)),
                ),
                kind => object_exists(kind_name(kind), &shown),
            });
        }
    }
    if kind == ObjectKind::OperatorClass
        && create.needs.iter().all(|(kind, _)| *kind != ObjectKind::OperatorFamily)
    {
        // It gets a family of its own name.
        let family = PlainKey { kind: ObjectKind::OperatorFamily, ..key.clone() };
        if run.schema.plain.iter().all(|plain| plain.key != family) {
            put(run, family.clone(), Vec::new(), Vec::new(), None);
        }
        needs_plain.push(family);
    }
    run.change(format!("creates {}", key.describe()));
    put(run, key, needs, needs_plain, Some(create.sql.clone()));
    Ok(())
}

fn put(run: &mut Run, key: PlainKey, needs: Vec<Id>, needs_plain: Vec<PlainKey>, sql: Option<Arc<str>>) {
    let plain = Arc::make_mut(&mut run.schema.plain);
    plain.retain(|own| own.key != key);
    plain.push(Plain {
        created_as: key.clone(),
        key,
        needs,
        needs_plain,
        statements: sql.into_iter().collect(),
    });
}

/// ALTER of one in a form of its own.
pub(super) fn alter(run: &mut Run, alter: &AlterObject) -> Result<(), PgError> {
    if alter.kind == ObjectKind::Type {
        if user_type::find(run, &alter.object.name).is_none() && !run.server.world.presumes_objects() {
            return Err(no_object("type", &unquoted(&alter.object.name)));
        }
        run.not_modelled();
        return Ok(());
    }
    let found = find_or_assume(run, alter.kind, &alter.object)?;
    if let Some(key) = found {
        change(run, &key, |plain| plain.statements.push(alter.sql.clone()));
    }
    run.change(format!("changes {} {}", kind_name(alter.kind), unquoted(&alter.object.name)));
    Ok(())
}

fn change(run: &mut Run, key: &PlainKey, change: impl FnOnce(&mut Plain)) {
    if let Some(plain) = Arc::make_mut(&mut run.schema.plain).iter_mut().find(|own| own.key == *key) {
        change(plain);
    }
}

/// Gives one another name or schema, wherever it is named.
fn call(run: &mut Run, from: &PlainKey, to: PlainKey) -> Result<(), PgError> {
    if run.schema.plain.iter().any(|own| own.key == to) {
        let sqlstate = if to.kind == ObjectKind::Operator { "42723" } else { "42710" };
        return Err(PgError::new(sqlstate, format!("{} already exists", to.describe())));
    }
    for plain in Arc::make_mut(&mut run.schema.plain) {
        if plain.key == *from {
            plain.key = to.clone();
        }
        plain.needs_plain.iter_mut().filter(|needed| *needed == from).for_each(|needed| *needed = to.clone());
    }
    let (old, new) = (CommentTarget::Plain(from.clone()), CommentTarget::Plain(to.clone()));
    for kept in [&mut run.schema.comments, &mut run.schema.owners] {
        if let Some(value) = kept.remove(&old) {
            kept.insert(new.clone(), value);
        }
    }
    run.change(format!("renames {} to {}", from.describe(), to.describe()));
    Ok(())
}

/// ALTER … RENAME TO.
pub(super) fn rename(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    match find_or_assume(run, rename.kind, &rename.object)? {
        Some(key) => call(run, &key, PlainKey { name: rename.to.clone(), ..key.clone() }),
        None => Ok(()),
    }
}

/// ALTER … SET SCHEMA.
pub(super) fn set_schema(run: &mut Run, set: &SetSchema, to: Name) -> Result<(), PgError> {
    match find_or_assume(run, set.kind, &set.object)? {
        Some(key) if key.schema.as_ref() == Some(&to) => Ok(()),
        Some(key) => call(run, &key, PlainKey { schema: Some(to), ..key.clone() }),
        None => Ok(()),
    }
}

/// DROP: 2BP01 when something needs one of them and is not named too.
pub(super) fn drop(run: &mut Run, drop: &Drop) -> Result<(), PgError> {
    let mut together = Vec::new();
    for object in &drop.objects {
        let found = if drop.if_exists {
            match run.attempt(|run| find_or_assume(run, drop.kind, object).map(|_| ())) {
                Ok(()) => find(run, drop.kind, object)?,
                Err(_) => None,
            }
        } else {
            find_or_assume(run, drop.kind, object)?
        };
        match found {
            Some(key) => together.push(key),
            None if drop.if_exists => {
                run.change(format!(
                    "nothing: there is no {} {}",
                    kind_name(drop.kind),
                    unquoted(&object.name)
                ));
            }
            None => run.change(format!("drops {} {}", kind_name(drop.kind), unquoted(&object.name))),
        }
    }
    // An operator class goes with its family in silence.
    let classes = |key: &PlainKey| matches!(key.kind, ObjectKind::OperatorClass);
    let is_named = |needing: &Dependant| matches!(needing, Dependant::Plain(key) if together.contains(key));
    for key in &together {
        if key.kind == ObjectKind::OperatorFamily {
            let of_family: Vec<PlainKey> = run
                .schema
                .plain
                .iter()
                .filter(|own| classes(&own.key) && own.needs_plain.contains(key))
                .map(|own| own.key.clone())
                .collect();
            of_family.iter().for_each(|class| remove(run, class));
        }
        let needing: Vec<_> = dependants(run, key).into_iter().filter(|needing| !is_named(needing)).collect();
        if !needing.is_empty() && drop.behavior == Behavior::Restrict {
            let lines: Vec<_> = needing.iter().map(|needing| needing.describe(run)).collect();
            return Err(still_needed(&key.describe(), &lines));
        }
        for needing in needing {
            remove_dependant(run, needing)?;
        }
        remove(run, key);
        run.change(format!("drops {}", key.describe()));
    }
    Ok(())
}

/// Takes one out, with what is said about it.
pub(super) fn remove(run: &mut Run, key: &PlainKey) {
    Arc::make_mut(&mut run.schema.plain).retain(|own| own.key != *key);
    run.schema.forget(|target| matches!(target, CommentTarget::Plain(own) if own == key));
}

/// What needs one of them.
pub(super) fn dependants(run: &Run, key: &PlainKey) -> Vec<Dependant> {
    let plain = run.schema.plain.iter().filter(|own| own.needs_plain.contains(key));
    let mut found: Vec<Dependant> = plain.map(|own| Dependant::Plain(own.key.clone())).collect();
    match key.kind {
        ObjectKind::Server => {
            let on = |server: &Option<Name>| server.as_ref() == Some(&key.name);
            let tables = run.schema.relations().filter(|r| r.table().is_some_and(|t| on(&t.foreign_server)));
            found.extend(tables.map(|relation| Dependant::Child(relation.id)));
        }
        ObjectKind::Language => {
            let functions = run
                .schema
                .functions()
                .filter(|function| function.options.language.as_ref() == Some(&key.name));
            found.extend(functions.map(|function| Dependant::Function(function.id)));
        }
        ObjectKind::Collation => {
            for relation in run.schema.relations() {
                let columns = relation.table().map_or(&[][..], |table| &table.columns);
                let of = columns.iter().filter(|column| {
                    column.collation.as_ref().is_some_and(|collation| collation.name == key.name)
                });
                found.extend(of.map(|column| Dependant::Column(relation.id, column.number)));
            }
        }
        _ => {}
    }
    found
}

/// What needs a relation, type or function.
pub(super) fn dependants_of(run: &Run, id: Id) -> impl Iterator<Item = Dependant> {
    run.schema
        .plain
        .iter()
        .filter(move |own| own.needs.contains(&id))
        .map(|own| Dependant::Plain(own.key.clone()))
}
