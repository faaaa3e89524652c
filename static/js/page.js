// The switches in the menu, the help sheet, menus that close, and what htmx needs said.
(() => {
  const root = document.documentElement;
  const say = (text) => {
    const status = document.getElementById("status");
    if (status) status.textContent = text;
  };

  const press = (id) => document.getElementById(id)?.click();
  const actions = {
    theme: () => press("switch-appearance"),
    "keys-switch": () => press("switch-shortcuts"),
    "keys-help": () => document.getElementById("keys-sheet")?.showModal(),
  };

  // The switches come back as they were saved: the page follows them.
  const followSwitches = () => {
    const switches = document.getElementById("switches");
    if (!switches) return;
    root.dataset.theme = switches.dataset.appearance;
    root.dataset.keys = switches.dataset.shortcuts;
    const { changed } = switches.dataset;
    if (!changed) return;
    switches.removeAttribute("data-changed");
    say(document.getElementById(changed).textContent);
  };

  document.addEventListener("click", (event) => {
    actions[event.target.closest("[data-do]")?.dataset.do]?.();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  });

  // The number of boxes ticked in a filter's list, beside its name.
  document.addEventListener("change", (event) => {
    const menu = event.target.closest(".filters details.menu");
    if (!menu) return;
    const count = menu.querySelectorAll("input:checked").length;
    const summary = menu.querySelector("summary");
    let badge = summary.querySelector("b");
    if (!count) return badge?.remove();
    if (!badge) {
      summary.append(" ");
      badge = summary.appendChild(document.createElement("b"));
    }
    badge.textContent = String(count);
  });

  // A request given up for a newer one is no error, though htmx writes it into the console as one
  // (and every failure twice: what failed follows under a name of its own).
  htmx.logger = (element, name, detail) => {
    if (detail.error === "htmx:sendAbort" || detail.error === "htmx:afterRequest") delete detail.error;
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    // Signed out meanwhile: the answer is the sign-in page, which belongs on a page of its own.
    const address = event.detail.xhr.responseURL;
    if (address && new URL(address).pathname.startsWith("/accounts/")) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  // An empty filter says nothing: leave it out of the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get" || !event.target.matches("form")) return;
    for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
    // Its fields, wherever on the page they stand.
    for (const select of event.target.elements) {
      if (select.dataset.plain && event.detail.formData.get(select.name) === select.dataset.plain) event.detail.formData.delete(select.name);
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    say(status === 403 ? gettext("Your account may not do this, or the page is too old: reload it.") : status === 404 ? gettext("That is gone: reload the page.") : gettext("That did not work. Try again in a moment."));
  });
  document.addEventListener("htmx:sendError", () => say(gettext("The site can’t be reached. Nothing was saved.")));
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.requestConfig?.path === document.getElementById("switches")?.getAttribute("hx-post")) followSwitches();
  });
})();
