//! The session: settings that later statements of the same connection see.

use std::sync::LazyLock;

use crate::sorted::Map;
use crate::sql::command::Set;
use crate::sql::{Name, name};
use crate::text::decimal;

/// Where an unqualified name leads, most often.
static PUBLIC: LazyLock<Name> = LazyLock::new(|| name("public"));

/// The settings of a session that differ from the server's defaults.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Session {
    settings: Map<Name, Name>,
}

impl Session {
    /// The value of a parameter that this session set.
    pub fn get(&self, parameter: &str) -> Option<&Name> {
        self.settings.get(parameter)
    }

    /// SET and RESET; SET LOCAL is the same until the transaction ends.
    pub fn set(&mut self, set: &Set) {
        match &set.name {
            None => self.settings = Map::default(),
            Some(parameter) if set.values.is_empty() => {
                self.settings.remove(parameter);
            }
            Some(parameter) => {
                let value = set.values.iter().map(|value| &**value).collect::<Vec<_>>().join(", ");
                self.settings.insert(parameter.clone(), name(&value));
            }
        }
    }

    /// Sets one parameter, as `set_config()` does.
    pub fn put(&mut self, parameter: &str, value: &str) {
        self.settings.insert(name(&parameter.to_ascii_lowercase()), name(value));
    }

    /// The schemas that unqualified names are looked up in: `search_path` without `"$user"`.
    pub fn search_path(&self) -> Vec<Name> {
        match self.get("search_path") {
            None => vec![PUBLIC.clone()],
            Some(value) => value
                .split(',')
                .map(|part| part.trim().trim_matches('"'))
                .filter(|part| !part.is_empty() && *part != "$user")
                .map(name)
                .collect(),
        }
    }

    /// A timeout in milliseconds; none when it is not set or 0.
    pub fn timeout(&self, parameter: &str) -> Option<u64> {
        self.get(parameter).and_then(|value| milliseconds(value)).filter(|ms| *ms > 0)
    }
}

/// A duration as settings write it (`5s`, `200ms`, `1min`, bare milliseconds), in milliseconds.
pub fn milliseconds(text: &str) -> Option<u64> {
    let text = text.trim().trim_matches('\'');
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let thousandths = decimal(&text[..digits], 3)?;
    let microseconds: u64 = match text[digits..].trim() {
        "" | "ms" => 1_000,
        "us" => 1,
        "s" => 1_000_000,
        "min" => 60_000_000,
        "h" => 3_600_000_000,
        "d" => 86_400_000_000,
        _ => return None,
    };
    Some(thousandths.saturating_mul(microseconds) / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_in_every_unit() {
        for (text, expected) in [
            ("5s", Some(5000)),
            ("200", Some(200)),
            ("1min", Some(60000)),
            ("0", Some(0)),
            ("1.5s", Some(1500)),
            ("2500us", Some(2)),
            ("1.2.3s", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(milliseconds(text), expected, "{text}");
        }
    }

    #[test]
    fn the_search_path_drops_the_user() {
        let mut session = Session::default();
        assert_eq!(session.search_path(), [name("public")]);
        session.put("search_path", "\"$user\", app, public");
        assert_eq!(session.search_path(), [name("app"), name("public")]);
    }
}
