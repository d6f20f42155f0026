// @ts-check
// The service worker: pages from the network first, so that none is stale; what is kept where there is none.
// Served with shelf.js and outbox.js before it, and told in self.OCTAVO which files make up this version.
const { version, offline, precache } = self.OCTAVO;
const FILES = `files-${version}`;
const OLD_FILES = 3;
const EDITION_BYTES = 6_000_000;
const PAGES_KEPT = 60;
const PICTURES_KEPT = 48;
const ARTICLES_KEPT = 8;
const PATIENT_MS = 5000;
const FRESH_MS = 15 * 60_000;
const GATEWAY = [502, 503, 504];
const FRONT = /^\/[a-z]+(-[a-z0-9]+)+$/;
/** Filled in by the browser: as good without a network as with one. */
const SHELLS = ["offline", "saved", "settings"];
const isShell = (path) => SHELLS.some((name) => path.endsWith(`/${name}`));
const frontOf = (path) => `/${path.split(/[/?]/)[1]}`;
const pathOf = (request) => new URL(request.url).pathname + new URL(request.url).search;

self.addEventListener("install", (event) => event.waitUntil(install().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(heard(event.data ?? {})));
self.addEventListener("sync", (event) => {
  if (event.tag === NAME) event.waitUntil(flush().then((left) => (left ? Promise.reject(new Error("not all is done")) : left)));
});

async function install() {
  const cache = await caches.open(FILES);
  await cache.addAll([...precache, offline]);
  for (const edition of await knownEditions()) await keepShells(edition).catch(() => undefined);
}

/** Editions read on this device, by the pages kept for each. */
async function knownEditions() {
  const names = (await caches.keys()).filter((name) => name.startsWith("files-"));
  const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return new Set(keys.flat().map((key) => pathOf(key).match(/^(\/[^/]+)\/offline$/)?.[1] ?? "").filter(Boolean));
}

async function keepShells(front) {
  if (!FRONT.test(front)) return;
  const cache = await caches.open(FILES);
  const missing = [];
  for (const name of SHELLS) if (!(await cache.match(`${front}/${name}`, ANY))) missing.push(`${front}/${name}`);
  await cache.addAll(missing.map((path) => new Request(path, { cache: "no-cache", credentials: "omit" })));
}

async function activate() {
  await clean();
  await self.registration.navigationPreload?.enable();
  // Pages open before there was a worker: what they show is kept as if it had answered them.
  const before = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await self.clients.claim();
  for (const one of before) one.postMessage({ version, files: precache });
  if ((await (await caches.open("pages")).keys()).length) return;
  for (const path of before.map(pathOf)) {
    await keepShells(frontOf(path)).catch(() => undefined);
    await keepPage("pages", path, { bytes: 0 }).catch(() => undefined);
  }
}

/** Files of older versions stay while a page is open or kept that was written for them. */
async function clean() {
  const old = (await caches.keys()).filter((name) => name.startsWith("files-") && name !== FILES);
  const texts = (await Promise.all(SHELVES.map(textsOn))).flat();
  for (const [at, name] of old.entries()) {
    const keys = await (await caches.open(name)).keys();
    const app = keys.map(pathOf).find((path) => path.startsWith("/static/js/app."));
    const last = at === old.length - 1;
    const needed = last || (at >= old.length - OLD_FILES && app && texts.some((text) => text.includes(app)));
    if (!needed) await caches.delete(name);
  }
}

async function textsOn(shelf) {
  const answers = await (await caches.open(shelf)).matchAll();
  return Promise.all(answers.filter((one) => one.headers.get("content-type")?.startsWith("text/html")).map((one) => one.text()));
}

/** Front pages say what makes up the edition they show. */
async function heard({ edition }) {
  if (edition) await keepEdition(edition).catch(() => undefined);
}

/** Keep a front page with the Eight and their pictures; what was kept stands until all of it is there. */
async function keepEdition({ front, articles, pictures }) {
  const cache = await caches.open("edition");
  const pages = [front, ...articles.slice(0, ARTICLES_KEPT)];
  const room = { bytes: EDITION_BYTES };
  for (const path of pages) {
    const age = Date.now() - Date.parse(keptAt(await cache.match(path, ANY)));
    if (age < FRESH_MS) continue;
    const outcome = await keepPage("edition", path, room);
    if (["away", "later", "full"].includes(outcome)) return;
  }
  const shown = pictures.slice(0, PICTURES_KEPT);
  if ((await keepPictures("edition", shown, room)) === "done") await tidy("edition", [...pages, ...shown]);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (pathname.startsWith("/picture/")) event.respondWith(picture(request));
  else if (request.mode === "navigate") event.respondWith(page(event));
});

async function file(request) {
  const kept = await caches.match(request, ANY);
  if (kept) return kept;
  const answer = await fetch(request).catch(() => Response.error());
  if (answer.ok) return answer;
  // A page kept longer than the files it was written for: the present file of the same name.
  const [stem, , ending] = new URL(request.url).pathname.split(".");
  const same = precache.find((path) => path.startsWith(`${stem}.`) && path.endsWith(`.${ending}`));
  return (same && (await caches.match(same, ANY))) || answer;
}

async function picture(request) {
  try {
    return await fetch(request);
  } catch (error) {
    // Another width of the same picture will do.
    const token = new URL(request.url).pathname.split("/")[2];
    for (const shelf of SHELVES) {
      const cache = await caches.open(shelf);
      const same = (await cache.keys()).find((one) => one.url.includes(`/picture/${token}/`));
      const kept = same && (await cache.match(same, ANY));
      if (kept) return kept;
    }
    throw error;
  }
}

async function page(event) {
  const path = pathOf(event.request);
  const asked = ask(event, path);
  asked.catch(() => undefined);
  const kept = await newest(path);
  try {
    const slow = new Promise((resolve) => setTimeout(resolve, PATIENT_MS));
    const answer = await (kept ? Promise.race([asked, slow]) : asked);
    if (answer && !(kept && GATEWAY.includes(answer.status))) return answer;
  } catch {
    // No network, or nobody there.
  }
  return kept ? marked(kept, path) : instead(path);
}

async function ask(event, path) {
  const answer = (await Promise.resolve(event.preloadResponse).catch(() => undefined)) ?? (await fetch(event.request));
  const page = answer.headers.get("content-type")?.startsWith("text/html");
  if (page && answer.ok && !answer.redirected) {
    const caching = answer.headers.get("cache-control") ?? "";
    if (!/no-store|private/.test(caching)) event.waitUntil(remember(path, answer.clone()));
    else if (!caching.includes("no-store")) event.waitUntil(rememberAnybodys(path));
  }
  return answer;
}

/** Of a page made for who is signed in, keep what everybody sees; what only they see is not kept. */
async function rememberAnybodys(path) {
  const answer = await fetch(path, { credentials: "omit", headers: { accept: "text/html" } }).catch(() => null);
  const caching = answer?.headers.get("cache-control") ?? "no-store";
  if (answer?.ok && !answer.redirected && !/no-store|private/.test(caching)) await remember(path, answer);
}

async function remember(path, answer) {
  try {
    await shelve("pages", path, await stamped(answer));
    const cache = await caches.open("pages");
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - PAGES_KEPT)).map((key) => cache.delete(key)));
    await keepShells(frontOf(path));
  } catch {
    // The network went away meanwhile, or the device keeps nothing: the page was shown all the same.
  }
}

async function newest(path) {
  const copies = await Promise.all([...SHELVES, FILES].map(async (shelf) => (await caches.open(shelf)).match(path, ANY)));
  return copies.filter(Boolean).sort((one, other) => keptAt(other).localeCompare(keptAt(one)))[0];
}

/** The page as it was kept, told so that it can say it. */
async function marked(kept, path) {
  const at = isShell(path) ? "" : keptAt(kept);
  const html = (await kept.text()).replace("<html ", `<html data-kept="${at}" `);
  return new Response(html, { headers: kept.headers });
}

/** At the front door the last front page read; elsewhere the page that lists what is here, in the edition's language. */
async function instead(path) {
  const fronts = (await (await caches.open("pages")).keys()).map(pathOf).filter((one) => FRONT.test(one));
  const last = fronts.at(-1);
  if (path === "/" && last) return Response.redirect(last);
  for (const front of [frontOf(path), last]) {
    const list = front && (await caches.match(`${front}/offline`, ANY));
    if (list) return marked(list, "/offline");
  }
  const list = await caches.match(offline, ANY);
  return list ? marked(list, "/offline") : Response.error();
}
