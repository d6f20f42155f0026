// @ts-check
// Relative times stay true while a page stays open, and on one that was kept and is opened later.

const STEPS = /** @type {const} */ ([["day", 86_400], ["hour", 3600], ["minute", 60]]);
const MINUTE_MS = 60_000;

/** @param {Element | null} time */
const moment = (time) => Date.parse(time?.getAttribute("datetime") ?? "");

// With the country and its digits, as the server writes them.
const locale = document.body.dataset.locale ?? "en";
const format = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
// A browser that does not have the language says "-1 h": then the day and hour are told, as the server wrote them.
const speaks = !format.format(-1, "hour").startsWith("-");

/** How long ago a moment was; "" within a minute, and from a week on. @param {number} at */
export function since(at) {
  const seconds = (Date.now() - at) / 1000;
  const step = seconds < 7 * 86_400 && STEPS.find(([, size]) => seconds >= size);
  return step ? format.format(-Math.floor(seconds / step[1]), step[0]).replace("قبل", "منذ").replace(/ \(\d\)$/, "") : "";
}

export function startTimes() {
  const opened = Date.now();
  const made = moment(document.querySelector(".masthead-day time"));
  const refresh = () => {
    if (document.hidden) return;
    for (const time of document.querySelectorAll('time[data-time="ago"]')) {
      const said = speaks ? since(moment(time)) : time.getAttribute("title");
      if (said && said !== time.textContent) time.textContent = said;
    }
  };
  // Written by the server in the country's own way; only what has grown older since is written anew.
  const refreshOld = () => Date.now() - Math.min(opened, made || opened) >= MINUTE_MS && refresh();
  document.addEventListener("visibilitychange", refreshOld);
  setInterval(refreshOld, MINUTE_MS);
  // From the device's own store, hours later.
  if (Date.now() - made > 10 * MINUTE_MS) refresh();
}
