// Buttons that copy a text of the page; without this script the text is there to be selected.

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(text.textContent);
    document.querySelector(`[data-copied="${button.dataset.copy}"]`).textContent = button.dataset.done;
  } catch {
    getSelection().selectAllChildren(text);
  }
}
