// The dialog in which a `picture-box` shows its pictures, one at a time.
function part(tag, name, values = {}) { return Object.assign(document.createElement(tag), { className: name, ...values }); }

customElements.define("picture-light", class extends HTMLElement {
  connectedCallback() {
    if (this.dialog) return;
    this.dialog = part("dialog", "lightbox");
    this.place = part("p", "lightbox-place");
    this.words = part("p", "lightbox-words", { dir: "auto" });
    for (const told of [this.place, this.words]) told.setAttribute("aria-live", "polite");
    this.stage = part("picture-stage", "lightbox-stage");
    this.close = this.button("lightbox-close", "x", () => this.dialog.close());
    this.before = this.button("lightbox-go lightbox-before", "chevron-left", () => this.show(this.at - 1));
    this.after = this.button("lightbox-go lightbox-after", "chevron-right", () => this.show(this.at + 1));
    this.dialog.append(part("div", "lightbox-top"), this.stage, this.words, this.before, this.after);
    this.dialog.firstChild.append(this.place, this.close);
    this.append(this.dialog);
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => this.closed());
    this.stage.addEventListener("picture:leave", () => this.dialog.close());
    this.stage.addEventListener("picture:turn", ({ detail }) => this.show(this.at + detail * this.forward()));
  }

  button(name, icon, act) {
    const made = part("button", `icon-button ${name}`, { type: "button" });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.dataset.icons}#${icon}`);
    for (const [name, value] of [["class", "icon"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
    svg.append(use);
    made.append(svg);
    made.addEventListener("click", act);
    return made;
  }

  forward() { return getComputedStyle(this.dialog).direction === "rtl" ? -1 : 1; }

  open(box, at) {
    Object.assign(this, { box, opener: document.activeElement });
    this.dialog.setAttribute("aria-label", box.dataset.sayLabel);
    for (const [button, word] of [[this.close, "sayClose"], [this.before, "sayBefore"], [this.after, "sayNext"]]) {
      button.title = box.dataset[word];
      button.setAttribute("aria-label", box.dataset[word]);
    }
    this.before.hidden = this.after.hidden = box.count < 2;
    this.show(at);
    this.dialog.showModal();
    document.documentElement.style.overflow = "hidden";
    (box.count > 1 ? this.after : this.close).focus();
  }

  show(at) {
    const links = this.box.links;
    this.at = Math.min(Math.max(at, 0), links.length - 1);
    const { large, width, height, alt, caption } = { ...links[this.at].querySelector("img")?.dataset, ...links[this.at].dataset };
    this.stage.show({ width, height, alt: alt ?? "", src: large }, [links[this.at + 1], links[this.at - 1]]);
    this.words.textContent = caption ?? alt ?? "";
    this.place.textContent = this.box.count > 1 ? this.box.dataset.sayPlace.replace("{n}", this.at + 1).replace("{m}", this.box.count) : "";
    this.before.setAttribute("aria-disabled", this.at === 0);
    this.after.setAttribute("aria-disabled", this.at === this.box.count - 1);
    this.box.dispatchEvent(new CustomEvent("picture:seen", { detail: this.at }));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    const steps = { ArrowRight: this.forward(), ArrowLeft: -this.forward(), PageDown: 1, PageUp: -1, Home: -Infinity, End: Infinity };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.show(this.at + steps[event.key]);
  }

  // The focus goes back to the picture that was seen last, where it stands on the card; else to where it came from.
  closed() {
    document.documentElement.style.overflow = "";
    const link = this.box.links[this.at];
    (link.hidden ? this.opener : link)?.focus({ preventScroll: Boolean(this.box.dataset.count) });
  }
});
