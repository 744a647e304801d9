// While a file is on its way the page must not be left: the hand-in is sent from here, naming that file. It may name one
// that the server has not begun yet, so that a team is in time however busy the server is.

const TRIES = 20;
const TRY_EVERY_MS = 1500;

for (const box of document.querySelectorAll("[data-hand-in]")) enhance(box);

function enhance(box) {
  const form = box.querySelector("form");
  const missing = document.querySelector("[data-missing]");
  const before = form.elements.named.value;
  const wasHidden = box.hidden;
  let chosen = null;
  let sent = Promise.resolve();

  document.addEventListener("transfer:chosen", ({ detail }) => {
    chosen = detail;
    name(form, "announced", chosen.label);
    box.hidden = false;
    if (missing) missing.hidden = true;
  });
  document.addEventListener("transfer:begun", ({ detail }) => name(form, `transfer:${detail.id}`, chosen.label));
  document.addEventListener("transfer:accepted", ({ detail }) => detail.awaited.push(sent));
  document.addEventListener("transfer:ended", () => {
    chosen = null;
    name(form, before);
    box.hidden = wasHidden;
    if (missing) missing.hidden = false;
  });
  form.addEventListener("submit", (event) => {
    // The question comes first: confirm.js sends the form again once it is answered.
    if (!chosen || (form.dataset.confirm && !form.dataset.confirmed)) return;
    event.preventDefault();
    sent = send(form, box.querySelector("[data-answer]"), chosen.announced);
  });
}

// Choose what is handed in: among radio buttons when there are several files, else the one there is.
function name(form, value, label) {
  const known = [...form.querySelectorAll("[name=named]")];
  const radios = known.filter((each) => each.type === "radio");
  if (!radios.length) { known[0].value = value; return; }
  const announced = radios.find((each) => each.value === "announced");
  const mine = radios.find((each) => each.value === value) ?? announced ?? radio(radios.at(-1), label);
  if (announced && announced !== mine) announced.closest("label").remove();
  mine.value = value;
  mine.checked = true;
}

function radio(last, text) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "named" });
  label.append(input, ` ${text}`);
  last.closest("label").after(label);
  return input;
}

async function send(form, place, announced) {
  document.querySelector("dialog[open]")?.close();
  const body = new FormData(form);
  if (body.get("named") === "announced") for (const [field, value] of Object.entries(announced)) body.set(field, value);
  const answer = await insist(form.action, body, () => { place.textContent = place.dataset.trying; });
  const said = await answer?.json().catch(() => null);
  delete form.dataset.confirmed;
  place.textContent = said?.message ?? said?.error?.message ?? place.dataset.failed;
  if (!answer?.ok) return;
  // The same form, sent twice, counts once; a new hand-in needs a new page.
  form.hidden = true;
}

// The form carries a key: however often it arrives, it makes one version.
async function insist(url, body, again) {
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    if (answer && answer.status < 500) return answer;
    if (tries === TRIES) return answer;
    again();
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
  }
}
