// Part of the service worker: shows what was pushed, and opens it. Appended to sw.js when it is served.
{
  /** What to show of a message, whatever came: browsers demand that something is shown. */
  const read = (/** @type {PushMessageData | null} */ data) => {
    try {
      return data?.json() ?? {};
    } catch {
      return {};
    }
  };

  const SHOWN = "pushed";
  const SHOWN_KEPT = 100;

  const placeOf = (/** @type {string} */ id) => `/push/shown/${encodeURIComponent(id)}`;

  const isKnown = async (/** @type {string} */ id) => id !== "" && (await (await caches.open(SHOWN)).match(placeOf(id))) !== undefined;

  const remember = async (/** @type {string} */ id) => {
    const cache = await caches.open(SHOWN);
    await cache.put(placeOf(id), new Response(""));
    const old = (await cache.keys()).slice(0, -SHOWN_KEPT);
    await Promise.all(old.map((key) => cache.delete(key)));
  };

  /** A server that was cut off sends its last message again, under the same id: it is shown once. */
  const show = async (/** @type {Record<string, string>} */ message) => {
    const { title = "Octavo", body = "", lang = "", tag = "", url = "/", id = "" } = message;
    // A device without room for a cache is no reason to show nothing.
    if (await isKnown(id).catch(() => false)) return;
    const icon = self.OCTAVO.icon;
    const shown = { body, lang, tag, icon, badge: icon, dir: "auto", renotify: tag !== "", data: { url } };
    await self.registration.showNotification(title, shown);
    if (id) await remember(id).catch(() => undefined);
  };

  self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const address = new URL(event.notification.data?.url ?? "/", location.origin);
    event.waitUntil(open(address.origin === location.origin ? address.href : location.origin));
  });

  const open = async (/** @type {string} */ href) => {
    const windows = await self.clients.matchAll({ type: "window" });
    const there = windows.find((one) => one.url === href);
    return there ? there.focus() : self.clients.openWindow(href);
  };

  // The push service gave this browser a new address: its wishes stay what they were.
  self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(change(event)));

  const change = async (event) => {
    const old = event.oldSubscription;
    if (!old) return;
    const made = event.newSubscription ?? (await self.registration.pushManager.subscribe(old.options));
    const { endpoint, keys } = made.toJSON();
    const raw = new Uint8Array(made.options.applicationServerKey);
    const key = btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    await fetch("/push/move", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ endpoint: old.endpoint, subscription: { endpoint, keys, server_key: key } }),
    });
  };
}
