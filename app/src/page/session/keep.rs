//! The reader's text and settings, kept in the browser until the next visit.

use js_sys::{Array, JSON};
use wasm_bindgen::JsCast;

use super::input::{Content, Input, Origin};
use crate::page::browser::storage;
use crate::protocol::{POSTGRES_VERSIONS, Settings};

const INPUT: &str = "lockstep.input";
const POSTGRES: &str = "lockstep.postgres";

/// Browsers give about five million characters in all.
const MAX_KEPT_BYTES: usize = 2 * 1024 * 1024;

/// Keeps text and settings. What is too large or no text is not kept.
pub fn save(input: &Input, settings: &Settings) {
    storage::save(POSTGRES, &settings.postgres.to_string());
    match written(input) {
        Some(text) => drop(storage::save(INPUT, &text)),
        None => storage::forget(INPUT),
    }
}

fn written(input: &Input) -> Option<String> {
    if input.is_blank() || input.size() > MAX_KEPT_BYTES || matches!(input.origin(), Origin::Example(_)) {
        return None;
    }
    let files = Array::new();
    for file in input.files() {
        let Content::Text(text) = &file.content else { return None };
        files.push(&Array::of2(&file.path.as_str().into(), &(&**text).into()));
    }
    JSON::stringify(&files).ok().map(String::from)
}

/// The text of the last visit.
pub fn input() -> Option<Input> {
    let files = JSON::parse(&storage::load(INPUT)?).ok()?.dyn_into::<Array>().ok()?;
    let files = files.iter().map(|file| {
        let file: Array = file.dyn_into().ok()?;
        Some((file.get(0).as_string()?, file.get(1).as_string()?))
    });
    files.collect::<Option<Vec<_>>>().filter(|files| !files.is_empty()).map(Input::restored)
}

/// The settings of the last visit. Only those that outlive a history are kept.
pub fn settings() -> Settings {
    let postgres = storage::load(POSTGRES)
        .and_then(|text| text.parse().ok())
        .filter(|version| POSTGRES_VERSIONS.contains(version));
    Settings { postgres: postgres.unwrap_or(POSTGRES_VERSIONS[0]), ..Settings::default() }
}
