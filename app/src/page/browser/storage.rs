//! A few words that the browser keeps between visits. It may be switched off or full; then nothing is kept.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The text kept under a key.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a text. False when it could not be kept; then nothing is kept under the key.
pub fn save(key: &str, text: &str) -> bool {
    let Some(storage) = storage() else { return false };
    let saved = storage.set_item(key, text).is_ok();
    if !saved {
        let _ = storage.remove_item(key);
    }
    saved
}
