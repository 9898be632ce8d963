// Runs before anything is drawn: sets the colour scheme, fetches the module that is page and
// reviewer with the data that they read, closes the network for good, then starts the page.
"use strict";
(() => {
  try {
    const theme = localStorage.getItem("lockstep.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is switched off: the system's colour scheme it is.
  }

  const get = async (url, options) => {
    const response = await fetch(url, options);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    return response;
  };
  const text = async (url, options) => (await get(url, options)).text();
  // Unlike the module's, their names stay the same in every version: the browser has to ask for what is new.
  const texts = async (names) =>
    Object.fromEntries(await Promise.all(names.map(async (name) => [name, await text(name, { cache: "no-cache" })])));
  const compiled = async (url) => {
    const response = await get(url);
    return response.headers.get("Content-Type")?.startsWith("application/wasm")
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  };
  const run = (url) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = url;
      element.onload = resolve;
      element.onerror = () => reject(new Error(url));
      document.head.append(element);
    });

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
    const [script, module, data] = await Promise.all([
      text(meta("page-script")),
      compiled(meta("page-module")),
      texts(meta("page-data").split(" ")),
      run(meta("page-script")),
    ]);
    // What one can do without for a while: asked for now, as nothing can be asked for later, and not waited for.
    const later = texts(meta("page-data-later").split(" "));
    closeNetwork();
    // What the page makes its worker of, and makes it anew after a crash, without a request.
    globalThis.lockstepLoaded = { script, module, data };
    later.then((data) => Object.assign(globalThis.lockstepLoaded.data, data)).catch(() => {});
    await wasm_bindgen({ module_or_path: module });
  };
  start().catch((error) => {
    const starting = document.getElementById("starting");
    if (!starting) throw error;
    starting.textContent = `The page could not start (${error.message}). Lockstep needs a browser from 2022 or later. Reloading may help.`;
  });
})();
