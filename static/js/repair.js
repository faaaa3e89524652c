// Readings moved between rows, by keyboard and mouse; rows that changed replace themselves.
(() => {
  const root = document.documentElement;
  const body = () => document.getElementById("matrix-rows");
  const form = () => document.getElementById("move");
  const ownRow = () => document.getElementById("own-row");
  const say = (text) => {
    const status = document.getElementById("status");
    if (status) status.textContent = text;
  };
  const stamped = (row) => `${row.id.slice("row-".length)}.${row.dataset.stamp}`;
  const wordsOf = (element) => {
    const words = element.textContent.trim().replace(/\s+/g, " ");
    return `“${words.length > 60 ? `${words.slice(0, 60)}…` : words}”`;
  };

  // --- what is being moved -----------------------------------------------------------------------
  let lifted; // { row, claim, act, element, number, cell }

  const leave = () => {
    lifted?.element.classList.remove("is-lifted");
    document.getElementById("matrix-table")?.classList.remove("is-moving");
    for (const row of document.querySelectorAll(".row.is-target")) row.classList.remove("is-target");
    if (ownRow()) ownRow().hidden = true;
    lifted = undefined;
  };

  const lift = (row, link) => {
    leave();
    const whole = !link?.dataset.move;
    const element = whole ? row.cells[0] : link.closest(".reading");
    lifted = { row, element, act: whole ? "merge" : "move", claim: whole ? "" : link.dataset.move };
    element.classList.add("is-lifted");
    row.closest("table").classList.add("is-moving");
    return wordsOf(element.querySelector(whole ? ".row__title" : ".words"));
  };

  const liftFrom = (cell) => {
    const row = cell.parentElement;
    if (cell.matches("th")) {
      const words = lift(row);
      return say(interpolate(gettext("Merging the row %(words)s: arrows choose the other row, Enter merges, Escape leaves it."), { words }, true));
    }
    const links = [...cell.querySelectorAll("a[data-move]")];
    if (!links.length) return say(gettext("There is nothing to move in this cell."));
    const number = lifted?.cell === cell ? (lifted.number + 1) % links.length : 0;
    const words = lift(row, links[number]);
    Object.assign(lifted, { cell, number });
    say(interpolate(gettext("Moving %(words)s: arrows choose a row, Enter puts it there, n gives it a row of its own, Escape leaves it."), { words }, true));
  };

  const send = (act, to) => {
    const sheet = form();
    sheet.elements.act.value = act;
    sheet.elements.row.value = stamped(lifted.row);
    sheet.elements.to.value = to ? stamped(to) : "";
    sheet.elements.claim.value = lifted.claim;
    leave();
    sheet.requestSubmit();
  };

  const dropOn = (row) => {
    if (row === lifted.row) return say(gettext("It is in this row already: choose another one."));
    send(lifted.act, row);
  };

  const dropAlone = () => {
    if (lifted.act === "merge") return say(gettext("That is the whole row: it has one of its own."));
    if (lifted.row.querySelectorAll("a[data-move]").length < 2) {
      leave();
      return say(gettext("This passage is alone in its row already."));
    }
    send("own");
  };

  // --- keyboard ----------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (root.dataset.keys === "off" || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (!form() || event.target.closest("input, select, textarea") || document.querySelector("dialog[open]")) return;
    const cell = event.target.closest("#matrix-rows > tr > :is(th, td)");
    const { key } = event;
    if (key === "Escape" && lifted) {
      leave();
      say(gettext("Left where it was."));
    } else if (!cell) return;
    else if (key === "m") liftFrom(cell);
    else if (key === "Enter" && lifted && event.target === cell) dropOn(cell.parentElement);
    else if (key === "n") {
      if (!lifted) {
        const link = event.target.closest(".reading")?.querySelector("a[data-move]") ?? cell.querySelector("a[data-move]");
        if (!link) return say(gettext("There is no passage in this cell."));
        lift(cell.parentElement, link);
      }
      dropAlone();
    } else if (key === "y") {
      const link = (event.target.closest(".reading") ?? cell).querySelector("a[data-suggested]") ?? cell.querySelector("a[data-suggested]");
      if (!link) return say(gettext("There is no suggested match in this cell."));
      const sheet = document.getElementById("align");
      const { stamp } = cell.parentElement.dataset;
      origin = cell.parentElement.id.slice("row-".length);
      sheet.elements.accept.value = `${link.dataset.why}.${stamp}`;
      sheet.requestSubmit();
    } else return;
    event.preventDefault();
  });

  // --- mouse: the word "move" of a reading, and the row's own link, can be dragged --------------
  document.addEventListener("dragstart", (event) => {
    const link = event.target.closest?.("a[data-move], a.row__card");
    const row = link?.closest("#matrix-rows > tr");
    if (!row || !form()) return;
    const words = lift(row, link);
    event.dataTransfer.setData("text/plain", words);
    event.dataTransfer.effectAllowed = "move";
    // Shown a moment later: a page that changes while dragging begins ends it.
    if (lifted.act === "move" && ownRow()) setTimeout(() => { if (lifted) ownRow().hidden = false; });
  });
  const pointAt = (event) => {
    if (!lifted) return;
    const row = event.target.closest?.("#matrix-rows > tr[data-stamp]");
    for (const other of document.querySelectorAll(".is-target")) if (other !== row) other.classList.remove("is-target");
    const place = row && row !== lifted.row ? row : event.target.closest?.("#own-row");
    if (!place) return;
    place.classList.add("is-target");
    event.preventDefault();
  };
  document.addEventListener("dragenter", pointAt);
  document.addEventListener("dragover", pointAt);
  document.addEventListener("drop", (event) => {
    if (!lifted) return;
    const row = event.target.closest?.("#matrix-rows > tr[data-stamp]");
    if (row) dropOn(row);
    else if (event.target.closest?.("#own-row")) dropAlone();
    else return;
    event.preventDefault();
  });
  document.addEventListener("dragend", leave);

  // --- why a reading is here, and whether it is right: asked for when somebody wants to know ------
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-why]");
    const row = link?.closest("#matrix-rows > tr");
    if (!row || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const facts = link.parentElement;
    let says = facts.querySelector(".why__says");
    const isOpen = link.getAttribute("aria-expanded") === "true";
    link.setAttribute("aria-expanded", String(!isOpen));
    if (says) says.hidden = isOpen;
    else {
      says = facts.appendChild(document.createElement("div"));
      says.className = "why__says";
      says.id = `why-says-${link.dataset.why}`;
      says.setAttribute("aria-live", "polite");
      link.setAttribute("aria-controls", says.id);
      htmx.ajax("GET", `${new URL(link.href).pathname}why/${link.dataset.why}/?stamp=${row.dataset.stamp}`, { source: link, target: says, swap: "innerHTML" });
    }
  });

  // --- what the page shows goes along; what comes back finds its place ---------------------------
  let origin; // the row the last repair began in

  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, path, formData, triggeringEvent, elt } = event.detail;
    if (verb !== "post" || !body() || !path.includes("/stories/")) return;
    const rows = [...body().querySelectorAll("tr[data-stamp]")];
    formData.set("shown", rows.map(stamped).join(","));
    formData.set("columns", body().dataset.columns);
    formData.set("whole", body().querySelector("tr[data-more]") ? "0" : "1");
    formData.set("query", location.search);
    const from = (triggeringEvent?.submitter ?? elt).closest("tr[data-stamp]")?.id.slice("row-".length);
    origin = from ?? formData.get("row")?.split(".")[0] ?? origin;
  });

  const isInView = (element) => {
    const box = document.getElementById("matrix-scroll").getBoundingClientRect();
    const place = element.getBoundingClientRect();
    return place.bottom > Math.max(0, box.top) && place.top < Math.min(innerHeight, box.bottom);
  };

  document.addEventListener("row-repaired", (event) => {
    const { row, article } = event.detail;
    const cell = document.getElementById(`cell-${row}-${article}`);
    if (!cell) return;
    cell.classList.add("is-arrived");
    cell.addEventListener("animationend", () => cell.classList.remove("is-arrived"), { once: true });
    // Where the reading went if that can be seen; else where it was: the page does not jump.
    const place = isInView(cell) ? cell : document.getElementById(`claim-${origin}`);
    place?.focus({ preventScroll: true });
  });
})();
