// A button that copies what its element holds. It is there only where it works.
customElements.define("copy-line", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text);
      button.querySelector("span").textContent = this.dataset.done;
    });
  }
});
