/* What every page does a little better with JavaScript. Nothing here is needed, nothing here is kept in the browser. */
(() => {
  "use strict";

  // After a form came back with errors, the summary is where reading goes on.
  const summary = document.querySelector(".amiss-summary");
  if (summary) summary.focus();

  // A private page is veiled while the window is not being looked at: app switchers and shared screens show nothing (T14).
  if (document.querySelector(".sees-side, .sees-me, .sees-you")) {
    const veil = () => document.body.classList.toggle("veiled", document.hidden || !document.hasFocus());
    for (const what of ["blur", "focus", "pagehide"]) window.addEventListener(what, veil);
    document.addEventListener("visibilitychange", veil);
  }

  // A page that comes back from the back/forward cache may be somebody else's view by now: ask the server again.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  // Whoever comes Back to a form and sends the same words again means the same: the page keeps its name in this tab's history.
  const name = history.state?.pageName || crypto.randomUUID?.();
  if (name) {
    history.replaceState({ ...history.state, pageName: name }, "");
    const typed = "textarea, input:not([type=hidden], [type=radio], [type=checkbox])";
    for (const form of document.querySelectorAll("form[method=post]")) {
      if (!form.querySelector(typed)) continue;
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "page_name";
      field.value = name;
      form.append(field);
    }
  }

  // Where this browser's clock is: told with signing in, and confirmed by its owner later.
  for (const field of document.querySelectorAll("[data-browser-zone]")) {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  }

  // Without a network what was typed stays on screen: nothing is sent, no page is left, and it says so.
  const kept = document.createElement("p");
  kept.className = "note-line";
  kept.setAttribute("role", "alert");
  let sending = false;
  const stay = () => {
    sending = false;
    kept.textContent = "";
    document.querySelector("main").prepend(kept);
    kept.textContent = document.body.dataset.offline;
    kept.scrollIntoView({ block: "nearest" });
  };
  const edited = (field) => field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
  addEventListener("submit", (event) => {
    sending = true;
    if (!navigator.onLine) { event.preventDefault(); stay(); }
  });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const typed = link && !navigator.onLine && [...document.querySelectorAll("input, textarea")].some(edited);
    if (typed && !link.getAttribute("href").startsWith("#")) { event.preventDefault(); stay(); }
  });
  addEventListener("online", () => kept.remove());
  const worker = document.body.dataset.worker;
  if (worker && navigator.serviceWorker) {
    navigator.serviceWorker.addEventListener("message", () => { if (sending) stay(); });
    navigator.serviceWorker.register(worker).catch(() => { /* a browser that keeps nothing shows its own page */ });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  // Where a telephone has a sheet for sharing, a message can begin there too; whoever puts the sheet away has sent nothing.
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = !navigator.share;
    button.addEventListener("click", () => navigator.share({ text: button.dataset.share }).catch(() => {}));
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = button.dataset.copied; });
    });
  }
})();
