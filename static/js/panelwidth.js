// How wide the finding beside the matrix is: dragged, or set with the arrow keys, and kept in this
// browser. While it is open a few columns share what it leaves of the window.
(() => {
  const LEAST = 16, MOST = 40, STEP = 1; // rem
  const KEPT = "variorum-panel";
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const grip = () => document.getElementById("panel-grip");

  // The policy allows no style in the markup.
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const draw = (width) => {
    // Never so wide that nothing is left of the matrix.
    sheet.replaceSync(width ? `:root { --panel: min(${width}rem, 60vw); }` : "");
    const separator = grip();
    if (separator) separator.setAttribute("aria-valuenow", String(Math.round(width || widthNow())));
  };
  const widthNow = () => (document.getElementById("panel")?.offsetWidth || LEAST * rem()) / rem();
  const keep = (width) => {
    const kept = width && Math.round(Math.max(LEAST, Math.min(MOST, width)) * 4) / 4;
    draw(kept);
    try {
      if (kept) localStorage.setItem(KEPT, String(kept));
      else localStorage.removeItem(KEPT);
    } catch {
      // storage is off: it holds for this page
    }
  };
  try {
    const kept = Number(localStorage.getItem(KEPT));
    if (kept >= LEAST && kept <= MOST) draw(kept);
  } catch {
    // storage is off: the usual width holds
  }

  const turn = () => (document.documentElement.dir === "rtl" ? -1 : 1);
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "panel-grip") return;
    const steps = { ArrowLeft: turn(), ArrowRight: -turn() }[event.key];
    if (!steps && event.key !== "Home") return;
    event.preventDefault();
    event.stopPropagation();
    keep(steps && widthNow() + steps * STEP);
  }, true);
  document.addEventListener("dblclick", (event) => {
    if (event.target.id === "panel-grip") keep(0);
  });
  document.addEventListener("pointerdown", (event) => {
    const separator = event.target.closest("#panel-grip");
    if (!separator || event.button) return;
    event.preventDefault();
    const from = event.clientX, width = widthNow();
    separator.setPointerCapture(event.pointerId);
    const drag = (moved) => keep(width - (turn() * (moved.clientX - from)) / rem());
    separator.addEventListener("pointermove", drag);
    separator.addEventListener("lostpointercapture", () => separator.removeEventListener("pointermove", drag), { once: true });
  });
  document.addEventListener("finding-shown", () => {
    const panel = document.getElementById("panel");
    const isOpen = panel?.firstElementChild != null;
    panel?.parentElement.classList.toggle("has-panel", isOpen);
    if (isOpen) grip()?.setAttribute("aria-valuenow", String(Math.round(widthNow())));
  });
})();
