// Lets a reader see whole what is larger than the window, and come closer: the small print of a poster is read so.

const NEARER = 1.15;
const button = document.querySelector("#closer");
const languages = JSON.parse(button?.dataset.words ?? "{}");
const words = languages[navigator.language.slice(0, 2)] ?? languages.en ?? languages.fr;

offerPictures([...document.images]);

function say(isClose) {
  button.textContent = isClose ? words.whole : words.closer;
}

// A picture or a page is shown with all its pixels, around the point that was pressed.
function offerPictures(pictures) {
  if (!button || !pictures.length) return;
  const body = document.body.classList;
  const hasMore = (picture) => picture.complete && picture.naturalWidth > picture.clientWidth * NEARER;
  const offer = () => {
    if (body.contains("close")) return;
    button.hidden = !pictures.some(hasMore);
    body.toggle("closable", !button.hidden);
  };
  const turn = (picture, x, y) => {
    const before = picture.getBoundingClientRect();
    say(body.toggle("close"));
    const after = picture.getBoundingClientRect();
    const across = after.left + ((x - before.left) / before.width) * after.width - innerWidth / 2;
    scrollBy(across, after.top + ((y - before.top) / before.height) * after.height - innerHeight / 2);
  };
  for (const picture of pictures) {
    picture.addEventListener("load", offer);
    picture.addEventListener("click", (event) => !button.hidden && turn(picture, event.clientX, event.clientY));
  }
  addEventListener("resize", offer);
  button.addEventListener("click", () => turn(pictures[0], 0, 0));
  say(false);
  offer();
}

// A chart of a fixed size is drawn smaller where the window is narrower, and as large as it says when that is asked for.
function offerWhole(chart) {
  const drawn = chart.firstElementChild;
  let isClose = false;
  const lay = () => {
    chart.classList.remove("shrunk");
    const fit = Math.min(1, chart.clientWidth / chart.scrollWidth);
    button.hidden = fit > 0.95;
    drawn.style.setProperty("--fit", fit);
    chart.classList.toggle("shrunk", !button.hidden && !isClose);
    say(isClose);
  };
  const turn = () => {
    isClose = !isClose;
    lay();
  };
  button.addEventListener("click", turn);
  chart.addEventListener("click", () => chart.classList.contains("shrunk") && turn());
  addEventListener("resize", lay);
  lay();
}
