// Draws the Plotly and Vega figures of a rendered notebook where their outputs stand.

for (const place of document.querySelectorAll(".figure[data-plotly]")) {
  const { data, layout = {}, frames = [], config = {} } = JSON.parse(place.dataset.plotly);
  if (layout.height) place.style.height = `${layout.height}px`;
  place.replaceChildren();
  Plotly.newPlot(place, {
    data,
    layout: { ...layout, ...(layout.width ? {} : { autosize: true }) },
    frames,
    config: { ...config, responsive: true, displaylogo: false, topojsonURL: "/vendor/", plotlyServerURL: "" },
  });
}

const refusing = () => Promise.reject(new Error("a notebook carries its data"));

for (const place of document.querySelectorAll(".figure[data-vega]")) {
  const specification = JSON.parse(place.dataset.vega);
  delete specification.usermeta;
  const loader = vegaEntry.loader();
  loader.sanitize = (uri) => (uri.startsWith("data:") ? Promise.resolve({ href: uri }) : refusing());
  vegaEntry.embed(place, specification, { actions: false, ast: true, expr: vegaEntry.expressionInterpreter, loader });
}
