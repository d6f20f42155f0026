// @ts-check
// What scripts add to pages that work without them.
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

function startPictures() {
  const hide = (/** @type {Element} */ image) => image.classList.add("broken");
  for (const image of document.querySelectorAll("img")) {
    if (image.complete && image.naturalWidth === 0) hide(image);
    image.addEventListener("error", () => hide(image), { once: true });
  }
}

function startSharing() {
  for (const button of document.querySelectorAll("[data-share]")) {
    button.addEventListener("click", async () => {
      const told = { title: document.title, url: location.href };
      if (navigator.share) await navigator.share(told).catch(() => undefined);
      else await navigator.clipboard?.writeText(told.url);
    });
  }
}

function startInstalling() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".js-install"));
  let asked = null;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    asked = event;
    if (button) button.hidden = false;
  });
  button?.addEventListener("click", async () => {
    if (!asked) return;
    await asked.prompt();
    button.hidden = true;
    asked = null;
  });
}

startTheme();
startReader();
startPictures();
startSharing();
startInstalling();
startTimes();
startSaving();
startKeys();
if ("serviceWorker" in navigator) addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => undefined));
