//! What is the same for every kind of object: DROP, RENAME, SET SCHEMA, OWNER TO, COMMENT.

use super::{behavior, name, option, qualified, range_var, role, string, type_name};
use crate::sql::command::{Comment, Drop, ObjectKind, ObjectName, Owner, Rename, SetSchema};
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{Command, QualifiedName};

/// The kind of object; none for what can only stand in the server's own bookkeeping.
pub(super) fn kind(object: pg::ObjectType) -> Option<ObjectKind> {
    use pg::ObjectType::*;
    Some(match object {
        ObjectAccessMethod => ObjectKind::AccessMethod,
        ObjectAggregate => ObjectKind::Aggregate,
        ObjectCast => ObjectKind::Cast,
        ObjectCollation => ObjectKind::Collation,
        ObjectColumn | ObjectAttribute => ObjectKind::Column,
        ObjectConversion => ObjectKind::Conversion,
        ObjectDatabase => ObjectKind::Database,
        ObjectDomain => ObjectKind::Domain,
        ObjectDomconstraint => ObjectKind::DomainConstraint,
        ObjectEventTrigger => ObjectKind::EventTrigger,
        ObjectExtension => ObjectKind::Extension,
        ObjectFdw => ObjectKind::ForeignDataWrapper,
        ObjectForeignServer => ObjectKind::Server,
        ObjectForeignTable => ObjectKind::ForeignTable,
        ObjectFunction => ObjectKind::Function,
        ObjectIndex => ObjectKind::Index,
        ObjectLanguage => ObjectKind::Language,
        ObjectLargeobject => ObjectKind::LargeObject,
        ObjectMatview => ObjectKind::MaterializedView,
        ObjectOpclass => ObjectKind::OperatorClass,
        ObjectOperator => ObjectKind::Operator,
        ObjectOpfamily => ObjectKind::OperatorFamily,
        ObjectPolicy => ObjectKind::Policy,
        ObjectProcedure => ObjectKind::Procedure,
        ObjectPublication => ObjectKind::Publication,
        ObjectRole => ObjectKind::Role,
        ObjectRoutine => ObjectKind::Routine,
        ObjectRule => ObjectKind::Rule,
        ObjectSchema => ObjectKind::Schema,
        ObjectSequence => ObjectKind::Sequence,
        ObjectStatisticExt => ObjectKind::Statistics,
        ObjectSubscription => ObjectKind::Subscription,
        ObjectTabconstraint => ObjectKind::Constraint,
        ObjectTable => ObjectKind::Table,
        ObjectTablespace => ObjectKind::Tablespace,
        ObjectTransform => ObjectKind::Transform,
        ObjectTrigger => ObjectKind::Trigger,
        ObjectTsconfiguration => ObjectKind::TextSearchConfiguration,
        ObjectTsdictionary => ObjectKind::TextSearchDictionary,
        ObjectTsparser => ObjectKind::TextSearchParser,
        ObjectTstemplate => ObjectKind::TextSearchTemplate,
        ObjectType => ObjectKind::Type,
        ObjectUserMapping => ObjectKind::UserMapping,
        ObjectView => ObjectKind::View,
        ObjectAmop
        | ObjectAmproc
        | ObjectDefault
        | ObjectDefacl
        | ObjectParameterAcl
        | ObjectPublicationNamespace
        | ObjectPublicationRel => return None,
    })
}

/// Is it named by the relation it is on and its own name?
fn is_part_of_relation(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::Column
            | ObjectKind::Constraint
            | ObjectKind::Policy
            | ObjectKind::Rule
            | ObjectKind::Trigger
    )
}

/// The object that a node names. Its shape depends on the kind.
pub(super) fn object(kind: ObjectKind, node: &pg::Node) -> Option<ObjectName> {
    let items = match node.kind() {
        NodeKind::RangeVar(variable) => return Some(plain(range_var(variable))),
        NodeKind::TypeName(named) => return Some(plain(type_name(named).name)),
        NodeKind::ObjectWithArgs(named) => return Some(with_arguments(named)),
        NodeKind::List(list) => list,
        // Schemas, extensions and the like have one word; large objects a number.
        _ => return option::word(node).map(|word| plain(QualifiedName { schema: None, name: word })),
    };
    match (kind, items) {
        (kind, [relation @ .., part]) if is_part_of_relation(kind) && !relation.is_empty() => {
            Some(ObjectName { name: qualified(relation), part: string(part).map(name), arguments: None })
        }
        // A domain's constraint; a transform's language.
        (ObjectKind::DomainConstraint | ObjectKind::Transform, [of_type, part]) => {
            Some(ObjectName { part: string(part).map(name), ..object(ObjectKind::Type, of_type)? })
        }
        // A cast has no name but its two types.
        (ObjectKind::Cast, [source, target]) => {
            let types: Vec<_> = [source, target].into_iter().filter_map(argument_type).collect();
            let words: Vec<&str> = types.iter().map(|named| &*named.text).collect();
            Some(ObjectName {
                name: QualifiedName { schema: None, name: name(&words.join(" AS ")) },
                part: None,
                arguments: Some(types),
            })
        }
        // The index access method stands before the name.
        (ObjectKind::OperatorClass | ObjectKind::OperatorFamily, [method, path @ ..]) if !path.is_empty() => {
            Some(ObjectName { name: qualified(path), part: string(method).map(name), arguments: None })
        }
        (_, []) => None,
        (_, path) => Some(plain(qualified(path))),
    }
}

fn plain(name: QualifiedName) -> ObjectName {
    ObjectName { name, part: None, arguments: None }
}

/// A function, procedure, aggregate or operator.
pub(super) fn with_arguments(named: &pg::ObjectWithArgs) -> ObjectName {
    let arguments = || named.objargs.iter().filter_map(argument_type).collect();
    ObjectName {
        name: qualified(&named.objname),
        part: None,
        arguments: (!named.args_unspecified).then(arguments),
    }
}

fn argument_type(node: &pg::Node) -> Option<crate::sql::TypeName> {
    match node.kind() {
        NodeKind::TypeName(named) => Some(type_name(named)),
        _ => None,
    }
}

pub(super) fn drop(stmt: &pg::DropStmt) -> Option<Command> {
    let kind = kind(stmt.remove_type)?;
    Some(Command::Drop(Drop {
        kind,
        objects: stmt.objects.iter().map(|node| object(kind, node)).collect::<Option<_>>()?,
        if_exists: stmt.missing_ok,
        behavior: behavior(stmt.behavior),
        concurrently: stmt.concurrent,
    }))
}

pub(super) fn drop_subscription(stmt: &pg::DropSubscriptionStmt) -> Option<Command> {
    Some(Command::Drop(Drop {
        kind: ObjectKind::Subscription,
        objects: vec![plain(QualifiedName::bare(&stmt.subname))],
        if_exists: stmt.missing_ok,
        behavior: behavior(stmt.behavior),
        concurrently: false,
    }))
}

/// DROP USER MAPPING: of the server, for the role.
pub(super) fn drop_user_mapping(stmt: &pg::DropUserMappingStmt) -> Option<Command> {
    let server = QualifiedName::bare(&stmt.servername);
    Some(Command::Drop(Drop {
        kind: ObjectKind::UserMapping,
        objects: vec![ObjectName { part: stmt.user.as_deref().map(role), ..plain(server) }],
        if_exists: stmt.missing_ok,
        behavior: Default::default(),
        concurrently: false,
    }))
}

pub(super) fn rename(stmt: &pg::RenameStmt) -> Option<Command> {
    let kind = kind(stmt.rename_type)?;
    let sub_name = || Some(name(&stmt.subname));
    let object = match (&stmt.relation, stmt.object.get()) {
        (Some(variable), _) => ObjectName {
            part: if is_part_of_relation(kind) { sub_name() } else { None },
            ..plain(range_var(variable))
        },
        (None, Some(node)) if kind == ObjectKind::DomainConstraint => {
            ObjectName { part: sub_name(), ..object(ObjectKind::Domain, node)? }
        }
        (None, Some(node)) => object(kind, node)?,
        (None, None) => plain(QualifiedName::bare(&stmt.subname)),
    };
    Some(Command::Rename(Rename {
        kind,
        // For a constraint the tree does not say; the grammar knows them on tables and domains only.
        relation_kind: match kind {
            ObjectKind::Column => self::kind(stmt.relation_type),
            ObjectKind::Constraint => Some(ObjectKind::Table),
            ObjectKind::DomainConstraint => Some(ObjectKind::Domain),
            _ => None,
        },
        object,
        to: name(&stmt.newname),
        if_exists: stmt.missing_ok,
        behavior: behavior(stmt.behavior),
        // A type's name has no ONLY; the grammar leaves the flag unset.
        only: stmt.relation.as_ref().is_some_and(|variable| !variable.inh)
            && stmt.rename_type != pg::ObjectType::ObjectAttribute,
    }))
}

pub(super) fn set_schema(stmt: &pg::AlterObjectSchemaStmt) -> Option<Command> {
    let kind = kind(stmt.object_type)?;
    Some(Command::SetSchema(SetSchema {
        kind,
        object: target(kind, &stmt.relation, &stmt.object)?,
        to: name(&stmt.newschema),
        if_exists: stmt.missing_ok,
    }))
}

pub(super) fn owner(stmt: &pg::AlterOwnerStmt) -> Option<Command> {
    let kind = kind(stmt.object_type)?;
    Some(Command::Owner(Owner {
        kind,
        object: target(kind, &stmt.relation, &stmt.object)?,
        to: role(stmt.newowner.as_ref()?),
    }))
}

fn target(kind: ObjectKind, relation: &Option<pg::Ref<pg::RangeVar>>, node: &pg::Node) -> Option<ObjectName> {
    match relation {
        Some(variable) => Some(plain(range_var(variable))),
        None => object(kind, node.get()?),
    }
}

pub(super) fn comment(stmt: &pg::CommentStmt) -> Option<Command> {
    let kind = kind(stmt.objtype)?;
    Some(Command::Comment(Comment {
        kind,
        object: object(kind, stmt.object.get()?)?,
        // An empty comment removes it as NULL does.
        text: (!stmt.comment.is_empty()).then(|| (*stmt.comment).into()),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, parsed, type_name};
    use super::*;
    use crate::sql::command::Behavior;

    fn in_schema(name: &str) -> ObjectName {
        plain(QualifiedName::qualified("s", name))
    }

    fn part(relation: QualifiedName, part: &str) -> ObjectName {
        ObjectName { part: Some(name(part)), ..plain(relation) }
    }

    fn call(function: &str, arguments: &[&str]) -> ObjectName {
        let arguments = arguments.iter().copied().map(type_name).collect();
        ObjectName { arguments: Some(arguments), ..plain(bare(function)) }
    }

    /// How each kind of object is named: in COMMENT ON, and in DROP where there is one.
    #[test]
    fn every_kind_of_object_is_named() {
        use ObjectKind::*;
        let a = || plain(bare("a"));
        let t_a = || part(QualifiedName::qualified("s", "t"), "a");
        let cast = ObjectName {
            arguments: Some(vec![type_name("s.a"), type_name("text")]),
            ..plain(bare("s.a AS text"))
        };
        for (kind, sql, expected, dropped) in [
            (AccessMethod, "ACCESS METHOD a", a(), true),
            (Aggregate, "AGGREGATE a(int)", call("a", &["int"]), true),
            (Aggregate, "AGGREGATE a(*)", call("a", &[]), true),
            (Cast, "CAST (s.a AS text)", cast, true),
            (Collation, "COLLATION s.a", in_schema("a"), true),
            (Column, "COLUMN s.t.a", t_a(), false),
            (Constraint, "CONSTRAINT a ON s.t", t_a(), false),
            (Conversion, "CONVERSION s.a", in_schema("a"), true),
            (Database, "DATABASE a", a(), false),
            (Domain, "DOMAIN s.a", in_schema("a"), true),
            (DomainConstraint, "CONSTRAINT a ON DOMAIN s.t", t_a(), false),
            (EventTrigger, "EVENT TRIGGER a", a(), true),
            (Extension, "EXTENSION a", a(), true),
            (ForeignDataWrapper, "FOREIGN DATA WRAPPER a", a(), true),
            (ForeignTable, "FOREIGN TABLE s.a", in_schema("a"), true),
            (Function, "FUNCTION a", a(), true),
            (Function, "FUNCTION a()", call("a", &[]), true),
            (Function, "FUNCTION a(b int, OUT c text)", call("a", &["int"]), true),
            (Index, "INDEX s.a", in_schema("a"), true),
            (Language, "LANGUAGE a", a(), true),
            (LargeObject, "LARGE OBJECT 7", plain(bare("7")), false),
            (MaterializedView, "MATERIALIZED VIEW s.a", in_schema("a"), true),
            (Operator, "OPERATOR + (int, int)", call("+", &["int", "int"]), true),
            (Operator, "OPERATOR - (NONE, int)", call("-", &["int"]), true),
            (
                OperatorClass,
                "OPERATOR CLASS s.a USING btree",
                part(QualifiedName::qualified("s", "a"), "btree"),
                true,
            ),
            (OperatorFamily, "OPERATOR FAMILY a USING btree", part(bare("a"), "btree"), true),
            (Policy, "POLICY a ON s.t", t_a(), true),
            (Procedure, "PROCEDURE a(int)", call("a", &["int"]), true),
            (Publication, "PUBLICATION a", a(), true),
            (Role, "ROLE a", a(), false),
            (Routine, "ROUTINE a(int)", call("a", &["int"]), true),
            (Rule, "RULE a ON s.t", t_a(), true),
            (Schema, "SCHEMA a", a(), true),
            (Sequence, "SEQUENCE s.a", in_schema("a"), true),
            (Server, "SERVER a", a(), true),
            (Statistics, "STATISTICS s.a", in_schema("a"), true),
            (Subscription, "SUBSCRIPTION a", a(), true),
            (Table, "TABLE s.a", in_schema("a"), true),
            (Tablespace, "TABLESPACE a", a(), false),
            (TextSearchConfiguration, "TEXT SEARCH CONFIGURATION s.a", in_schema("a"), true),
            (TextSearchDictionary, "TEXT SEARCH DICTIONARY s.a", in_schema("a"), true),
            (TextSearchParser, "TEXT SEARCH PARSER s.a", in_schema("a"), true),
            (TextSearchTemplate, "TEXT SEARCH TEMPLATE s.a", in_schema("a"), true),
            (Transform, "TRANSFORM FOR s.t LANGUAGE a", t_a(), true),
            (Trigger, "TRIGGER a ON s.t", t_a(), true),
            (Type, "TYPE s.a", in_schema("a"), true),
            (View, "VIEW s.a", in_schema("a"), true),
        ] {
            let comment = super::Comment { kind, object: expected.clone(), text: Some("x".into()) };
            assert_eq!(parsed(&format!("COMMENT ON {sql} IS 'x'")), Command::Comment(comment), "{sql}");
            if dropped {
                let drop = super::Drop {
                    kind,
                    objects: vec![expected],
                    if_exists: false,
                    behavior: Behavior::Restrict,
                    concurrently: false,
                };
                assert_eq!(parsed(&format!("DROP {sql}")), Command::Drop(drop), "{sql}");
            }
        }
    }

    #[test]
    fn comments_are_removed_by_null_and_by_nothing() {
        for sql in ["COMMENT ON TABLE a IS NULL", "COMMENT ON TABLE a IS ''"] {
            let Command::Comment(comment) = parsed(sql) else { panic!("{sql}") };
            assert_eq!(comment.text, None, "{sql}");
        }
    }

    #[test]
    fn options_of_drop() {
        let plain_drop = super::Drop {
            kind: ObjectKind::Table,
            objects: vec![plain(bare("a")), in_schema("b")],
            if_exists: false,
            behavior: Behavior::Restrict,
            concurrently: false,
        };
        for (sql, expected) in [
            ("DROP TABLE a, s.b RESTRICT", plain_drop.clone()),
            (
                "DROP TABLE IF EXISTS a, s.b CASCADE",
                super::Drop { if_exists: true, behavior: Behavior::Cascade, ..plain_drop.clone() },
            ),
            (
                "DROP INDEX CONCURRENTLY a, s.b",
                super::Drop { kind: ObjectKind::Index, concurrently: true, ..plain_drop.clone() },
            ),
            (
                "DROP SUBSCRIPTION IF EXISTS a",
                super::Drop {
                    kind: ObjectKind::Subscription,
                    objects: vec![plain(bare("a"))],
                    if_exists: true,
                    ..plain_drop.clone()
                },
            ),
            (
                "DROP USER MAPPING IF EXISTS FOR x SERVER a",
                super::Drop {
                    kind: ObjectKind::UserMapping,
                    objects: vec![part(bare("a"), "x")],
                    if_exists: true,
                    ..plain_drop
                },
            ),
        ] {
            assert_eq!(parsed(sql), Command::Drop(expected), "{sql}");
        }
    }

    #[test]
    fn renaming() {
        use ObjectKind::*;
        let s_t = || QualifiedName::qualified("s", "t");
        for (sql, kind, relation_kind, object) in [
            ("TABLE s.t RENAME TO z", Table, None, plain(s_t())),
            ("TABLE s.t RENAME COLUMN c TO z", Column, Some(Table), part(s_t(), "c")),
            ("TABLE s.t RENAME c TO z", Column, Some(Table), part(s_t(), "c")),
            ("TABLE s.t RENAME CONSTRAINT c TO z", Constraint, Some(Table), part(s_t(), "c")),
            ("VIEW s.t RENAME COLUMN c TO z", Column, Some(View), part(s_t(), "c")),
            ("MATERIALIZED VIEW s.t RENAME c TO z", Column, Some(MaterializedView), part(s_t(), "c")),
            ("FOREIGN TABLE s.t RENAME c TO z", Column, Some(ForeignTable), part(s_t(), "c")),
            ("TYPE s.t RENAME ATTRIBUTE c TO z", Column, Some(Type), part(s_t(), "c")),
            ("INDEX s.t RENAME TO z", Index, None, plain(s_t())),
            ("SEQUENCE s.t RENAME TO z", Sequence, None, plain(s_t())),
            ("VIEW s.t RENAME TO z", View, None, plain(s_t())),
            ("MATERIALIZED VIEW s.t RENAME TO z", MaterializedView, None, plain(s_t())),
            ("FOREIGN TABLE s.t RENAME TO z", ForeignTable, None, plain(s_t())),
            ("TYPE s.t RENAME TO z", Type, None, plain(s_t())),
            ("DOMAIN s.t RENAME TO z", Domain, None, plain(s_t())),
            ("DOMAIN s.t RENAME CONSTRAINT c TO z", DomainConstraint, Some(Domain), part(s_t(), "c")),
            ("POLICY c ON s.t RENAME TO z", Policy, None, part(s_t(), "c")),
            ("TRIGGER c ON s.t RENAME TO z", Trigger, None, part(s_t(), "c")),
            ("RULE c ON s.t RENAME TO z", Rule, None, part(s_t(), "c")),
            ("SCHEMA t RENAME TO z", Schema, None, plain(bare("t"))),
            ("DATABASE t RENAME TO z", Database, None, plain(bare("t"))),
            ("ROLE t RENAME TO z", Role, None, plain(bare("t"))),
            ("TABLESPACE t RENAME TO z", Tablespace, None, plain(bare("t"))),
            ("LANGUAGE t RENAME TO z", Language, None, plain(bare("t"))),
            ("SERVER t RENAME TO z", Server, None, plain(bare("t"))),
            ("FUNCTION t(int) RENAME TO z", Function, None, call("t", &["int"])),
            ("STATISTICS s.t RENAME TO z", Statistics, None, plain(s_t())),
            ("OPERATOR CLASS s.t USING c RENAME TO z", OperatorClass, None, part(s_t(), "c")),
        ] {
            let expected = super::Rename {
                kind,
                relation_kind,
                object,
                to: name("z"),
                if_exists: false,
                behavior: Behavior::Restrict,
                only: false,
            };
            assert_eq!(parsed(&format!("ALTER {sql}")), Command::Rename(expected), "{sql}");
        }
        let Command::Rename(rename) = parsed("ALTER TABLE IF EXISTS ONLY t RENAME a TO b") else { panic!() };
        assert!(rename.if_exists && rename.only);
        let Command::Rename(rename) = parsed("ALTER TYPE t RENAME ATTRIBUTE a TO b CASCADE") else {
            panic!()
        };
        assert_eq!(rename.behavior, Behavior::Cascade);
    }

    #[test]
    fn schemas_and_owners() {
        use ObjectKind::*;
        for (sql, kind, object) in [
            ("TABLE t", Table, plain(bare("t"))),
            ("SEQUENCE t", Sequence, plain(bare("t"))),
            ("VIEW s.t", View, in_schema("t")),
            ("MATERIALIZED VIEW t", MaterializedView, plain(bare("t"))),
            ("FOREIGN TABLE t", ForeignTable, plain(bare("t"))),
            ("TYPE s.t", Type, in_schema("t")),
            ("DOMAIN t", Domain, plain(bare("t"))),
            ("EXTENSION t", Extension, plain(bare("t"))),
            ("FUNCTION t(int)", Function, call("t", &["int"])),
            ("STATISTICS t", Statistics, plain(bare("t"))),
        ] {
            let expected = super::SetSchema { kind, object, to: name("z"), if_exists: false };
            assert_eq!(parsed(&format!("ALTER {sql} SET SCHEMA z")), Command::SetSchema(expected), "{sql}");
        }
        let Command::SetSchema(set) = parsed("ALTER TABLE IF EXISTS t SET SCHEMA z") else { panic!() };
        assert!(set.if_exists);

        for (sql, kind, object) in [
            ("SCHEMA t", Schema, plain(bare("t"))),
            ("TYPE s.t", Type, in_schema("t")),
            ("DOMAIN t", Domain, plain(bare("t"))),
            ("FUNCTION t()", Function, call("t", &[])),
            ("PUBLICATION t", Publication, plain(bare("t"))),
            ("DATABASE t", Database, plain(bare("t"))),
            ("LARGE OBJECT 7", LargeObject, plain(bare("7"))),
        ] {
            let expected = super::Owner { kind, object, to: name("z") };
            assert_eq!(parsed(&format!("ALTER {sql} OWNER TO z")), Command::Owner(expected), "{sql}");
        }
    }
}
