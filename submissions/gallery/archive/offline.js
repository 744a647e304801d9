// A page on a disk may not fetch the files beside it: their contents stand here, and what asks for them is led here.
(() => {
  const FILES = "FILES OF THE WORK";
  const FOLDER = "FOLDER OF THE WORK";
  const works = new URL("../", document.currentScript.src).href;

  // The data: address of a file of the work; any other address as it is.
  function own(address) {
    const path = pathOf(String(address));
    const file = path === null ? undefined : FILES[path] ?? FILES[`${FOLDER}/${path}`];
    return file ? `data:${file[0]};base64,${file[1]}` : address;
  }

  function pathOf(address) {
    let url;
    try {
      url = new URL(address, document.baseURI);
    } catch {
      return null;
    }
    if (url.protocol === "work:") return decodeURIComponent(url.pathname).replace(/^\//, "");
    const whole = url.href.replace(/[?#].*$/, "");
    if (whole.startsWith(works)) return decodeURIComponent(whole.slice(works.length));
    return url.protocol === "file:" ? decodeURIComponent(url.pathname).replace(/^\//, "") : null;
  }

  const { fetch, Request, Worker } = window;
  window.fetch = (asked, options) => fetch(asked instanceof Request ? own(asked.url) : own(asked), options);
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    return open.call(this, method, own(address), ...rest);
  };
  window.Worker = class extends Worker {
    constructor(address, options) {
      super(own(address), options);
    }
  };
})();
