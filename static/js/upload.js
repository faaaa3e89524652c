// Files can be dropped on the form that takes them; without this the form's own button does.
(() => {
  const zoneOf = (event) => (event.target instanceof Element ? event.target.closest("[data-drop-zone]") : null);
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

  const showNames = (zone, files) => {
    const list = zone.querySelector("[data-drop-names]");
    list.replaceChildren(
      ...Array.from(files, (file) => {
        const item = document.createElement("li");
        item.textContent = file.name;
        return item;
      }),
    );
  };

  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    // Dropped beside the form, a file would replace the page and what was typed in it.
    event.preventDefault();
    const zone = zoneOf(event);
    event.dataTransfer.dropEffect = zone ? "copy" : "none";
    for (const other of document.querySelectorAll("[data-drop-zone]")) other.classList.toggle("is-over", other === zone);
  });

  document.addEventListener("dragleave", (event) => {
    const zone = zoneOf(event);
    if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
  });

  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const zone = zoneOf(event);
    if (!zone) return;
    zone.classList.remove("is-over");
    const input = zone.querySelector("input[type='file']");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });

  document.addEventListener("change", (event) => {
    const zone = zoneOf(event);
    if (zone && event.target.matches("input[type='file']")) showNames(zone, event.target.files);
  });
})();
