//! The file read back: its block of JSON is what counts, wherever in the text it is and however it is indented.

use super::{Accepted, Conditions, Decisions, FORMAT, Reviewed, SignOff, Spot, TRANSACTIONS, UNKNOWN};
use crate::json::{Error, Json};
use crate::report::json::Severity;

/// Does a text hold a sign-off, readable or not?
pub fn is_sign_off(text: &str) -> bool {
    blocks(text).any(|(_, block)| block.contains("\"signoff\""))
}

/// The sign-off that a text holds; or else why there is none, in a sentence without full stop.
pub fn read(text: &str) -> Result<SignOff, String> {
    let mut found = None;
    for (line, block) in blocks(text).filter(|(_, block)| block.contains("\"signoff\"")) {
        if found.is_some() {
            return Err(format!("there is a second sign-off in line {line}"));
        }
        let json = Json::parse(block).map_err(|Error { line: within, column }| {
            format!("its block stops being JSON in line {}, column {column}", line + within)
        })?;
        found = Some(json);
    }
    let json = found.ok_or("it has no block of JSON with a sign-off")?;
    match json["signoff"].number() {
        Some(FORMAT) => sign_off(&json),
        Some(other) => Err(format!("it is of format {other}, and only format {FORMAT} is known here")),
        None => Err("its block does not say of which format it is".to_owned()),
    }
}

/// The fenced blocks of JSON, each with the line of its fence.
fn blocks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut line = 0;
    std::iter::from_fn(move || {
        loop {
            let (first, after) = rest.split_once('\n')?;
            (rest, line) = (after, line + 1);
            let first = first.trim();
            let marker = first.trim_start_matches('`');
            let fence = first.len() - marker.len();
            if fence < 3 || !marker.trim().eq_ignore_ascii_case("json") {
                continue;
            }
            let mut end = 0;
            for inner in rest.split_inclusive('\n') {
                if inner.trim().len() >= fence && inner.trim().bytes().all(|byte| byte == b'`') {
                    break;
                }
                end += inner.len();
            }
            return Some((line, &rest[..end]));
        }
    })
}

fn sign_off(json: &Json) -> Result<SignOff, String> {
    let conditions = &json["conditions"];
    let named = |name: &str| Some(conditions[name].text().to_owned()).filter(|text| !text.is_empty());
    let transaction = conditions["transaction"].text();
    let unknown = conditions["unknown"].text();
    Ok(SignOff {
        lockstep: json["lockstep"].text().to_owned(),
        rules: json["rules"].text().to_owned(),
        conditions: Conditions {
            postgres: conditions["postgres"]
                .number()
                .ok_or("it does not say for which version of PostgreSQL it is")?,
            layout: conditions["layout"].text().to_owned(),
            transaction: TRANSACTIONS.iter().find(|(_, name)| *name == transaction).map(|(mode, _)| *mode),
            since: named("since"),
            timezone: named("timezone"),
            unknown: UNKNOWN
                .iter()
                .find(|(_, name)| *name == unknown)
                .map(|(what, _)| *what)
                .unwrap_or_default(),
            baseline: named("baseline"),
            stats: named("stats"),
            rules: named("rules"),
        },
        files: each(json, "files", |file| {
            let digest = text(file, "sha256")?.to_ascii_lowercase();
            let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_digest.then_some((text(file, "path")?, digest))
        })?,
        migrations: each(json, "migrations", |title| {
            Some(title.text().to_owned()).filter(|title| !title.is_empty())
        })?,
        findings: each(json, "findings", |finding| {
            let severity = match finding["severity"].text() {
                "danger" => Severity::Danger,
                "warning" => Severity::Warning,
                _ => return None,
            };
            Some((severity, spot(finding)?))
        })?,
        decisions: Decisions {
            reviewed: each(json, "reviewed", |reviewed| {
                Some(Reviewed {
                    migration: text(reviewed, "migration")?,
                    by: text(reviewed, "by")?,
                    on: text(reviewed, "on")?,
                })
            })?,
            accepted: each(json, "accepted", |accepted| {
                Some(Accepted {
                    spot: spot(accepted)?,
                    by: text(accepted, "by")?,
                    on: text(accepted, "on")?,
                    reason: text(accepted, "reason")?,
                })
            })?,
        },
    })
}

/// Every element of an array, all of which have to be complete.
fn each<T>(json: &Json, name: &str, read: impl Fn(&Json) -> Option<T>) -> Result<Vec<T>, String> {
    let elements = json[name].list().iter().enumerate();
    elements
        .map(|(index, element)| {
            read(element).ok_or_else(|| format!("number {} of its {name} is not complete", index + 1))
        })
        .collect()
}

/// A member that is a text and not blank.
fn text(json: &Json, name: &str) -> Option<String> {
    Some(json[name].text().to_owned()).filter(|text| !text.trim().is_empty())
}

fn spot(json: &Json) -> Option<Spot> {
    Some(Spot {
        rule: text(json, "rule")?,
        path: json["path"].text().to_owned(),
        line: json["line"].number()?,
        column: json["column"].number()?,
    })
}
