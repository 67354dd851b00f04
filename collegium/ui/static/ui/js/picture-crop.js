// The dialog in which somebody chooses the part of a picture to show: a shape, and a frame that is moved and zoomed.
customElements.define("picture-crop", class extends HTMLElement {
  // The part as fractions of the picture; nothing when she changed her mind or the picture cannot be shown here.
  async ask(blank, file) {
    this.append(blank.content.cloneNode(true));
    document.body.append(this);
    const dialog = this.querySelector("dialog");
    const box = this.querySelector("image-crop");
    if (!await box.show(file)) { this.remove(); return null; }
    const own = box.picture.width / box.picture.height;
    for (const shape of this.querySelectorAll("[data-ratio]")) {
      const [wide, high] = shape.dataset.ratio.split("/").map(Number);
      const ratio = high ? wide / high : own;
      shape.addEventListener("change", () => box.shape(ratio));
      if (shape.checked) box.shape(ratio);
    }
    this.querySelector("[data-use]").addEventListener("click", () => dialog.close("use"));
    this.querySelector("[data-leave]").addEventListener("click", () => dialog.close(""));
    dialog.showModal();
    box.canvas.focus();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        const edges = [...this.querySelectorAll("[data-edge]")].map((field) => [field.dataset.edge, field.value]);
        this.remove();
        resolve(dialog.returnValue === "use" ? Object.fromEntries(edges) : null);
      }, { once: true });
    });
  }
});
