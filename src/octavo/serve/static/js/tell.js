// @ts-check
// Tells the server what a signed-in reader keeps: now, or when the network is back.
import { send } from "./outbox.js";

/** @param {string} act the end of the form's address @param {Record<string, string>} fields @param {string} label what waits, in words */
export async function tell(act, fields, label) {
  const token = document.querySelector("form#keep [name=token]");
  const body = new URLSearchParams({ token: token instanceof HTMLInputElement ? token.value : "", ...fields }).toString();
  return send({ path: `/${document.body.dataset.edition}/keep/${act}`, body, type: "application/x-www-form-urlencoded", label });
}
