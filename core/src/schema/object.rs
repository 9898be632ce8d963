//! What is not a relation and not a type: schemas, functions, extensions, publications.

use std::sync::Arc;

use super::{DataType, Id, Origin};
use crate::sql::command::{Argument, FunctionOptions};
use crate::sql::{Name, quote_identifier};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// FOR ALL TABLES.
    pub all_tables: bool,
    /// FOR TABLE.
    pub tables: Vec<Id>,
    /// FOR TABLES IN SCHEMA.
    pub schemas: Vec<Name>,
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
            CommentTarget::Namespace(_) | CommentTarget::Other(..) => None,
        }
    }
}

impl Function {
    /// `schema.name(types)`, as error messages and DROP write it.
    pub fn signature_text(&self, schema: &super::Schema) -> String {
        let types: Vec<_> = self.signature.iter().map(|data_type| schema.format_type(data_type)).collect();
        format!("{}({})", quote_identifier(&self.name), types.join(", "))
    }
}
