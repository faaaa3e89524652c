// A form that opens takes the focus, and what is written into it never runs as a shortcut.
(() => {
  const FORMS = "details[data-writing][open], form[data-writing]:not([data-closed])";
  const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
  const openForms = () => [...document.querySelectorAll(FORMS)].filter(shown);

  // After a mistake that is the field with the mistake; else the first, or the one marked so.
  const firstField = (form) => {
    const fields = [...form.querySelectorAll("input:not([type='hidden']), select, textarea, .dismiss__reasons button")].filter(shown);
    const mistaken = form.querySelector(".errors")?.closest(".field");
    return fields.find((field) => mistaken?.contains(field)) ?? fields.find((field) => field.matches("[data-first]")) ?? fields[0];
  };
  const enter = (form) => {
    if (!form.contains(document.activeElement) || document.activeElement.matches("summary")) firstField(form)?.focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  };

  // toggle does not bubble, but it can be caught on the way down.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details[data-writing][open]")) enter(event.target);
  }, true);
  const isLost = () => !document.activeElement || document.activeElement === document.body;
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.requestConfig?.verb === "get" || !isLost()) return;
    const mistaken = openForms().find((form) => form.querySelector(".errors"));
    if (mistaken) enter(mistaken);
  });
  document.addEventListener("DOMContentLoaded", () => {
    const form = openForms()[0];
    if (form) enter(form);
  });

  // On the way down, before any module takes a letter for a shortcut. Only the numbers of the reasons are one here.
  document.addEventListener("keydown", (event) => {
    if (!event.isTrusted || event.key.length !== 1 || event.altKey || event.ctrlKey || event.metaKey) return;
    const forms = openForms();
    const written = forms.find((form) => form.contains(event.target));
    if (!written && !(forms.length && event.target === document.body)) return;
    const dismiss = document.querySelector("details.dismiss[open]");
    const isReason = /^[1-7]$/.test(event.key) && dismiss && (written ?? dismiss) === dismiss && !event.target.matches("textarea, input");
    if (!isReason) event.stopPropagation();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    // Right after it was asked for the focus is not in it yet.
    const form = document.activeElement?.closest("details[data-writing][open]:not(.dismiss)") ?? (isLost() ? openForms().find((open) => open.matches("details")) : undefined);
    if (!form) return;
    form.open = false;
    form.querySelector("summary").focus();
    event.preventDefault();
    event.stopImmediatePropagation();
  });
})();
