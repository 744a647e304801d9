// Draws the Plotly figure of an entry as large as its window, unless the figure says its own size.

const chart = document.querySelector("#chart");

draw().catch(() => {
  const note = document.createElement("p");
  note.textContent = chart.dataset.failed;
  chart.replaceChildren(note);
});

async function draw() {
  const answer = await fetch(chart.dataset.figure);
  if (!answer.ok) throw new Error(`figure: ${answer.status}`);
  const { data, layout = {}, frames = [], config = {} } = await answer.json();
  const sized = layout.width || layout.height ? {} : { autosize: true };
  await Plotly.newPlot(chart, {
    data,
    layout: { ...layout, ...sized },
    frames,
    // Coasts and borders of maps lie beside plotly.js: by itself it would ask another host for them.
    config: { ...config, responsive: true, displaylogo: false, showSendToCloud: false, showEditInChartStudio: false, topojsonURL: "/vendor/" },
  });
  offerWhole(chart);
}
