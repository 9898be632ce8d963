//! The worker, seen from the page: asked, watched, and restarted when it dies or dawdles.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use futures_channel::oneshot;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

use crate::edit::JobEdit;
use crate::protocol::{Answer, Job, Numbered, Request, Reviewed, ScriptTokens, pack, unpack};
use crate::{loaded, rest};
use lockstep_core::report::json::Migration;

/// The longest a request may take before the worker is given up, by the size of what is reviewed. A slow
/// machine reviews about a megabyte of short statements in five seconds.
fn patience(bytes: usize) -> Duration {
    const AT_LEAST: Duration = Duration::from_secs(20);
    const PER_MEBIBYTE: Duration = Duration::from_secs(10);
    AT_LEAST + PER_MEBIBYTE.mul_f32(bytes as f32 / (1024.0 * 1024.0))
}

/// Behind the worker's own script: it waits for what the page has loaded, then starts.
const STARTER: &str = "
self.onmessage = ({ data }) => {
  self.onmessage = null;
  self.lockstepLoaded = data;
  wasm_bindgen.initSync({ module: data.module });
};
";

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The reviewer has not been loaded yet.
    NotReady,
    /// It could not be loaded.
    NotLoaded(String),
    /// It died on this request.
    Crashed,
    /// It took longer than this.
    TooLong(Duration),
    /// A newer question has come meanwhile.
    Overtaken,
}

/// A handle on the worker.
#[derive(Clone)]
pub struct Reviewer {
    inner: Rc<Inner>,
}

type Reply = Result<Answer, Failure>;

struct Inner {
    /// The blob with the worker's script.
    script: String,
    /// What the worker runs and reads, which is this page's as well.
    loaded: JsValue,
    live: RefCell<Option<Live>>,
    /// Has the running worker come up? One that has not will not do so the next time either.
    up: Cell<bool>,
    /// Has it all of its module, or has the rest not come yet?
    whole: Cell<bool>,
    waiting: RefCell<HashMap<u32, oneshot::Sender<Reply>>>,
    last_number: Cell<u32>,
    /// What was reviewed last, under the number that its review has in the page.
    last: RefCell<Option<(u32, Job)>>,
}

/// A running worker and what it calls.
struct Live {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

impl Reviewer {
    /// Starts the worker from what `boot.js` has loaded.
    pub async fn start() -> Result<Self, Failure> {
        let loaded = loaded::all().map_err(not_loaded)?;
        let script = Reflect::get(&loaded, &"script".into()).map_err(not_loaded)?;
        let script = script_url(&script).map_err(not_loaded)?;

        let inner = Rc::new(Inner {
            script,
            loaded,
            live: RefCell::default(),
            up: Cell::new(false),
            whole: Cell::new(false),
            waiting: RefCell::default(),
            last_number: Cell::new(0),
            last: RefCell::default(),
        });
        let ready = inner.expect(0);
        inner.restart();
        ready.await.unwrap_or(Err(Failure::Crashed))?;
        let reviewer = Reviewer { inner };
        let completed = reviewer.clone();
        spawn_local(async move {
            // Whoever needs it hears of it when it does not come.
            let _ = completed.complete().await;
        });
        Ok(reviewer)
    }

    /// Waits for the rest of the module, and gives it to the worker.
    async fn complete(&self) -> Result<(), Failure> {
        let is_split = rest::comes().await.map_err(not_loaded)?;
        if !self.inner.whole.replace(true)
            && is_split
            && let (Some(rest), Some(live)) = (rest::here(), &*self.inner.live.borrow())
        {
            let _ = live.worker.post_message(&rest);
        }
        Ok(())
    }

    /// Drops what is being worked on, for something newer. A worker that is only just starting is left to it.
    pub fn interrupt(&self) {
        if self.inner.up.get() {
            self.inner.give_up(Failure::Overtaken, "");
        }
    }

    /// Reviews, as the page's review of that number. Of the review that is shown, `before`, the worker sends again only what differs.
    pub async fn review(
        &self,
        number: u32,
        job: Job,
        before: Option<(u32, &[Migration], &[ScriptTokens])>,
    ) -> Result<Reviewed, Failure> {
        let last =
            self.inner.last.take().filter(|(last, _)| before.is_some_and(|(shown, ..)| shown == *last));
        let edit = JobEdit::of(&job, last.as_ref().map(|(_, job)| job));
        let (migrations, tokens) = match (&last, before) {
            (Some(_), Some((_, migrations, tokens))) => (migrations, tokens),
            _ => (&[][..], &[][..]),
        };
        let spare = (!self.inner.whole.get()).then(|| job.clone());
        *self.inner.last.borrow_mut() = Some((number, job));
        match (self.ask(Request::Review(edit)).await, spare) {
            (Ok(Answer::Review(edit)), _) => edit.reviewed(migrations, tokens).ok_or(Failure::Crashed),
            // It may have come upon a function that was still missing.
            (Err(Failure::Crashed), Some(job)) => {
                self.complete().await?;
                let edit = JobEdit::of(&job, None);
                *self.inner.last.borrow_mut() = Some((number, job));
                match self.ask(Request::Review(edit)).await? {
                    Answer::Review(edit) => edit.reviewed(&[], &[]).ok_or(Failure::Crashed),
                    _ => Err(Failure::Crashed),
                }
            }
            (Ok(_), _) => Err(Failure::Crashed),
            (Err(failure), _) => Err(failure),
        }
    }

    /// Asks, and waits for the answer. Only a review is made before the whole module is here.
    pub async fn ask(&self, request: Request) -> Reply {
        if !matches!(request, Request::Review(_)) {
            self.complete().await?;
        }
        let number = self.inner.last_number.get() + 1;
        self.inner.last_number.set(number);
        let answer = self.inner.expect(number);
        let bytes = |(_, job): &(u32, Job)| job.files.iter().map(|(_, bytes)| bytes.len()).sum();
        let patience = patience(self.inner.last.borrow().as_ref().map_or(0, bytes));
        self.inner.send(Numbered { number, body: request });

        let inner = Rc::downgrade(&self.inner);
        set_timeout(
            move || {
                if let Some(inner) =
                    inner.upgrade().filter(|inner| inner.waiting.borrow().contains_key(&number))
                {
                    inner.give_up(Failure::TooLong(patience), "");
                }
            },
            patience,
        );
        answer.await.unwrap_or(Err(Failure::Crashed))
    }
}

impl Inner {
    fn expect(&self, number: u32) -> oneshot::Receiver<Reply> {
        let (sender, receiver) = oneshot::channel();
        self.waiting.borrow_mut().insert(number, sender);
        receiver
    }

    fn send(&self, request: Numbered<Request>) {
        let Ok(bytes) = pack(&request) else { return };
        let array = Uint8Array::from(bytes.as_slice());
        match &*self.live.borrow() {
            Some(live) => {
                let _ = live.worker.post_message_with_transfer(&array, &Array::of1(&array.buffer()));
            }
            None => self.fail_all(Failure::NotLoaded(String::new())),
        }
    }

    fn receive(&self, bytes: &[u8]) {
        match unpack::<Numbered<Answer>>(bytes) {
            Ok(Numbered { number, body }) => {
                self.up.set(true);
                if let Some(sender) = self.waiting.borrow_mut().remove(&number) {
                    let _ = sender.send(Ok(body));
                }
            }
            Err(_) => self.fail_all(Failure::Crashed),
        }
    }

    fn fail_all(&self, failure: Failure) {
        for (_, sender) in self.waiting.borrow_mut().drain() {
            let _ = sender.send(Err(failure.clone()));
        }
    }

    /// Ends the worker, starts another, and tells everyone who waits. `detail` is what the browser
    /// says of it, for the case that there is no use in another one.
    fn give_up(self: &Rc<Self>, failure: Failure, detail: &str) {
        if self.up.get() {
            self.restart();
            self.fail_all(failure);
        } else {
            self.end();
            self.fail_all(Failure::NotLoaded(detail.to_owned()));
        }
    }

    fn end(&self) {
        if let Some(live) = self.live.take() {
            // What it has still sent would call closures that are gone.
            live.worker.set_onmessage(None);
            live.worker.set_onerror(None);
            live.worker.terminate();
        }
        self.up.set(false);
    }

    fn restart(self: &Rc<Self>) {
        self.end();
        self.last.take();
        self.whole.set(self.whole.get() || rest::here().is_some());
        let Ok(worker) = Worker::new(&self.script) else {
            self.fail_all(Failure::NotLoaded(String::new()));
            return;
        };

        let inner = Rc::downgrade(self);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(inner) = inner.upgrade() {
                inner.receive(&Uint8Array::new(&event.data()).to_vec());
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));

        let inner = Rc::downgrade(self);
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            // A function that is still missing is no error of the page's.
            if event.message().contains(rest::MISSING) {
                event.prevent_default();
            }
            // Not at once: this closure must not be dropped while it runs.
            let (inner, detail) = (inner.clone(), event.message());
            set_timeout(
                move || {
                    if let Some(inner) = inner.upgrade() {
                        inner.give_up(Failure::Crashed, &detail);
                    }
                },
                Duration::ZERO,
            );
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));

        let _ = worker.post_message(&self.loaded);
        *self.live.borrow_mut() = Some(Live { worker, _on_message: on_message, _on_error: on_error });
    }
}

fn not_loaded(error: JsValue) -> Failure {
    let words = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    Failure::NotLoaded(words.unwrap_or_default())
}

fn script_url(script: &JsValue) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let parts = Array::of2(script, &STARTER.into());
    Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &options)?)
}
