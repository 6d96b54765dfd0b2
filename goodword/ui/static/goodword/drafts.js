// Keeps what is typed in a box with data-draft, every few seconds, on the server: nothing in this browser's storage.
"use strict";
(() => {
  const EVERY = 3000;
  for (const box of document.querySelectorAll("textarea[data-draft]")) {
    const form = box.form;
    const token = form && form.querySelector("[name=csrfmiddlewaretoken]");
    if (!token) continue;
    const note = document.createElement("p");
    note.className = "meta";
    note.setAttribute("role", "status");
    (box.closest(".sees") || box).after(note);
    let kept = box.value, leaving = false, timer = 0;

    const parcel = () => {
      const data = new FormData();
      data.set("csrfmiddlewaretoken", token.value);
      data.set("place", box.dataset.draft);
      data.set("text", box.value);
      return data;
    };
    const keep = async () => {
      timer = 0;
      const text = box.value;
      if (leaving || text === kept) return;
      let saved = false;
      try {
        saved = (await fetch(box.dataset.draftTo, { method: "POST", body: parcel(), redirect: "manual" })).status === 204;
      } catch { /* no network: said below, tried again at once it is back */ }
      if (leaving) return;
      if (saved) kept = text;
      note.textContent = saved ? box.dataset.draftSaved : box.dataset.draftUnsaved;
      if (box.value !== kept) timer ||= setTimeout(keep, EVERY);
    };
    box.addEventListener("input", () => {
      if (note.textContent !== box.dataset.draftUnsaved) note.textContent = box.dataset.draftUnsaved;
      timer ||= setTimeout(keep, EVERY);
    });
    form.addEventListener("submit", () => { leaving = true; });
    addEventListener("pagehide", () => {
      if (!leaving && box.value !== kept) navigator.sendBeacon(box.dataset.draftTo, parcel());
    });
  }
})();
