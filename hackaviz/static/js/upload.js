// Sends the chosen file at once, as a raw body, with its progress. Without this script the form is sent as any other.

const language = document.documentElement.lang;
const UNITS = language === "fr" ? ["o", "ko", "Mo", "Go"] : ["B", "kB", "MB", "GB"];

for (const form of document.querySelectorAll("form[data-upload]")) enhance(form);

function enhance(form) {
  const input = form.querySelector("input[type=file]");
  form.querySelector("[data-without-script]").hidden = true;
  input.addEventListener("change", () => input.files.length && choose(form, input));
}

function choose(form, input) {
  const [file] = input.files;
  if (file.size > Number(form.dataset.limit)) {
    refuse(form, [fill(form.dataset.tooLarge, { name: file.name })]);
    input.value = "";
    return;
  }
  send(form, file);
}

function send(form, file) {
  const request = new XMLHttpRequest();
  const shown = progressOf(form, file);
  request.open("POST", `${form.action}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", form.elements.csrf_token.value);
  request.upload.addEventListener("progress", shown.update);
  request.upload.addEventListener("load", () => shown.say(form.dataset.checking));
  request.addEventListener("load", () => finish(form, request));
  request.addEventListener("error", () => refuse(form, [form.dataset.failed]));
  request.addEventListener("abort", () => refuse(form, [form.dataset.stopped]));
  request.addEventListener("loadend", shown.end);
  shown.stop.onclick = () => request.abort();
  request.send(file);
}

function finish(form, request) {
  const answer = parse(request.responseText);
  if (request.status === 200 && answer) {
    location.assign(answer.url);
    location.reload();
    return;
  }
  refuse(form, answer?.reasons ?? [answer?.error?.message ?? form.dataset.failed]);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function progressOf(form, file) {
  const box = form.querySelector("[data-progress]");
  const bar = box.querySelector("progress");
  const detail = box.querySelector("[data-detail]");
  const input = form.querySelector("input[type=file]");
  const started = performance.now();
  form.querySelector("[data-outcome]").replaceChildren();
  box.querySelector("[data-name]").textContent = file.name;
  box.querySelector("[data-size]").textContent = size(file.size);
  box.hidden = false;
  input.disabled = true;
  return {
    stop: box.querySelector("[data-stop]"),
    say: (text) => { detail.textContent = text; bar.removeAttribute("value"); },
    update: ({ loaded, total }) => {
      const share = Math.floor((100 * loaded) / total);
      const seconds = ((performance.now() - started) / 1000) * (total / loaded - 1);
      bar.value = share;
      detail.textContent = fill(form.dataset.sending, { share, sent: size(loaded), total: size(total), left: duration(seconds) });
    },
    end: () => { box.hidden = true; input.disabled = false; input.value = ""; clearNames(form); },
  };
}

function refuse(form, reasons) {
  const alert = form.querySelector("template[data-refusal]").content.cloneNode(true);
  const place = alert.querySelector("p:last-child");
  for (const reason of reasons) place.before(paragraph(reason));
  form.querySelector("[data-outcome]").replaceChildren(alert);
  clearNames(form);
}

function clearNames(form) {
  form.querySelector("[data-names]").textContent = "";
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? `{${name}}`);
}

function size(bytes) {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const value = new Intl.NumberFormat(language, { maximumFractionDigits: power ? 1 : 0 }).format(bytes / 1000 ** power);
  return `${value}\u00a0${UNITS[power]}`;
}

function duration(seconds) {
  const [value, unit] = seconds < 90 ? [Math.max(1, Math.round(seconds)), "second"] : [Math.round(seconds / 60), "minute"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
