// Rows to choose from: all of the page at once, how many are chosen, j and k from row to row, x to choose, Shift for a stretch.
customElements.define("pick-list", class extends HTMLElement {
  connectedCallback() {
    const label = this.querySelector("[data-pick-all]");
    if (!label) return;
    label.hidden = false;
    this.every = label.querySelector("input");
    this.said = this.querySelector("[data-pick-said]");
    this.whole = this.said.textContent;
    this.addEventListener("change", (event) => this.changed(event.target));
    this.addEventListener("click", (event) => this.stretch(event));
    this.addEventListener("htmx:after:swap", () => this.say());
    this.keys = (event) => this.key(event);
    document.addEventListener("keydown", this.keys);
    this.say();
  }

  disconnectedCallback() { if (this.keys) document.removeEventListener("keydown", this.keys); }

  get rows() { return [...this.querySelectorAll("[data-pick]")]; }

  get boxes() { return [...this.querySelectorAll("[data-pick] input[type=checkbox]")]; }

  changed(box) {
    if (box === this.every) this.boxes.forEach((each) => { each.checked = box.checked; });
    if (box.matches("[data-pick-scope]")) this.toggleAttribute("data-all", box.checked);
    this.say();
  }

  stretch(event) {
    const box = event.target.closest?.("[data-pick] input[type=checkbox]");
    if (!box) return;
    const boxes = this.boxes;
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((one, other) => one - other);
    if (event.shiftKey && from >= 0) boxes.slice(from, to + 1).forEach((each) => { each.checked = box.checked; });
    this.last = box;
  }

  say() {
    const boxes = this.boxes;
    const chosen = boxes.filter((box) => box.checked).length;
    this.every.checked = chosen > 0 && chosen === boxes.length;
    this.every.indeterminate = chosen > 0 && chosen < boxes.length;
    this.said.textContent = chosen ? this.dataset.saySome.replace("{n}", chosen.toLocaleString(document.documentElement.lang)) : this.whole;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog")) return;
    const rows = this.rows;
    const here = document.activeElement.closest("[data-pick]");
    const by = { j: 1, k: -1 }[event.key];
    if (by) this.go(rows[here ? Math.min(rows.length - 1, Math.max(0, rows.indexOf(here) + by)) : 0]);
    else if (event.key === "x" && here) here.querySelector("input[type=checkbox]").click();
    else return;
    event.preventDefault();
  }

  go(row) {
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }
});
