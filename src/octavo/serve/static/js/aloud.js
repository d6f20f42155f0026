// @ts-check
// What of a page is read aloud, in order, each piece in its language; cut into stretches that browsers get through.

/** Letters of one stretch: Chromium breaks off voices that speak for more than some fifteen seconds. */
const LONGEST = 180;
const WIDE = /[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;
/** Rows of a table that are read; nobody listens to more. */
const ROWS = 20;

/** @typedef {{text: string, language: string, place: Element, piece: number}} Stretch */
/** @typedef {{text: string, from: Element, place?: Element, language?: string}} Piece */

/** @param {Element | null | undefined} one */
const text = (one) => (one?.textContent ?? "").replace(/https?:\/\/\S+/g, "").replace(/\s+/g, " ").trim();

/** @param {Element} one */
export const languageOf = (one) => one.closest("[lang]")?.getAttribute("lang") ?? document.documentElement.lang;

/** Everything to be said of a page or a part of it. @param {ParentNode} root @returns {Piece[]} */
export function pieces(root) {
  const told = root instanceof Element && root.matches("[data-told]") ? root : root.querySelector(".page-brief [data-told]");
  const found = told ? [...ofBriefing(told)] : [...ofArticle(root)];
  return found.filter((one) => /[\p{L}\p{N}]/u.test(one.text));
}

/** Headline, publisher and time, standfirst, body; no captions, no embeds, no code. @param {ParentNode} root @returns {Generator<Piece>} */
function* ofArticle(root) {
  const top = root.querySelector(".article-top");
  for (const selector of ["h1", ".kicker a:first-child", ".dates span:first-child", ".standfirst"]) {
    const one = top?.querySelector(selector);
    if (one) yield { text: text(one), from: one };
  }
  for (const block of root.querySelectorAll(".article .body > *")) {
    if (block.matches("figure, pre, .embed")) continue;
    if (block.matches(".table")) yield* ofTable(block);
    else if (block.matches("ul")) for (const item of block.children) yield { text: text(item), from: item };
    else yield { text: text(block), from: block };
  }
}

/** Row by row; where the first row heads the others, each cell after the name of its column. @param {Element} table @returns {Generator<Piece>} */
function* ofTable(table) {
  const rows = [...table.querySelectorAll("tr")];
  const cells = rows.map((row) => [...row.children].map(text));
  const figures = (/** @type {string[]} */ row) => row.slice(1).some((cell) => /\p{N}/u.test(cell));
  const heads = cells.length > 1 && !figures(cells[0]) && cells.slice(1).some(figures) ? cells[0] : null;
  for (const [at, row] of cells.entries()) {
    if ((heads && !at) || at >= ROWS + (heads ? 1 : 0)) continue;
    const [first = "", ...rest] = row;
    const named = rest.map((cell, place) => (/[\p{L}\p{N}]/u.test(cell) ? `${heads?.[place + 1] ?? ""} ${cell}`.trim() : "")).filter(Boolean);
    yield { text: [first, named.join(", ")].filter(Boolean).join(": "), from: rows[at], place: rows[at] };
  }
}

/** Each headline once, its sentences, who reports it. @param {Element} told @returns {Generator<Piece>} */
function* ofBriefing(told) {
  const title = told.querySelector(".told-title");
  if (title) yield { text: text(title), from: title };
  for (const one of told.querySelectorAll(".told-question, .told-silent")) yield { text: text(one), from: one };
  const items = [...told.querySelectorAll(".told-list > li")];
  let label = "";
  for (const [at, item] of items.entries()) {
    const head = item.querySelector(".told-label");
    const sentence = head?.nextElementSibling ?? item.firstElementChild;
    if (!sentence) continue;
    const own = languageOf(sentence);
    if (head && text(head) !== label) yield { text: text(head), from: head, place: item, language: own };
    label = text(head);
    yield { text: text(sentence), from: sentence, place: item };
    if (label && text(items[at + 1]?.querySelector(".told-label")) === label) continue;
    const names = [...item.querySelectorAll(".told-sources > a bdi, .told-sources summary bdi")].map(text);
    yield { text: [...new Set(names)].join(", "), from: item, place: item };
  }
}

/** @param {Piece[]} all @returns {Stretch[]} */
export const stretches = (all) =>
  all.flatMap((one, piece) => {
    const language = one.language ?? languageOf(one.from);
    return cut(one.text, language).map((part) => ({ text: part, language, place: one.place ?? one.from, piece }));
  });

/** Cut a text into sentences, and those that are long after a comma or between words. @param {string} whole @param {string} language */
export function cut(whole, language) {
  const longest = WIDE.test(whole) ? LONGEST / 3 : LONGEST;
  return sentences(whole, language).flatMap((sentence) => {
    const parts = [];
    let rest = sentence.trim();
    while (rest.length > longest) {
      const head = rest.slice(0, longest);
      const comma = Math.max(...[",", ";", ":", "،", "؛", "、", "，", "；", " –", " —"].map((mark) => head.lastIndexOf(mark)));
      const at = comma > longest / 3 ? comma + 1 : head.lastIndexOf(" ") > 0 ? head.lastIndexOf(" ") : longest;
      parts.push(rest.slice(0, at).trim());
      rest = rest.slice(at).trim();
    }
    return [...parts, rest].filter(Boolean);
  });
}

/** @param {string} whole @param {string} language */
function sentences(whole, language) {
  try {
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(whole)].map((one) => one.segment);
  } catch {
    return whole.split(/(?<=[.!?。！？؟।])\s+/);
  }
}
