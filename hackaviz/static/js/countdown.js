// Keeps the countdowns moving. The server's clock counts: the page says when it was drawn, so a wrong clock here does not matter.

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const language = document.documentElement.lang;

for (const timer of document.querySelectorAll("[data-deadline]")) start(timer);

function start(timer) {
  const offset = Date.parse(timer.dataset.now) - (performance.timeOrigin + performance.getEntriesByType("navigation")[0].responseStart);
  const deadline = Date.parse(timer.dataset.deadline);
  const tick = () => {
    const seconds = Math.floor((deadline - (Date.now() + offset)) / 1000);
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
