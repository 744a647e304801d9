// A screen of the jury's meeting follows the chair: it asks which turn the meeting is at, and is drawn anew at another one.

const EVERY = 900;
const screen = document.querySelector("[data-turn]");
const lost = document.querySelector("[data-lost]");

ask();
addEventListener("visibilitychange", () => document.hidden || ask(false));

async function ask(again = true) {
  const options = { cache: "no-store", headers: { Accept: "application/json" } };
  const answer = await fetch(screen.dataset.turnUrl, options).catch(() => null);
  const said = answer?.ok ? (await answer.json().catch(() => null))?.turn : undefined;
  if (said && said !== screen.dataset.turn) return location.reload();
  // Whoever is signed out, or no juror any more, must not keep what they were shown.
  if (answer?.status === 401 || answer?.status === 403) return location.reload();
  lost.hidden = Boolean(said);
  if (again) setTimeout(ask, EVERY);
}
