// Draws the list of operations from the API's own description; the page leads to that description without this file.
const table = document.getElementById("operations");

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
    const cell = line.insertCell();
    cell.dir = "ltr";
    cell.lang = "en";
    cell.textContent = text;
  }
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
