//! The reviewer, in a web worker: takes requests from the page, answers them one after the other.

mod arrangement;
mod colour;
mod diff;
mod engine;
mod papers;
mod rewrites;
mod schema;
mod signing;

use std::cell::RefCell;

use js_sys::Uint8Array;
use lockstep_core::report::html;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::protocol::{Answer, Numbered, Request, pack, unpack};
use crate::{loaded, rest};
pub use engine::Engine;

/// The catalog of what every database has.
const CATALOG: &str = "catalog.txt";

/// What servers confirm.
const CONFIRMED: &str = "confirmed.txt";

/// Listens to the page and says that it does. What comes is a request, or once the rest of the module.
// Not inlined: `tools/module-split` tells by its name what only the worker runs.
#[inline(never)]
pub fn start() {
    lockstep_core::take_catalog(loaded::data(CATALOG).unwrap_or_default());
    lockstep_core::take_confirmed(loaded::data(CONFIRMED).unwrap_or_default());
    let engine = RefCell::new(Engine::default());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        if rest::take(&data) {
            return;
        }
        let bytes = Uint8Array::new(&data).to_vec();
        let Numbered { number, body } = unpack::<Numbered<Request>>(&bytes).expect("the page packed this");
        send(number, answer(&mut engine.borrow_mut(), body));
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();

    send(0, Answer::Ready);
}

fn answer(engine: &mut Engine, request: Request) -> Answer {
    match request {
        Request::Review(job) => Answer::Review(Box::new(engine.review(job))),
        Request::Schema(moment, against) => Answer::Schema(engine.schema(moment, against).map(Box::new)),
        Request::Readme => Answer::Readme(engine.readme()),
        Request::Page => Answer::Page(engine.last().map(html::render)),
        Request::Papers(sheet) => {
            Answer::Papers(engine.last().map(|review| papers::write(review, sheet)).unwrap_or_default())
        }
        Request::WayBack(migration) => Answer::WayBack(engine.way_back(migration)),
        Request::Sign(asked) => Answer::Signed(match engine.last() {
            Some(review) => signing::sign(review, asked),
            None => Err(String::new()),
        }),
        Request::Rewrites(migration, index) => Answer::Rewrites(
            engine.last().map(|review| rewrites::offers(review, migration, index)).unwrap_or_default(),
        ),
    }
}

fn send(number: u32, body: Answer) {
    let bytes = pack(&Numbered { number, body }).expect("an answer can be packed");
    let array = Uint8Array::from(bytes.as_slice());
    let transfer = js_sys::Array::of1(&array.buffer());
    scope().post_message_with_transfer(&array, &transfer).expect("the page can be reached");
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
