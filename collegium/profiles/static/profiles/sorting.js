// A list one puts in order with a handle: dragged, or moved with the arrow keys. The order is sent once it rests.
const GRIP = "M9 5h.01M9 12h.01M9 19h.01M15 5h.01M15 12h.01M15 19h.01";
const SVG = "http://www.w3.org/2000/svg";

function grip() {
  const picture = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", GRIP);
  picture.append(path);
  return picture;
}

customElements.define("sort-able", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".sort-list");
    this.form = this.querySelector("form");
    this.said = this.querySelector("[data-said]");
    if (!this.list || this.ready || this.items.length < 2) return;
    this.ready = true;
    this.items.forEach((item) => this.handle(item));
    this.closest(".career-editor")?.addEventListener("click", (event) => this.leave(event), true);
    this.form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=up], button[name=down]");
      if (!button) return;
      event.preventDefault();
      this.move(button.closest("li"), button.name === "up" ? -1 : 1, button);
    });
  }

  // Whoever is done waits for the order on its way, or she would see the old one.
  async leave(event) {
    const link = event.target.closest("a");
    if (!link || (!this.timer && !this.sending)) return;
    event.preventDefault();
    event.stopPropagation();
    await (this.timer ? this.send() : this.sending);
    link.click();
  }

  disconnectedCallback() { if (this.timer) this.send(); }

  get items() { return [...this.list.children]; }

  handle(item) {
    const name = item.dataset.name;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "icon-button sort-handle" });
    button.setAttribute("aria-label", this.dataset.sayHandle.replace("{name}", name));
    button.append(grip());
    button.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.move(item, step, button);
    });
    button.addEventListener("pointerdown", (event) => this.drag(event, item, button));
    item.prepend(button);
  }

  drag(event, item, button) {
    if (event.button) return;
    event.preventDefault();
    button.focus();
    button.setPointerCapture(event.pointerId);
    item.classList.add("sort-held");
    const from = this.items.indexOf(item);
    const follow = (move) => {
      const over = this.items.find((other) => {
        const box = other.getBoundingClientRect();
        return other !== item && move.clientY > box.top && move.clientY < box.bottom;
      });
      if (!over) return;
      const box = over.getBoundingClientRect();
      const after = move.clientY > box.top + box.height / 2;
      // Moving the node lets go of the pointer, so it is taken again.
      if ((after ? over.nextElementSibling : over) === item || (after ? over : over.previousElementSibling) === item) return;
      over[after ? "after" : "before"](item);
      button.setPointerCapture(event.pointerId);
    };
    const rest = () => {
      item.classList.remove("sort-held");
      button.removeEventListener("pointermove", follow);
      removeEventListener("pointerup", rest);
      removeEventListener("pointercancel", rest);
      if (this.items.indexOf(item) !== from) this.moved(item, 0);
      button.focus();
    };
    button.addEventListener("pointermove", follow);
    addEventListener("pointerup", rest);
    addEventListener("pointercancel", rest);
  }

  move(item, step, button) {
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    other[step < 0 ? "before" : "after"](item);
    this.moved(item, 700);
    const next = button.disabled ? item.querySelector("button[name]:not(:disabled)") : button;
    next?.focus();
    item.scrollIntoView({ block: "nearest" });
  }

  moved(item, wait) {
    const items = this.items;
    items.forEach((each, place) => {
      each.querySelector("button[name=up]")?.toggleAttribute("disabled", place === 0);
      each.querySelector("button[name=down]")?.toggleAttribute("disabled", place === items.length - 1);
    });
    this.say(this.dataset.sayMoved.replace("{name}", item.dataset.name).replace("{place}", items.indexOf(item) + 1).replace("{count}", items.length));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  say(words) { if (this.said) this.said.textContent = words; }

  send() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.sending = this.sent().finally(() => { this.sending = null; });
    return this.sending;
  }

  async sent() {
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: new URLSearchParams(new FormData(this.form)), headers: { "HX-Request": "true" }, keepalive: true });
      if (!answer.ok) throw new Error(String(answer.status));
      this.classList.remove("sort-failed");
    } catch {
      this.classList.add("sort-failed");
      this.say(this.dataset.sayFailed);
    }
  }
});
