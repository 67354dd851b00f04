// The chosen pictures in their order: each can be moved, removed and cropped, and says by its number where it stands.
customElements.define("picture-order", class extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.list = this.querySelector("[data-list]");
    this.say = this.closest("picture-picker").dataset;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      const row = button?.closest("[data-row]");
      if (!row) return;
      if ("up" in button.dataset) this.move(row, -1, button);
      if ("down" in button.dataset) this.move(row, 1, button);
      if ("off" in button.dataset) this.remove(row);
      if ("crop" in button.dataset) this.tell("picture:crop", row);
    });
    new MutationObserver(() => this.number()).observe(this.list, { childList: true });
    this.number();
  }

  get rows() { return [...this.list.children]; }

  move(row, step, button) {
    const { rows } = this;
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row); else other.after(row);
    this.number();
    button.focus();
    this.tell("picture:told", this.say.sayMoved.replace("{n}", this.rows.indexOf(row) + 1).replace("{m}", rows.length));
    this.tell("picture:changed");
  }

  remove(row) {
    const { rows } = this;
    const at = rows.indexOf(row);
    const beside = rows[at + 1] ?? rows[at - 1];
    row.remove();
    (beside?.querySelector("[data-off]") ?? this.closest("picture-picker").querySelector("[data-files]")).focus();
    this.tell("picture:told", this.say.sayGone.replace("{m}", rows.length - 1));
    this.tell("picture:changed");
  }

  number() {
    const { rows } = this;
    const words = { up: this.say.sayUp, down: this.say.sayDown, off: this.say.sayOff, crop: this.say.sayCrop };
    rows.forEach((row, at) => {
      for (const button of row.querySelectorAll("button")) button.type = "button";
      row.querySelector("[data-crop]").hidden = false;
      row.querySelector("[data-number]").textContent = at + 1;
      row.querySelector("[data-say-number]").textContent = this.say.sayShows.replace("{n}", at + 1);
      for (const [name, word] of Object.entries(words)) row.querySelector(`[data-${name}]`).setAttribute("aria-label", word.replace("{n}", at + 1));
      row.querySelector("[data-up]").setAttribute("aria-disabled", at === 0);
      row.querySelector("[data-down]").setAttribute("aria-disabled", at === rows.length - 1);
    });
    this.tell("picture:counted", rows.length);
  }

  tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true })); }
});
