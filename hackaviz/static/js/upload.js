// Sends a file, several, or a folder: with pause, retry, and going on after a dropped line or a reload. Without this script the form is sent as any other.

import { chosen, dropped, isFolder, pack, packedAs } from "packing";
import { Progress, fill, size } from "progress";
import { Sending, announcement } from "sending";

const ASK_EVERY_MS = 700;
const SLOW_AFTER_MS = 15000;
const STALLED_AFTER_MS = 4000;

for (const form of document.querySelectorAll("form[data-upload]")) new Upload(form);
for (const line of document.querySelectorAll('[data-transfer][data-state="whole"]')) reloadWhenExamined(line.dataset.ask);

function Upload(form) {
  const words = JSON.parse(form.dataset.words);
  const find = (selector) => form.querySelector(selector);
  const [input, folder, box] = [find("input[name=file]"), find("input[webkitdirectory]"), find("[data-progress]")];
  const act = (name) => find(`[data-act="${name}"]`);
  let sending = null;
  let stalled = null;

  find("[data-without-script]").hidden = true;
  find("[data-with-script]").hidden = false;
  input.multiple = true;
  input.addEventListener("change", () => take(chosen(input.files)));
  folder.addEventListener("change", () => take(chosen(folder.files)));
  act("folder").addEventListener("click", () => folder.click());
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", async (event) => { event.preventDefault(); take(await dropped(event.dataTransfer)); });
  act("pause").addEventListener("click", () => { sending.pause(); clearTimeout(stalled); show("resume", "cancel"); progress().say("paused"); });
  act("resume").addEventListener("click", () => { sending.resume(); show("pause", "cancel"); progress().wait("starting"); });
  act("retry").addEventListener("click", () => { sending.retry(); show("pause", "cancel"); progress().wait("starting"); });
  act("cancel").addEventListener("click", () => { sending.cancel(); end(); say(words.cancelled); });
  // A file chosen before this script had come, unless it was sent without it.
  if (!form.dataset.sent) take(chosen(input.files));

  async function take(found) {
    if (!found.length || sending) return;
    const file = isFolder(found) ? packedAs(found, form.dataset.name) : found[0].file;
    const limit = Number(form.dataset.limit);
    if (file.size > limit) return refuse([fill(words.tooLarge, { name: file.name, limit: size(limit) })]);
    if (!file.size) return refuse([fill(words.empty, { name: file.name })]);
    // From here on it can be handed in, whether or not the server has had the time to begin it.
    tell("transfer:chosen", { announced: announcement(file), label: fill(words.onItsWay, { name: file.name }) });
    start(isFolder(found) ? await packed(found, file) : file);
  }

  async function packed(found, file) {
    progress().open(file.name, file.size);
    progress().wait("packing");
    progress().say("packing", { count: found.length, name: file.name });
    return pack(found, file);
  }

  function start(file) {
    find("[data-outcome]").replaceChildren();
    progress().open(file.name, file.size);
    progress().wait("starting");
    show("pause", "cancel");
    input.disabled = true;
    const place = { transfers: form.dataset.transfers, multiparts: form.dataset.multiparts, token: form.elements.csrf_token.value };
    sending = new Sending(file, place, {
      begun: (transfer) => begun(file, transfer),
      progress: (sent, all) => { progress().update(sent, all); watch(); },
      lost: () => progress().say("lost"),
      back: () => progress().wait("starting"),
      arrived: (transfer) => examined(transfer),
      failed: (reason) => failed(reason),
    });
    addEventListener("beforeunload", askBeforeLeaving);
    sending.start();
  }

  // A line that drops says nothing: no byte for a while says it.
  function watch() {
    clearTimeout(stalled);
    stalled = setTimeout(() => progress().say("lost"), STALLED_AFTER_MS);
  }

  function begun(file, transfer) {
    if (transfer.here) progress().say("goingOn", { name: file.name, here: size(transfer.here), total: size(file.size) });
    for (const line of document.querySelectorAll(`[data-transfer="${transfer.id}"]`)) line.hidden = true;
    tell("transfer:begun", { id: transfer.id });
  }

  function failed(reason) {
    clearTimeout(stalled);
    if (!reason) { show("retry", "cancel"); return progress().say("failed"); }
    end();
    refuse([reason]);
  }

  async function examined(transfer) {
    removeEventListener("beforeunload", askBeforeLeaving);
    clearTimeout(stalled);
    show();
    progress().wait("checking");
    const slow = setTimeout(() => progress().say("slow"), SLOW_AFTER_MS);
    const answer = await outcome(`/transfers/${transfer.id}/state`);
    clearTimeout(slow);
    if (answer.state === "accepted") {
      // A hand-in that is still on its way must arrive first.
      await Promise.all(tell("transfer:accepted", { awaited: [] }).awaited);
      location.assign(answer.url);
      return location.reload();
    }
    end();
    refuse(answer.reasons.length ? answer.reasons : [words.broken]);
  }

  function show(...names) {
    for (const name of ["pause", "resume", "retry", "cancel"]) act(name).hidden = !names.includes(name);
  }

  function progress() {
    form.progress ??= new Progress(box, find("[data-spoken]"), words);
    return form.progress;
  }

  function refuse(reasons) {
    const alert = find("template[data-refusal]").content.cloneNode(true);
    const last = alert.querySelector("p:last-child");
    for (const reason of reasons) last.before(paragraph(reason));
    find("[data-outcome]").replaceChildren(alert);
    input.value = folder.value = "";
  }

  function say(text) {
    find("[data-outcome]").replaceChildren(paragraph(text));
  }

  function end() {
    clearTimeout(stalled);
    removeEventListener("beforeunload", askBeforeLeaving);
    tell("transfer:ended");
    progress().close();
    form.progress = sending = null;
    input.disabled = false;
    input.value = folder.value = find("[data-names]").textContent = "";
  }
}

function tell(what, detail = {}) {
  document.dispatchEvent(new CustomEvent(what, { detail }));
  return detail;
}

function askBeforeLeaving(event) {
  event.preventDefault();
}

async function outcome(address) {
  for (;;) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).then((each) => each.json(), () => ({}));
    if (answer.state && !["begun", "whole"].includes(answer.state)) return answer;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

async function reloadWhenExamined(address) {
  await outcome(address);
  location.reload();
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}
