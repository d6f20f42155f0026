// @ts-check
// Notifications: this browser's subscription, and what it asked to be told. Kept here, and told to the server whole.

const KEY = "push";

/** @typedef {{kind: string, key: string, name: string, path: string}} Followed */
/** @typedef {{begin: number, end: number}} Quiet */
/** @typedef {{edition: string, breaking: number, within_h: number, most_a_day: number, quiet: Quiet | null,
 *   follows: Followed[]}} Wishes */

/** @returns {Wishes} */
export function wishes() {
  const usual = {
    edition: document.body.dataset.edition ?? "",
    breaking: 0,
    within_h: 6,
    most_a_day: 10,
    quiet: { begin: 22 * 60, end: 7 * 60 },
    follows: [],
  };
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return usual;
  }
}

/** Tell the server again what is kept here: it may have forgotten this browser while its messages did not get through. */
export async function remind() {
  if (localStorage.getItem(KEY) && Notification.permission === "granted" && (await subscription())) await keep(wishes());
}

/** Why this browser cannot be notified, or "" where it can.
 * @returns {"" | "ios" | "unsupported" | "denied"} */
export function hindrance() {
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  // Safari on iPhone and iPad knows push for sites on the home screen only.
  const apple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes("Mac") && navigator.maxTouchPoints > 1);
  if (!able) return apple ? "ios" : "unsupported";
  return Notification.permission === "denied" ? "denied" : "";
}

/** @returns {Promise<PushSubscription | null>} */
export async function subscription() {
  if (hindrance()) return null;
  const worker = await navigator.serviceWorker.getRegistration("/");
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** Ask for leave, where it was not given, and subscribe; a subscription made with an old key is made anew. */
async function subscribed() {
  if ((await Notification.requestPermission()) !== "granted") throw new Refused("denied");
  const worker = await navigator.serviceWorker.ready;
  const { key } = await (await fetch("/push/key")).json();
  if (!key) throw new Refused("failed");
  const old = await worker.pushManager.getSubscription();
  if (old && keyOf(old) === key) return old;
  await old?.unsubscribe();
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  if (old) await post("move", { endpoint: old.endpoint, subscription: address(made) }).catch(() => undefined);
  return made;
}

/** Why something was not done: the name of the sentence that says so. */
export class Refused extends Error {}

/** Keep what is wanted, here and on the server. @param {Wishes} wanted */
export async function keep(wanted) {
  const made = await subscribed();
  await post("subscribe", {
    ...wanted,
    subscription: address(made),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    follows: wanted.follows.map(({ kind, key, name }) => ({ kind, key, name: name.slice(0, 160) })),
  });
  localStorage.setItem(KEY, JSON.stringify(wanted));
}

/** Turn notifications off: here, at the push service, and on the server. */
export async function forget() {
  const made = await subscription();
  if (made) {
    await post("forget", { endpoint: made.endpoint });
    await made.unsubscribe();
  }
  localStorage.removeItem(KEY);
}

export async function test() {
  const made = await subscription();
  if (made) await post("test", { endpoint: made.endpoint });
}

/** What the page at a path is about: /en-gb/story/9x/words, /en-gb/hashtag/Tide, /en-gb/place/gb.
 * @param {string} path @param {string} name @returns {Followed} */
export function followed(path, name) {
  const [, , kind, ...rest] = path.split("/");
  return { kind, key: decodeURIComponent(kind === "story" ? rest[0] : rest.join("/")), name, path };
}

/** @param {string} act @param {object} said */
async function post(act, said) {
  const answer = await fetch(`/push/${act}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(said),
  });
  if (!answer.ok) throw new Refused(answer.status === 503 || answer.status === 422 ? "full" : "failed");
}

/** @param {PushSubscription} made */
function address(made) {
  const { endpoint, keys } = made.toJSON();
  return { endpoint, keys, server_key: keyOf(made) };
}

/** @param {PushSubscription} made */
function keyOf(made) {
  const raw = new Uint8Array(made.options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} key */
function bytes(key) {
  return Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
