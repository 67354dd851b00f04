// A textarea as tall as its text. Where the browser can do it by style alone (field-sizing), this does nothing.
customElements.define("auto-grow", class extends HTMLElement {
  connectedCallback() {
    if (CSS.supports("field-sizing", "content")) return;
    this.addEventListener("input", () => this.fit());
    requestAnimationFrame(() => this.fit());
  }

  fit() {
    const area = this.querySelector("textarea");
    if (!area) return;
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  }
});
