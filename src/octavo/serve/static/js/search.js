// @ts-check
// Search as you type: results in place, offers below the box (ARIA 1.2 combobox with a list), searches kept here.
import { startKept, remember } from "./kept.js";
import { pageOf } from "./trusted.js";

const PAUSE_MS = 220;
const OFFER_MS = 90;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-search]"));
const box = /** @type {HTMLInputElement | null} */ (document.querySelector("#q"));
const list = /** @type {HTMLElement | null} */ (document.querySelector("#offers"));
const results = document.querySelector("[data-results]");

/** Ask again and again, only the last answer counts. @param {(signal: AbortSignal) => Promise<void>} act @param {number} wait */
function latest(act, wait) {
  let timer = 0;
  let running = new AbortController();
  const stop = () => {
    clearTimeout(timer);
    running.abort();
  };
  const start = () => {
    stop();
    timer = setTimeout(() => {
      running = new AbortController();
      act(running.signal).catch(() => undefined); // Another letter was typed, or the network is gone.
    }, wait);
  };
  return { start, stop };
}

/** @returns {URL} */
function address() {
  const made = new URL(form?.action ?? location.href);
  for (const [name, value] of new FormData(form ?? undefined)) if (value) made.searchParams.set(name, String(value));
  return made;
}

const show = latest(async (signal) => {
  const wanted = address();
  results?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(wanted, { signal });
    const page = await pageOf(answer);
    const found = page.querySelector("[data-results]");
    if (!found || !results) return;
    results.replaceChildren(...found.childNodes);
    document.title = page.title;
    history.replaceState(null, "", wanted);
  } finally {
    if (!signal.aborted) results?.removeAttribute("aria-busy");
  }
}, PAUSE_MS);

const options = () => [...(list?.querySelectorAll('[role="option"]') ?? [])].filter((one) => one instanceof HTMLElement);

function close() {
  offer.stop();
  if (!list || !box) return;
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

const offer = latest(async (signal) => {
  if (!list || !box || !box.value.trim()) return close();
  const wanted = new URL(form?.dataset.suggest ?? "", location.href);
  wanted.searchParams.set("q", box.value);
  const answer = await fetch(wanted, { signal });
  if (!answer.ok) return close();
  const page = await pageOf(answer);
  list.replaceChildren(...page.querySelectorAll('[role="option"]'));
  const some = list.children.length > 0 && document.activeElement === box;
  list.hidden = !some;
  box.setAttribute("aria-expanded", String(some));
  box.removeAttribute("aria-activedescendant");
}, OFFER_MS);

/** @param {number} by */
function move(by) {
  const all = options();
  if (!all.length || list?.hidden) return;
  const here = all.findIndex((one) => one.ariaSelected === "true");
  // Beyond either end is the box itself.
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
  all[here]?.setAttribute("aria-selected", "false");
  const chosen = all[next];
  chosen?.setAttribute("aria-selected", "true");
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) box?.setAttribute("aria-activedescendant", chosen.id);
  else box?.removeAttribute("aria-activedescendant");
}

/** @param {HTMLElement} chosen */
function follow(chosen) {
  const path = chosen.dataset.path ?? "";
  const target = new URL(path, location.href);
  close();
  if (target.pathname !== new URL(form?.action ?? "").pathname || !box) {
    location.assign(target);
    return;
  }
  box.value = target.searchParams.get("q") ?? "";
  box.focus();
  show.start();
}

/** @param {KeyboardEvent} event */
function press(event) {
  // While an input method composes, its own list has the arrows and Enter.
  if (event.isComposing || event.keyCode === 229) return;
  const chosen = options().find((one) => one.ariaSelected === "true" && !list?.hidden);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list?.hidden && options().length) {
      list.hidden = false;
      box?.setAttribute("aria-expanded", "true");
    }
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && chosen) {
    event.preventDefault();
    follow(chosen);
  } else if (event.key === "Escape" && !list?.hidden) {
    event.preventDefault();
    close();
  } else if (event.key === "Tab") close();
}

function start() {
  if (!form || !box || !list) return;
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-expanded": "false", "aria-autocomplete": "list" })) {
    box.setAttribute(name, value);
  }
  const typed = (/** @type {Event} */ event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    show.start();
    if (event.target === box) offer.start();
  };
  form.addEventListener("input", typed);
  box.addEventListener("compositionend", typed);
  box.addEventListener("keydown", press);
  box.addEventListener("blur", close);
  form.addEventListener("submit", () => remember(address()));
  // Before the box loses its focus, which closes the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    if (chosen instanceof HTMLElement) follow(chosen);
  });
  results?.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".card a")) remember(address());
  });
}

start();
startKept();
