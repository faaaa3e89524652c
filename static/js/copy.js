// Copying: a link to plain text puts that text on the clipboard instead. Where there is no clipboard
// (an insecure address, a refusal) the link is followed, and the text can be copied by hand.
(() => {
  const say = (text) => {
    const status = document.getElementById("status");
    if (status) status.textContent = text;
  };

  const read = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "text/plain" } });
    const isText = answer.headers.get("Content-Type")?.startsWith("text/plain");
    if (!answer.ok || !isText) throw new Error("no text to copy");
    return answer.text();
  };

  document.addEventListener("click", async (event) => {
    const printer = event.target.closest("[data-print]");
    if (printer) return print();
    const link = event.target.closest("a[data-copy]");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      // Written at once with a text that is still to come: some browsers forget the click meanwhile.
      const text = read(link.href).then((words) => new Blob([words], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
      say(gettext("Copied, with sources"));
    } catch {
      location.assign(link.href);
    }
  });
})();
