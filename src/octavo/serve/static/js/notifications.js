// @ts-check
// The page of notifications: turned on and off, thresholds, quiet hours, what is followed.
import { Refused, forget, hindrance, keep, remind, subscription, test, wishes } from "./push.js";

const page = /** @type {HTMLElement} */ (document.querySelector("[data-notifications]"));
const form = /** @type {HTMLFormElement} */ (page.querySelector("form"));
const said = /** @type {HTMLElement} */ (page.querySelector("[data-said]"));

/** @param {string} state */
function show(state) {
  for (const part of page.querySelectorAll("[data-when]")) {
    const when = (/** @type {HTMLElement} */ (part).dataset.when ?? "").split(" ");
    /** @type {HTMLElement} */ (part).hidden = !when.includes(state);
  }
}

/** @param {string} name */
function field(name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** @param {string} name */
function say(name) {
  said.textContent = page.dataset[name] ?? "";
}

const clock = (/** @type {number} */ minute) => new Date(minute * 60_000).toISOString().slice(11, 16);

/** @param {string} text */
function minute(text) {
  const [hour = 0, rest = 0] = text.split(":").map(Number);
  return hour * 60 + rest;
}

function fill() {
  const wanted = wishes();
  field("breaking").value = String(wanted.breaking);
  field("within_h").value = String(wanted.within_h);
  field("within_h").disabled = wanted.breaking === 0;
  field("most_a_day").value = String(wanted.most_a_day);
  field("quiet").checked = wanted.quiet !== null;
  for (const name of ["begin", "end"]) field(name).disabled = wanted.quiet === null;
  if (wanted.quiet) {
    field("begin").value = clock(wanted.quiet.begin);
    field("end").value = clock(wanted.quiet.end);
  }
  list(wanted.follows);
}

/** @param {import("./push.js").Followed[]} follows */
function list(follows) {
  const rows = /** @type {HTMLElement} */ (page.querySelector("[data-followed]"));
  /** @type {HTMLElement} */ (page.querySelector("[data-nothing]")).hidden = follows.length > 0;
  rows.replaceChildren(...follows.map(row));
}

/** @param {import("./push.js").Followed} one */
function row(one) {
  const line = document.createElement("li");
  const kind = document.createElement("span");
  kind.className = "followed-kind";
  kind.textContent = page.dataset[one.kind] ?? "";
  const link = document.createElement("a");
  link.href = one.path;
  link.dir = "auto";
  link.textContent = one.kind === "hashtag" ? `#${one.name}` : one.name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "link";
  remove.textContent = page.dataset.remove ?? "";
  remove.setAttribute("aria-label", `${page.dataset.remove}: ${link.textContent}`);
  remove.addEventListener("click", () => {
    const wanted = wishes();
    const follows = wanted.follows.filter((other) => other.kind !== one.kind || other.key !== one.key);
    run(() => keep({ ...wanted, follows }), "done");
  });
  line.append(kind, link, remove);
  return line;
}

function read() {
  const begin = minute(field("begin").value || "22:00");
  const end = minute(field("end").value || "07:00");
  return {
    ...wishes(),
    edition: document.body.dataset.edition ?? "",
    breaking: Number(field("breaking").value),
    within_h: Number(field("within_h").value),
    most_a_day: Number(field("most_a_day").value),
    quiet: field("quiet").checked ? { begin, end } : null,
  };
}

/** Do something, say what came of it, and show how things are now.
 * @param {() => Promise<void>} act @param {string} done */
async function run(act, done) {
  say("");
  page.setAttribute("aria-busy", "true");
  try {
    await act();
    say(done);
  } catch (error) {
    say(error instanceof Refused ? error.message : "failed");
  }
  page.removeAttribute("aria-busy");
  await settle();
}

async function settle() {
  const reason = hindrance();
  const on = !reason && (await subscription()) !== null;
  show(reason || (on ? "on" : "off"));
  fill();
}

form.addEventListener("change", () => run(() => keep(read()), "done"));
form.addEventListener("submit", (event) => event.preventDefault());
page.querySelector("[data-turn-on]")?.addEventListener("click", () => run(() => keep(wishes().breaking ? wishes() : { ...wishes(), breaking: 5 }), "done"));
page.querySelector("[data-turn-off]")?.addEventListener("click", () => run(forget, "forgotten"));
page.querySelector("[data-test]")?.addEventListener("click", () => run(test, "tested"));
settle();
remind().catch(() => undefined);
