// Rows of the matrix. A long one comes in parts, and there are thousands of cells: they are put in
// and taken out here, not by htmx, which would look at each of them, and a few at a time, so that
// the page answers the reader meanwhile. Nothing in a row is htmx's: what is pressed in it is
// heard on the document.
(() => {
  const SPARE = 8; // ms of a frame left over for what the new rows cost beside being put in
  const AT_ONCE = 14; // rows of those kept, to fill a window; the others follow
  const MOST_HEADER = 7000; // characters; servers take some 8,000
  const body = () => document.getElementById("matrix-rows");
  const coming = () => body()?.querySelector(":scope > tr[data-more]") ?? undefined;
  const say = (text) => {
    const status = document.getElementById("status");
    if (status) status.textContent = text;
  };
  const whenIdle = (act) =>
    window.requestIdleCallback ? requestIdleCallback(act, { timeout: 500 }) : setTimeout(() => act({ timeRemaining: () => 0 }), 20);

  // --- rows that follow: all of them come, the next part when the last is there ------------------
  let asked; // the row whose followers are on their way

  // Puts *rows* in before *more*, which goes when they are there unless it leads to others.
  const putIn = (rows, more, { leadsOn = false, first = rows[0] } = {}) => {
    whenIdle((deadline) => {
      // Another matrix is shown by now.
      if (!more.isConnected) return;
      do {
        const row = rows.shift();
        // Repaired meanwhile, it may be here already.
        if (row && !(row.id && document.getElementById(row.id))) more.before(row);
      } while (rows.length && deadline.timeRemaining() > SPARE);
      if (rows.length) return putIn(rows, more, { leadsOn, first });
      asked = undefined;
      const hadFocus = more.contains(document.activeElement);
      if (!leadsOn) more.remove();
      if (hadFocus) first.cells[0].focus({ preventScroll: true });
      document.dispatchEvent(new CustomEvent("rows-arrived"));
      follow();
    });
  };

  const follow = async () => {
    const more = coming();
    if (!more || more === asked) return;
    asked = more;
    try {
      const answer = await fetch(more.dataset.more, { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      if (!part.content.firstElementChild?.matches("tr")) throw new Error("no rows");
      putIn([...part.content.children], more);
    } catch {
      // The link to all of them stays.
      if (!more.isConnected) return;
      asked = undefined;
      more.dataset.failed = "";
      say(gettext("The other claims did not come. The link below the last one asks for them again."));
      document.dispatchEvent(new CustomEvent("rows-arrived"));
    }
  };
  // Rows out of sight are taken to be as tall as the first ones are, until they are seen.
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const guessHeight = () => {
    const heights = [...(body()?.querySelectorAll(":scope > tr.row") ?? [])].slice(0, 6).map((row) => row.getBoundingClientRect().height);
    const middle = heights.sort((a, b) => a - b)[heights.length >> 1];
    if (middle) sheet.replaceSync(`#matrix-table { --row-height: ${Math.round(middle)}px; }`);
  };
  const followSoon = () => requestAnimationFrame(() => whenIdle(() => {
    if (coming()) guessHeight();
    follow();
  }));

  // The link is for those without scripts, and for a part that did not come.
  document.addEventListener("click", (event) => {
    const more = event.target.closest("tr[data-more] a")?.closest("tr");
    if (!more || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    delete more.dataset.failed;
    follow();
  });

  // --- rows that leave, rows that come instead ---------------------------------------------------
  const kept = new Map(); // the rows that were taken out, by name, until others are in
  let focused; // the name of what had the focus in the rows that were taken out

  // Everything in *root* but what leads to *kept*.
  const prune = (root, kept) => {
    for (const child of [...root.children]) {
      if (!child.contains(kept)) child.remove();
      else if (child !== kept) prune(child, kept);
    }
  };
  const takeOut = (asking) => {
    const matrix = document.getElementById("matrix");
    if (!matrix) return;
    if (matrix.contains(document.activeElement)) focused = document.activeElement.id;
    // What asked stays until then: htmx reads from there what to do. Nothing in the matrix listens
    // elsewhere or asks again and again, so there is nothing htmx would have to end.
    for (const row of body()?.querySelectorAll(":scope > tr[data-stamp]") ?? []) kept.set(row.id, row);
    prune(matrix, asking);
  };
  // The rows that came, with those that were here where they stand now. One that was to be here
  // and is not was changed meanwhile: then all of them are asked for.
  const putBack = (held) => {
    for (const place of held.content.querySelectorAll("tr[data-kept]")) {
      const row = kept.get(place.id);
      if (row?.dataset.stamp !== place.dataset.kept) return location.reload();
      place.replaceWith(row);
    }
    const rest = [...held.content.children].slice(AT_ONCE);
    const leadsOn = rest.at(-1)?.matches("[data-more]") ?? false;
    const more = leadsOn ? rest.pop() : document.createElement("tr");
    for (const row of rest) row.remove();
    if (rest.length) {
      more.dataset.more ??= "";
      held.content.append(more);
      asked = more;
      putIn(rest, more, { leadsOn });
    }
    held.replaceWith(held.content);
  };
  // Which rows are here is said with what is asked for: they are not sent again.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get" || !body() || !["matrix", "comparison"].includes(detail.target?.id)) return;
    const rows = [...body().querySelectorAll(":scope > tr[data-stamp]")].map((row) => `${row.id.slice("row-".length)}.${row.dataset.stamp}`);
    detail.headers["Rows-Here"] = `${body().dataset.view} ${rows.join(",").slice(0, MOST_HEADER)}`;
  });
  const findFocus = () => {
    if (!focused) return;
    const isFree = !document.activeElement || document.activeElement === document.body;
    const found = isFree && document.getElementById(focused);
    found?.focus?.({ preventScroll: true });
    if (found || !isFree || !coming()) focused = undefined;
  };

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.shouldSwap && detail.swapOverride !== "none" && ["matrix", "comparison"].includes(detail.target?.id)) takeOut(detail.requestConfig.elt);
  });
  document.addEventListener("htmx:historyCacheMissLoad", () => takeOut(null));
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!["matrix", "comparison"].includes(event.target.id)) return;
    const held = body()?.querySelector(":scope > template");
    if (held) putBack(held);
    kept.clear();
    findFocus();
    followSoon();
  });
  document.addEventListener("htmx:historyRestore", () => {
    kept.clear();
    followSoon();
  });
  document.addEventListener("rows-arrived", findFocus);
  followSoon();
})();
