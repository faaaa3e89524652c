// The finding or row beside the matrix: opens, marks what it is about, keeps the focus, closes.
(() => {
  const panel = () => document.getElementById("panel");
  let keepFocus = false;
  let hadFocus = false;

  // The chip a finding was opened from; it has one in each of its rows. Rows that are about to be
  // taken out (static/js/rows.js) are none of the page's any more.
  const chipsOf = (key) => (key ? [...document.querySelectorAll(`a[data-finding="${CSS.escape(key)}"]`)].filter((chip) => !chip.closest(".matrix-aside")) : []);
  const chipOf = (key) => {
    const chips = chipsOf(key);
    return chips.find((chip) => chip.id === panel().dataset.opener) ?? chips.find((chip) => chip.id === `chip-${key}`) ?? chips[0] ?? null;
  };

  // Remembered, not looked for: with nothing open there are tens of thousands of elements to look through.
  let marked = []; // the chips of what is open
  let current; // its row
  const showCurrent = () => {
    const open = panel()?.querySelector("[data-finding], [data-group]");
    for (const chip of marked) chip.removeAttribute("aria-current");
    marked = chipsOf(open?.dataset.finding);
    for (const chip of marked) chip.setAttribute("aria-current", "true");
    current?.classList.remove("is-current");
    document.dispatchEvent(new CustomEvent("finding-shown", { detail: { chip: chipOf(open?.dataset.finding) } }));
    current = (open?.dataset.group && document.getElementById(`row-${open.dataset.group}`)) || undefined;
    current?.classList.add("is-current");
  };

  const close = () => {
    const aside = panel();
    for (const opening of document.querySelectorAll("a[data-finding].htmx-request")) opening.dataset.dropped = "";
    if (!aside?.firstElementChild) return false;
    const chip = document.activeElement?.closest("a[data-finding]") ?? chipOf(aside.querySelector("[data-finding]")?.dataset.finding) ?? document.getElementById(aside.dataset.opener);
    aside.replaceChildren();
    showCurrent();
    chip?.focus({ preventScroll: true });
    return true;
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-do='close-panel']")) close();
    // A chip reached with j or k keeps the focus, so that the next j goes on from there.
    const chip = event.target.closest("a[data-finding]");
    if (chip) keepFocus = chip.hasAttribute("data-stay");
    const link = event.target.closest("a[data-panel], a[data-finding]");
    if (!link || !panel() || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // It leads to a cell that is here.
    if (document.getElementById(link.dataset.cell)) return;
    event.preventDefault();
    if (!chip) keepFocus = false;
    panel().dataset.opener = link.id;
    const address = new URL(link.href);
    address.searchParams.set("in", "panel");
    htmx.ajax("GET", address.pathname + address.search, { source: link, target: "#panel", swap: "innerHTML" });
  });

  // toggle does not bubble, but it can be caught on the way down.
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.closest(".finding")) event.target.scrollIntoView({ block: "nearest" });
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const dismiss = document.activeElement?.closest("details.dismiss[open]");
    if (dismiss) {
      dismiss.open = false;
      dismiss.querySelector("summary").focus();
    } else if (close()) event.preventDefault();
  });

  // A finding that loads again while something is done with it would come back as it was before.
  // What is done brings it as it is afterwards, so nothing else has to.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const card = event.target.closest(".finding[data-finding]");
    if (!card) return;
    if (event.target !== card) {
      if (event.detail.requestConfig.verb !== "get") htmx.trigger(card, "htmx:abort");
    } else if (card.querySelector("form.htmx-request[hx-post]")) event.preventDefault();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    // Closed while it was being opened: what comes is not wanted any more.
    const asked = event.detail.requestConfig?.elt;
    if (asked && "dropped" in asked.dataset) {
      delete asked.dataset.dropped;
      event.detail.shouldSwap = false;
    }
    hadFocus = panel()?.contains(document.activeElement) ?? false;
  });

  const settle = (isNew) => {
    const aside = panel();
    if (!aside) return;
    const open = aside.querySelector("[data-finding]");
    // Filters changed and the row of the open finding is gone: so is the reason to show it.
    if (open && !chipOf(open.dataset.finding) && !document.querySelector("#matrix-rows > tr[data-more]")) aside.replaceChildren();
    showCurrent();
    const isLost = hadFocus && (!document.activeElement || document.activeElement === document.body);
    // What has the focus then is its heading.
    if (isNew || isLost) aside.scrollTop = 0;
    if ((isNew && !keepFocus) || isLost) aside.querySelector("[data-focus]")?.focus({ preventScroll: true });
  };

  // htmx says so of every row that came: once after all of them is enough.
  let settled; // true if it was the panel, undefined once seen to
  document.addEventListener("htmx:afterSettle", (event) => {
    const isPanel = event.detail.target?.id === "panel";
    if (settled === undefined)
      queueMicrotask(() => {
        const isNew = settled;
        settled = undefined;
        settle(isNew);
      });
    settled = settled || isPanel;
  });
  document.addEventListener("rows-arrived", () => settle(false));
})();
