// Shows one page, and only when a page can't be fetched: nothing else is ever kept. A new VERSION (of that page) replaces the old one.
const VERSION = "$version";
const PAGE = "$page";

self.addEventListener("install", (event) => {
  const request = new Request(PAGE, { cache: "reload", credentials: "same-origin" }); // the cookie says in which language
  event.waitUntil(caches.open(VERSION).then((cache) => cache.add(request)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([forgetOlder(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener("fetch", (event) => {
  const { method, mode } = event.request;
  if (method === "GET" && mode === "navigate") event.respondWith(fetched(event));
});

async function forgetOlder() {
  const older = (await caches.keys()).filter((name) => name !== VERSION);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** What the server says, whatever it is; the page kept for it when it says nothing. */
async function fetched(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}
