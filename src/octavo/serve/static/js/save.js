// @ts-check
// Articles a reader keeps: a list in this browser, and the pages themselves in the service worker's cache.

const KEY = "saved";
const CACHE = "saved";

/** @typedef {{path: string, headline: string, source: string, language: string, at: string}} Saved */

/** @returns {Saved[]} */
export function savedArticles() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {Saved[]} list */
function keep(list) {
  localStorage.setItem(KEY, JSON.stringify(list));
}

/** @param {Saved} article */
export async function toggle(article) {
  const list = savedArticles();
  const known = list.some((one) => one.path === article.path);
  keep(known ? list.filter((one) => one.path !== article.path) : [article, ...list]);
  if (!("caches" in window)) return !known;
  const cache = await caches.open(CACHE);
  if (known) await cache.delete(article.path);
  else await cacheWithPictures(cache, article.path);
  return !known;
}

/** @param {Cache} cache @param {string} path */
async function cacheWithPictures(cache, path) {
  const answer = await fetch(path).catch(() => null);
  if (!answer?.ok) return;
  const text = await answer.clone().text();
  await cache.put(path, answer);
  const page = new DOMParser().parseFromString(text, "text/html");
  const pictures = [...page.querySelectorAll(".article img")].map((image) => image.getAttribute("src"));
  await Promise.all(pictures.map((src) => src && cache.add(src).catch(() => undefined)));
}

export function startSaving() {
  const article = /** @type {HTMLElement | null} */ (document.querySelector("[data-article]"));
  const button = document.querySelector("[data-save]");
  if (article && button) {
    const { article: path = "", headline = "", source = "" } = article.dataset;
    const language = article.querySelector("h1")?.lang || document.documentElement.lang;
    button.setAttribute("aria-pressed", String(savedArticles().some((one) => one.path === path)));
    button.addEventListener("click", async () => {
      const now = await toggle({ path, headline, source, language, at: new Date().toISOString() });
      button.setAttribute("aria-pressed", String(now));
    });
  }
  const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-saved]"));
  if (list) show(list);
}

/** @param {HTMLElement} list */
function show(list) {
  const articles = savedArticles();
  const empty = /** @type {HTMLElement | null} */ (document.querySelector("[data-saved-empty]"));
  if (empty) empty.hidden = articles.length > 0;
  list.replaceChildren(...articles.map((one) => card(one, list)));
}

/** @param {Saved} one @param {HTMLElement} list */
function card(one, list) {
  const box = document.createElement("article");
  box.className = "card";
  box.dataset.card = "";
  const head = document.createElement("h2");
  head.className = "card-head";
  head.lang = one.language;
  head.dir = "auto";
  const link = document.createElement("a");
  link.href = one.path;
  link.textContent = one.headline;
  head.append(link);
  const line = document.createElement("p");
  line.className = "card-meta";
  const source = document.createElement("span");
  source.className = "card-source";
  source.textContent = one.source;
  const remove = document.createElement("button");
  remove.className = "link";
  remove.type = "button";
  remove.textContent = list.dataset.remove ?? "";
  remove.addEventListener("click", () => toggle(one).then(() => show(list)));
  line.append(source, remove);
  box.append(head, line);
  return box;
}
