//! Types, domains, sequences, schemas, extensions.

use super::{
    behavior, collation, column, commands, expression_of, given, names, option, persistence, qualified,
    range_var, relation, role, string, type_name,
};
use crate::sql::command::{
    AlterDomain, AlterEnum, AlterExtension, AlterSequence, CreateDomain, CreateExtension, CreateSchema,
    CreateSequence, CreateType, DomainAction, EnumAction, SequenceOptions, TypeDefinition,
};
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{Command, Name, QualifiedName, name};

/// The "column" of a domain's NOT NULL is the value itself.
const DOMAIN_VALUE: &str = "value";

/// CREATE TYPE in its base and shell forms, and the other objects that share the grammar.
pub(super) fn define(stmt: &pg::DefineStmt) -> Option<Command> {
    if stmt.kind == pg::ObjectType::ObjectAggregate {
        return super::function::create_aggregate(stmt);
    }
    if stmt.kind != pg::ObjectType::ObjectType {
        return super::plain::define(stmt);
    }
    let definition = match &*stmt.definition {
        [] => TypeDefinition::Shell,
        options => TypeDefinition::Base(option::values(options)),
    };
    create_type(qualified(&stmt.defnames), definition)
}

pub(super) fn create_composite(stmt: &pg::CompositeTypeStmt) -> Option<Command> {
    let columns = stmt.coldeflist.iter().map(|node| match node.kind() {
        NodeKind::ColumnDef(definition) => Some(column::column(definition)),
        _ => None,
    });
    create_type(relation(&stmt.typevar)?, TypeDefinition::Composite(columns.collect::<Option<_>>()?))
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
        explicit_null: clauses.explicit_null,
        constraints: clauses.constraints,
    }))
}

/// The letters are those of `AlterDomainStmt` in `parsenodes.h`.
pub(super) fn alter_domain(stmt: &pg::AlterDomainStmt) -> Option<Command> {
    let action = match stmt.subtype {
        b'T' => DomainAction::Default(expression_of(&stmt.def)),
        b'N' => DomainAction::NotNull(false),
        b'O' => DomainAction::NotNull(true),
        b'C' => match stmt.def.kind() {
            NodeKind::Constraint(constraint) => {
                DomainAction::AddConstraint(column::constraint(constraint, Some(&name(DOMAIN_VALUE)))?)
            }
            _ => return None,
        },
        b'X' => DomainAction::DropConstraint {
            name: name(&stmt.name),
            if_exists: stmt.missing_ok,
            behavior: behavior(stmt.behavior),
        },
        b'V' => DomainAction::ValidateConstraint(name(&stmt.name)),
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
    let named: Vec<&str> = option::elements(list).map(|element| &*element.defname).collect();
    if named.iter().enumerate().any(|(index, own)| named[..index].contains(own)) {
        options.refused = Some("conflicting or redundant options");
    }
    for element in option::elements(list) {
        // The outer none is a number that does not fit, which the server refuses.
        let number = || match element.arg.get() {
            Some(_) => option::integer(element).map(Some),
            None => Some(None),
        };
        match &*element.defname {
            "as" => options.data_type = type_argument(element),
            "start" => options.start = option::integer(element),
            "increment" => options.increment = option::integer(element),
            "minvalue" => options.minimum = number(),
            "maxvalue" => options.maximum = number(),
            "cache" => options.cache = option::integer(element),
            "cycle" => options.cycle = Some(option::is_on(element)),
            "restart" => options.restart = number(),
            "owned_by" => {
                options.owned_by = path(element).map(column_of);
                if path(element).is_some_and(|path| path.len() == 1 && string(&path[0]) != Some("none")) {
                    options.refused = Some("invalid OWNED BY option");
                }
            }
            "sequence_name" => options.name = path(element).map(qualified),
            _ => {}
        }
    }
    options
}

fn type_argument(element: &pg::DefElem) -> Option<crate::sql::TypeName> {
    match element.arg.kind() {
        NodeKind::TypeName(data_type) => Some(type_name(data_type)),
        _ => None,
    }
}

fn path(element: &pg::DefElem) -> Option<&[pg::Node]> {
    match element.arg.kind() {
        NodeKind::List(path) => Some(path),
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
        owner: stmt.authrole.as_deref().map(role),
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
        cascade: option::is_set(&stmt.options, "cascade"),
    }))
}

pub(super) fn update_extension(stmt: &pg::AlterExtensionStmt) -> Option<Command> {
    let version = option::find(&stmt.options, "new_version").and_then(option::argument);
    Some(Command::AlterExtension(AlterExtension { name: name(&stmt.extname), update_to: Some(version) }))
}

pub(super) fn alter_extension_members(stmt: &pg::AlterExtensionContentsStmt) -> Option<Command> {
    Some(Command::AlterExtension(AlterExtension { name: name(&stmt.extname), update_to: None }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, expression, option, parsed, type_name, words};
    use super::*;
    use crate::sql::command::{Behavior, ConstraintDefinition, ConstraintKind, Persistence};

    fn named_check(name_: &str, sql: &str, not_valid: bool) -> ConstraintDefinition {
        ConstraintDefinition {
            name: Some(name(name_)),
            kind: ConstraintKind::Check { expression: expression(sql), no_inherit: false },
            deferrable: false,
            initially_deferred: false,
            not_valid,
            enforced: true,
        }
    }

    #[test]
    fn types() {
        let column = super::super::testing::column;
        for (sql, definition) in [
            ("CREATE TYPE s.t AS ENUM ('a', 'B''c')", TypeDefinition::Enum(words(&["a", "B'c"]))),
            ("CREATE TYPE s.t AS ()", TypeDefinition::Composite(Vec::new())),
            (
                "CREATE TYPE s.t AS (a int, b text COLLATE \"C\")",
                TypeDefinition::Composite(vec![column("a int"), column("b text COLLATE \"C\"")]),
            ),
            (
                "CREATE TYPE s.t AS RANGE (subtype = float8, multirange_type_name = m)",
                TypeDefinition::Range(vec![
                    option("subtype", Some("float8")),
                    option("multirange_type_name", Some("m")),
                ]),
            ),
            (
                "CREATE TYPE s.t (input = f, internallength = 16, passedbyvalue)",
                TypeDefinition::Base(vec![
                    option("input", Some("f")),
                    option("internallength", Some("16")),
                    option("passedbyvalue", None),
                ]),
            ),
            ("CREATE TYPE s.t", TypeDefinition::Shell),
        ] {
            let name = QualifiedName::qualified("s", "t");
            assert_eq!(parsed(sql), Command::CreateType(CreateType { name, definition }), "{sql}");
        }
    }

    #[test]
    fn enums() {
        let add = |value: &str, if_not_exists, position| EnumAction::Add {
            value: name(value),
            if_not_exists,
            position,
        };
        for (sql, action) in [
            ("ADD VALUE 'a'", add("a", false, None)),
            ("ADD VALUE IF NOT EXISTS 'a' BEFORE 'b'", add("a", true, Some((true, name("b"))))),
            ("ADD VALUE 'a' AFTER 'b'", add("a", false, Some((false, name("b"))))),
            ("RENAME VALUE 'a' TO 'b'", EnumAction::Rename { from: name("a"), to: name("b") }),
        ] {
            let expected = AlterEnum { name: bare("t"), action };
            assert_eq!(parsed(&format!("ALTER TYPE t {sql}")), Command::AlterEnum(expected), "{sql}");
        }
    }

    #[test]
    fn domains() {
        let not_null = ConstraintDefinition {
            name: None,
            kind: ConstraintKind::NotNull { column: name("value"), no_inherit: false },
            ..named_check("x", "true", false)
        };
        assert_eq!(
            parsed(
                "CREATE DOMAIN d AS text COLLATE \"C\" DEFAULT 'a' NOT NULL CONSTRAINT x CHECK (value <> '')"
            ),
            Command::CreateDomain(CreateDomain {
                name: bare("d"),
                base: type_name("text"),
                collation: Some(bare("C")),
                default: Some(expression("'a'")),
                explicit_null: false,
                constraints: vec![not_null, named_check("x", "value <> ''", false)],
            })
        );
        for (sql, action) in [
            ("SET DEFAULT 1", DomainAction::Default(Some(expression("1")))),
            ("DROP DEFAULT", DomainAction::Default(None)),
            ("SET NOT NULL", DomainAction::NotNull(true)),
            ("DROP NOT NULL", DomainAction::NotNull(false)),
            (
                "ADD CONSTRAINT x CHECK (value > 0) NOT VALID",
                DomainAction::AddConstraint(named_check("x", "value > 0", true)),
            ),
            (
                "DROP CONSTRAINT IF EXISTS x CASCADE",
                DomainAction::DropConstraint {
                    name: name("x"),
                    if_exists: true,
                    behavior: Behavior::Cascade,
                },
            ),
            ("VALIDATE CONSTRAINT x", DomainAction::ValidateConstraint(name("x"))),
        ] {
            let expected = AlterDomain { name: bare("d"), action };
            assert_eq!(parsed(&format!("ALTER DOMAIN d {sql}")), Command::AlterDomain(expected), "{sql}");
        }
    }

    #[test]
    fn sequences() {
        let none = SequenceOptions::default;
        for (sql, expected) in [
            ("AS smallint", SequenceOptions { data_type: Some(type_name("smallint")), ..none() }),
            ("START WITH 5", SequenceOptions { start: Some(5), ..none() }),
            ("START -5", SequenceOptions { start: Some(-5), ..none() }),
            ("INCREMENT BY -2", SequenceOptions { increment: Some(-2), ..none() }),
            (
                "MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807",
                SequenceOptions { minimum: Some(Some(i64::MIN)), maximum: Some(Some(i64::MAX)), ..none() },
            ),
            (
                "NO MINVALUE NO MAXVALUE",
                SequenceOptions { minimum: Some(None), maximum: Some(None), ..none() },
            ),
            ("MAXVALUE 9223372036854775808", none()),
            ("CACHE 10 CYCLE", SequenceOptions { cache: Some(10), cycle: Some(true), ..none() }),
            ("NO CYCLE", SequenceOptions { cycle: Some(false), ..none() }),
            ("OWNED BY NONE", SequenceOptions { owned_by: Some(None), ..none() }),
            ("OWNED BY t.c", SequenceOptions { owned_by: Some(Some((bare("t"), name("c")))), ..none() }),
            (
                "OWNED BY s.t.c",
                SequenceOptions {
                    owned_by: Some(Some((QualifiedName::qualified("s", "t"), name("c")))),
                    ..none()
                },
            ),
            ("RESTART", SequenceOptions { restart: Some(None), ..none() }),
            ("RESTART WITH 7", SequenceOptions { restart: Some(Some(7)), ..none() }),
        ] {
            let altered = AlterSequence { name: bare("q"), if_exists: true, options: expected };
            let sql = format!("ALTER SEQUENCE IF EXISTS q {sql}");
            assert_eq!(parsed(&sql), Command::AlterSequence(altered), "{sql}");
        }
        assert_eq!(
            parsed("CREATE TEMP SEQUENCE IF NOT EXISTS q START 3"),
            Command::CreateSequence(CreateSequence {
                name: bare("q"),
                persistence: Persistence::Temporary,
                if_not_exists: true,
                options: SequenceOptions { start: Some(3), ..none() },
            })
        );
        // As pg_dump writes identity columns.
        let dumped = super::super::testing::action(
            "ALTER id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s.q START WITH 1)",
        );
        let crate::sql::command::AlterAction::AddIdentity { identity, .. } = dumped else { panic!() };
        assert_eq!(identity.options.name, Some(QualifiedName::qualified("s", "q")));
    }

    #[test]
    fn schemas_and_extensions() {
        assert_eq!(
            parsed("CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION x"),
            Command::CreateSchema(CreateSchema {
                name: Some(name("s")),
                if_not_exists: true,
                owner: Some(name("x")),
                elements: Vec::new(),
            })
        );
        let Command::CreateSchema(schema) = parsed(
            "CREATE SCHEMA AUTHORIZATION x CREATE TABLE t () CREATE VIEW v AS SELECT 1 GRANT ALL ON t TO y",
        ) else {
            panic!()
        };
        assert_eq!(schema.name, None);
        assert!(matches!(
            schema.elements.as_slice(),
            [Command::CreateTable(_), Command::CreateView(_), Command::Grant(_)]
        ));

        assert_eq!(
            parsed("CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA s VERSION '1.1' CASCADE"),
            Command::CreateExtension(CreateExtension {
                name: name("uuid-ossp"),
                if_not_exists: true,
                schema: Some(name("s")),
                version: Some(name("1.1")),
                cascade: true,
            })
        );
        for (sql, update_to) in [
            ("ALTER EXTENSION e UPDATE", Some(None)),
            ("ALTER EXTENSION e UPDATE TO '2'", Some(Some(name("2")))),
            ("ALTER EXTENSION e DROP FUNCTION f()", None),
        ] {
            let expected = AlterExtension { name: name("e"), update_to };
            assert_eq!(parsed(sql), Command::AlterExtension(expected), "{sql}");
        }
    }
}
