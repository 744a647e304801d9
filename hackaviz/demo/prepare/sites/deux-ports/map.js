const SPACE = "http://www.w3.org/2000/svg";
const place = (longitude, latitude) => [(longitude + 6.5) * 22.6, 458 - (latitude - 29.9) * 28.6];

function shape(name, attributes, words = "") {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = words;
  return made;
}
/** Draw the basin, one disc a port, the two chosen ones in colour and shape; a click calls pick(code). */
export function drawMap(svg, land, ports, chosen, pick) {
  const coast = land.map(ring => "M" + ring.map(point => place(...point).map(value => value.toFixed(1)).join(" ")).join("L") + "Z").join("");
  svg.replaceChildren(shape("path", { d: coast, class: "land", "fill-rule": "evenodd" }));
  const ordered = [...ports].sort((one, other) => chosen.includes(one.unlocode) - chosen.includes(other.unlocode));
  for (const port of ordered) {
    const [x, y] = place(Number(port.longitude), Number(port.latitude)), size = 2 + 1.5 * Math.sqrt(port.linked), turn = chosen.indexOf(port.unlocode);
    const mark = turn === 1 ? shape("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, class: "two" }) : shape("circle", { cx: x, cy: y, r: size, class: turn === 0 ? "one" : "" });
    mark.append(shape("title", {}, `${port.name}, ${port.linked} pays`));
    mark.addEventListener("click", () => pick(port.unlocode));
    svg.append(mark);
    if (turn >= 0) svg.append(label(port, chosen, ports, x, y, size));
  }
}
/** The name of a chosen port, on the side away from the other one. */
function label(port, chosen, ports, x, y, size) {
  const other = ports.find(one => chosen.includes(one.unlocode) && one !== port), left = Number(port.longitude) < Number(other.longitude) ? x > 130 : x > 860;
  return shape("text", { x: left ? x - size - 7 : x + size + 7, y: y + 6, "text-anchor": left ? "end" : "start", class: chosen[0] === port.unlocode ? "one" : "two" }, port.name);
}
