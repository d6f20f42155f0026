// @ts-check
// What is kept on this device for times without a network: pages and their pictures. Part of the service worker too.

/** `pages` were read, `edition` is the last front page with its Eight, `saved` is what the reader chose. */
export const SHELVES = /** @type {const} */ (["saved", "edition", "pages"]);
const KEPT_AT = "x-kept-at";
/** Pages answer everybody alike: what they vary by is nothing that a device changes. */
export const ANY = { ignoreVary: true };
const BUSY = [408, 425, 429];
const MOST_PICTURES = 40;
/** As Chromium asks for what a page shows, so that the browser's own copy answers. */
const SHOWABLE = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

/** What became of an attempt: `away` there is no network, `later` the server asks for patience, `refused` for good,
 * `full` the device has no room, though pages that were only read made way.
 * @typedef {"done" | "away" | "later" | "refused" | "full"} Outcome */

/** @param {number} status @returns {Outcome} */
export const outcomeOf = (status) => (status < 400 ? "done" : status >= 500 || BUSY.includes(status) ? "later" : "refused");

/** Copy an answer with the moment it is kept; never as a redirect, which browsers refuse for pages. @param {Response} answer */
export async function stamped(answer) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, new Date().toISOString());
  return new Response(await answer.blob(), { headers });
}

/** When an answer was kept; "" for one that was not. @param {Response | undefined} answer */
export const keptAt = (answer) => answer?.headers.get(KEPT_AT) ?? "";

/** Put an answer on a shelf. Where the device is full, pages that were only read make room; false if that is not enough.
 * @param {string} shelf @param {string} path @param {Response} answer */
export async function shelve(shelf, path, answer) {
  const again = answer.clone();
  for (const copy of [answer, again]) {
    try {
      await (await caches.open(shelf)).put(path, copy);
      return true;
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "QuotaExceededError")) throw error;
      if (copy === answer) await caches.delete("pages");
    }
  }
  return false;
}

/** Pictures of the article on a page, in the width for browsers that choose none. @param {string} html @returns {string[]} */
export function picturesIn(html) {
  const from = html.indexOf("data-article=");
  const article = from < 0 ? "" : html.slice(from, html.indexOf("</article>", from));
  return [...article.matchAll(/<img[^>]* src="(\/picture\/[^"]+)"/g)].map((found) => found[1]);
}

/** Keep pictures until `room.bytes` are used up. @param {string} shelf @param {string[]} pictures @param {{bytes: number}} room
 * @returns {Promise<Outcome>} */
export async function keepPictures(shelf, pictures, room) {
  const cache = await caches.open(shelf);
  for (const picture of pictures) {
    if (room.bytes <= 0) break;
    if (await cache.match(picture, ANY)) continue;
    try {
      const answer = await fetch(picture, { headers: { accept: SHOWABLE } });
      if (!answer.ok) continue;
      const body = await answer.blob();
      room.bytes -= body.size;
      if (!(await shelve(shelf, picture, new Response(body, { headers: answer.headers })))) return "full";
    } catch {
      return "away";
    }
  }
  return "done";
}

/** Fetch a page and put it on a shelf with its article's pictures. @param {string} shelf @param {string} path @param {{bytes: number}} [room]
 * @returns {Promise<Outcome>} */
export async function keepPage(shelf, path, room = { bytes: Infinity }) {
  let page, html;
  try {
    // As everybody sees it: what is kept on a device says nothing of who is signed in.
    const answer = await fetch(path, { credentials: "omit", headers: { accept: "text/html" } });
    if (!answer.ok) return outcomeOf(answer.status);
    page = await stamped(answer);
    html = await page.clone().text();
  } catch {
    return "away";
  }
  if (!(await shelve(shelf, path, page))) return "full";
  return keepPictures(shelf, picturesIn(html).slice(0, MOST_PICTURES), room);
}

/** Take away all but these pages and pictures, and the pictures of these pages. @param {string} shelf @param {string[]} wanted */
export async function tidy(shelf, wanted) {
  const cache = await caches.open(shelf);
  const pages = await Promise.all(wanted.map((path) => cache.match(path, ANY)));
  const texts = await Promise.all(pages.map((page) => (page?.headers.get("content-type")?.startsWith("text/html") ? page.text() : "")));
  const stays = new Set([...wanted, ...texts.flatMap(picturesIn)].map((path) => new URL(path, location.origin).href));
  await Promise.all((await cache.keys()).filter((key) => !stays.has(key.url)).map((key) => cache.delete(key)));
}
