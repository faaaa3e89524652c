// Single-letter shortcuts. What a letter presses is written in the page as data-key.
(() => {
  const root = document.documentElement;
  const isTyping = (element) => element.closest("input:not([type='checkbox'], [type='radio']), select, textarea, [contenteditable]");
  const isUnfolded = (list) => !CSS.supports("selector(:open)") || list.matches(":open");
  const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
  const say = (text) => {
    const status = document.getElementById("status");
    if (status) status.textContent = text;
  };

  // Between j and the card there is a moment in which c would confirm the finding before.
  const isOpening = () => document.querySelector("a[data-finding].htmx-request, #panel > .htmx-request") !== null;
  const press = (key, within = document) => {
    if (key !== "/" && isOpening()) {
      say(gettext("The finding is still being opened"));
      return true;
    }
    const found = [...within.querySelectorAll(`[data-key="${key}"]`)].filter(shown);
    // A page without a search of its own leads to that over all stories.
    const element = found.find((one) => one.matches("input")) ?? found[0];
    if (!element) return false;
    if (element.matches("input")) {
      element.focus();
      element.select();
    } else {
      element.click();
    }
    return true;
  };

  // On the Desk many findings have the same button: that of the one with the focus is meant.
  const pressOnCard = (key) => {
    const card = document.activeElement?.closest(".desk-entry") ?? document.querySelector("article.finding");
    return card ? press(key, card) : false;
  };

  // More rows are on their way: the last that is here is not the last.
  let waiting; // { more: the row they come before, step, from: what had the focus }
  const goOnWhenMore = (step) => {
    const more = document.querySelector("#matrix-rows > tr[data-more]");
    if (more.matches("[data-failed]")) return more.querySelector("a").focus();
    // A step for each row that is waited for; one for a matrix that was taken away holds nobody up.
    if (waiting?.more === more) return;
    waiting = { more, step, from: document.activeElement };
    say(gettext("More claims are coming"));
  };
  document.addEventListener("rows-arrived", () => {
    const waited = waiting;
    waiting = undefined;
    // Whoever went elsewhere meanwhile stays there.
    if (waited && document.activeElement === waited.from) walk(waited.step);
  });

  // A row shown for one of its findings has others: those that the filters do not ask for are passed by.
  const asked = (name) => [...document.querySelectorAll(`#filters input[name="${name}"]:checked`)].map((box) => box.value);
  const findChips = () => {
    const kinds = asked("kind");
    const severities = asked("severity");
    const isAsked = ({ dataset }) => (!kinds.length || kinds.includes(dataset.kind)) && (!severities.length || severities.includes(dataset.severity));
    // A finding with chips in several rows is met once, in its own.
    const isOwn = ({ id, dataset }) => id === `chip-${dataset.finding}` || !document.getElementById(`chip-${dataset.finding}`);
    // Those of a closed group are walked through as well: it opens on the way.
    return [...document.querySelectorAll("a[data-finding]")].filter((chip) => isAsked(chip) && isOwn(chip) && shown(chip.closest(".chip-group") ?? chip));
  };

  const walk = (step) => {
    const chips = findChips();
    if (!chips.length) return walkMarks(step);
    const here = document.activeElement?.dataset.finding;
    const focused = here ? chips.findIndex((chip) => chip.dataset.finding === here) : -1;
    const at = focused >= 0 ? focused : chips.findIndex((chip) => chip.getAttribute("aria-current") === "true");
    const to = at < 0 ? (step > 0 ? 0 : chips.length - 1) : at + step;
    if (to >= chips.length && document.querySelector("#matrix-rows > tr[data-more]")) return goOnWhenMore(step);
    if (to < 0 || to >= chips.length) return say(step > 0 ? gettext("That was the last finding") : gettext("That was the first finding"));
    const chip = chips[to];
    if (chip.closest(".chip-group")) chip.closest(".chip-group").open = true;
    chip.focus({ preventScroll: true });
    chip.closest("th, section, div")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    chip.setAttribute("data-stay", "");
    chip.click();
    chip.removeAttribute("data-stay");
    say(interpolate(gettext("Finding %(number)s of %(total)s: %(title)s"), { number: to + 1, total: chips.length, title: chip.querySelector(".chip__title").textContent }, true));
  };

  const nextMarks = () => {
    const links = [...document.querySelectorAll("a[data-diff]")];
    const at = links.findIndex((link) => link.getAttribute("aria-current") === "true");
    links[(at + 1) % links.length]?.click();
    return links.length > 0;
  };

  // On an article: from one marked passage to the next.
  const walkMarks = (step) => {
    const marks = [...document.querySelectorAll(".article-text a.anchored, a[data-entry]")].filter(shown);
    if (!marks.length) return;
    const at = marks.indexOf(document.activeElement);
    const to = at < 0 ? (step > 0 ? 0 : marks.length - 1) : at + step;
    if (to < 0 || to >= marks.length) return say(step > 0 ? gettext("That was the last mark") : gettext("That was the first mark"));
    marks[to].focus({ preventScroll: true });
    marks[to].scrollIntoView({ block: "center" });
  };

  document.addEventListener("keydown", (event) => {
    // The palette presses keys too: those work with the shortcuts off.
    if ((root.dataset.keys === "off" && event.isTrusted) || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const { key } = event;
    // A closed list may keep the focus: j and k lead out of it. Other letters choose in it.
    const leavesList = (key === "j" || key === "k") && event.target.matches("select") && !isUnfolded(event.target);
    if ((isTyping(event.target) && !leavesList) || document.querySelector("dialog[open]")) return;
    const dismiss = document.querySelector("details.dismiss[open]");
    let done = true;
    if (key === "j") walk(1);
    else if (key === "k") walk(-1);
    else if (key === "?") document.getElementById("keys-sheet")?.showModal();
    else if (key === "x") done = nextMarks();
    else if (key === "a") done = pressOnCard(key);
    else if ("/cuwe".includes(key)) done = press(key);
    else if (key === "d") done = press("d");
    else if (/^[1-7]$/.test(key) && dismiss) done = press(key, dismiss);
    else done = false;
    if (key === "d" && done) document.querySelector("details.dismiss[open] [data-key='1']")?.focus({ preventScroll: true });
    if (done) event.preventDefault();
  });
})();
