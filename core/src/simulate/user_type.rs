//! Types: enums, composites, ranges, domains.

use super::analyze::Names;
use super::error::{no_object, object_exists, wrong_kind};
use super::expression::{self, Place};
use super::run::{Run, new_column, unquoted};
use super::typing::resolve_type;
use super::{PgError, WorkKind, object};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{
    BaseType, DataType, Domain, FullName, Id, Origin, RelationKind, Type, TypeKind, is_pseudo_type,
};
use crate::sql::command::{
    AlterAction, AlterDomain, AlterEnum, AlterTable, Behavior, ConstraintDefinition, ConstraintKind,
    CreateDomain, CreateType, DomainAction, EnumAction, ObjectKind, OptionValue, Rename, TypeDefinition,
};
use crate::sql::{Expression, Name, QualifiedName, TypeName};

/// The user's type of a written name.
pub(super) fn find(run: &Run, written: &QualifiedName) -> Option<Id> {
    match &written.schema {
        Some(schema) => run.schema.type_named(schema, &written.name).map(|t| t.id),
        None => run
            .search_path()
            .iter()
            .find_map(|schema| run.schema.type_named(schema, &written.name).map(|t| t.id)),
    }
}

/// As [`find`]; where it is not known it is assumed, or 42704.
fn find_or_assume(run: &mut Run, written: &QualifiedName) -> Result<Id, PgError> {
    if let Some(id) = find(run, written) {
        return Ok(id);
    }
    if let Some(relation) = run.find_relation(written) {
        let message = format!("\"{}\" is a {}'s row type", written.name, run.get(relation)?.kind_name());
        return Err(PgError::new("42809", message));
    }
    if crate::schema::built_in_type(&written.name).is_some() && written.schema.is_none() {
        return Err(PgError::new("42809", format!("{} is not of that kind", written.name)));
    }
    if !run.server.world.presumes_objects() {
        if let Some(schema) = &written.schema {
            run.namespace(schema)?;
        }
        return Err(no_object("type", &unquoted(written)));
    }
    let namespace = run.namespace_of(written)?;
    run.assume(format!("type {namespace}.{} exists", written.name));
    let id = run.schema.fresh_id();
    let name = written.name.clone();
    run.schema.put_type(Type {
        id,
        schema: namespace,
        name,
        origin: Origin::Assumed,
        kind: TypeKind::Unknown,
    });
    Ok(id)
}

/// The type that a C function gives; a name that is not known becomes the shell of a type to come.
pub(super) fn or_shell(run: &mut Run, written: &TypeName) -> Result<DataType, PgError> {
    match resolve_type(run, written) {
        Err(error) if error.sqlstate == "42704" => {}
        known => return known,
    }
    let (schema, id) = (run.namespace_of(&written.name)?, run.schema.fresh_id());
    let (name, origin) = (written.name.name.clone(), Origin::Created);
    run.schema.put_type(Type { id, schema, name, origin, kind: TypeKind::Shell });
    resolve_type(run, written)
}

/// 42710 when a type or a relation's row type of that name is there.
pub(super) fn name_is_free(run: &Run, namespace: &Name, name: &Name) -> Result<(), PgError> {
    let relation = run
        .schema
        .relation_named(namespace, name)
        .is_some_and(|r| r.index().is_none() && r.sequence().is_none());
    if relation || run.schema.type_named(namespace, name).is_some() {
        return Err(object_exists("type", name));
    }
    Ok(())
}

/// CREATE TYPE. A base type completes the shell of its name; 42710 when there is none, as when there is a type.
pub(super) fn create(run: &mut Run, create: &CreateType) -> Result<(), PgError> {
    let namespace = run.namespace_of(&create.name)?;
    let name = create.name.name.clone();
    let shell = run.schema.type_named(&namespace, &name).filter(|t| t.kind == TypeKind::Shell).map(|t| t.id);
    match (&create.definition, shell) {
        (TypeDefinition::Base(_) | TypeDefinition::Range(_), Some(_)) => {}
        (TypeDefinition::Base(_), None) if run.schema.type_named(&namespace, &name).is_none() => {
            return Err(PgError::new("42710", format!("type \"{name}\" does not exist")).with_hint(
                "Create the type as a shell type, then create its I/O functions, then do a full CREATE TYPE.",
            ));
        }
        _ => name_is_free(run, &namespace, &name)?,
    }
    let mut multirange = None;
    let (kind, what) = match &create.definition {
        TypeDefinition::Enum(values) => {
            values.iter().try_for_each(fits_label)?;
            if let Some(twice) =
                values.iter().enumerate().find(|(index, value)| values[..*index].contains(value))
            {
                let message = format!("enum label \"{}\" used more than once", twice.1);
                return Err(PgError::new("23505", message));
            }
            (TypeKind::Enum(values.clone()), "enum")
        }
        TypeDefinition::Composite(attributes) => {
            for (index, attribute) in attributes.iter().enumerate() {
                if attributes[..index].iter().any(|other| other.name == attribute.name) {
                    return Err(specified_twice(&attribute.name));
                }
                if let Some(type_name) = &attribute.type_name {
                    resolve_type(run, type_name)?;
                }
            }
            (TypeKind::Composite(attributes.clone()), "composite type")
        }
        TypeDefinition::Range(options) => {
            let subtype = options.iter().find(|option| &*option.name == "subtype");
            if subtype.is_none() {
                return Err(PgError::new("42601", "type attribute \"subtype\" is required"));
            }
            multirange = Some(multirange_name(run, &namespace, &name, options)?);
            (TypeKind::Range(options.clone()), "range type")
        }
        TypeDefinition::Base(_) => (TypeKind::Base, "type"),
        TypeDefinition::Shell => (TypeKind::Shell, "type"),
    };
    let id = shell.unwrap_or_else(|| run.schema.fresh_id());
    let origin = Origin::Created;
    run.schema.put_type(Type { id, schema: namespace.clone(), name: name.clone(), origin, kind });
    if let Some((schema, name)) = multirange {
        let (range, id) = (id, run.schema.fresh_id());
        run.schema.put_type(Type { id, schema, name, origin, kind: TypeKind::Multirange(range) });
    }
    run.change(format!("creates {what} {namespace}.{name}"));
    Ok(())
}

fn specified_twice(column: &Name) -> PgError {
    PgError::new("42701", format!("column \"{column}\" specified more than once"))
}

/// 42602 for an enum's label of 64 bytes or more.
fn fits_label(label: &Name) -> Result<(), PgError> {
    if label.len() < 64 {
        return Ok(());
    }
    Err(PgError::new("42602", format!("invalid enum label \"{label}\""))
        .with_hint("Labels must be 63 bytes or less."))
}

/// The name of a range type's multirange type: as written, or made from the range's.
fn multirange_name(
    run: &mut Run,
    namespace: &Name,
    range: &Name,
    options: &[OptionValue],
) -> Result<FullName, PgError> {
    let written = options.iter().find(|option| &*option.name == "multirange_type_name");
    let made = match written.and_then(|option| option.value.as_ref()) {
        Some(written) => match written.rsplit_once('.') {
            Some((schema, name)) => (Name::from(schema), Name::from(name)),
            None => (namespace.clone(), written.clone()),
        },
        None if range.contains("range") => {
            (namespace.clone(), Name::from(range.replacen("range", "multirange", 1)))
        }
        None => (namespace.clone(), naming::object_name(range, None, "multirange")),
    };
    if made == (namespace.clone(), range.clone()) {
        return Err(object_exists("type", range));
    }
    name_is_free(run, &made.0, &made.1)?;
    Ok(made)
}

/// ALTER TYPE … ADD VALUE, RENAME VALUE.
pub(super) fn alter_enum(run: &mut Run, alter: &AlterEnum) -> Result<(), PgError> {
    let id = find_or_assume(run, &alter.name)?;
    let Some(found) = run.schema.user_type(id).map(|t| (**t).clone()) else { return Ok(()) };
    let shown = format!("{}.{}", found.schema, found.name);
    let mut values = match &found.kind {
        TypeKind::Enum(values) => values.clone(),
        TypeKind::Unknown => {
            run.change(match &alter.action {
                EnumAction::Add { value, .. } => format!("adds value {value} to enum {shown}"),
                EnumAction::Rename { from, to } => format!("renames value {from} of enum {shown} to {to}"),
            });
            return Ok(());
        }
        _ => return Err(PgError::new("42809", format!("{} is not an enum", found.name))),
    };
    match &alter.action {
        EnumAction::Add { value, if_not_exists, position } => {
            fits_label(value)?;
            if values.contains(value) {
                if *if_not_exists {
                    run.change(format!("nothing: enum {shown} has the value {value} already"));
                    return Ok(());
                }
                return Err(PgError::new("42710", format!("enum label \"{value}\" already exists")));
            }
            let at = match position {
                None => values.len(),
                Some((before, neighbour)) => match values.iter().position(|own| own == neighbour) {
                    Some(index) => index + usize::from(!before),
                    None => {
                        return Err(PgError::new(
                            "22023",
                            format!("\"{neighbour}\" is not an existing enum label"),
                        ));
                    }
                },
            };
            values.insert(at, value.clone());
            run.change(format!("adds value {value} to enum {shown}"));
        }
        EnumAction::Rename { from, to } => {
            fits_label(to)?;
            let Some(index) = values.iter().position(|own| own == from) else {
                return Err(PgError::new("22023", format!("\"{from}\" is not an existing enum label")));
            };
            if values.contains(to) {
                return Err(PgError::new("42710", format!("enum label \"{to}\" already exists")));
            }
            values[index] = to.clone();
            object::rename_value(run, id, from, to);
            run.change(format!("renames value {from} of enum {shown} to {to}"));
        }
    }
    run.schema.put_type(Type { kind: TypeKind::Enum(values), ..found });
    Ok(())
}

/// CREATE DOMAIN.
pub(super) fn create_domain(run: &mut Run, create: &CreateDomain) -> Result<(), PgError> {
    let namespace = run.namespace_of(&create.name)?;
    name_is_free(run, &namespace, &create.name.name)?;
    let base = resolve_type(run, &create.base)?;
    if matches!(base.base, BaseType::BuiltIn(pseudo) if is_pseudo_type(pseudo)) && !base.array {
        let message = format!("\"{}\" is not a valid base type for a domain", create.base.text);
        return Err(PgError::new("42804", message));
    }
    let mut domain = Domain {
        base,
        default: create.default.clone(),
        not_null: false,
        not_null_name: None,
        checks: Vec::new(),
        collation: create.collation.clone(),
    };
    if let Some(default) = &create.default {
        check_default(run, &create.name.name, &domain.base, default)?;
    }
    let is_not_null = |own: &ConstraintDefinition| matches!(own.kind, ConstraintKind::NotNull { .. });
    if create.explicit_null && create.constraints.iter().any(is_not_null) {
        return Err(PgError::new("42601", "conflicting NULL/NOT NULL constraints"));
    }
    for constraint in &create.constraints {
        match &constraint.kind {
            ConstraintKind::NotNull { .. } => {
                not_null(&mut domain, &create.name.name, constraint.name.clone())?
            }
            ConstraintKind::Check { expression, .. } => {
                checks_value(run, &domain.base, expression)?;
                let name =
                    constraint.name.clone().unwrap_or_else(|| free_check_name(&domain, &create.name.name));
                if domain.checks.iter().any(|(own, _, _)| *own == name) {
                    return Err(check_exists(&name, &create.name.name));
                }
                domain.checks.push((name, expression.clone(), true));
            }
            _ => return Err(PgError::new("42601", "constraint is not possible for domains")),
        }
    }
    let id = run.schema.fresh_id();
    let name = create.name.name.clone();
    let kind = TypeKind::Domain(domain);
    run.schema.put_type(Type { id, schema: namespace.clone(), name, origin: Origin::Created, kind });
    run.change(format!("creates domain {namespace}.{}", create.name.name));
    Ok(())
}

fn check_exists(check: &Name, domain: &Name) -> PgError {
    PgError::new("42710", format!("constraint \"{check}\" for domain \"{domain}\" already exists"))
}

fn no_check(check: &Name, domain: &Name) -> PgError {
    PgError::new("42704", format!("constraint \"{check}\" of domain \"{domain}\" does not exist"))
}

/// A domain's CHECK knows nothing but VALUE: 42703 for another column.
fn checks_value(run: &mut Run, base: &DataType, expression: &Expression) -> Result<(), PgError> {
    expression::condition(run, &expression.node, Place::Check, Names::Value(base)).map(drop)
}

/// DEFAULT of a domain: what it may not hold, and what the type cannot.
fn check_default(run: &mut Run, name: &Name, base: &DataType, default: &Expression) -> Result<(), PgError> {
    expression::value_for(run, &default.node, Place::Default, Names::Nothing, name, base).map(drop)
}

fn free_check_name(domain: &Domain, name: &Name) -> Name {
    naming::free_name(name, None, "check", |candidate| has_constraint(domain, candidate))
}

fn has_constraint(domain: &Domain, name: &Name) -> bool {
    domain.not_null_name.as_ref() == Some(name) || domain.checks.iter().any(|(own, _, _)| own == name)
}

/// Makes a domain NOT NULL under a name that is written, or made up.
fn not_null(domain: &mut Domain, shown: &Name, written: Option<Name>) -> Result<(), PgError> {
    if domain.not_null {
        return Ok(());
    }
    if let Some(taken) = written.as_ref().filter(|written| has_constraint(domain, written)) {
        return Err(check_exists(taken, shown));
    }
    let free = || naming::free_name(shown, None, "not_null", |candidate| has_constraint(domain, candidate));
    let name = written.unwrap_or_else(free);
    (domain.not_null, domain.not_null_name) = (true, Some(name));
    Ok(())
}

/// ALTER DOMAIN: a new or stricter rule is checked on every table that uses the domain.
pub(super) fn alter_domain(run: &mut Run, alter: &AlterDomain) -> Result<(), PgError> {
    let id = find_or_assume(run, &alter.name)?;
    let Some(found) = run.schema.user_type(id).map(|t| (**t).clone()) else { return Ok(()) };
    let shown = format!("{}.{}", found.schema, found.name);
    let mut domain = match &found.kind {
        TypeKind::Domain(domain) => domain.clone(),
        TypeKind::Unknown => {
            run.change(format!("changes domain {shown}"));
            return Ok(());
        }
        _ => return Err(PgError::new("42809", format!("{} is not a domain", found.name))),
    };
    let mut checks_tables = false;
    match &alter.action {
        DomainAction::Default(default) => {
            if let Some(default) = default {
                check_default(run, &found.name, &domain.base, default)?;
            }
            domain.default = default.clone();
        }
        DomainAction::NotNull(not_null) => {
            checks_tables = *not_null && !domain.not_null;
            match not_null {
                true => self::not_null(&mut domain, &found.name, None)?,
                false => (domain.not_null, domain.not_null_name) = (false, None),
            }
        }
        DomainAction::AddConstraint(definition) => match &definition.kind {
            ConstraintKind::Check { expression, .. } => {
                let name = definition.name.clone().unwrap_or_else(|| free_check_name(&domain, &found.name));
                checks_value(run, &domain.base, expression)?;
                if domain.checks.iter().any(|(own, _, _)| *own == name) {
                    return Err(check_exists(&name, &found.name));
                }
                domain.checks.push((name, expression.clone(), !definition.not_valid));
                checks_tables = !definition.not_valid;
            }
            ConstraintKind::NotNull { .. } => {
                checks_tables = !domain.not_null;
                not_null(&mut domain, &found.name, definition.name.clone())?;
            }
            _ => return Err(PgError::new("42601", "constraint is not possible for domains")),
        },
        DomainAction::DropConstraint { name, if_exists, .. } => {
            let before = domain.checks.len();
            domain.checks.retain(|(own, _, _)| own != name);
            if domain.checks.len() == before {
                if domain.not_null_name.as_ref() == Some(name) && run.version() >= 17 {
                    (domain.not_null, domain.not_null_name) = (false, None);
                } else if !if_exists {
                    return Err(no_check(name, &found.name));
                }
            }
        }
        DomainAction::ValidateConstraint(name) => {
            let Some(check) = domain.checks.iter_mut().find(|(own, _, _)| own == name) else {
                return Err(no_check(name, &found.name));
            };
            check.2 = true;
            checks_tables = true;
        }
    }
    if checks_tables {
        stored_within(run, id, &found.name)?;
    }
    run.schema.put_type(Type { kind: TypeKind::Domain(domain), ..found });
    if checks_tables {
        for table in storing(run, id) {
            run.lock(table, LockMode::Share);
            run.work(WorkKind::Scan, table, "the domain's new rule is checked on every row");
        }
    }
    run.change(format!("changes domain {shown}"));
    Ok(())
}

/// 0A000 when a column holds the domain inside of another type, where its values cannot be checked.
fn stored_within(run: &Run, id: Id, name: &Name) -> Result<(), PgError> {
    for relation in run.schema.relations() {
        let columns = relation.table().map_or(&[][..], |table| &table.columns);
        if let Some(column) = columns.iter().find(|column| holds(run, &column.data_type, id, false)) {
            let message = format!(
                "cannot alter type \"{name}\" because column \"{}.{}\" uses it",
                relation.name, column.name
            );
            return Err(PgError::new("0A000", message));
        }
    }
    Ok(())
}

/// Is the domain in that type: in an array, a range or a composite type?
fn holds(run: &Run, data_type: &DataType, domain: Id, inside: bool) -> bool {
    let inside = inside || data_type.array;
    let BaseType::User(id) = data_type.base else { return false };
    if id == domain {
        return inside;
    }
    let named = |written: &str| {
        find(run, &QualifiedName::bare(written)).map(|id| DataType {
            base: BaseType::User(id),
            modifiers: Vec::new(),
            array: false,
        })
    };
    match run.schema.user_type(id).map(|found| &found.kind) {
        Some(TypeKind::Domain(over)) => holds(run, &over.base, domain, inside),
        Some(TypeKind::Composite(attributes)) => {
            let mut types = attributes.iter().filter_map(|own| own.type_name.as_ref());
            types.any(|own| named(&own.name.name).is_some_and(|own| holds(run, &own, domain, true)))
        }
        Some(TypeKind::Range(options)) => options
            .iter()
            .filter(|option| &*option.name == "subtype")
            .filter_map(|option| named(option.value.as_deref()?))
            .any(|own| holds(run, &own, domain, true)),
        _ => false,
    }
}

/// The tables and materialized views that store values of a domain, or of a domain over it.
fn storing(run: &Run, domain: Id) -> Vec<Id> {
    let is_over = |data_type: &DataType| {
        let mut current = data_type.clone();
        while let BaseType::User(id) = current.base
            && !current.array
        {
            if id == domain {
                return true;
            }
            match run.schema.user_type(id).map(|found| &found.kind) {
                Some(TypeKind::Domain(over)) => current = over.base.clone(),
                _ => return false,
            }
        }
        false
    };
    let stores = |relation: &crate::schema::Relation| match &relation.kind {
        RelationKind::Table(table) => {
            !table.is_partitioned() && table.columns.iter().any(|column| is_over(&column.data_type))
        }
        RelationKind::View(view) => view.materialized && view.column_types.iter().any(is_over),
        RelationKind::Index(_) | RelationKind::Sequence(_) => false,
    };
    run.schema.relations().filter(|relation| stores(relation)).map(|relation| relation.id).collect()
}

/// The tables with a column of that type.
fn users_of(run: &Run, id: Id) -> Vec<Id> {
    let uses = |relation: &crate::schema::Relation| match &relation.kind {
        RelationKind::Table(table) => {
            table.columns.iter().any(|column| column.data_type.base == BaseType::User(id))
        }
        _ => false,
    };
    run.schema.relations().filter(|relation| uses(relation)).map(|relation| relation.id).collect()
}

/// ALTER TYPE … ADD / DROP / ALTER ATTRIBUTE. 0A000 while a table has a column of the type.
pub(super) fn alter_composite(run: &mut Run, alter: &AlterTable) -> Result<(), PgError> {
    let id = find_or_assume(run, &alter.name)?;
    let Some(found) = run.schema.user_type(id).map(|t| (**t).clone()) else { return Ok(()) };
    let shown = format!("{}.{}", found.schema, found.name);
    let TypeKind::Composite(mut attributes) = found.kind.clone() else {
        if found.kind == TypeKind::Unknown
            || alter.actions.iter().all(|action| matches!(action, AlterAction::Owner(_)))
        {
            run.change(format!("changes type {shown}"));
            return Ok(());
        }
        return Err(PgError::new("42809", format!("{} is not a composite type", found.name)));
    };
    let typed = typed_tables(run, id);
    for action in &alter.actions {
        if let AlterAction::AddColumn { behavior, .. }
        | AlterAction::DropColumn { behavior, .. }
        | AlterAction::AlterType { behavior, .. } = action
            && *behavior == Behavior::Restrict
            && !typed.is_empty()
        {
            return Err(typed_tables_forbid(&found.name));
        }
        for table in &typed {
            follow_type(run, *table, action)?;
        }
        match action {
            AlterAction::AddColumn { column, .. } => {
                if attributes.iter().any(|own| own.name == column.name) {
                    return Err(super::error::column_exists(&column.name, &found.name));
                }
                if let Some(type_name) = &column.type_name {
                    let data_type = resolve_type(run, type_name)?;
                    if data_type.base == BaseType::User(id) {
                        let message =
                            format!("composite type {} cannot be made a member of itself", found.name);
                        return Err(PgError::new("42P16", message));
                    }
                }
                attributes.push((**column).clone());
            }
            AlterAction::DropColumn { column, if_exists, .. } => {
                let before = attributes.len();
                attributes.retain(|own| own.name != *column);
                if attributes.len() == before && !if_exists {
                    return Err(super::error::no_column(column, &found.name));
                }
            }
            AlterAction::AlterType { column, type_name, .. } => {
                resolve_type(run, type_name)?;
                used_in_tables(run, id, &found.name)?;
                let Some(own) = attributes.iter_mut().find(|own| own.name == *column) else {
                    return Err(super::error::no_column(column, &found.name));
                };
                own.type_name = Some(type_name.clone());
            }
            _ => {}
        }
    }
    run.schema.put_type(Type { kind: TypeKind::Composite(attributes), ..found });
    run.change(format!("changes type {shown}"));
    Ok(())
}

/// The tables that were made OF a type.
fn typed_tables(run: &Run, id: Id) -> Vec<Id> {
    let is_of = |table: &crate::schema::Table| table.of_type == Some(id);
    let tables = run.schema.relations().filter(|relation| relation.table().is_some_and(is_of));
    tables.map(|relation| relation.id).collect()
}

/// 2BP01: without CASCADE the type of a typed table stays as it is.
fn typed_tables_forbid(name: &Name) -> PgError {
    PgError::new("2BP01", format!("cannot alter type \"{name}\" because it is the type of a typed table"))
        .with_hint("Use ALTER ... CASCADE to alter the typed tables too.")
}

/// A typed table follows its type.
fn follow_type(run: &mut Run, table: Id, action: &AlterAction) -> Result<(), PgError> {
    run.lock(table, LockMode::AccessExclusive);
    match action {
        AlterAction::AddColumn { column, .. } => {
            let Some(type_name) = &column.type_name else { return Ok(()) };
            let data_type = resolve_type(run, type_name)?;
            let number = run.table_of(table)?.next_column;
            let column = new_column(number, column.name.clone(), data_type);
            run.change_table(table, |table| {
                table.next_column += 1;
                table.columns.push(column);
            });
        }
        AlterAction::DropColumn { column, .. } => {
            if let Some(number) = run.table_of(table)?.column(column).map(|column| column.number) {
                super::table::remove_column(run, table, number)?;
            }
        }
        AlterAction::AlterType { column, type_name, .. } => {
            let data_type = resolve_type(run, type_name)?;
            super::table::retype_followed(run, table, column, &data_type)?;
        }
        _ => {}
    }
    Ok(())
}

fn used_in_tables(run: &Run, id: Id, name: &Name) -> Result<(), PgError> {
    if let Some(&table) = users_of(run, id).first() {
        let relation = run.get(table)?;
        let column =
            relation.table().and_then(|t| t.columns.iter().find(|c| c.data_type.base == BaseType::User(id)));
        let column = column.map(|column| column.name.to_string()).unwrap_or_default();
        let message =
            format!("cannot alter type \"{name}\" because column \"{}.{column}\" uses it", relation.name);
        return Err(PgError::new("0A000", message));
    }
    Ok(())
}

/// CREATE TABLE … OF type: the type's attributes become columns.
pub(super) fn columns_of_type(run: &mut Run, table: Id, type_name: &TypeName) -> Result<(), PgError> {
    let id = find_or_assume(run, &type_name.name)?;
    let attributes = match run.schema.user_type(id).map(|t| t.kind.clone()) {
        Some(TypeKind::Composite(attributes)) => attributes,
        _ => return Ok(()),
    };
    run.change_table(table, |table| table.of_type = Some(id));
    for attribute in attributes {
        let Some(type_name) = &attribute.type_name else { continue };
        let data_type = resolve_type(run, type_name)?;
        let number = run.table_of(table)?.next_column;
        let column = new_column(number, attribute.name.clone(), data_type);
        run.change_table(table, |table| {
            table.next_column += 1;
            table.columns.push(column);
        });
    }
    Ok(())
}

/// ALTER TABLE … OF: the table must be as the type is, column by column. 42804 otherwise. Source: `ATExecAddOf`.
pub(super) fn fits_table(run: &mut Run, table: Id, type_name: &TypeName) -> Result<Option<Id>, PgError> {
    let id = find_or_assume(run, &type_name.name)?;
    let Some(TypeKind::Composite(attributes)) = run.schema.user_type(id).map(|t| t.kind.clone()) else {
        return Ok(None);
    };
    let refused = |message: String| Err(PgError::new("42804", message));
    let name = run.get(table)?.name.clone();
    let columns = run.table_of(table)?.columns.clone();
    let mut own = columns.iter();
    for attribute in &attributes {
        let Some(column) = own.next() else {
            return refused(format!("table is missing column \"{}\"", attribute.name));
        };
        if column.name != attribute.name {
            return refused(format!(
                "table has column \"{}\" where type requires \"{}\"",
                column.name, attribute.name
            ));
        }
        let Some(type_name) = &attribute.type_name else { continue };
        if resolve_type(run, type_name)? != column.data_type && column.data_type.base != BaseType::Unknown {
            return refused(format!("table \"{name}\" has different type for column \"{}\"", column.name));
        }
    }
    if let Some(extra) = own.next() {
        return refused(format!("table has extra column \"{}\"", extra.name));
    }
    if !run.table_of(table)?.parents.is_empty() {
        return Err(PgError::new("42809", "typed tables cannot inherit"));
    }
    Ok(Some(id))
}

/// ALTER TYPE / DOMAIN … RENAME TO, ALTER DOMAIN … RENAME CONSTRAINT.
pub(super) fn rename(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let id = find_or_assume(run, &rename.object.name)?;
    let Some(found) = run.schema.user_type(id).map(|t| (**t).clone()) else { return Ok(()) };
    if let (TypeKind::Domain(domain), Some(part)) = (&found.kind, &rename.object.part) {
        let mut domain = domain.clone();
        if domain.checks.iter().any(|(own, _, _)| *own == rename.to) {
            return Err(check_exists(&rename.to, &found.name));
        }
        match domain.checks.iter_mut().find(|check| check.0 == *part) {
            Some(check) => check.0 = rename.to.clone(),
            None if domain.not_null_name.as_ref() == Some(part) && run.version() >= 17 => {
                domain.not_null_name = Some(rename.to.clone());
            }
            None => return Err(no_check(part, &found.name)),
        }
        run.change(format!("renames constraint {part} of domain {} to {}", found.name, rename.to));
        run.schema.put_type(Type { kind: TypeKind::Domain(domain), ..found });
        return Ok(());
    }
    if rename.kind == ObjectKind::Domain && !matches!(found.kind, TypeKind::Domain(_) | TypeKind::Unknown) {
        return Err(wrong_kind(&found.name, "domain"));
    }
    name_is_free(run, &found.schema, &rename.to)?;
    run.change(format!("renames type {}.{} to {}", found.schema, found.name, rename.to));
    object::put_type(run, &found, &found.schema, &rename.to);
    Ok(())
}

/// ALTER TYPE … RENAME ATTRIBUTE.
pub(super) fn rename_attribute(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let id = find_or_assume(run, &rename.object.name)?;
    let Some(found) = run.schema.user_type(id).map(|t| (**t).clone()) else { return Ok(()) };
    if let (TypeKind::Composite(attributes), Some(part)) = (&found.kind, &rename.object.part) {
        let mut attributes = attributes.clone();
        let Some(at) = attributes.iter().position(|own| own.name == *part) else {
            return Err(super::error::no_column(part, &found.name));
        };
        if attributes.iter().any(|own| own.name == rename.to) {
            return Err(super::error::column_exists(&rename.to, &found.name));
        }
        attributes[at].name = rename.to.clone();
        let typed = typed_tables(run, id);
        if rename.behavior == Behavior::Restrict && !typed.is_empty() {
            return Err(typed_tables_forbid(&found.name));
        }
        for table in typed {
            run.lock(table, LockMode::AccessExclusive);
            run.schema.rename_column(table, part, &rename.to);
        }
        run.schema.put_type(Type { kind: TypeKind::Composite(attributes), ..found });
    }
    run.change(format!("renames attribute of type {}", unquoted(&rename.object.name)));
    Ok(())
}
