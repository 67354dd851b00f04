// The list of people follows what one types above it; Enter ticks the only one left. Somebody ticked stays in sight.
customElements.define("pick-people", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("[data-pick-find]");
    this.field.addEventListener("input", () => this.narrow());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("change", (event) => { if (event.target.matches("input[type=checkbox]")) this.ticked(); });
    this.narrow();
  }

  get people() { return [...this.querySelectorAll(".pick-person")]; }

  // The word that is being written; a name with its @ is looked for by the field itself.
  get word() { return this.field.value.match(/(?:^|[\s,])([^\s,@][^\s,]*)$/u)?.[1] ?? ""; }

  plain(words) { return words.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase(); }

  narrow() {
    const word = this.plain(this.word);
    for (const person of this.people) {
      const name = this.plain([...person.querySelectorAll(".name, .person-line")].map((each) => each.textContent).join(" "));
      const fits = !word || name.split(/\s+/).some((part) => part.startsWith(word));
      person.hidden = !fits && !person.querySelector("input").checked;
    }
  }

  ticked() {
    if (this.word) this.field.value = this.field.value.slice(0, this.field.value.length - this.word.length);
    this.narrow();
  }

  key(event) {
    if (event.key !== "Enter" || !this.word || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    const left = this.people.filter((person) => !person.hidden && !person.querySelector("input").checked);
    if (left.length === 1) left[0].querySelector("input").click();
  }
});
