/* What is there without a network: one page that says so, and the files that look the same for everybody. Nothing anybody
   wrote, and no page of anybody's, is ever kept here: VERSION and KEPT come from the server and name all there is. */
"use strict";
const OFFLINE = KEPT[0];

const fetched = (address) => new Request(address, { credentials: "omit", cache: "reload" });
addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((kept) => kept.addAll(KEPT.map(fetched))).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const others = caches.keys().then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))));
  event.waitUntil(others.then(() => clients.claim()));
});

const say = async () => {
  for (const page of await clients.matchAll({ type: "window" })) page.postMessage("offline");
};
addEventListener("fetch", (event) => {
  const asked = event.request;
  if (asked.mode === "navigate") {
    event.respondWith(fetch(asked).catch(async () => {
      if (asked.method === "GET") return caches.match(OFFLINE);
      await say(); // a form: the browser stays where it is, with all that was typed
      return new Response(null, { status: 204 });
    }));
  } else if (asked.method === "GET" && KEPT.includes(new URL(asked.url).pathname)) {
    event.respondWith(caches.match(asked, { ignoreVary: true }).then((found) => found || fetch(asked)));
  }
});
