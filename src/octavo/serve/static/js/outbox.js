// @ts-check
// What a reader does while the network is away: registered at once, done once and in order when it is back.
// Part of the service worker too. An order is `save`, a page to keep, or `send`, words for this site.
import { keepPage, outcomeOf } from "./shelf.js";

const NAME = "outbox";
const ORDERS = "orders";
const MOST = 500;

/** `label` is what readers are shown of it; a `refused` order waits for the reader, who alone takes words away.
 * @typedef {{number?: number, key: string, kind: "save" | "send", method: string, path: string, type: string, body: string,
 *   label: string, at: string, refused: boolean}} Order */

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(ORDERS, { keyPath: "number", autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** @template T @param {IDBTransactionMode} mode @param {(orders: IDBObjectStore) => IDBRequest<T>} act @returns {Promise<T>} */
async function within(mode, act) {
  const box = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const change = box.transaction(ORDERS, mode);
      const asked = act(change.objectStore(ORDERS));
      change.oncomplete = () => resolve(asked.result);
      change.onabort = () => reject(change.error);
    });
  } finally {
    box.close();
  }
}

/** Orders not yet done, oldest first. @returns {Promise<Order[]>} */
export const waiting = () => within("readonly", (orders) => orders.getAll());

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {Partial<Order> & {kind: "save" | "send", path: string}} order */
async function put(order) {
  if ((await waiting()).length >= MOST) throw new Error("the outbox is full");
  const whole = { method: "", type: "", body: "", label: "", refused: false, ...order, key: newKey(), at: new Date().toISOString() };
  await within("readwrite", (orders) => orders.add(whole));
  return { key: whole.key, done: flush().catch(() => MOST) };
}

/** Keep a page for reading without a network. `done` comes when it was tried. @param {string} path */
export const save = (path) => put({ kind: "save", path });

/** Send something to this site. The server gets a key as Idempotency-Key, so that a second arrival changes nothing.
 * @param {{method?: string, path: string, body: string, type?: string, label: string}} order */
export const send = ({ method = "POST", type = "application/json", ...order }) => put({ kind: "send", method, type, ...order });

/** Do not keep a page that was asked for. @param {string} path */
export async function withdraw(path) {
  for (const one of await waiting()) if (one.path === path && one.kind === "save") await drop(one);
}

/** Take away an order, done or not. @param {Order} order */
export const drop = (order) => within("readwrite", (orders) => orders.delete(order.number ?? 0));

/** @param {Order} order @returns {Promise<import("./shelf.js").Outcome>} */
async function carry(order) {
  if (order.kind === "save") return keepPage("saved", order.path);
  const { method, path, body, type, key } = order;
  try {
    const { status } = await fetch(path, { method, body, headers: { "content-type": type, "idempotency-key": key } });
    // A reader whose sign-in ran out meanwhile signs in again, and nothing is lost.
    return status === 401 ? "later" : outcomeOf(status);
  } catch {
    return "away";
  }
}

/** Do all that can be done now; gives how many orders are left. Words do not wait for pages, which take long to fetch.
 * @returns {Promise<number>} */
export async function flush() {
  await Promise.all([inTurn("send"), inTurn("save")]);
  const left = (await waiting()).filter((one) => !one.refused).length;
  if (left) await askForSync();
  return left;
}

/** Orders of one kind, by one page or worker at a time. @param {"send" | "save"} kind @returns {Promise<void>} */
const inTurn = (kind) => (navigator.locks ? navigator.locks.request(`${NAME} ${kind}`, () => work(kind)) : work(kind));

/** @param {"send" | "save"} kind */
async function work(kind) {
  for (const order of (await waiting()).filter((one) => one.kind === kind && !one.refused)) {
    const outcome = await carry(order);
    if (outcome === "away" || (outcome === "later" && kind === "send")) break;
    if (outcome === "later") continue;
    if (outcome === "refused" && kind === "send") await within("readwrite", (orders) => orders.put({ ...order, refused: true }));
    else await drop(order);
    tell({ ...order, outcome });
  }
}

/** @param {Order & {outcome: string}} told */
function tell(told) {
  const detail = { key: told.key, kind: told.kind, path: told.path, outcome: told.outcome };
  self.dispatchEvent(new CustomEvent(NAME, { detail }));
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(detail);
  channel.close();
}

/** Hear of orders that were done or refused, here or elsewhere. @param {(told: {key: string, kind: string, path: string, outcome: string}) => void} act */
export function hear(act) {
  addEventListener(NAME, (event) => act(/** @type {CustomEvent} */ (event).detail));
  new BroadcastChannel(NAME).addEventListener("message", (event) => act(event.data));
}

/** Where the browser can, it wakes the worker once there is a network, even with no page open. */
async function askForSync() {
  try {
    const worker = self.registration ?? (await navigator.serviceWorker.getRegistration());
    await worker?.sync?.register(NAME);
  } catch {
    // Not here: the next page, or the network's return while one is open, does it.
  }
}
