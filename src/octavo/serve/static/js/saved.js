// @ts-check
// The page of saved articles: sorted, with what is really here, and to be taken along as a file.
import { element, row, time } from "./listing.js";
import { hear, save, waiting } from "./outbox.js";
import { counted } from "./reader.js";
import { savedArticles, toggle } from "./save.js";
import { ANY, tidy } from "./shelf.js";

/** @typedef {import("./save.js").Saved} Saved */

const page = /** @type {HTMLElement} */ (document.querySelector("[data-saved-page]"));
const list = /** @type {HTMLElement} */ (page.querySelector("[data-saved]"));
const locale = document.body.dataset.locale ?? "en";
const words = new Intl.Collator(locale);
/** @type {Record<string, (one: Saved, other: Saved) => number>} */
const ORDERS = {
  newest: (one, other) => other.at.localeCompare(one.at),
  oldest: (one, other) => one.at.localeCompare(other.at),
  headline: (one, other) => words.compare(one.headline, other.headline),
  source: (one, other) => words.compare(one.source, other.source) || other.at.localeCompare(one.at),
};

/** Which saved articles are on this device, which wait for the network. */
async function standing() {
  if (!("caches" in window)) return { here: new Set(), waits: new Set() };
  const cache = await caches.open("saved");
  const here = await Promise.all(savedArticles().map(async (one) => ((await cache.match(one.path, ANY)) ? one.path : "")));
  const waits = (await waiting()).filter((one) => one.kind === "save").map((one) => one.path);
  return { here: new Set(here), waits: new Set(waits) };
}

/** @param {Saved} one @param {string} state */
function card(one, state) {
  const remove = /** @type {HTMLButtonElement} */ (element("button", "link", list.dataset.remove ?? ""));
  remove.type = "button";
  remove.setAttribute("aria-label", `${list.dataset.remove}: ${one.headline}`);
  remove.addEventListener("click", async () => {
    const cards = [...list.children];
    const at = cards.indexOf(remove.closest("article") ?? cards[0]);
    await toggle(one);
    await show();
    const next = /** @type {HTMLElement | null} */ (list.children[Math.min(at, list.children.length - 1)]?.querySelector("a") ?? page.querySelector("h1"));
    next?.focus();
  });
  const mark = element("span", `kept-mark kept-${state}`, list.dataset[state] ?? "");
  return row(one, [element("bdi", "card-source", one.source), time(one.at), ...(list.dataset[state] ? [mark] : []), remove], 2);
}

async function show() {
  const articles = savedArticles();
  const { here, waits } = await standing();
  const order = /** @type {HTMLSelectElement | null} */ (page.querySelector("[data-order]"))?.value ?? "newest";
  const state = (/** @type {Saved} */ one) => (here.has(one.path) ? "here" : waits.has(one.path) ? "waits" : "gone");
  list.replaceChildren(...[...articles].sort(ORDERS[order]).map((one) => card(one, state(one))));
  for (const part of page.querySelectorAll("[data-some]")) if (part instanceof HTMLElement) part.hidden = !articles.length;
  for (const part of page.querySelectorAll("[data-saved-empty]")) if (part instanceof HTMLElement) part.hidden = articles.length > 0;
  // After what it stands below, so that nothing moves.
  page.querySelector("[data-more]")?.removeAttribute("hidden");
  const count = /** @type {HTMLElement | null} */ (page.querySelector("[data-count]"));
  if (count) count.textContent = counted(JSON.parse(count.dataset.forms ?? "{}"), articles.length);
  await sayUse();
}

/** How much room all that is kept here takes: the browser's own estimate. */
async function sayUse() {
  const place = /** @type {HTMLElement | null} */ (page.querySelector("[data-use]"));
  const { usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (!place || !usage) return;
  const size = new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }).format(usage / 1_000_000);
  place.textContent = (place.dataset.use ?? "").replace("{size}", size);
}

/** What is on the list and neither here nor waiting is asked for again; what is here and no longer on the list goes. */
async function repair() {
  if (!("caches" in window)) return;
  const { here, waits } = await standing();
  const articles = savedArticles();
  await tidy("saved", articles.map((one) => one.path));
  for (const one of articles) if (!here.has(one.path) && !waits.has(one.path)) await save(one.path).catch(sayFull);
}

function sayFull() {
  const told = /** @type {HTMLElement | null} */ (page.querySelector("[data-full]"));
  if (told) told.hidden = false;
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** As browsers read and write bookmarks. @param {Saved[]} all */
function bookmarks(all) {
  const lines = all.map((one) => {
    const at = Math.floor(Date.parse(one.at) / 1000) || 0;
    return `<DT><A HREF="${escaped(new URL(one.path, location.origin).href)}" ADD_DATE="${at}">${escaped(one.headline)}</A>`;
  });
  return `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n<TITLE>Octavo</TITLE>\n<DL><p>\n${lines.join("\n")}\n</DL><p>\n`;
}

/** @param {string} name @param {string} type @param {string} text */
function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

page.querySelector("[data-order]")?.addEventListener("change", show);
page.querySelector("[data-as-bookmarks]")?.addEventListener("click", () => download("octavo-saved.html", "text/html", bookmarks(savedArticles())));
page.querySelector("[data-as-json]")?.addEventListener("click", () => {
  const all = savedArticles().map((one) => ({ ...one, url: new URL(one.path, location.origin).href }));
  download("octavo-saved.json", "application/json", JSON.stringify(all, null, 2));
});
hear(({ outcome }) => {
  if (outcome === "full") sayFull();
  show();
});
show().then(repair).then(show);
