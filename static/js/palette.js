// Ctrl or Cmd and K: go somewhere, or do something, by typing a few letters.
(() => {
  const palette = () => document.getElementById("palette");
  const field = () => document.getElementById("palette-q");
  const places = () => [...palette().querySelectorAll(".place")];

  // A page begins with nothing in focus. Whoever came by keys is put at its heading.
  const ARRIVED = "variorum-arrived";
  const start = () => document.querySelector("main h1") ?? document.getElementById("main");
  const focusStart = () => {
    const place = start();
    if (place && !place.hasAttribute("tabindex")) place.tabIndex = -1;
    place?.focus({ preventScroll: true });
  };
  try {
    if (sessionStorage.getItem(ARRIVED) && !location.hash) focusStart();
    sessionStorage.removeItem(ARRIVED);
  } catch {
    // storage is off: the page begins as every page does
  }

  // Enter may come before what the last letters find: it holds until then.
  let waiting = false;
  const follow = () => {
    const words = field().value.trim().replace(/\s+/g, " ");
    if (!waiting || document.getElementById("places")?.dataset.query !== words) return;
    waiting = false;
    places()[0]?.click();
  };

  const open = () => {
    const dialog = palette();
    if (!dialog || document.querySelector("dialog[open]")) return false;
    dialog.showModal();
    field().value = "";
    waiting = false;
    htmx.trigger("#palette-form", "opened");
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      if (palette()?.open) palette().close();
      else if (!open()) return;
      event.preventDefault();
      return;
    }
    if (!palette()?.open || !palette().contains(event.target)) return;
    if (event.key === "Enter" && event.target === field()) {
      event.preventDefault();
      waiting = true;
      follow();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [field(), ...places()];
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-do='go']") && !event.ctrlKey && !event.metaKey && !event.shiftKey && open()) event.preventDefault();
    if (event.target.closest("#palette a.place") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      try {
        sessionStorage.setItem(ARRIVED, "1");
      } catch {
        // see above
      }
    }
    const act = event.target.closest("#palette button.place");
    if (!act) return;
    palette().close();
    if (document.activeElement === document.body) focusStart();
    const { press } = act.dataset;
    if (press) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: press, bubbles: true, cancelable: true }));
  });
  document.addEventListener("input", (event) => {
    if (event.target === field()) waiting = false;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "palette-places") follow();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "palette-form") event.preventDefault();
  });
})();
