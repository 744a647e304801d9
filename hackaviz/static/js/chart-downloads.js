// Lets readers take a chart with them: PNG and SVG as drawn, CSV from the table beside it.

for (const row of document.querySelectorAll("[data-downloads]")) {
  row.hidden = false;
  row.addEventListener("click", ({ target }) => {
    const format = target.closest("[data-format]")?.dataset.format;
    if (format) take(row.closest("figure"), row.dataset.downloads, format);
  });
}

function take(figure, name, format) {
  if (format === "csv") return save(new Blob(["\ufeff", csv(figure)], { type: "text/csv" }), `${name}.csv`);
  const area = figure.querySelector("[data-area]");
  if (!figure.dataset.drawn) return figure.scrollIntoView();
  return window.Plotly.downloadImage(area, { format, filename: name, width: 1200, height: 2 * area.clientHeight, scale: 2 });
}

// One header, then the rows of every part of the table.
function csv(figure) {
  const tables = [...figure.querySelectorAll("table")];
  const rows = [...(tables[0]?.tHead?.rows ?? []), ...tables.flatMap((table) => [...table.tBodies].flatMap((body) => [...body.rows]))];
  return rows.map((row) => [...row.cells].map((cell) => quoted(cell.textContent.trim())).join(";")).join("\r\n");
}

// What a spreadsheet would take for a formula is kept a text; numbers stay numbers.
function quoted(text) {
  const isNumber = /^[+\u2212-]?[\d.,\s\u202f]+%?$/.test(text);
  const safe = /^[=+\-@\t]/.test(text) && !isNumber ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""').replace(/\s+/g, " ")}"`;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
