// Written into the pages of a work that counts on what its sandbox takes away. The storage and cookies of the browser: kept
// in memory until the page is closed. A worker that would serve its files: asked for, it never comes. Other workers: a browser starts none from a file of a page without an origin, but one from a
// few lines that load that file.
(() => {
  if (self.origin !== "null") return;
  const storage = () => {
    const items = new Map();
    const acts = {
      getItem: (key) => items.get(String(key)) ?? null,
      setItem: (key, value) => void items.set(String(key), String(value)),
      removeItem: (key) => void items.delete(String(key)),
      clear: () => items.clear(),
      key: (place) => [...items.keys()][place] ?? null,
    };
    return new Proxy({}, {
      get: (_, key) => acts[key] ?? (key === "length" ? items.size : items.get(key)),
      set: (_, key, value) => (acts.setItem(key, value), true),
      has: (_, key) => key in acts || items.has(key),
      deleteProperty: (_, key) => (items.delete(key), true),
      ownKeys: () => [...items.keys()],
      getOwnPropertyDescriptor: (_, key) =>
        items.has(key) ? { value: items.get(key), configurable: true, enumerable: true, writable: true } : undefined,
    });
  };
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { value: storage() });

  const cookies = new Map();
  Object.defineProperty(document, "cookie", {
    get: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    set: (line) => {
      const [, name, value] = /^\s*([^=;]+?)\s*=\s*([^;]*)/.exec(line) ?? [];
      if (name) cookies.set(name, value);
    },
  });
  const never = () => new Promise(() => {});
  const nobody = { controller: null, ready: never(), register: never, getRegistration: never, getRegistrations: async () => [] };
  nobody.addEventListener = nobody.removeEventListener = () => {};
  Object.defineProperty(navigator, "serviceWorker", { value: nobody });

  const loading = (url, isModule) => {
    const file = JSON.stringify(new URL(url, document.baseURI).href);
    // No worker of such an origin starts as a module; a classic one loads it, and holds messages back until it is there.
    if (isModule) return `{ const held = [], hold = (event) => { event.stopImmediatePropagation(); held.push(event); };
      addEventListener("message", hold);
      import(${file}).then(() => { removeEventListener("message", hold);
        for (const { data, ports } of held) dispatchEvent(new MessageEvent("message", { data, ports })); }); }`;
    return `{ const file = ${file}, load = importScripts, ask = fetch;
      self.importScripts = (...urls) => load(...urls.map((each) => new URL(each, file).href));
      self.fetch = (what, how) => ask(typeof what === "string" ? new URL(what, file) : what, how);
      load(file); }`;
  };
  const Native = window.Worker;
  window.Worker = class extends Native {
    constructor(url, options) {
      if (/^(?:blob|data):/.test(url)) { super(url, options); return; }
      const lines = new Blob([loading(url, options?.type === "module")], { type: "text/javascript" });
      super(URL.createObjectURL(lines), { ...options, type: "classic" });
    }
  };
})();
