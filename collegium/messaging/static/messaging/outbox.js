// What was written waits here until the server has it: in the browser's own store, so that nothing is lost in a tunnel or by
// closing the page. Each has a key made where it was typed; sent twice with it, it is said once. One tab sends at a time.
customElements.define("talk-outbox", class extends HTMLElement {
  connectedCallback() {
    this.store = `talk-outbox:${document.body.dataset.who}`;
    this.failures = 0;
    addEventListener("online", () => this.flush());
    addEventListener("storage", (event) => { if (event.key === this.store) this.tell(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.flush(); });
    this.flush();
  }

  get entries() {
    try { return JSON.parse(localStorage.getItem(this.store)) ?? []; } catch { return this.kept ?? []; }
  }

  set entries(list) {
    this.kept = list;
    try { list.length ? localStorage.setItem(this.store, JSON.stringify(list)) : localStorage.removeItem(this.store); } catch { /* kept on the page alone */ }
    this.tell();
  }

  of(path) { return this.entries.filter((entry) => entry.path === path); }

  tell() { document.dispatchEvent(new CustomEvent("talk:outbox")); }

  add(entry) { this.entries = [...this.entries, entry]; this.flush(); }

  drop(key) { this.entries = this.entries.filter((entry) => entry.key !== key); }

  change(key, values) { this.entries = this.entries.map((entry) => (entry.key === key ? { ...entry, ...values } : entry)); }

  retry(key) { this.change(key, { why: "" }); this.flush(); }

  async flush() {
    clearTimeout(this.later);
    if (this.busy || !this.entries.some((entry) => !entry.why)) return;
    this.busy = true;
    const all = async () => { for (let next; (next = this.entries.find((entry) => !entry.why));) if (!(await this.send(next))) return false; return true; };
    const sent = await (navigator.locks ? navigator.locks.request(this.store, all) : all());
    this.busy = false;
    this.failures = sent ? 0 : this.failures + 1;
    if (!sent) this.later = setTimeout(() => this.flush(), Math.min(60_000, 1_000 * 2 ** this.failures));
    else if (this.entries.some((entry) => !entry.why)) this.flush();
  }

  // Whether one can go on with the next: it was said, or refused for good.
  async send(entry) {
    try {
      const number = await this.post(`${entry.path}messages/`, new URLSearchParams([...entry.fields, ["key", entry.key]]));
      document.dispatchEvent(new CustomEvent("talk:said", { detail: { ...entry, number } }));
    } catch (error) {
      if (!(error.status >= 400 && error.status < 500) || error.status === 429) return false;
      this.change(entry.key, { why: error.message || " " });
      return true;
    }
    this.drop(entry.key);
    return true;
  }

  async post(address, body) {
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers:inherited")) };
    const answer = await fetch(address, { method: "POST", body, headers });
    if (answer.headers.get("HX-Redirect")) throw new Error("signed out");
    if (!answer.ok) throw Object.assign(new Error((await answer.text()).slice(0, 200)), { status: answer.status });
    return Number(answer.headers.get("Talk-Said"));
  }
});
