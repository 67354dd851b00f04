// Sends pictures one after the other, for a server takes only few at a time, and so that their order stays.
customElements.define("picture-sender", class extends HTMLElement {
  queue = [];

  connectedCallback() {
    this.form ??= this.closest("form");
    this.form?.addEventListener("submit", this.hold, true);
  }

  disconnectedCallback() { this.form?.removeEventListener("submit", this.hold, true); }

  // Whoever posts meanwhile posts as soon as all of them are here.
  hold = (event) => {
    if (!this.busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Object.assign(this, { asked: event.submitter, waits: true });
    this.tell("picture:waits");
  };

  get busy() { return this.queue.length > 0 || Boolean(this.sending); }

  // `fields` go along: the file, or the key of one that is there, and the part of it to show.
  add(row, fields) {
    row.setAttribute("aria-busy", "true");
    row.querySelector("[data-state]").hidden = false;
    row.querySelector("[data-words]").textContent = this.dataset.saySending;
    this.queue.push([row, fields]);
    this.next();
  }

  next() {
    if (this.sending) return;
    if (!this.queue.length) {
      if (this.waits) this.tell("picture:idle", this.asked);
      this.waits = false;
      return;
    }
    const [row, fields] = this.queue.shift();
    if (!row.isConnected) { this.next(); return; }
    const bar = row.querySelector("progress");
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    this.row = row;
    this.sending = new XMLHttpRequest();
    this.sending.open("POST", this.dataset.src);
    this.sending.setRequestHeader("X-CSRFToken", this.form?.elements.namedItem("csrfmiddlewaretoken")?.value ?? "");
    bar.value = 0;
    this.sending.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
      if (loaded < total) return;
      bar.removeAttribute("value");
      row.querySelector("[data-words]").textContent = this.dataset.sayPreparing;
    });
    this.sending.addEventListener("loadend", () => this.arrived(row));
    this.sending.send(body);
  }

  arrived(row) {
    let answer = {};
    try { answer = JSON.parse(this.sending.responseText); } catch { /* no answer of ours */ }
    this.sending = null;
    row.removeAttribute("aria-busy");
    row.querySelector("[data-state]").hidden = true;
    if (row.isConnected) this.tell("picture:arrived", { row, answer });
    this.next();
  }

  // Whatever is sent for a row that is gone is sent for nothing.
  tidy() { if (this.sending && !this.row.isConnected) this.sending.abort(); }

  tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true })); }
});
