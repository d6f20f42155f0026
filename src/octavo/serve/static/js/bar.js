// @ts-check
// The line at the foot of the window: that the network is away and how old the page is, or that a new version is here.
// Its words are in the page that is shown without a network, which is kept on the device in the edition's language.
import { time } from "./listing.js";
import { pageOf } from "./trusted.js";

const root = document.documentElement;

/** @returns {Promise<HTMLElement | null>} */
async function words() {
  const kept = "caches" in window && (await caches.match(`/${document.body.dataset.edition}/offline`, { ignoreVary: true }));
  const page = kept && (await pageOf(kept));
  return page ? page.querySelector("[data-bar]") : null;
}

/** The line itself, empty at first, so that what is written into it is read out. @param {DOMStringMap} told */
function line(told) {
  const there = document.querySelector(".bar");
  if (there) return there;
  const made = document.createElement("div");
  made.className = "bar";
  made.setAttribute("role", "status");
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = told.style ?? "";
  document.head.append(style);
  document.body.append(made);
  return made;
}

/** @param {(told: DOMStringMap) => [string, string?]} choose what to say, and what the button says that loads the page anew */
async function say(choose) {
  const told = (await words())?.dataset;
  if (!told) return;
  const [said, act] = choose(told);
  const bar = line(told);
  const text = document.createElement("p");
  const [before, after] = said.split("{time}");
  text.append(before, ...(after === undefined ? [] : [time(root.dataset.kept ?? ""), after]));
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = act ?? "";
  button.addEventListener("click", () => location.reload());
  bar.replaceChildren(...(said ? [text] : []), ...(act ? [button] : []));
}

/** Say how things stand; `back` when the network has just returned. @param {boolean} [back] */
export function showNetwork(back = false) {
  const old = root.dataset.kept;
  return say(({ offline = "", kept = "", returned = "", reload }) => {
    if (back) return old ? [returned, reload] : [""];
    if (old) return [kept, reload];
    // The page of what can be read says it itself.
    const said = document.body.className === "page-offline" || (old === undefined && navigator.onLine);
    return [said ? "" : offline];
  });
}

export const showVersion = () => say(({ version = "", reload }) => [version, reload]);
