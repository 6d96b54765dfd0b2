/* What every page does a little better with JavaScript. Nothing here is needed, nothing here is kept in the browser. */
(() => {
  "use strict";

  // After a form came back with errors, the summary is where reading goes on.
  const summary = document.querySelector(".amiss-summary");
  if (summary) summary.focus();

  // A private page is veiled while the window is not being looked at: app switchers and shared screens show nothing (T14).
  if (document.querySelector(".sees-side, .sees-me")) {
    const veil = () => document.body.classList.toggle("veiled", document.hidden || !document.hasFocus());
    for (const what of ["blur", "focus", "pagehide"]) window.addEventListener(what, veil);
    document.addEventListener("visibilitychange", veil);
  }

  // A page that comes back from the back/forward cache may be somebody else's view by now: ask the server again.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = button.dataset.copied; });
    });
  }
})();
