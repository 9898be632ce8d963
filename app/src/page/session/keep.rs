//! The reader's reviews, kept in the browser until they are deleted, shared by link and by file.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::input::{Input, Origin};
use super::saved::{self, Link, Saved, Unreadable};
use super::{Session, Tab};
use crate::page::browser::kept::{self, Entry};
use crate::page::browser::storage;
use crate::protocol::{POSTGRES_VERSIONS, Settings};
use crate::texts;

/// Where the server's version is kept, which outlives a history.
const POSTGRES: &str = "lockstep.postgres";

/// How long typing must rest before anything is kept.
const REST: Duration = Duration::from_millis(300);

/// What is known of kept reviews.
#[derive(Clone, Copy)]
pub struct Keeping {
    /// The kept reviews, when they were last asked for.
    pub list: RwSignal<Vec<Entry>>,
    /// What the reader was last asked whether to delete.
    pub doomed: RwSignal<Option<Doomed>>,
    /// Does the browser keep nothing?
    pub fails: RwSignal<bool>,
    /// The link to the review, since it was last asked for.
    pub link: RwSignal<Option<String>>,
    /// What the reader calls the open review.
    name: StoredValue<String>,
    /// The trace of the text that needs no saving: it was, or it came with a link.
    settled: StoredValue<Option<u64>>,
    /// Has the last visit's review been looked for?
    looked: StoredValue<bool>,
    rest: StoredValue<Option<TimeoutHandle>, LocalStorage>,
}

/// What may be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doomed {
    /// The review of this key.
    One(u32),
    /// All of them.
    All,
}

impl Default for Keeping {
    fn default() -> Self {
        Keeping {
            list: RwSignal::default(),
            doomed: RwSignal::new(None),
            fails: RwSignal::new(false),
            link: RwSignal::new(None),
            name: StoredValue::default(),
            settled: StoredValue::new(None),
            looked: StoredValue::new(false),
            rest: StoredValue::new_local(None),
        }
    }
}

/// The settings of the last visit. Only those that outlive a history are kept.
pub fn settings() -> Settings {
    let postgres = storage::load(POSTGRES)
        .and_then(|text| text.parse().ok())
        .filter(|version| POSTGRES_VERSIONS.contains(version));
    Settings { postgres, ..Settings::default() }
}

impl Session {
    /// Opens the review of the page's link, or the last visit's, unless there is text already.
    pub async fn look_for_kept(self) {
        let linked = self.open_link().await;
        if !linked {
            let last = kept::last().await;
            self.keeping.fails.set(last.is_err());
            match last {
                _ if !self.input.read_untracked().files().is_empty() => kept::begin(true),
                Ok(Some(opened)) => {
                    if let Ok(saved) = saved::read(&opened.text) {
                        self.show_saved(Saved { name: opened.name, ..saved });
                        self.settle();
                    }
                }
                _ => {}
            }
        }
        self.keeping.looked.set_value(true);
        // Set by boot.js, so that nothing else is shown until this is.
        if let Some(root) = document().document_element() {
            let _ = root.remove_attribute("data-kept");
        }
        self.keep();
    }

    /// Opens the review that the page's address links to. False where it links to none.
    pub async fn open_link(self) -> bool {
        let hash = window().location().hash().unwrap_or_default();
        let saved = match saved::linked(&hash) {
            None => return false,
            Some(Link::Newer) => Err(Unreadable::Newer),
            Some(Link::Review(folded)) => match kept::unpack(folded).await {
                Some(text) => saved::read(&text),
                None => Err(Unreadable::Broken),
            },
        };
        match saved {
            Ok(saved) => {
                kept::begin(true);
                self.show_saved(saved);
                self.settle();
                self.notices.set(vec![texts::FROM_LINK.to_owned()]);
                true
            }
            Err(why) => {
                self.notices.set(vec![texts::no_link(why == Unreadable::Newer).to_owned()]);
                false
            }
        }
    }

    /// Opens a kept review in the place of the one that is open.
    pub fn open_kept(self, id: u32) {
        self.keep();
        spawn_local(async move {
            match kept::open(id).await.ok().flatten().map(|opened| (saved::read(&opened.text), opened.name)) {
                Some((Ok(saved), name)) => {
                    self.show_saved(Saved { name, ..saved });
                    self.settle();
                    self.notices.set(Vec::new());
                }
                _ => self.notices.set(vec![texts::GONE.to_owned()]),
            }
        });
    }

    /// Shows a review that a file of the reader's holds, as a new one.
    pub fn open_saved(self, text: &str) {
        self.keep();
        match saved::read(text) {
            Ok(saved) => {
                kept::begin(false);
                self.notices.set(Vec::new());
                self.show_saved(saved);
            }
            Err(why) => self.notices.set(vec![texts::no_file(why == Unreadable::Newer).to_owned()]),
        }
    }

    /// Begins a new review. The one that is open is kept.
    pub fn begin_new(self) {
        self.keep();
        self.clear();
        self.keep();
    }

    fn show_saved(self, saved: Saved) {
        self.open_file.set(0);
        self.tab.set(Tab::Review);
        self.migration.set(0);
        self.finding.set(None);
        self.shown.set(None);
        self.settings.set(saved.settings);
        self.signing.sheet.set(saved.sign_off);
        self.input.set(Input::restored(saved.files));
        self.keeping.name.set_value(saved.name);
    }

    /// What stands here now needs no saving.
    fn settle(self) {
        self.keeping.settled.set_value(Some(trace(&self.saved())));
    }

    /// The open review as one text.
    pub fn saved(self) -> String {
        let name = self.keeping.name.read_value();
        let sign_off = self.signing.sheet.read_untracked();
        saved::write(
            &name,
            &self.input.read_untracked(),
            &self.settings.read_untracked(),
            sign_off.as_deref(),
        )
    }

    /// The name of a file for the open review.
    pub fn saved_file_name(self) -> String {
        let name = self.keeping.name.get_value();
        saved::file_name(&if name.is_empty() { title(&self.input.read_untracked()) } else { name })
    }

    /// Saves the open review once typing rests.
    pub fn keep_soon(self) {
        if let Some(rest) = self.keeping.rest.get_value() {
            rest.clear();
        }
        self.keeping.rest.set_value(set_timeout_with_handle(move || self.keep(), REST).ok());
    }

    /// Saves the open review where there is something new to save. A sample history is not the reader's work.
    pub fn keep(self) {
        if !self.keeping.looked.get_value() {
            return;
        }
        let input = self.input.read_untracked();
        if let Some(version) = self.settings.read_untracked().postgres {
            storage::save(POSTGRES, &version.to_string());
        }
        if input.is_blank() || matches!(input.origin(), Origin::Example(_)) {
            if self.keeping.settled.get_value().is_some() {
                self.keeping.settled.set_value(None);
                self.keeping.name.set_value(String::new());
                kept::begin(false);
            }
            return;
        }
        let text = self.saved();
        let trace = trace(&text);
        if self.keeping.settled.get_value() == Some(trace) {
            return;
        }
        self.keeping.settled.set_value(Some(trace));
        let (title, files, bytes) = (title(&input), input.files().len(), input.size());
        spawn_local(async move {
            let saved = kept::save(&title, files, bytes, &text).await;
            self.keeping.fails.set(saved.is_err());
            if saved == Ok(true) {
                self.notices.set(vec![texts::FORKED.to_owned()]);
            }
        });
    }

    /// Asks for the kept reviews.
    pub fn list_kept(self) {
        self.keep();
        self.keeping.doomed.set(None);
        spawn_local(async move {
            let list = kept::list().await;
            self.keeping.fails.set(list.is_err());
            self.keeping.list.set(list.unwrap_or_default());
        });
    }

    /// Gives a kept review a name.
    pub fn rename_kept(self, id: u32, name: String) {
        self.keep();
        spawn_local(async move {
            if kept::rename(id, &name).await == Ok(true) {
                let is_settled = self.keeping.settled.get_value() == Some(trace(&self.saved()));
                self.keeping.name.set_value(name);
                if is_settled {
                    self.settle();
                }
            }
            self.list_kept();
        });
    }

    /// Deletes what is kept. What is open goes with it.
    pub fn delete_kept(self, doomed: Doomed) {
        spawn_local(async move {
            let was_open = match doomed {
                Doomed::One(id) => kept::remove(id).await,
                Doomed::All => kept::clear().await.map(|()| true),
            };
            if was_open == Ok(true) {
                self.clear();
            }
            self.list_kept();
        });
    }

    /// Makes the link to the review.
    pub fn make_link(self) {
        self.keeping.link.set(None);
        let text = self.saved();
        spawn_local(async move {
            let location = window().location();
            let page =
                [location.origin(), location.pathname(), location.search()].map(Result::unwrap_or_default);
            let folded = kept::pack(&text).await;
            self.keeping.link.set(folded.map(|folded| format!("{}#{}", page.concat(), saved::link(&folded))));
        });
    }
}

/// What tells a text from the one before.
fn trace(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What a review is called that has no name: what it begins with.
fn title(input: &Input) -> String {
    const LONGEST: usize = 60;
    let Some(first) = input.files().first() else { return String::new() };
    let title = match input.origin() {
        Origin::Pasted => {
            let text = first.content.editable();
            let is_word = |line: &&str| !line.is_empty() && !line.starts_with("--");
            text.lines().map(str::trim).find(is_word).unwrap_or(&first.path).to_owned()
        }
        _ => match first.path.split_once('/') {
            Some((folder, _)) => folder.to_owned(),
            None => first.path.clone(),
        },
    };
    title.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::super::input::InputFile;
    use super::*;

    #[test]
    fn a_review_without_a_name_is_called_after_what_it_begins_with() {
        let of = |path: &str, text: &str| {
            title(&Input::restored(vec![InputFile::new(path.into(), text.as_bytes().to_vec())]))
        };
        assert_eq!(of("pasted.sql", "\n-- A note\n  CREATE TABLE a ();\n"), "CREATE TABLE a ();");
        assert_eq!(of("pasted.sql", "-- A note"), "pasted.sql");
        assert_eq!(of("db/migrations/1.sql", ""), "db");
        assert_eq!(of("1.sql", "SELECT 1"), "1.sql");
        assert_eq!(of("pasted.sql", &"é".repeat(100)).chars().count(), 60);
    }
}
