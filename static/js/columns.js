// Columns of the matrix: width and pins are kept in this browser by outlet, the order is part of
// the address. What is marked changes without asking; the place in the matrix outlasts a swap.
(() => {
  const STEP = 2.5, LEAST = 8, MOST = 60, FIRST = 2; // rem; the first outlet's place in a row
  const table = () => document.getElementById("matrix-table");
  // By their parents, not by selectors: those are looked for in every cell.
  const heads = () => [...(table()?.tHead.rows[0].cells ?? [])].filter((th) => th.dataset.outlet !== undefined);
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const say = (text) => {
    const status = document.getElementById("status");
    if (status) status.textContent = text;
  };

  // --- width and pins ----------------------------------------------------------------------------
  let tastes = {};
  try {
    tastes = JSON.parse(localStorage.getItem("variorum-columns") ?? "{}") ?? {};
  } catch {
    // storage is off or holds something else: the usual widths hold
  }
  const keep = (outlet, changes) => {
    const taste = { ...tastes[outlet], ...changes };
    for (const name of Object.keys(taste)) if (!taste[name]) delete taste[name];
    if (Object.keys(taste).length) tastes[outlet] = taste;
    else delete tastes[outlet];
    try {
      localStorage.setItem("variorum-columns", JSON.stringify(tastes));
    } catch {
      // storage is off: it holds for this page
    }
    draw();
  };
  const tasteOf = (th) => tastes[th.dataset.outlet] ?? {};
  const isPinned = (th) => th.classList.contains("is-reference") || tasteOf(th).pinned === true;

  // Columns of the open finding stay in view beside it, as many as there is room for.
  let concerned = ""; // their letters
  const findConcerned = (found) => {
    if (!concerned) return [];
    const letters = concerned.split(" ");
    const widthOfAll = (columns) => columns.reduce((sum, th) => sum + th.offsetWidth, 0);
    let room = box().clientWidth - table().tHead.rows[0].cells[0].offsetWidth - widthOfAll(found.filter(isPinned));
    return found.filter((th) => !isPinned(th) && letters.includes(th.querySelector(".sigil").textContent)).filter((th) => {
      room -= th.offsetWidth;
      return room >= 0;
    });
  };
  document.addEventListener("finding-shown", (event) => {
    const letters = event.detail.chip?.querySelector(".chip__sigils")?.textContent.trim().replace(/\s+/g, " ") ?? "";
    if (letters === concerned) return;
    concerned = letters;
    draw();
  });

  // The policy allows no style in the markup; a sheet of our own outlasts every swap of cells.
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let drawn = ""; // what stands in it
  const draw = () => {
    const found = heads();
    if (!found.length) return;
    const cells = (number) => `#matrix-table > * > tr > :nth-child(${number + FIRST})`;
    const usual = "var(--column)";
    const widths = found.map((th) => {
      const { width } = tasteOf(th);
      return typeof width === "number" && width >= LEAST && width <= MOST ? `${width}rem` : usual;
    });
    const rules = [];
    if (widths.some((width) => width !== usual)) rules.push(`#matrix-table { --columns: var(--first-column) ${widths.join(" ")}; }`);
    const held = new Set([...found.filter(isPinned), ...findConcerned(found)]);
    const pinned = found.map((th, number) => (held.has(th) ? number : -1)).filter((number) => number >= 0);
    pinned.forEach((number, place) => {
      const before = ["var(--first-column)", ...pinned.slice(0, place).map((n) => widths[n])].join(" + ");
      const after = ["0px", ...pinned.slice(place + 1).map((n) => widths[n])].join(" + ");
      rules.push(`@media (min-width: 46.0625rem) { ${cells(number)} { position: sticky; inset-inline: calc(${before}) calc(${after}); z-index: 1; background-color: var(--paper); } #matrix-table > * > tr.is-current > :nth-child(${number + FIRST}) { background-color: color-mix(in oklab, var(--accent-wash), var(--paper) 55%); } #matrix-table > thead > tr > :nth-child(${number + FIRST}) { z-index: 4; background-color: var(--paper-3); } }`);
    });
    const text = rules.join("\n");
    // The same again would have the browser look at every cell.
    if (text !== drawn) sheet.replaceSync((drawn = text));
    for (const th of found) th.querySelector("[data-column='pin']")?.setAttribute("aria-pressed", String(isPinned(th)));
  };

  const widthOf = (th) => th.getBoundingClientRect().width / rem();
  const resize = (th, width) => {
    const kept = Math.round(Math.max(LEAST, Math.min(MOST, width)) * 4) / 4;
    keep(th.dataset.outlet, { width: kept });
    return kept;
  };
  const sayWidth = (name, width) => {
    const rems = new Intl.NumberFormat(document.documentElement.lang).format(width);
    say(interpolate(gettext("%(column)s: %(width)s rem wide"), { column: name, width: rems }, true));
  };
  const acts = {
    pin(th, name) {
      const pinned = !isPinned(th);
      keep(th.dataset.outlet, { pinned });
      say(interpolate(pinned ? gettext("%(column)s: pinned") : gettext("%(column)s: no longer pinned"), { column: name }, true));
    },
    wider: (th, name) => sayWidth(name, resize(th, widthOf(th) + STEP)),
    narrower: (th, name) => sayWidth(name, resize(th, widthOf(th) - STEP)),
    usual(th, name) {
      keep(th.dataset.outlet, { width: undefined });
      say(interpolate(gettext("%(column)s: usual width"), { column: name }, true));
    },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-column]");
    const th = button?.closest("th[data-outlet]");
    if (th) acts[button.dataset.column]?.(th, th.querySelector(".outlet__name").textContent);
  });
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".column-grip");
    if (!grip || event.button) return;
    event.preventDefault();
    const th = grip.closest("th");
    const from = event.clientX;
    const width = widthOf(th);
    const turn = getComputedStyle(th).direction === "rtl" ? -1 : 1;
    grip.setPointerCapture(event.pointerId);
    const drag = (moved) => resize(th, width + (turn * (moved.clientX - from)) / rem());
    grip.addEventListener("pointermove", drag);
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", drag), { once: true });
  });
  document.addEventListener("dblclick", (event) => {
    const th = event.target.closest(".column-grip")?.closest("th");
    if (th) keep(th.dataset.outlet, { width: undefined });
  });

  // --- order: a column's letter is dragged to another column ----------------------------------------
  const submit = () => document.getElementById("filters")?.requestSubmit();
  let dragged;
  document.addEventListener("dragstart", (event) => {
    const th = event.target.closest?.("thead .sigil[draggable]")?.closest("th");
    if (!th) return;
    dragged = th;
    event.dataTransfer.setData("text/plain", th.querySelector(".outlet__name").textContent);
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const th = dragged && event.target.closest?.("thead th[data-outlet]");
    for (const other of heads()) other.classList.toggle("is-target", other === th && other !== dragged);
    if (th) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const th = dragged && event.target.closest?.("thead th[data-outlet]");
    if (!th || th === dragged) return;
    event.preventDefault();
    const found = heads();
    const order = found.filter((other) => other !== dragged);
    order.splice(found.indexOf(th), 0, dragged);
    document.getElementById("view-order").value = order.map((other) => other.dataset.name).join(".");
    staying = remember();
    submit();
  });
  document.addEventListener("dragend", () => {
    dragged = undefined;
    for (const th of heads()) th.classList.remove("is-target");
  });

  // The links in the head are too many to be htmx's: they ask when they are pressed, as the head says.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#matrix-table > thead .column-menu a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const address = new URL(link.href);
    htmx.ajax("GET", address.pathname + address.search, { source: link });
  });

  // --- what is marked ------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-diff]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const menu = link.closest("details");
    const next = link.dataset.diff;
    const current = menu.querySelector("a[aria-current]");
    menu.open = false;
    // Only "only" has other rows: it is asked for.
    if (!table() || next === "only" || current?.dataset.diff === "only") return;
    event.preventDefault();
    event.stopPropagation();
    table().classList.replace(`diff--${current?.dataset.diff}`, `diff--${next}`);
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    const field = document.getElementById("view-diff");
    field.value = next === "words" ? "" : next;
    const address = new URL(location);
    if (field.value) address.searchParams.set("diff", next);
    else address.searchParams.delete("diff");
    history.replaceState(history.state, "", address);
    const name = link.querySelector("b").textContent;
    document.getElementById("diff-name").textContent = name;
    say(interpolate(gettext("Marks: %(name)s"), { name }, true));
  }, true);
  // Links written before the marks were changed ask for the marks as they are now.
  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event;
    const field = document.getElementById("view-diff");
    if (!field || detail.verb !== "get" || detail.elt.matches("form, a[data-diff]") || !detail.elt.closest("#matrix, #counts")) return;
    const address = new URL(detail.path, location);
    if (address.pathname !== location.pathname) return;
    if (field.value) address.searchParams.set("diff", field.value);
    else address.searchParams.delete("diff");
    detail.path = address.pathname + address.search;
  });

  // Choices that stand outside the form they belong to.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("select[form='filters'], input[type='checkbox'][form='filters']")) return;
    staying = remember();
    submit();
  });

  // --- the place in the matrix ---------------------------------------------------------------------
  let staying; // { row, top, left } of what stood uppermost, until it is there again
  const box = () => document.getElementById("matrix-scroll");
  const isMatrix = (element) => ["matrix", "comparison"].includes(element?.id);
  const remember = () => {
    const scroll = box();
    if (!scroll) return undefined;
    const edge = scroll.getBoundingClientRect().top + (table()?.tHead?.offsetHeight ?? 0);
    const row = [...document.getElementById("matrix-rows").children].filter((one) => one.dataset.stamp).find((one) => one.getBoundingClientRect().bottom > edge);
    return { row: row?.id, top: row ? row.getBoundingClientRect().top : 0, left: scroll.scrollLeft, isTop: scroll.scrollTop === 0, wasTop: scroll.scrollTop === 0, scroll };
  };
  const restore = () => {
    const scroll = box();
    if (!scroll || !staying) return;
    if (staying.isTop && staying.wasTop && staying.scroll === scroll) {
      staying = undefined;
      return;
    }
    scroll.scrollLeft = staying.left;
    if (staying.isTop) scroll.scrollTop = 0;
    const found = staying.isTop ? null : document.getElementById(staying.row);
    const row = found?.parentElement.id === "matrix-rows" ? found : undefined;
    if (row) scroll.scrollTop += row.getBoundingClientRect().top - staying.top;
    // Rows still to come below it may be what keeps it from its place.
    const isThere = row && Math.abs(row.getBoundingClientRect().top - staying.top) < 2;
    // Rows are measured when they come into sight: once more when that is done.
    if (isThere) {
      const { top } = staying;
      requestAnimationFrame(() => setTimeout(() => {
        if (row.isConnected && !staying) scroll.scrollTop += row.getBoundingClientRect().top - top;
      }));
    }
    if (isThere || staying.isTop || !scroll.querySelector("tr[data-more]")) staying = undefined;
  };
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target, requestConfig } = event.detail;
    if (!isMatrix(target)) return;
    const keepsPlace = elt.closest("[data-keep-place]") !== null;
    // Other rows, or another order of them: those who search or sort look at the first.
    const isNew = !keepsPlace && (elt.id !== "filters" || (requestConfig.triggeringEvent?.target?.matches?.("#filter-q, #filter-sort") ?? false));
    // Measured while the answer is on its way.
    queueMicrotask(() => {
      if (keepsPlace || !staying) staying = remember();
      if (staying && isNew) staying.isTop = true;
      // The rows above it are put in with it (static/js/rows.js).
      if (staying) staying.scroll.dataset.stays = (!staying.isTop && staying.row) || "";
    });
  });
  document.addEventListener("wheel", () => { staying = undefined; }, { passive: true });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (isMatrix(event.target)) draw();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (isMatrix(event.target)) restore();
  });
  document.addEventListener("rows-arrived", restore);
  document.addEventListener("htmx:historyRestore", draw);
  draw();
})();
