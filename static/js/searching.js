// Boxes to search in: Enter leads to the first of what was found, Escape out of the box with the words
// left standing. Both work with the shortcuts off: nobody types them by mistake.
(() => {
  const FIRST = "#matrix-rows > tr[data-stamp] > th, .story-line h2 a, .hit a, .empty a";
  const boxOf = (element) => (element.matches?.("form[hx-target] input[type='search']") && !element.closest("dialog") ? element : undefined);
  const foundBy = (box) => document.querySelector(box.form.getAttribute("hx-target"));

  let waiting; // the box in which Enter was pressed, until the answer is there
  const goToFirst = (found) => {
    const first = found?.querySelector(FIRST);
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing) return;
    if (event.key === "Enter") waiting = box;
    if (event.key !== "Escape") return;
    // Browsers empty the box.
    event.preventDefault();
    const found = foundBy(box);
    (found?.querySelector("#matrix-scroll") ?? document.getElementById("main")).focus({ preventScroll: true });
  });
  // Leaving the box asks for nothing that is not shown already: what is clicked on then stays there.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { triggeringEvent } = event.detail.requestConfig;
    const box = triggeringEvent?.type === "change" && boxOf(triggeringEvent.target);
    if (box && box.value === (new URLSearchParams(location.search).get(box.name) ?? "")) event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    if (event.target === waiting) waiting = undefined;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const found = waiting && foundBy(waiting);
    if (!found || !found.contains(event.target)) return;
    // Whoever went elsewhere meanwhile stays there.
    if (document.activeElement === waiting) goToFirst(found);
    waiting = undefined;
  });

  // Past the filters to the claims.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href='#matrix-rows']");
    if (!link) return;
    event.preventDefault();
    goToFirst(document.getElementById("matrix"));
  });
})();
