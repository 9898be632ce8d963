// Reviews that the browser keeps until they are deleted, and the text within links. Called by
// app/src/page/browser/kept.rs, which says what each function is for.
"use strict";
globalThis.lockstepKept = (() => {
  // What this tab, or else the last one, looked at: the key of a review, or nothing for one that is not kept.
  const CURRENT = "lockstep.review";
  // Where older versions kept the one review they knew of.
  const OLD_FILES = "lockstep.input";
  // What app/src/page/session/keep.rs keeps beside reviews.
  const POSTGRES = "lockstep.postgres";
  // The bytes that a link may unfold to, which is what an input takes, written as JSON.
  const MOST_UNFOLDED = 64 * 1024 * 1024;

  // The review that is open: its key (0: not kept yet) and when this tab last knew it to be saved.
  let current = { id: 0, when: 0 };

  const attempt = (work) => {
    try {
      return work();
    } catch {
      return null; // Storage is switched off.
    }
  };
  const isNow = (id, when) => {
    current = { id, when };
    attempt(() => sessionStorage.setItem(CURRENT, id || ""));
    attempt(() => localStorage.setItem(CURRENT, id || ""));
  };
  const leaveLink = () => {
    if (/^#v\d/.test(location.hash)) history.replaceState(null, "", location.pathname + location.search);
  };

  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  let database;
  const opened = () =>
    (database ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("lockstep", 1);
      // Apart, so that a list need not read every text.
      request.onupgradeneeded = () => {
        request.result.createObjectStore("about", { keyPath: "id", autoIncrement: true });
        request.result.createObjectStore("texts");
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    }));
  // Runs `work` on both stores and waits until what it wrote is kept.
  const within = async (mode, work) => {
    const transaction = (await opened()).transaction(["about", "texts"], mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const [result] = await Promise.all([
      work(transaction.objectStore("about"), transaction.objectStore("texts")),
      done,
    ]);
    return result;
  };

  // One after the other, in the order of the calls.
  let turn = Promise.resolve();
  const inTurn = (work) => (...args) => (turn = turn.catch(() => {}).then(() => work(...args)));

  const open = async (id) => {
    const [about, text] = await within("readonly", (about, texts) =>
      Promise.all([answer(about.get(id)), answer(texts.get(id))]),
    );
    if (!about) return null;
    isNow(id, about.when);
    leaveLink();
    return [about.given ?? "", text];
  };

  const last = async () => {
    const old = attempt(() => localStorage.getItem(OLD_FILES));
    if (old) {
      const settings = { postgres: Number(localStorage.getItem(POSTGRES)) || undefined };
      const files = JSON.parse(old);
      await save(files[0][0], files.length, old.length, JSON.stringify({ lockstep: 1, settings, files }));
    }
    const id = attempt(() => sessionStorage.getItem(CURRENT) ?? localStorage.getItem(CURRENT));
    return id ? open(Number(id)) : null;
  };

  const list = async () => {
    const all = await within("readonly", (about) => answer(about.getAll()));
    const time = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
    return all
      .sort((one, other) => other.when - one.when)
      .map(({ id, given, title, when, files, bytes }) => [
        id,
        given || title,
        time.format(when),
        files,
        bytes,
        id === current.id,
      ]);
  };

  const save = async (title, files, bytes, text) => {
    const { id, when } = current;
    let saved, forked;
    await within("readwrite", async (about, texts) => {
      const before = id ? await answer(about.get(id)) : undefined;
      // Saved from another tab meanwhile: neither overwrites the other.
      forked = before !== undefined && before.when !== when;
      const entry = { title, files, bytes, when: Math.max(Date.now(), when + 1), given: before?.given };
      if (before && !forked) entry.id = id;
      saved = [await answer(about.put(entry)), entry.when];
      texts.put(text, saved[0]);
    });
    isNow(...saved);
    leaveLink();
    attempt(() => localStorage.removeItem(OLD_FILES));
    return forked;
  };

  const begin = async (keepsLink) => {
    isNow(0, 0);
    if (!keepsLink) leaveLink();
  };

  const rename = (id, given) =>
    within("readwrite", async (about) => {
      const entry = await answer(about.get(id));
      if (entry) about.put({ ...entry, given });
      return id === current.id;
    });

  const remove = async (id) => {
    await within("readwrite", async (about, texts) => {
      about.delete(id);
      texts.delete(id);
    });
    const wasOpen = id === current.id;
    if (wasOpen) isNow(0, 0);
    return wasOpen;
  };

  const clear = async () => {
    await within("readwrite", async (about, texts) => {
      about.clear();
      texts.clear();
    });
    isNow(0, 0);
    for (const key of [CURRENT, OLD_FILES, POSTGRES]) attempt(() => localStorage.removeItem(key));
    return true;
  };

  // The bytes of a stream; an error where there are more than so many.
  const all = async (stream, most) => {
    const reader = stream.getReader();
    const chunks = [];
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
      size += value.length;
      if (size > most) throw new Error("too long");
      chunks.push(value);
    }
  };
  const pack = async (text) => {
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    let letters = "";
    for (const byte of await all(packed, Infinity)) letters += String.fromCharCode(byte);
    return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const unpack = async (code) => {
    const letters = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new TextDecoder("utf-8", { fatal: true }).decode(await all(text, MOST_UNFOLDED));
  };

  return {
    last: inTurn(last),
    list: inTurn(list),
    open: inTurn(open),
    save: inTurn(save),
    begin: inTurn(begin),
    rename: inTurn(rename),
    remove: inTurn(remove),
    clear: inTurn(clear),
    pack,
    unpack,
  };
})();
