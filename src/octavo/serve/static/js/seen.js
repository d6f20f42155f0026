// @ts-check
// When a story was looked at last, kept in this browser alone: "What is new" then tells what came since.

const KEY = "seen";
const MOST = 200;
const AGAIN_MS = 600_000;

const story = location.pathname.split("/")[3] ?? "";
const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.panel a[href$="/new"]'));
/** @type {[string, string][]} */
let seen = [];
try {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
  if (Array.isArray(kept)) seen = kept.filter((one) => Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === "string"));
} catch {
  // Closed to us, or something else: as if nothing had been looked at.
}
const last = seen.find(([id]) => id === story)?.[1];
if (last && link) link.search = new URLSearchParams({ since: last }).toString();
// Coming back within minutes is still the same look.
if (story && !(last && Date.now() - Date.parse(last) < AGAIN_MS)) {
  const rest = seen.filter(([id]) => id !== story).slice(0, MOST - 1);
  try {
    localStorage.setItem(KEY, JSON.stringify([[story, new Date().toISOString().slice(0, 19) + "Z"], ...rest]));
  } catch {
    // Nothing is kept then, and the last day is told.
  }
}
