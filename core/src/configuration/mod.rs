//! `lockstep.toml`: what a project wants to be told, in a file beside its migrations or pasted with them.
//! `docs/configuration.md` has all of it.

mod toml;

use std::ops::Range;

use crate::layout::{self, LAYOUTS};
use crate::report::json::Severity;
use crate::rules;
pub use crate::settings::CONFIGURATION_FILE as FILE_NAME;
use crate::settings::{NamedKind, Settings, TransactionMode};
use crate::simulate::milliseconds;
use crate::text::{FileId, Span, Workspace};
use toml::{Entry, Fault, Value};

/// The server's major versions that a review can be for.
pub const SERVERS: std::ops::RangeInclusive<u32> = 14..=18;

/// What a configuration asks for.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// The file it is in.
    pub file: FileId,
    /// Its path.
    pub path: String,
    /// What it sets, and the rest as always; with what in it is not understood.
    pub settings: Settings,
    /// The file with the baseline, from the configuration's own folder on, and where it is named; none too when it is
    /// among the files, and so in the settings.
    pub baseline: Option<(String, Span)>,
    /// The file with the table sizes, likewise.
    pub stats: Option<(String, Span)>,
}

/// The configuration among some files: of several the one nearest to the top, of these the first.
pub fn read(workspace: &Workspace) -> Option<Configuration> {
    layout::with_file(workspace, FILE_NAME, |file| {
        let mut configuration = Configuration {
            file: file.id,
            path: file.path.to_string(),
            settings: Settings::default(),
            baseline: None,
            stats: None,
        };
        let (entries, mut faults) = toml::read(file.text());
        let start = file.range.end - file.text().len() as u32;
        let in_file =
            |range: &Range<usize>| Span::new(file.id, start + range.start as u32..start + range.end as u32);
        for entry in entries {
            if let Err(message) = configuration.take(&entry, in_file(&entry.range)) {
                faults.push((entry.range, message));
            }
        }
        let here = |named: &mut Option<(String, Span)>| {
            let found = workspace
                .files()
                .find(|(_, file)| named.as_ref().is_some_and(|(path, _)| file.path == *path));
            found.and_then(|(_, file)| Some((named.take()?.0, file.text.to_string())))
        };
        configuration.settings.baseline = here(&mut configuration.baseline);
        configuration.settings.stats = here(&mut configuration.stats).map(|(_, text)| text);
        let faults = faults.into_iter().map(|(range, message): Fault| (in_file(&range), message));
        configuration.settings.faults = faults.collect();
        configuration
    })
}

impl Configuration {
    /// The settings, for who has no other files than those that were given: what is named and elsewhere is a fault.
    pub fn of_these_files(mut self) -> Settings {
        for (what, named) in [("baseline", self.baseline), ("table sizes", self.stats)] {
            if let Some((path, span)) = named {
                self.settings.faults.push((span, format!("the {what} {path} is not among the files")));
            }
        }
        self.settings
    }

    fn take(&mut self, entry: &Entry, span: Span) -> Result<(), String> {
        let Entry { table, key, value, .. } = entry;
        match table.as_str() {
            "" => self.take_option(key, value, span),
            "rules" => self.take_rule(key, value),
            "limits" => self.take_limit(key, value),
            "naming" => self.take_pattern(key, value),
            other => Err(format!("there is no table [{other}]; the tables are [rules], [limits], [naming]")),
        }
    }

    fn take_option(&mut self, key: &str, value: &Value, span: Span) -> Result<(), String> {
        let settings = &mut self.settings;
        match key {
            "pg" => {
                let version = match value {
                    Value::Number(version) => u32::try_from(*version).ok(),
                    _ => None,
                };
                settings.postgres = version
                    .filter(|version| SERVERS.contains(version))
                    .ok_or_else(|| format!("pg is a number from {} to {}", SERVERS.start(), SERVERS.end()))?;
            }
            "layout" => {
                let name = text(key, value)?;
                let is_known = LAYOUTS.iter().any(|layout| layout.name.eq_ignore_ascii_case(&name));
                if name != "auto" && !is_known {
                    let names: Vec<_> = LAYOUTS.iter().map(|layout| layout.name).collect();
                    return Err(format!(
                        "there is no layout {name}; the layouts are auto, {}",
                        names.join(", ")
                    ));
                }
                settings.layout = Some(name).filter(|name| name != "auto");
            }
            "transaction" => {
                settings.transaction = match text(key, value)?.as_str() {
                    "per-migration" => Some(TransactionMode::Single),
                    "per-statement" => Some(TransactionMode::None),
                    "auto" => None,
                    _ => {
                        return Err(
                            "transaction is \"per-migration\", \"per-statement\" or \"auto\"".to_owned()
                        );
                    }
                }
            }
            "since" => settings.since = Some(text(key, value)?),
            "baseline" | "stats" => {
                let folder =
                    self.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                let named = Some((folder + &text(key, value)?, span));
                *(if key == "stats" { &mut self.stats } else { &mut self.baseline }) = named;
            }
            "fail-on" => {
                let word = text(key, value)?;
                settings.fail_on = match &*word {
                    "never" => None,
                    word => Some(
                        severity(word)
                            .ok_or("fail-on is \"danger\", \"warning\", \"advice\" or \"never\"")?,
                    ),
                };
            }
            "timezone" => settings.timezone = Some(text(key, value)?),
            _ => {
                return Err(format!(
                    "there is no key {key}; the keys are pg, layout, transaction, since, baseline, stats, timezone, fail-on, and the tables [rules], [limits], [naming]"
                ));
            }
        }
        Ok(())
    }

    fn take_rule(&mut self, key: &str, value: &Value) -> Result<(), String> {
        let named = rules::named(key);
        if named.is_empty() {
            return Err(format!("there is no rule {key}"));
        }
        let severity = match text(key, value)?.as_str() {
            "off" => None,
            word => Some(
                severity(word)
                    .ok_or_else(|| format!("{key} is \"off\", \"advice\", \"warning\" or \"danger\""))?,
            ),
        };
        self.settings.rules.severities.extend(named.into_iter().map(|rule| (rule.id, severity)));
        Ok(())
    }

    fn take_limit(&mut self, key: &str, value: &Value) -> Result<(), String> {
        let limits = &mut self.settings.limits;
        let (limit, is_time) = match key {
            "small-table-rows" => (&mut limits.small_table_rows, false),
            "many-rows" => (&mut limits.many_rows, false),
            "lock-timeout" => (&mut limits.lock_timeout, true),
            _ => {
                return Err(format!(
                    "there is no limit {key}; the limits are small-table-rows, many-rows, lock-timeout"
                ));
            }
        };
        *limit = match value {
            Value::Number(number) => *number,
            Value::Text(text) if is_time => milliseconds(text)
                .ok_or_else(|| format!("{key} is a time such as \"5s\", or milliseconds"))?,
            _ => return Err(format!("{key} is a number")),
        };
        Ok(())
    }

    fn take_pattern(&mut self, key: &str, value: &Value) -> Result<(), String> {
        let Some(kind) = NamedKind::ALL.into_iter().find(|kind| kind.key() == key) else {
            let keys: Vec<_> = NamedKind::ALL.iter().map(|kind| kind.key()).collect();
            return Err(format!("there are no names of a {key}; there are those of a {}", keys.join(", ")));
        };
        let patterns = match value {
            Value::Text(pattern) => vec![pattern.clone()],
            Value::Texts(patterns) => patterns.clone(),
            Value::Number(_) => return Err(format!("{key} is a pattern, or an array of patterns")),
        };
        self.settings.naming.push((kind, patterns));
        Ok(())
    }
}

fn severity(word: &str) -> Option<Severity> {
    [Severity::Advice, Severity::Warning, Severity::Danger]
        .into_iter()
        .find(|severity| severity.name() == word)
}

fn text(key: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        Value::Number(number) if key == "since" => Ok(number.to_string()),
        _ => Err(format!("{key} is a \"string\"")),
    }
}

#[cfg(test)]
mod tests;
