// The service worker: pages from the network first, so that none is stale; what was read last when there is none.
"use strict";
const FILES = `files-${self.OCTAVO.version}`;
const PAGES = "pages";
const SAVED = "saved";
const PAGES_KEPT = 60;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(FILES).then((cache) => cache.addAll([...self.OCTAVO.precache, self.OCTAVO.offline])).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("files-") && name !== FILES;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(fromCacheFirst(request));
  else if (address.pathname.startsWith("/picture/")) event.respondWith(picture(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

async function fromCacheFirst(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function picture(request) {
  try {
    return await fetch(request);
  } catch (error) {
    // Another width of the same picture will do.
    const token = new URL(request.url).pathname.split("/")[2];
    const saved = await caches.open(SAVED);
    const same = (await saved.keys()).find((one) => one.url.includes(`/picture/${token}/`));
    const kept = same && (await saved.match(same));
    if (kept) return kept;
    throw error;
  }
}

async function page(request) {
  const cache = await caches.open(PAGES);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) {
      await cache.put(request, answer.clone());
      const keys = await cache.keys();
      await Promise.all(keys.slice(0, Math.max(0, keys.length - PAGES_KEPT)).map((key) => cache.delete(key)));
    }
    return answer;
  } catch {
    const saved = await caches.open(SAVED);
    return (
      (await cache.match(request)) ??
      (await saved.match(new URL(request.url).pathname)) ??
      (await caches.match(self.OCTAVO.offline)) ??
      Response.error()
    );
  }
}
