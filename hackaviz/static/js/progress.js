// How a file on its way is shown: bytes, speed and time left for the eye, and now and then a sentence for the ear.

const language = document.documentElement.lang;
const UNITS = language === "fr" ? ["o", "ko", "Mo", "Go"] : ["B", "kB", "MB", "GB"];
const SPEED_OVER_MS = 5000;
const SHOWN_EVERY_MS = 250;
const SPOKEN_EVERY_MS = 15000;

export class Progress {
  constructor(box, spoken, words) {
    Object.assign(this, { box, spoken, words, marks: [], shownAt: 0, spokenAt: performance.now(), share: percent(0) });
    this.bar = box.querySelector("progress");
    this.detail = box.querySelector("[data-detail]");
  }

  open(name, bytes) {
    this.box.querySelector("[data-name]").textContent = name;
    this.box.querySelector("[data-size]").textContent = size(bytes);
    this.box.hidden = false;
  }

  // A sentence for both; without `share` the bar says only that something goes on.
  say(key, values = {}) {
    const text = fill(this.words[key], { share: this.share, ...values });
    this.detail.textContent = text;
    this.spoken.textContent = text;
    this.spokenAt = performance.now();
    this.marks = [];
  }

  wait(key) {
    this.bar.removeAttribute("value");
    this.say(key);
  }

  update(sent, total) {
    const now = performance.now();
    this.marks = [...this.marks.filter(([at]) => now - at < SPEED_OVER_MS), [now, sent]];
    if (now - this.shownAt < SHOWN_EVERY_MS && sent < total) return;
    this.shownAt = now;
    this.share = percent(sent / total);
    this.bar.value = (100 * sent) / total;
    const speed = this.speed();
    if (!speed) return;
    const left = duration((total - sent) / speed);
    this.detail.textContent = fill(this.words.sending, { share: this.share, sent: size(sent), total: size(total), speed: size(speed), left });
    if (now - this.spokenAt < SPOKEN_EVERY_MS) return;
    this.spokenAt = now;
    this.spoken.textContent = fill(this.words.spoken, { share: this.share, left });
  }

  speed() {
    const [[from, before], [until, after]] = [this.marks[0], this.marks.at(-1)];
    return until > from ? (1000 * (after - before)) / (until - from) : 0;
  }

  close() {
    this.box.hidden = true;
  }
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? `{${name}}`);
}

export function size(bytes) {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const value = new Intl.NumberFormat(language, { maximumFractionDigits: power ? 1 : 0 }).format(bytes / 1000 ** power);
  return `${value}\u00a0${UNITS[power]}`;
}

function percent(share) {
  return new Intl.NumberFormat(language, { style: "percent" }).format(Math.floor(share * 100) / 100);
}

function duration(seconds) {
  const [value, unit] = seconds < 90 ? [Math.max(1, Math.round(seconds)), "second"] : [Math.round(seconds / 60), "minute"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
