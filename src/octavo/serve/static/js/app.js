// @ts-check
// What scripts add to pages that work without them. The policy is made first: a name is given to one policy only.
import { startWorker } from "./trusted.js";
import { startKeys } from "./keys.js";
import { read, startReader, write } from "./reader.js";
import { startSaving } from "./save.js";
import { startTimes } from "./times.js";

function startTheme() {
  document.querySelector("[data-theme-switch]")?.addEventListener("click", () => {
    const { theme } = document.documentElement.dataset;
    const bySystem = theme !== "light" && theme !== "dark";
    const dark = bySystem ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
    write({ ...read(), theme: dark ? "light" : "dark" });
  });
}

/** A strip of tabs that is wider than the screen shows its page's own tab first. */
function startStrips() {
  for (const strip of document.querySelectorAll(".sections ul, .desk-tabs ul, .keep-ways ul")) {
    const own = strip.querySelector("[aria-current]");
    if (!own || own.parentElement === strip.firstElementChild) continue;
    const tab = own.getBoundingClientRect();
    const frame = strip.getBoundingClientRect();
    strip.scrollLeft += tab.left + tab.width / 2 - frame.left - frame.width / 2;
  }
}

function startPictures() {
  const hide = (/** @type {Element} */ image) => image.classList.add("broken");
  for (const image of document.querySelectorAll("img")) {
    if (image.complete && image.naturalWidth === 0) hide(image);
    image.addEventListener("error", () => hide(image), { once: true });
  }
}

function startSharing() {
  for (const menu of document.querySelectorAll("details[data-send]")) {
    menu.addEventListener("toggle", () => import("./send.js"), { once: true });
    // Who is quicker than the script is served once it is there.
    menu.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("[data-copy]") : null;
      if (!(button instanceof HTMLElement) || !(menu instanceof HTMLElement) || menu.dataset.started) return;
      import("./send.js").then(() => button.click());
    });
    // The menu closes as menus do.
    menu.addEventListener("keydown", (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== "Escape" || !(menu instanceof HTMLDetailsElement)) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    addEventListener("click", (event) => {
      if (menu instanceof HTMLDetailsElement && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
  }
}

/** What serves times without a network, and an app, is loaded when it is needed: not on a first visit. */
function startDevice() {
  const device = () => import("./device.js");
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    import("./install.js").then(({ offer }) => offer(event));
  });
  addEventListener("offline", device, { once: true });
  addEventListener("load", () => {
    startWorker()?.catch(() => undefined);
    if (navigator.serviceWorker?.controller) device();
  });
}

/** AI features open in place; their script comes with their first use. */
function startPanel() {
  if (!document.querySelector("[data-opens]")) return;
  const opened = (/** @type {Event} */ event) => {
    const { target } = event;
    const what = target instanceof Element ? target.closest(event.type === "click" ? "a[data-opens]" : "form[data-opens]") : null;
    if (!what || (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
    event.preventDefault();
    import("./panel.js").then(({ use }) => use(event, what));
  };
  addEventListener("click", opened);
  addEventListener("submit", opened);
  document.addEventListener("selectionchange", () => import("./panel.js").then(({ startDefining }) => startDefining()), { once: true });
}

/** Comments work without a script; theirs comes when they come near, or words to quote are selected. */
function startTalk() {
  const talk = document.querySelector("#comments[data-talk]");
  if (!talk) return;
  const load = () => import("./discussion.js");
  const near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && load(), { rootMargin: "50%" });
  near.observe(talk);
  talk.addEventListener("focusin", load, { once: true });
  document.addEventListener("selectionchange", load, { once: true });
}

/** Reading aloud: its script comes with its first use. Some phones speak only what is begun by the press itself. */
function startListening() {
  if (!("speechSynthesis" in window)) return document.documentElement.classList.add("is-mute");
  addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-listen]") : null;
    if (!(button instanceof HTMLElement)) return;
    speechSynthesis.speak(new SpeechSynthesisUtterance(""));
    import("./listen.js").then(({ listen }) => listen(button));
  });
}

/** A browser that is notified is told what its reader's account is told, and no longer once nobody is signed in. */
function startTelling() {
  const me = document.body.dataset.me ?? "";
  try {
    if (!localStorage.getItem("push") || me === (localStorage.getItem("push-me") ?? "")) return;
    const said = () => localStorage.setItem("push-me", me);
    import("./push.js").then(({ remind }) => remind()).then(said, () => undefined);
  } catch {
    // A browser that keeps nothing for this site is not notified either.
  }
}

startTheme();
startReader();
startStrips();
startPictures();
startSharing();
startTimes();
startSaving();
startKeys();
startDevice();
startPanel();
startTalk();
startListening();
startTelling();
