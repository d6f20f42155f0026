// @ts-check
// Searches kept in this browser: those a reader saved, each with its feed and what is new in it, and the latest ones.

const SAVED = "searches";
const RECENT = "searched";
const MOST_RECENT = 8;
const MOST_SAVED = 30;
const COUNTED = 10;

/** @typedef {{path: string, line: string, seen: string}} Kept */

/** @param {string} key @returns {Kept[]} */
function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.path === "string" && one.path.startsWith("/")) : [];
  } catch {
    return [];
  }
}

/** @param {string} key @param {Kept[]} list */
function write(key, list) {
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    // Nothing can be kept in this browser.
  }
}

/** @param {URL} address */
const said = (address) => [...address.searchParams].filter(([name]) => name !== "from" && name !== "sort").map(([, value]) => value).join(" · ");

/** Keep a search among the latest. @param {URL} address */
export function remember(address) {
  const path = address.pathname + address.search;
  const line = said(address);
  if (!line) return;
  const others = read(RECENT).filter((one) => one.path !== path);
  write(RECENT, [{ path, line, seen: "" }, ...others].slice(0, MOST_RECENT));
}

/** @param {string} path @param {string} kind */
function feed(path, kind) {
  const [bare, query = ""] = path.split("?");
  const asked = new URLSearchParams(query);
  asked.set("sort", "new"); // A feed is read for what is new.
  return `${bare}.${kind}?${asked}`;
}

/** @param {string} path @param {string} since */
async function fresh(path, since) {
  const answer = await fetch(feed(path, "json")).catch(() => null);
  if (!answer?.ok) return 0;
  const items = (await answer.json()).items ?? [];
  return items.filter((/** @type {{date_published?: string}} */ one) => Date.parse(one.date_published ?? "") > Date.parse(since)).length;
}

/** @param {HTMLElement} panel */
function draw(panel) {
  const saved = read(SAVED);
  const recent = read(RECENT);
  const here = location.pathname + location.search;
  panel.hidden = !saved.length && !recent.length;
  const fill = (/** @type {string} */ name, /** @type {Kept[]} */ list, /** @type {(one: Kept) => HTMLElement[]} */ more) => {
    const section = /** @type {HTMLElement | null} */ (panel.querySelector(`[${name}]`));
    if (!section) return;
    section.hidden = !list.length;
    section.querySelector("ul")?.replaceChildren(...list.map((one) => row(one, more(one))));
  };
  fill("data-saved-searches", saved, (one) => {
    const count = document.createElement("span");
    count.className = "count";
    if (one.path === here) one.seen = new Date().toISOString();
    else if (saved.indexOf(one) < COUNTED) {
      fresh(one.path, one.seen).then((n) => {
        count.textContent = n ? (panel.dataset.new ?? "").replace("{n}", n.toLocaleString(document.documentElement.lang)) : "";
      });
    }
    return [count, link(feed(one.path, "atom"), panel.dataset.feed ?? ""), button(panel.dataset.remove ?? "", one.line, () => {
      write(SAVED, read(SAVED).filter((other) => other.path !== one.path));
      draw(panel);
    })];
  });
  if (saved.some((one) => one.path === here)) write(SAVED, saved);
  fill("data-recent-searches", recent, () => []);
  const section = panel.querySelector("[data-recent-searches]");
  section?.querySelector(":scope > .link")?.remove();
  if (recent.length) section?.append(button(panel.dataset.forget ?? "", "", () => {
    write(RECENT, []);
    draw(panel);
  }));
}

/** @param {Kept} one @param {HTMLElement[]} more */
function row(one, more) {
  const made = document.createElement("li");
  made.append(link(one.path, one.line), ...more);
  return made;
}

/** @param {string} path @param {string} text */
function link(path, text) {
  const made = document.createElement("a");
  made.href = path;
  made.textContent = text;
  made.dir = "auto";
  return made;
}

/** @param {string} text @param {string} about @param {() => void} act */
function button(text, about, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = text;
  if (about) made.setAttribute("aria-label", `${text}: ${about}`);
  made.addEventListener("click", act);
  return made;
}

export function startKept() {
  const panel = /** @type {HTMLElement | null} */ (document.querySelector("[data-kept]"));
  if (!panel) return;
  draw(panel);
  // The button comes anew with every result put in place.
  document.querySelector("[data-results]")?.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-save-search]") : null;
    if (!(pressed instanceof HTMLElement)) return;
    const path = pressed.dataset.path ?? "";
    const line = said(new URL(path, location.href));
    const others = read(SAVED).filter((one) => one.path !== path);
    write(SAVED, [{ path, line, seen: new Date().toISOString() }, ...others].slice(0, MOST_SAVED));
    pressed.setAttribute("aria-pressed", "true");
    draw(panel);
    panel.querySelector("[data-saved-searches] a")?.scrollIntoView({ block: "nearest" });
  });
}
