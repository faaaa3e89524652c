// Arrows move through the matrix, cell by cell; Enter opens the row's first finding.
(() => {
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity] };
  const clamp = (value, last) => Math.max(0, Math.min(last, value));

  // Links to a row or cell that is here already: no page is asked for.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-row], [data-cell]");
    const claim = link && document.getElementById(link.dataset.cell ?? `claim-${link.dataset.row}`);
    if (!claim || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    claim.focus({ preventScroll: true });
    claim.scrollIntoView({ block: "start", inline: "nearest" });
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.documentElement.dataset.keys === "off" || event.altKey || event.ctrlKey || event.metaKey) return;
    const scroll = event.target.closest(".matrix-scroll");
    if (!scroll || event.target.closest("input, select, textarea, summary, button")) return;
    const rows = [...document.getElementById("matrix-rows").children].filter((row) => row.dataset.stamp);
    if (!rows.length) return;
    const cell = event.target.closest("tbody > tr > :is(th, td)");

    if (event.key === "Enter" && cell && event.target === cell) {
      cell.parentElement.querySelector("a[data-finding]")?.click();
      event.preventDefault();
      return;
    }
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    // Below the last row that is here more are on their way: the link there says how many, and
    // the first of them takes the focus over.
    const link = scroll.querySelector("tr[data-more] a");
    if (link && event.key === "ArrowDown" && cell?.parentElement === rows.at(-1)) return link.focus();
    let next = rows[0].cells[0];
    if (cell) {
      const line = cell.parentElement;
      const at = line.matches(".more") ? rows.length : rows.indexOf(line.matches("[data-stamp]") ? line : line.nextElementSibling);
      const row = rows[clamp(at + step[0], rows.length - 1)];
      next = row.cells[clamp(cell.cellIndex + step[1], row.cells.length - 1)];
    }
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
})();
