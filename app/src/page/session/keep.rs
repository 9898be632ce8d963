//! The reader's text and settings, kept in the browser until the next visit.

use super::input::{Content, Input, InputFile, Origin};
use crate::packed;
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
    let files: Option<Vec<_>> = input.files().iter().map(path_and_text).collect();
    packed::pack(files?.into_iter())
}

fn path_and_text(file: &InputFile) -> Option<(&str, &str)> {
    match &file.content {
        Content::Text(text) => Some((&file.path, text)),
        Content::Bytes(_) => None,
    }
}

/// The text of the last visit.
pub fn input() -> Option<Input> {
    packed::unpack(&storage::load(INPUT)?).filter(|files| !files.is_empty()).map(Input::restored)
}

/// The settings of the last visit. Only those that outlive a history are kept.
pub fn settings() -> Settings {
    let postgres = storage::load(POSTGRES)
        .and_then(|text| text.parse().ok())
        .filter(|version| POSTGRES_VERSIONS.contains(version));
    Settings { postgres: postgres.unwrap_or(POSTGRES_VERSIONS[0]), ..Settings::default() }
}
