// Before the page is drawn: whether scripts run. What the reader chose is written in the page itself.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-script", "has-script") || root.classList.add("has-script");
})();
