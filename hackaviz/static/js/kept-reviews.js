// Text of a review that this device keeps because it could not be sent yet: the list points to it, a closed review shows it.

for (const note of document.querySelectorAll("[data-kept]")) {
  note.hidden = copies(note.dataset.kept).length === 0;
}

for (const box of document.querySelectorAll("[data-unsent]")) {
  const kept = copies(box.dataset.unsent);
  box.hidden = kept.length === 0;
  box.querySelector("textarea").value = kept.map(({ draft }) => `${draft.comment_to_team}\n\n${draft.comment_private}`).join("\n\n");
}

function copies(prefix) {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(`review.${prefix}`));
    return names.map((name) => JSON.parse(localStorage.getItem(name)));
  } catch {
    return [];
  }
}
