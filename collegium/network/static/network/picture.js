// The picture closer: buttons, dragging and Ctrl with the wheel move its view box. Whoever is pointed at is named below it.
const CLOSEST = 6;

customElements.define("picture-view", class extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector("svg");
    if (!this.svg || this.whole) return;
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    this.whole = { x, y, width, height };
    this.box = { ...this.whole };
    this.say = this.parentElement.querySelector("[data-picture-say]");
    this.silence = this.say?.textContent ?? "";
    this.append(this.buttons());
    this.listen();
  }

  buttons() {
    const row = document.createElement("div");
    row.className = "picture-acts";
    for (const [sign, words, act] of [["+", this.dataset.sayIn, () => this.zoom(1 / 1.5)], ["−", this.dataset.sayOut, () => this.zoom(1.5)], ["⤢", this.dataset.sayAll, () => this.show(this.whole)]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "icon-button", textContent: sign, title: words });
      button.setAttribute("aria-label", words);
      button.addEventListener("click", act);
      row.append(button);
    }
    return row;
  }

  listen() {
    for (const kind of ["pointerover", "focusin"]) this.svg.addEventListener(kind, (event) => this.name(event.target.closest?.(".picture-face")));
    for (const kind of ["pointerleave", "focusout"]) this.svg.addEventListener(kind, () => this.name(null));
    this.svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, this.at(event));
    }, { passive: false });
    this.svg.addEventListener("pointerdown", (event) => this.drag(event));
    this.svg.addEventListener("click", (event) => { if (this.dragged) event.preventDefault(); }, true);
  }

  name(face) {
    if (this.shown === face) return;
    this.shown?.removeAttribute("data-shown");
    this.shown = face;
    face?.setAttribute("data-shown", "");
    // What is painted last lies on top: the name must not hide behind a neighbour's face.
    if (face && document.activeElement !== face) face.parentNode.append(face);
    if (this.say) this.say.textContent = face ? `${face.dataset.name} · ${face.dataset.why}` : this.silence;
  }

  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return { x: point.x, y: point.y };
  }

  zoom(factor, about = { x: this.box.x + this.box.width / 2, y: this.box.y + this.box.height / 2 }) {
    const width = Math.min(this.whole.width, Math.max(this.whole.width / CLOSEST, this.box.width * factor));
    const by = width / this.box.width;
    this.show({ x: about.x - (about.x - this.box.x) * by, y: about.y - (about.y - this.box.y) * by, width, height: this.box.height * by });
  }

  show(box) {
    const inside = (value, low, size, part) => Math.min(Math.max(value, low), low + size - part);
    this.box = { ...box, x: inside(box.x, this.whole.x, this.whole.width, box.width), y: inside(box.y, this.whole.y, this.whole.height, box.height) };
    this.svg.setAttribute("viewBox", [this.box.x, this.box.y, this.box.width, this.box.height].map((value) => value.toFixed(1)).join(" "));
  }

  drag(event) {
    this.dragged = false;
    if (event.pointerType === "touch" || event.button || this.box.width >= this.whole.width - 1) return;
    const from = this.at(event), start = { ...this.box };
    const move = (next) => {
      this.show({ ...start, x: this.box.x, y: this.box.y });
      const now = this.at(next);
      if (Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) > 4) this.dragged = true;
      this.show({ ...this.box, x: this.box.x + from.x - now.x, y: this.box.y + from.y - now.y });
    };
    const end = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", end); };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    event.preventDefault();
  }
});
