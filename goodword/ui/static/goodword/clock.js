// The table: asks the server every two seconds what it shows, ticks in between, and keeps words written without a
// connection in memory only, until they have gone. Everything here works without it too, by forms and a link.
(() => {
  const room = document.querySelector("[data-table]");
  if (!room) return;
  const part = (name) => room.querySelector(`[data-part="${name}"]`);
  const form = document.querySelector("[data-note]");
  const queue = [];
  let clock = null;
  let was = null;
  let asking = false;
  let turning = null;

  const tick = () => {
    const left = room.querySelector("[data-left]");
    if (!clock || !left) return;
    const now = Math.min(clock.elapsed + (clock.running ? (Date.now() - clock.at) / 1000 : 0), clock.total);
    const end = now < clock.first ? clock.first : clock.total;
    const text = String(Math.ceil((end - now) / 60));
    if (left.textContent !== text) left.textContent = text;
  };

  // Half-time, five minutes before the end and the end are asked for as they come: no phone is told later than the other.
  const atTheTurn = () => {
    clearTimeout(turning);
    const next = [clock.first, clock.total - 300, clock.total].filter((at) => at > clock.elapsed);
    if (clock.running && next.length) turning = setTimeout(ask, (Math.min(...next) - clock.elapsed) * 1000 + 100);
  };

  const shape = (answer) => [answer.running, answer.first, answer.total, answer.parts.item, answer.stopped].join("|");

  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      const reply = await fetch(room.dataset.table, { headers: { Accept: "application/json" } });
      if (!reply.ok) return;
      const answer = await reply.json();
      was ??= shape(answer);
      const writing = queue.length || (form && form.elements.text.value);
      if ((answer.over || shape(answer) !== was) && !writing) return location.reload();
      clock = { ...answer, at: Date.now() };
      atTheTurn();
      for (const [name, html] of Object.entries(answer.parts)) {
        const place = part(name);
        if (place && place.dataset.was !== html) {
          place.innerHTML = html;
          place.dataset.was = html;
        }
      }
      if (queue.length) await send();
    } catch {
      // no connection: the clock goes on ticking from what it last knew
    } finally {
      asking = false;
    }
  };

  const fresh = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/[+/=]/g, "A");

  const send = async () => {
    while (queue.length) {
      const reply = await fetch(form.action, { method: "POST", body: queue[0] });
      // Back at the table means kept. Anything else (signed out, refused) leaves the words here.
      if (!reply.ok || new URL(reply.url).pathname !== form.dataset.note) throw new Error("not kept");
      queue.shift();
    }
    form.querySelector("[data-kept]").hidden = true;
  };

  if (form) {
    form.addEventListener("submit", (event) => {
      if (!form.elements.text.value.trim()) return;
      event.preventDefault();
      queue.push(new URLSearchParams(new FormData(form)));
      form.elements.text.value = "";
      form.elements.once.value = fresh();
      send().then(ask, () => { form.querySelector("[data-kept]").hidden = false; });
    });
    addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
    addEventListener("online", ask);
  }
  setInterval(tick, 1000);
  setInterval(ask, 2000);
  ask();
})();
