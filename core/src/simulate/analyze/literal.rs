//! What a constant's text has to look like to be a value of a type. Only what is plainly wrong is refused.

use super::coerce::base;
use crate::schema::{BaseType, DataType, Origin, TypeKind};
use crate::simulate::PgError;
use crate::simulate::run::Run;
use crate::sql::QualifiedName;
use crate::text::decimal;

/// 22P02, 22003 or 22007 for a text that is no value of the type, 42P01 for a `regclass` that is not there.
pub(super) fn check(run: &mut Run, text: &str, data_type: &DataType) -> Result<(), PgError> {
    let under = base(run, data_type);
    let trimmed = text.trim_matches(|c: char| c.is_ascii_whitespace());
    let invalid = |sqlstate, shown: &str| {
        Err(PgError::new(sqlstate, format!("invalid input syntax for type {shown}: \"{text}\"")))
    };
    if under.array {
        return match trimmed.starts_with(['{', '[']) {
            true => Ok(()),
            false => Err(PgError::new("22P02", format!("malformed array literal: \"{text}\""))),
        };
    }
    let name = match &under.base {
        BaseType::BuiltIn(name) => *name,
        BaseType::User(id) => {
            return match run.schema.user_type(*id).filter(|found| found.origin == Origin::Created) {
                Some(found) => match &found.kind {
                    TypeKind::Enum(values) if !values.iter().any(|value| **value == *text) => {
                        let message = format!("invalid input value for enum {}: \"{text}\"", found.name);
                        Err(PgError::new("22P02", message))
                    }
                    _ => Ok(()),
                },
                None => Ok(()),
            };
        }
        _ => return Ok(()),
    };
    match name {
        "bool" if !is_boolean(trimmed) => invalid("22P02", "boolean"),
        "int2" => integer(run, trimmed, "smallint", i16::MIN.into(), i16::MAX.into()),
        "int4" => integer(run, trimmed, "integer", i32::MIN.into(), i32::MAX.into()),
        "int8" => integer(run, trimmed, "bigint", i64::MIN, i64::MAX),
        "numeric" | "float4" | "float8" => {
            let grouped = trimmed.contains(['_', 'x', 'X', 'o', 'O', 'b', 'B'])
                && trimmed.contains(|c: char| c.is_ascii_digit());
            match is_number(trimmed) || grouped {
                true => Ok(()),
                false => invalid("22P02", &run.schema.format_type(&under)),
            }
        }
        "uuid" => {
            let digits = trimmed.chars().filter(|c| !matches!(c, '-' | '{' | '}'));
            let (hex, others): (Vec<char>, Vec<char>) = digits.partition(char::is_ascii_hexdigit);
            if hex.len() == 32 && others.is_empty() { Ok(()) } else { invalid("22P02", "uuid") }
        }
        "date" | "timestamp" | "timestamptz" | "time" | "timetz" | "interval" => {
            let words = ["now", "today", "tomorrow", "yesterday", "epoch", "infinity", "allballs"];
            let lower = trimmed.to_ascii_lowercase();
            let known =
                lower.contains(|c: char| c.is_ascii_digit()) || words.iter().any(|w| lower.contains(w));
            if known { Ok(()) } else { invalid("22007", &run.schema.format_type(&under)) }
        }
        "regclass" => regclass(run, trimmed),
        _ if name.ends_with("range") && !name.ends_with("multirange") => {
            match trimmed.starts_with(['[', '(']) || trimmed.eq_ignore_ascii_case("empty") {
                true => Ok(()),
                false => Err(PgError::new("22P02", format!("malformed range literal: \"{text}\""))),
            }
        }
        _ => Ok(()),
    }
}

/// `parse_bool_with_len`.
fn is_boolean(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let begins = |word: &str, least: usize| text.len() >= least && word.starts_with(&text);
    begins("true", 1)
        || begins("false", 1)
        || begins("yes", 1)
        || begins("no", 1)
        || text == "on"
        || begins("off", 2)
        || text == "1"
        || text == "0"
}

fn integer(run: &Run, text: &str, shown: &str, least: i64, most: i64) -> Result<(), PgError> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // Since version 16 also in other bases and with underscores.
    let is_newer = run.version() >= 16 && digits.starts_with(|c: char| c.is_ascii_digit());
    if !plain && (!is_newer || digits.contains(['.', ' ', ',', ':'])) {
        return Err(PgError::new("22P02", format!("invalid input syntax for type {shown}: \"{text}\"")));
    }
    match text.parse::<i64>() {
        Ok(number) if (least..=most).contains(&number) => Ok(()),
        Err(_) if !plain => Ok(()),
        _ => Err(PgError::new("22003", format!("value \"{text}\" is out of range for type {shown}"))),
    }
}

/// The relation that a text names; it may be a number.
fn regclass(run: &mut Run, text: &str) -> Result<(), PgError> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) || text == "-" {
        return Ok(());
    }
    let mut parts: Vec<String> = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            c => {
                if let Some(part) = parts.last_mut() {
                    part.push(if quoted { c } else { c.to_ascii_lowercase() });
                }
            }
        }
    }
    let name = match parts.as_slice() {
        [name] => QualifiedName::bare(name),
        [.., schema, name] => QualifiedName::qualified(schema, name),
        [] => return Ok(()),
    };
    let is_catalog = matches!(name.schema.as_deref(), Some("pg_catalog" | "information_schema"))
        || name.schema.is_none() && name.name.starts_with("pg_");
    if is_catalog {
        return Ok(());
    }
    run.relation(&name).map(drop)
}

/// Is it a number as floating point is written, an infinite one or none at all among them?
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_word = |word: &&str| unsigned.eq_ignore_ascii_case(word);
    ["inf", "infinity", "nan"].iter().any(is_word) || decimal(unsigned, 0).is_some()
}
