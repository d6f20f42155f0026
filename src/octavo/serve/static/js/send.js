// @ts-check
// Sharing: copy a link, hand it to an app, send it to servers of the reader's own, which are kept in this browser alone.

const KEY = "savers";
const MOST = 8;
const LONGEST = 500;
/** Where each program takes something in; "other" is a whole address. @type {Record<string, {name: string, path: string}>} */
const KINDS = {
  wallabag: { name: "wallabag", path: "/bookmarklet?url={url}" },
  linkding: { name: "Linkding", path: "/bookmarks/new?url={url}&title={title}" },
  karakeep: { name: "Karakeep", path: "/dashboard/bookmarks" },
  other: { name: "", path: "" },
};

/** @typedef {{kind: string, server: string}} Saver */

/** An http(s) address, or null. @param {string} text */
function web(text) {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.hostname && !url.username && !url.password ? url : null;
  } catch {
    return null;
  }
}

/** Takes what makes sense of anything. @param {any} given @returns {Saver[]} */
function clean(given) {
  const list = Array.isArray(given) ? given : [];
  const fit = list.filter((one) => one && Object.hasOwn(KINDS, one.kind) && typeof one.server === "string" && one.server.length <= LONGEST && link(one, "https://a.example/", ""));
  return fit.map(({ kind, server }) => ({ kind, server })).slice(0, MOST);
}

/** @returns {Saver[]} */
function read() {
  try {
    return clean(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return [];
  }
}

/** @param {Saver[]} savers */
function write(savers) {
  try {
    localStorage.setItem(KEY, JSON.stringify(savers));
  } catch {
    // Nothing is kept: the link the page made is still there.
  }
}

/** The address that sends something to a server; "" where there is none. @param {Saver} saver @param {string} url @param {string} title */
export function link({ kind, server }, url, title) {
  const fill = (/** @type {string} */ text) => text.replaceAll("{url}", encodeURIComponent(url)).replaceAll("{title}", encodeURIComponent(title));
  if (kind === "other") return server.includes("{url}") ? web(fill(server))?.href ?? "" : "";
  const base = web(server.includes("://") ? server : `https://${server}`);
  return base ? `${base.origin}${base.pathname.replace(/\/+$/, "")}${fill(KINDS[kind].path)}` : "";
}

/** @param {Saver} saver */
const host = (saver) => web(saver.server.includes("://") ? saver.server.replace(/\{.*$/, "") : `https://${saver.server}`)?.host ?? "";
/** @param {Saver} saver */
const label = (saver) => [KINDS[saver.kind].name, host(saver)].filter(Boolean).join(" · ");

/** @param {Element} place @param {Saver} saver */
function anchor(place, saver) {
  const { url = "", title = "" } = place instanceof HTMLElement ? place.dataset : {};
  const made = document.createElement("a");
  made.href = link(saver, url, title);
  made.target = "_blank";
  made.rel = "noopener noreferrer nofollow external";
  made.textContent = label(saver);
  // Karakeep's page takes what is pasted into it.
  if (saver.kind === "karakeep") made.addEventListener("click", () => copy(place, url));
  return made;
}

/** @param {Element} place @param {string} text */
async function copy(place, text) {
  const said = place.querySelector(".send-said");
  try {
    await navigator.clipboard.writeText(text);
    if (said && place instanceof HTMLElement) said.textContent = place.dataset.copied ?? "";
  } catch {
    const field = place.querySelector("input.send-field");
    if (field instanceof HTMLInputElement) field.select();
  }
}

/** @param {Element} list @param {Element} place */
function show(list, place) {
  const again = list instanceof HTMLElement ? list.dataset.forget ?? "" : "";
  list.replaceChildren(...read().map((saver, number) => {
    const item = document.createElement("li");
    const gone = document.createElement("button");
    gone.type = "button";
    gone.className = "send-forget";
    gone.textContent = "×";
    gone.setAttribute("aria-label", `${again}: ${label(saver)}`);
    gone.addEventListener("click", () => {
      write(read().filter((_, place) => place !== number));
      show(list, place);
    });
    item.append(anchor(place, saver), gone);
    return item;
  }));
}

/** @param {Element} place */
function start(place) {
  if (place instanceof HTMLElement && place.dataset.started) return;
  if (place instanceof HTMLElement) place.dataset.started = "yes";
  for (const button of place.querySelectorAll("[data-copy]")) {
    if (button instanceof HTMLElement) button.addEventListener("click", () => copy(place, button.dataset.copy ?? ""));
  }
  const native = /** @type {HTMLElement | null} */ (place.querySelector("[data-native]"));
  if (native && typeof navigator.share === "function") {
    native.hidden = false;
    const { title = "", address = "" } = place instanceof HTMLElement ? place.dataset : {};
    native.querySelector("button")?.addEventListener("click", () => navigator.share({ title, url: address }).catch(() => undefined));
  }
  const menu = place.querySelector(".send-menu ul");
  for (const saver of menu ? read() : []) {
    const item = document.createElement("li");
    item.append(anchor(place, saver));
    menu?.insertBefore(item, menu.lastElementChild);
  }
  const list = place.querySelector("[data-savers]");
  if (!list) return;
  keepGiven(place);
  show(list, place);
}

/** What the page was asked to send to, and could, is kept. @param {Element} place */
function keepGiven(place) {
  const asked = new URLSearchParams(location.search);
  const saver = { kind: asked.get("kind") ?? "", server: asked.get("server") ?? "" };
  if (!place.querySelector("[data-made]") || !clean([saver]).length) return;
  const others = read().filter((one) => one.kind !== saver.kind || one.server !== saver.server);
  write([saver, ...others].slice(0, MOST));
}

export function startSending() {
  for (const place of document.querySelectorAll("[data-send]")) start(place);
}

startSending();
