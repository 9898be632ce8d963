//! Many files in one text: a JSON array of arrays, each a path and the text of that file.

use js_sys::{Array, JSON};
use wasm_bindgen::JsCast;

/// The files in one text.
pub fn pack<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let pairs: Array = files.map(|(path, text)| Array::of2(&path.into(), &text.into())).collect();
    JSON::stringify(&pairs).ok().map(String::from)
}

/// The files of such a text; none of any other.
pub fn unpack(json: &str) -> Option<Vec<(String, String)>> {
    let pairs = JSON::parse(json).ok()?.dyn_into::<Array>().ok()?;
    let file = |pair: wasm_bindgen::JsValue| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    pairs.iter().map(file).collect()
}
