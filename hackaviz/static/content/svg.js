// Shows a drawing as large as it says, never larger than the window. One with scripts keeps a document of its own.

const place = document.querySelector("#drawing");
const file = place.dataset.file;
const LIVES = /<script|\son\w+\s*=|<foreignObject/i;

draw().catch(showAsImage);

async function draw() {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`drawing: ${answer.status}`);
  const text = await answer.text();
  if (LIVES.test(text)) return showAlone();
  const drawing = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  if (drawing.localName !== "svg") throw new Error("not a drawing");
  const width = Number.parseFloat(drawing.getAttribute("width"));
  const height = Number.parseFloat(drawing.getAttribute("height"));
  // Without a view box a drawing is cut instead of made smaller.
  if (!drawing.hasAttribute("viewBox") && width && height) drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  place.replaceChildren(drawing);
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
