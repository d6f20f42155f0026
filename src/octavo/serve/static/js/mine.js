// @ts-check
// For readers who are signed in: buttons act in place, without a network too; this browser holds a copy of what the account keeps.
import { hear, save, send, waiting } from "./outbox.js";
import { clean, counted, read, write } from "./reader.js";
import { articleAt, savedArticles, setSaved, toggle } from "./save.js";
import { ANY } from "./shelf.js";
import { tell } from "./tell.js";

const KEY = "mine";
const AGAIN_MS = 300_000;
const READ_MS = 4_000;
const SETTLED_MS = 400;
const OFFLINE = 50;
const me = document.body.dataset.me ?? "";
const edition = document.body.dataset.edition ?? "";
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form#keep"));

/** `paths` are the saved articles this browser has from the account. @typedef {{me: string, at: number, paths: string[], asked: boolean}} State */
/** @typedef {{set: boolean, settings: any, saved: import("./save.js").Saved[]}} Copy */

/** @returns {State} */
function state() {
  const fresh = { me, at: 0, paths: [], asked: false };
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return kept.me === me ? { ...fresh, ...kept } : fresh;
  } catch {
    return fresh;
  }
}

/** @param {State} now */
const keep = (now) => localStorage.setItem(KEY, JSON.stringify(now));

const mine = new Set();
// What cannot be done after all: the page as the server has it.
hear(({ key, outcome }) => mine.delete(key) && outcome === "refused" && location.reload());

/** @param {SubmitEvent} event */
async function sent(event) {
  const from = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement} */ (event.submitter);
  const fields = new FormData(from, button);
  const body = new URLSearchParams([...fields].map(([name, value]) => [name, String(value)])).toString();
  press(from, button);
  try {
    const label = `${button.textContent?.trim()} ${from.dataset.keep ?? ""}`.trim();
    const { key } = await send({ path: new URL(from.action).pathname, body, type: "application/x-www-form-urlencoded", label });
    mine.add(key);
  } catch {
    // Nothing can be kept in this browser: as without scripts.
    await fetch(from.action, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" } });
    location.reload();
  }
}

/** Show at once what the button will have done. @param {HTMLFormElement} from @param {HTMLButtonElement} button */
function press(from, button) {
  if (from !== form) {
    const on = button.value !== "leave";
    for (const one of from.querySelectorAll("button[data-act]")) {
      if (!(one instanceof HTMLButtonElement)) continue;
      const pressed = on && one === button;
      one.setAttribute("aria-pressed", String(pressed));
      one.value = pressed ? "leave" : (one.dataset.act ?? "");
    }
    return;
  }
  const [act, number] = button.value.split(":");
  const article = articleAt(button);
  for (const one of document.querySelectorAll(`button[form=keep][value$=":${number}"]`)) {
    one.setAttribute("aria-pressed", String(act === "save"));
    if (one instanceof HTMLButtonElement) one.value = `${act === "save" ? "unsave" : "save"}:${number}`;
  }
  if (article && savedArticles().some((one) => one.path === article.path) !== (act === "save")) toggle(article);
  const now = state();
  if (article) keep({ ...now, paths: act === "save" ? [article.path, ...now.paths] : now.paths.filter((path) => path !== article.path) });
}

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (!(target instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return;
  if (/\/(sign-out|account\/leave)$/.test(target.action)) return forget();
  if (target.dataset.keep === undefined) return;
  event.preventDefault();
  sent(event);
});

/** Signing out leaves nothing of the account in this browser. */
function forget() {
  const { paths } = state();
  setSaved(savedArticles().filter((one) => !paths.includes(one.path)));
  const { muted, ...rest } = read();
  localStorage.setItem("settings", JSON.stringify(clean(rest)));
  localStorage.removeItem(KEY);
  globalThis.caches?.open("saved").then((cache) => paths.map((path) => cache.delete(path)));
}

let applying = false;
let settling = 0;

/** Take over what the account keeps. @param {Copy} copy @param {boolean} settings whether its settings hold here, too */
async function apply(copy, settings) {
  const old = state();
  const theirs = new Set(copy.saved.map((one) => one.path));
  const own = savedArticles().filter((one) => !theirs.has(one.path) && !old.paths.includes(one.path));
  setSaved([...own, ...copy.saved].sort((one, other) => other.at.localeCompare(one.at)));
  keep({ ...old, at: Date.now(), paths: [...theirs] });
  const orders = await waiting();
  if (settings && !orders.some((one) => one.path.endsWith("/keep/settings"))) {
    applying = true;
    write(clean(copy.set ? copy.settings : { ...read(), muted: copy.settings.muted }));
    applying = false;
  }
  if (!("caches" in window)) return;
  const shelf = await caches.open("saved");
  const asked = new Set(orders.filter((one) => one.kind === "save").map((one) => one.path));
  for (const { path } of copy.saved.slice(0, OFFLINE)) if (!asked.has(path) && !(await shelf.match(path, ANY))) await save(path).catch(() => undefined);
}

/** What this browser kept that the account does not have. @param {Copy} copy */
function strays(copy) {
  const theirs = new Set(copy.saved.map((one) => one.path));
  const saved = savedArticles().filter((one) => !theirs.has(one.path)).map((one) => one.path);
  const { muted } = read();
  const known = copy.settings.muted;
  const names = [...Object.keys(muted.sources).filter((one) => !(one in known.sources)), ...Object.keys(muted.hashtags).filter((one) => !(one in known.hashtags))];
  const words = muted.words.filter((one) => !known.words.includes(one.toLowerCase()));
  let followed = [];
  try {
    followed = JSON.parse(localStorage.getItem("push") ?? "{}").follows ?? [];
  } catch {
    // Nothing that can be read is followed.
  }
  return { saved, followed, n: saved.length + names.length + words.length + followed.length };
}

/** Offer, once, to keep in the account what was kept here before. @param {Copy} copy */
function offer(copy) {
  const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-offer]"));
  const { saved, followed, n } = strays(copy);
  if (!box || !n) return false;
  const words = /** @type {HTMLElement} */ (box.querySelector("span"));
  const yes = /** @type {HTMLButtonElement} */ (box.querySelector("[data-yes]"));
  words.textContent = counted(JSON.parse(box.dataset.said ?? "{}"), n);
  yes.textContent = counted(JSON.parse(box.dataset.forms ?? "{}"), n);
  box.hidden = false;
  const done = () => {
    box.hidden = true;
    keep({ ...state(), asked: true });
  };
  box.querySelector("[data-no]")?.addEventListener("click", done, { once: true });
  yes.addEventListener("click", async () => {
    done();
    const given = { saved: JSON.stringify(saved), settings: JSON.stringify(read()), follows: JSON.stringify(followed) };
    const { done: tried } = await tell("bring", given, yes.textContent ?? "");
    await tried;
    await take();
  }, { once: true });
  return true;
}

/** Ask for what the account keeps. */
async function take() {
  const answer = await fetch(`/${edition}/keep/taken.json`, { headers: { accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const copy = /** @type {Copy} */ (await answer.json());
  const waits = !state().asked && offer(copy);
  if (!waits) keep({ ...state(), asked: true });
  await apply(copy, !waits);
}

addEventListener("settings-written", () => {
  if (applying) return;
  clearTimeout(settling);
  settling = setTimeout(() => tell("settings", { settings: JSON.stringify(read()) }, document.querySelector("h1")?.textContent?.trim() ?? ""), SETTLED_MS);
});

/** An article that stayed open for a moment was read, for those who want that remembered. */
function remember() {
  const article = /** @type {HTMLElement | null} */ (document.querySelector("[data-remember]"));
  if (!article) return;
  setTimeout(() => document.visibilityState === "visible" && tell("read", { article: article.dataset.mark ?? "" }, ""), READ_MS);
}

/** On the page of saved articles: which of them are on this device. */
async function sayHere() {
  const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-own-saved]"));
  if (!page || !("caches" in window)) return;
  const shelf = await caches.open("saved");
  const asked = new Set((await waiting()).map((one) => one.path));
  for (const card of page.querySelectorAll("[data-path]")) {
    const path = card instanceof HTMLElement ? (card.dataset.path ?? "") : "";
    const mark = card.querySelector(".kept-mark");
    const here = await shelf.match(path, ANY);
    const said = here ? page.dataset.here : asked.has(path) && !navigator.onLine ? page.dataset.waits : "";
    if (!(mark instanceof HTMLElement) || !said) continue;
    mark.textContent = said;
    mark.hidden = false;
    mark.classList.toggle("kept-here", Boolean(here));
  }
}

if (document.documentElement.dataset.kept === undefined) {
  remember();
  const due = Date.now() - state().at > AGAIN_MS || !state().asked || document.querySelector("[data-own-saved]");
  (due ? take().catch(() => undefined) : Promise.resolve()).then(sayHere);
}
if (document.querySelector(".article[data-mark] .body")) import("./highlight.js");
