// Pictures of a post that is being written: each is sent as soon as it is chosen, and can then be described, moved and
// removed. Without script the same fields and buttons go with the form.
const HEAVIEST = 10 * 1048576;

customElements.define("picture-picker", class extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "1";
    this.form = this.closest("form");
    this.details = this.querySelector("details");
    this.list = this.querySelector("[data-list]");
    this.files = this.querySelector("[data-files]");
    this.queue = [];
    this.underway = 0;
    for (const row of this.rows()) this.wire(row);
    this.files.addEventListener("change", () => { this.take([...this.files.files]); this.files.value = ""; });
    // What is typed here changes nothing about who will see the post, which the form works out at each change.
    this.addEventListener("change", (event) => event.stopPropagation());
    this.querySelector("summary").addEventListener("click", () => { if (!this.details.open && !this.rows().length) this.files.click(); });
    this.number();
    if (this.form) this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      if (!this.underway) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.asked = event.submitter;
      this.waits = true;
      this.tell(this.dataset.sayWait, true);
    }, true);
    this.form.addEventListener("paste", (event) => {
      const pasted = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
      if (pasted.length) { event.preventDefault(); this.take(pasted); }
    });
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    const over = (on) => this.form.classList.toggle("pictures-over", on);
    this.form.addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); over(true); } });
    this.form.addEventListener("dragleave", (event) => { if (!this.form.contains(event.relatedTarget)) over(false); });
    this.form.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      over(false);
      this.take([...event.dataTransfer.files]);
    });
  }

  rows() { return [...this.list.children]; }

  take(files) {
    if (!files.length) return;
    this.querySelector("[data-problems]").replaceChildren();
    this.details.open = true;
    const room = Number(this.dataset.most) - this.rows().length;
    if (files.length > room) this.complain(this.dataset.sayRoom);
    for (const file of files.slice(0, Math.max(room, 0))) {
      if (file.size > HEAVIEST) this.complain(this.dataset.sayLarge.replace("{name}", file.name));
      else this.queue.push([file, this.newRow(file)]);
    }
    this.next();
  }

  newRow(file) {
    const row = this.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
    const area = row.querySelector("[data-alt]");
    const face = row.querySelector("[data-face]");
    area.id = `alt-new-${Date.now()}-${this.list.children.length}-${this.queue.length}`;
    row.querySelector("label").htmlFor = area.id;
    area.removeAttribute("name");
    face.src = URL.createObjectURL(file);
    // What the browser cannot show, the server may still read.
    face.addEventListener("error", () => face.removeAttribute("src"), { once: true });
    row.setAttribute("aria-busy", "true");
    row.querySelector("[data-state]").hidden = false;
    row.querySelector("[data-words]").textContent = this.dataset.saySending;
    this.list.append(row);
    this.underway += 1;
    this.wire(row);
    this.number();
    return row;
  }

  // One after the other: a server takes only few at a time, and the order stays.
  next() {
    if (this.sending || !this.queue.length) return;
    const [file, row] = this.queue.shift();
    if (!row.isConnected) { this.done(); return; }
    const bar = row.querySelector("progress");
    const words = row.querySelector("[data-words]");
    const body = new FormData();
    body.append("picture", file, file.name);
    this.sending = new XMLHttpRequest();
    this.current = row;
    this.sending.open("POST", this.dataset.src);
    this.sending.setRequestHeader("X-CSRFToken", this.form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "");
    this.sending.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
      if (loaded >= total) { bar.removeAttribute("value"); words.textContent = this.dataset.sayPreparing; }
    });
    this.sending.addEventListener("loadend", () => this.arrived(row, file));
    this.sending.send(body);
  }

  arrived(row, file) {
    let answer = {};
    try { answer = JSON.parse(this.sending.responseText); } catch { /* no answer of ours */ }
    this.sending = null;
    if (!row.isConnected) { /* removed meanwhile */ } else if (answer.key) this.fill(row, answer);
    else {
      row.remove();
      this.complain(answer.say || `${file.name}: ${this.dataset.sayFailed}`);
      this.number();
    }
    this.done();
  }

  fill(row, { key, url }) {
    const area = row.querySelector("[data-alt]");
    const hidden = row.querySelector("[name=pictures-key]");
    const face = row.querySelector("[data-face]");
    hidden.value = key;
    hidden.disabled = false;
    area.name = `pictures-alt-${key}`;
    row.removeAttribute("aria-busy");
    row.querySelector("[data-state]").hidden = true;
    const preview = face.src;
    face.src = url;
    if (preview.startsWith("blob:")) URL.revokeObjectURL(preview);
    this.tell(this.dataset.sayHere.replace("{n}", this.rows().indexOf(row) + 1));
    this.changed();
  }

  done() {
    this.underway -= 1;
    if (this.queue.length) { this.next(); return; }
    if (!this.waits || this.underway) return;
    this.waits = false;
    // What could not be sent is said first, and posting stays a decision.
    if (this.querySelector("[data-problems]").childElementCount === 0) this.form.requestSubmit(this.asked);
  }

  wire(row) {
    for (const button of row.querySelectorAll("button")) button.type = "button";
    row.querySelector("[data-up]").addEventListener("click", (event) => this.move(row, -1, event.currentTarget));
    row.querySelector("[data-down]").addEventListener("click", (event) => this.move(row, 1, event.currentTarget));
    row.querySelector("[data-off]").addEventListener("click", () => this.remove(row));
  }

  move(row, step, button) {
    const rows = this.rows();
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row); else other.after(row);
    this.number();
    button.focus();
    this.changed();
    this.tell(this.dataset.sayMoved.replace("{n}", this.rows().indexOf(row) + 1).replace("{m}", rows.length));
  }

  remove(row) {
    const rows = this.rows();
    const at = rows.indexOf(row);
    const beside = rows[at + 1] ?? rows[at - 1];
    row.remove();
    if (this.current === row) this.sending?.abort();
    this.number();
    (beside?.querySelector("[data-off]") ?? this.files).focus();
    this.changed();
    this.tell(this.dataset.sayGone.replace("{m}", rows.length - 1));
  }

  number() {
    const rows = this.rows();
    const say = (words, n) => words.replace("{n}", n);
    rows.forEach((row, at) => {
      const n = at + 1;
      row.querySelector("[data-number]").textContent = n;
      row.querySelector("[data-say-number]").textContent = say(this.dataset.sayShows, n);
      for (const [name, words] of [["up", this.dataset.sayUp], ["down", this.dataset.sayDown], ["off", this.dataset.sayOff]]) row.querySelector(`[data-${name}]`).setAttribute("aria-label", say(words, n));
      row.querySelector("[data-up]").setAttribute("aria-disabled", at === 0);
      row.querySelector("[data-down]").setAttribute("aria-disabled", n === rows.length);
    });
    this.querySelector("[data-count]").textContent = rows.length ? this.dataset.sayLeft.replace("{n}", rows.length).replace("{m}", this.dataset.most) : "";
    this.querySelector("[data-kindly]").hidden = !rows.length;
    this.querySelector(".pictures-choose").hidden = rows.length >= Number(this.dataset.most);
  }

  // The draft is kept when something in the form says that it changed.
  changed() { this.files.dispatchEvent(new Event("input", { bubbles: true })); }

  complain(sentence) {
    const line = Object.assign(document.createElement("p"), { className: "field-error", textContent: sentence });
    this.querySelector("[data-problems]").append(line);
  }

  tell(sentence, seen = false) {
    this.querySelector("[data-live]").textContent = sentence;
    if (seen) this.querySelector("[data-count]").textContent = sentence;
  }
});
