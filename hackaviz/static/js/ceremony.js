// Prize by prize on a big screen, by keyboard, buttons and touch. Every work is loaded at once, so that the network may go.
//
// A work gets no key and no touch while it is shown, so that it cannot keep the ceremony for itself; “Use the work” gives
// them to it, and the same button, which stays outside, takes them back.

const stage = document.querySelector("[data-ceremony]");
const slides = [...stage.querySelectorAll("[data-slide]")];
const [back, next, use, full, count, status] = ["back", "next", "use", "full", "count", "status"].map((part) => document.querySelector(`[data-${part}]`));
const FORWARD = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const BACKWARD = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
const SWIPE_PX = 60;
let current = 0;

const loads = [...stage.querySelectorAll("[data-live]")].map(loadWork);
const images = [...stage.querySelectorAll("img")].map((image) => image.decode().catch(() => {}));
say();
for (const load of loads) load.finally(say);
Promise.all([...loads, ...images, document.fonts.ready]).then(() => (status.textContent = stage.dataset.whole));
show(Math.min(Number(location.hash.slice(1)) || 0, slides.length - 1));

back.addEventListener("click", () => show(current - 1));
next.addEventListener("click", () => show(current + 1));
use.addEventListener("click", () => lend(use.getAttribute("aria-pressed") !== "true"));
full.addEventListener("click", toggleFull);
full.hidden = false;
document.addEventListener("keydown", onKey);
// A work may ask for the keyboard while it loads.
addEventListener("blur", () => setTimeout(() => document.activeElement?.inert && speak(), 0));
let pressedAt = 0;
stage.addEventListener("pointerdown", (event) => (pressedAt = event.clientX));
stage.addEventListener("pointerup", onTap);

function loadWork(box) {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.referrerPolicy = "no-referrer";
  frame.inert = true;
  frame.title = box.dataset.title;
  frame.src = box.dataset.live;
  const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
  box.append(frame);
  return loaded.then(() => (box.dataset.state = "live"));
}

function say() {
  const done = stage.querySelectorAll('[data-state="live"]').length;
  status.textContent = stage.dataset.loaded.replace("{done}", done).replace("{all}", loads.length);
}

function show(wanted) {
  current = Math.max(0, Math.min(wanted, slides.length - 1));
  lend(false);
  for (const [number, slide] of slides.entries()) slide.toggleAttribute("data-current", number === current);
  back.disabled = current === 0;
  next.disabled = current === slides.length - 1;
  use.hidden = !slides[current].querySelector("iframe");
  count.textContent = `${current + 1} / ${slides.length}`;
  history.replaceState(null, "", `#${current}`);
  speak();
}

function speak() {
  slides[current].querySelector("[tabindex]").focus();
}

function lend(is) {
  use.setAttribute("aria-pressed", String(is));
  for (const frame of stage.querySelectorAll("iframe")) frame.inert = !(is && slides[current].contains(frame));
  slides[current].querySelector(".reveal-work")?.classList.toggle("is-lent", is);
  if (is) slides[current].querySelector("iframe").focus();
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // A focused button or link keeps the keys that press it.
  if (event.target.closest("button, a") && [" ", "Enter"].includes(event.key)) return;
  if (FORWARD.includes(event.key)) show(current + 1);
  else if (BACKWARD.includes(event.key)) show(current - 1);
  else if (event.key === "Home") show(0);
  else if (event.key === "End") show(slides.length - 1);
  else if (event.key.toLowerCase() === "f") toggleFull();
  else return;
  event.preventDefault();
}

function onTap(event) {
  if (event.target.closest("a, button, .is-lent")) return;
  const moved = event.clientX - pressedAt;
  if (Math.abs(moved) > SWIPE_PX) show(current + (moved < 0 ? 1 : -1));
  else if (event.pointerType !== "mouse" || event.button === 0) show(current + (event.clientX < innerWidth / 3 ? -1 : 1));
}
