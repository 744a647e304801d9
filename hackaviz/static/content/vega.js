// Draws a Vega or Vega-Lite specification. Expressions are interpreted, never compiled; data comes from the work alone.

const chart = document.querySelector("#chart");

draw().catch(() => {
  const note = document.createElement("p");
  note.textContent = chart.dataset.failed;
  chart.replaceChildren(note);
});

async function draw() {
  const answer = await fetch(chart.dataset.figure);
  if (!answer.ok) throw new Error(`specification: ${answer.status}`);
  const specification = await answer.json();
  // Its own options could ask for other loaders, or for compiled expressions.
  delete specification.usermeta;
  const holder = document.createElement("div");
  chart.replaceChildren(holder);
  await vegaEntry.embed(holder, fitted(specification), {
    mode: chart.dataset.mode,
    actions: false,
    ast: true,
    expr: vegaEntry.expressionInterpreter,
    loader: ownLoader(new URL("./", location.href)),
  });
  offerWhole(chart);
}

// A single view that says no size fills the window, as charts of other kinds do.
function fitted(specification) {
  const isSingle = chart.dataset.mode === "vega-lite" && (specification.mark || specification.layer);
  const saysSize = ["width", "height", "autosize"].some((name) => name in specification);
  if (!isSingle || saysSize || specification.encoding?.row || specification.encoding?.column || specification.encoding?.facet) return specification;
  chart.classList.add("filled");
  return { ...specification, width: "container", height: "container", autosize: { type: "fit", contains: "padding" }, padding: specification.padding ?? 16 };
}

// Loads only files below the address of the work itself, and what the specification carries as data: addresses.
function ownLoader(base) {
  const loader = vegaEntry.loader({ baseURL: base.href });
  loader.sanitize = async (uri) => {
    const address = new URL(uri, base);
    if (address.protocol !== "data:" && !address.href.startsWith(base.href)) throw new Error(`not of this work: ${uri}`);
    return { href: address.href };
  };
  return loader;
}
