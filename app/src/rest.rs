//! The part of the module that comes second. `cargo xtask build` splits what was compiled: the functions that a first
//! review runs are one module, and those of the reviewer's that it does not are another, which follows while the first
//! already works (`tools/module-split`). In a module that is whole, as `cargo xtask serve` builds it, nothing of this is called.

use std::sync::atomic::{AtomicBool, Ordering};

use js_sys::{Array, Object, Reflect, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::loaded;

/// What both modules call the exports of the first and the functions that each calls of the other.
const FIRST: &str = "first";
const LINKS: &str = "links";

/// Its name in what has been loaded: a `WebAssembly.Module`. `boot.js` puts it there as well.
const REST: &str = "rest";

/// Where `boot.js` puts its promise.
const COMING: &str = "lockstepRest";

/// What is thrown where a function is called that is not here yet.
pub const MISSING: &str = "the rest of the module is not here yet";

/// Is the module split, and its rest not here yet?
pub fn is_missing() -> bool {
    here().is_none() && coming().is_some()
}

fn coming() -> Option<js_sys::Promise> {
    Reflect::get(&js_sys::global(), &COMING.into()).ok()?.dyn_into().ok()
}

/// Waits until the rest is here. Is there one, or is the module whole?
pub async fn comes() -> Result<bool, JsValue> {
    let Some(coming) = coming() else { return Ok(false) };
    JsFuture::from(coming).await?;
    Ok(true)
}

/// Does what is only ever done when the whole module is here, behind a click or an answer other than a review, so that it
/// may be in the rest. `tools/module-split` knows it by its name.
#[inline(never)]
pub fn behind<T>(act: impl FnOnce() -> T) -> T {
    act()
}

/// Takes the rest from the page, which sends it to the worker. Was it that?
// Not to be a part of what may itself be in the rest.
#[inline(never)]
pub fn take(message: &JsValue) -> bool {
    message.is_instance_of::<WebAssembly::Module>()
        && loaded::all().and_then(|loaded| Reflect::set(&loaded, &REST.into(), message)).unwrap_or(false)
}

/// The rest, where it is here.
pub fn here() -> Option<WebAssembly::Module> {
    Reflect::get(&loaded::all().ok()?, &REST.into()).ok()?.dyn_into().ok()
}

/// What a function does first whose body is in the rest. Where the rest is not here yet, it throws: whoever called is
/// lost, and to be started again with the rest.
#[unsafe(no_mangle)]
pub extern "C" fn join_rest() {
    static JOINED: AtomicBool = AtomicBool::new(false);
    if JOINED.load(Ordering::Relaxed) {
        return;
    }
    match join() {
        Ok(()) => JOINED.store(true, Ordering::Relaxed),
        Err(error) => wasm_bindgen::throw_val(error),
    }
}

/// Makes an instance of the rest, which puts its functions into the table of links by itself.
fn join() -> Result<(), JsValue> {
    let rest = here().ok_or(MISSING)?;
    let first = wasm_bindgen::exports();
    let table: WebAssembly::Table = Reflect::get(&first, &LINKS.into())?.dyn_into()?;
    let links = Object::new();
    for import in WebAssembly::Module::imports(&rest).iter() {
        if Reflect::get(&import, &"module".into())? != LINKS {
            continue;
        }
        // Its name is its place.
        let place = Reflect::get(&import, &"name".into())?;
        let index = place.as_string().and_then(|place| place.parse().ok()).ok_or("a link has no place")?;
        Reflect::set(&links, &place, &table.get(index)?.into())?;
    }
    let imports = Object::from_entries(&Array::of2(
        &Array::of2(&FIRST.into(), &first),
        &Array::of2(&LINKS.into(), &links),
    ))?;
    WebAssembly::Instance::new(&rest, &imports).map(drop)
}
