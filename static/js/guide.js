/* The guided tour: brings what a step points at into view, marks it and gives it the focus.
   Without this file the address does nearly the same: its target is the element. */
(() => {
  "use strict";

  let pointed;

  const point = () => {
    const strip = document.getElementById("guide");
    const element = strip && document.getElementById(strip.dataset.pointsAt);
    if (!element || element === pointed) return;
    const isFirst = !pointed;
    pointed = element;
    element.classList.add("is-pointed-at");
    if (element.tabIndex < 0) element.tabIndex = -1;
    const described = element.getAttribute("aria-describedby");
    element.setAttribute("aria-describedby", described ? `${described} guide-title guide-text` : "guide-title guide-text");
    // What replaces it later is marked, too, but takes the focus from nothing.
    if (!isFirst) return;
    element.scrollIntoView({ block: element.offsetHeight > innerHeight / 2 ? "start" : "center" });
    element.focus({ preventScroll: true });
  };

  document.addEventListener("DOMContentLoaded", point);
  document.addEventListener("htmx:afterSettle", point);
})();
