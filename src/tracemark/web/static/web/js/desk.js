// All pages work without this file. It folds the navigation on small screens, takes the reader to a form's errors, and
// closes the account menu by key.
const menu = document.querySelector(".menu-button");
const side = document.getElementById("navigation");

if (menu && side) {
  menu.hidden = false;
  side.hidden = true;
  menu.addEventListener("click", () => {
    side.hidden = !side.hidden;
    menu.setAttribute("aria-expanded", String(!side.hidden));
  });
}

// A navigation that scrolls by itself begins at the page that is open.
const open = side?.querySelector("[aria-current]");
if (open) {
  side.scrollTop = open.offsetTop - side.offsetTop - side.clientHeight / 2;
}

document.querySelector(".error-summary")?.focus();

const who = document.querySelector(".who");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && who?.open) {
    who.open = false;
    who.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  if (who?.open && !who.contains(event.target)) {
    who.open = false;
  }
});
