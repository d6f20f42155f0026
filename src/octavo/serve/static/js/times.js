// @ts-check
// Relative times stay true while a page stays open.

const STEPS = /** @type {const} */ ([["day", 86_400], ["hour", 3600], ["minute", 60]]);

export function startTimes() {
  const language = document.documentElement.lang;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  const opened = Date.now();
  const refresh = () => {
    for (const time of document.querySelectorAll('time[data-time="ago"]')) {
      const seconds = (Date.now() - Date.parse(time.getAttribute("datetime") ?? "")) / 1000;
      // Written by the server in the country's own way; only what has grown older since is written anew.
      if (Date.now() - opened < 60_000 || !(seconds < 7 * 86_400)) continue;
      const step = STEPS.find(([, size]) => seconds >= size);
      if (step) time.textContent = format.format(-Math.floor(seconds / step[1]), step[0]).replace("قبل", "منذ");
    }
  };
  setInterval(refresh, 60_000);
}
