// Asks the page again while a part of it is under way, and puts the new part in place of the old.

const EVERY_MS = 1500;
if (due()) wait();

function due() {
  return document.querySelector('[data-refresh="due"]');
}

function wait() {
  setTimeout(async () => {
    if (document.visibilityState === "visible") await refresh();
    if (due()) wait();
  }, EVERY_MS);
}

async function refresh() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, fresh] = [due(), answer.ok && page.getElementById(due().id)];
    if (!fresh) return;
    if (fresh.dataset.refresh === "done") location.reload();
    else old.replaceWith(fresh);
  } catch {
    // The network may come back: the next turn asks again.
  }
}
