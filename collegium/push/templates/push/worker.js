// The service worker: shows what is told while no page is open, and a page of its own while there is no line.
const OFFLINE = "{{ url("push:offline") }}";
const KEPT = "offline-1";
const ICON = "{{ static("push/icon-192.png") }}";
const SIGN = "{{ static("push/sign-96.png") }}";

async function settle() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
  await clients.claim();
}

async function keepOffline() {
  const cache = await caches.open(KEPT);
  await cache.add(new Request(OFFLINE, { cache: "reload" }));
  await skipWaiting();
}

addEventListener("install", (event) => event.waitUntil(keepOffline()));
addEventListener("activate", (event) => event.waitUntil(settle()));

// Pages alone, and only when the line is gone: everything else is the browser's own affair.
addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  event.respondWith((async () => {
    try {
      return (await event.preloadResponse) ?? (await fetch(event.request));
    } catch {
      return (await caches.match(OFFLINE)) ?? Response.error();
    }
  })());
});

addEventListener("push", (event) => event.waitUntil((async () => {
  const told = event.data?.json() ?? {};
  const open = await clients.matchAll({ type: "window" });
  // Whoever looks at the very page it is about sees it there.
  if (open.some((page) => page.focused && told.page && new URL(page.url).pathname === told.page)) return;
  const about = { body: told.body, tag: told.tag || undefined, icon: ICON, badge: SIGN, data: { url: told.url }, dir: "auto" };
  await registration.showNotification(told.title, about);
})()));

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.url || "/", location.origin);
  if (address.origin !== location.origin) return;
  event.waitUntil((async () => {
    const open = await clients.matchAll({ type: "window" });
    const same = open.find((page) => page.url === address.href);
    await (same ? same.focus() : clients.openWindow(address.href));
  })());
});
