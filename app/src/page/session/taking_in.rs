//! How the reader's files come in, change and go.

use leptos::prelude::*;
use leptos::task::spawn_local;
use lockstep_core::signoff::is_sign_off;
use lockstep_core::text::MAX_FILE_BYTES;

use super::input::{self, Content, Input, Refused};
use super::{Session, Tab, saved};
use crate::examples::Example;
use crate::page::browser::files::{self, Picked};
use crate::texts;

/// How many files are read at the same time.
const PORTION: usize = 200;

impl Session {
    /// What stands in the textbox.
    pub fn open_text(self) -> String {
        let index = self.open_file.get_untracked();
        self.input
            .with_untracked(|input| input.files().get(index).map(|file| file.content.editable()))
            .unwrap_or_default()
    }

    /// Puts text from the textbox into the open file, or makes it the pasted one.
    pub fn write(self, text: String) {
        self.notices.set(Vec::new());
        let index = self.open_file.get_untracked();
        self.input.update(|input| input.write(index, text));
    }

    /// Takes in one file's worth of text that is too long for the textbox.
    pub fn add_pasted(self, text: String) {
        let (path, bytes) = (texts::PASTED_FILE.to_owned(), text.into_bytes());
        if bytes.len() > MAX_FILE_BYTES {
            self.add(Vec::new(), vec![Refused::TooLarge { path, bytes: bytes.len() }]);
        } else {
            self.add(vec![(path, bytes)], Vec::new());
        }
    }

    /// Takes in files that were opened or dropped.
    pub fn add_picked(self, picked: Vec<Picked>) {
        spawn_local(async move {
            let (mut wanted, mut refused) = (Vec::new(), Vec::new());
            let (mut room, mut left_out) = (input::MAX_BYTES, 0);
            for file in input::relevant(picked, |file| &file.path) {
                match file.size() {
                    bytes if bytes > MAX_FILE_BYTES => {
                        refused.push(Refused::TooLarge { path: file.path, bytes });
                    }
                    // What has no room is not even read.
                    bytes if bytes > room => left_out += 1,
                    bytes => {
                        room -= bytes;
                        wanted.push(file);
                    }
                }
            }
            if left_out > 0 {
                refused.push(Refused::TooMuch { left_out });
            }
            let mut files = Vec::new();
            for portion in wanted.chunks(PORTION) {
                for (file, bytes) in portion.iter().zip(files::read(portion).await) {
                    match bytes {
                        Some(bytes) => files.push((file.path.clone(), bytes)),
                        None => refused.push(Refused::Unreadable { path: file.path.clone() }),
                    }
                }
            }
            self.add(files, refused);
        });
    }

    fn add(self, files: Vec<(String, Vec<u8>)>, mut refused: Vec<Refused>) {
        if files.is_empty() && refused.is_empty() {
            self.notices.set(vec![texts::NOTHING_PICKED.to_owned()]);
            return;
        }
        if let [(path, bytes)] = files.as_slice()
            && path.ends_with(saved::FILE_ENDING)
        {
            self.open_saved(&String::from_utf8_lossy(bytes));
            return;
        }
        self.notices.set(Vec::new());
        let files = input::unpacked(files, &mut refused);
        let (sheets, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| {
            matches!(&file.content, Content::Text(text) if file.path.ends_with(".md") && is_sign_off(text))
        });
        if !files.is_empty() {
            let first = self.input.try_update(|input| input.add(files, &mut refused)).unwrap_or_default();
            self.open_file.set(first);
        }
        if let Some(sheet) = sheets.into_iter().next() {
            self.take_sign_off(sheet.content.editable());
        }
        self.notices.update(|notices| notices.extend(refused.iter().map(refusal_words)));
    }

    /// Replaces the files by a sample history.
    pub fn load_example(self, example: &'static Example) {
        self.keep();
        self.notices.set(Vec::new());
        self.open_file.set(0);
        self.tab.set(Tab::Review);
        self.migration.set(0);
        self.finding.set(None);
        self.shown.set(None);
        self.signing.sheet.set(None);
        self.input.set(Input::example(example));
    }

    /// Takes a file away.
    pub fn remove(self, index: usize) {
        self.input.update(|input| input.remove(index));
        self.open_file.update(|open| *open = open.saturating_sub((index <= *open) as usize));
    }

    /// Takes everything away.
    pub fn clear(self) {
        self.notices.set(Vec::new());
        self.open_file.set(0);
        self.signing.sheet.set(None);
        self.input.set(Input::default());
    }
}

fn refusal_words(refused: &Refused) -> String {
    match refused {
        Refused::TooLarge { path, bytes } => texts::too_large(path, *bytes, MAX_FILE_BYTES),
        Refused::Archive { path, reason } => texts::unreadable_archive(path, reason),
        Refused::Unreadable { path } => texts::unreadable(path),
        Refused::TooMany { left_out } => texts::too_many(*left_out, input::MAX_FILES),
        Refused::TooMuch { left_out } => texts::too_much(*left_out, input::MAX_BYTES),
    }
}
