// @ts-check
// The browser offers to install the app: its offer waits behind the button at the foot of the page.

/** @param {Event & {prompt?: () => Promise<unknown>}} asked */
export function offer(asked) {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".js-install"));
  const hint = /** @type {HTMLElement | null} */ (document.querySelector(".foot-hint"));
  if (!button) return;
  const show = (/** @type {boolean} */ able) => {
    button.hidden = !able;
    if (hint) hint.hidden = able;
  };
  show(true);
  button.onclick = async () => {
    button.onclick = null;
    await asked.prompt?.();
    show(false);
  };
}
