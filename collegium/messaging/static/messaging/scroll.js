// Where one reads. At the end it follows; above it nothing moves, and what is new is said on a pill.
customElements.define("talk-scroll", class extends HTMLElement {
  connectedCallback() {
    this.talk = this.closest("talk-one");
    this.pill = this.talk.querySelector("[data-pill]");
    this.fresh = 0;
    this.pill.addEventListener("click", () => this.down());
    this.addEventListener("scroll", () => this.moved(), { passive: true });
    this.seen = () => this.moved();
    document.addEventListener("visibilitychange", this.seen);
    this.addEventListener("click", (event) => this.jump(event));
    requestAnimationFrame(() => this.arrive());
  }

  disconnectedCallback() { document.removeEventListener("visibilitychange", this.seen); }

  // The column begins at its end.
  get low() { return this.scrollTop > -60; }

  arrive() {
    const named = location.hash.startsWith("#m") && document.getElementById(location.hash.slice(1));
    const fresh = this.querySelector(".msg-new");
    if (named && this.contains(named)) this.show(named);
    else if (fresh && fresh.getBoundingClientRect().top < this.getBoundingClientRect().top) this.scrollTop -= this.getBoundingClientRect().top - fresh.getBoundingClientRect().top + 24;
    this.moved();
  }

  down() {
    if (this.querySelector("[data-later]")) return location.assign(this.talk.dataset.path);
    this.scrollTo({ top: 0, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  show(line) {
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
    line.classList.add("msg-shown");
    setTimeout(() => line.classList.remove("msg-shown"), 2_000);
  }

  jump(event) {
    const later = event.target.closest("[data-later]");
    if (later) { event.preventDefault(); return this.later(later.href); }
    const link = event.target.closest("[data-jump]");
    const line = link && document.getElementById(link.dataset.jump);
    if (!line || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.show(line);
  }

  async later(href) {
    const answer = await fetch(`${href}&part=1`, { headers: { "HX-Request": "true" } });
    const text = await answer.text();
    if (answer.ok) await this.keep(() => htmx.swap({ text, target: this, sourceElement: this, swap: "none" }), 0, true);
  }

  // Do something to what stands here, so that what one reads stays where it is.
  async keep(work, fresh = 0, still = false) {
    const low = this.low && !still;
    const edge = this.getBoundingClientRect().top;
    const anchor = low ? null : [...this.querySelectorAll("[data-n]")].find((line) => line.getBoundingClientRect().bottom > edge);
    const top = anchor?.getBoundingClientRect().top;
    await work();
    if (low) this.scrollTop = 0;
    else if (anchor?.isConnected) this.scrollTop += anchor.getBoundingClientRect().top - top;
    if (fresh && (!low || document.hidden)) this.fresh += fresh;
    this.moved();
  }

  moved() {
    if (this.low && !document.hidden) this.fresh = 0;
    const words = this.pill.querySelector("[data-pill-words]");
    words.textContent = this.fresh === 0 ? words.dataset.none : this.fresh === 1 ? words.dataset.one : words.dataset.many.replace("{n}", this.fresh);
    this.pill.hidden = this.fresh === 0 && this.scrollTop > -1.5 * this.clientHeight && !this.querySelector("[data-later]");
    this.dispatchEvent(new CustomEvent("talk:moved", { bubbles: true }));
  }
});
