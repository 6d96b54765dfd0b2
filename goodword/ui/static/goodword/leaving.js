// Counts down the seconds in which something can still be taken back. The server's clock decides; this only tells.
"use strict";
(() => {
  const line = document.querySelector("[data-leaves-in]");
  if (!line) return;
  const words = line.textContent, seconds = Number(line.dataset.leavesIn), began = Date.now();
  const tick = setInterval(() => {
    const left = seconds - Math.round((Date.now() - began) / 1000);
    line.textContent = left > 0 ? words.replace(String(seconds), String(left)) : line.dataset.left;
    if (left <= 0) {
      clearInterval(tick);
      for (const button of document.querySelectorAll("main form button")) button.disabled = true;
    }
  }, 1000);
})();
