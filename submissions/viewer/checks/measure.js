// What a page says and how well it can be read, as plain numbers. Runs in the page, changes nothing of it.
() => {
  const MOST = 1500, EXAMPLES = 5;
  const parse = (colour) => {
    const found = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[, /]+([\d.]+))?\)$/.exec(colour);
    return found ? [...found.slice(1, 4).map(Number), found[4] === undefined ? 1 : Number(found[4])] : null;
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  // The plain colour behind an element; null where an image, a drawing or something transparent makes it unknown.
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none" || style.opacity !== "1") return null;
      const colour = parse(style.backgroundColor);
      if (colour && colour[3] === 1) return colour;
      if (!colour || colour[3] > 0 || ["absolute", "fixed"].includes(style.position)) return null;
      if (each instanceof SVGElement && each.parentElement instanceof HTMLElement && drawn(each)) return null;
    }
    return [255, 255, 255, 1];
  };
  const drawn = (svg) => svg.querySelectorAll("rect, image, path").length > 0;
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
  };
  const checked = { texts: 0, low: 0, examples: [] };
  const walker = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(), seen = 0; node && seen < MOST; node = walker.nextNode()) {
    const element = node.parentElement, text = node.data.trim();
    if (!text || !element || element.closest("script, style, noscript, template") || !visible(element)) continue;
    seen += 1;
    const style = getComputedStyle(element), back = behind(element);
    const front = parse(element instanceof SVGElement ? style.fill : style.color);
    if (!back || !front || front[3] !== 1) continue;
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = ratio(front, back);
    checked.texts += 1;
    if (found >= (large ? 3 : 4.5)) continue;
    checked.low += 1;
    if (checked.examples.length < EXAMPLES) checked.examples.push([text.slice(0, 60), Math.floor(found * 10) / 10]);
  }
  const root = document.documentElement;
  return {
    text: (document.body?.innerText ?? root.textContent ?? "").replace(/\s+/g, " ").trim().length,
    width: root.scrollWidth,
    height: root.scrollHeight,
    images_without_alt: [...document.images].filter((image) => !image.hasAttribute("alt") && visible(image)).length,
    contrast: checked,
  };
}
