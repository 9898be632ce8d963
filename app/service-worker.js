// Keeps the page's own files, so that it opens without a network. `cargo xtask build` puts two facts in front of this:
// VERSION, which changes with any of those files, and FILES, their addresses below this one's.
//
// A new version is fetched as a whole on a visit. It takes the old one's place when all of the old one's tabs are
// closed, or when the reader says so (see boot.js): never under anyone's hands.
"use strict";

// All folders of a host share one store.
const OURS = `lockstep ${registration.scope} `;
const CURRENT = OURS + VERSION;
const ADDRESSES = new Set(FILES.map((file) => new URL(file, registration.scope).href));

addEventListener("install", (event) => {
  const fetched = async () => {
    const cache = await caches.open(CURRENT);
    // Some names stay the same in every version.
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
  };
  event.waitUntil(fetched());
});

addEventListener("activate", (event) => {
  const tidied = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CURRENT);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(tidied());
});

addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  address.hash = address.search = "";
  if (address.pathname.endsWith("/index.html")) address.pathname = address.pathname.slice(0, -"index.html".length);
  // What is not the page's own is none of its business.
  if (event.request.method !== "GET" || !ADDRESSES.has(address.href)) return;
  const answered = async () => {
    const cache = await caches.open(CURRENT);
    return (await cache.match(address.href)) ?? fetch(event.request);
  };
  event.respondWith(answered());
});
