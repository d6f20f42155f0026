// @ts-check
// The reader's settings: one JSON object in this browser, described in docs/reference/reader-settings.md.

const KEY = "settings";
export const VERSION = 1;
const CHOICES = /** @type {const} */ ({
  theme: ["", "light", "dark", "contrast"],
  text: ["", "1", "2", "4", "5"],
  density: ["", "compact"],
  motion: ["", "none"],
  ai: ["", "off"],
  headlines: ["", "translated"],
  pictures: ["", "saver", "none"],
});
const MOST = 200;
const LONGEST = 80;

/** @typedef {{version: number, edition: string, theme: string, text: string, density: string, motion: string, ai: string, headlines: string, pictures: string,
 *   languages: string[], muted: {sources: Record<string, string>, hashtags: Record<string, string>, words: string[]}}} Settings */

/** @param {unknown} value @returns {string} */
const short = (value) => (typeof value === "string" ? value.trim().slice(0, LONGEST) : "");

/** @param {unknown} value @returns {string[]} */
const list = (value) => (Array.isArray(value) ? [...new Set(value.map(short).filter(Boolean))].slice(0, MOST) : []);

/** @param {any} value @returns {Record<string, string>} */
function named(value) {
  const pairs = value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.map(([key, name]) => [short(key), short(name) || short(key)]).filter(([key]) => key).slice(0, MOST));
}

/** Takes what makes sense of anything; the rest is as if it were never set. @param {any} given @returns {Settings} */
export function clean(given) {
  const from = given && typeof given === "object" ? given : {};
  const chosen = Object.fromEntries(Object.entries(CHOICES).map(([name, all]) => [name, all.find((one) => one === from[name]) ?? ""]));
  const { theme, text, density, motion, ai, headlines, pictures } = chosen;
  const edition = /^[a-z]{2,3}(-[a-z0-9]{1,30}){1,6}$/.test(from.edition) ? from.edition : "";
  const languages = list(from.languages).filter((tag) => /^[a-z]{2,3}$/.test(tag));
  const muted = { sources: named(from.muted?.sources), hashtags: named(from.muted?.hashtags), words: list(from.muted?.words) };
  return { version: VERSION, edition, theme, text, density, motion, ai, headlines, pictures, languages, muted };
}

/** @returns {Settings} */
export function read() {
  try {
    return clean(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return clean({});
  }
}

/** Says whether it could be kept. @param {Settings} settings */
export function write(settings) {
  const root = document.documentElement;
  const shown = { ...settings, pictures: settings.pictures === "none" ? "none" : "" };
  for (const name of /** @type {const} */ (["theme", "text", "density", "motion", "headlines", "pictures"])) {
    if (shown[name]) root.dataset[name] = shown[name];
    else delete root.dataset[name];
  }
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
    dispatchEvent(new Event("settings-written"));
    return true;
  } catch {
    return false; // Holds for this page only.
  }
}

/** @param {Record<string, string>} forms @param {number} n */
export function counted(forms, n) {
  const locale = document.body.dataset.locale ?? "en";
  const text = forms[new Intl.PluralRules(locale).select(n)] ?? forms.other;
  return text.replace("{n}", new Intl.NumberFormat(locale).format(n));
}

/** Mute buttons, editions chosen, and the line that says how much is hidden. */
export function startReader() {
  for (const button of document.querySelectorAll("[data-mute]")) if (button instanceof HTMLElement) startMute(button);
  document.querySelector(".page-editions .editions")?.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link) write({ ...read(), edition: link.pathname.split("/")[1] });
  });
  sayHidden();
}

/** @param {HTMLElement} button */
function startMute(button) {
  const kind = button.dataset.mute === "hashtags" ? "hashtags" : "sources";
  const { key = "", name = key } = button.dataset;
  const show = () => button.setAttribute("aria-pressed", String(key in read().muted[kind]));
  button.addEventListener("click", () => {
    const settings = read();
    if (key in settings.muted[kind]) delete settings.muted[kind][key];
    else settings.muted[kind][key] = name;
    write(settings);
    show();
  });
  show();
}

export function sayHidden() {
  const line = /** @type {HTMLElement | null} */ (document.querySelector("[data-hidden-line]"));
  if (!line) return;
  const count = (/** @type {string} */ why) => document.querySelectorAll(`[data-card][data-hidden="${why}"]`).length;
  const said = [];
  for (const why of ["muted", "language"]) if (count(why)) said.push(counted(JSON.parse(line.dataset[why] ?? "{}"), count(why)));
  line.hidden = !said.length;
  const words = line.querySelector("span");
  if (words) words.textContent = said.join(" · ");
  line.querySelector("button")?.addEventListener("click", () => {
    document.documentElement.classList.add("shows-hidden");
    line.querySelector("button")?.remove();
  }, { once: true });
}
