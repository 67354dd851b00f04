// From one applicant to the next with j, back with k.
customElements.define("applicant-keys", class extends HTMLElement {
  connectedCallback() {
    this.keys = (event) => this.key(event);
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.keys); }

  key(event) {
    const way = { j: "next", k: "prev" }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, dialog") || document.querySelector("dialog[open]")) return;
    document.querySelector(`a[rel=${way}]`)?.click();
  }
});
