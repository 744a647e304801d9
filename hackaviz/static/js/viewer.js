// Lays the live work over its still image once it has loaded, at the width of a desktop or a phone, or on the whole screen.
//
// Tab never enters a work, which could keep the keyboard for itself. Full screen gives it the keyboard, and Escape, which the
// browser guards, takes it back: the focus returns to the button that was pressed.

const WIDE = matchMedia("(min-width: 64rem)");

for (const viewer of document.querySelectorAll("[data-viewer]")) start(viewer);

function start(viewer) {
  const stage = viewer.querySelector("[data-stage]");
  const frame = liveFrame(viewer);
  frame.addEventListener("load", () => arrived(viewer, stage));
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
  offerFullScreen(viewer, frame);
  offerStill(viewer, stage, frame);
  viewer.querySelector("[data-reload]").addEventListener("click", () => reload(viewer, stage, frame));
}

// The sandbox gives the work an origin of its own; nothing else is ever allowed to it.
function liveFrame(viewer) {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.referrerPolicy = "no-referrer";
  frame.loading = "lazy";
  frame.tabIndex = -1;
  frame.title = viewer.dataset.title;
  frame.src = viewer.dataset.live;
  return frame;
}

function arrived(viewer, stage) {
  if (stage.dataset.state !== "still") stage.dataset.state = "live";
  for (const part of viewer.querySelectorAll("[data-widths], [data-toggle-still], [data-reload], [data-hint]")) part.hidden = false;
}

function reload(viewer, stage, frame) {
  if (stage.dataset.state === "still") viewer.querySelector("[data-toggle-still]").click();
  delete stage.dataset.state;
  frame.src = viewer.dataset.live;
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

// Where a browser has no full screen, the viewer covers the page instead.
function offerFullScreen(viewer, frame) {
  const [enter, leave] = ["[data-full]", "[data-leave]"].map((part) => viewer.querySelector(part));
  const isOpen = () => document.fullscreenElement === viewer || viewer.classList.contains("is-full");
  const changed = () => {
    enter.hidden = isOpen();
    leave.hidden = !isOpen();
    if (isOpen()) frame.focus();
    else enter.focus();
  };
  const cover = (is) => {
    viewer.classList.toggle("is-full", is);
    changed();
  };
  enter.hidden = false;
  enter.addEventListener("click", () => (document.fullscreenEnabled ? viewer.requestFullscreen() : cover(true)));
  leave.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : cover(false)));
  viewer.addEventListener("fullscreenchange", changed);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && viewer.classList.contains("is-full")) cover(false);
  });
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
