// @ts-check
// The one place where text becomes a page or a program (Trusted Types): what this site answered, and its service worker.

const WORKER = "/sw.js";

const rules = {
  createHTML: (/** @type {string} */ text) => text,
  createScriptURL: (/** @type {string} */ address) => {
    if (address !== WORKER) throw new TypeError(`no program of this site: ${address}`);
    return address;
  },
};
/** Browsers without Trusted Types are handed the texts themselves. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("octavo", rules) ?? rules;

/** Whether this site answered so, or its service worker did from what was kept. @param {Response} answer */
const isOwn = (answer) => ["basic", "default"].includes(answer.type) && (!answer.url || new URL(answer.url).origin === location.origin);

/** Reads an answer as a page. What is no page, or not of this site, is read as an empty one. @param {Response | null | undefined} answer
 * @returns {Promise<Document>} */
export async function pageOf(answer) {
  const isPage = answer && isOwn(answer) && answer.headers.get("content-type")?.startsWith("text/html");
  return new DOMParser().parseFromString(policy.createHTML(isPage ? await answer.text() : ""), "text/html");
}

/** @returns {Promise<ServiceWorkerRegistration> | undefined} */
export const startWorker = () => navigator.serviceWorker?.register(policy.createScriptURL(WORKER));
