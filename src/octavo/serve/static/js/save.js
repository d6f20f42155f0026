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

/** Save an article, or no longer: registered at once; says whether it is saved now. @param {Saved} article */
export async function toggle(article) {
  const list = savedArticles();
  const known = list.some((one) => one.path === article.path);
  localStorage.setItem(KEY, JSON.stringify(known ? list.filter((one) => one.path !== article.path) : [article, ...list]));
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

export function startSaving() {
  const article = /** @type {HTMLElement | null} */ (document.querySelector("[data-article]"));
  const button = document.querySelector("[data-save]");
  if (!article || !button) return;
  const { article: path = "", headline = "", source = "" } = article.dataset;
  const language = article.querySelector("h1")?.lang || document.documentElement.lang;
  const show = (/** @type {boolean} */ on) => button.setAttribute("aria-pressed", String(on));
  show(savedArticles().some((one) => one.path === path));
  button.addEventListener("click", async () => show(await toggle({ path, headline, source, language, at: new Date().toISOString() })));
}
