"use strict";
// Filters, sorting and export of the table of actions. Without it the page still shows everything.
(() => {
  const section = document.getElementById("toimet");
  for (const part of document.querySelectorAll(".tools, .filters")) part.hidden = false;
  for (const button of document.querySelectorAll("[data-open], [data-close]")) {
    button.addEventListener("click", () => {
      const open = "open" in button.dataset;
      for (const card of document.querySelectorAll(`${button.dataset.open || button.dataset.close} > details`)) card.open = open;
    });
  }
  if (!section) return;

  const table = section.querySelector("table.actions");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const selects = Array.from(section.querySelectorAll("select[data-by]"));
  const find = section.querySelector("[data-find]");
  const differs = section.querySelector("[data-differs]");
  const shown = section.querySelector("[data-shown]");
  const lower = rows.map((row) => row.textContent.toLocaleLowerCase());

  const codes = (row, by) => ("gh".includes(by) ? (row.dataset[by] || "").split(" ") : [row.dataset[by] || ""]);
  function apply() {
    const words = find.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const chosen = selects.filter((select) => select.value).map((select) => [select.dataset.by, select.value]);
    let count = 0;
    rows.forEach((row, i) => {
      const visible =
        chosen.every(([by, code]) => codes(row, by).includes(code)) &&
        words.every((word) => lower[i].includes(word)) &&
        (!differs.checked || (row.dataset.o && row.dataset.o !== row.dataset.t));
      row.hidden = !visible;
      count += visible;
    });
    section.classList.toggle("narrowed", count < rows.length); // what is narrowed is worth printing, thousands of rows are not
    shown.textContent = shown.dataset.shown.replace("{n}", count).replace("{all}", rows.length);
  }
  function reset() {
    for (const select of selects) select.value = "";
    find.value = "";
    differs.checked = false;
  }
  let waiting = 0;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 150);
  });
  for (const control of [...selects, differs]) control.addEventListener("change", apply);
  section.querySelector("[data-reset]").addEventListener("click", () => {
    reset();
    apply();
  });

  // A number elsewhere on the page shows the actions that it counts; a link to one action shows it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (link.dataset.filter) {
      reset();
      for (const [by, code] of Object.entries(JSON.parse(link.dataset.filter))) {
        const select = selects.find((one) => one.dataset.by === by);
        if (select) select.value = code;
      }
      apply();
    } else {
      const row = document.getElementById(link.hash.slice(1));
      if (row && row.hidden) {
        reset();
        apply();
      }
    }
  });

  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  table.tHead.querySelectorAll("th").forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map((row, i) => [row.cells[column].textContent.trim(), i, row]);
      keyed.sort((a, b) => (down ? -1 : 1) * order.compare(a[0], b[0]) || a[1] - b[1]);
      body.append(...keyed.map((entry) => entry[2]));
    });
  });

  // CSV as a Finnish Excel opens it; a cell that a spreadsheet would run as a formula gets an apostrophe before it.
  const cell = (value) => {
    const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+([.,]\d+)?$/.test(value) ? `'${value}` : value;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  function names(by, given) {
    const select = selects.find((one) => one.dataset.by === by);
    const options = select ? Array.from(select.options) : [];
    return given
      .filter((code) => code && code !== "-")
      .map((code) => (options.find((option) => option.value === code) || { text: code }).text)
      .join("|");
  }
  const exporter = section.querySelector("[data-export]");
  exporter.addEventListener("click", () => {
    const lines = [JSON.parse(table.dataset.headings)];
    for (const row of body.rows) {
      if (row.hidden) continue;
      const own = (by) => names(by, codes(row, by));
      lines.push([
        table.dataset.name || own("c"), row.querySelector(".text").textContent, own("t"), names("t", [row.dataset.o]), own("g"), own("h"),
        names("h", (row.dataset.m || "").split(" ")), own("s"), own("k"), row.dataset.p || "", row.dataset.l || "",
      ]);
    }
    const csv = `\ufeff${lines.map((line) => line.map(cell).join(";")).join("\r\n")}\r\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
    link.download = exporter.dataset.export;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
})();
