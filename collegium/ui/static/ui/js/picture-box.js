// Pictures that open as large as the window. Without script each picture's link opens its page.
customElements.define("picture-box", class extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-large]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
      event.preventDefault();
      link.focus({ preventScroll: true });
      this.light().open(this, this.links.indexOf(link));
    });
  }

  // Asked again each time: pages of slides come later than their box.
  get links() { return [...this.querySelectorAll("a[data-large]")]; }

  get count() { return Number(this.dataset.count ?? this.links.length); }

  // One dialog serves every box.
  light() {
    const there = document.querySelector("picture-light");
    if (there) return there;
    const made = document.createElement("picture-light");
    made.dataset.icons = this.dataset.icons;
    document.body.append(made);
    return made;
  }
});
