//! What is not a relation and not a type: schemas, functions, extensions, publications.

use std::sync::Arc;

use super::{DataType, Id, Origin, Privileges, RelationKind, Schema};
use crate::sql::command::{Argument, FunctionOptions, FunctionRead, ObjectKind, OptionValue};
use crate::sql::plpgsql::{BodyStatement, commands, parse_body};
use crate::sql::{Command, Expression, Name, quote_identifier};

/// A schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Namespace {
    /// Built in, created or assumed.
    pub origin: Origin,
}

/// A function or procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Its identity.
    pub id: Id,
    /// Its schema.
    pub schema: Name,
    /// Its name.
    pub name: Name,
    /// Created or assumed.
    pub origin: Origin,
    /// A procedure.
    pub procedure: bool,
    /// An aggregate: its definition from the arguments on.
    pub aggregate: Option<Arc<str>>,
    /// Its arguments as declared.
    pub arguments: Vec<Argument>,
    /// The types of its input arguments: with the name they identify it.
    pub signature: Vec<DataType>,
    /// RETURNS, as written.
    pub returns: Option<Arc<str>>,
    /// The type it gives, by RETURNS or by its OUT arguments, and whether it gives a set; none for a procedure.
    pub result: Option<(DataType, bool)>,
    /// Its options.
    pub options: FunctionOptions,
    /// Its body's text; none for a parsed or a C body.
    pub body: Option<Arc<str>>,
    /// A body in SQL itself, RETURN or BEGIN ATOMIC, as it was written.
    pub parsed_body: Option<Arc<str>>,
    /// What is read of a body that is text, each once it is asked for.
    pub read: FunctionRead,
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The schema it was put in.
    pub schema: Name,
    /// VERSION, where a statement said it.
    pub version: Option<Name>,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Publication {
    /// FOR ALL TABLES.
    pub all_tables: bool,
    /// FOR TABLE.
    pub tables: Vec<PublishedTable>,
    /// FOR TABLES IN SCHEMA.
    pub schemas: Vec<Name>,
    /// WITH (…), in lower case and by name.
    pub options: Vec<OptionValue>,
}

/// A table of a publication.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedTable {
    /// The table.
    pub table: Id,
    /// Its columns; none is all.
    pub columns: Option<Vec<i16>>,
    /// WHERE.
    pub condition: Option<Expression>,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: Name,
    /// Its options in lower case: `superuser`, `canlogin`, `connectionlimit` … with what they are set to.
    pub options: Vec<OptionValue>,
    /// The roles that it is a member of, in alphabetical order.
    pub member_of: Vec<Name>,
}

/// What names an object of which little is kept: an operator, a collation, a foreign server …
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlainKey {
    /// The kind.
    pub kind: ObjectKind,
    /// The schema, of the kinds that are in one.
    pub schema: Option<Name>,
    /// The name; of a cast its two types, of a user mapping the server, of a transform the type.
    pub name: Name,
    /// What else tells it from its like: an operator's types (`integer,integer`), an operator class's access method, a
    /// user mapping's role, a transform's language.
    pub detail: Option<Name>,
}

/// An object of which little is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Plain {
    /// What it is called.
    pub key: PlainKey,
    /// The relations, types and functions that it needs.
    pub needs: Vec<Id>,
    /// The other such objects that it needs.
    pub needs_plain: Vec<PlainKey>,
    /// What it was called when it was created.
    pub created_as: PlainKey,
    /// The statements that created and altered it.
    pub statements: Vec<Arc<str>>,
}

/// ALTER DEFAULT PRIVILEGES: what new objects' privileges differ in from the usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultPrivileges {
    /// Of the objects that this role creates.
    pub creator: Name,
    /// In this schema; none is any.
    pub schema: Option<Name>,
    /// Of this kind: tables, sequences, functions, types or schemas.
    pub kind: ObjectKind,
    /// To whom, what is granted and what revoked; by role.
    pub roles: Vec<(Name, Privileges, Privileges)>,
}

/// An extended statistics object.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// The table.
    pub table: Id,
    /// The columns it names.
    pub columns: Vec<i16>,
    /// Its definition as SQL, behind the name.
    pub kinds: Vec<Name>,
    /// The expressions it names.
    pub expressions: Vec<Expression>,
    /// SET STATISTICS.
    pub target: Option<i32>,
}

/// What a comment or a grant is on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommentTarget {
    /// A relation, type or function.
    Object(Id),
    /// A column.
    Column(Id, i16),
    /// A constraint, trigger, policy or rule of a relation: its kind and name.
    Part(Id, &'static str, Name),
    /// A schema.
    Namespace(Name),
    /// An object of which little is kept.
    Plain(PlainKey),
    /// Anything else, by kind and name.
    Other(&'static str, Name),
}

impl CommentTarget {
    /// The object it belongs to.
    pub fn object(&self) -> Option<Id> {
        match self {
            CommentTarget::Object(id) | CommentTarget::Column(id, _) | CommentTarget::Part(id, ..) => {
                Some(*id)
            }
            CommentTarget::Namespace(_) | CommentTarget::Plain(_) | CommentTarget::Other(..) => None,
        }
    }
}

impl Function {
    /// The statements of a body in PL/pgSQL; none when there is none that can be read.
    pub fn statements(&self) -> Option<&[BodyStatement]> {
        let body = self.body.as_ref()?;
        self.read.statements.get(|| parse_body(body)).as_deref().ok()
    }

    /// The commands of a body in SQL that is text.
    pub fn commands(&self) -> &[Command] {
        let Some(body) = &self.body else { return &[] };
        self.read.commands.get(|| commands(body))
    }

    /// `schema.name(types)`, as error messages and DROP write it.
    pub fn signature_text(&self, schema: &super::Schema) -> String {
        let types: Vec<_> = self.signature.iter().map(|data_type| schema.format_type(data_type)).collect();
        format!("{}({})", quote_identifier(&self.name), types.join(", "))
    }
}

impl PlainKey {
    /// As the server's messages call it.
    pub fn describe(&self) -> String {
        let name = &self.name;
        match (self.kind, &self.detail) {
            (ObjectKind::Operator, Some(types)) => format!("operator {name}({types})"),
            (ObjectKind::UserMapping, Some(role)) => format!("user mapping for {role} on server {name}"),
            (ObjectKind::Transform, Some(language)) => format!("transform for {name} language {language}"),
            (ObjectKind::OperatorClass | ObjectKind::OperatorFamily, Some(method)) => {
                format!("{} {name} for access method {method}", kind_name(self.kind))
            }
            (kind, _) => format!("{} {name}", kind_name(kind)),
        }
    }
}

/// The kind of an object of which little is kept, in the words of messages and, in upper case, of statements.
pub fn kind_name(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::AccessMethod => "access method",
        ObjectKind::Cast => "cast",
        ObjectKind::Collation => "collation",
        ObjectKind::Conversion => "conversion",
        ObjectKind::EventTrigger => "event trigger",
        ObjectKind::ForeignDataWrapper => "foreign-data wrapper",
        ObjectKind::Language => "language",
        ObjectKind::Operator => "operator",
        ObjectKind::OperatorClass => "operator class",
        ObjectKind::OperatorFamily => "operator family",
        ObjectKind::Server => "server",
        ObjectKind::Subscription => "subscription",
        ObjectKind::TextSearchConfiguration => "text search configuration",
        ObjectKind::TextSearchDictionary => "text search dictionary",
        ObjectKind::TextSearchParser => "text search parser",
        ObjectKind::TextSearchTemplate => "text search template",
        ObjectKind::Transform => "transform",
        ObjectKind::UserMapping => "user mapping",
        _ => "object",
    }
}

/// All privileges that there are on an object, in alphabetical order. MAINTAIN came with PostgreSQL 17.
pub fn all_privileges(schema: &Schema, target: &CommentTarget, version: u32) -> &'static [&'static str] {
    match target {
        CommentTarget::Namespace(_) => &["create", "usage"],
        CommentTarget::Column(..) => &["insert", "references", "select", "update"],
        CommentTarget::Object(id) => match schema.relation(*id).map(|relation| &relation.kind) {
            Some(RelationKind::Sequence(_)) => &["select", "update", "usage"],
            Some(_) => table_privileges(version),
            None if schema.function(*id).is_some() => &["execute"],
            None => &["usage"],
        },
        CommentTarget::Other("database", _) => &["connect", "create", "temporary"],
        CommentTarget::Other("tablespace", _) => &["create"],
        CommentTarget::Plain(_) | CommentTarget::Part(..) | CommentTarget::Other(..) => &["usage"],
    }
}

/// All privileges that there are on tables and views.
pub fn table_privileges(version: u32) -> &'static [&'static str] {
    match version {
        17.. => &["delete", "insert", "maintain", "references", "select", "trigger", "truncate", "update"],
        _ => &["delete", "insert", "references", "select", "trigger", "truncate", "update"],
    }
}

/// Privileges in words: `all` where there are no others.
pub fn privilege_words<'a>(schema: &Schema, target: &CommentTarget, words: &[&'a str]) -> Vec<&'a str> {
    let is_all = |version| {
        let all = all_privileges(schema, target, version);
        all.len() > 1 && all.iter().all(|own| words.contains(own))
    };
    // Which version this is for is not known here; what lacks but MAINTAIN is all before there was MAINTAIN.
    if is_all(18) || is_all(16) { vec!["all"] } else { words.to_vec() }
}
