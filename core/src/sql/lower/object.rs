//! What is the same for every kind of object: DROP, RENAME, SET SCHEMA, OWNER TO, COMMENT.

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use super::{behavior, name, option, qualified, range_var, role, string, type_name};
use crate::sql::command::{Comment, Drop, ObjectKind, ObjectName, Owner, Rename, SetSchema};
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
        Undefined
        | ObjectAmop
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
    let items = match node.node.as_ref()? {
        NodeEnum::RangeVar(variable) => return Some(plain(range_var(variable))),
        NodeEnum::TypeName(named) => return Some(plain(type_name(named).name)),
        NodeEnum::ObjectWithArgs(named) => return Some(with_arguments(named)),
        NodeEnum::List(list) => list.items.as_slice(),
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
    match node.node.as_ref()? {
        NodeEnum::TypeName(named) => Some(type_name(named)),
        _ => None,
    }
}

pub(super) fn drop(stmt: &pg::DropStmt) -> Option<Command> {
    let kind = kind(stmt.remove_type())?;
    Some(Command::Drop(Drop {
        kind,
        objects: stmt.objects.iter().map(|node| object(kind, node)).collect::<Option<_>>()?,
        if_exists: stmt.missing_ok,
        behavior: behavior(stmt.behavior()),
        concurrently: stmt.concurrent,
    }))
}

pub(super) fn drop_subscription(stmt: &pg::DropSubscriptionStmt) -> Option<Command> {
    Some(Command::Drop(Drop {
        kind: ObjectKind::Subscription,
        objects: vec![plain(QualifiedName::bare(&stmt.subname))],
        if_exists: stmt.missing_ok,
        behavior: behavior(stmt.behavior()),
        concurrently: false,
    }))
}

/// DROP USER MAPPING: of the server, for the role.
pub(super) fn drop_user_mapping(stmt: &pg::DropUserMappingStmt) -> Option<Command> {
    let server = QualifiedName::bare(&stmt.servername);
    Some(Command::Drop(Drop {
        kind: ObjectKind::UserMapping,
        objects: vec![ObjectName { part: stmt.user.as_ref().map(role), ..plain(server) }],
        if_exists: stmt.missing_ok,
        behavior: Default::default(),
        concurrently: false,
    }))
}

pub(super) fn rename(stmt: &pg::RenameStmt) -> Option<Command> {
    let kind = kind(stmt.rename_type())?;
    let sub_name = || Some(name(&stmt.subname));
    let object = match (&stmt.relation, &stmt.object) {
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
            ObjectKind::Column => self::kind(stmt.relation_type()),
            ObjectKind::Constraint => Some(ObjectKind::Table),
            ObjectKind::DomainConstraint => Some(ObjectKind::Domain),
            _ => None,
        },
        object,
        to: name(&stmt.newname),
        if_exists: stmt.missing_ok,
        behavior: behavior(stmt.behavior()),
        // A type's name has no ONLY; the grammar leaves the flag unset.
        only: stmt.relation.as_ref().is_some_and(|variable| !variable.inh)
            && stmt.rename_type() != pg::ObjectType::ObjectAttribute,
    }))
}

pub(super) fn set_schema(stmt: &pg::AlterObjectSchemaStmt) -> Option<Command> {
    let kind = kind(stmt.object_type())?;
    Some(Command::SetSchema(SetSchema {
        kind,
        object: target(kind, &stmt.relation, &stmt.object)?,
        to: name(&stmt.newschema),
        if_exists: stmt.missing_ok,
    }))
}

pub(super) fn owner(stmt: &pg::AlterOwnerStmt) -> Option<Command> {
    let kind = kind(stmt.object_type())?;
    Some(Command::Owner(Owner {
        kind,
        object: target(kind, &stmt.relation, &stmt.object)?,
        to: role(stmt.newowner.as_ref()?),
    }))
}

fn target(
    kind: ObjectKind,
    relation: &Option<pg::RangeVar>,
    node: &Option<Box<pg::Node>>,
) -> Option<ObjectName> {
    match relation {
        Some(variable) => Some(plain(range_var(variable))),
        None => object(kind, node.as_deref()?),
    }
}

pub(super) fn comment(stmt: &pg::CommentStmt) -> Option<Command> {
    let kind = kind(stmt.objtype())?;
    Some(Command::Comment(Comment {
        kind,
        object: object(kind, stmt.object.as_deref()?)?,
        // An empty comment removes it as NULL does.
        text: (!stmt.comment.is_empty()).then(|| stmt.comment.as_str().into()),
    }))
}
