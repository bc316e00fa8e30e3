"use strict";
// Sorting, filtering and paging of the lists. Without it the page shows everything, in order of time.
(() => {
  const french = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase();
  const make = (tag, set) => Object.assign(document.createElement(tag), set);
  const sizes = [10, 20, 50, 100];

  for (const table of document.querySelectorAll("table.seances")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const section = table.closest("section");
    let sought = "", size = 20, at = 0;

    const key = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
    const compare = (column, turn) => (one, other) => {
      const a = key(one, column), b = key(other, column);
      return a === "" || b === "" ? (a === "") - (b === "") : turn * french.compare(a, b);
    };

    const status = make("p", { className: "status" });
    status.setAttribute("role", "status");
    const before = make("button", { type: "button", textContent: "‹ Précédentes", onclick: () => show(at - 1) });
    const after = make("button", { type: "button", textContent: "Suivantes ›", onclick: () => show(at + 1) });

    function show(page) {
      const found = rows.filter((row) => plain(row.textContent).includes(sought));
      const last = Math.max(0, Math.ceil(found.length / size) - 1);
      at = Math.min(Math.max(0, page), last);
      rows.forEach((row) => row.classList.add("elsewhere"));
      found.slice(at * size, (at + 1) * size).forEach((row) => row.classList.remove("elsewhere"));
      before.disabled = at === 0;
      after.disabled = at === last;
      before.hidden = after.hidden = last === 0;
      const from = found.length ? at * size + 1 : 0, to = Math.min(found.length, (at + 1) * size);
      status.textContent = found.length ? `${from} à ${to} sur ${found.length}` : "Aucune séance ne correspond.";
    }

    heads.forEach((head, column) => {
      const button = make("button", { type: "button", textContent: head.textContent, className: "sort" });
      button.onclick = () => {
        const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
        rows.sort(compare(column, turn));
        body.append(...rows);
        show(0);
      };
      head.replaceChildren(button);
    });
    const [column, way] = section.id === "ouvertes" ? [1, "ascending"] : [2, "descending"];
    heads[column].setAttribute("aria-sort", way);

    const search = make("input", { type: "search", placeholder: "Nom, lieu, date…" });
    search.oninput = () => { sought = plain(search.value.trim()); show(0); };
    const choice = make("select");
    choice.append(...sizes.map((count) => make("option", { value: count, textContent: count, selected: count === size })));
    choice.onchange = () => { size = Number(choice.value); show(0); };
    const labelled = (text, field) => { const label = make("label", { textContent: text }); label.append(field); return label; };

    if (rows.length > sizes[0]) {
      const tools = make("div", { className: "tools" });
      tools.append(labelled("Chercher ", search), labelled("Par page ", choice));
      const pager = make("div", { className: "pager" });
      pager.append(status, before, after);
      table.parentElement.before(tools);
      table.parentElement.after(pager);
    }
    show(0);
  }
})();
