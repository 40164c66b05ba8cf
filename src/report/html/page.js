"use strict";
// Tables are sorted by their headings and filtered by a word; rows whose first cell is empty go on with the row above.
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0], groups = [];
  for (const row of body.rows) {
    if (groups.length && row.cells[0] && row.cells[0].textContent === "") groups[groups.length - 1].push(row);
    else groups.push([row]);
  }
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (group) => group[0].cells[i].textContent;
      const order = (a, b) => key(a).localeCompare(key(b), document.documentElement.lang || undefined, { numeric: true });
      groups.sort((a, b) => (down ? order(b, a) : order(a, b)));
      body.append(...groups.flat());
    });
  });
  if (groups.length < 9) continue;
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = document.body.dataset.filter;
  input.setAttribute("aria-label", document.body.dataset.filter + ": " + table.caption.textContent);
  input.addEventListener("input", () => {
    const word = input.value.toLowerCase();
    for (const group of groups) {
      const hidden = !group.some((row) => row.textContent.toLowerCase().includes(word));
      for (const row of group) row.hidden = hidden;
    }
  });
  table.parentElement.before(input);
}
// What is folded away is printed, too.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true)));
