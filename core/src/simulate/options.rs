//! Storage options: which there are, and what values they take. Source: the tables in `reloptions.c`.

use super::run::Run;
use super::{PgError, plain};
use crate::sql::command::{ObjectKind, OptionValue};
use crate::sql::{Name, QualifiedName};
use crate::text::signed_decimal;

/// What has storage options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner<'a> {
    /// A table or materialized view.
    Table,
    /// A view.
    View,
    /// An index, by its access method.
    Index(&'a str),
}

/// The values that an option takes.
#[derive(Clone, Copy)]
enum Values {
    Boolean,
    Integer(i64, i64),
    Real(i64, i64),
    Word(&'static [&'static str]),
}
use Values::{Boolean, Integer, Real, Word};

const ANY: i64 = i32::MAX as i64;

/// Options that a table shares with its TOAST table.
const HEAP: &[(&str, Values)] = &[
    ("autovacuum_enabled", Boolean),
    ("autovacuum_freeze_max_age", Integer(100_000, 2_000_000_000)),
    ("autovacuum_freeze_min_age", Integer(0, 1_000_000_000)),
    ("autovacuum_freeze_table_age", Integer(0, 2_000_000_000)),
    ("autovacuum_multixact_freeze_max_age", Integer(10_000, 2_000_000_000)),
    ("autovacuum_multixact_freeze_min_age", Integer(0, 1_000_000_000)),
    ("autovacuum_multixact_freeze_table_age", Integer(0, 2_000_000_000)),
    ("autovacuum_vacuum_cost_delay", Real(0, 100)),
    ("autovacuum_vacuum_cost_limit", Integer(1, 10_000)),
    ("autovacuum_vacuum_insert_scale_factor", Real(0, 100)),
    ("autovacuum_vacuum_insert_threshold", Integer(-1, ANY)),
    ("autovacuum_vacuum_max_threshold", Integer(-1, ANY)),
    ("autovacuum_vacuum_scale_factor", Real(0, 100)),
    ("autovacuum_vacuum_threshold", Integer(0, ANY)),
    ("log_autovacuum_min_duration", Integer(-1, ANY)),
    ("vacuum_index_cleanup", Word(&["auto", "on", "off", "true", "false", "yes", "no", "1", "0"])),
    ("vacuum_max_eager_freeze_failure_rate", Real(0, 1)),
    ("vacuum_truncate", Boolean),
];

const TABLE: &[(&str, Values)] = &[
    ("autovacuum_analyze_scale_factor", Real(0, 100)),
    ("autovacuum_analyze_threshold", Integer(0, ANY)),
    ("fillfactor", Integer(10, 100)),
    ("parallel_workers", Integer(0, 1024)),
    ("toast_tuple_target", Integer(128, 8160)),
    ("user_catalog_table", Boolean),
];

const VIEW: &[(&str, Values)] = &[
    ("check_option", Word(&["local", "cascaded"])),
    ("security_barrier", Boolean),
    ("security_invoker", Boolean),
];

const FILLFACTOR: (&str, Values) = ("fillfactor", Integer(10, 100));

/// An index's options by access method; none for a method that is not PostgreSQL's own.
fn of_index(method: &str) -> Option<&'static [(&'static str, Values)]> {
    Some(match method {
        "btree" => &[FILLFACTOR, ("deduplicate_items", Boolean)],
        "hash" | "spgist" => &[FILLFACTOR],
        "gist" => &[FILLFACTOR, ("buffering", Word(&["on", "off", "auto"]))],
        "gin" => &[("fastupdate", Boolean), ("gin_pending_list_limit", Integer(64, ANY))],
        "brin" => &[("pages_per_range", Integer(1, 131_072)), ("autosummarize", Boolean)],
        _ => return None,
    })
}

/// 22023 for an option that there is not, that is given twice, or whose value is none of its own.
pub(super) fn check(run: &Run, owner: Owner, options: &[OptionValue]) -> Result<(), PgError> {
    let refused = |message: String| Err(PgError::new("22023", message));
    for (index, option) in options.iter().enumerate() {
        let (namespace, name) = match option.name.split_once('.') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, &*option.name),
        };
        let known: [&[(&str, Values)]; 2] = match (owner, namespace) {
            (Owner::Table, None) => [HEAP, TABLE],
            (Owner::Table, Some("toast")) => [HEAP, &[]],
            // An extension may have taken the namespace for itself.
            (_, Some(_)) if run.server.world.presumes_objects() => continue,
            (_, Some(namespace)) => {
                return refused(format!("unrecognized parameter namespace \"{namespace}\""));
            }
            (Owner::View, None) => [VIEW, &[]],
            (Owner::Index(method), None) => match of_index(method) {
                Some(options) => [options, &[]],
                None => continue,
            },
        };
        let Some((_, values)) = known.iter().flat_map(|list| list.iter()).find(|(own, _)| *own == name)
        else {
            return refused(format!("unrecognized parameter \"{name}\""));
        };
        if options[..index].iter().any(|earlier| earlier.name == option.name) {
            return refused(format!("parameter \"{name}\" specified more than once"));
        }
        let value = option.value.as_deref().unwrap_or("true");
        let (kind, range) = match values {
            Boolean if is_boolean(value) => continue,
            Boolean => ("boolean", None),
            Word(words) if words.contains(&value.to_ascii_lowercase().as_str()) => continue,
            Word(_) => ("enum", None),
            Integer(least, most) => ("integer", Some((least, most))),
            Real(least, most) => ("floating point", Some((least, most))),
        };
        match (range, signed_decimal(value.trim(), 3)) {
            (Some((least, most)), Some(number)) if (least * 1000..=most * 1000).contains(&number) => {}
            (Some(_), Some(_)) => {
                return refused(format!("value {value} out of bounds for option \"{name}\""));
            }
            _ => return refused(format!("invalid value for {kind} option \"{name}\": {value}")),
        }
    }
    Ok(())
}

/// The tablespace that is kept: none for the database's own. 42704 for one that is not there, 22023 for the server's own.
pub(super) fn tablespace(run: &Run, written: Option<&Name>) -> Result<Option<Name>, PgError> {
    match written.map(|written| &**written) {
        None | Some("pg_default") => Ok(None),
        Some("pg_global") => {
            Err(PgError::new("22023", "only shared relations can be placed in pg_global tablespace"))
        }
        // Tablespaces belong to the server, as roles do.
        Some(_) if !run.server.world.roles_known => Ok(written.cloned()),
        Some(written) => Err(PgError::new("42704", format!("tablespace \"{written}\" does not exist"))),
    }
}

/// 42704 for an access method that is not there, 42809 for one of the other kind.
pub(super) fn access_method(run: &mut Run, written: &Name, of_tables: bool) -> Result<(), PgError> {
    plain::named(run, ObjectKind::AccessMethod, &QualifiedName::bare(written))?;
    let is_tables = match &**written {
        "heap" => true,
        "brin" | "btree" | "gin" | "gist" | "hash" | "spgist" | "bloom" => false,
        _ => of_tables,
    };
    if is_tables != of_tables {
        let kind = if of_tables { "TABLE" } else { "INDEX" };
        return Err(PgError::new("42809", format!("access method \"{written}\" is not of type {kind}")));
    }
    Ok(())
}

/// 0A000 for WITH (oids): the options without it.
pub(super) fn without_oids(options: &[OptionValue]) -> Result<Vec<OptionValue>, PgError> {
    let oids = options.iter().find(|option| &*option.name == "oids");
    if oids.is_some_and(|oids| matches!(oids.value.as_deref(), None | Some("true" | "on" | "1"))) {
        return Err(PgError::new("0A000", "tables declared WITH OIDS are not supported"));
    }
    Ok(options.iter().filter(|option| &*option.name != "oids").cloned().collect())
}

/// What `parse_bool` takes: a word or the beginning of one.
pub(super) fn is_boolean(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let begins = |word: &str, least: usize| value.len() >= least && word.starts_with(&value);
    begins("true", 1)
        || begins("false", 1)
        || begins("yes", 1)
        || begins("no", 1)
        || begins("on", 2)
        || begins("off", 2)
        || value == "1"
        || value == "0"
}
