// Says how many characters are left, once it matters: from two thirds of the limit on, and aloud only near its end.
customElements.define("char-counter", class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("textarea, input");
    this.limit = Number(field?.dataset.limit || field?.maxLength || 0);
    if (!(this.limit > 0)) return;
    this.output = document.createElement("output");
    this.output.className = "counter";
    this.append(this.output);
    // A paste that is too long is kept, and shown to be too long; the browser's own limit would cut it silently.
    field.dataset.limit = this.limit;
    field.removeAttribute("maxlength");
    field.addEventListener("input", () => this.count(field));
    this.count(field);
  }

  count(field) {
    const length = [...field.value.replace(/\r\n/g, "\n")].length;
    const left = this.limit - length;
    const words = document.body.dataset;
    this.output.hidden = length < this.limit * 0.66;
    this.output.setAttribute("aria-live", left < 20 ? "polite" : "off");
    this.output.classList.toggle("counter-over", left < 0);
    this.output.textContent = (left < 0 ? words.sayOver : words.sayLeft).replace("{n}", Math.abs(left));
    field.setCustomValidity(left < 0 ? this.output.textContent : "");
  }
});
