// @ts-check
// Notifications: following a link marks what it is about as read; a button marks it without leaving the page. On the
// page of settings, the time zone this browser knows is offered first. Without scripts, the forms do the same.

/** @param {HTMLFormElement} form @param {boolean} leaving */
async function mark(form, leaving) {
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const answer = await fetch(form.action, { method: "POST", body, keepalive: leaving, headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  seen(form);
}

/** @param {HTMLFormElement} form */
function seen(form) {
  const one = form.closest(".told-one");
  const next = one?.nextElementSibling?.querySelector("a, button");
  one?.classList.remove("is-unread");
  one?.querySelector(".visually-hidden")?.remove();
  const focused = form.contains(document.activeElement);
  form.remove();
  if (focused && next instanceof HTMLElement) next.focus();
  const left = document.querySelectorAll(".told-one.is-unread").length;
  const count = document.querySelector(".tool-count");
  if (count && left === 0) count.remove();
  if (left === 0) document.querySelector("[data-read-all]")?.remove();
}

for (const form of document.querySelectorAll("form[data-read]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    mark(form, false).catch(() => form.submit());
  });
  for (const link of form.closest(".told-one")?.querySelectorAll("a") ?? []) {
    const follow = () => form.isConnected && mark(form, true).catch(() => undefined);
    link.addEventListener("click", follow);
    link.addEventListener("auxclick", follow);
  }
}

const zone = document.querySelector("select[data-zone]");
if (zone instanceof HTMLSelectElement) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...zone.options].find((one) => one.value === here);
  if (known && zone.dataset.zone === "guess") zone.value = here;
}
