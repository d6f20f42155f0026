// @ts-check
// Rows of articles that are written by the browser: saved ones, those kept for times without a network.
import { since } from "./times.js";

/** @param {string} name @param {string} className @param {(string | Node)[]} content */
export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** @param {{path: string, headline: string, language: string}} one @param {Node[]} meta @param {2 | 3} level of its heading */
export function row(one, meta, level) {
  const link = /** @type {HTMLAnchorElement} */ (element("a", "", one.headline));
  link.href = one.path;
  const head = element(`h${level}`, "card-head", link);
  head.lang = one.language;
  head.dir = "auto";
  const made = element("article", "card", head, element("p", "card-meta", ...meta));
  made.dataset.card = "";
  return made;
}

/** Say how long ago a moment was; the day, once that is a week or more. @param {string} iso */
export function ago(iso) {
  const locale = document.body.dataset.locale ?? "en";
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return "";
  if (Date.now() - at >= 7 * 86_400_000) return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(at);
  return since(at) || new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
}

/** @param {string} moment ISO 8601 */
export function time(moment) {
  const made = /** @type {HTMLTimeElement} */ (element("time", "", ago(moment)));
  made.dateTime = moment;
  made.dataset.time = "ago";
  return made;
}
