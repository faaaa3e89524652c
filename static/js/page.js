// The switches in the menu, the help sheet, the status line, menus that close, and what htmx needs said.
(() => {
  const root = document.documentElement;
  const themes = ["automatic", "light", "dark"];

  const keep = (name, value) => {
    if (value === undefined) delete root.dataset[name];
    else root.dataset[name] = value;
    try {
      if (value === undefined) localStorage.removeItem(`variorum-${name}`);
      else localStorage.setItem(`variorum-${name}`, value);
    } catch {
      // storage is off: the choice holds for this page
    }
  };

  const say = (text) => {
    const status = document.getElementById("status");
    if (status) status.textContent = text;
  };

  const write = (selector, text) => {
    for (const element of document.querySelectorAll(selector)) element.textContent = text;
  };

  const showChoices = () => {
    write("[data-theme-name]", `\u00a0${root.dataset.theme ?? themes[0]}`);
    write("[data-keys-name]", `\u00a0${root.dataset.keys === "off" ? "off" : "on"}`);
    for (const button of document.querySelectorAll("[data-do='keys-switch']")) button.setAttribute("aria-pressed", String(root.dataset.keys !== "off"));
  };

  const actions = {
    theme() {
      const next = themes[(themes.indexOf(root.dataset.theme ?? themes[0]) + 1) % themes.length];
      keep("theme", next === themes[0] ? undefined : next);
      say(`Appearance: ${next}`);
    },
    "keys-switch"() {
      keep("keys", root.dataset.keys === "off" ? undefined : "off");
      say(root.dataset.keys === "off" ? "Keyboard shortcuts are off" : "Keyboard shortcuts are on");
    },
    "keys-help"() {
      document.getElementById("keys-sheet")?.showModal();
    },
  };

  document.addEventListener("click", (event) => {
    const action = actions[event.target.closest("[data-do]")?.dataset.do];
    if (action) {
      action();
      showChoices();
    }
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

  // The status line fades once read; a new text shows it again.
  let fading;
  const watchStatus = () => {
    const status = document.getElementById("status");
    if (!status) return;
    new MutationObserver(() => {
      status.classList.remove("is-over");
      clearTimeout(fading);
      fading = setTimeout(() => status.classList.add("is-over"), 6000);
    }).observe(status, { childList: true, characterData: true, subtree: true });
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
    say(status === 403 ? "Your account may not do this, or the page is too old: reload it." : status === 404 ? "That is gone: reload the page." : "That did not work. Try again in a moment.");
  });
  document.addEventListener("htmx:sendError", () => say("The site can’t be reached. Nothing was saved."));
  // htmx says so of every row that came: once after all of them is enough.
  let isAsked = false;
  document.addEventListener("htmx:afterSettle", () => {
    if (isAsked) return;
    isAsked = true;
    queueMicrotask(() => {
      isAsked = false;
      showChoices();
    });
  });
  document.addEventListener("htmx:historyRestore", showChoices);
  document.addEventListener("DOMContentLoaded", () => {
    showChoices();
    watchStatus();
  });
})();
