// @ts-check
// Words selected in an article become a highlight, with a note where one is written; kept without a network, too.
import { tell } from "./tell.js";

const AROUND = 64;
const LONGEST = 2000;
const article = /** @type {HTMLElement} */ (document.querySelector(".article[data-mark]"));
const body = /** @type {HTMLElement} */ (article.querySelector(".body"));
const LINE = "[id^=p]";

/** @returns {HTMLElement[]} */
const lines = () => [...body.querySelectorAll(LINE)].filter((one) => one instanceof HTMLElement && /^p\d+$/.test(one.id));

/** What is selected in the lines of the text, as the article's text has it: a line's words, then a line break.
 * @param {Range} range @returns {{exact: string, prefix: string, suffix: string, parts: Range[]} | null} */
function selected(range) {
  const all = lines();
  const parts = [];
  for (const line of all) {
    if (!range.intersectsNode(line)) continue;
    const part = document.createRange();
    part.selectNodeContents(line);
    if (line.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
    if (line.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
    if (part.toString()) parts.push({ line, part });
  }
  if (!parts.length) return null;
  const [first, last] = [parts[0], parts[parts.length - 1]];
  const before = document.createRange();
  before.setStartBefore(first.line);
  before.setEnd(first.part.startContainer, first.part.startOffset);
  const after = document.createRange();
  after.setStart(last.part.endContainer, last.part.endOffset);
  after.setEndAfter(last.line);
  const exact = parts.map(({ part }) => part.toString()).join("\n");
  return { exact, prefix: before.toString().slice(-AROUND), suffix: after.toString().slice(0, AROUND), parts: parts.map(({ part }) => part) };
}

/** Colour a passage, text by text. @param {Range} part */
function colour(part) {
  const walker = document.createTreeWalker(part.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const texts = part.commonAncestorContainer instanceof Text ? [part.commonAncestorContainer] : [];
  while (walker.nextNode()) if (part.intersectsNode(walker.currentNode)) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    const within = document.createRange();
    within.selectNodeContents(text);
    if (text === part.startContainer) within.setStart(text, part.startOffset);
    if (text === part.endContainer) within.setEnd(text, part.endOffset);
    if (!within.toString()) continue;
    const mark = document.createElement("mark");
    mark.className = "my-mark";
    within.surroundContents(mark);
  }
}

const bar = document.createElement("div");
bar.className = "mark-here";
bar.setAttribute("role", "group");
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
article.append(said);

/** @param {string | undefined} words @param {() => void} act */
function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words ?? "";
  // A press must not take away what is selected.
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", act);
  bar.append(made);
}

/** @returns {Range | null} */
function range() {
  const marked = getSelection();
  const found = marked?.rangeCount ? marked.getRangeAt(0) : null;
  return found && !found.collapsed && body.contains(found.commonAncestorContainer) ? found : null;
}

/** @param {string} note */
async function mark(note) {
  const here = range();
  const found = here && selected(here);
  if (!found || found.exact.length > LONGEST) return;
  const { exact, prefix, suffix, parts } = found;
  bar.remove();
  await tell("highlight", { article: article.dataset.mark ?? "", exact, prefix, suffix, note }, exact.slice(0, 60));
  getSelection()?.removeAllRanges();
  for (const part of parts) colour(part);
  said.textContent = article.dataset.marked ?? "";
}

function write() {
  const here = range()?.cloneRange();
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("[data-note-dialog]"));
  const field = dialog?.querySelector("textarea");
  if (!here || !dialog || !field) return;
  dialog.addEventListener("close", () => {
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(here);
    if (dialog.returnValue === "yes") mark(field.value);
    field.value = "";
  }, { once: true });
  dialog.returnValue = "";
  dialog.showModal();
}

button(article.dataset.highlight, () => mark(""));
button(article.dataset.note, write);

/** Offer to mark what is selected, beside it. */
function offer() {
  const here = range();
  if (!here || here.toString().trim().length < 2) return bar.remove();
  const box = here.getBoundingClientRect();
  if (!bar.isConnected) body.after(bar);
  bar.style.top = `${Math.max(8, box.top + scrollY - bar.offsetHeight - 10)}px`;
  bar.style.left = `${Math.max(8, Math.min(box.left + scrollX, innerWidth - bar.offsetWidth - 8))}px`;
}

document.addEventListener("selectionchange", offer);
// Something may have been selected before this script came.
offer();
