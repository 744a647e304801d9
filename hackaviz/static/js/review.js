// Keeps a review. Every change is written to this device first, then sent; the copy here goes only when the server has
// answered. A copy says on which revision it was written, so that nothing newer is overwritten: the person chooses.

const RETRY_AFTER = 5000;
const TYPING_PAUSE = 700;
const form = document.querySelector("form[data-autosave]");
const words = form.dataset;
const signIn = document.querySelector("#sign-in");
const otherText = document.querySelector("[data-other]");
const prefix = `review.${words.copy}`;
// One name for each page that is open, held as long as it is: a duplicated tab never writes over the copy of another.
const own = prefix + newKey();
navigator.locks?.request(own, () => new Promise(() => {}));
let memory = null;
let sending = null;
let stopped = false;
let submitting = false;
let timer;

document.querySelector("[data-plain]").hidden = true;
form.addEventListener("input", (event) => changed(event.target.type === "radio" ? 0 : TYPING_PAUSE));
form.addEventListener("keydown", chooseByDigit);
form.addEventListener("submit", sendFirst);
document.addEventListener("keydown", nextByKeyboard);
document.addEventListener("click", follow);
addEventListener("online", () => send());
addEventListener("pagehide", () => send({ keepalive: true }));
addEventListener("beforeunload", (event) => { if (memory && !stored(own)) event.preventDefault(); });
pickUp();
restore();

// ---- the copy on this device

function changed(pause) {
  const earlier = copy();
  keep({ key: newKey(), sent: earlier?.sent ?? [], revision: earlier?.revision ?? revision(), draft: read() });
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

// What was typed before this script had come, or was sent without it and refused. The form has autocomplete="off": no
// browser fills it with an older text.
function pickUp() {
  if (form.dataset.sent) return;
  if (otherText.firstElementChild) askFirst(revision());
  const differs = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  if (stopped || document.querySelector("#errors") || [...form.querySelectorAll("textarea, input")].some(differs)) changed(0);
}

function copy() {
  return stored(own) ?? memory;
}

function keep(kept) {
  memory = kept;
  try { localStorage.setItem(own, JSON.stringify(kept)); } catch { /* no room: it stays in memory, and leaving asks */ }
}

function forget() {
  memory = null;
  try { localStorage.removeItem(own); } catch { /* nothing was stored */ }
}

function stored(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

// An earlier window of this entry may have left a copy: it is taken over and sent like our own.
async function restore() {
  const [left] = await leftBehind();
  if (!left || copy()) return;
  keep(stored(left));
  localStorage.removeItem(left);
  write(copy().draft);
  show(words.restored, "info");
  send();
}

// Copies whose window is closed: one that is still open sends its own, and the person chooses between the two.
async function leftBehind() {
  const names = storedNames().filter((name) => name !== own);
  if (!navigator.locks) return names;
  const { held } = await navigator.locks.query();
  return names.filter((name) => !held.some((lock) => lock.name === name));
}

function storedNames() {
  try { return Object.keys(localStorage).filter((name) => name.startsWith(prefix)); } catch { return []; }
}

// ---- sending

async function send({ keepalive = false } = {}) {
  clearTimeout(timer);
  const kept = copy();
  if (!kept || stopped) return;
  if (sending) return sending;
  sending = exchange(kept, keepalive).finally(() => { sending = null; });
  await sending;
  if (copy() && !stopped && copy().key !== kept.key) await send();
}

async function exchange(kept, keepalive) {
  keep({ ...copy(), sent: [...kept.sent, kept.key].slice(-20) });
  const slow = setTimeout(() => show(words.saving, "info"), 600);
  try {
    const answer = await fetch(words.autosave, request(kept, keepalive));
    await take(answer, kept);
  } catch {
    show(words.offline, "warn");
    timer = setTimeout(send, RETRY_AFTER);
  } finally {
    clearTimeout(slow);
  }
}

function request(kept, keepalive) {
  return {
    method: "POST",
    keepalive,
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
    body: JSON.stringify({ ...kept.draft, base_revision: kept.revision, save_key: kept.key }),
    signal: keepalive ? undefined : AbortSignal.timeout(20000),
  };
}

async function take(answer, kept) {
  if (answer.status >= 500) throw new Error(`answered ${answer.status}`);
  const said = await answer.json();
  if (answer.ok) return acknowledged(said, kept);
  if (said.error.code === "revision-conflict") return movedOn(said);
  stopped = true;
  if (answer.status === 401 || said.error.code === "form-expired") {
    signIn.hidden = false;
    return show(words.expired, "warn");
  }
  show(`${said.error.message} ${words.kept}`, "warn");
}

function acknowledged({ revision, saved }, kept) {
  form.elements.base_revision.value = revision;
  if (copy().key === kept.key) {
    forget();
    show(saved, "ok");
    restore();
  } else {
    keep({ ...copy(), revision });
  }
}

// The saved text may be our own, when its answer was lost: then there is nothing to choose.
function movedOn({ revision, save_key: key, panel }) {
  form.elements.base_revision.value = revision;
  if (copy().sent.includes(key) && key !== copy().key) {
    keep({ ...copy(), revision, key: newKey() });
    return;
  }
  otherText.innerHTML = panel;
  askFirst(revision);
  otherText.querySelector("[role=alert]").focus();
}

// Two texts are shown: nothing is sent before the person has chosen, and a copy left here counts as older than both.
function askFirst(revision) {
  stopped = true;
  otherText.dataset.revision = revision;
  form.elements.base_revision.value = 0;
  show(words.kept, "warn");
}

function keepMine() {
  stopped = false;
  keep({ ...copy(), key: newKey(), revision: Number(otherText.dataset.revision) });
  otherText.replaceChildren();
  send();
}

// ---- acts of the person

async function sendFirst(event) {
  if (event.submitter?.dataset.keep === "mine" && otherText.dataset.revision) {
    event.preventDefault();
    keepMine();
    return;
  }
  if (submitting || !copy()) return;
  event.preventDefault();
  await send();
  if (copy()) return;
  submitting = true;
  form.requestSubmit(event.submitter);
}

async function follow(event) {
  const link = event.target.closest("a[data-keep=saved], a[data-next]");
  if (!link) return;
  event.preventDefault();
  if (link.dataset.keep) {
    forget();
  } else {
    await Promise.race([send(), new Promise((resolve) => { setTimeout(resolve, 3000); })]);
  }
  location.assign(link.href);
}

function nextByKeyboard(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) document.querySelector("[data-next]").click();
}

function chooseByDigit(event) {
  if (event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n" || event.key === "N") document.querySelector("[data-next]").click();
  const wanted = [...form.elements[event.target.name]].find((radio) => radio.value === event.key);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
}

// ---- the form

function read() {
  const marks = {};
  for (const radio of form.querySelectorAll("input[type=radio]:checked")) marks[radio.name.slice("mark-".length)] = Number(radio.value);
  return { marks, comment_to_team: form.elements.comment_to_team.value, comment_private: form.elements.comment_private.value };
}

function write({ marks, comment_to_team: toTeam, comment_private: toJury }) {
  for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = marks[radio.name.slice("mark-".length)] === Number(radio.value);
  form.elements.comment_to_team.value = toTeam;
  form.elements.comment_private.value = toJury;
}

function revision() {
  return Number(form.elements.base_revision.value);
}

function show(text, state) {
  const saved = document.querySelector("#saved");
  const icon = saved.querySelector("use");
  saved.dataset.state = state;
  icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, state === "ok" ? "#check" : "#clock"));
  saved.querySelector("span").textContent = text;
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
