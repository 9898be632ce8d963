//! Reading files that the reader opened or dropped.

use std::future::Future;
use std::pin::Pin;

use futures_channel::oneshot;
use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

/// A file before it is read.
pub struct Picked {
    /// Its path below the folder that was opened, that folder's name included.
    pub path: String,
    /// The browser's handle.
    file: File,
}

impl Picked {
    /// Its size in bytes.
    pub fn size(&self) -> usize {
        self.file.size() as usize
    }
}

/// The bytes of some files, read at the same time; none for one that cannot be read.
pub async fn read(files: &[Picked]) -> Vec<Option<Vec<u8>>> {
    let promises: Array = files.iter().map(|file| JsValue::from(file.file.array_buffer())).collect();
    let settled = JsFuture::from(Promise::all_settled(&promises)).await.map(JsCast::unchecked_into::<Array>);
    let bytes = |outcome: JsValue| {
        let buffer = Reflect::get(&outcome, &"value".into()).ok()?.dyn_into::<ArrayBuffer>().ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    };
    settled.map(|outcomes| outcomes.iter().map(bytes).collect()).unwrap_or_default()
}

/// The files of a file input.
pub fn from_list(list: FileList) -> Vec<Picked> {
    (0..list.length()).filter_map(|index| list.get(index)).map(from_file).collect()
}

fn from_file(file: File) -> Picked {
    // Set by folder inputs only.
    let relative = Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
    let path = relative.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
    Picked { path, file }
}

/// The files of a drop, folders walked through. `enter` says whether to walk into a folder.
///
/// A drop's items are gone after its event: the handles are taken before this returns.
pub fn from_drop(
    transfer: &DataTransfer,
    enter: fn(&str) -> bool,
) -> impl Future<Output = Vec<Picked>> + use<> {
    let items = transfer.items();
    let entries: Vec<FileSystemEntry> = (0..items.length())
        .filter_map(|index| items.get(index)?.webkit_get_as_entry().ok().flatten())
        .collect();
    let plain = if entries.is_empty() { transfer.files() } else { None };
    async move {
        let mut picked = plain.map(from_list).unwrap_or_default();
        for entry in entries {
            walk(entry, enter, &mut picked).await;
        }
        picked
    }
}

fn walk<'a>(
    entry: FileSystemEntry,
    enter: fn(&str) -> bool,
    picked: &'a mut Vec<Picked>,
) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
    Box::pin(async move {
        if entry.is_directory() {
            if enter(&entry.name()) {
                for child in children(entry.unchecked_into()).await {
                    walk(child, enter, picked).await;
                }
            }
        } else {
            let path = entry.full_path().trim_start_matches('/').to_owned();
            if let Some(file) = open(entry.unchecked_into()).await {
                picked.push(Picked { path, file });
            }
        }
    })
}

/// A folder's entries. The browser hands them out in portions, and an empty one is the end.
async fn children(folder: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let portion =
            called_back(|success, failure| reader.read_entries_with_callback_and_callback(success, failure));
        let Some(portion) =
            portion.await.map(JsCast::unchecked_into::<Array>).filter(|portion| portion.length() > 0)
        else {
            return all;
        };
        all.extend(portion.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn open(entry: FileSystemFileEntry) -> Option<File> {
    let file = called_back(|success, failure| {
        entry.file_with_callback_and_callback(success, failure);
        Ok(())
    });
    file.await.map(JsCast::unchecked_into)
}

/// Waits for one of two callbacks: the first one's value, or none.
async fn called_back(
    call: impl FnOnce(&js_sys::Function, &js_sys::Function) -> Result<(), JsValue>,
) -> Option<JsValue> {
    let (sender, receiver) = oneshot::channel();
    let sender = std::rc::Rc::new(std::cell::Cell::new(Some(sender)));
    let other = sender.clone();
    let success = Closure::once(move |value: JsValue| {
        sender.take().map(|sender| sender.send(Some(value)));
    });
    let failure = Closure::once(move |_: JsValue| {
        other.take().map(|sender| sender.send(None));
    });
    call(success.as_ref().unchecked_ref(), failure.as_ref().unchecked_ref()).ok()?;
    receiver.await.ok().flatten()
}
