// A form with data-busy says on its button that it works, until the next page comes. Coming back shows it as it was.

for (const form of document.querySelectorAll("form[data-busy]")) {
  const button = form.querySelector("[type=submit]");
  const words = button.textContent;
  form.addEventListener("submit", () => show(button, form.dataset.busy, true));
  addEventListener("pageshow", () => show(button, words, false));
}

function show(button, words, isBusy) {
  button.textContent = words;
  button.setAttribute("aria-busy", isBusy);
  setTimeout(() => { button.disabled = isBusy; });
}
