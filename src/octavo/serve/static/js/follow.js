// @ts-check
// The bell on pages of stories, hashtags and places.
import { Refused, followed, hindrance, keep, subscription, wishes } from "./push.js";

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-follow]"));
if (box) start(box);

/** @param {HTMLElement} box */
function start(box) {
  const button = /** @type {HTMLButtonElement} */ (box.querySelector("[data-bell]"));
  const said = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
  const here = followed(box.dataset.follow ?? "", box.dataset.name ?? "");
  const same = (/** @type {{kind: string, key: string}} */ one) => one.kind === here.kind && one.key === here.key;
  const reason = hindrance();
  // Its place is kept, so that nothing moves.
  box.classList.toggle("away", reason === "unsupported");
  const show = (/** @type {boolean} */ on) => button.setAttribute("aria-pressed", String(on));
  subscription().then((made) => show(made !== null && wishes().follows.some(same)));
  button.addEventListener("click", async () => {
    said.textContent = (reason && box.dataset[reason]) || "";
    if (reason) return;
    const wanted = wishes();
    const on = button.getAttribute("aria-pressed") !== "true";
    const others = wanted.follows.filter((one) => !same(one));
    button.disabled = true;
    try {
      await keep({ ...wanted, follows: on ? [here, ...others] : others });
      show(on);
    } catch (error) {
      said.textContent = (error instanceof Refused && box.dataset[error.message]) || box.dataset.failed || "";
    } finally {
      button.disabled = false;
      button.focus();
    }
  });
}
