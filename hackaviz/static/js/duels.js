// Duels by keyboard: an arrow prefers the work on its side, U undoes the last vote, P passes. One vote is sent once.

const KEYS = { ArrowLeft: "[data-prefer=left]", ArrowRight: "[data-prefer=right]", u: "[data-undo]", p: "[data-pass]" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  const control = document.querySelector(KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]);
  if (!control) return;
  event.preventDefault();
  control.click();
});

for (const form of document.querySelectorAll("main form")) {
  form.addEventListener("submit", () => {
    for (const button of document.querySelectorAll("main form button")) setTimeout(() => { button.disabled = true; });
  });
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}
