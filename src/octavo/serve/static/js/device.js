// @ts-check
// For readers who were here before: sends what waits, says how the network stands, keeps the front page being read.
import { flush } from "./outbox.js";

const bar = () => import("./bar.js");

addEventListener("online", () => {
  flush();
  bar().then(({ showNetwork }) => showNetwork(true));
});
addEventListener("offline", () => bar().then(({ showNetwork }) => showNetwork()));
if (document.documentElement.dataset.kept !== undefined || !navigator.onLine) bar().then(({ showNetwork }) => showNetwork());

navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  const own = [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => one.getAttribute("src") ?? one.getAttribute("href"));
  if (data?.files && own.some((path) => !data.files.includes(path))) bar().then(({ showVersion }) => showVersion());
});

flush().catch(() => undefined);
if (document.querySelector(".page-front")) import("./edition.js");
