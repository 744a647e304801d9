// Shows how a Markdown text will look while it is typed. The server renders it, so that the page and this agree.

const WAIT_MS = 400;

for (const area of document.querySelectorAll("textarea[data-preview]")) watch(area);

function watch(area) {
  const shown = document.createElement("div");
  shown.className = "preview prose";
  shown.lang = area.lang;
  area.after(shown);
  let timer;
  const later = () => { clearTimeout(timer); timer = setTimeout(() => draw(area, shown), WAIT_MS); };
  area.addEventListener("input", later);
  draw(area, shown);
}

async function draw(area, shown) {
  if (!area.value.trim()) return shown.replaceChildren();
  const body = new URLSearchParams({ text: area.value, csrf_token: area.form.elements.csrf_token.value });
  try {
    const answer = await fetch(area.dataset.preview, { method: "POST", body });
    // Clean HTML: the server lets no script, image or style through.
    if (answer.ok) shown.innerHTML = await answer.text();
  } catch {
    shown.replaceChildren();
  }
}
