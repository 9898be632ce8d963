//! What is not a relation: types, functions, schemas, extensions, publications; comments and grants.

use std::sync::Arc;

use super::super::ddl::{function_definition, option_list, published, statistics_definition};
use super::super::{
    CommentTarget, Extension, FullName, Function, Namespace, Origin, Plain, Privileges, Publication, Role,
    Schema, Statistics, Type, TypeKind, qualified_sql,
};
use super::{Difference, Subject, naming};
use crate::sorted::{self, Map, Set};
use crate::sql::{Name, quote_literal};

pub(super) fn compare_namespaces(before: &Schema, after: &Schema, found: &mut Vec<Difference>) {
    if before.roles != after.roles {
        let roles = |schema: &Schema| {
            schema.roles.iter().map(|role| (format!("role {}", role.name), role_text(role))).collect()
        };
        compare_maps(Subject::Role, roles(before), roles(after), found);
    }
    let namespaces = |here: &Schema, there: &Map<Name, Namespace>| {
        // One that is only assumed was there before as well.
        let known = here
            .namespaces
            .iter()
            .filter(|(name, namespace)| namespace.origin != Origin::Assumed || there.contains_key(*name));
        known.map(|(name, _)| (format!("schema {name}"), String::new())).collect()
    };
    if !before.namespaces.is_copy_of(&after.namespaces) {
        let before_them =
            before.namespaces.iter().map(|(name, _)| (format!("schema {name}"), String::new())).collect();
        compare_maps(Subject::Namespace, before_them, namespaces(after, &before.namespaces), found);
    }
    let extension = |(name, extension): (&Name, &Extension)| {
        let version =
            extension.version.as_ref().map_or_else(String::new, |version| format!(" version {version}"));
        (format!("extension {name}"), format!("in schema {}{version}", extension.schema))
    };
    if !before.extensions.is_copy_of(&after.extensions) {
        let extensions = |schema: &Schema| schema.extensions.iter().map(extension).collect();
        compare_maps(Subject::Extension, extensions(before), extensions(after), found);
    }
}

/// What tells a role from a new one.
fn role_text(role: &Role) -> String {
    let mut parts: Vec<String> = role
        .options
        .iter()
        .map(|option| format!("{} {}", option.name, option.value.as_deref().unwrap_or_default()))
        .collect();
    sorted::sort_by(&mut parts, Ord::cmp);
    if !role.member_of.is_empty() {
        parts.push(format!("in {}", role.member_of.join(", ")));
    }
    parts.join(", ")
}

pub(super) fn compare_types(before: &Schema, after: &Schema, found: &mut Vec<Difference>) {
    let mut names: Set<FullName> = Set::default();
    for (was, is) in before.types.diff(&after.types, Arc::ptr_eq) {
        for (_, user_type) in was.into_iter().chain(is) {
            names.insert((user_type.schema.clone(), user_type.name.clone()));
        }
    }
    for (schema, name) in names.iter() {
        // A multirange type comes and goes with its range type.
        let own = |found: &&Arc<Type>| !matches!(found.kind, TypeKind::Multirange(_));
        let was = before.type_named(schema, name).filter(own);
        let is = after.type_named(schema, name).filter(own);
        let difference = match (was, is) {
            (Some(was), Some(is)) => {
                let (old, new) = (type_text(before, was), type_text(after, is));
                let difference = Difference::changed(Subject::Type, naming::user_type(is), old, new);
                let is_unknown = |user_type: &Type| user_type.kind == TypeKind::Unknown;
                difference.map(|difference| Difference {
                    uncertain: is_unknown(was) || is_unknown(is),
                    ..difference
                })
            }
            (Some(was), None) => {
                Some(Difference::removed(Subject::Type, naming::user_type(was), type_text(before, was)))
            }
            (None, Some(is)) if is.origin != Origin::Assumed => {
                Some(Difference::added(Subject::Type, naming::user_type(is), type_text(after, is)))
            }
            (None, _) => None,
        };
        found.extend(difference);
    }
}

/// `enum (a, b)`, `text CHECK (…)`: the definition behind the name.
fn type_text(schema: &Schema, user_type: &Type) -> String {
    let Some(definition) = user_type.definition(schema) else { return "not known".to_owned() };
    let mut text = match definition.split_once(" AS ") {
        Some((_, text)) => text.to_owned(),
        None => "a base type".to_owned(),
    };
    if let TypeKind::Domain(domain) = &user_type.kind {
        for (name, condition, _) in domain.checks.iter().filter(|(_, _, valid)| !valid) {
            text += &format!(" CONSTRAINT {name} CHECK ({}) NOT VALID", condition.sql);
        }
    }
    text
}

pub(super) fn compare_functions(before: &Schema, after: &Schema, found: &mut Vec<Difference>) {
    let mut was: Map<String, &Function> = Map::default();
    let mut is: Map<String, &Function> = Map::default();
    for (old, new) in before.functions.diff(&after.functions, Arc::ptr_eq) {
        was.extend(old.map(|(_, old)| (naming::function_name(before, old), &**old)));
        is.extend(new.map(|(_, new)| (naming::function_name(after, new), &**new)));
    }
    let names: Set<&String> = was.keys().chain(is.keys()).collect();
    for name in names {
        match (was.get(name), is.get(name)) {
            (Some(old), Some(new)) => compare_function(before, after, old, new, found),
            (Some(old), None) => {
                let definition = function_definition(before, old, false);
                found.push(Difference::removed(Subject::Function, naming::function(before, old), definition));
            }
            (None, Some(new)) if new.origin != Origin::Assumed => {
                let definition = function_definition(after, new, false);
                found.push(Difference::added(Subject::Function, naming::function(after, new), definition));
            }
            (None, _) => {}
        }
    }
}

fn compare_function(
    before: &Schema,
    after: &Schema,
    old: &Function,
    new: &Function,
    found: &mut Vec<Difference>,
) {
    let object = naming::function(after, new);
    let head = |schema: &Schema, function: &Function| {
        let bodiless = Function { body: None, ..function.clone() };
        let definition = function_definition(schema, &bodiless, false).replace("\n    ", " ");
        let name = qualified_sql(&function.schema, &function.name);
        definition.split_once(&name).map_or(definition.clone(), |(_, rest)| rest.to_owned())
    };
    let difference =
        Difference::changed(Subject::Function, object.clone(), head(before, old), head(after, new));
    let uncertain = old.origin == Origin::Assumed || new.origin == Origin::Assumed;
    found.extend(difference.map(|difference| Difference { uncertain, ..difference }));
    let body = |function: &Function| function.body.as_deref().unwrap_or("not known").to_owned();
    let difference = Difference::property(Subject::Function, &object, "body", body(old), body(new));
    found.extend(difference.map(|difference| Difference { uncertain, ..difference }));
}

pub(super) fn compare_others(before: &Schema, after: &Schema, found: &mut Vec<Difference>) {
    if !before.statistics.is_copy_of(&after.statistics) {
        let text = |schema: &Schema, key: &FullName, statistics: &Statistics| {
            let definition = statistics_definition(schema, key, statistics);
            definition.split_once(" ON ").map_or(definition.clone(), |(_, rest)| format!("on {rest}"))
        };
        let statistics = |schema: &Schema| {
            let all = schema.statistics.iter();
            all.map(|(key, s)| (format!("statistics {}.{}", key.0, key.1), text(schema, key, s))).collect()
        };
        compare_maps(Subject::Statistics, statistics(before), statistics(after), found);
    }
    if !before.publications.is_copy_of(&after.publications) {
        let publications = |schema: &Schema| {
            let all = schema.publications.iter();
            all.map(|(name, p)| (format!("publication {name}"), publication_text(schema, p))).collect()
        };
        compare_maps(Subject::Publication, publications(before), publications(after), found);
    }
    if !Arc::ptr_eq(&before.plain, &after.plain) {
        let plain = |schema: &Schema| {
            let text =
                |own: &Plain| own.statements.iter().map(|sql| sql.to_string()).collect::<Vec<_>>().join("; ");
            schema.plain.iter().map(|own| (own.key.describe(), text(own))).collect()
        };
        compare_maps(Subject::Other, plain(before), plain(after), found);
    }
}

fn publication_text(schema: &Schema, publication: &Publication) -> String {
    let options = option_list(&publication.options);
    let options = if options.is_empty() { options } else { format!(" ({options})") };
    if publication.all_tables {
        return format!("all tables{options}");
    }
    let mut parts: Vec<String> = publication.tables.iter().map(|table| published(schema, table)).collect();
    parts.extend(publication.schemas.iter().map(|name| format!("schema {name}")));
    sorted::sort_by(&mut parts, Ord::cmp);
    if parts.is_empty() { format!("nothing{options}") } else { parts.join(", ") + &options }
}

/// Comments and grants, but for those on objects that came or went as a whole.
pub(super) fn compare_attached(
    before: &Schema,
    after: &Schema,
    whole: &Set<&str>,
    found: &mut Vec<Difference>,
) {
    let describe = |schema: &Schema, target: &CommentTarget| {
        let (object, on) = naming::target(schema, target)?;
        let is_told = whole.contains(object.as_str()) || on.is_some_and(|on| whole.contains(on.as_str()));
        (!is_told).then_some(object)
    };
    let (mut was, mut is) = (Map::default(), Map::default());
    let comment = |schema: &Schema, (target, text): (&CommentTarget, &Name)| {
        Some((format!("comment on {}", describe(schema, target)?), quote_literal(text)))
    };
    for (old, new) in before.comments.diff(&after.comments, PartialEq::eq) {
        was.extend(old.and_then(|old| comment(before, old)));
        is.extend(new.and_then(|new| comment(after, new)));
    }
    compare_maps(Subject::Comment, was, is, found);
    let (mut was, mut is) = (Map::default(), Map::default());
    let grant = |schema: &Schema, ((target, role), privileges): (&(CommentTarget, Name), &Privileges)| {
        let words: Vec<&str> = privileges.iter().map(|word| &**word).collect();
        let list = super::super::privilege_words(schema, target, &words).join(", ");
        Some((format!("grant on {} to {role}", describe(schema, target)?), list))
    };
    for (old, new) in before.grants.diff(&after.grants, PartialEq::eq) {
        was.extend(old.and_then(|old| grant(before, old)));
        is.extend(new.and_then(|new| grant(after, new)));
    }
    let revoked = |(object, list): (String, String)| (object.replacen("grant on", "revoke on", 1), list);
    for (old, new) in before.revoked.diff(&after.revoked, PartialEq::eq) {
        was.extend(old.and_then(|old| grant(before, old)).map(revoked));
        is.extend(new.and_then(|new| grant(after, new)).map(revoked));
    }
    compare_maps(Subject::Grant, was, is, found);
}

/// Objects by kind and name, with their definitions.
fn compare_maps(
    subject: Subject,
    before: Map<String, String>,
    mut after: Map<String, String>,
    found: &mut Vec<Difference>,
) {
    for (object, old) in before {
        match after.remove(&object) {
            Some(new) => found.extend(Difference::changed(subject, object, old, new)),
            None => found.push(Difference::removed(subject, object, old)),
        }
    }
    found.extend(after.into_iter().map(|(object, new)| Difference::added(subject, object, new)));
}
