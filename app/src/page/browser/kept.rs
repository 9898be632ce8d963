//! What the browser keeps between visits beside a few words: reviews, in IndexedDB. And the text within links.
//!
//! The work is done by `app/keep.js`, call after call in their order. It knows which review is open. Every call fails
//! where the browser keeps nothing: in some private windows, where storage is blocked or full.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = last)]
    fn js_last() -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = list)]
    fn js_list() -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = open)]
    fn js_open(id: u32) -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = save)]
    fn js_save(title: &str, files: u32, bytes: u32, text: &str) -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = begin)]
    fn js_begin(keeps_link: bool) -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = rename)]
    fn js_rename(id: u32, name: &str) -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = remove)]
    fn js_remove(id: u32) -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = clear)]
    fn js_clear() -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = pack)]
    fn js_pack(text: &str) -> Promise;
    #[wasm_bindgen(js_namespace = lockstepKept, js_name = unpack)]
    fn js_unpack(code: &str) -> Promise;
}

/// A kept review, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub id: u32,
    /// What the reader calls it, or its title.
    pub name: String,
    /// When it was last changed, in the reader's language.
    pub when: String,
    /// How many files it has.
    pub files: u32,
    /// How many bytes they have.
    pub bytes: u32,
    /// Is it the open one?
    pub is_open: bool,
}

/// What the reader calls a kept review, which is nothing at first, and its text.
pub struct Opened {
    /// The name.
    pub name: String,
    /// The text it was saved with.
    pub text: String,
}

/// Opens the review that was open last; none where that was none.
pub async fn last() -> Result<Option<Opened>, JsValue> {
    JsFuture::from(js_last()).await.map(opened)
}

/// Opens a kept review; none where it is gone.
pub async fn open(id: u32) -> Result<Option<Opened>, JsValue> {
    JsFuture::from(js_open(id)).await.map(opened)
}

fn opened(answer: JsValue) -> Option<Opened> {
    let pair: Array = answer.dyn_into().ok()?;
    Some(Opened { name: pair.get(0).as_string()?, text: pair.get(1).as_string()? })
}

/// All kept reviews, the latest first.
pub async fn list() -> Result<Vec<Entry>, JsValue> {
    let entry = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        let number = |index| entry.get(index).as_f64().unwrap_or_default() as u32;
        let text = |index| entry.get(index).as_string().unwrap_or_default();
        Entry {
            id: number(0),
            name: text(1),
            when: text(2),
            files: number(3),
            bytes: number(4),
            is_open: entry.get(5).is_truthy(),
        }
    };
    let list: Array = JsFuture::from(js_list()).await?.unchecked_into();
    Ok(list.iter().map(entry).collect())
}

/// Saves the open review, or a new one that is open from now on. True where another tab has changed it meanwhile: then
/// both are kept, and this one is new.
pub async fn save(title: &str, files: usize, bytes: usize, text: &str) -> Result<bool, JsValue> {
    let forked = JsFuture::from(js_save(title, files as u32, bytes as u32, text)).await?;
    Ok(forked.is_truthy())
}

/// What is saved next is a new review. The address keeps the link that it may be, or leaves it.
pub fn begin(keeps_link: bool) {
    let _ = js_begin(keeps_link);
}

/// Gives a kept review a name. True where it is the open one.
pub async fn rename(id: u32, name: &str) -> Result<bool, JsValue> {
    Ok(JsFuture::from(js_rename(id, name)).await?.is_truthy())
}

/// Deletes a kept review. True where it was the open one.
pub async fn remove(id: u32) -> Result<bool, JsValue> {
    Ok(JsFuture::from(js_remove(id)).await?.is_truthy())
}

/// Deletes all that is kept.
pub async fn clear() -> Result<(), JsValue> {
    JsFuture::from(js_clear()).await.map(drop)
}

/// A text as letters that can stand in an address, compressed.
pub async fn pack(text: &str) -> Option<String> {
    JsFuture::from(js_pack(text)).await.ok()?.as_string()
}

/// The text of such letters; none of any others.
pub async fn unpack(letters: &str) -> Option<String> {
    JsFuture::from(js_unpack(letters)).await.ok()?.as_string()
}
