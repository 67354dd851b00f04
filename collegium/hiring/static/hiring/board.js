// Cards that are dragged from column to column, and m for the one that has the focus. Everything here is also a link.
customElements.define("hire-board", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("dragleave", (event) => event.target.closest?.("[data-stage]")?.classList.remove("hire-over"));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("dragend", () => this.rest());
    this.keys = (event) => this.key(event);
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.keys); }

  lift(event) {
    this.held = event.target.closest?.("[data-card]");
    if (!this.held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.held.dataset.card);
    this.held.classList.add("hire-held");
  }

  over(event) {
    const column = event.target.closest?.("[data-stage]");
    if (!column || !this.held || column.contains(this.held)) return;
    event.preventDefault();
    column.classList.add("hire-over");
  }

  drop(event) {
    const column = event.target.closest?.("[data-stage]");
    if (!column || !this.held || column.contains(this.held)) return;
    event.preventDefault();
    this.move(this.held, column);
  }

  // Where the applicant would read something new, the page that says so comes first.
  move(card, column) {
    const path = `${this.dataset.root}${card.dataset.card}/move/`;
    const from = card.closest("[data-stage]");
    if (from?.dataset.means !== column.dataset.means) return location.assign(`${path}?back=pipeline&to=${column.dataset.stage}`);
    const form = this.querySelector("[data-board]");
    form.action = path;
    form.elements.to.value = column.dataset.stage;
    form.requestSubmit();
  }

  rest() {
    this.held?.classList.remove("hire-held");
    this.querySelectorAll(".hire-over").forEach((each) => each.classList.remove("hire-over"));
    this.held = undefined;
  }

  key(event) {
    if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog")) return;
    const link = document.activeElement.closest("[data-card]")?.querySelector(".hire-move");
    if (!link) return;
    event.preventDefault();
    link.click();
  }
});
