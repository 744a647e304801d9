/** Read a CSV file with a header line; cells may be quoted. */
export async function readTable(path) {
  const text = await fetch(path).then(answer => answer.text());
  const [head, ...lines] = text.trim().split("\n");
  const names = head.split(",");
  return lines.map(line => {
    const cells = [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].slice(0, names.length).map(found => found[2] ?? found[1]);
    return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
  });
}
