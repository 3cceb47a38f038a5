// Draws the list of operations from the API's own description; the page leads to that description without this file.
const table = document.getElementById("operations");

const headings = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);

const row = (path, method, operation) => {
  const line = table.tBodies[0].insertRow();
  const name = document.createElement("th");
  name.scope = "row";
  const code = document.createElement("code");
  code.dir = "ltr";
  code.textContent = `${method.toUpperCase()} ${path}`;
  name.append(code);
  line.append(name);
  for (const text of [operation.description ?? operation.summary, (operation["x-permissions"] ?? []).join(", ")]) {
    const told = document.createElement("span");
    told.dir = "ltr";
    told.lang = "en";
    told.textContent = text;
    line.insertCell().append(told);
  }
  [...line.cells].forEach((cell, place) => {
    cell.dataset.label = headings[place];
  });
};

fetch(table.dataset.description)
  .then((answer) => answer.json())
  .then((description) => {
    for (const [path, operations] of Object.entries(description.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        row(path, method, operation);
      }
    }
  });
