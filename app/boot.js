// Runs before anything is drawn: sets the colour scheme, fetches the reviewer
// while the page loads, starts the page, then closes the network for good.
"use strict";
(() => {
  try {
    const theme = localStorage.getItem("lockstep.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is switched off: the system's colour scheme it is.
  }

  // The worker's files bear no hash in their names. "no-cache" asks whether they
  // changed, so that script and module always belong together.
  const get = async (path) => {
    const response = await fetch(new URL(path, document.baseURI), { cache: "no-cache" });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
    return response;
  };
  const script = get("lockstep-worker.js").then((response) => response.text());
  const module = get("lockstep-worker_bg.wasm")
    .then(async (response) =>
      response.headers.get("Content-Type")?.startsWith("application/wasm")
        ? WebAssembly.compileStreaming(response)
        : WebAssembly.compile(await response.arrayBuffer()),
    );

  const content = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI);
  const ready = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  const page = ready.then(async () => {
    const { default: start } = await import(content("page-script"));
    await start({ module_or_path: content("page-module") });
  });
  page.catch((error) => {
    document.getElementById("starting").textContent =
      `The page could not start (${error.message}). Lockstep needs a browser from 2022 or later. Reloading may help.`;
  });

  // A policy can only be made stricter. The worker is made from a blob, so it
  // inherits what stands here, and this tab can talk to no one from now on.
  const closeNetwork = () => {
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "connect-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:";
    document.head.append(policy);
  };

  // Script text and compiled module of the worker, kept so that a restart requests nothing.
  globalThis.lockstepReviewer = Promise.all([script, module, page]).then(([script, module]) => {
    closeNetwork();
    return { script, module };
  });
  globalThis.lockstepReviewer.catch(() => {});
})();
