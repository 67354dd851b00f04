// A large file on its way: shows how much has been sent, and can be stopped. Without script the form sends itself.
const MEGA = 1048576;

customElements.define("file-upload", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.state = this.querySelector(".upload-state");
    this.bar = this.state.querySelector("progress");
    this.words = this.state.querySelector("[data-words]");
    this.form.addEventListener("submit", (event) => this.send(event));
    this.state.querySelector("[data-stop]").addEventListener("click", () => this.sending?.abort());
  }

  send(event) {
    const file = this.form.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    if (this.sending) return;
    this.querySelector(".failed")?.remove();
    if (file.size > Number(this.dataset.most)) { this.say(this.dataset.sayLarge); return; }
    this.sending = new XMLHttpRequest();
    this.sending.open("POST", this.form.action);
    this.sending.setRequestHeader("X-Upload", "1");
    this.sending.upload.addEventListener("progress", ({ loaded, total }) => this.show(loaded, total));
    this.sending.addEventListener("load", () => this.arrived());
    this.sending.addEventListener("error", () => this.failed(this.dataset.sayFailed));
    this.sending.addEventListener("abort", () => this.failed(this.dataset.sayStopped));
    this.busy(true);
    this.show(0, file.size);
    this.sending.send(new FormData(this.form));
  }

  show(loaded, total) {
    const number = (bytes) => (bytes / MEGA).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    this.bar.value = total ? loaded / total : 0;
    this.words.textContent = loaded < total ? this.dataset.saySending.replace("{done}", number(loaded)).replace("{total}", number(total)) : this.dataset.sayArrived;
  }

  arrived() {
    let answer = {};
    try { answer = JSON.parse(this.sending.responseText); } catch { /* a plain sentence of the door, or a page */ }
    if (answer.go) { location.assign(answer.go); return; }
    const plain = (this.sending.getResponseHeader("Content-Type") ?? "").startsWith("text/plain") ? this.sending.responseText.trim() : "";
    this.failed(answer.say || plain || this.dataset.sayFailed);
  }

  failed(sentence) { this.busy(false); this.say(sentence); }

  busy(on) {
    if (!on) this.sending = null;
    this.state.hidden = !on;
    this.form.querySelector(".fields-acts").hidden = on;
  }

  say(sentence) {
    const note = Object.assign(document.createElement("p"), { className: "failed", textContent: sentence });
    note.setAttribute("role", "alert");
    this.form.append(note);
  }
});
