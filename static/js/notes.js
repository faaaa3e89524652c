// An article's words: a mark shows its note in the margin, selected words can be given one.
(() => {
  const noteFor = (anchor) => document.querySelector(`[data-note-for="${CSS.escape(anchor)}"]`);
  let opened = []; // notes opened by pointing, closed again when the pointer leaves

  const show = (mark, isOn) => {
    mark.classList.toggle("is-current", isOn);
    for (const anchor of mark.dataset.anchors.split(" ")) noteFor(anchor)?.classList.toggle("is-current", isOn);
    if (!isOn) {
      for (const note of opened) note.open = false;
      opened = [];
      return;
    }
    for (const anchor of mark.dataset.anchors.split(" ")) {
      const note = noteFor(anchor);
      if (note && !note.open) {
        note.open = true;
        opened.push(note);
      }
    }
  };
  for (const [name, isOn] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const mark = event.target.closest?.("a.anchored");
      if (mark && !(isOn && mark.classList.contains("is-current"))) show(mark, isOn);
    });
  }
  // A click keeps the notes open.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.anchored");
    if (!mark) return;
    opened = [];
    for (const anchor of mark.dataset.anchors.split(" ")) {
      const note = noteFor(anchor);
      if (note) note.open = true;
    }
  });

  // --- notes on selected words -------------------------------------------------------------------
  const form = () => document.getElementById("note-form");
  let button;

  // Offsets count characters as people do (code points), not the halves a script counts.
  const length = (text) => [...text].length;
  const offsetOf = (node, within) => {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!holder) return null;
    const range = document.createRange();
    range.setStart(holder, 0);
    range.setEnd(node, within);
    return Number(holder.dataset.start) + length(range.toString());
  };

  const chosen = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const text = document.querySelector(".article-text[data-notable]");
    if (!text?.contains(range.commonAncestorContainer)) return null;
    const parts = [...text.querySelectorAll("[data-start]")].filter((part) => range.intersectsNode(part));
    if (!parts.length) return null;
    const first = parts[0];
    const last = parts.at(-1);
    const start = first.contains(range.startContainer) ? offsetOf(range.startContainer, range.startOffset) : Number(first.dataset.start);
    const end = last.contains(range.endContainer) ? offsetOf(range.endContainer, range.endOffset) : Number(last.dataset.start) + length(last.textContent);
    return start < end ? { start, end, words: selection.toString(), box: range.getBoundingClientRect() } : null;
  };

  document.addEventListener("selectionchange", () => {
    const selected = form() && chosen();
    if (!selected) {
      button?.remove();
      button = undefined;
      return;
    }
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "selection-button button--main button--small";
      button.textContent = "Note";
      button.addEventListener("mousedown", (event) => event.preventDefault()); // keep the selection
      button.addEventListener("click", () => openForm(chosen()));
      document.body.append(button);
    }
    button.style.setProperty("left", `${Math.max(8, selected.box.left + scrollX)}px`);
    button.style.setProperty("top", `${selected.box.bottom + scrollY + 6}px`);
  });

  const openForm = (selected) => {
    const sheet = form();
    if (!selected || !sheet) return;
    sheet.elements.start.value = selected.start;
    sheet.elements.end.value = selected.end;
    sheet.elements.words.value = selected.words;
    sheet.removeAttribute("data-closed");
    sheet.classList.add("is-floating");
    sheet.elements.note.focus();
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-do='close-note']")) return;
    form().classList.remove("is-floating");
    form().setAttribute("data-closed", "");
    form().reset();
  });
})();
