/* Passkeys need script: the browser alone can make and show them. Everything else on these pages works without. */
(() => {
  "use strict";
  const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON;

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const box = form.closest("[data-needs-passkeys]") || form;
    const trouble = form.querySelector("[data-passkey-trouble]");
    box.hidden = !able;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      trouble.hidden = true;
      answer(form).then(() => form.submit(), () => { trouble.hidden = false; });
    });
  }
  for (const said of document.querySelectorAll("[data-without-passkeys]")) said.hidden = Boolean(able);

  // Ask the server for a challenge, have the browser answer it, and put the answer into the form.
  async function answer(form) {
    const body = new URLSearchParams(new FormData(form));
    body.set("challenge", "yes");
    const sent = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const { publicKey } = await sent.json();
    const credential = form.dataset.passkey === "make"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    form.elements.credential.value = JSON.stringify(credential.toJSON());
  }
})();
