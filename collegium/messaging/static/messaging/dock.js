// Conversations at the lower edge of other pages, where there is room. It stays as one left it from page to page, and fetches
// what it shows only once it is opened.
const ROOM = matchMedia("(min-width: 75rem)");
const KEPT = "talk-dock";

customElements.define("talk-dock", class extends HTMLElement {
  connectedCallback() {
    this.panel = this.querySelector("[data-panel]");
    this.bar = this.querySelector("[data-fold]");
    this.inside = this.querySelector("[data-inside]");
    this.hidden = false;
    this.bar.addEventListener("click", (event) => { event.preventDefault(); this.toggle(); });
    this.addEventListener("click", (event) => this.pressed(event));
    this.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.isOpen && !event.defaultPrevented) this.toggle(false); });
    if (ROOM.matches && this.kept) this.toggle(true, this.kept);
  }

  get kept() { try { return sessionStorage.getItem(KEPT) ?? ""; } catch { return ""; } }

  keep(what) { try { what ? sessionStorage.setItem(KEPT, what) : sessionStorage.removeItem(KEPT); } catch { /* it folds with the page */ } }

  get isOpen() { return !this.panel.hidden; }

  toggle(open = !this.isOpen, at = "/messages/dock/") {
    this.panel.hidden = !open;
    this.bar.setAttribute("aria-expanded", String(open));
    document.dispatchEvent(new CustomEvent("talk:leave"));
    if (open) this.show(at, at === "/messages/dock/" && !this.kept);
    else { this.keep(""); this.inside.replaceChildren(); this.bar.focus(); }
  }

  async show(address, focus = false) {
    this.keep(address);
    await this.learn();
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return address === "/messages/dock/" ? this.keep("") : this.show("/messages/dock/");
    if (!this.isOpen) return;
    await htmx.swap({ text: await answer.text(), target: this.inside, sourceElement: this.inside, swap: "innerHTML" });
    this.querySelector("[data-list]").hidden = address === "/messages/dock/";
    if (focus) this.inside.querySelector("a")?.focus();
  }

  // What conversations are made of, only where one is looked at.
  learn() {
    if (this.learnt || !this.dataset.scripts) return this.learnt;
    return (this.learnt = Promise.all(this.dataset.scripts.split(" ").map((script) => import(script))));
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-open]");
    const list = event.target.closest("[data-list]");
    if (!link && !list) return;
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("talk:leave"));
    this.show(list ? "/messages/dock/" : `${link.getAttribute("href")}?in=dock`);
  }
});
