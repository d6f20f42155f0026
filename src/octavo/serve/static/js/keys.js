// @ts-check
// The keyboard: j and k walk the articles of a page, o opens, s saves, / searches, g h goes home, ? explains.
import { articleAt, toggle } from "./save.js";

/** @returns {HTMLElement[]} */
const cards = () => [...document.querySelectorAll("[data-card]")].filter((one) => one instanceof HTMLElement);

/** @param {number} by */
function walk(by) {
  const all = cards();
  if (!all.length) return;
  const here = all.findIndex((one) => one.classList.contains("is-current"));
  const next = all[Math.min(all.length - 1, Math.max(0, here + by))];
  all[here]?.classList.remove("is-current");
  next.classList.add("is-current");
  next.querySelector(".card-head a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

const current = () => document.querySelector(".is-current .card-head a");

function save() {
  const card = current()?.closest("[data-card]");
  const button = /** @type {HTMLElement | null} */ (card ? card.querySelector("[data-keep-card]") : document.querySelector("[data-save]"));
  const article = card && articleAt(card);
  // Rows that the browser wrote itself have no button.
  if (button) button.click();
  else if (article) toggle(article);
}

export function startKeys() {
  const help = /** @type {HTMLDialogElement | null} */ (document.querySelector(".keys"));
  document.querySelector("[data-keys]")?.addEventListener("click", () => help?.showModal());
  let before = "";
  addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
    if (target instanceof HTMLElement && target.closest("input, select, textarea, [contenteditable]")) return;
    const pressed = before === "g" && event.key === "h" ? "gh" : event.key;
    before = event.key;
    const home = document.querySelector(".wordmark");
    const search = document.querySelector("[data-key='/']");
    const acts = {
      j: () => walk(1),
      k: () => walk(-1),
      o: () => current()?.click(),
      s: save,
      "?": () => help?.showModal(),
      gh: () => home?.click(),
      "/": () => (document.querySelector("#q") ?? search)?.[document.querySelector("#q") ? "focus" : "click"](),
    };
    if (acts[pressed]) {
      event.preventDefault();
      acts[pressed]();
    }
  });
}
