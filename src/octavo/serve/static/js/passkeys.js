// @ts-check
// Passkeys: the form asks the server for options, the browser asks the device, and the answer goes with the form.

/** @param {HTMLFormElement} form */
async function ask(form) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  const headers = { Accept: "application/json" };
  const response = await fetch(form.dataset.begin ?? "", { method: "POST", body, headers });
  if (response.status === 403 && form.dataset.verify) {
    location.assign(form.dataset.verify);
    return;
  }
  if (!response.ok) throw new Error(String(response.status));
  const { options, ticket } = await response.json();
  const kind = /** @type {any} */ (PublicKeyCredential);
  const credential =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: kind.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: kind.parseRequestOptionsFromJSON(options) });
  if (!credential) return;
  /** @type {HTMLInputElement} */ (form.elements.namedItem("ticket")).value = ticket;
  const answer = JSON.stringify(/** @type {any} */ (credential).toJSON());
  /** @type {HTMLInputElement} */ (form.elements.namedItem("answer")).value = answer;
  form.submit();
}

const can = "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!(form instanceof HTMLFormElement) || !can) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = form.querySelector("[role=status]");
    if (said) said.textContent = "";
    ask(form).catch(() => said && (said.textContent = said.getAttribute("data-refused")));
  });
}
