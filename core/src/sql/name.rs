//! Identifiers, qualified names and type names.

use std::fmt;
use std::sync::Arc;

/// An identifier as the catalog holds it: folded to lower case unless it was quoted, cut at 63 bytes.
pub type Name = Arc<str>;

/// An identifier from a string that is already folded.
pub fn name(text: &str) -> Name {
    Arc::from(text)
}

/// A name that may say its schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifiedName {
    /// The schema, where the statement names it.
    pub schema: Option<Name>,
    /// The object's own name.
    pub name: Name,
}

impl QualifiedName {
    /// A name without a schema.
    pub fn bare(text: &str) -> Self {
        QualifiedName { schema: None, name: name(text) }
    }

    /// A name with its schema.
    pub fn qualified(schema: &str, text: &str) -> Self {
        QualifiedName { schema: Some(name(schema)), name: name(text) }
    }
}

/// As one would write it in SQL, quoted where it must be.
impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{}.", quote_identifier(schema))?;
        }
        f.write_str(&quote_identifier(&self.name))
    }
}

/// A type as a statement names it; which type that is, only a catalog can say.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeName {
    /// The name, with PostgreSQL's own words for the standard's spellings already
    /// replaced by the parser: `integer` is `pg_catalog.int4`. `serial` stays `serial`.
    pub name: QualifiedName,
    /// The numbers or words in parentheses behind it: `numeric(10,2)`.
    pub modifiers: Vec<String>,
    /// How many `[]` follow; 0 is not an array.
    pub array_dimensions: u8,
    /// `SETOF`, in a function's result.
    pub set_of: bool,
    /// `table.column%TYPE`.
    pub percent_type: bool,
    /// In the words of PostgreSQL's own messages: `character varying(20)`, `timestamp with time zone`.
    pub text: Arc<str>,
}

impl TypeName {
    /// The same of a type of another name: with its modifiers, and an array where this is one.
    pub fn named(&self, name: &QualifiedName) -> TypeName {
        let shown = match &name.schema {
            Some(schema) => format!("{}.{}", quote_identifier(schema), quote_identifier(&name.name)),
            None => quote_identifier(&name.name),
        };
        let array = if self.array_dimensions > 0 { "[]" } else { "" };
        TypeName { name: name.clone(), text: format!("{shown}{array}").into(), ..self.clone() }
    }
}

/// The identifier as SQL source: bare when PostgreSQL would fold it to itself and it is no reserved word, else in double quotes.
///
/// The same choice as `quote_identifier()` in `ruleutils.c`: every keyword that is not "unreserved" is quoted.
pub fn quote_identifier(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && !super::token::is_keyword_to_quote(text) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('"', "\"\""))
    }
}

/// The string as an SQL literal, for a server with standard_conforming_strings on.
pub fn quote_literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if text.contains('\\') { format!("E'{}'", quoted.replace('\\', "\\\\")) } else { format!("'{quoted}'") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_quoted_when_they_must_be() {
        for (plain, quoted) in [
            ("users", "users"),
            ("_a1", "_a1"),
            ("Users", "\"Users\""),
            ("a b", "\"a b\""),
            ("a\"b", "\"a\"\"b\""),
            ("order", "\"order\""),
            ("name", "name"),
            ("1a", "\"1a\""),
            ("", "\"\""),
        ] {
            assert_eq!(quote_identifier(plain), quoted);
        }
    }

    #[test]
    fn literals_double_their_quotes() {
        assert_eq!(quote_literal("it's"), "'it''s'");
        assert_eq!(quote_literal("a\\b"), "E'a\\\\b'");
    }
}
