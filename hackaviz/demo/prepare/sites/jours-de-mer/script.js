const $ = id => document.getElementById(id);
const SPACE = "http://www.w3.org/2000/svg";
const whole = value => Math.round(value).toLocaleString("fr-FR");
const tenth = value => value.toLocaleString("fr-FR", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const days = (kilometres, knots) => kilometres / (knots * 1.852 * 24);
const named = { Barcelona: "Barcelone", Algeciras: "Algésiras", Rotterdam: "Rotterdam", "New York": "New York", Singapore: "Singapour", Shanghai: "Shanghai", Sydney: "Sydney", "Jawaharlal Nehru Port": "Mumbai", Santos: "Santos", Jeddah: "Djeddah" };
let ports = [];

function parse(text) {
  const [head, ...lines] = text.trim().split("\n");
  const names = head.split(",");
  return lines.map(line => Object.fromEntries(cells(line).map((value, index) => [names[index], value])));
}
function cells(line) {
  return [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].slice(0, -1).map(found => found[2] ?? found[1]);
}
function shape(name, attributes, words = "") {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = words;
  return made;
}
function draw() {
  const knots = Number($("speed").value), chart = $("chart"), width = chart.clientWidth, wide = width > 600;
  const height = wide ? 330 : 420, base = height - 44, longest = 60, across = value => 8 + (width - 20) * Math.min(value, longest) / longest;
  chart.setAttribute("viewBox", `0 0 ${width} ${height}`); chart.setAttribute("height", height); chart.replaceChildren();
  for (let day = 0; day <= longest; day += 10) chart.append(shape("line", { x1: across(day), x2: across(day), y1: 10, y2: base + 8, class: "axis" }), shape("text", { x: across(day), y: height - 14, class: "tick", "text-anchor": day ? "middle" : "start" }, day ? (day === 10 ? "10 jours" : day) : "0"));
  const taken = new Map(), radius = wide ? 6.5 : 5.2, step = radius * 2 + 1;
  for (const port of ports) {
    const value = days(port.sea_kilometres, knots), x = across(value), slot = Math.round(x / step), level = taken.get(slot) ?? 0;
    taken.set(slot, level + 1);
    const y = base - radius - level * step, far = port.sea_kilometres > 12000 ? "far" : port.sea_kilometres > 4500 ? "mid" : "near";
    const dot = shape("circle", { cx: x, cy: y, r: radius, class: far });
    dot.append(shape("title", {}, `${port.port}, ${port.country_fr} : ${tenth(value)} jours`));
    chart.append(dot);
    port.at = [x, y];
  }
  label(chart, wide, taken, step, base, radius);
  say(knots);
}
function label(chart, wide, taken, step, base, radius) {
  const shown = ports.filter(port => named[port.port] && (wide || ["Rotterdam", "New York", "Singapore", "Shanghai"].includes(port.port)));
  const top = base - Math.max(...taken.values()) * step;
  shown.forEach((port, index) => {
    const [x, y] = port.at, level = Math.max(16, top - 26 - (index % 3) * 24), end = x > chart.clientWidth * .9;
    chart.append(shape("line", { x1: x, x2: x, y1: level + 6, y2: y - radius, class: "link" }), shape("text", { x: end ? x + 4 : x - 4, y: level, class: "name", "text-anchor": end ? "end" : "start" }, named[port.port]));
  });
}
function say(knots) {
  const shanghai = ports.find(port => port.port === "Shanghai"), burnt = (knots / 20) ** 2, near = ports.filter(port => days(port.sea_kilometres, knots) <= 7).length;
  $("later").textContent = whole(days(shanghai.sea_kilometres, 14) - days(shanghai.sea_kilometres, 20));
  $("knots").textContent = `${tenth(knots).replace(",0", "")} nœuds`;
  const sums = [[tenth(days(shanghai.sea_kilometres, knots)), "jours jusqu’à Shanghai"], [`${whole(100 * burnt)} %`, "du carburant d’un trajet à 20 nœuds"], [near, "ports à moins d’une semaine"]];
  $("sums").replaceChildren(...sums.map(([value, words]) => { const box = document.createElement("div"), term = document.createElement("dt"), figure = document.createElement("dd"); term.textContent = words; figure.textContent = value; box.append(term, figure); return box; }));
  $("caption").textContent = `À ${tenth(knots).replace(",0", "")} nœuds. Vert : moins de 4 500 km ; ocre : jusqu’à 12 000 km ; rouge : au-delà. Les couleurs suivent aussi l’ordre, de gauche à droite.`;
  $("rows").replaceChildren(...ports.map(port => { const row = document.createElement("tr"); for (const words of [port.port, port.country_fr, whole(port.sea_kilometres), tenth(days(port.sea_kilometres, knots))]) { const cell = document.createElement("td"); cell.textContent = words; row.append(cell); } return row; }));
}
fetch("data.csv").then(answer => answer.text()).then(text => {
  ports = parse(text).map(port => ({ ...port, sea_kilometres: Number(port.sea_kilometres) }));
  $("speed").addEventListener("input", draw);
  window.addEventListener("resize", draw);
  draw();
});
