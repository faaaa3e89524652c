// What was begun in a form is kept in this tab until it is sent: a page left by mistake loses no words.
(() => {
  const FORMS = "details[data-writing] form";
  const DRAFT = "draft ";
  const mine = `${DRAFT}${document.documentElement.dataset.reader} `;
  const nameOf = (form) => `${mine}${new URL(form.action).pathname}`;
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches("input:not([type='hidden']), select, textarea"));
  const isTicked = (field) => field.matches("[type='checkbox'], [type='radio']");
  // Several ticks share a name, so a field goes by its place in the form.
  const read = (form) => fieldsOf(form).map((field) => (isTicked(field) ? field.checked : field.value));

  const untouched = new WeakMap(); // what the server sent
  const asSent = (form) => {
    if (!untouched.has(form)) untouched.set(form, JSON.stringify(read(form)));
    return untouched.get(form);
  };

  const tell = (form) => {
    const details = form.closest("details");
    const isBegun = JSON.stringify(read(form)) !== asSent(form);
    details.querySelector(":scope > summary .begun")?.remove();
    form.querySelector("button[type='reset']")?.remove();
    if (!isBegun) return;
    const mark = Object.assign(document.createElement("span"), { className: "begun small", textContent: " " + gettext("begun") });
    const afresh = Object.assign(document.createElement("button"), { type: "reset", className: "button--quiet button--small", textContent: gettext("Start afresh") });
    details.querySelector(":scope > summary").append(mark);
    (form.querySelector(".buttons") ?? form).append(afresh);
  };

  const keep = (form) => {
    const now = JSON.stringify(read(form));
    if (now === asSent(form)) sessionStorage.removeItem(nameOf(form));
    else sessionStorage.setItem(nameOf(form), now);
    tell(form);
  };

  const bringBack = () => {
    for (const form of document.querySelectorAll(FORMS)) {
      if (untouched.has(form)) continue;
      asSent(form);
      // What comes back with a mistake in it is newer than what was kept.
      if (form.querySelector(".errors, .message--error")) {
        sessionStorage.setItem(nameOf(form), asSent(form));
        continue;
      }
      const kept = sessionStorage.getItem(nameOf(form));
      const values = kept && JSON.parse(kept);
      const fields = fieldsOf(form);
      if (values?.length !== fields.length) continue;
      // Evidence that was asked for after the form was begun stands in it, and what was written beside it stays.
      const isOffered = form.hasAttribute("data-offered");
      for (const [at, field] of fields.entries()) {
        if (isOffered && !isTicked(field) && field.value !== "") continue;
        field[isTicked(field) ? "checked" : "value"] = values[at];
      }
      tell(form);
    }
  };

  const formOf = (event) => event.target.closest?.(FORMS);
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = formOf(event);
      if (form) keep(form);
    });
  }
  document.addEventListener("reset", (event) => {
    const form = formOf(event);
    if (!form) return;
    forget(form);
    // The fields change only after this event.
    setTimeout(() => {
      tell(form);
      form.closest("details").querySelector("summary").focus();
    });
  });
  const forget = (form) => sessionStorage.removeItem(nameOf(form));
  document.addEventListener("submit", (event) => {
    const form = formOf(event);
    // What htmx sends is forgotten when it has arrived.
    if (form && !form.hasAttribute("hx-post")) forget(form);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (form?.matches?.(FORMS) && event.detail.xhr.status < 300) forget(form);
  });
  document.addEventListener("DOMContentLoaded", () => {
    // Nobody finds the words of whoever sat here before.
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(DRAFT) && !key.startsWith(mine)) sessionStorage.removeItem(key);
    }
    bringBack();
  });
  document.addEventListener("htmx:afterSettle", bringBack);
})();
