// Runs before anything is drawn: sets the colour scheme, fetches the module that is page and
// reviewer with the data that they read, closes the network for good, then starts the page.
// What is pressed or chosen on the page before that is done then.
"use strict";
(() => {
  try {
    const theme = localStorage.getItem("lockstep.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    // Is there a review to open? Then nothing else is shown in its place. keep.js and keep.rs know these names.
    const kept = sessionStorage.getItem("lockstep.review") ?? localStorage.getItem("lockstep.review");
    if (kept || localStorage.getItem("lockstep.input")) document.documentElement.dataset.kept = "";
  } catch {
    // Storage is switched off: the system's colour scheme it is, and nothing is kept.
  }
  if (location.hash.startsWith("#v")) document.documentElement.dataset.kept = "";

  let pressed = null;
  const chosen = new Map();
  const early = {
    click: ({ target }) => (pressed = target.closest("[data-do]")?.dataset.do ?? pressed),
    change: ({ target }) => target.matches("select") && chosen.set(target.id, target.value),
    // The browser would leave the page for a file that is dropped on it.
    dragover: (event) => event.preventDefault(),
    drop: (event) => event.preventDefault(),
  };
  for (const [kind, listener] of Object.entries(early)) document.addEventListener(kind, listener);
  const makeUp = async () => {
    for (const [kind, listener] of Object.entries(early)) document.removeEventListener(kind, listener);
    for (const [id, value] of chosen) {
      const select = document.getElementById(id);
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (pressed) document.querySelector(`[data-do="${pressed}"]`)?.click();
    // Whatever a key may ask for is here then. Where it will never be, the page says so.
    await globalThis.lockstepRest?.catch(() => {});
    await typeAgain();
  };

  // Keys that are the page's, and what is typed for the dialog that Ctrl-K will open.
  const typed = [];
  let isForCommands = false;
  const isWritten = ({ key, ctrlKey, metaKey, altKey }) => key.length === 1 && !(ctrlKey || metaKey || altKey);
  const hold = (event) => {
    const { isTrusted, key, ctrlKey, metaKey, target } = event;
    // Those that are typed again come here too.
    if (!isTrusted) return;
    isForCommands ||= (ctrlKey || metaKey) && key.toLowerCase() === "k";
    const isOfPage = isWritten(event) && key !== " " && !target.closest("input, textarea, select");
    const isOfCommands = isForCommands && (key.length === 1 || key === "Enter" || key === "Backspace");
    if (!isOfPage && !isOfCommands) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    typed.push(event);
  };
  const giveUp = () => (isForCommands = false);
  document.addEventListener("keydown", hold, true);
  document.addEventListener("pointerdown", giveUp, true);
  const typeAgain = async () => {
    for (let event; (event = typed.shift()); ) {
      const field = document.activeElement ?? document.body;
      const isTaken = !field.dispatchEvent(new KeyboardEvent("keydown", event));
      if (!isTaken && event.key !== "Enter" && field.matches("input, textarea")) {
        const { selectionStart: from, selectionEnd: to } = field;
        if (isWritten(event)) field.setRangeText(event.key, from, to, "end");
        else field.setRangeText("", from === to ? Math.max(from - 1, 0) : from, to, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      // A dialog opens and takes the focus.
      await new Promise(requestAnimationFrame);
    }
    document.removeEventListener("keydown", hold, true);
    document.removeEventListener("pointerdown", giveUp, true);
  };

  const get = async (url, options) => {
    const response = await fetch(url, options);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    return response;
  };
  const text = async (url, options) => (await get(url, options)).text();
  // Unlike the module's, their names stay the same in every version: the browser has to ask for what is new.
  const texts = async (names) =>
    Object.fromEntries(await Promise.all(names.map(async (name) => [name, await text(name, { cache: "no-cache" })])));
  const compiled = async (response) =>
    response.headers.get("Content-Type")?.startsWith("application/wasm")
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  const run = (url) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = url;
      element.onload = resolve;
      element.onerror = () => reject(new Error(url));
      document.head.append(element);
    });

  // From the next visit on the page opens without a network. Only the page as it ships has a service worker.
  const openOffline = async () => {
    const registration = await navigator.serviceWorker?.register("service-worker.js").catch(() => null);
    if (!registration) return;
    const offer = (worker) => {
      const notice = document.getElementById("new-version");
      // Without a version before it, this one is no news.
      if (!worker || !navigator.serviceWorker.controller || !notice) return;
      notice.hidden = false;
      notice.querySelector("button").onclick = () => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
        worker.postMessage("take over");
      };
    };
    const watch = (worker) =>
      worker?.addEventListener("statechange", () => worker.state === "installed" && offer(worker));
    offer(registration.waiting);
    watch(registration.installing);
    registration.addEventListener("updatefound", () => watch(registration.installing));
  };

  // A policy can only be made stricter. The worker is made from a blob, so it
  // inherits what stands here, and this tab can talk to no one from now on.
  const closeNetwork = () => {
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "connect-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:";
    document.head.append(policy);
  };

  const start = async () => {
    await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
    // Trunk.toml has trunk write down where script and module are.
    const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
    const restOf = document.querySelector('meta[name="page-rest"]')?.content;
    const later = meta("page-data-later").split(" ");
    const offline = openOffline();
    const [script, module, data] = await Promise.all([
      text(meta("page-script")),
      get(meta("page-module")).then(compiled),
      texts(meta("page-data").split(" ").concat(restOf ? [] : later)),
      run(meta("page-script")),
    ]);
    // Registered before the network is closed; what it fetches, it fetches by itself.
    await offline;
    // Of a module that is split, the rest begins to come before the network is closed. It is awaited where it is needed,
    // with the texts that nobody reads before.
    if (restOf) {
      const coming = [get(restOf, { priority: "low" }), ...later.map((name) => get(name, { cache: "no-cache", priority: "low" }))];
      const [rest, ...books] = await Promise.all(coming);
      const all = async () => {
        for (const [index, name] of later.entries()) data[name] = await books[index].text();
        globalThis.lockstepLoaded.rest = await compiled(rest);
      };
      globalThis.lockstepRest = all();
      globalThis.lockstepRest.catch(() => {});
    }
    closeNetwork();
    // What the page makes its worker of, and makes it anew after a crash, without a request.
    globalThis.lockstepLoaded = { script, module, data };
    await wasm_bindgen({ module_or_path: module });
    // Once what follows from starting has been drawn.
    requestAnimationFrame(makeUp);
  };
  start().catch((error) => {
    const place = document.getElementById("starting") ?? document.getElementById("failure");
    if (!place) throw error;
    place.textContent = `The page could not start (${error.message}). Lockstep needs a browser from 2022 or later. Reloading may help.`;
  });
})();
