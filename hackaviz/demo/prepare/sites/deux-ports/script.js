import { readTable } from "./table.js";
import { drawMap } from "./map.js";

const $ = id => document.getElementById(id);
const [links, ports, land] = await Promise.all([readTable("data/links.csv"), readTable("data/ports.csv"), fetch("data/land.json").then(answer => answer.json())]);
const countries = new Map();
for (const { unlocode, country } of links) countries.set(unlocode, (countries.get(unlocode) ?? new Set()).add(country));
const byCode = new Map(ports.map(port => [port.unlocode, port]));
let chosen = ["FRFOS", "ITGOA"];

function title(code) {
  return byCode.get(code).name;
}
function sorted(names) {
  return [...names].sort((one, other) => one.localeCompare(other, "fr"));
}
function fill(list, names) {
  const items = names.length ? names : ["aucun pays"];
  list.replaceChildren(...items.map(name => Object.assign(document.createElement("li"), { textContent: name, className: names.length ? "" : "none" })));
}
function show() {
  const [one, other] = chosen.map(code => countries.get(code));
  const only = sorted([...one].filter(name => !other.has(name)));
  const both = sorted([...one].filter(name => other.has(name)));
  const rest = sorted([...other].filter(name => !one.has(name)));
  const [first, second] = chosen.map(title);
  $("first").value = chosen[0]; $("second").value = chosen[1];
  $("name-first").textContent = `Seulement ${first} : ${only.length}`;
  $("name-both").textContent = `Les deux : ${both.length}`;
  $("name-second").textContent = `Seulement ${second} : ${rest.length}`;
  $("finding").textContent = `À eux deux, ${first} et ${second} relient ${only.length + both.length + rest.length} pays, dont ${both.length} en commun.`;
  fill($("only-first"), only); fill($("both"), both); fill($("only-second"), rest);
  drawMap($("map"), land, ports, chosen, code => choose([chosen[1], code]));
}
function choose(next) {
  if (next[0] !== next[1]) chosen = next;
  show();
}
for (const id of ["first", "second"]) {
  $(id).append(...ports.map(port => new Option(`${port.name} (${port.country}), ${port.linked}`, port.unlocode)));
  $(id).addEventListener("change", () => choose([$("first").value, $("second").value]));
}
show();
