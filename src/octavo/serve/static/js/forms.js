// @ts-check
// Forms that send through the outbox, with a network or without one. A form opts in with `data-outbox`, its label in the
// list of what waits; `data-waits`, `data-done` and `data-refused` are what readers are told in its [role=status].
import { hear, send } from "./outbox.js";

/** @param {HTMLFormElement} form */
function start(form) {
  const said = form.querySelector("[role=status]");
  const say = (/** @type {string | undefined} */ words) => said && (said.textContent = words ?? "");
  const mine = new Set();
  hear(({ key, outcome }) => mine.delete(key) && say(outcome === "refused" ? form.dataset.refused : form.dataset.done));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const filled = new FormData(form, event.submitter);
    const body = new URLSearchParams([...filled].map(([name, value]) => [name, String(value)])).toString();
    const path = new URL(form.action).pathname;
    try {
      const order = { path, body, type: "application/x-www-form-urlencoded", label: form.dataset.outbox ?? "" };
      const { key } = await send(order);
      mine.add(key);
      // Not before it is written down: who was told so may leave the page.
      say(form.dataset.waits);
      form.reset();
    } catch {
      // Nothing can be kept in this browser: the form goes as it would without scripts.
      form.submit();
    }
  });
}

for (const form of document.querySelectorAll("form[data-outbox]")) if (form instanceof HTMLFormElement) start(form);
