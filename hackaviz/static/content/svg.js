// Shows a drawing whole, as large as it says or as the window is, and closer when that is asked for. One with scripts keeps
// a document of its own.

const place = document.querySelector("#drawing");
const file = place.dataset.file;
const LIVES = /<script|\son\w+\s*=|<foreignObject/i;
const PIXELS = { "": 1, px: 1, pt: 96 / 72, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 };

draw().catch(showAsImage);

async function draw() {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`drawing: ${answer.status}`);
  const text = await answer.text();
  if (LIVES.test(text)) return showAlone();
  const drawing = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  if (drawing.localName !== "svg") throw new Error("not a drawing");
  const [width, height] = ["width", "height"].map((name) => pixels(drawing.getAttribute(name)));
  // Without a view box a drawing is cut instead of made smaller.
  if (!drawing.hasAttribute("viewBox") && width && height) drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  // One that says no size of its own would take none.
  if (!width && !height) place.classList.add("unsized");
  place.replaceChildren(drawing);
  offerClose(drawing, width || drawing.viewBox.baseVal?.width || 0);
}

// A length in pixels; 0 for none, and for a part of a window that is not there.
function pixels(length) {
  const [, number, unit] = /^\s*([\d.]+)([a-z]*)\s*$/i.exec(length ?? "") ?? [];
  return number * PIXELS[unit?.toLowerCase()] || 0;
}

function offerClose(drawing, width) {
  const offer = () => {
    if (!isClose()) button.hidden = width < drawing.getBoundingClientRect().width * NEARER;
  };
  button.addEventListener("click", () => {
    say(document.body.classList.toggle("close"));
    drawing.style.width = isClose() ? `${width}px` : "";
  });
  addEventListener("resize", offer);
  say(false);
  offer();
}

function isClose() {
  return document.body.classList.contains("close");
}

function showAlone() {
  const frame = document.createElement("iframe");
  frame.src = file;
  frame.sandbox = "allow-scripts";
  frame.title = document.title;
  place.classList.add("alone");
  place.replaceChildren(frame);
}

function showAsImage() {
  const image = document.createElement("img");
  image.src = file;
  image.alt = "";
  place.replaceChildren(image);
}
