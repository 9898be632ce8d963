//! What `boot.js` has loaded before the network was closed. The page hands it on to its worker, so it is there in both.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// All of it: `script` and `module`, which a worker is made of, and `data`, text by the name of its file.
pub fn all() -> Result<JsValue, JsValue> {
    Reflect::get(&js_sys::global(), &"lockstepLoaded".into())
}

/// The text of one of the data files that `index.html` names.
pub fn data(file: &str) -> Option<String> {
    let data = Reflect::get(&all().ok()?, &"data".into()).ok()?;
    Reflect::get(&data, &file.into()).ok()?.as_string()
}
