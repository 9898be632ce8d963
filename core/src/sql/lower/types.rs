//! Types, domains, sequences, schemas, extensions.

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use super::{
    behavior, collation, column, commands, expression_of, given, names, option, persistence, qualified,
    range_var, relation, role, type_name,
};
use crate::sql::command::{
    AlterDomain, AlterEnum, AlterExtension, AlterSequence, CreateDomain, CreateExtension, CreateSchema,
    CreateSequence, CreateType, DomainAction, EnumAction, SequenceOptions, TypeDefinition,
};
use crate::sql::{Command, Name, QualifiedName, name};

/// The "column" of a domain's NOT NULL is the value itself.
const DOMAIN_VALUE: &str = "value";

/// CREATE TYPE in its base and shell forms. The other objects that share the grammar are not modelled.
pub(super) fn define(stmt: &pg::DefineStmt) -> Option<Command> {
    if stmt.kind() != pg::ObjectType::ObjectType {
        return None;
    }
    let definition = match stmt.definition.as_slice() {
        [] => TypeDefinition::Shell,
        options => TypeDefinition::Base(option::values(options)),
    };
    create_type(qualified(&stmt.defnames), definition)
}

pub(super) fn create_composite(stmt: &pg::CompositeTypeStmt) -> Option<Command> {
    let columns = stmt.coldeflist.iter().filter_map(|node| match &node.node {
        Some(NodeEnum::ColumnDef(definition)) => Some(column::column(definition)),
        _ => None,
    });
    create_type(relation(&stmt.typevar)?, TypeDefinition::Composite(columns.collect()))
}

pub(super) fn create_enum(stmt: &pg::CreateEnumStmt) -> Option<Command> {
    create_type(qualified(&stmt.type_name), TypeDefinition::Enum(names(&stmt.vals)))
}

pub(super) fn create_range(stmt: &pg::CreateRangeStmt) -> Option<Command> {
    create_type(qualified(&stmt.type_name), TypeDefinition::Range(option::values(&stmt.params)))
}

fn create_type(name: QualifiedName, definition: TypeDefinition) -> Option<Command> {
    Some(Command::CreateType(CreateType { name, definition }))
}

pub(super) fn alter_enum(stmt: &pg::AlterEnumStmt) -> Option<Command> {
    let action = match given(&stmt.old_val) {
        Some(from) => EnumAction::Rename { from, to: name(&stmt.new_val) },
        None => EnumAction::Add {
            value: name(&stmt.new_val),
            if_not_exists: stmt.skip_if_new_val_exists,
            position: given(&stmt.new_val_neighbor).map(|neighbour| (!stmt.new_val_is_after, neighbour)),
        },
    };
    Some(Command::AlterEnum(AlterEnum { name: qualified(&stmt.type_name), action }))
}

pub(super) fn create_domain(stmt: &pg::CreateDomainStmt) -> Option<Command> {
    let clauses = column::clauses(&stmt.constraints, &name(DOMAIN_VALUE));
    Some(Command::CreateDomain(CreateDomain {
        name: qualified(&stmt.domainname),
        base: type_name(stmt.type_name.as_ref()?),
        collation: collation(&stmt.coll_clause),
        default: clauses.default,
        constraints: clauses.constraints,
    }))
}

/// The letters are those of `AlterDomainStmt` in `parsenodes.h`.
pub(super) fn alter_domain(stmt: &pg::AlterDomainStmt) -> Option<Command> {
    let action = match stmt.subtype.as_str() {
        "T" => DomainAction::Default(expression_of(&stmt.def)),
        "N" => DomainAction::NotNull(false),
        "O" => DomainAction::NotNull(true),
        "C" => match stmt.def.as_deref()?.node.as_ref()? {
            NodeEnum::Constraint(constraint) => {
                DomainAction::AddConstraint(column::constraint(constraint, Some(&name(DOMAIN_VALUE)))?)
            }
            _ => return None,
        },
        "X" => DomainAction::DropConstraint {
            name: name(&stmt.name),
            if_exists: stmt.missing_ok,
            behavior: behavior(stmt.behavior()),
        },
        "V" => DomainAction::ValidateConstraint(name(&stmt.name)),
        _ => return None,
    };
    Some(Command::AlterDomain(AlterDomain { name: qualified(&stmt.type_name), action }))
}

pub(super) fn create_sequence(stmt: &pg::CreateSeqStmt) -> Option<Command> {
    let variable = stmt.sequence.as_ref()?;
    Some(Command::CreateSequence(CreateSequence {
        name: range_var(variable),
        persistence: persistence(variable),
        if_not_exists: stmt.if_not_exists,
        options: sequence_options(&stmt.options),
    }))
}

pub(super) fn alter_sequence(stmt: &pg::AlterSeqStmt) -> Option<Command> {
    Some(Command::AlterSequence(AlterSequence {
        name: relation(&stmt.sequence)?,
        if_exists: stmt.missing_ok,
        options: sequence_options(&stmt.options),
    }))
}

/// A sequence's options, also those of an identity column.
pub(super) fn sequence_options(list: &[pg::Node]) -> SequenceOptions {
    let mut options = SequenceOptions::default();
    for element in option::elements(list) {
        // The outer none is a number that does not fit, which the server refuses.
        let number = || match element.arg {
            Some(_) => option::integer(element).map(Some),
            None => Some(None),
        };
        match element.defname.as_str() {
            "as" => options.data_type = type_argument(element),
            "start" => options.start = option::integer(element),
            "increment" => options.increment = option::integer(element),
            "minvalue" => options.minimum = number(),
            "maxvalue" => options.maximum = number(),
            "cache" => options.cache = option::integer(element),
            "cycle" => options.cycle = Some(option::is_on(element)),
            "restart" => options.restart = number(),
            "owned_by" => options.owned_by = path(element).map(column_of),
            "sequence_name" => options.name = path(element).map(qualified),
            _ => {}
        }
    }
    options
}

fn type_argument(element: &pg::DefElem) -> Option<crate::sql::TypeName> {
    match element.arg.as_deref()?.node.as_ref()? {
        NodeEnum::TypeName(data_type) => Some(type_name(data_type)),
        _ => None,
    }
}

fn path(element: &pg::DefElem) -> Option<&[pg::Node]> {
    match element.arg.as_deref()?.node.as_ref()? {
        NodeEnum::List(path) => Some(&path.items),
        _ => None,
    }
}

/// `table.column`; a single word can only be NONE.
fn column_of(path: &[pg::Node]) -> Option<(QualifiedName, Name)> {
    match path.split_last() {
        Some((column, table)) if !table.is_empty() => Some((qualified(table), option::word(column)?)),
        _ => None,
    }
}

pub(super) fn create_schema(stmt: &pg::CreateSchemaStmt) -> Option<Command> {
    Some(Command::CreateSchema(CreateSchema {
        name: given(&stmt.schemaname),
        if_not_exists: stmt.if_not_exists,
        owner: stmt.authrole.as_ref().map(role),
        elements: commands(&stmt.schema_elts),
    }))
}

pub(super) fn create_extension(stmt: &pg::CreateExtensionStmt) -> Option<Command> {
    let argument = |option| option::find(&stmt.options, option).and_then(option::argument);
    Some(Command::CreateExtension(CreateExtension {
        name: name(&stmt.extname),
        if_not_exists: stmt.if_not_exists,
        schema: argument("schema"),
        version: argument("new_version"),
        cascade: option::find(&stmt.options, "cascade").is_some_and(option::is_on),
    }))
}

pub(super) fn update_extension(stmt: &pg::AlterExtensionStmt) -> Option<Command> {
    let version = option::find(&stmt.options, "new_version").and_then(option::argument);
    Some(Command::AlterExtension(AlterExtension { name: name(&stmt.extname), update_to: Some(version) }))
}

pub(super) fn alter_extension_members(stmt: &pg::AlterExtensionContentsStmt) -> Option<Command> {
    Some(Command::AlterExtension(AlterExtension { name: name(&stmt.extname), update_to: None }))
}
