// Runs before the page is drawn: what the reader has set holds from the first paint on, so that nothing moves later.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("settings") ?? "{}") ?? {};
  } catch {
    // Storage is closed to us, or holds something else: what the system asks for holds.
  }
  for (const name of ["theme", "text", "density", "motion", "headlines"]) if (kept[name]) root.dataset[name] = kept[name];
  const saver = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
  if (kept.pictures === "none" || (kept.pictures === "saver" && saver)) root.dataset.pictures = "none";

  // "/" was answered with the edition the browser's languages ask for: a remembered one goes first.
  const front = /^\/[a-z]+(-[a-z0-9]+)+$/.test(location.pathname);
  const led = front && !document.referrer && performance.getEntriesByType("navigation")[0]?.redirectCount;
  if (led && kept.edition && /^[a-z]+(-[a-z0-9]+)*$/.test(kept.edition) && location.pathname !== `/${kept.edition}`) location.replace(`/${kept.edition}`);

  if (kept.ai === "off") {
    const remove = () => document.querySelectorAll("[data-ai]").forEach((one) => one.remove());
    new MutationObserver(remove).observe(root, { childList: true, subtree: true });
  }

  const muted = kept.muted ?? {};
  const { sources = {}, hashtags = {}, words = [] } = muted;
  const languages = kept.languages ?? [];
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  // Scripts that write words together, or hang small words on them, are looked through letter by letter.
  const together = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Arabic}\p{Script=Hebrew}]/u;
  const tests = words.map((word) => {
    const exact = plain(word).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(together.test(word) ? exact : `(?<![\\p{L}\\p{N}])${exact}(?![\\p{L}\\p{N}])`, "u");
  });
  const why = (source, tags, language, text) => {
    if (source in sources || tags.some((tag) => tag in hashtags) || tests.some((test) => test.test(plain(text)))) return "muted";
    return languages.length && !languages.includes(language.split("-")[0]) ? "language" : "";
  };
  const judge = () => {
    const kind = document.body?.className ?? "";
    for (const card of document.querySelectorAll("[data-card]:not([data-judged])")) {
      const from = card.querySelector("a.card-source");
      if (!from?.closest(".card-meta")) continue;
      card.dataset.judged = "";
      const head = card.querySelector(".card-head");
      const text = `${head?.textContent} ${card.querySelector(".card-excerpt")?.textContent ?? ""}`;
      const source = kind === "page-source" ? "" : decodeURIComponent(from.pathname.split("/").pop());
      const tags = kind === "page-hashtag" ? [] : (card.dataset.tags ?? "").split("|");
      if (/page-(saved|offline)/.test(kind)) continue; // what was saved is shown, whoever it is from
      const reason = why(source, tags, head?.lang || root.lang, text);
      if (reason && !(reason === "language" && /page-(story|source)/.test(kind))) card.dataset.hidden = reason;
    }
  };
  globalThis.octavo = { why, judge };
  if (tests.length || languages.length || Object.keys(sources).length || Object.keys(hashtags).length) {
    new MutationObserver(judge).observe(root, { childList: true, subtree: true });
  }
})();
