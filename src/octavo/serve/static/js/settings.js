// @ts-check
// The page of settings: what is chosen holds at once, and is kept in this browser.
import { clean, read, write } from "./reader.js";

const LARGEST = 200_000;
const SAID_MS = 5000;
let gone = 0;
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-settings]"));
const status = document.querySelector("[data-status]");

/** @param {"kept" | "lost" | "read" | "unreadable"} what */
function say(what) {
  if (!(status instanceof HTMLElement)) return;
  status.textContent = status.dataset[what] ?? "";
  clearTimeout(gone);
  gone = setTimeout(() => status.replaceChildren(), SAID_MS);
}

/** @param {import("./reader.js").Settings} settings */
function keep(settings, said = /** @type {"kept" | "read"} */ ("kept")) {
  say(write(settings) ? said : "lost");
}

/** @param {HTMLFormElement} from */
function fill(from) {
  const settings = read();
  for (const input of from.querySelectorAll("input[type=radio]")) {
    if (input instanceof HTMLInputElement) input.checked = settings[input.name] === input.value;
  }
  for (const input of from.querySelectorAll("input[name=language]")) {
    if (input instanceof HTMLInputElement) input.checked = !settings.languages.length || settings.languages.includes(input.value);
  }
  const edition = from.querySelector("select[name=edition]");
  if (edition instanceof HTMLSelectElement) edition.value = settings.edition;
  for (const kind of /** @type {const} */ (["sources", "hashtags", "words"])) fillMuted(from, kind, settings);
}

/** @param {HTMLFormElement} from @param {"sources" | "hashtags" | "words"} kind @param {import("./reader.js").Settings} settings */
function fillMuted(from, kind, settings) {
  const list = /** @type {HTMLElement | null} */ (from.querySelector(`[data-muted=${kind}]`));
  if (!list) return;
  const muted = settings.muted[kind];
  const pairs = Array.isArray(muted) ? muted.map((word) => [word, word]) : Object.entries(muted);
  list.replaceChildren(...pairs.map(([key, name]) => chip(kind, key, name, list.dataset.again ?? "")));
  const none = list.parentElement?.querySelector(".set-none");
  if (none instanceof HTMLElement) none.hidden = pairs.length > 0;
}

/** @param {"sources" | "hashtags" | "words"} kind @param {string} key @param {string} name @param {string} again */
function chip(kind, key, name, again) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const words = document.createElement("bdi");
  words.textContent = kind === "hashtags" ? `#${name}` : name;
  const cross = document.createElement("span");
  cross.textContent = "×";
  cross.setAttribute("aria-hidden", "true");
  button.type = "button";
  button.setAttribute("aria-label", again.replace("{name}", name));
  button.append(words, cross);
  button.addEventListener("click", () => {
    const settings = read();
    if (kind === "words") settings.muted.words = settings.muted.words.filter((one) => one !== key);
    else delete settings.muted[kind][key];
    keep(settings);
    if (form) fill(form);
    form?.querySelector("input[name=word]")?.focus();
  });
  item.append(button);
  return item;
}

/** @param {HTMLFormElement} from */
function taken(from) {
  const settings = read();
  for (const input of from.querySelectorAll("input[type=radio]:checked")) {
    if (input instanceof HTMLInputElement) settings[input.name] = input.value;
  }
  const boxes = /** @type {HTMLInputElement[]} */ ([...from.querySelectorAll("input[name=language]")]);
  const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
  // All, or none, means every language there will ever be.
  settings.languages = ticked.length === boxes.length ? [] : ticked;
  return settings;
}

/** @param {HTMLFormElement} from */
function addWord(from) {
  const field = /** @type {HTMLInputElement | null} */ (from.querySelector("input[name=word]"));
  if (!field?.value.trim()) return;
  const settings = read();
  const tag = field.value.trim();
  settings.muted.words = [...settings.muted.words, tag];
  keep(clean(settings));
  field.value = "";
  fill(from);
}

function exportFile() {
  const file = new Blob([`${JSON.stringify(read(), null, 2)}\n`], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "octavo-settings.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @param {File | undefined} file */
async function importFile(file) {
  if (!file) return;
  try {
    const given = file.size < LARGEST ? JSON.parse(await file.text()) : null;
    if (typeof given?.version !== "number") throw new SyntaxError("no settings");
    keep(clean(given), "read");
    if (form) fill(form);
  } catch {
    say("unreadable");
  }
}

async function forgetAll() {
  localStorage.clear();
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  for (const { name } of (await indexedDB.databases?.()) ?? []) if (name) indexedDB.deleteDatabase(name);
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) await one.unregister();
  location.reload();
}

if (form) {
  fill(form);
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === "file") importFile(input.files?.[0]);
    else if (input instanceof HTMLSelectElement && input.name === "edition") {
      keep({ ...read(), edition: input.value });
      if (input.value) location.assign(`/${input.value}/settings`);
    } else if (input instanceof HTMLInputElement && input.name !== "word") keep(taken(form));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    addWord(form);
  });
  const sure = /** @type {HTMLDialogElement | null} */ (document.querySelector("[data-sure]"));
  document.querySelector("[data-export]")?.addEventListener("click", exportFile);
  document.querySelector("[data-forget]")?.addEventListener("click", () => sure?.showModal());
  sure?.addEventListener("close", () => sure.returnValue === "yes" && forgetAll());
}
