// An article's words: a mark shows its note in the margin, selected words can be given one.
(() => {
  const noteFor = (anchor) => document.querySelector(`[data-note-for="${CSS.escape(anchor)}"]`);
  const notesFor = (mark) => mark.dataset.anchors.split(" ").map(noteFor).filter(Boolean);
  let peek; // what the notes say, beside the words, while they are pointed at

  const hide = (mark) => {
    mark.classList.remove("is-current");
    for (const note of notesFor(mark)) note.classList.remove("is-current");
    peek?.remove();
    peek = undefined;
  };

  const show = (mark) => {
    if (!getSelection().isCollapsed) return; // it would cover what is being selected
    const notes = notesFor(mark);
    mark.classList.add("is-current");
    for (const note of notes) note.classList.add("is-current");
    peek?.remove();
    peek = document.createElement("div");
    peek.className = "peek";
    peek.setAttribute("aria-hidden", "true"); // the margin says the same
    const seen = new Set();
    for (const note of notes) {
      const label = peek.appendChild(document.createElement("p"));
      label.className = "peek__label";
      label.append(...note.querySelector("summary").cloneNode(true).childNodes);
      for (const words of note.querySelectorAll(".margin-note__others > .words")) {
        // Several findings of one row bring the same words: once is enough.
        if (!seen.has(words.textContent)) peek.append(words.cloneNode(true));
        seen.add(words.textContent);
      }
    }
    for (const words of peek.querySelectorAll(".words")) peek.append(words);
    if (!seen.size) return hide(mark);
    document.body.append(peek);
    const line = mark.getClientRects()[0];
    const box = peek.getBoundingClientRect();
    const below = mark.getBoundingClientRect().bottom + 8;
    const top = below + box.height > innerHeight && line.top - box.height - 8 > 0 ? line.top - box.height - 8 : below;
    peek.style.setProperty("left", `${scrollX + Math.max(8, Math.min(line.left, innerWidth - box.width - 16))}px`);
    peek.style.setProperty("top", `${scrollY + top}px`);
  };

  // Words of a link can't be selected by dragging. With a script a mark needs no address.
  const unlink = () => {
    for (const mark of document.querySelectorAll("a.anchored[href]")) {
      mark.removeAttribute("href");
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
    }
  };
  document.addEventListener("DOMContentLoaded", unlink);
  document.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches?.("a.anchored")) return;
    event.preventDefault();
    event.target.click();
  });

  for (const [name, act] of [["mouseover", show], ["mouseout", hide], ["focusin", show], ["focusout", hide]]) {
    document.addEventListener(name, (event) => {
      const mark = event.target.closest?.("a.anchored");
      if (mark) act(mark);
    });
  }
  // A click opens the notes in the margin, another closes them.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.anchored");
    if (!mark) return;
    const notes = notesFor(mark);
    if (!notes.length) return;
    event.preventDefault();
    // The end of selecting words, not a wish to see the note.
    if (event.detail > 1 || !getSelection().isCollapsed) return;
    const isOpening = notes.some((note) => !note.open);
    for (const note of notes) note.open = isOpening;
    hide(mark);
    if (isOpening) notes[0].scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") peek?.remove();
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
      button.textContent = gettext("Note");
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
