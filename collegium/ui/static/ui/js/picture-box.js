// Pictures as large as the window. One dialog serves every album; without script each picture's link opens its page.
let box;

function part(tag, name, values = {}) { return Object.assign(document.createElement(tag), { className: name, ...values }); }

function drawn(icons, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${icons}#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

class Box {
  constructor({ icons, sayClose, sayNext, sayBefore }) {
    this.dialog = part("dialog", "lightbox");
    this.place = part("p", "lightbox-place");
    this.stage = part("div", "lightbox-stage");
    this.image = part("img", "", { decoding: "async", draggable: false });
    this.words = part("p", "lightbox-words", { dir: "auto" });
    this.place.setAttribute("aria-live", "polite");
    this.words.setAttribute("aria-live", "polite");
    const button = (name, icon, label, act) => {
      const made = part("button", `icon-button ${name}`, { type: "button", title: label });
      made.setAttribute("aria-label", label);
      made.append(drawn(icons, icon));
      made.addEventListener("click", act);
      return made;
    };
    this.close = button("lightbox-close", "x", sayClose, () => this.dialog.close());
    this.before = button("lightbox-go lightbox-before", "chevron-left", sayBefore, () => this.go(-1));
    this.after = button("lightbox-go lightbox-after", "chevron-right", sayNext, () => this.go(1));
    const top = part("div", "lightbox-top");
    top.append(this.place, this.close);
    this.stage.append(this.image);
    this.dialog.append(top, this.stage, this.words, this.before, this.after);
    document.body.append(this.dialog);
    this.listen();
  }

  listen() {
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("click", (event) => { if (event.target === this.stage && !this.swiped) this.dialog.close(); });
    this.dialog.addEventListener("close", () => this.closed());
    this.stage.addEventListener("pointerdown", (event) => { this.from = event.isPrimary ? event.clientX : null; this.swiped = false; });
    this.stage.addEventListener("pointerup", (event) => {
      const far = event.clientX - (this.from ?? event.clientX);
      if (event.pointerType === "mouse" || Math.abs(far) < 40 || (visualViewport?.scale ?? 1) > 1.05) return;
      this.swiped = true;
      this.go((far < 0 ? 1 : -1) * this.forward());
    });
  }

  forward() { return getComputedStyle(this.dialog).direction === "rtl" ? -1 : 1; }

  open(album, at) {
    this.album = album;
    this.links = [...album.querySelectorAll("a[data-large]")];
    this.opener = document.activeElement;
    this.dialog.setAttribute("aria-label", album.dataset.sayLabel);
    this.before.hidden = this.after.hidden = this.links.length < 2;
    this.show(at);
    this.dialog.showModal();
    document.documentElement.style.overflow = "hidden";
    (this.links.length > 1 ? this.after : this.close).focus();
  }

  show(at) {
    this.at = at;
    const link = this.links[at];
    const alt = link.dataset.alt ?? link.querySelector("img")?.dataset.alt ?? "";
    const fresh = this.image.cloneNode();
    fresh.width = link.dataset.width;
    fresh.height = link.dataset.height;
    fresh.alt = alt;
    fresh.src = link.dataset.large;
    this.image.replaceWith(fresh);
    this.image = fresh;
    this.words.textContent = alt;
    this.place.textContent = this.links.length > 1 ? this.album.dataset.sayPlace.replace("{n}", at + 1).replace("{m}", this.links.length) : "";
    this.before.setAttribute("aria-disabled", at === 0);
    this.after.setAttribute("aria-disabled", at === this.links.length - 1);
    for (const beside of [this.links[at + 1], this.links[at - 1]]) if (beside) new Image().src = beside.dataset.large;
  }

  go(step) {
    const to = Math.min(Math.max(this.at + step, 0), this.links.length - 1);
    if (to !== this.at) this.show(to);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowRight: this.forward(), ArrowLeft: -this.forward(), PageDown: 1, PageUp: -1, Home: -Infinity, End: Infinity };
    event.stopPropagation();
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.go(steps[event.key]);
  }

  // The focus goes back to the picture that was seen last, where it stands on the card; else to where it came from.
  closed() {
    document.documentElement.style.overflow = "";
    const link = this.links[this.at];
    (link.hidden ? this.opener : link)?.focus();
  }
}

customElements.define("picture-box", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-large]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
      event.preventDefault();
      link.focus();
      box ??= new Box(this.dataset);
      box.open(this, [...this.querySelectorAll("a[data-large]")].indexOf(link));
    });
  }
});
