// Asks the browser whether it may tell, and hands what it answers to the form. Without it the form stays hidden.
class PushSwitch extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.ask(event), true);
    this.show();
  }

  say(words) { this.querySelector(".push-word").textContent = words ?? ""; }

  async show() {
    const able = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
    const denied = able && Notification.permission === "denied";
    this.say(able ? (denied ? this.dataset.denied : "") : this.dataset.unable);
    this.form.hidden = !able || denied || Boolean(document.querySelector("[data-here]"));
  }

  // The first press asks; the form goes once the browser has said yes.
  async ask(event) {
    if (this.form.elements.endpoint.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      if (await Notification.requestPermission() !== "granted") return this.show();
      const { endpoint, keys } = (await this.subscribe()).toJSON();
      const { elements } = this.form;
      elements.endpoint.value = endpoint;
      elements.p256dh.value = keys.p256dh;
      elements.auth.value = keys.auth;
      document.dispatchEvent(new CustomEvent("push:allowed", { detail: endpoint }));
      this.form.requestSubmit();
      this.form.hidden = true;
    } catch {
      this.say(this.dataset.failed);
    }
  }

  async subscribe() {
    const { pushManager } = await navigator.serviceWorker.ready;
    const key = Uint8Array.from(atob(this.dataset.key.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
    try {
      return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    } catch (trouble) {
      // It was allowed by another community at this address before: its subscription is of no use to us.
      const old = await pushManager.getSubscription();
      if (!old) throw trouble;
      await old.unsubscribe();
      return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    }
  }
}
customElements.define("push-switch", PushSwitch);
