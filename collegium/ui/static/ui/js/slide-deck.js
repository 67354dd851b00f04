// Slides to turn: a strip that scrolls by itself, with buttons, keys, a number, and the text of the page that is seen.
customElements.define("slide-deck", class extends HTMLElement {
  connectedCallback() {
    if (this.strip) return;
    const piece = this.piece = (name) => this.querySelector(`[data-${name}]`);
    this.strip = piece("strip");
    this.pages = Number(this.dataset.pages);
    for (const name of ["before", "after", "whole", "text", "bar"]) piece(name).hidden = false;
    for (const [name, step] of [["before", -1], ["after", 1]]) piece(name).addEventListener("click", () => this.go(this.at + step));
    piece("whole").addEventListener("click", () => this.link()?.click());
    piece("text").addEventListener("toggle", () => this.words());
    this.strip.addEventListener("scroll", () => { cancelAnimationFrame(this.frame); this.frame = requestAnimationFrame(() => this.look()); }, { passive: true });
    this.strip.addEventListener("scrollend", () => { this.to = undefined; this.look(); });
    this.strip.addEventListener("keydown", (event) => this.key(event));
    this.parentElement.addEventListener("picture:seen", ({ detail }) => this.go(detail, "instant"));
    new MutationObserver(() => this.joined()).observe(this.strip, { childList: true });
    new ResizeObserver(() => this.strip.scrollTo({ left: this.left(this.at), behavior: "instant" })).observe(this.strip);
    this.at = 0;
    this.show();
  }

  items() { return [...this.strip.children]; }

  link() { return this.items()[this.at]?.querySelector("a"); }

  left(at) { const items = this.items(); return items[at].offsetLeft - items[0].offsetLeft; }

  look() {
    const at = Math.round(Math.abs(this.strip.scrollLeft) / this.strip.clientWidth);
    // On its way to a page it passes others, which nobody asked for.
    if (this.to === undefined && at !== this.at && at < this.items().length) { this.wanted = this.at = at; this.show(); }
  }

  // Pages that come later join the order; whoever was on her way to one of them gets there.
  joined() {
    this.go(this.wanted ?? this.at, "instant");
    if (this.keyed && document.activeElement === document.body) this.link().focus({ preventScroll: true });
  }

  go(to, behavior) {
    this.wanted = Math.min(Math.max(to, 0), this.pages - 1);
    to = Math.min(this.wanted, this.items().length - 1);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || Math.abs(to - this.at) > 1;
    if (to !== this.at) this.to = to;
    this.at = to;
    this.strip.scrollTo({ left: this.left(to), behavior: behavior ?? (calm ? "instant" : "smooth") });
    this.show();
  }

  key(event) {
    const on = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: this.at + on, ArrowLeft: this.at - on, Home: 0, End: Infinity }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    this.go(to);
    this.keyed = true;
    this.link()?.focus({ preventScroll: true });
  }

  show() {
    const items = this.items();
    // One stop for the tabulator key, whatever number of pages there is.
    items.forEach((item, at) => { item.querySelector("a").tabIndex = at === this.at ? 0 : -1; });
    const rest = this.piece("rest");
    if (rest && !this.asked && this.at >= items.length - 3) { this.asked = true; rest.dispatchEvent(new Event("near")); }
    this.piece("place").textContent = this.dataset.sayPlace.replace("{n}", this.at + 1).replace("{m}", this.pages);
    this.piece("bar").value = this.at + 1;
    for (const [name, edge] of [["before", 0], ["after", this.pages - 1]]) this.piece(name).setAttribute("aria-disabled", this.at === edge);
    this.words();
  }

  async words() {
    const link = this.link();
    if (!this.piece("text").open || !link || this.told === link.href) return;
    this.told = link.href;
    const answer = link.dataset.large ? await fetch(`${link.href}text/`).catch(() => null) : null;
    const text = answer?.ok ? (await answer.text()) || this.dataset.sayEmpty : this.dataset.sayFailed;
    if (this.told === link.href) this.piece("words").textContent = text;
  }
});
