// While a file is on its way the page must not be left: the hand-in is sent from here, naming that file.

for (const box of document.querySelectorAll("[data-hand-in]")) enhance(box);

function enhance(box) {
  const form = box.querySelector("form");
  const missing = document.querySelector("[data-missing]");
  const before = form.elements.named.value;
  const wasHidden = box.hidden;
  let going = null;

  document.addEventListener("transfer:begun", ({ detail }) => {
    going = detail.id;
    name(form, `transfer:${detail.id}`, detail.label);
    box.hidden = false;
    if (missing) missing.hidden = true;
  });
  document.addEventListener("transfer:ended", () => {
    going = null;
    name(form, before);
    box.hidden = wasHidden;
    if (missing) missing.hidden = false;
  });
  form.addEventListener("submit", (event) => {
    // The question comes first: confirm.js sends the form again once it is answered.
    if (!going || (form.dataset.confirm && !form.dataset.confirmed)) return;
    event.preventDefault();
    send(form, box.querySelector("[data-answer]"));
  });
}

// Choose what is handed in: among radio buttons when there are several files, else the one there is.
function name(form, value, label) {
  const known = [...form.querySelectorAll("[name=named]")];
  const radios = known.filter((each) => each.type === "radio");
  if (!radios.length) { known[0].value = value; return; }
  const mine = radios.find((each) => each.value === value) ?? radio(radios.at(-1), value, label);
  mine.checked = true;
}

function radio(last, value, text) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "named", value });
  label.append(input, ` ${text}`);
  last.closest("label").after(label);
  return input;
}

async function send(form, place) {
  document.querySelector("dialog[open]")?.close();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  delete form.dataset.confirmed;
  place.textContent = said?.message ?? said?.error?.message ?? place.dataset.failed;
  if (!answer?.ok) return;
  // The same form, sent twice, counts once; a new hand-in needs a new page.
  form.hidden = true;
}
