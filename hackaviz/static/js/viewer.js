// Lays the live work over its still image once it has loaded, at the width of a desktop or a phone, or on the whole screen.

const WIDE = matchMedia("(min-width: 64rem)");

for (const viewer of document.querySelectorAll("[data-viewer]")) start(viewer);

function start(viewer) {
  const stage = viewer.querySelector("[data-stage]");
  const frame = liveFrame(viewer);
  frame.addEventListener("load", () => arrived(viewer, stage), { once: true });
  stage.append(frame);
  let width = WIDE.matches ? 1280 : 0;
  const fit = () => lay(frame, stage, width);
  const choose = (button) => {
    const chosen = Number(button.dataset.width);
    width = width === chosen ? 0 : chosen;
    for (const each of viewer.querySelectorAll("[data-width]")) press(each, Number(each.dataset.width) === width);
    fit();
  };
  new ResizeObserver(fit).observe(stage);
  for (const button of viewer.querySelectorAll("[data-width]")) {
    press(button, Number(button.dataset.width) === width);
    button.addEventListener("click", () => choose(button));
  }
  offerFullScreen(viewer, stage);
  offerStill(viewer, stage, frame);
}

// The sandbox gives the work an origin of its own; nothing else is ever allowed to it.
function liveFrame(viewer) {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.referrerPolicy = "no-referrer";
  frame.loading = "lazy";
  frame.title = viewer.dataset.title;
  frame.src = viewer.dataset.live;
  return frame;
}

function arrived(viewer, stage) {
  stage.dataset.state = "live";
  for (const part of viewer.querySelectorAll("[data-widths], [data-toggle-still], [data-hint]")) part.hidden = false;
}

// A width of 0 is that of the stage. Wider than it, the work is drawn smaller; narrower, it stands in the middle.
function lay(frame, stage, width) {
  const { clientWidth, clientHeight } = stage;
  const scale = width > clientWidth ? clientWidth / width : 1;
  const drawn = Math.min(width || clientWidth, width > clientWidth ? width : clientWidth);
  Object.assign(frame.style, {
    width: `${drawn}px`,
    height: `${clientHeight / scale}px`,
    transform: `scale(${scale})`,
    left: `${Math.max(0, (clientWidth - drawn * scale) / 2)}px`,
  });
}

function offerFullScreen(viewer, stage) {
  const button = viewer.querySelector("[data-full]");
  if (!document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", () => stage.requestFullscreen());
}

function offerStill(viewer, stage, frame) {
  const button = viewer.querySelector("[data-toggle-still]");
  button.addEventListener("click", () => {
    const still = stage.dataset.state !== "still";
    stage.dataset.state = still ? "still" : "live";
    frame.hidden = still;
    press(button, still);
  });
}

function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}
