//! Objects of which little is kept: operators, collations, foreign servers, text search …

use std::sync::Arc;

use super::{object, option, qualified, role, type_name};
use crate::sql::command::{AlterObject, CreateFunction, CreateObject, FunctionBody, ObjectKind, ObjectName};
use crate::sql::scan::{Lexeme, Scanner};
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{Command, Name, QualifiedName, TypeName, name};

fn plain(name: QualifiedName) -> ObjectName {
    ObjectName { name, part: None, arguments: None }
}

fn bare(word: &str) -> ObjectName {
    plain(QualifiedName::bare(word))
}

fn create(kind: ObjectKind, object: ObjectName, needs: Vec<(ObjectKind, ObjectName)>) -> CreateObject {
    CreateObject { kind, object, if_not_exists: false, or_replace: false, needs, sql: Arc::from("") }
}

fn alter(kind: ObjectKind, object: ObjectName) -> Option<Command> {
    Some(Command::AlterObject(AlterObject { kind, object, sql: Arc::from("") }))
}

/// A function that is named without its arguments; none where no function is.
fn function(path: &[pg::Node]) -> Option<(ObjectKind, ObjectName)> {
    (!path.is_empty()).then(|| (ObjectKind::Function, plain(qualified(path))))
}

fn named_type(written: TypeName) -> (ObjectKind, ObjectName) {
    (ObjectKind::Type, ObjectName { arguments: Some(vec![written.clone()]), ..plain(written.name) })
}

/// The functions among the options HANDLER and VALIDATOR.
fn handlers(options: &[pg::Node]) -> Vec<(ObjectKind, ObjectName)> {
    let path = |element: &pg::DefElem| match element.arg.kind() {
        NodeKind::List(path) => function(path),
        _ => None,
    };
    option::elements(options).filter_map(path).collect()
}

/// CREATE OPERATOR, COLLATION and TEXT SEARCH …; none for types and aggregates.
pub(super) fn define(stmt: &pg::DefineStmt) -> Option<Command> {
    let kind = object::kind(stmt.kind)?;
    let written = plain(qualified(&stmt.defnames));
    let argument = |word: &str| option::find(&stmt.definition, word);
    let type_of = |word: &str| match argument(word)?.arg.kind() {
        NodeKind::TypeName(found) => Some(type_name(found)),
        _ => None,
    };
    let path_of = |word: &str| {
        let path = match argument(word)?.arg.kind() {
            NodeKind::TypeName(found) => type_name(found).name,
            NodeKind::List(path) => qualified(path),
            _ => option::argument(argument(word)?).map(|word| QualifiedName::bare(&word))?,
        };
        Some(plain(path))
    };
    let mut created = match kind {
        ObjectKind::Operator => {
            let sides: Vec<_> = [type_of("leftarg"), type_of("rightarg")].into_iter().flatten().collect();
            let mut needs: Vec<_> = sides.iter().cloned().map(named_type).collect();
            let called = path_of("function").or_else(|| path_of("procedure"));
            needs.extend(called.map(|called| {
                (ObjectKind::Function, ObjectName { arguments: Some(sides.clone()), ..called })
            }));
            create(kind, ObjectName { arguments: Some(sides), ..written }, needs)
        }
        ObjectKind::Collation => {
            create(kind, written, path_of("from").map(|from| (kind, from)).into_iter().collect())
        }
        ObjectKind::TextSearchConfiguration => {
            let parser = path_of("parser").map(|parser| (ObjectKind::TextSearchParser, parser));
            create(
                kind,
                written,
                parser.or_else(|| path_of("copy").map(|copy| (kind, copy))).into_iter().collect(),
            )
        }
        ObjectKind::TextSearchDictionary => {
            let template = path_of("template").map(|template| (ObjectKind::TextSearchTemplate, template));
            create(kind, written, template.into_iter().collect())
        }
        ObjectKind::TextSearchParser | ObjectKind::TextSearchTemplate => create(kind, written, Vec::new()),
        _ => return None,
    };
    created.if_not_exists = stmt.if_not_exists;
    created.or_replace = stmt.replace;
    Some(Command::CreateObject(created))
}

fn mapping(user: Option<&pg::RoleSpec>, server: &str) -> ObjectName {
    ObjectName { part: user.map(role), ..bare(server) }
}

/// An operator class or family, with its access method.
fn of_method(path: &[pg::Node], method: &str) -> ObjectName {
    ObjectName { part: Some(name(method)), ..plain(qualified(path)) }
}

fn cast(source: TypeName, target: TypeName) -> ObjectName {
    let text = format!("{} AS {}", source.text, target.text);
    ObjectName { arguments: Some(vec![source, target]), ..bare(&text) }
}

/// CREATE and ALTER of the kinds that have statements of their own.
pub(super) fn statement(node: NodeKind<'_>) -> Option<Command> {
    use ObjectKind::*;
    let created = match node {
        NodeKind::CreateFdwStmt(stmt) => {
            create(ForeignDataWrapper, bare(&stmt.fdwname), handlers(&stmt.func_options))
        }
        NodeKind::CreateForeignServerStmt(stmt) => CreateObject {
            if_not_exists: stmt.if_not_exists,
            ..create(Server, bare(&stmt.servername), vec![(ForeignDataWrapper, bare(&stmt.fdwname))])
        },
        NodeKind::CreateUserMappingStmt(stmt) => CreateObject {
            if_not_exists: stmt.if_not_exists,
            ..create(
                UserMapping,
                mapping(stmt.user.as_deref(), &stmt.servername),
                vec![(Server, bare(&stmt.servername))],
            )
        },
        NodeKind::CreateAmStmt(stmt) => {
            create(AccessMethod, bare(&stmt.amname), function(&stmt.handler_name).into_iter().collect())
        }
        NodeKind::CreateEventTrigStmt(stmt) => {
            create(EventTrigger, bare(&stmt.trigname), function(&stmt.funcname).into_iter().collect())
        }
        NodeKind::CreatePLangStmt(stmt) => {
            let called = [&stmt.plhandler, &stmt.plinline, &stmt.plvalidator];
            let needs = called.into_iter().filter_map(|path| function(path)).collect();
            CreateObject { or_replace: stmt.replace, ..create(Language, bare(&stmt.plname), needs) }
        }
        NodeKind::CreateOpClassStmt(stmt) => {
            let mut needs = vec![(AccessMethod, bare(&stmt.amname))];
            needs.extend(stmt.datatype.as_deref().map(|of| named_type(type_name(of))));
            if !stmt.opfamilyname.is_empty() {
                needs.push((OperatorFamily, of_method(&stmt.opfamilyname, &stmt.amname)));
            }
            create(OperatorClass, of_method(&stmt.opclassname, &stmt.amname), needs)
        }
        NodeKind::CreateOpFamilyStmt(stmt) => {
            let needs = vec![(AccessMethod, bare(&stmt.amname))];
            create(OperatorFamily, of_method(&stmt.opfamilyname, &stmt.amname), needs)
        }
        NodeKind::CreateConversionStmt(stmt) => create(
            Conversion,
            plain(qualified(&stmt.conversion_name)),
            function(&stmt.func_name).into_iter().collect(),
        ),
        NodeKind::CreateCastStmt(stmt) => {
            let (source, target) =
                (type_name(stmt.sourcetype.as_ref()?), type_name(stmt.targettype.as_ref()?));
            let mut needs = vec![named_type(source.clone()), named_type(target.clone())];
            needs.extend(stmt.func.as_deref().map(|called| (Function, object::with_arguments(called))));
            create(Cast, cast(source, target), needs)
        }
        NodeKind::CreateTransformStmt(stmt) => {
            let of = type_name(stmt.type_name.as_ref()?);
            let mut needs = vec![named_type(of.clone()), (Language, bare(&stmt.lang))];
            let called = [&stmt.fromsql, &stmt.tosql].into_iter().flatten();
            needs.extend(called.map(|called| (Function, object::with_arguments(called))));
            let object = ObjectName { part: Some(name(&stmt.lang)), ..plain(of.name) };
            CreateObject { or_replace: stmt.replace, ..create(Transform, object, needs) }
        }
        NodeKind::CreateSubscriptionStmt(stmt) => create(Subscription, bare(&stmt.subname), Vec::new()),

        NodeKind::AlterFdwStmt(stmt) => return alter(ForeignDataWrapper, bare(&stmt.fdwname)),
        NodeKind::AlterForeignServerStmt(stmt) => return alter(Server, bare(&stmt.servername)),
        NodeKind::AlterUserMappingStmt(stmt) => {
            return alter(UserMapping, mapping(stmt.user.as_deref(), &stmt.servername));
        }
        NodeKind::AlterEventTrigStmt(stmt) => return alter(EventTrigger, bare(&stmt.trigname)),
        NodeKind::AlterOpFamilyStmt(stmt) => {
            return alter(OperatorFamily, of_method(&stmt.opfamilyname, &stmt.amname));
        }
        NodeKind::AlterOperatorStmt(stmt) => {
            return alter(Operator, object::with_arguments(stmt.opername.as_ref()?));
        }
        NodeKind::AlterCollationStmt(stmt) => return alter(Collation, plain(qualified(&stmt.collname))),
        NodeKind::AlterTsDictionaryStmt(stmt) => {
            return alter(TextSearchDictionary, plain(qualified(&stmt.dictname)));
        }
        NodeKind::AlterTsConfigurationStmt(stmt) => {
            return alter(TextSearchConfiguration, plain(qualified(&stmt.cfgname)));
        }
        NodeKind::AlterSubscriptionStmt(stmt) => return alter(Subscription, bare(&stmt.subname)),
        NodeKind::AlterTypeStmt(stmt) => return alter(Type, plain(qualified(&stmt.type_name))),
        _ => return None,
    };
    Some(Command::CreateObject(created))
}

/// Keeps the statement with what it creates or changes.
pub(super) fn with_text(command: &mut Command, text: &str) {
    match command {
        Command::CreateObject(create) => create.sql = Arc::from(text),
        Command::AlterObject(alter) => alter.sql = Arc::from(text),
        Command::CreateFunction(CreateFunction { body: FunctionBody::Parsed(_, written), .. }) => {
            *written = Arc::from(&text[body_begins(text)..]);
        }
        Command::CreateAggregate(create) => {
            create.definition = text.find('(').map_or_else(|| Arc::from(""), |at| Arc::from(&text[at..]));
        }
        _ => {}
    }
}

/// Where the body of a function begins that is written as SQL: at RETURN or BEGIN, outside of all parentheses.
fn body_begins(text: &str) -> usize {
    let (mut depth, mut found) = (0_u32, text.len());
    Scanner::new(text, 0).for_each(|lex| {
        let word = &text[lex.range.clone()];
        match (lex.kind, word) {
            (Lexeme::Punctuation, "(") => depth += 1,
            (Lexeme::Punctuation, ")") => depth = depth.saturating_sub(1),
            (Lexeme::Word, word)
                if depth == 0
                    && found == text.len()
                    && (word.eq_ignore_ascii_case("return") || word.eq_ignore_ascii_case("begin")) =>
            {
                found = lex.range.start;
            }
            _ => {}
        }
    });
    found
}

/// The names of all the roles of a list, and to whom.
pub(super) fn owned(node: NodeKind<'_>) -> Option<Command> {
    use crate::sql::command::Owned;
    Some(Command::Owned(match node {
        NodeKind::DropOwnedStmt(stmt) => {
            Owned { roles: super::roles(&stmt.roles), to: None, behavior: super::behavior(stmt.behavior) }
        }
        NodeKind::ReassignOwnedStmt(stmt) => Owned {
            roles: super::roles(&stmt.roles),
            to: Some(stmt.newrole.as_deref().map_or_else(|| Name::from(""), role)),
            behavior: Default::default(),
        },
        _ => return None,
    }))
}
