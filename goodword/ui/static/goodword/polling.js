/* A page that waits for something long asks how far it is, once a second, from the press on. Without it, loading again tells. */
(() => {
  "use strict";
  const place = document.querySelector("[data-polled]");
  const button = document.querySelector("[data-then-poll]");
  if (!place) return;
  let left = 600;

  const ask = async () => {
    const answer = await fetch(place.dataset.polled, { headers: { Accept: "text/html" } });
    if (answer.ok) place.innerHTML = await answer.text();
    left -= 1;
    if (left > 0 && !place.querySelector("[data-ended]")) setTimeout(ask, 1000);
  };

  if (button) button.form.addEventListener("submit", () => { place.textContent = ""; setTimeout(ask, 1000); });
})();
