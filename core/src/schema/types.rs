//! Types: PostgreSQL's own, and those a history creates.

use super::{Id, Origin, Schema, builtin, qualified_sql};
use crate::sql::command::{ColumnDefinition, OptionValue};
use crate::sql::{Expression, Name, QualifiedName, quote_literal};

/// The type of a column, resolved.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DataType {
    /// Which type.
    pub base: BaseType,
    /// Length, precision and scale, as written.
    pub modifiers: Vec<String>,
    /// An array of it.
    pub array: bool,
}

/// A type without modifiers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BaseType {
    /// One of PostgreSQL's own, by the name in `pg_type`: `int4`, `varchar`.
    BuiltIn(&'static str),
    /// One that the history created, or that had to be assumed.
    User(Id),
    /// One that an extension brought, by schema-less name: `citext`.
    Extension(Name),
    /// The row type of a relation.
    Row(Id),
    /// Nothing is known: a column that had to be assumed.
    Unknown,
}

/// A type that a history created.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// Its identity.
    pub id: Id,
    /// Its schema.
    pub schema: Name,
    /// Its name.
    pub name: Name,
    /// Created or assumed.
    pub origin: Origin,
    /// What it is.
    pub kind: TypeKind,
}

/// The kinds of type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// An enum: its values in order.
    Enum(Vec<Name>),
    /// A composite type.
    Composite(Vec<ColumnDefinition>),
    /// A domain.
    Domain(Domain),
    /// A range type.
    Range(Vec<OptionValue>),
    /// The multirange type that comes and goes with a range type.
    Multirange(Id),
    /// A base type.
    Base,
    /// Only the name of a type, to be defined later.
    Shell,
    /// Assumed: it may be anything.
    Unknown,
}

/// A domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Domain {
    /// The type under it.
    pub base: DataType,
    /// DEFAULT.
    pub default: Option<Expression>,
    /// NOT NULL.
    pub not_null: bool,
    /// The name of the NOT NULL constraint, which it has from PostgreSQL 17 on.
    pub not_null_name: Option<Name>,
    /// CHECK: name, condition, valid.
    pub checks: Vec<(Name, Expression, bool)>,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
}

/// The built-in type of that name in `pg_type`.
pub fn built_in_type(name: &str) -> Option<&'static str> {
    builtin::type_facts(builtin::CORE, name).map(|facts| facts.name)
}

/// Is the built-in type one that no column can have?
pub fn is_pseudo_type(name: &str) -> bool {
    builtin::type_facts(builtin::CORE, name).is_some_and(|facts| facts.is_pseudo())
}

/// All built-in types' names, for "did you mean".
pub fn built_in_types() -> impl Iterator<Item = &'static str> {
    builtin::names(builtin::CORE, b't')
}

impl DataType {
    /// A built-in type without modifiers. `name` must be one.
    pub fn built_in(name: &'static str) -> DataType {
        debug_assert!(built_in_type(name).is_some());
        DataType { base: BaseType::BuiltIn(name), modifiers: Vec::new(), array: false }
    }

    /// The type of a column of which nothing is known.
    pub fn unknown() -> DataType {
        DataType { base: BaseType::Unknown, modifiers: Vec::new(), array: false }
    }

    /// Is it this built-in type, not an array, with whatever modifiers?
    pub fn is(&self, name: &str) -> bool {
        !self.array && matches!(self.base, BaseType::BuiltIn(known) if known == name)
    }
}

/// `interval(3)`, `interval day to second(3)`.
fn interval(modifiers: &[String]) -> String {
    match modifiers {
        [precision] if precision.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("interval({precision})")
        }
        [fields] => format!("interval {fields}"),
        [fields, precision, ..] => format!("interval {fields}({precision})"),
        [] => "interval".to_owned(),
    }
}

impl Schema {
    /// The type as `format_type()` writes it: `character varying(10)`, `timestamp(3) without time zone[]`.
    pub fn format_type(&self, data_type: &DataType) -> String {
        let base = match &data_type.base {
            // Of any length, it is not what the standard calls a character.
            BaseType::BuiltIn("bpchar") if data_type.modifiers.is_empty() => "bpchar".to_owned(),
            BaseType::BuiltIn("bit") if data_type.modifiers.is_empty() => "\"bit\"".to_owned(),
            BaseType::BuiltIn(known) => {
                let shown = builtin::type_facts(builtin::CORE, known).and_then(|facts| facts.shown());
                shown.map_or_else(|| (*known).to_owned(), |shown| shown.replace('_', " "))
            }
            BaseType::User(id) => {
                self.user_type(*id).map_or_else(|| "?".to_owned(), |t| qualified_sql(&t.schema, &t.name))
            }
            BaseType::Extension(name) => name.to_string(),
            BaseType::Row(id) => self.sql_name(*id),
            BaseType::Unknown => "unknown".to_owned(),
        };
        let modified = if data_type.modifiers.is_empty() {
            base
        } else {
            let list = format!("({})", data_type.modifiers.join(","));
            // The precision of a time stands before its time zone.
            match base.split_once(' ') {
                Some((word @ ("time" | "timestamp"), rest)) => format!("{word}{list} {rest}"),
                _ if base == "interval" => interval(&data_type.modifiers),
                _ => format!("{base}{list}"),
            }
        };
        if data_type.array { format!("{modified}[]") } else { modified }
    }

    /// Follows domains down to the type they are made of.
    pub fn base_type(&self, data_type: &DataType) -> DataType {
        let mut current = data_type.clone();
        while let BaseType::User(id) = current.base
            && !current.array
            && let Some(TypeKind::Domain(domain)) = self.user_type(id).map(|t| &t.kind)
        {
            current = domain.base.clone();
        }
        current
    }

    /// Does the type, or a domain under it, have NOT NULL or CHECK?
    pub fn has_domain_constraints(&self, data_type: &DataType) -> bool {
        let mut current = data_type.clone();
        while !current.array
            && let BaseType::User(id) = current.base
            && let Some(TypeKind::Domain(domain)) = self.user_type(id).map(|t| &t.kind)
        {
            if domain.not_null || !domain.checks.is_empty() {
                return true;
            }
            current = domain.base.clone();
        }
        false
    }
}

impl Type {
    /// The name to write in SQL.
    pub fn sql_name(&self) -> String {
        qualified_sql(&self.schema, &self.name)
    }

    /// The CREATE statement, without semicolon; none for what was only assumed.
    pub fn definition(&self, schema: &Schema) -> Option<String> {
        let name = self.sql_name();
        Some(match &self.kind {
            TypeKind::Enum(values) => {
                let values: Vec<_> = values.iter().map(|value| quote_literal(value)).collect();
                format!("CREATE TYPE {name} AS ENUM ({})", values.join(", "))
            }
            TypeKind::Composite(attributes) => {
                let attributes: Vec<_> = attributes
                    .iter()
                    .map(|a| {
                        let data_type = a.type_name.as_ref().map_or("", |t| &t.text);
                        format!("{} {data_type}", crate::sql::quote_identifier(&a.name))
                    })
                    .collect();
                format!("CREATE TYPE {name} AS ({})", attributes.join(", "))
            }
            TypeKind::Domain(domain) => {
                let mut text = format!("CREATE DOMAIN {name} AS {}", schema.format_type(&domain.base));
                if let Some(collation) = &domain.collation {
                    text += &format!(" COLLATE {collation}");
                }
                if let Some(default) = &domain.default {
                    text += &format!(" DEFAULT {}", default.sql);
                }
                if domain.not_null {
                    text += " NOT NULL";
                }
                for (check, condition, _) in domain.checks.iter().filter(|(_, _, valid)| *valid) {
                    text += &format!(
                        " CONSTRAINT {} CHECK ({})",
                        crate::sql::quote_identifier(check),
                        condition.sql
                    );
                }
                text
            }
            TypeKind::Range(options) => {
                let options: Vec<_> = options
                    .iter()
                    .map(|o| format!("{} = {}", o.name, o.value.as_deref().unwrap_or_default()))
                    .collect();
                format!("CREATE TYPE {name} AS RANGE ({})", options.join(", "))
            }
            TypeKind::Base | TypeKind::Shell => format!("CREATE TYPE {name}"),
            TypeKind::Multirange(_) | TypeKind::Unknown => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_types_go_by_their_names_in_pg_type() {
        assert_eq!(built_in_type("int4"), Some("int4"));
        assert_eq!(built_in_type("int"), None);
    }

    #[test]
    fn types_are_written_like_the_server_does() {
        let schema = Schema::default();
        let with = |base, modifiers: &[&str], array| DataType {
            base: BaseType::BuiltIn(base),
            modifiers: modifiers.iter().map(|m| (*m).to_owned()).collect(),
            array,
        };
        for (data_type, text) in [
            (with("varchar", &["10"], false), "character varying(10)"),
            (with("timestamp", &["3"], true), "timestamp(3) without time zone[]"),
            (with("numeric", &["10", "2"], false), "numeric(10,2)"),
            (with("text", &[], false), "text"),
            (with("bpchar", &[], false), "bpchar"),
            (with("bpchar", &["3"], false), "character(3)"),
            (with("interval", &["3"], false), "interval(3)"),
            (with("interval", &["day to second"], true), "interval day to second[]"),
            (with("interval", &["second", "2"], false), "interval second(2)"),
        ] {
            assert_eq!(schema.format_type(&data_type), text);
        }
    }
}
