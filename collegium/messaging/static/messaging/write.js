// Where one writes. What is sent stands in its place at once and goes out through the outbox; refused, it stays with the reason.
const WIDE = matchMedia("(min-width: 44rem) and (pointer: fine)");

// Without https a browser hides its own maker of keys.
function uuid() {
  const digit = (c) => (Number(c) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(c) / 4)))).toString(16);
  return crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, digit);
}

customElements.define("talk-write", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.querySelector("textarea");
    this.talk = this.closest("talk-one");
    customElements.whenDefined("talk-outbox").then(() => this.begin(document.querySelector("talk-outbox")));
  }

  begin(box) {
    this.box = box;
    this.form.addEventListener("submit", (event) => this.send(event));
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.said = [];
    this.changed = () => this.show();
    this.arrives = ({ detail }) => { if (detail.path === this.dataset.path) this.follow(detail); };
    document.addEventListener("talk:outbox", this.changed);
    document.addEventListener("talk:said", this.arrives);
    this.talk.addEventListener("talk:patched", this.changed);
    this.talk.addEventListener("click", (event) => this.pressed(event));
    this.show();
    if (WIDE.matches && !this.text.closest(".chat-asked")) this.text.focus({ preventScroll: true });
  }

  disconnectedCallback() {
    document.removeEventListener("talk:outbox", this.changed);
    document.removeEventListener("talk:said", this.arrives);
    this.talk?.removeEventListener("talk:patched", this.changed);
  }

  // The server has it: it stands here until the conversation shows it, which the open line usually says at once.
  follow(entry) {
    this.said.push(entry);
    setTimeout(() => { if (this.said.some((each) => each.key === entry.key)) this.talk.look(); }, 700);
  }

  key(event) {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    if (!(event.ctrlKey || event.metaKey || WIDE.matches)) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  send(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const fields = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "key");
    if (!this.text.value.trim() && !fields.some(([name, value]) => name === "files" && value)) return;
    this.dispatchEvent(new CustomEvent("talk:sent", { bubbles: true }));
    this.text.value = "";
    this.box.add({ path: this.dataset.path, key: uuid(), fields, at: Date.now(), why: "" });
    this.talk.querySelector("talk-scroll").scrollTop = 0;
    this.text.focus();
  }

  pressed(event) {
    const entry = event.target.closest("[data-key]")?.dataset.key;
    if (event.target.closest("[data-again]")) this.box.retry(entry);
    else if (event.target.closest("[data-discard]")) this.box.drop(entry);
    else if (event.target.closest("[data-edit]")) { this.text.value = this.words(this.box.of(this.dataset.path).find((each) => each.key === entry)); this.box.drop(entry); this.text.focus(); }
  }

  words(entry) { return entry?.fields.find(([name]) => name === "text")?.[1] ?? ""; }

  // What is on its way: drawn by `talk-unsent`.
  show() {
    this.said = this.said.filter((entry) => !document.getElementById(`m${entry.number}`));
    this.talk.querySelector("talk-unsent").show([...this.said, ...this.box.of(this.dataset.path)], this.box.failures > 0);
  }
});
