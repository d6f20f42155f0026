// @ts-check
// Keeps the front page being read, with the Eight, for times without a network: when the browser has nothing else to do,
// from the second visit on, and never for a reader who saves data.

const WAIT_MS = 4000;
const PATIENT_MS = 20_000;
const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, WAIT_MS));
const line = navigator.connection;
const sparing = line?.saveData || /2g/.test(line?.effectiveType ?? "") || matchMedia("(prefers-reduced-data: reduce)").matches;

async function tell() {
  if (document.documentElement.dataset.kept !== undefined) return;
  const paths = [...document.querySelectorAll(".eight [data-card] .card-head a")].map((link) => link.getAttribute("href"));
  const seen = [...document.querySelectorAll("main img")].map((image) => image instanceof HTMLImageElement && (image.currentSrc || image.src));
  const pictures = document.documentElement.dataset.pictures === "none" ? [] : seen;
  const edition = {
    front: location.pathname,
    articles: [...new Set(paths)].filter(Boolean),
    pictures: [...new Set(pictures)].filter(Boolean).map((address) => new URL(String(address)).pathname),
  };
  (await navigator.serviceWorker.ready).active?.postMessage({ edition });
}

if (!sparing) idle(tell, { timeout: PATIENT_MS });
