// Menus are <details> and work without this. Here: Escape and a click elsewhere close them.

const openMenus = () => document.querySelectorAll("details.menu[open], details.dropdown[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const innermost = [...openMenus()].pop();
  if (!innermost) return;
  innermost.open = false;
  innermost.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Names of chosen files, in the large target of a file field.
document.addEventListener("change", (event) => name(event.target));
document.querySelectorAll(".drop input").forEach(name);

function name(input) {
  const names = input.closest(".drop")?.querySelector("[data-names]");
  if (names) names.textContent = [...input.files].map((file) => file.name).join(", ");
}

// On a phone the organisers' row of pages is longer than the screen: bring the open one into sight.
const openPage = document.querySelector(".organise-menu [aria-current]");
if (openPage) {
  const row = openPage.closest(".organise-menu");
  row.scrollLeft = openPage.offsetLeft - (row.clientWidth - openPage.offsetWidth) / 2;
}
