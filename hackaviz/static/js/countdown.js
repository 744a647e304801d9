// Keeps the countdowns moving. The server's clock counts: the page says when it was drawn, and time is measured from there
// without the clock of this machine, which may be wrong and may be set while the page is open.

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const language = document.documentElement.lang;
const timers = document.querySelectorAll("[data-deadline]");
const loaded = performance.getEntriesByType("navigation")[0];
// What the server's clock says when performance.now() is 0.
let origin = Date.parse(timers[0]?.dataset.now) - (loaded?.responseStart ?? 0);

for (const timer of timers) start(timer);
// A page that the browser had kept, or whose machine slept, does not know for how long: the server does.
if (loaded?.type === "back_forward") ask();
addEventListener("visibilitychange", () => document.hidden || ask());

async function ask() {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  const said = Date.parse(answer?.headers.get("Date"));
  if (said) origin = said - performance.now();
}

function start(timer) {
  const deadline = Date.parse(timer.dataset.deadline);
  const tick = () => {
    const seconds = Math.floor((deadline - origin - performance.now()) / 1000);
    if (seconds <= 0) return end(timer);
    timer.textContent = timeLeft(seconds);
    setTimeout(tick, seconds < 3600 ? 1000 : 30000);
  };
  tick();
}

function timeLeft(seconds) {
  const first = Math.min(UNITS.findIndex(([, length]) => seconds >= length), 2);
  return [
    amount(Math.floor(seconds / UNITS[first][1]), UNITS[first][0]),
    amount(Math.floor((seconds % UNITS[first][1]) / UNITS[first + 1][1]), UNITS[first + 1][0]),
  ].join(" ");
}

function amount(value, unit) {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

function end(timer) {
  const box = timer.closest(".countdown");
  box.classList.add("is-over");
  box.querySelector("p").textContent = timer.dataset.over;
  timer.remove();
}
