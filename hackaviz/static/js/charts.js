// Draws each <figure data-chart>. plotly.js is fetched only when the first chart comes near the screen.

const DAY = {
  text: "#0e2733", line: "#c7d4d9", inverse: "#ffffff",
  colorway: ["#0074aa", "#d75c68", "#00461a", "#ad871c", "#820657", "#019e9a", "#3f0e9a", "#706201"],
  sequential: ["#e3f0f3", "#bfdde4", "#93c5d1", "#5fa7b9", "#33869d", "#0d627c", "#053d52"],
  diverging: ["#820657", "#d9a3c4", "#f2f4f4", "#93c5d1", "#053d52"],
  letteredSequential: [[0, "#e3f0f3"], [0.5, "#9fcdd8"], [0.5, "#2b7a91"], [1, "#053d52"]],
  letteredDiverging: [[0, "#820657"], [0.25, "#a5447c"], [0.25, "#e0b1cd"], [0.5, "#f2f4f4"], [0.75, "#9fcdd8"], [0.75, "#2b7a91"], [1, "#053d52"]],
};
const NIGHT = {
  text: "#e6eff1", line: "#2b4651", inverse: "#0b1a21",
  colorway: ["#2394d5", "#de683e", "#5ed8a4", "#f8a336", "#b24d72", "#8af9fb", "#a9b1fd", "#d8f05a"],
  sequential: ["#12303c", "#17495a", "#1f657c", "#2f849c", "#57a5b8", "#8fc7d3", "#d3ebf0"],
  diverging: ["#ff86c2", "#8b4a70", "#20313a", "#2f849c", "#d3ebf0"],
  letteredSequential: [[0, "#12303c"], [0.5, "#256f87"], [0.5, "#86c2d0"], [1, "#d3ebf0"]],
  letteredDiverging: [[0, "#ffb3d9"], [0.25, "#f59cc9"], [0.25, "#8b4a70"], [0.5, "#20313a"], [0.75, "#256f87"], [0.75, "#86c2d0"], [1, "#d3ebf0"]],
};
const nonce = document.querySelector("script[nonce]")?.nonce ?? "";
const darkness = matchMedia("(prefers-color-scheme: dark)");
const figures = document.querySelectorAll("[data-chart]");
const near = new IntersectionObserver(arrived, { rootMargin: "400px" });
let library;

for (const figure of figures) near.observe(figure);
darkness.addEventListener("change", () => document.querySelectorAll("[data-drawn]").forEach(draw));

function arrived(entries) {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(target).catch(() => fail(target));
  }
}

async function draw(figure) {
  const [Plotly, { data, layout }] = await Promise.all([plotly(figure.dataset.plotly), spec(figure.dataset.chart)]);
  const area = figure.querySelector("[data-area]");
  area.querySelector("[data-waiting]")?.remove();
  const look = { ...layout, template: template(), height: Number(figure.dataset.height), autosize: true, title: undefined };
  if (innerWidth < 640) Object.assign(look, { dragmode: false, showlegend: false });
  await Plotly.react(area, data.map(lettered), look, { responsive: true, displaylogo: false, locale: document.documentElement.lang });
  if (figure.dataset.live && !figure.dataset.drawn) askAgain(figure, Number(figure.dataset.live) * 1000);
  figure.dataset.drawn = "yes";
}

// plotly.js writes in cells in white or in dark grey: these scales leap over the tones on which neither can be read.
function lettered(trace) {
  if (trace.type !== "heatmap" || !trace.texttemplate) return trace;
  const ink = darkness.matches ? NIGHT : DAY;
  const colorscale = trace.zmid === undefined ? ink.letteredSequential : ink.letteredDiverging;
  return { ...trace, autocolorscale: false, colorscale };
}

// A page that nobody looks at asks nothing.
function askAgain(figure, pause) {
  setInterval(() => document.hidden || draw(figure).catch(() => {}), pause);
}

async function spec(source) {
  if (source.startsWith("#")) return JSON.parse(document.querySelector(source).textContent);
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`chart data: ${answer.status}`);
  return answer.json();
}

function plotly(address) {
  library ??= new Promise((resolve, reject) => {
    allowPlotlyStyle();
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

// plotly.js fills this element instead of adding one that a strict policy would refuse.
function allowPlotlyStyle() {
  const style = document.createElement("style");
  style.id = "plotly.js-style-global";
  style.nonce = nonce;
  document.head.append(style);
}

function fail(figure) {
  const note = figure.querySelector("[data-waiting]");
  if (note) note.textContent = note.dataset.failed;
}

function template() {
  const ink = darkness.matches ? NIGHT : DAY;
  return {
    layout: {
      font: { family: "Encode Sans, Segoe UI, Helvetica Neue, Arial, sans-serif", size: 14, color: ink.text },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      colorway: ink.colorway,
      colorscale: { sequential: steps(ink.sequential), diverging: steps(ink.diverging) },
      margin: { l: 8, r: 16, t: 24, b: 40, pad: 4 },
      xaxis: { automargin: true, showgrid: false, gridcolor: ink.line, zeroline: false, linecolor: ink.text, ticks: "outside", ticklen: 5, tickcolor: ink.text, title: { standoff: 12 } },
      yaxis: { automargin: true, gridcolor: ink.line, zeroline: true, zerolinecolor: ink.text, ticks: "", title: { standoff: 12 } },
      bargap: 0.28,
      hovermode: "closest",
      separators: document.documentElement.lang === "fr" ? ",\u202f" : ".,",
      hoverlabel: { bgcolor: ink.text, bordercolor: ink.text, align: "left", font: { color: ink.inverse, size: 14 } },
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom" },
    },
  };
}

function steps(colours) {
  return colours.map((colour, index) => [index / (colours.length - 1), colour]);
}
