// A field with suggestions (the combobox pattern). The server answers with <li role="option">…; htmx writes them.
let made = 0;

customElements.define("type-ahead", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input, textarea");
    if (!this.field || this.list) return;
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "suggestions", id: `suggestions-${++made}`, role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", this.field.getAttribute("aria-label") || "");
    this.append(this.list);
    const about = { "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-haspopup": "listbox" };
    // A text of many lines stays a text box, which cannot be "expanded".
    if (this.field.matches("input")) Object.assign(about, { role: "combobox", "aria-expanded": "false" });
    for (const [name, value] of Object.entries(about)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.ask(), 120); });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]"), event));
  }

  // What to ask for; nothing closes the list. Elements built on this one override it, and choose().
  query() { return this.field.value.trim(); }

  choose(option) { location.assign(option.dataset.href); }

  async ask() {
    const query = this.query();
    this.asking?.abort();
    if (!query) return this.close();
    this.asking = new AbortController();
    try {
      const address = `${this.getAttribute("src")}?${new URLSearchParams({ q: query })}`;
      const answer = await fetch(address, { signal: this.asking.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok) return this.close();
      await htmx.swap({ text: await answer.text(), target: this.list, sourceElement: this.list, swap: "innerHTML" });
      this.options.forEach((option, index) => { option.id = `${this.list.id}-${index}`; option.setAttribute("aria-selected", "false"); });
      this.open(this.options.length > 0 && document.activeElement === this.field);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }

  open(yes) {
    this.list.hidden = !yes;
    if (this.field.matches("input")) this.field.setAttribute("aria-expanded", String(yes));
    if (!yes) this.field.removeAttribute("aria-activedescendant");
  }

  close() { this.asking?.abort(); this.open(false); }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const options = this.options;
    const now = options.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = options.at((now + (event.key === "ArrowDown" ? 1 : now < 0 ? 0 : -1)) % options.length);
      options.forEach((option) => { option.ariaSelected = String(option === next); });
      this.field.setAttribute("aria-activedescendant", next.id);
      next.scrollIntoView({ block: "nearest" });
    } else if ((event.key === "Enter" || (event.key === "Tab" && this.eager)) && now >= 0) this.take(options[now]);
    else if (event.key === "Escape") { event.stopPropagation(); this.close(); } else return;
    event.preventDefault();
  }

  take(option, event) {
    if (!option || event?.target.closest("a[href]")) return;
    this.close();
    this.choose(option);
  }
});
