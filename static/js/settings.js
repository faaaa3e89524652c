// What the reader chose for this browser, set before the page is drawn: appearance, shortcuts.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-script", "has-script") || root.classList.add("has-script");
  const read = (name) => {
    try {
      return localStorage.getItem(`variorum-${name}`);
    } catch {
      return null; // storage is off: the defaults hold
    }
  };
  for (const [name, values] of [["theme", ["light", "dark"]], ["keys", ["off"]]]) {
    const value = read(name);
    if (values.includes(value)) root.dataset[name] = value;
  }
})();
