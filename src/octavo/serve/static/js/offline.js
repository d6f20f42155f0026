// @ts-check
// The page met without a network: lists what can be read all the same, by headline.
import { element, row, time } from "./listing.js";
import { drop, hear, waiting } from "./outbox.js";
import { ANY, keptAt, SHELVES } from "./shelf.js";
import { pageOf } from "./trusted.js";

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-shell]"));
const SHOWN = 40;

/** @typedef {{path: string, headline: string, language: string, source: string, at: string, kind: string, shelf: string}} Page */

/** @param {string} shelf @returns {Promise<Page[]>} */
async function pagesOn(shelf) {
  const cache = await caches.open(shelf);
  const found = await Promise.all((await cache.keys()).map(async (key) => read(await cache.match(key, ANY), new URL(key.url), shelf)));
  return found.filter((one) => one !== null);
}

/** @param {Response | undefined} answer @param {URL} address @param {string} shelf @returns {Promise<Page | null>} */
async function read(answer, address, shelf) {
  if (!answer) return null;
  const page = await pageOf(answer);
  const head = page.querySelector("main h1");
  const kind = page.body.className.replace("page-", "");
  if (!head || /^(offline|saved|settings|search|share|editions|error|notifications)$/.test(kind)) return null;
  return {
    path: address.pathname + address.search,
    headline: (kind === "front" ? page.querySelector(".tool-edition")?.lastChild?.textContent : head.textContent)?.trim() || address.pathname,
    language: head.getAttribute("lang") ?? page.documentElement.lang,
    source: page.querySelector(".article .kicker bdi")?.textContent ?? "",
    at: keptAt(answer),
    kind,
    shelf,
  };
}

/** Each page once, from the shelf that says most of it, the newest first. @param {Page[]} all */
function sorted(all) {
  const once = new Map();
  for (const one of all) if (!once.has(one.path)) once.set(one.path, one);
  return [...once.values()].sort((one, other) => other.at.localeCompare(one.at));
}

async function show(/** @type {HTMLElement} */ within) {
  const pages = sorted((await Promise.all(SHELVES.map(pagesOn))).flat());
  const groups = {
    fronts: pages.filter((one) => one.kind === "front"),
    edition: pages.filter((one) => one.shelf === "edition" && one.kind === "article"),
    saved: pages.filter((one) => one.shelf === "saved"),
    read: pages.filter((one) => one.shelf === "pages" && one.kind !== "front").slice(0, SHOWN),
  };
  for (const [name, list] of Object.entries(groups)) {
    const section = /** @type {HTMLElement | null} */ (within.querySelector(`[data-group=${name}]`));
    if (!section) continue;
    section.hidden = !list.length;
    const rows = list.map((one) => row(one, [...(one.source ? [element("bdi", "card-source", one.source)] : []), time(one.at)], 3));
    section.querySelector(".rows")?.replaceChildren(...rows);
  }
  const last = /** @type {HTMLElement | null} */ (within.querySelector("[data-last]"));
  if (last && pages.length) {
    last.hidden = false;
    last.querySelector("span")?.replaceChildren(time(pages[0].at));
  }
  const none = /** @type {HTMLElement | null} */ (within.querySelector("[data-none]"));
  if (none) none.hidden = pages.length > 0;
}

/** What the reader wrote and this site does not have yet. */
async function showWaiting(/** @type {HTMLElement} */ within) {
  const section = /** @type {HTMLElement | null} */ (within.querySelector("[data-waiting]"));
  const orders = (await waiting()).filter((one) => one.kind === "send");
  if (!section) return;
  section.hidden = !orders.length;
  const lines = orders.map((one) => {
    const discard = /** @type {HTMLButtonElement} */ (element("button", "link", section.dataset.discard ?? ""));
    discard.type = "button";
    discard.setAttribute("aria-label", `${section.dataset.discard}: ${one.label}`);
    discard.addEventListener("click", () => drop(one).then(() => showWaiting(within)));
    const state = element("span", "kept-mark", (one.refused ? section.dataset.refused : section.dataset.waits) ?? "");
    return element("li", "card-meta", element("bdi", "kept-label", one.label), state, time(one.at), discard);
  });
  section.querySelector("ul")?.replaceChildren(...lines);
}

if (box) {
  hear(() => showWaiting(box));
  const away = document.documentElement.dataset.kept !== undefined;
  box.querySelector("[data-again]")?.addEventListener("click", () => location.reload());
  // Nothing here can be lost: what was asked for is loaded as soon as it can be.
  if (away) addEventListener("online", () => fetch("/healthz", { cache: "no-store" }).then(() => location.reload(), () => undefined));
  // What waits stands first: nothing that is shown moves.
  const first = showWaiting(box).catch(() => undefined);
  if ("caches" in window) first.then(() => show(box));
}
