// @ts-check
// AI features open below their button: the feature's own page is asked for, and its answer shown in place.
import { pageOf } from "./trusted.js";

const FAR = 60;
/** @type {AbortController | null} */
let asking = null;
/** @type {EventSource | null} */
let stream = null;

/** @param {string} name */
const text = (name) => document.querySelector("[data-ai][data-css]")?.getAttribute(`data-${name}`) ?? "";

function style() {
  const href = text("css");
  if (!href || document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

/** Where a panel's answers stand. @param {Element} from @returns {HTMLElement} */
function room(from) {
  const open = from.closest("[data-told]");
  if (open instanceof HTMLElement) return open;
  const panel = from.closest(".panel") ?? from;
  const host = panel instanceof HTMLSpanElement ? (panel.closest("section") ?? panel) : panel;
  const old = host.querySelector(":scope > [data-told]");
  if (old instanceof HTMLElement) return old;
  const made = document.createElement("div");
  made.className = "told-all";
  made.dataset.told = "";
  if (host === panel) host.append(made);
  else panel.closest("div")?.after(made);
  return made;
}

/** @param {HTMLElement} place @param {HTMLElement | null} back */
function addClose(place, back) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "told-close";
  button.textContent = "×";
  button.setAttribute("aria-label", document.querySelector(".keys form .button")?.textContent ?? "×");
  button.addEventListener("click", () => {
    asking?.abort();
    stream?.close();
    place.remove();
    back?.focus();
  });
  place.append(button);
}

/** @param {Element} from @param {string} path */
async function open(from, path) {
  style();
  const place = room(from);
  asking?.abort();
  stream?.close();
  const mine = (asking = new AbortController());
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(path, { signal: mine.signal });
    const page = await pageOf(answer);
    const told = page.querySelector("[data-told]");
    if (!answer.ok || !told) return location.assign(path);
    place.dataset.told = told.getAttribute("data-told") ?? "";
    place.replaceChildren(...told.childNodes);
    // Its heading is one of this page's sections.
    const title = place.querySelector("h1");
    const lower = document.createElement("h3");
    lower.className = "told-title";
    lower.tabIndex = -1;
    lower.textContent = title?.textContent ?? "";
    title?.replaceWith(lower);
    if (!document.querySelector(".page-brief")) addClose(place, from instanceof HTMLElement && from.isConnected ? from : null);
    lower.focus({ preventScroll: true });
    lower.scrollIntoView({ block: "nearest" });
    startWriting(place);
  } catch {
    if (!mine.signal.aborted) location.assign(path);
  } finally {
    if (asking === mine) place.removeAttribute("aria-busy");
  }
}

/** A click or a form sent: opened in place. @param {Event} event @param {Element} what */
export function use(event, what) {
  event.preventDefault();
  if (what instanceof HTMLFormElement) {
    const path = new URL(what.action);
    for (const [name, value] of new FormData(what)) path.searchParams.set(name, String(value));
    open(what, path.href);
  } else if (what instanceof HTMLAnchorElement) open(what, what.href);
}

/** @typedef {{name: string, text: string, path: string, language: string, direction: string}} Source */
/** @typedef {{text: string, label: string, note: string, opens: boolean, language: string, direction: string, sources: Source[]}} Statement */

/** @param {string} tag @param {Record<string, string>} given @param {(Node | string)[]} inner */
function element(tag, given, ...inner) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  made.append(...inner);
  return made;
}

/** One written sentence with the passages it rests on: text, never markup. @param {Statement} said @param {string} show */
function item(said, show) {
  const sources = said.sources.map((one) =>
    element("details", {}, element("summary", {}, element("bdi", {}, one.name)),
      element("span", { class: "told-passage" }, element("q", { lang: one.language, dir: one.direction }, one.text), " ", element("a", { href: one.path }, show))));
  const label = said.label ? [element("b", { class: "told-label" }, element("bdi", {}, said.label)), " "] : [];
  const note = said.note ? [" ", element("small", { class: "told-left" }, said.note)] : [];
  return element("li", said.opens ? { class: "told-opens" } : {}, ...label, element("span", { lang: said.language, dir: said.direction }, said.text), ...note, " ", element("span", { class: "told-sources" }, ...sources));
}

/** Has the answer written, if a model is to, and shows each sentence as it comes. @param {ParentNode} place */
export function startWriting(place) {
  const told = /** @type {HTMLElement | null} */ (place.querySelector("[data-writes]"));
  if (!told) return;
  const { writes = "", writing = "", failed = "", show = "", stop: stopped = "" } = told.dataset;
  const list = element("ul", { class: "told-list", "aria-live": "polite" });
  const status = element("p", { class: "told-how told-writing", role: "status" }, writing);
  const stop = element("button", { type: "button", class: "quiet told-stop" }, stopped);
  const old = [...told.children].filter((one) => !one.matches(".told-question"));
  const mine = (stream = new EventSource(writes));
  const end = (/** @type {string} */ said) => {
    mine.close();
    stop.remove();
    status.classList.remove("told-writing");
    status.textContent = said;
    if (!list.children.length) {
      list.remove();
      for (const one of old) if (one instanceof HTMLElement) one.hidden = false;
      for (const one of told.querySelectorAll(".told-write")) one.remove();
    }
  };
  mine.addEventListener("ready", () => {
    for (const one of old) if (one instanceof HTMLElement) one.hidden = true;
    told.append(list, status, stop);
  });
  mine.addEventListener("statement", (event) => list.append(item(JSON.parse(event.data), show)));
  mine.addEventListener("done", async (event) => {
    mine.close();
    // The whole as it is kept now, with all that is to be said of it.
    const answer = await fetch(JSON.parse(event.data).path).catch(() => null);
    const page = await pageOf(answer);
    const whole = [...page.querySelectorAll(".told")].pop();
    if (answer?.ok && whole) told.replaceChildren(...whole.childNodes);
    else end("");
  });
  mine.addEventListener("failed", () => end(failed));
  mine.addEventListener("error", () => end(status.isConnected ? failed : ""));
  stop.addEventListener("click", () => end(""));
}

/** Words marked in the article's text can be looked up where they stand. */
export function startDefining() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('.panel form[action$="/define"]'));
  const body = document.querySelector(".article .body");
  if (!form || !body) return;
  style();
  const link = document.createElement("a");
  link.className = "define-here";
  link.rel = "nofollow";
  const show = () => {
    const marked = getSelection();
    const words = marked?.toString().trim() ?? "";
    const range = marked?.rangeCount ? marked.getRangeAt(0) : null;
    if (!words || !range || words.length > FAR || /[\n\r]/.test(words) || !body.contains(range.commonAncestorContainer)) return link.remove();
    const box = range.getBoundingClientRect();
    const path = new URL(form.action);
    path.searchParams.set("q", words);
    link.href = path.href;
    link.textContent = `${form.querySelector("button")?.textContent ?? ""}: ${words}`;
    link.style.top = `${box.bottom + scrollY + 8}px`;
    link.style.left = `${Math.max(8, Math.min(box.left + scrollX, innerWidth - 240))}px`;
    document.body.append(link);
  };
  // A press on the link must not take away what is marked.
  link.addEventListener("mousedown", (event) => event.preventDefault());
  link.addEventListener("click", (event) => {
    link.remove();
    const field = form.querySelector("input[name=q]");
    if (field instanceof HTMLInputElement) field.value = new URL(link.href).searchParams.get("q") ?? "";
    use(event, form);
    form.scrollIntoView({ block: "center" });
  });
  document.addEventListener("selectionchange", show);
  show();
}

if (document.querySelector(".page-brief")) {
  addEventListener("pagehide", () => stream?.close());
  startWriting(document);
}
