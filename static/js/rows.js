// Rows of the matrix. A long one comes in parts, and there are thousands of cells: they are put in
// and taken out here, not by htmx, which would look at each of them, those in sight first and the
// others a few at a time, so that the page answers the reader meanwhile. Nothing in a row is htmx's:
// what is pressed in it is heard on the document.
(() => {
  const SPARE = 8; // ms of a frame left over for what the new rows cost beside being put in
  const LEAST_AT_ONCE = 4, MOST_AT_ONCE = 14; // rows to fill a window; the others follow
  const USUAL_HEIGHT = 100; // px of a row, until some have been seen
  const MOST_HEADER = 7000; // characters; servers take some 8,000
  const body = () => document.getElementById("matrix-rows");
  // By their parents, not by selectors: those are looked for in every cell.
  const isRow = (element) => element.matches("tr[data-stamp]");
  const rowsOf = (part) => [...(part?.children ?? [])].filter(isRow);
  const coming = () => [...(body()?.children ?? [])].findLast((row) => row.matches("[data-more]"));
  const say = (text) => {
    const status = document.getElementById("status");
    if (status) status.textContent = text;
  };
  const whenIdle = (act) =>
    window.requestIdleCallback ? requestIdleCallback(act, { timeout: 500 }) : setTimeout(() => act({ timeRemaining: () => 0 }), 20);

  // --- what the page has ------------------------------------------------------------------------
  // Rows taken out of the page, by name: asked for again, they need not be sent again. And rows
  // that came and are still to be put in.
  const known = new Map();
  // Rows that are gone for the reader and still to be taken out: nobody sees, finds or focuses them.
  const asides = () => [...(document.getElementById("matrix-table")?.tBodies ?? [])].filter((part) => part !== body());
  const isOfView = (aside) => aside.dataset.view === body()?.dataset.view;

  // Returns the names of what came, in order, and what has none (heads of topics) itself.
  const learn = (came) =>
    came.map((one) => {
      if (!one.id) return one;
      const older = document.getElementById(one.id);
      if (isRow(one) && older?.parentElement !== body()) {
        older?.remove();
        known.set(one.id, one);
      }
      return one.id;
    });
  const find = (one) => (typeof one === "string" ? document.getElementById(one) ?? known.get(one) : one);
  const putBefore = (place, one) => {
    const row = find(one);
    // It was merged into another meanwhile: then all of them are asked for.
    if (!row) return location.reload();
    known.delete(row.id);
    // Repaired meanwhile, it may be here already.
    if (row.parentElement !== body()) place.before(row);
  };
  // Which rows are here is said with what is asked for: they are not sent again.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get" || !body() || !["matrix", "comparison"].includes(detail.target?.id)) return;
    const rows = [body(), ...asides().filter(isOfView)].flatMap(rowsOf).concat(...known.values());
    const stamped = rows.map((row) => `${row.id.slice("row-".length)}.${row.dataset.stamp}`);
    detail.headers["Rows-Here"] = `${body().dataset.view} ${stamped.join(",").slice(0, MOST_HEADER)}`;
  });

  // --- rows that follow: all of them come, the next part when the last is there ------------------
  let asked; // the row whose followers are on their way

  // Puts *rows* in before *more*, which goes when they are there unless it leads to others.
  const putIn = (rows, more, { leadsOn = false, first = rows[0] } = {}) => {
    whenIdle((deadline) => {
      // Another matrix is shown by now.
      if (more.parentElement !== body()) return;
      do {
        if (rows.length) putBefore(more, rows.shift());
      } while (rows.length && deadline.timeRemaining() > SPARE);
      if (rows.length) return putIn(rows, more, { leadsOn, first });
      asked = undefined;
      const hadFocus = more.contains(document.activeElement);
      if (!leadsOn) more.remove();
      if (hadFocus) find(first)?.cells[0].focus({ preventScroll: true });
      document.dispatchEvent(new CustomEvent("rows-arrived"));
      takeOut();
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
      if (more.parentElement === body()) putIn(learn([...part.content.children]), more);
    } catch {
      // The link to all of them stays.
      if (more.parentElement !== body()) return;
      asked = undefined;
      more.dataset.failed = "";
      say(gettext("The other claims did not come. The link below the last one asks for them again."));
      document.dispatchEvent(new CustomEvent("rows-arrived"));
    }
  };
  // Rows out of sight are taken to be as tall as the first ones are, until they are seen.
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let guessed = 0;
  const heights = () => rowsOf(body()).slice(0, 6).map((row) => row.getBoundingClientRect().height).sort((a, b) => a - b);
  const guessHeight = () => {
    const found = heights();
    const middle = found[found.length >> 1] ?? 0;
    // A little more or less is not worth looking at all rows for.
    if (!middle || Math.abs(middle - guessed) < middle / 10) return;
    guessed = middle;
    sheet.replaceSync(`#matrix-rows > .row { contain-intrinsic-block-size: auto ${Math.round(middle)}px; }`);
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

  // --- other rows, or another order of them -----------------------------------------------------
  let focused; // the name of what had the focus in the rows that were taken away
  let fitting; // how many rows fill what is seen of the matrix, and a little more

  const measure = () => {
    const head = document.querySelector("#matrix-table > thead")?.offsetHeight ?? 0;
    const room = Math.min(document.getElementById("matrix-scroll")?.clientHeight || innerHeight, innerHeight) - head;
    fitting = Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, Math.ceil(room / (heights()[0] || USUAL_HEIGHT)) + 1));
  };

  // Taking out what was there takes long: it goes out of sight at once and out of the page here.
  const takeOut = () => {
    if (!asides().length) return;
    whenIdle((deadline) => {
      const [aside] = asides();
      if (!aside) return;
      do {
        const row = aside.lastElementChild;
        if (!row) break;
        if (isRow(row) && isOfView(aside)) known.set(row.id, row);
        row.remove();
      } while (deadline.timeRemaining() > SPARE);
      if (!aside.firstElementChild) aside.remove();
      takeOut();
    });
  };

  const putRows = (fresh) => {
    const old = body();
    const came = [...(fresh.querySelector(":scope > template")?.content.children ?? fresh.children)];
    if (old.contains(document.activeElement)) focused = document.activeElement.id;
    if (old.dataset.view !== fresh.dataset.view) known.clear();
    old.removeAttribute("id");
    old.className = "matrix-aside";
    fresh.replaceChildren();
    old.before(fresh);
    const leadsOn = came.at(-1)?.matches("[data-more]") ?? false;
    const more = leadsOn ? came.pop() : document.createElement("tr");
    const rows = learn(came);
    fresh.append(more);
    const staying = rows.indexOf(document.getElementById("matrix-scroll").dataset.stays);
    for (const row of rows.splice(0, Math.max(0, staying) + fitting)) putBefore(more, row);
    asked = undefined;
    if (rows.length) {
      more.dataset.more ??= "";
      asked = more;
      return putIn(rows, more, { leadsOn });
    }
    if (!leadsOn) more.remove();
    takeOut();
  };

  // Gives *old* the attributes and words of *fresh* if it has its elements by name, and says whether it has.
  const liken = (old, fresh) => {
    const pairs = [old, fresh].map((element) => document.createTreeWalker(element));
    const changes = [];
    for (let [one, other] = pairs.map((walker) => walker.currentNode); one || other; [one, other] = pairs.map((walker) => walker.nextNode())) {
      if (one?.nodeName !== other?.nodeName || one.id !== other.id) return false;
      if (one.nodeType !== Node.ELEMENT_NODE) {
        if (one.data !== other.data) changes.push(() => { one.data = other.data; });
        continue;
      }
      for (const name of new Set([...one.getAttributeNames(), ...other.getAttributeNames()])) {
        const value = other.getAttribute(name);
        if (value === one.getAttribute(name)) continue;
        changes.push(() => (value === null ? one.removeAttribute(name) : one.setAttribute(name, value)));
      }
    }
    for (const change of changes) change();
    return true;
  };

  // What came takes the place of what was there, but for the table and what it stands in: to put
  // that somewhere else would be to take all rows out. Returns what is new, but for the rows.
  const WAY = "#comparison, .matrix-area, #matrix, .matrix-body, #matrix-scroll, #matrix-table, #matrix-rows";
  const renew = (old, fresh) => {
    if (old.matches("tbody")) {
      putRows(fresh);
      return [];
    }
    const [kept, next] = [old, fresh].map((element) => [...element.children].find((child) => child.matches(WAY)));
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    // No rows before, or none now.
    if (!kept || !next) {
      for (const row of rowsOf(body())) known.set(row.id, row);
      const held = fresh.querySelector("#matrix-rows > template");
      held?.replaceWith(held.content);
      old.replaceChildren(...fresh.children);
      for (const row of rowsOf(body())) known.delete(row.id);
      return [...old.children];
    }
    const heads = [old, fresh].map((element) => element.querySelector(":scope > thead"));
    const isAlike = heads[0] && heads[1] && liken(...heads);
    const added = [...fresh.children].filter((child) => child !== next && !(isAlike && child === heads[1]));
    for (const child of [...old.children]) if (child !== kept && !child.matches(".matrix-aside") && !(isAlike && child === heads[0])) child.remove();
    const before = added.filter((child) => child.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING);
    kept.before(...before);
    kept.after(...added.slice(before.length));
    return [...added, ...renew(kept, next)];
  };
  htmx.defineExtension("rows", {
    handleSwap: (style, target, fragment) => (style === "rows" && fragment.firstElementChild ? renew(target, fragment.firstElementChild) : false),
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap || detail.swapOverride === "none" || !["matrix", "comparison"].includes(detail.target?.id)) return;
    // What asked was taken away by another answer: htmx finds nothing from there. The page does.
    if (!detail.elt.isConnected) {
      detail.shouldSwap = false;
      if (detail.requestConfig.verb === "get") location.assign(detail.pathInfo.finalRequestPath);
      else location.reload();
      return;
    }
    measure();
    detail.swapOverride = "rows";
  });
  const findFocus = () => {
    if (!focused) return;
    const isFree = !document.activeElement || document.activeElement === document.body || document.activeElement.closest(".matrix-aside");
    const found = isFree && document.getElementById(focused);
    if (found?.closest(".matrix-aside")) return;
    found?.focus?.({ preventScroll: true });
    if (found || !isFree || !coming()) focused = undefined;
  };
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!["matrix", "comparison"].includes(event.target.id)) return;
    findFocus();
    followSoon();
  });
  document.addEventListener("rows-arrived", findFocus);
  // Back or forward: what was asked of the page that goes would be looked for in vain in the other.
  const giveUp = () => {
    const filters = document.getElementById("filters");
    if (filters) htmx.trigger(filters, "htmx:abort");
  };
  document.addEventListener("htmx:historyCacheMiss", giveUp);
  document.addEventListener("htmx:historyCacheMissLoad", () => {
    giveUp();
    // htmx would look at each of the elements that go.
    document.getElementById("matrix")?.replaceChildren();
  });
  document.addEventListener("htmx:historyRestore", () => {
    known.clear();
    followSoon();
  });
  followSoon();
})();
