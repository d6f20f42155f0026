// @ts-check
// "3 new articles": told by the server while a page is in sight, said without moving what is being read.
import { counted, sayHidden } from "./reader.js";
import { pageOf } from "./trusted.js";

const BEFORE_FIRST_MS = 4000;
const UNTIL_HELD_BACK_MS = 10_000;
const ASK_EVERY_MS = 60_000;
const LONGEST_MS = 600_000;

/** @typedef {{id: string, source: string, language: string, headline: string, hashtags: string[]}} Arrival */

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));
const pill = /** @type {HTMLAnchorElement | null} */ (box?.querySelector("a") ?? null);
const rows = document.querySelector(".page-latest .rows");
/** @type {Map<string, Arrival>} */
const fresh = new Map();
let since = box?.dataset.since ?? "0";
/** @type {EventSource | null} */
let stream = null;
let timer = 0;
let asks = false;
let failures = 0;

const jittered = (/** @type {number} */ ms) => ms * (0.75 + Math.random() / 2);
const wait = (/** @type {number} */ ms) => Math.min(LONGEST_MS, jittered(ms) * 2 ** Math.min(failures, 8));

/** @param {Element} within */
const onPage = (within) => new Set([...within.querySelectorAll("a[href*='/article/']")].map((one) => one.getAttribute("href")?.split("/")[3]));

const address = () => `/${document.body.dataset.edition}/live?list=${encodeURIComponent(box?.dataset.live ?? "")}&since=${since}`;

/** @param {{seq: number, new: Arrival[]}} told */
function take(told) {
  since = String(told.seq);
  const here = onPage(document.body);
  for (const one of told.new) {
    const reason = globalThis.octavo.why(one.source, one.hashtags, one.language, one.headline);
    if (!reason && !here.has(one.id)) fresh.set(one.id, one);
  }
  show();
}

function show() {
  if (!box || !pill) return;
  pill.hidden = !fresh.size;
  if (fresh.size) pill.textContent = counted(JSON.parse(box.dataset.forms ?? "{}"), fresh.size);
}

function close() {
  clearTimeout(timer);
  stream?.close();
  stream = null;
}

function listen() {
  close();
  if (document.hidden) return;
  if (asks || !("EventSource" in window)) {
    timer = setTimeout(ask, wait(ASK_EVERY_MS));
    return;
  }
  let ready = false;
  stream = new EventSource(address());
  timer = setTimeout(() => failed(), UNTIL_HELD_BACK_MS);
  stream.addEventListener("ready", () => {
    ready = true;
    failures = 0;
    clearTimeout(timer);
  });
  stream.addEventListener("message", (event) => take(JSON.parse(event.data)));
  stream.addEventListener("error", () => failed());
  const failed = () => {
    close();
    failures += 1;
    // Full, refused or held back on the way: from now on the page asks.
    asks = asks || !ready;
    timer = setTimeout(asks ? ask : listen, wait(asks ? ASK_EVERY_MS / 8 : 2000));
  };
}

async function ask() {
  try {
    const answer = await fetch(address(), { headers: { accept: "application/json" } });
    if (answer.ok) take(await answer.json());
    failures = answer.ok ? 0 : failures + 1;
  } catch {
    failures += 1;
  }
  if (!document.hidden) timer = setTimeout(ask, wait(ASK_EVERY_MS));
}

/** Puts the new cards above those there are; what is being read stays where it is. @param {Element} list @param {string} path */
async function load(list, path) {
  const answer = await fetch(path, { cache: "no-store" });
  const page = await pageOf(answer);
  const known = onPage(list);
  const cards = [...page.querySelectorAll(".rows > [data-card]")];
  const added = cards.filter((card) => [...onPage(card)].some((id) => !known.has(id)));
  // Its headline: a card that is no longer the first has a rule above it.
  const first = list.querySelector(".card-head");
  if (!answer.ok || !first || added.length === cards.length) return location.assign(path);
  const before = first.getBoundingClientRect().top;
  for (const card of added) card.classList.add("is-new");
  list.prepend(...added);
  globalThis.octavo.judge();
  sayHidden();
  if (before < 0) scrollBy({ top: first.getBoundingClientRect().top - before, behavior: "instant" });
  added[0]?.querySelector(".card-head a")?.focus({ preventScroll: before < 0 });
  fresh.clear();
  show();
}

if (box && pill) {
  pill.addEventListener("click", (event) => {
    if (!rows || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(rows, pill.pathname).catch(() => location.assign(pill.href));
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : listen()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && listen());
  timer = setTimeout(listen, jittered(BEFORE_FIRST_MS));
}
