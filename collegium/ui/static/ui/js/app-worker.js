// Starts the service worker for members, and keeps the community told on a device that its owner has allowed: a new session
// is said once. What was taken off the list on another device ends here too.
const here = document.body.dataset;
const kept = `told-${here.who}`;

async function enrol(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}");
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  const answer = await fetch("/settings/devices/", { method: "POST", headers, body, redirect: "manual" });
  if (answer.status === 410) {
    localStorage.removeItem(kept);
    await subscription.unsubscribe();
  } else if (answer.ok || answer.type === "opaqueredirect") {
    localStorage.setItem(kept, mark(endpoint));
  }
}

function mark(endpoint) { return `${here.session} ${endpoint.slice(-60)}`; }

async function keep(registration) {
  const said = localStorage.getItem(kept);
  if (!said || globalThis.Notification?.permission !== "granted") return;
  const subscription = await registration.pushManager?.getSubscription();
  if (subscription && said !== mark(subscription.endpoint)) await enrol(subscription);
}

if ("serviceWorker" in navigator && here.who) {
  const only = (address) => {
    if (address !== "/sw.js") throw new TypeError("There is one worker.");
    return address;
  };
  const policy = globalThis.trustedTypes?.createPolicy("worker", { createScriptURL: only });
  const address = policy ? policy.createScriptURL("/sw.js") : "/sw.js";
  document.addEventListener("push:allowed", (event) => localStorage.setItem(kept, mark(event.detail)));
  addEventListener("load", () => navigator.serviceWorker.register(address).then(keep).catch(() => {}));
}
