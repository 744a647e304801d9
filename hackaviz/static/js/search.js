// What was typed or ticked before htmx had come is searched for as soon as it is there.

const form = document.querySelector("form[hx-get]");
const differs = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;

// htmx sets to work in a later task, too.
setTimeout(() => {
  if ([...form.querySelectorAll("input")].some(differs)) form.dispatchEvent(new Event("input"));
});
