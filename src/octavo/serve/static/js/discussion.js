// @ts-check
// Comments without leaving the page: vote, reply and post in place, quote what is selected, hear of new ones.
// Every link and form works without this; what the server answers is shown as it came.
import { pageOf } from "./trusted.js";

const ASK_EVERY_MS = 30_000;
const LONGEST_QUOTE = 600;
const FAILED = 400;

const section = () => /** @type {HTMLElement | null} */ (document.querySelector("#comments[data-talk]"));

/** @param {ParentNode} within */
const anchors = (within) => new Set([...within.querySelectorAll(".remark[id]")].map((one) => one.id));

/** Shows the discussion as a page has it; what is folded stays folded, what is being written stays. @param {Document} page @param {HTMLFormElement | null} sent */
function show(page, sent) {
  const old = section();
  const made = page.querySelector("#comments");
  if (!old || !made) return false;
  const known = anchors(old);
  const folded = [...old.querySelectorAll(".remark-below:not([open])")].map((one) => one.closest(".remark")?.id);
  const drafts = [...old.querySelectorAll("form[data-talk-form]")].filter((form) => form !== sent && form.id === "comment-form");
  const written = drafts.map((form) => /** @type {HTMLTextAreaElement | null} */ (form.querySelector("[name=text]"))?.value ?? "");
  old.replaceWith(made);
  for (const id of folded) if (id) document.getElementById(id)?.querySelector(":scope > .remark-below")?.removeAttribute("open");
  const fields = made.querySelector("#comment-form [name=text]");
  if (written[0] && fields instanceof HTMLTextAreaElement) fields.value = written[0];
  const fresh = [...anchors(made)].filter((id) => !known.has(id)).map((id) => document.getElementById(id));
  for (const one of fresh) one?.classList.add("is-new");
  globalThis.octavo?.judge?.();
  return fresh;
}

/** @param {HTMLFormElement} form @param {string | undefined} words */
function say(form, words) {
  const said = form.querySelector("[role=status]");
  if (said) said.textContent = words ?? "";
}

/** @param {HTMLFormElement} form @param {string} words */
function complain(form, words) {
  const place = form.querySelector("[data-problem]");
  const told = document.createElement("p");
  told.className = "form-problem";
  told.setAttribute("role", "alert");
  told.textContent = words;
  place?.replaceChildren(told);
  /** @type {HTMLElement | null} */ (form.querySelector("[name=text]"))?.focus();
}

/** @param {HTMLFormElement} form */
const body = (form) => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** Posts, edits nothing else: the page that follows is shown here. @param {HTMLFormElement} form */
async function post(form) {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  say(form, form.dataset.waits);
  try {
    const answer = await fetch(form.action, { method: "POST", body: body(form) });
    const page = await pageOf(answer);
    if (answer.status >= FAILED) {
      complain(form, (page.querySelector(".form-problem") ?? page.querySelector("main p"))?.textContent?.trim() || (form.dataset.refused ?? ""));
      say(form, "");
      return;
    }
    const fresh = show(page, form);
    if (!fresh) return location.assign(answer.url);
    const mine = fresh.find((one) => one?.classList.contains("is-own")) ?? fresh[0];
    mine?.focus({ preventScroll: true });
    mine?.scrollIntoView({ block: "center" });
  } catch {
    await keep(form);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/** No network: the outbox sends it once there is one, by the same name, so that it is said once. @param {HTMLFormElement} form */
async function keep(form) {
  try {
    const { flush, hear, send } = await import("./outbox.js");
    addEventListener("online", () => flush().catch(() => undefined), { once: true });
    const order = { path: new URL(form.action).pathname, body: body(form).toString(), type: "application/x-www-form-urlencoded" };
    const { key } = await send({ ...order, label: form.dataset.label ?? "" });
    say(form, form.dataset.kept);
    const field = form.querySelector("[name=text]");
    if (field instanceof HTMLTextAreaElement) field.value = "";
    hear((told) => {
      if (told.key !== key) return;
      if (told.outcome === "refused") say(form, form.dataset.refused);
      else refresh();
    });
  } catch {
    form.submit();
  }
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement} button */
async function vote(form, button) {
  const ballot = body(form);
  ballot.set("value", button.value);
  const [up, down] = form.querySelectorAll("button");
  const before = up.ariaPressed === "true" ? 1 : down.ariaPressed === "true" ? -1 : 0;
  const after = { up: 1, down: -1, none: 0 }[button.value] ?? 0;
  mark(form, before, after);
  try {
    const answer = await fetch(form.action, { method: "POST", body: ballot, headers: { accept: "application/json" } });
    if (answer.ok) return;
    mark(form, after, before);
    if (answer.status === 401 || answer.status === 403) location.assign(`${form.action.replace(/\/vote$/, "")}`);
  } catch {
    const { send } = await import("./outbox.js");
    const order = { path: new URL(form.action).pathname, body: ballot.toString(), type: "application/x-www-form-urlencoded" };
    await send({ ...order, label: button.ariaLabel ?? "" }).catch(() => mark(form, after, before));
  }
}

/** @param {HTMLFormElement} form @param {number} before @param {number} after */
function mark(form, before, after) {
  const [up, down] = form.querySelectorAll("button");
  up.ariaPressed = String(after === 1);
  down.ariaPressed = String(after === -1);
  up.value = after === 1 ? "none" : "up";
  down.value = after === -1 ? "none" : "down";
  const score = /** @type {HTMLElement | null} */ (form.querySelector("[data-score]"));
  if (!score) return;
  const number = Number(score.dataset.score) + after - before;
  score.dataset.score = String(number);
  score.textContent = number.toLocaleString(document.body.dataset.locale);
}

/** The form to answer with stands below what it answers. @param {HTMLAnchorElement} link */
function answer(link) {
  const remark = link.closest(".remark");
  const open = remark?.querySelector(":scope > form[data-talk-form]");
  if (open) return open.remove();
  const pattern = document.querySelector("#comments #comment-form, #comments #answer-form");
  const below = link.closest(".remark-acts");
  if (!(pattern instanceof HTMLFormElement) || !remark || !below) return location.assign(link.href);
  const form = /** @type {HTMLFormElement} */ (pattern.cloneNode(true));
  const name = `${remark.id}-reply`;
  form.id = `${name}-form`;
  form.action = link.dataset.answer ?? "";
  form.classList.add("is-reply");
  for (const one of form.querySelectorAll(".remark-quoting, .remark-offer, [data-problem] > *")) one.remove();
  const field = form.querySelector("[name=text]");
  const label = form.querySelector("label");
  const hint = form.querySelector(".field-hint");
  if (!(field instanceof HTMLTextAreaElement) || !label || !hint) return location.assign(link.href);
  field.value = "";
  field.id = label.htmlFor = `${name}-text`;
  hint.id = `${name}-hint`;
  field.setAttribute("aria-describedby", hint.id);
  const button = form.querySelector(".remark-send .button");
  if (button) button.textContent = link.textContent;
  label.textContent = `${link.textContent}: ${remark.querySelector(".remark-name")?.textContent ?? ""}`;
  const key = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=key]"));
  if (key) key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  say(form, "");
  below.after(form);
  field.focus();
}

/** What was selected in the article last is offered to be quoted. */
function startQuoting() {
  let chosen = "";
  const offered = () => {
    const range = document.getSelection();
    const place = range?.anchorNode?.parentElement?.closest(".article .body, .article h1, .article .standfirst");
    const text = place ? String(range).replace(/\s+/g, " ").trim() : "";
    if (!text || text.length > LONGEST_QUOTE) return;
    chosen = text;
    const offer = /** @type {HTMLElement | null} */ (document.querySelector("#comment-form [data-offer]"));
    const said = offer?.querySelector("q");
    if (!offer || !said) return;
    said.textContent = chosen;
    offer.hidden = false;
  };
  document.addEventListener("selectionchange", offered);
  offered(); // this script may have come with the first selection
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-offer] button") : null;
    const form = button?.closest("form");
    const field = form?.querySelector("[name=quote]");
    if (!form || !(field instanceof HTMLTextAreaElement)) return;
    field.value = chosen;
    form.querySelector("[data-quoting]")?.setAttribute("open", "");
    button?.closest("p")?.setAttribute("hidden", "");
    /** @type {HTMLElement | null} */ (form.querySelector("[name=text]"))?.focus();
  });
}

async function refresh() {
  const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
  if (answer.ok) show(await pageOf(answer), null);
}

/** How many there are is asked while the page is in sight; they are shown when the reader wants them. */
function startNews() {
  if (!section()?.dataset.count) return;
  setInterval(async () => {
    const here = section();
    if (document.hidden || !here) return;
    const answer = await fetch(here.dataset.count ?? "").catch(() => null);
    if (!answer?.ok) return;
    const { comments } = await answer.json();
    const more = comments - Number(here.dataset.total);
    const place = here.querySelector("[data-news]");
    if (!place || more <= 0) return place?.replaceChildren();
    const { counted } = await import("./reader.js");
    const words = counted(JSON.parse(here.dataset.more ?? "{}"), more);
    if (place.textContent === words) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = words;
    button.addEventListener("click", refresh);
    place.replaceChildren(button);
  }, ASK_EVERY_MS);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (form.matches("form[data-talk-form]")) {
    event.preventDefault();
    post(form);
  } else if (form.matches("form[data-vote]") && event.submitter instanceof HTMLButtonElement) {
    event.preventDefault();
    vote(form, event.submitter);
  }
});
document.addEventListener("click", (event) => {
  if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[data-answer]") : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  answer(link);
});
// What sends later is at hand before the network is gone.
document.addEventListener("focusin", (event) => {
  if (event.target instanceof Element && event.target.closest("form[data-talk-form]")) import("./outbox.js").catch(() => undefined);
});
startQuoting();
startNews();
