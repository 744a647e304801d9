// A form with data-confirm asks once, in a native dialog, before it is sent. Without this script it is sent at once.
// Any other form keeps in data-sent that it is on its way, for scripts that come later.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm || form.dataset.confirmed) return (form.dataset.sent = "yes");
  event.preventDefault();
  ask(form, event.submitter);
});

function ask(form, submitter) {
  const question = paragraph(form.dataset.confirm);
  const act = button(submitter?.textContent.trim(), submitter?.className ?? "");
  const back = button(form.dataset.confirmBack, "quiet");
  const dialog = dialogWith(question, act, back);
  back.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  act.addEventListener("click", () => send(form, submitter));
  dialog.showModal();
  back.focus();
}

function send(form, submitter) {
  form.dataset.confirmed = "yes";
  form.requestSubmit(submitter ?? undefined);
}

function dialogWith(question, ...buttons) {
  const dialog = document.createElement("dialog");
  const box = document.createElement("article");
  const acts = document.createElement("div");
  question.id = "confirm-question";
  dialog.setAttribute("aria-labelledby", question.id);
  acts.className = "actions";
  acts.append(...buttons);
  box.append(question, acts);
  dialog.append(box);
  document.body.append(dialog);
  return dialog;
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function button(label, style) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = style;
  element.textContent = label;
  return element;
}
