// Keeps on the node what somebody types in a form and has not sent yet, offers it again, and warns before the session
// ends. The form works without this file.
const kept = document.querySelector("[data-draft]");
const form = kept?.closest("form");
const warning = document.querySelector("[data-draft-warning]");
const SAVED_AFTER_MS = 1500;
const WARNED_AFTER_MS = 25 * 60 * 1000;
let saving;
let ending;

const typed = () =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");

const send = (fields) =>
  fetch(kept.dataset.draft, {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify({ path: location.pathname, fields }),
  });

const watch = () => {
  clearTimeout(ending);
  warning.hidden = true;
  ending = setTimeout(() => {
    warning.hidden = false;
  }, WARNED_AFTER_MS);
};

const fill = (fields) => {
  for (const [name, value] of fields) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = field.checked || field.value === value;
      } else if (field.type !== "file" && field.type !== "hidden") {
        field.value = value;
      }
    }
  }
};

if (form && warning) {
  watch();
  fetch(`${kept.dataset.draft}?path=${encodeURIComponent(location.pathname)}`)
    .then((answer) => answer.json())
    .then((draft) => {
      if (!draft.fields || document.querySelector(".error-summary")) {
        return;
      }
      kept.hidden = false;
      kept.querySelector("[data-draft-at]").textContent = `${draft.at.slice(0, 16).replace("T", " ")} UTC`;
      kept.querySelector("[data-draft-fill]").addEventListener("click", () => {
        fill(draft.fields);
        kept.hidden = true;
      });
      kept.querySelector("[data-draft-drop]").addEventListener("click", () => {
        send([]);
        kept.hidden = true;
      });
    });
  form.addEventListener("input", () => {
    clearTimeout(saving);
    saving = setTimeout(() => send(typed()).then(watch), SAVED_AFTER_MS);
  });
}
