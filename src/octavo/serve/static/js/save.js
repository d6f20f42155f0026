// @ts-check
// Articles a reader keeps: a list in this browser; the pages themselves are fetched through the outbox.

const KEY = "saved";
const SOON_MS = 1500;

/** @typedef {{path: string, headline: string, source: string, language: string, at: string}} Saved */

/** @returns {Saved[]} */
export function savedArticles() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.path === "string" && one.path.startsWith("/")) : [];
  } catch {
    return [];
  }
}

/** Keep this list in place of the one there is. @param {Saved[]} list */
export const setSaved = (list) => localStorage.setItem(KEY, JSON.stringify(list));

/** Save an article, or no longer: registered at once; says whether it is saved now. @param {Saved} article */
export async function toggle(article) {
  const list = savedArticles();
  const known = list.some((one) => one.path === article.path);
  setSaved(known ? list.filter((one) => one.path !== article.path) : [article, ...list]);
  if (!("caches" in window)) return !known;
  try {
    const { save, withdraw } = await import("./outbox.js");
    if (known) {
      await withdraw(article.path);
      await caches.open("saved").then((cache) => cache.delete(article.path));
    } else {
      const { done } = await save(article.path);
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, navigator.onLine ? SOON_MS : 0))]);
    }
  } catch {
    // It stays on the list; the page of saved articles tries again to have it here.
  }
  return !known;
}

/** The article that a button, or a card, is about. @param {Element} one @returns {Saved | null} */
export function articleAt(one) {
  const at = new Date().toISOString();
  const card = one.closest("[data-card]");
  const link = card?.querySelector(".card-head a");
  if (link instanceof HTMLAnchorElement) {
    const source = card?.querySelector(".card-source")?.textContent ?? "";
    const language = link.closest("[lang]")?.getAttribute("lang") ?? "";
    const headline = (link.querySelector(".as-written") ?? link).textContent?.trim() ?? "";
    return { path: link.pathname, headline, source, language, at };
  }
  const article = /** @type {HTMLElement | null} */ (document.querySelector("[data-article]"));
  if (!article) return null;
  const { article: path = "", headline = "", source = "" } = article.dataset;
  return { path, headline, source, language: article.querySelector("h1")?.lang || document.documentElement.lang, at };
}

/** Buttons of who is not signed in; those of an account belong to a form, and to mine.js. */
export function startSaving() {
  const buttons = "[data-save]:not([form]), [data-keep-card]:not([form])";
  const saved = new Set(savedArticles().map((one) => one.path));
  const show = (/** @type {Element} */ button, /** @type {boolean} */ on) => button.setAttribute("aria-pressed", String(on));
  for (const button of document.querySelectorAll(buttons)) show(button, saved.has(articleAt(button)?.path ?? ""));
  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest(buttons) : null;
    const article = button && articleAt(button);
    if (button && article) show(button, await toggle(article));
  });
}
